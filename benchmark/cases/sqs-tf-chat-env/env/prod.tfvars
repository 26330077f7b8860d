stage            = "prod"
alarm_topic_arn  = "arn:aws:sns:eu-central-1:444455556666:oncall"
code_bucket      = "chat-artifacts-prod"
code_key         = "chat/88.zip"
rooms_queue_name = "chat-prod-rooms"
rooms_batch      = 100
rooms_throughput = "perMessageGroupId"
presence_scope   = "queue"
