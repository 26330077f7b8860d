stage            = "dev"
alarm_topic_arn  = "arn:aws:sns:eu-central-1:111122223333:dev-alarms"
code_bucket      = "chat-artifacts-dev"
code_key         = "chat/main.zip"
rooms_queue_name = "chat-dev-rooms.fifo"
rooms_batch      = 10
