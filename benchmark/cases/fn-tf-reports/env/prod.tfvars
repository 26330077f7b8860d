environment        = "prod"
release            = "3.1.4"
region             = "eu-north-1"
subnet_ids         = ["subnet-0f9e8d7c6b5a40001", "subnet-0f9e8d7c6b5a40002"]
security_group_ids = ["sg-0f9e8d7c6b5a40001"]
statement_image    = "111122223333.dkr.ecr.eu-north-1.amazonaws.com/statement:3.1.4"
extra_layers = [
  "arn:aws:lambda:eu-north-1:111122223333:layer:monitoring-agent:22",
  "arn:aws:lambda:eu-north-1:111122223333:layer:secrets-cache:5",
  "arn:aws:lambda:eu-north-1:111122223333:layer:feature-flags:9",
]
