locals {
  shards = ["shardId-000000000000", "shardId-000000000001", "shardId-000000000002", "shardId-000000000003"]
}

resource "aws_cloudwatch_metric_alarm" "shipment_shard_late" {
  for_each            = toset(local.shards)
  alarm_name          = "shipments-late-${each.key}"
  namespace           = "AWS/Kinesis"
  metric_name         = "IteratorAgeMilliseconds"
  dimensions          = { StreamName = module.shipments.name, ShardId = each.key }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 10
  threshold           = 3600000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "scan_shard_full" {
  for_each            = toset(local.shards)
  alarm_name          = "scans-full-${each.key}"
  namespace           = "AWS/Kinesis"
  metric_name         = "WriteProvisionedThroughputExceeded"
  dimensions          = { StreamName = module.scans.name, ShardId = each.key }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 50
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "sorting_late" {
  alarm_name          = "sorting-late"
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  dimensions          = { FunctionName = module.sorting.function_name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 10
  threshold           = 1800000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "depots_late" {
  alarm_name          = "depots-late"
  namespace           = "AWS/Lambda"
  metric_name         = "GetRecords.IteratorAgeMilliseconds"
  dimensions          = { FunctionName = module.depots.function_name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 10
  threshold           = 1800000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
}
