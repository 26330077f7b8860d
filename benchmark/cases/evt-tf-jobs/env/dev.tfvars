stage             = "dev"
retry_age_seconds = 60
alarm_topic_arns  = ["arn:aws:sns:eu-central-1:444455556666:team-chat"]

jobs = {
  ledger = {
    expression = "cron(30 1 * * ? *)"
    state      = "DISABLED"
  }
  dunning = {
    expression = "cron(0 7 ? * TUE *)"
    state      = "DISABLED"
  }
  cleanup = {
    expression = "cron(0 4 * * ? *)"
    window     = 60
  }
  rates = {
    expression = "rate(1 day)"
  }
}
