environment   = "prod"
cart_replicas = 0
snapshot_days = 7

subnets = {
  east = ["subnet-0pe1", "subnet-0pe2", "subnet-0pe3"]
  west = ["subnet-0pw1", "subnet-0pw2"]
}

security_groups = {
  east = ["sg-0pe"]
  west = ["sg-0pw"]
}
