"""A subscription filter should have a role for a stream, and none for a function.

CloudWatch Logs writes to a stream of Kinesis or Firehose with the role of the filter, and invokes a function by the
function's own permission. It refuses a filter for a stream without RoleArn, and one for a function with it.

What to do: set RoleArn (Terraform: role_arn) to a role that may write to the stream; remove it for a function, and add an
AWS::Lambda::Permission for logs.amazonaws.com.
"""

from awslint_memo import Findings, Link, Resource, rule, subscription_filters


@rule(
    level="error",
    since="0.2",
    resource="AWS::Logs::SubscriptionFilter",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html",
)
def check(subscription: Resource) -> Findings:
    role, takes_role = subscription.get("RoleArn"), subscription_filters.takes_role(subscription)
    if takes_role is True and role.is_absent:
        so = "by which CloudWatch Logs writes to the stream, so it is refused"
        yield subscription.finding(subscription, f"has no RoleArn, {so}", do="add a role that may write to the stream")
    elif takes_role is False and (isinstance(role, Link) or role.text):
        message = "is given for a function, which CloudWatch Logs invokes without a role, so it is refused"
        yield subscription.finding(role, message, of="RoleArn", do="remove it")


BAD = """
Resources:
  Lines: {Type: AWS::Kinesis::Stream}
  ToLines: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !GetAtt Lines.Arn}}
---
Resources:
  ToLines: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/lines"}}
---
Resources:
  Work: {Type: AWS::Lambda::Function}
  ToWork: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}}
  Role: {Type: AWS::IAM::Role}
---
resource "aws_kinesis_stream" "lines" {}

resource "aws_cloudwatch_log_subscription_filter" "lines" {
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = aws_kinesis_stream.lines.arn
}
"""

GOOD = """
Transform: [AddRoles]
Resources:
  Work: {Type: AWS::Lambda::Function}
  ToWork: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !GetAtt Work.Arn}}
---
Parameters: {Destination: {Type: String}}
Resources:
  Lines: {Type: AWS::Kinesis::Stream}
  Work: {Type: AWS::Lambda::Function}
  ToLines: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !GetAtt Lines.Arn, RoleArn: !ImportValue Role}}
  ToWork: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !GetAtt Work.Arn}}
  ToUnknown: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !Ref Destination}}
  ToAccount: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: "arn:aws:logs:eu-west-1:123456789012:destination:all"}}
---
resource "aws_kinesis_firehose_delivery_stream" "lines" {}

resource "aws_cloudwatch_log_subscription_filter" "lines" {
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.lines.arn
  role_arn        = var.role
}

variable "role" {}
"""
