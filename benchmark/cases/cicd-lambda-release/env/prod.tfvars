environment   = "prod"
orders_config = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
alarm_period  = 300
