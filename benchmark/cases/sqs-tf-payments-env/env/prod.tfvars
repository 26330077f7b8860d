stage           = "prod"
release         = "v41"
alarm_topic_arn = "arn:aws:sns:eu-west-1:444455556666:oncall"
code_bucket     = "payments-artifacts-prod"

workers = {
  capture = {
    timeout     = 60
    visibility  = 360
    receives    = 5
    reserved    = 100
    concurrency = 100
  }
  settle = {
    timeout    = 900
    visibility = 600
    receives   = 5
  }
  refund = {
    timeout    = 30
    visibility = 180
    receives   = 5
    batch      = 100
  }
  notify = {
    timeout     = 10
    visibility  = 120
    receives    = 2
    retention   = 604800
    failed_days = 4
  }
  invoice = {
    timeout     = 60
    visibility  = 360
    receives    = 5
    dead_letter = false
  }
}
