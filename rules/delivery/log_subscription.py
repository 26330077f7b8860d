"""A log group should have two subscription filters at most, each with a role for a stream alone.

CloudWatch Logs writes to a stream of Kinesis or Firehose with the role of the filter, and invokes a function by the
function's own permission. It refuses a filter for a stream without RoleArn, one for a function with it, and the third of a
log group.

It tests the function when the filter is created. Where CloudFormation does not wait for the permission, it may come later, and the
filter is refused.

What to do: set RoleArn (Terraform: role_arn) to a role that may write to the stream; remove it for a function, and add an
AWS::Lambda::Permission for logs.amazonaws.com, and name that in DependsOn of the filter. Join filters of one log group (a pattern may have several terms, each with a
question mark before it), and let the receiver tell their lines apart.
"""

from awslint_memo import Findings, Link, Resource, creation_order, rule, subscription_filters


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
    if subscription.language == "cloudformation" and not subscription.part:  # SAM's own waits.
        permission = subscription_filters.unawaited(subscription)
        if permission is not None:
            yield subscription.finding(
                subscription,
                f"does not wait for {permission.title}, and is refused where it is created before that",
                do=f"add DependsOn: {creation_order.own_id(permission)}",
                level="warning",
                related=[(permission, "lets CloudWatch Logs invoke the function")],
            )
    before, most = subscription_filters.before(subscription), subscription_filters.MOST
    if len(before) == most:  # It is refused, and what stands behind it is too.
        named = subscription.get("LogGroupName")
        related = [(other, "is one of them") for other in before]
        yield subscription.finding(
            named,
            f"is that of {before[0].title} and {before[1].title} too, and a log group has {most} filters at most, so this "
            "one is refused",
            of="LogGroupName",
            do="join them",
            related=related,
        )


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
Resources:
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: orders}}
  A: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Group, FilterPattern: a, DestinationArn: "arn:aws:lambda:eu-west-1:123456789012:function:a"}}
  B: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: orders, FilterPattern: b, DestinationArn: "arn:aws:lambda:eu-west-1:123456789012:function:b"}}
  C: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Group, FilterPattern: c, DestinationArn: "arn:aws:lambda:eu-west-1:123456789012:function:c"}}
  D: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Group, FilterPattern: d, DestinationArn: "arn:aws:lambda:eu-west-1:123456789012:function:d"}}
---
resource "aws_cloudwatch_log_subscription_filter" "orders" {
  for_each = toset(["denied", "failed", "slow"])

  name            = each.key
  log_group_name  = "orders"
  filter_pattern  = each.key
  destination_arn = "arn:aws:lambda:eu-west-1:123456789012:function:alert"
}
---
resource "aws_kinesis_stream" "lines" {}

resource "aws_cloudwatch_log_subscription_filter" "lines" {
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = aws_kinesis_stream.lines.arn
}
---
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {Role: r}}
  May: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: !Sub "logs.${AWS::Region}.amazonaws.com"}}
  Errors: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: app, FilterPattern: ERROR, DestinationArn: !GetAtt Work.Arn}}
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
  ToUnknown: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: prices, FilterPattern: "", DestinationArn: !Ref Destination}}
  Group: {Type: AWS::Logs::LogGroup}
  A: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Group, FilterPattern: a, DestinationArn: !Ref Destination}}
  B: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Group, FilterPattern: b, DestinationArn: !Ref Destination}}
  C: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: !Ref Destination, FilterPattern: c, DestinationArn: !Ref Destination}}
  ToAccount: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: prices, FilterPattern: "", DestinationArn: "arn:aws:logs:eu-west-1:123456789012:destination:all"}}
---
resource "aws_kinesis_firehose_delivery_stream" "lines" {}

resource "aws_cloudwatch_log_subscription_filter" "lines" {
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.lines.arn
  role_arn        = var.role
}

variable "role" {}
---
variable "groups" {
  type = set(string)
}

variable "is_slow" {}

resource "aws_cloudwatch_log_group" "all" {
  for_each = var.groups
}

resource "aws_cloudwatch_log_subscription_filter" "all" {
  for_each = toset(["a", "b", "c"])

  name            = each.key
  log_group_name  = aws_cloudwatch_log_group.all[each.key].name
  filter_pattern  = ""
  destination_arn = "arn:aws:lambda:eu-west-1:123456789012:function:alert"
}

resource "aws_cloudwatch_log_subscription_filter" "orders" {
  for_each = toset(["denied", "failed"])

  name            = each.key
  log_group_name  = "orders"
  filter_pattern  = each.key
  destination_arn = "arn:aws:lambda:eu-west-1:123456789012:function:alert"
}

resource "aws_cloudwatch_log_subscription_filter" "same" {
  name            = "denied"
  log_group_name  = "orders"
  filter_pattern  = "403"
  destination_arn = "arn:aws:lambda:eu-west-1:123456789012:function:alert"
}

resource "aws_cloudwatch_log_subscription_filter" "elsewhere" {
  provider = aws.other

  name            = "elsewhere"
  log_group_name  = "orders"
  filter_pattern  = "403"
  destination_arn = "arn:aws:lambda:us-east-1:123456789012:function:alert"
}

resource "aws_cloudwatch_log_subscription_filter" "slow" {
  count = var.is_slow

  name            = "slow"
  log_group_name  = "orders"
  filter_pattern  = "slow"
  destination_arn = "arn:aws:lambda:eu-west-1:123456789012:function:alert"
}
---
Parameters: {Principal: {Type: String}}
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {Role: r}}
  May: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: logs.amazonaws.com}}
  Waiting: {Type: AWS::Logs::SubscriptionFilter, DependsOn: May, Properties: {LogGroupName: app, FilterPattern: ERROR, DestinationArn: !GetAtt Work.Arn}}
  Other: {Type: AWS::Lambda::Function, Properties: {Role: r}}
  MayOther: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Other, Action: "lambda:InvokeFunction", Principal: !Ref Principal}}
  Unknown: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: shop, FilterPattern: ERROR, DestinationArn: !GetAtt Other.Arn}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Errors: {Type: CloudWatchLogs, Properties: {LogGroupName: app, FilterPattern: ERROR}}}}}
"""
