terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

locals {
  name = "fleet"
}

resource "aws_cloudwatch_event_bus" "fleet" {
  name = local.name
}

resource "aws_cloudwatch_event_rule" "trips" {
  name           = "${local.name}-trips"
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  event_pattern  = jsonencode({ source = ["vehicle"], "detail-type" = ["TripEnded"] })
}

resource "aws_cloudwatch_event_rule" "alerts" {
  name           = "${local.name}-alerts"
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  event_pattern  = jsonencode({ source = ["vehicle"], "detail-type" = ["EngineAlert"] })
}

resource "aws_cloudwatch_event_rule" "charging" {
  name           = "${local.name}-charging"
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  event_pattern  = jsonencode({ source = ["charger"] })
}

resource "aws_cloudwatch_event_target" "trips" {
  rule           = aws_cloudwatch_event_rule.trips.name
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  arn            = aws_sqs_queue.trips.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered["trips"].arn
  }
}

resource "aws_cloudwatch_event_target" "alerts" {
  rule           = aws_cloudwatch_event_rule.alerts.name
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  arn            = aws_sqs_queue.alerts.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered["alerts"].arn
  }
}

resource "aws_cloudwatch_event_target" "workshop" {
  rule           = aws_cloudwatch_event_rule.alerts.name
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  arn            = data.aws_sqs_queue.workshop.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered["alerts"].arn
  }
}

resource "aws_cloudwatch_event_target" "charging" {
  rule           = aws_cloudwatch_event_rule.charging.name
  event_bus_name = aws_cloudwatch_event_bus.fleet.name
  arn            = aws_sqs_queue.charging.arn

  sqs_target {
    message_group_id = "charging"
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered["charging"].arn
  }
}

data "aws_sqs_queue" "workshop" {
  name = "workshop-orders"
}
