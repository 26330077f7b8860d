stage           = "dev"
release         = "main"
alarm_topic_arn = "arn:aws:sns:eu-west-1:111122223333:dev-alarms"
code_bucket     = "payments-artifacts-dev"

workers = {
  capture = {
    timeout    = 60
    visibility = 360
    receives   = 5
  }
  settle = {
    timeout    = 60
    visibility = 600
    receives   = 5
  }
  refund = {
    timeout    = 30
    visibility = 180
    receives   = 5
    window     = 1
    batch      = 100
  }
  notify = {
    timeout     = 10
    visibility  = 120
    receives    = 5
    retention   = 86400
    failed_days = 4
  }
}
