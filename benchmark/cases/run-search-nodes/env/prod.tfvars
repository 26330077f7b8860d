environment      = "prod"
vpc_id           = "vpc-0a0b0c0d"
vpc_cidr         = "10.70.0.0/16"
subnets          = ["subnet-0aa4c7d2e9f81a03b", "subnet-0bb4c7d2e9f81a03b", "subnet-0cc4c7d2e9f81a03b"]
client_cidrs     = ["10.0.0.0/8"]
certificate_arn  = "arn:aws:acm:us-west-2:111122223333:certificate/7f7f7f7f-aaaa-bbbb-cccc-ddddeeeeffff"
image_id         = "ami-0a1b2c3d4e5f60718"
legacy_addresses = ["10.70.9.10", "10.70.13.10"]
ops_topic_arn    = "arn:aws:sns:us-west-2:111122223333:ops"
query_size       = { min = 3, max = 18 }
index_size       = { min = 3, max = 9 }
