environment        = "dev"
subnet_ids         = ["subnet-0a11", "subnet-0a12"]
security_group_ids = ["sg-0a1"]
alert_email        = "crm-dev@example.com"
sizes              = { class = "db.t4g.medium", storage = 20 }
settings           = { multi_az = false, retention_days = 1, protected = false }
