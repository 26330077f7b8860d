stage            = "staging"
keep_undelivered = true
health_state     = "ENABLED"
