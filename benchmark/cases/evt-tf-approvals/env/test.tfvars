stage                = "test"
purchase_type        = "STANDARD"
booking_function_arn = "arn:aws:lambda:eu-west-3:444455556666:function:booking:test"
alarm_topic_arns     = ["arn:aws:sns:eu-west-3:444455556666:team"]
