domain = "docs.example.com"
origins = {
  guides    = { domain = "guides.origin.example.com", standby = "guides.standby.example.com" }
  reference = { domain = "reference.origin.example.com", standby = "reference.standby.example.com" }
}
failover_members       = ["guides", "guides-backup"]
ops_topic_arn          = "arn:aws:sns:ap-southeast-2:111122223333:ops"
virginia_ops_topic_arn = "arn:aws:sns:us-east-1:111122223333:ops"
log_bucket_domain      = "docs-logs.s3.amazonaws.com"
