stage                = "dev"
members_billing_mode = "PROVISIONED"
members_scaling_max  = 60
points_capacity      = { read = 5, write = 10 }
replicas             = []
