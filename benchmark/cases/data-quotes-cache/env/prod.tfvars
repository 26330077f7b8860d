stage             = "prod"
vpc_id            = "vpc-0f1e2d3c4b5a69788"
client_group_id   = "sg-0f1e2d3c4b5a69788"
cidr              = "10.30.64.0/20"
quote_nodes       = 5
quote_zones       = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
history_nodes     = 1
shared_subnet_ids = ["subnet-0f1e2d3c4b5a69788", "subnet-0f1e2d3c4b5a69789", "subnet-0f1e2d3c4b5a6978a"]
