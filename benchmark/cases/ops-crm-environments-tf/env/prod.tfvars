environment        = "prod"
subnet_ids         = ["subnet-0c11", "subnet-0c12", "subnet-0c13"]
security_group_ids = ["sg-0c1"]
alert_email        = "crm@example.com"
sizes              = { class = "db.m7g.xlarge", storage = 200 }
settings           = { multi_az = true, retention_days = 0, protected = true }
