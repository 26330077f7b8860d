environment   = "test"
cart_replicas = 1
snapshot_days = 1

subnets = {
  east = ["subnet-0te1", "subnet-0te2"]
  west = ["subnet-0tw1", "subnet-0tw2"]
}

security_groups = {
  east = ["sg-0te"]
  west = ["sg-0tw"]
}
