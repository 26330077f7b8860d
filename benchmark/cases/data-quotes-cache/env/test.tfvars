stage             = "test"
vpc_id            = "vpc-0a1b2c3d4e5f60718"
client_group_id   = "sg-0a1b2c3d4e5f60718"
cidr              = "10.12.64.0/20"
quote_nodes       = 3
quote_zones       = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
history_nodes     = 3
shared_subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719", "subnet-0a1b2c3d4e5f6071a"]
