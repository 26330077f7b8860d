environment        = "staging"
subnet_ids         = ["subnet-0b11", "subnet-0b12"]
security_group_ids = ["sg-0b1"]
alert_email        = "crm-dev@example.com"
sizes              = { class = "db.m7g.large", storage = 50 }
settings           = { multi_az = true, retention_days = 7, protected = true }
