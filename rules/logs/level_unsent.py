"""A filter of logs should wait for a level that the function sends.

A function that logs in JSON sends to CloudWatch Logs what has its ApplicationLogLevel or a more severe one: with ERROR no warning, and
by default (INFO) nothing of DEBUG. A metric filter on a level below never matches, so its alarm stays silent, and a subscription
delivers nothing.

What to do: set ApplicationLogLevel (Terraform: application_log_level) to the level of the filter, or filter on one that is sent. Log
groups to which others than functions write are not judged.
"""

from awslint_memo import Findings, Resource, log_levels, rule


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter"),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html",
)
def check(filtered: Resource) -> Findings:
    unsent = log_levels.unsent(filtered)
    if unsent is not None:
        title = unsent.function.title
        name = unsent.function.in_file_words("LoggingConfig.ApplicationLogLevel")
        yield filtered.finding(
            filtered.get("FilterPattern"),
            f"waits for {unsent.wanted}, but {title} sends logs from {unsent.level.text}{unsent.level.note} upwards "
            "only, so it never matches",
            of="FilterPattern",
            do=f"set {name} of {title} to {unsent.wanted}",
            related=[(unsent.function, "writes the logs")],
        )


BAD = """
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: FATAL, LogGroup: !Ref Logs}}}
  Other: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR, LogGroup: !Ref Logs}}}
  Slow: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Logs, FilterPattern: '{ ($.level = "WARN") || ($.level = "WARNING") }', MetricTransformations: [{MetricNamespace: Shop, MetricName: Slow, MetricValue: "1"}]}}
---
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON}}}
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Work}", RetentionInDays: 30}}
  Told: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Logs, FilterPattern: '{ $.level = "DEBUG" && $.step = "pay" }', DestinationArn: !ImportValue destination, RoleArn: !ImportValue role}}
---
resource "aws_lambda_function" "work" {
  function_name = "work"

  logging_config {
    log_format            = "JSON"
    application_log_level = "ERROR"
  }
}

resource "aws_cloudwatch_log_metric_filter" "slow" {
  name           = "slow"
  log_group_name = "/aws/lambda/work"
  pattern        = "{ $.level = \\"WARN\\" }"

  metric_transformation {
    namespace = "Shop"
    name      = "Slow"
    value     = "1"
  }
}
"""

GOOD = """
Parameters: {Level: {Type: String}}
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: WARN, LogGroup: !Ref Logs}}}
  Strict: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR, LogGroup: !Ref Logs}}}
  Slow: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Logs, FilterPattern: '{ $.level = "WARN" }', MetricTransformations: []}}
  # A filter on either level, on another field, and one for text.
  Text: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {ApplicationLogLevel: ERROR}}}
  OfText: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/aws/lambda/${Text}", FilterPattern: '{ $.level = "WARN" }', MetricTransformations: []}}
  Alone: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR}}}
  Either: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/aws/lambda/${Alone}", FilterPattern: '{ $.level = "WARN" || $.level = "ERROR" }', MetricTransformations: []}}
  Own: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/aws/lambda/${Alone}", FilterPattern: '{ $.level = "NOTICE" }', MetricTransformations: []}}
  Words: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/aws/lambda/${Alone}", FilterPattern: WARN, MetricTransformations: []}}
  Mixed: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/aws/lambda/${Alone}", FilterPattern: '{ $.level = "WARN" && $.a = 1 || $.b = 2 }', MetricTransformations: []}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: !Ref Level}}}
  OfUnknown: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Sub "/aws/lambda/${Unknown}", FilterPattern: '{ $.level = "WARN" }', MetricTransformations: []}}
---
# A task writes there, too.
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR, LogGroup: !Ref Logs}}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref Logs}}}]}}
  Slow: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Logs, FilterPattern: '{ $.level = "WARN" }', MetricTransformations: []}}
---
# Another function may write there.
Parameters: {Group: {Type: String}}
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogFormat: JSON, ApplicationLogLevel: ERROR, LogGroup: !Ref Logs}}}
  Other: {Type: AWS::Lambda::Function, Properties: {LoggingConfig: {LogGroup: !Ref Group}}}
  Slow: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Logs, FilterPattern: '{ $.level = "WARN" }', MetricTransformations: []}}
---
resource "aws_lambda_function" "work" {
  function_name = "work"

  logging_config {
    log_format            = "JSON"
    application_log_level = "DEBUG"
  }
}

resource "aws_cloudwatch_log_metric_filter" "slow" {
  name           = "slow"
  log_group_name = "/aws/lambda/work"
  pattern        = "{ $.level = \\"WARN\\" }"

  metric_transformation {
    namespace = "Shop"
    name      = "Slow"
    value     = "1"
  }
}
"""
