environment        = "dev"
release            = "snapshot"
region             = "eu-north-1"
subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
security_group_ids = ["sg-0a1b2c3d4e5f60001"]
statement_image    = "111122223333.dkr.ecr.eu-north-1.amazonaws.com/statement:3.2.0-rc1"
