environment   = "dev"
orders_config = "CodeDeployDefault.LambdaAllAtOnce"
