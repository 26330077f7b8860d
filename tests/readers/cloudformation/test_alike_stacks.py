"""Stacks that import from each other are given alike what both declare alike: the same name and allowed values."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

BALANCER = """
Parameters:
  LaunchType: {Type: String, Default: EC2, AllowedValues: [Fargate, EC2]}
Conditions:
  EC2: !Equals [!Ref LaunchType, EC2]
Resources:
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {Port: 80, Protocol: HTTP, VpcId: v, TargetType: !If [EC2, instance, ip]}
Outputs:
  Targets: {Value: !Ref Targets, Export: {Name: targets}}
"""

SERVICE = """
Parameters:
  LaunchType: {Type: String, Default: EC2, AllowedValues: [EC2, Fargate]}
Conditions:
  Fargate: !Equals [!Ref LaunchType, Fargate]
Resources:
  Service:
    Type: AWS::ECS::Service
    Condition: Fargate
    Properties:
      TaskDefinition: web
      LaunchType: FARGATE
      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !ImportValue targets}]
"""


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("", "", 0),
        ("!If [EC2, instance, ip]", "instance", 1),  # Whatever is chosen.
        ("!If [EC2, instance, ip]", "!If [EC2, ip, instance]", 1),  # With what both choose.
        ("AllowedValues: [Fargate, EC2]", "AllowedValues: [Fargate, EC2, Any]", 1),  # Another parameter of this name.
        ("LaunchType", "Launches", 1),
    ],
)
def test_what_both_declare_alike_is_given_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, count: int
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"balancer.yaml": BALANCER.replace(old, new) if old else BALANCER, "service.yaml": SERVICE})
    made = report(".", "--select", "ecs-target-type")
    assert [finding["rule"] for finding in made["findings"]] == ["ecs-target-type"] * count


def test_a_value_that_the_user_gives_is_given_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    unconditional = SERVICE.replace("    Condition: Fargate\n", "")
    write(tmp_path, {"balancer.yaml": BALANCER, "service.yaml": unconditional})
    assert len(report(".", "--select", "ecs-target-type")["findings"]) == 1
    given = report(".", "--select", "ecs-target-type", "--parameters", "LaunchType=Fargate")
    assert given["findings"] == []


QUEUES = """
Parameters:
  Environment: {Type: String, Default: dev, AllowedValues: [prod, dev]}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}
  Failed: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${Environment}-failed"}}
Outputs:
  Failed: {Value: !GetAtt Failed.QueueName, Export: {Name: !Sub "${Environment}-failed-name"}}
"""

ALARMS = """
Parameters:
  Environment: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: IsProd
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{Name: QueueName, Value: !ImportValue {"Fn::Sub": "${Environment}-failed-name"}}]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("!Equals [!Ref Environment, prod]", "!Not [!Equals [!Ref Environment, dev]]", []),
        # None in production.
        ("Environment, prod]", "Environment, dev]", [("advice", "when Environment is prod")]),
        ("ApproximateNumberOfMessagesVisible", "SentMessageSize", [("advice", None)]),
        # The stack may be of any stage.
        ("Environment", "Stage", [("advice", None)]),
    ],
)
def test_what_exists_beside_in_production_only_is_there_for_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, expected: list[tuple[str, str | None]]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"queues.yaml": QUEUES, "alarms.yaml": ALARMS.replace(old, new) if old else ALARMS})
    found = report(".", "--advice", "--select", "sqs-dead-letter-alarm")["findings"]
    assert [(one["level"], one["deployment"]) for one in found] == expected


def test_a_parameter_without_a_list_of_values_is_asked_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    free = [
        text.replace(", AllowedValues: [prod, dev]", "").replace(", AllowedValues: [dev, prod]", "")
        for text in (QUEUES, ALARMS)
    ]
    write(tmp_path, dict(zip(("queues.yaml", "alarms.yaml"), free, strict=True)))
    assert report(".", "--advice", "--select", "sqs-dead-letter-alarm")["findings"] == []
