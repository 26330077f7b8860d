"""A remedy that is followed literally is accepted by AWS, and a sender that is switched off loses nothing."""

from __future__ import annotations

import pytest
from tests.cases import each_case
from tests.linting import found, lint_with, messages

TRACING = "xray-lambda-tracing"
GRANT = "attach AWSXRayDaemonWriteAccess"


@pytest.mark.parametrize(
    ("policies", "is_named"),
    [
        ("ManagedPolicyArns: [arn:aws:iam::aws:policy/service-role/AutoScalingNotificationAccessRole]", True),
        ("Policies: []", True),
        ("ManagedPolicyArns: [arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess]", False),
    ],
)
def test_lambda_rejects_active_tracing_without_the_right(policies: str, *, is_named: bool) -> None:
    template = f"""
Resources:
  Role: {{Type: AWS::IAM::Role, Properties: {{AssumeRolePolicyDocument: {{}}, {policies}}}}}
  Orders: {{Type: AWS::Lambda::Function, Properties: {{Role: !GetAtt Role.Arn}}}}
"""
    [message] = messages(TRACING, template)
    assert (GRANT in message) is is_named


def test_several_functions_need_the_right_too() -> None:
    template = "Resources:\n" + "".join(f"  F{one}: {{Type: AWS::Lambda::Function}}\n" for one in "ab")
    found_there = lint_with(TRACING, template)
    assert all(one.plural is not None and GRANT in one.plural.sentence for one in found_there)


@each_case(
    ("machine", "role", "is_named"),
    [
        ("AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn}", "Policies: []", True),
        (
            "AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn}",
            "ManagedPolicyArns: [TRACES]",
            False,
        ),
        ("AWS::Serverless::StateMachine, Properties: {DefinitionUri: a.json}", "Policies: []", False),
        (
            "AWS::Serverless::StateMachine, Properties: {DefinitionUri: a.json, Role: !GetAtt Role.Arn}",
            "Policies: []",
            True,
        ),
    ],
)
def test_a_state_machine_needs_the_right_where_its_role_lacks_it(machine: str, role: str, *, is_named: bool) -> None:
    policies = role.replace("TRACES", "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess")
    template = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Role: {{Type: AWS::IAM::Role, Properties: {{AssumeRolePolicyDocument: {{}}, {policies}}}}}
  Work: {{Type: {machine}}}
"""
    [message] = messages("xray-stepfunctions-tracing", template)
    assert (GRANT in message) is is_named


@pytest.mark.parametrize("rule", ["apigateway-endpoint-type", "xray-apigateway-tracing"])
@pytest.mark.parametrize(("api", "is_in_globals"), [("", True), ("RestApiId: !Ref Api,", False)])
def test_the_api_that_nobody_wrote_is_changed_in_globals(rule: str, api: str, *, is_in_globals: bool) -> None:
    event = f"{{Type: Api, Properties: {{{api} Path: /, Method: get}}}}"
    template = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {{Type: AWS::Serverless::Function, Properties: {{Events: {{Get: {event}}}}}}}
"""
    template += "  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}\n" if api else ""
    [message] = messages(rule, template)
    assert message.endswith(" in Globals.Api") is is_in_globals


SENDERS = """
Parameters: {Remedy: {Type: String, Default: "no", AllowedValues: ["yes", "no"]}}
Conditions: {Is: !Equals [!Ref Remedy, "yes"]}
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Sender: {Type: TYPE, Properties: {State: STATE, TARGET}}
"""
TYPES = {
    "AWS::Events::Rule": "ScheduleExpression: rate(7 days), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]",
    "AWS::Scheduler::Schedule": "ScheduleExpression: rate(7 days), Target: {Arn: !GetAtt Orders.Arn, RoleArn: r}",
}


@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("rule", ["events-dead-letter", "lambda-async-failure"])
def test_what_is_switched_off_loses_nothing(type_: str, rule: str) -> None:
    template = SENDERS.replace("TYPE", type_).replace("TARGET", TYPES[type_])
    assert found(rule, template.replace("STATE", "DISABLED")) == []
    assert len(found(rule, template.replace("STATE", "ENABLED"))) == 1
    [one] = lint_with(rule, template.replace("STATE", "!If [Is, ENABLED, DISABLED]"))
    assert (one.level, one.deployment) == ("advice", "when Remedy is yes")


def test_a_simple_table_has_no_billing_mode() -> None:
    template = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::SimpleTable
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}
"""
    [message] = messages("dynamodb-capacity-scaling", template)
    assert message.endswith("or remove ProvisionedThroughput, which makes it on-demand")


def test_a_stage_before_functions_with_another_tracer() -> None:
    template = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Environment: {Variables: {VARIABLE: x}}
      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}
"""
    assert len(found("xray-apigateway-tracing", template.replace("VARIABLE", "OTHER"))) == 1
    assert found("xray-apigateway-tracing", template.replace("VARIABLE", "DD_SITE")) == []


def test_a_restored_database_has_the_storage_of_its_snapshot() -> None:
    template = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBSnapshotIdentifier: last, DBInstanceClass: db.t4g.medium}
"""
    assert found("rds-storage-autoscaling", template) == []


def test_a_batch_of_which_one_message_fails() -> None:
    template = """
Resources:
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: f, EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders"}
"""
    [message] = messages("sqs-partial-batch-response", template)
    assert "so one failed message fails its whole batch of up to 10; " in message


@pytest.mark.parametrize(("is_fifo", "kind"), [("true", "a FIFO dead-letter queue"), ("false", "a dead-letter queue")])
def test_a_subscription_of_a_fifo_topic_needs_a_fifo_queue(is_fifo: str, kind: str) -> None:
    template = f"""
Resources:
  Topic: {{Type: AWS::SNS::Topic, Properties: {{FifoTopic: {is_fifo}}}}}
  Orders:
    Type: AWS::SNS::Subscription
    Properties: {{TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !ImportValue Queue}}
"""
    [message] = messages("sns-subscription-dead-letter", template)
    assert message.endswith(f"add a RedrivePolicy with {kind}")


@each_case(
    ("source", "trigger"),
    [
        ("GITHUB", "add a webhook"),
        ("CODECOMMIT", "add an Events rule"),
        ("S3", "add an Events rule"),
        ("NO_SOURCE", "add an Events rule"),
    ],
)
def test_codebuild_has_no_webhooks_for_repositories_of_aws(source: str, trigger: str) -> None:
    template = f"Resources:\n  Build: {{Type: AWS::CodeBuild::Project, Properties: {{Source: {{Type: {source}}}}}}}\n"
    [message] = messages("build-not-triggered", template)
    assert trigger in message


@pytest.mark.parametrize(("sizes", "count"), [("0, 1", 0), ("3, 3", 0), ("1, 4", 1)])
def test_simple_scaling_of_a_group_that_follows_no_load(sizes: str, count: int) -> None:
    least, most = sizes.split(", ")
    template = f"""
Resources:
  Web: {{Type: AWS::AutoScaling::AutoScalingGroup, Properties: {{MinSize: {least}, MaxSize: {most}}}}}
  Out:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties: {{AutoScalingGroupName: !Ref Web, AdjustmentType: ExactCapacity, ScalingAdjustment: 1}}
"""
    assert len(found("autoscaling-policy-choice", template)) == count


def test_two_targets_of_a_rule_are_one_source() -> None:
    template = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(7 days)
      Targets: [{Id: a, Arn: !GetAtt Orders.Arn}, {Id: b, Arn: !GetAtt Orders.Arn}]
"""
    [message] = messages("lambda-async-failure", template)
    assert " more" not in message


IMPORT = "!ImportValue a"
DATABASE = "Group: {Type: AWS::RDS::DBInstance, Properties: {PROPERTIES}}"
GROUP = "Group: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {PROPERTIES}}"
TOPIC = (
    "Topic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: PROPERTIES}}\n"
    "  Group: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: queue}}"
)
OFF = "MultiAZEnabled: true, AutomaticFailoverEnabled: false"
DURABLE = "Durability: sync, Engine: valkey, EngineVersion: '9.0', ClusterMode: enabled, NumNodeGroups: 2"


@each_case(
    ("rule", "template", "properties", "has_fix"),
    [
        ("elasticache-failover", GROUP, f"{OFF}, NumCacheClusters: 2", True),
        ("elasticache-failover", GROUP, f"{OFF}, NumCacheClusters: 1", False),
        ("elasticache-failover", GROUP, f"{OFF}, NumCacheClusters: {IMPORT}", False),
        ("elasticache-durability", GROUP, f"{DURABLE}, ReplicasPerNodeGroup: 1", True),
        ("elasticache-durability", GROUP, f"{DURABLE}, ReplicasPerNodeGroup: 0", False),
        ("sqs-dead-letter-queue", "Group: {Type: AWS::SQS::Queue, Properties: {PROPERTIES}}", "FifoQueue: true", True),
        ("sqs-dead-letter-queue", "Group: {Type: AWS::SQS::Queue, Properties: {FifoQueue: PROPERTIES}}", IMPORT, False),
        ("rds-storage-autoscaling", DATABASE, "Engine: postgres, AllocatedStorage: 20", True),
        ("rds-storage-autoscaling", DATABASE, f"Engine: postgres, AllocatedStorage: {IMPORT}", False),
        ("sns-subscription-dead-letter", TOPIC, "true", True),
        ("sns-subscription-dead-letter", TOPIC, "!ImportValue a", False),
    ],
)
def test_no_fix_decides_what_is_not_known_or_takes_more(
    rule: str, template: str, properties: str, *, has_fix: bool
) -> None:
    [one] = lint_with(rule, f"Resources:\n  {template.replace('PROPERTIES', properties)}\n")
    assert (one.fix is not None) is has_fix


@pytest.mark.parametrize(
    ("replacement", "remedy"),
    [
        ("", "set it and UpdateReplacePolicy to Snapshot"),
        ("UpdateReplacePolicy: Delete, ", "set it and UpdateReplacePolicy to Snapshot"),
        ("UpdateReplacePolicy: Retain, ", "set it to Snapshot"),
    ],
)
def test_both_policies_of_a_database_are_told_where_both_delete(replacement: str, remedy: str) -> None:
    said = f"Type: AWS::RDS::DBInstance, DeletionPolicy: Delete, {replacement}Properties: {{Engine: postgres}}"
    [message] = messages("rds-final-snapshot", f"Resources:\n  Db: {{{said}}}\n")
    assert message.endswith(remedy)


@pytest.mark.parametrize(
    ("skip", "name", "remedy"),
    [
        ("true", '"last"', "set it to false"),
        ("true", '""', "set it to false and final_snapshot_identifier to a name"),
        ("true", "null", "set it to false and final_snapshot_identifier to a name"),
        ("true", "var.last", "set it to false and final_snapshot_identifier to a name"),
        ("false", '""', "set final_snapshot_identifier to a name"),
        ("false", '"last"', None),
    ],
)
def test_an_empty_name_of_a_snapshot_is_none(skip: str, name: str, remedy: str | None) -> None:
    template = f"""
provider "aws" {{}}

variable "last" {{ default = null }}

resource "aws_db_instance" "db" {{
  engine                    = "postgres"
  skip_final_snapshot       = {skip}
  final_snapshot_identifier = {name}
}}
"""
    said = messages("rds-final-snapshot", template)
    assert [one.rpartition("; ")[2] for one in said] == ([] if remedy is None else [remedy])
