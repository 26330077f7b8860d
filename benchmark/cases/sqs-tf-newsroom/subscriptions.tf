resource "aws_sns_topic_subscription" "feed" {
  topic_arn            = aws_sns_topic.articles.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.feed.arn
  raw_message_delivery = true
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.undelivered.arn })
}

resource "aws_sns_topic_subscription" "search" {
  topic_arn            = aws_sns_topic.articles.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.search.arn
  raw_message_delivery = true
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.undelivered.arn })
}

resource "aws_sns_topic_subscription" "errata" {
  topic_arn            = aws_sns_topic.corrections.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.errata.arn
  raw_message_delivery = true
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.errata_undelivered.arn })
}

resource "aws_sns_topic_subscription" "editors" {
  topic_arn = aws_sns_topic.corrections.arn
  protocol  = "email"
  endpoint  = var.editors_email
}

resource "aws_sns_topic_subscription" "desk" {
  topic_arn = aws_sns_topic.articles.arn
  protocol  = "email"
  endpoint  = var.editors_email
}
