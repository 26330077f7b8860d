stage                = "prod"
members_billing_mode = "PAY_PER_REQUEST"
members_scaling_max  = 400
points_capacity      = { read = 40, write = 120 }
replicas = [
  { region = "eu-west-1", recovery = true },
  { region = "eu-north-1", recovery = false },
]
