"""The log group of a function should have the function's name.

A function writes to the group /aws/lambda/ with its name behind it, which Lambda creates where it is not there, and which keeps
logs for ever. A group with a slightly other name gets nothing: its retention, metric filters and subscriptions have no effect. Nor
does one with a written name for a function without FunctionName, to whose name CloudFormation adds random characters.

What to do: make the name of a reference to the function (CloudFormation: !Sub "/aws/lambda/${Work}"), or name the group in
LoggingConfig of the function.
"""

from awslint_memo import Findings, Resource, log_groups, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Logs::LogGroup",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
)
def check(group: Resource) -> Findings:
    function = log_groups.owner(group)
    if function is not None:
        yield group.finding(
            group.get("LogGroupName"),
            f"is not /aws/lambda/ and the name of {function.title}, to which that writes, so this group stays empty",
            of="LogGroupName",
            do=f"write /aws/lambda/ and a reference to {function.title}",
            related=[(function, "the function")],
        )


BAD = """
Parameters: {Stage: {Type: String}}
Resources:
  Print: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "orders-label-printer-${Stage}"}}
  PrintLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/orders-label-${Stage}", RetentionInDays: 30}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  PrintFunction: {Type: AWS::Serverless::Function}
  PrintLogGroup: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${AWS::StackName}-PrintFunction", RetentionInDays: 30}}
---
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders-label-printer}}
  Other: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders-invoice}}
  Kept: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/orders-label, RetentionInDays: 30}}
  Failed: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Kept, FilterPattern: ERROR, MetricTransformations: []}}
---
variable "stage" {
  default = "test"
}

resource "aws_lambda_function" "print" {
  function_name = "${var.stage}-print-labels"
}

resource "aws_cloudwatch_log_group" "print" {
  name              = "/aws/lambda/${var.stage}-print"
  retention_in_days = 30
}
---
Parameters: {Stage: {Type: String}}
Resources:
  Print: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "orders-label-printer-${Stage}"}}
  PrintLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/orders-label-${Stage}", RetentionInDays: 30}}
  Report: {Type: AWS::Lambda::Function}
  Invoice: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "orders-invoice-${Stage}"}}
  InvoiceLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Invoice}", RetentionInDays: 30}}
"""

GOOD = """
Parameters: {Stage: {Type: String}, Name: {Type: String}}
Resources:
  Print: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "orders-label-printer-${Stage}"}}
  PrintLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/orders-label-printer-${Stage}", RetentionInDays: 30}}
  OfAnotherStack: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/orders-label-${Stage}", RetentionInDays: 30}}
  PrintTraces: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/orders/label-${Stage}", RetentionInDays: 30}}
---
Parameters: {Stage: {Type: String}, Name: {Type: String}}
Resources:
  Invoice: {Type: AWS::Lambda::Function}
  InvoiceLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Invoice}"}}
  Mail: {Type: AWS::Lambda::Function, Properties: {FunctionName: mail, LoggingConfig: {LogGroup: !Ref MailLogs}}}
  MailLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/mails}}
  Known: {Type: AWS::Lambda::Function, Properties: {FunctionName: known}}
  KnownLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Name}"}}
---
Parameters: {Name: {Type: String}}
Resources:
  Made: {Type: AWS::Lambda::Function}
  MadeLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: !Sub "/aws/lambda/${Name}"}}
---
Resources:
  Read: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders-read}}
  Write: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders-write}}
  Kept: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/orders}}
  Edge: {Type: AWS::Lambda::Function, Properties: {FunctionName: edge}}
  EdgeLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/us-east-1.edge}}
  Batch: {Type: AWS::Lambda::Function, Properties: {FunctionName: batch-of-orders}}
  BatchLogs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/lambda/batch}}
  Other: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: a, Image: a, LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: !Ref BatchLogs}}}]}}
---
variable "name" {}

resource "aws_lambda_function" "print" {
  function_name = "${var.name}-labels"
}

resource "aws_cloudwatch_log_group" "print" {
  name = "/aws/lambda/${aws_lambda_function.print.function_name}"
}

resource "aws_lambda_function" "mail" {
  function_name = "mail"

  logging_config {
    log_format = "JSON"
    log_group  = "/aws/lambda/mails"
  }
}

resource "aws_cloudwatch_log_group" "mail" {
  name = "/aws/lambda/mails"
}
"""
