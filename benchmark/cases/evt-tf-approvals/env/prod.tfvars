stage                = "prod"
purchase_type        = "EXPRESS"
booking_function_arn = "arn:aws:lambda:eu-west-3:111122223333:function:booking:live"
alarm_topic_arns     = ["arn:aws:sns:eu-west-3:111122223333:on-call"]
