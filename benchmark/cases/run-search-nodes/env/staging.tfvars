environment      = "staging"
vpc_id           = "vpc-1a1b1c1d"
vpc_cidr         = "10.71.0.0/16"
subnets          = ["subnet-1aa4c7d2e9f81a03b", "subnet-1bb4c7d2e9f81a03b"]
client_cidrs     = ["10.0.0.0/8"]
certificate_arn  = "arn:aws:acm:us-west-2:444455556666:certificate/8f8f8f8f-aaaa-bbbb-cccc-ddddeeeeffff"
image_id         = "ami-0a1b2c3d4e5f60718"
legacy_addresses = ["10.71.9.10"]
ops_topic_arn    = "arn:aws:sns:us-west-2:444455556666:ops"
query_size       = { min = 2, max = 4 }
index_size       = { min = 3, max = 2 }
