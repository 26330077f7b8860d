"""A rule should have targets, and be switched on.

A rule without targets matches events and does nothing with them. One whose State is DISABLED matches none. Both look in a
template like a part that works. One whose State is ENABLED, as by default, gets no calls that only read (Describe, Get and List) from
CloudTrail, so a rule for such calls alone never matches. A state that a parameter or variable gives is a switch, and not checked; nor are several
rules of a template that all are switched off, as those of an environment that rests are. But a rule or schedule that the values of
production switch off (those of a deployment of that name, such as prod.tfvars) is told of, unless its name says that it is for another
environment, or starts and stops something.

What to do: give the rule Targets (Terraform: aws_cloudwatch_event_target), switch it on, or remove it; for calls that only read, set
State to ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
"""

from awslint_memo import Findings, Resource, Value, event_details, events, listed, naming, rule, schedules


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/APIReference/API_PutTargets.html",
    fix="unsafe",
)
def check(event_rule: Resource) -> Findings:
    yield from off_in_production(event_rule)
    calls = [call.text or f"{call.get('prefix').text}*" for call in event_details.unheard(event_rule)]
    if calls:
        yield event_rule.finding(
            event_rule.get("State", default=event_details.DEFAULT_STATE),
            f"so it gets no calls that only read, and never matches {listed(calls, last='or', most=3)}",  # chosen: fits a line
            do=f"set it to {event_details.ALL_CALLS}",
            level="warning",
            fix=event_rule.set("State", event_details.ALL_CALLS, unsafe="lets it get many more events"),
        )
    state = event_rule.get("State")
    if is_off(state):
        if not is_switched_off_with_others(event_rule):
            yield event_rule.finding(state, "so it delivers nothing", do="enable or remove it")
    elif event_rule.get("Targets").is_absent and not (event_rule.is_open or event_rule.is_exposed()):
        # Terraform's targets may stand in the configuration of whoever uses the rule's name.
        yield event_rule.finding(
            event_rule,
            "has no targets, so nothing happens when it matches",
            do="add a target, or remove it",
            level="advice" if event_rule.language == "terraform" else "warning",
        )


@check.on("AWS::Scheduler::Schedule")
def schedule(schedule: Resource) -> Findings:
    yield from off_in_production(schedule)


def off_in_production(sender: Resource) -> Findings:
    state, deployment = sender.get("State"), sender.deployment
    if not events.is_disabled(sender) or not naming.is_given_in_production(deployment, state):
        return
    all_ = [*deployment.own_of_type("AWS::Events::Rule"), *deployment.own_of_type("AWS::Scheduler::Schedule")]
    rests = len(all_) > 1 and all(map(events.is_disabled, all_))
    if not rests and not schedules.is_for_others(sender):
        yield sender.finding(state, "so it delivers nothing in production", do="enable it there")


def is_off(state: Value) -> bool:
    """Whether it is written that a rule is off."""
    return state.text == "DISABLED" and state.is_literal


def is_switched_off_with_others(event_rule: Resource) -> bool:
    """Whether a rule is one of several that its template all switches off: that is the switch of an environment."""
    states = [other.get("State") for other in event_rule.deployment.own_of_type(event_rule.type)]
    return len(states) > 1 and all(map(is_off, states))


BAD = """
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day)}}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), State: DISABLED}}
---
resource "aws_cloudwatch_event_rule" "orders" {}
---
# deployments: {prod: {State: DISABLED}, dev: {State: ENABLED}}
Parameters: {State: {Type: String, Default: ENABLED}}
Resources:
  Health: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.health]}, State: !Ref State, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
Resources:
  Looked: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [iam.amazonaws.com], eventName: [GetRole, {prefix: List}]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
resource "aws_cloudwatch_event_rule" "looked" {
  state = "ENABLED"
  event_pattern = jsonencode({
    detail-type = ["AWS API Call via CloudTrail"]
    detail      = { eventSource = ["ssm.amazonaws.com"], eventName = ["GetParameter", "GetParameters"] }
  })
}

resource "aws_cloudwatch_event_target" "looked" {
  rule = aws_cloudwatch_event_rule.looked.name
  arn  = "arn:aws:sns:eu-west-1:123456789012:a"
}
"""

GOOD = """
Parameters: {State: {Type: String}}
Resources:
  All: {Type: AWS::Events::Rule, Properties: {State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetRole]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Given: {Type: AWS::Events::Rule, Properties: {State: !Ref State, EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetRole]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Writes: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetRole, CreateRole]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Excluding: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [{anything-but: {prefix: Get}}]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  # An event of data, and one that EventBridge delivers though it begins so.
  Objects: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetObject]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Tokens: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.sts], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [GetFederationToken]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Other: {Type: AWS::Events::Rule, Properties: {EventBusName: audit, EventPattern: {source: [aws.kms], detail-type: [AWS API Call via CloudTrail], detail: {eventName: [DescribeKey]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
# deployments: {prod: {State: DISABLED}, dev: {State: ENABLED}}
Parameters: {State: {Type: String, Default: ENABLED}}
Resources:
  StopInstances: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), State: !Ref State, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  SeedTestData: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, State: !Ref State}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}}}
---
# deployments: {prod: {State: ENABLED}, dev: {State: DISABLED}}
Parameters: {State: {Type: String, Default: ENABLED}}
Resources:
  Health: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.health]}, State: !Ref State, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
# deployments: {prod: {State: DISABLED}, dev: {State: ENABLED}}
Parameters: {State: {Type: String, Default: ENABLED}}
Resources:
  Health: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.health]}, State: !Ref State, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), State: !Ref State, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
Parameters: {State: {Type: String}, Switch: {Type: String, Default: DISABLED}}
Resources:
  Switched: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), State: !Ref Switch, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), State: !Ref State, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Exported: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day)}}
Outputs: {Rule: {Value: !GetAtt Exported.Arn}}
---
Resources:
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), State: DISABLED}}
  Weekly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(7 days), State: DISABLED}}
---
Resources:
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/targets.yaml}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day)}}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_rule" "given" {}

module "targets" {
  source = "example/targets/aws"
  rule   = aws_cloudwatch_event_rule.given.name
}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = "arn:aws:sns:eu-west-1:123456789012:a"
}
"""

FIXED = """
-  Looked: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [iam.amazonaws.com], eventName: [GetRole, {prefix: List}]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
+  Looked: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.iam], detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [iam.amazonaws.com], eventName: [GetRole, {prefix: List}]}}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}], State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS}}
"""
