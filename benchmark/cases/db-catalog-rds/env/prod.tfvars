stage               = "prod"
instance_class      = "db.m6g.xlarge"
multi_az            = true
backup_days         = 0
catalog_max_storage = 800
subnet_ids          = ["subnet-0a1", "subnet-0b2", "subnet-0c3"]
security_group_ids  = ["sg-0a1"]
