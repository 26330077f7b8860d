resource "aws_db_event_subscription" "instances" {
  name             = "tickets-instances"
  sns_topic        = var.topic_arn
  source_type      = "db-instance"
  source_ids       = [for database in aws_db_instance.main : database.identifier]
  event_categories = ["failover", "failure", "low storage"]
}

resource "aws_db_event_subscription" "archive" {
  name             = "tickets-archive"
  sns_topic        = var.topic_arn
  source_type      = "db-snapshot"
  source_ids       = [aws_db_instance.archive.identifier]
  event_categories = ["creation", "deletion"]
}

resource "aws_cloudwatch_metric_alarm" "storage" {
  for_each = local.databases

  alarm_name          = "${each.key}-free-storage"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.main[each.key].identifier }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "LessThanThreshold"
  threshold           = each.value.storage[0] * pow(1024, 3) / 20
  alarm_actions       = [var.topic_arn]
}

output "hosts" {
  value = merge(
    { for name, database in aws_db_instance.main : name => database.address },
    { archive = aws_db_instance.archive.address },
  )
}
