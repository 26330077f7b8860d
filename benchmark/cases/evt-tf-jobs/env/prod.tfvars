stage                = "prod"
ordered_dead_letters = true
retry_age_seconds    = 172800
alarm_topic_arns     = ["arn:aws:sns:eu-central-1:111122223333:on-call"]

jobs = {
  ledger = {
    expression = "cron(30 1 * * ? *)"
    window     = 10
  }
  dunning = {
    expression = "cron(0 7 ? * TUE *)"
    state      = "DISABLED"
  }
  cleanup = {
    expression = "cron(0 4 * * ?)"
    window     = 60
  }
  rates = {
    expression = "rate(6 hours)"
  }
}
