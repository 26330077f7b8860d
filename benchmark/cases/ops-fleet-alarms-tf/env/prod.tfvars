environment             = "prod"
cluster_name            = "fleet-prod"
services                = { booking = 80, search = 85, pricing = 80 }
page_on_alarm           = false
slow_query_threshold_ms = 150
on_call_emails          = ["fleet-on-call@example.com"]
