stage            = "prod"
keep_undelivered = false
health_state     = "DISABLED"
