environment     = "prod"
vpc_id          = "vpc-0aa11bb22cc33dd44"
public_subnets  = ["subnet-0a14c7d2e9f81a03b", "subnet-0b14c7d2e9f81a03b", "subnet-0c14c7d2e9f81a03b"]
private_subnets = ["subnet-0a24c7d2e9f81a03b", "subnet-0b24c7d2e9f81a03b", "subnet-0c24c7d2e9f81a03b"]
certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/5d5d5d5d-0000-1111-2222-333344445555"
api_image       = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders-api:4.8.1"
admin_image     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders-admin:2.0.3"
api_size        = { cpu = 2048, memory = 2048 }
api_capacity    = { min = 4, max = 20 }
admin_capacity  = { min = 1, max = 4 }
