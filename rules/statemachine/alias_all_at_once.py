"""A state machine should be started by its alias, which moves to a new version in watched steps.

A DeploymentPreference with ALL_AT_ONCE sends all new executions to the new version at once. CANARY and LINEAR move them in
steps, but without Alarms nothing takes an error back. None of this matters where executions are started on the machine itself,
which runs its latest definition at once.

What to do: set Type to CANARY or LINEAR and name Alarms. Name the alias where executions are started (SAM: !Ref Machine.Alias).
"""

from awslint_memo import Findings, Resource, rule, statemachines


@rule(
    level="advice",
    since="0.2",
    resource="AWS::StepFunctions::StateMachineAlias",
    language="cloudformation",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="AWSCloudFormation/latest/TemplateReference/aws-properties-stepfunctions-statemachinealias-deploymentpreference.html",
)
def check(alias: Resource) -> Findings:
    kind, alarms = alias.get("DeploymentPreference.Type"), alias.get("DeploymentPreference.Alarms")
    past = statemachines.start_past(alias)
    is_in_steps = kind.is_one_of("CANARY", "LINEAR")
    if is_in_steps and past is not None:
        yield alias.finding(
            kind,
            f"but {past.resource.title} starts the machine itself, so all executions get a new definition at once",
            do="name the alias there",
            level="warning",
            related=[(past.value, "does not name the alias")],
        )
    elif is_in_steps and (alarms.is_absent or alarms.surely(lambda content: content == [])):
        yield alias.finding(
            kind, "but DeploymentPreference has no Alarms, so nothing takes back a version that fails", do="name alarms"
        )
    # SAM moves all at once where nobody writes a DeploymentPreference.
    elif kind.text == "ALL_AT_ONCE" and kind.place.span != alias.get("Name").place.span:
        yield alias.finding(
            kind, "so all new executions get a new version at once", do="set it to CANARY or LINEAR, with Alarms"
        )


BAD = """
Resources:
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine}}
  Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, DeploymentPreference: {StateMachineVersionArn: !Ref Version, Type: ALL_AT_ONCE}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Machine: {Type: AWS::Serverless::StateMachine, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: CANARY, Interval: 5, Percentage: 10}}}
---
Resources:
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine}}
  Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, DeploymentPreference: {StateMachineVersionArn: !Ref Version, Type: LINEAR, Interval: 5, Percentage: 10, Alarms: []}}}
---
Resources:
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine}}
  Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, DeploymentPreference: {StateMachineVersionArn: !Ref Version, Type: CANARY, Interval: 5, Percentage: 10, Alarms: [failed]}}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Machine, RoleArn: !ImportValue role}]}}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Kind: {Type: String}}
Resources:
  # SAM makes it so where nobody says how.
  Plain: {Type: AWS::Serverless::StateMachine, Properties: {AutoPublishAlias: live}}
  Other: {Type: AWS::StepFunctions::StateMachine}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Other}}
  Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, DeploymentPreference: {StateMachineVersionArn: !Ref Version, Type: CANARY, Interval: 5, Percentage: 10, Alarms: [failed]}}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Live, RoleArn: !ImportValue role}]}}
  Itself: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !Ref Other, RoleArn: !ImportValue role}}}
  Unknown: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: unknown, DeploymentPreference: {StateMachineVersionArn: !Ref Version, Type: !Ref Kind}}}
---
Parameters: {Alarms: {Type: CommaDelimitedList}}
Resources:
  Watched: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: watched, DeploymentPreference: {StateMachineVersionArn: !ImportValue version, Type: LINEAR, Alarms: !Ref Alarms}}}
---
Resources:
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine}}
  Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, DeploymentPreference: {StateMachineVersionArn: !Ref Version, Type: CANARY, Interval: 5, Percentage: 10, Alarms: [failed]}}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Machine, RoleArn: !ImportValue role}]}}
  # It may start the alias too.
  Program: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {ALIAS: !Ref Live}}}}
---
resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  publish    = true
  definition = "{}"
}

resource "aws_sfn_alias" "live" {
  name = "live"

  routing_configuration {
    state_machine_version_arn = aws_sfn_state_machine.orders.state_machine_version_arn
    weight                    = 100
  }
}
"""
