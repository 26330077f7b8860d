domain = "docs.dev.example.com"
origins = {
  guides    = { domain = "guides.dev.example.com", standby = "guides2.dev.example.com" }
  reference = { domain = "reference.dev.example.com", standby = "reference2.dev.example.com" }
}
failover_members       = ["guides", "guides-standby"]
price_class            = "PriceClass_100"
ops_topic_arn          = "arn:aws:sns:ap-southeast-2:444455556666:ops"
virginia_ops_topic_arn = "arn:aws:sns:us-east-1:444455556666:ops"
log_bucket_domain      = "docs-dev-logs.s3.amazonaws.com"
