environment            = "dev"
cluster_name           = "fleet-dev"
services               = { booking = 95, search = 95 }
page_on_alarm          = false
notify_on_slow_queries = false
on_call_emails         = ["dev-on-call@example.com"]
