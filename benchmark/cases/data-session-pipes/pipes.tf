resource "aws_sqs_queue" "journal" {
  name                       = "login-journal"
  visibility_timeout_seconds = 120
  receive_wait_time_seconds  = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "login-failed"
  message_retention_seconds = 1209600
}

data "aws_iam_policy_document" "pipes_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["pipes.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "pipes" {
  statement {
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
    resources = [for k, t in local.tables : aws_dynamodb_table.this[k].stream_arn if t.stream != null]
  }
  statement {
    actions   = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams"]
    resources = [var.clicks_stream_arn]
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.journal.arn, aws_sqs_queue.failed.arn, var.web_failures_arn]
  }
  statement {
    actions   = ["sns:Publish"]
    resources = [var.journal_topic_arn]
  }
}

resource "aws_iam_role" "pipes" {
  name               = "login-pipes"
  assume_role_policy = data.aws_iam_policy_document.pipes_trust.json
}

resource "aws_iam_role_policy" "pipes" {
  role   = aws_iam_role.pipes.id
  policy = data.aws_iam_policy_document.pipes.json
}

resource "aws_pipes_pipe" "sessions" {
  name     = "login-sessions"
  role_arn = aws_iam_role.pipes.arn
  source   = aws_dynamodb_table.this["session"].stream_arn
  target   = aws_sqs_queue.journal.arn

  source_parameters {
    dynamodb_stream_parameters {
      starting_position                  = "TRIM_HORIZON"
      batch_size                         = 10
      maximum_batching_window_in_seconds = 5
      maximum_retry_attempts             = 10
      maximum_record_age_in_seconds      = 43200
      dead_letter_config {
        arn = aws_sqs_queue.failed.arn
      }
    }
    filter_criteria {
      filter {
        pattern = jsonencode({ dynamodb = { OldImage = { state = { S = ["active"] } } } })
      }
    }
  }

  depends_on = [aws_iam_role_policy.pipes]
}

resource "aws_pipes_pipe" "devices" {
  name     = "login-devices"
  role_arn = aws_iam_role.pipes.arn
  source   = aws_dynamodb_table.this["device"].stream_arn
  target   = var.journal_topic_arn

  source_parameters {
    dynamodb_stream_parameters {
      starting_position             = "TRIM_HORIZON"
      batch_size                    = 1
      maximum_retry_attempts        = 3
      maximum_record_age_in_seconds = 172800
      dead_letter_config {
        arn = aws_sqs_queue.failed.arn
      }
    }
    filter_criteria {
      filter {
        pattern = jsonencode({ dynamodb = { OldImage = { trusted = { BOOL = [true] } } } })
      }
    }
  }

  depends_on = [aws_iam_role_policy.pipes]
}

resource "aws_pipes_pipe" "consents" {
  name     = "login-consents"
  role_arn = aws_iam_role.pipes.arn
  source   = aws_dynamodb_table.this["consent"].stream_arn
  target   = aws_sqs_queue.journal.arn

  source_parameters {
    dynamodb_stream_parameters {
      starting_position      = "TRIM_HORIZON"
      batch_size             = 10
      maximum_retry_attempts = 10
      dead_letter_config {
        arn = aws_sqs_queue.failed.arn
      }
    }
  }

  depends_on = [aws_iam_role_policy.pipes]
}

resource "aws_pipes_pipe" "clicks" {
  name     = "login-clicks"
  role_arn = aws_iam_role.pipes.arn
  source   = var.clicks_stream_arn
  target   = aws_sqs_queue.journal.arn

  source_parameters {
    kinesis_stream_parameters {
      starting_position             = "TRIM_HORIZON"
      batch_size                    = 10
      maximum_retry_attempts        = 4
      maximum_record_age_in_seconds = 604800
    }
    filter_criteria {
      filter {
        pattern = jsonencode({ data = { page = [{ prefix = "/login" }] } })
      }
    }
  }

  depends_on = [aws_iam_role_policy.pipes]
}

resource "aws_pipes_pipe" "clicks_errors" {
  name     = "login-click-errors"
  role_arn = aws_iam_role.pipes.arn
  source   = var.clicks_stream_arn
  target   = aws_sqs_queue.journal.arn

  source_parameters {
    kinesis_stream_parameters {
      starting_position      = "TRIM_HORIZON"
      batch_size             = 10
      maximum_retry_attempts = 4
      dead_letter_config {
        arn = var.web_failures_arn
      }
    }
    filter_criteria {
      filter {
        pattern = jsonencode({ body = { status = [{ numeric = [">=", 500] }] } })
      }
    }
  }

  depends_on = [aws_iam_role_policy.pipes]
}

output "journal_url" {
  value = aws_sqs_queue.journal.url
}
