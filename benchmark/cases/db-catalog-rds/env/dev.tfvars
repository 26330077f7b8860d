stage               = "dev"
backup_days         = 1
catalog_max_storage = 205
subnet_ids          = ["subnet-0d1", "subnet-0d2"]
security_group_ids  = ["sg-0d1"]
