environment     = "dev"
vpc_id          = "vpc-0ee11ff22aa33bb44"
public_subnets  = ["subnet-1a14c7d2e9f81a03b", "subnet-1b14c7d2e9f81a03b"]
private_subnets = ["subnet-1a24c7d2e9f81a03b", "subnet-1b24c7d2e9f81a03b"]
certificate_arn = "arn:aws:acm:eu-west-1:444455556666:certificate/6e6e6e6e-0000-1111-2222-333344445555"
api_image       = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders-api:main"
admin_image     = "444455556666.dkr.ecr.eu-west-1.amazonaws.com/orders-admin:main"
api_size        = { cpu = 512, memory = 2048 }
api_capacity    = { min = 4, max = 2 }
admin_capacity  = { min = 1, max = 1 }
