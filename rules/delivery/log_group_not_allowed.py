"""The policy that lets EventBridge write logs should name the log groups that it is to write to.

EventBridge writes events to a log group by a resource policy of CloudWatch Logs (AWS::Logs::ResourcePolicy). A policy for
/aws/events/* does not cover a group of another name: nothing is logged, without an error that anybody sees.

What to do: name the group in Resource of that policy, or call it by a name that it covers. A policy elsewhere in the account may
let EventBridge write too; a template without such a policy is not judged.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="eventbridge/latest/userguide/eb-use-resource-based.html",
)
def check(rule: Resource) -> Findings:
    if not rule.deployment.of_type("AWS::Logs::ResourcePolicy"):
        return
    from awslint_memo import log_targets  # Few templates have such a policy.

    for found in log_targets.left_out(rule):
        group, policy = found.group.title, found.policy.title
        yield rule.finding(
            found.value,
            f"logs nothing to {group}, because {policy} lets EventBridge write to log groups of other names only",
            do=f"name {group} in its Resource",
            related=[(found.policy, "the policy"), (found.group, "the log group")],
        )


BAD = """
Resources:
  Signs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /security/sign-ins, RetentionInDays: 30}}
  Let:
    Type: AWS::Logs::ResourcePolicy
    Properties:
      PolicyName: events
      PolicyDocument: !Sub '{"Statement": [{"Effect": "Allow", "Principal": {"Service": ["events.amazonaws.com"]}, "Action": "logs:PutLogEvents", "Resource": "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/events/*:*"}]}'
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.signin]}, Targets: [{Id: log, Arn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Signs}"}]}}
---
resource "aws_cloudwatch_log_group" "scans" {
  name              = "/security/scans"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_resource_policy" "events" {
  policy_name = "events"
  policy_document = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "logs:PutLogEvents"
      Resource  = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/*"
    }]
  })
}

resource "aws_cloudwatch_event_rule" "scans" {
  event_pattern = jsonencode({ source = ["aws.ecr"] })
}

resource "aws_cloudwatch_event_target" "scans" {
  rule = aws_cloudwatch_event_rule.scans.name
  arn  = aws_cloudwatch_log_group.scans.arn
}
"""

GOOD = """
Parameters: {Names: {Type: String}}
Resources:
  Named: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /aws/events/orders, RetentionInDays: 30}}
  Linked: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /shop/orders, RetentionInDays: 30}}
  Unnamed: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30}}
  Let: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: a, PolicyDocument: !Sub '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "logs:*", "Resource": ["arn:aws:logs:*:*:log-group:/aws/events/*", "${Linked.Arn}"]}]}'}}
  Others: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: b, PolicyDocument: '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "es.amazonaws.com"}, "Action": "logs:PutLogEvents", "Resource": "arn:aws:logs:*:*:log-group:/search/*"}]}'}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !GetAtt Named.Arn}, {Id: b, Arn: !GetAtt Linked.Arn}, {Id: c, Arn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Unnamed}"}, {Id: d, Arn: !ImportValue Group}]}}
---
Resources:
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /security/orders, RetentionInDays: 30}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !GetAtt Group.Arn}]}}
  Search: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: b, PolicyDocument: '{"Statement": [{"Effect": "Allow", "Principal": {"Service": "es.amazonaws.com"}, "Action": "logs:PutLogEvents", "Resource": "arn:aws:logs:*:*:log-group:/search/*"}]}'}}
---
Parameters: {Policy: {Type: String}}
Resources:
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /security/orders, RetentionInDays: 30}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !GetAtt Group.Arn}]}}
  Given: {Type: AWS::Logs::ResourcePolicy, Properties: {PolicyName: b, PolicyDocument: !Ref Policy}}
---
resource "aws_cloudwatch_event_rule" "placed" {
  name = "placed"
}

resource "aws_cloudwatch_log_group" "placed" {
  name = "/orders/placed"
}
"""
