resource "aws_kinesis_stream" "payments" {
  name             = "payments"
  retention_period = 168
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_stream" "alerts" {
  name             = "fraud-alerts"
  retention_period = 72
  shard_count      = 2
}

resource "aws_cloudwatch_log_group" "flink" {
  name              = "/fraud/flink"
  retention_in_days = 90
}

resource "aws_cloudwatch_log_stream" "flink" {
  for_each       = local.applications
  name           = each.key
  log_group_name = aws_cloudwatch_log_group.flink.name
}

resource "aws_cloudwatch_log_stream" "replay" {
  name           = "replay"
  log_group_name = aws_cloudwatch_log_group.flink.name
}
