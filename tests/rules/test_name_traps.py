"""Names that AWS refuses, in one environment or in all, and those that only look so."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import messages, resource, stack, terraform

RULE = "stack-name-refused"
PARAMETERS = {"Parameters": {"Any": {"Type": "String"}}}


@each_case(
    ("type_", "path", "name", "told"),
    [
        ("ElasticLoadBalancingV2::LoadBalancer", "Name", "a" * 32, 0),
        ("ElasticLoadBalancingV2::LoadBalancer", "Name", "a" * 33, 1),
        ("ElasticLoadBalancingV2::LoadBalancer", "Name", "internal", 0),
        ("ElasticLoadBalancingV2::LoadBalancer", "Name", {"Fn::Sub": "${Any}-"}, 1),
        ("ElasticLoadBalancingV2::LoadBalancer", "Name", {"Fn::Sub": "-${Any}"}, 1),
        ("ElasticLoadBalancingV2::LoadBalancer", "Name", {"Fn::Sub": "a-${Any}-b"}, 0),
        ("ElasticLoadBalancingV2::TargetGroup", "Name", "web_orders", 1),
        ("ElasticLoadBalancingV2::TargetGroup", "Name", {"Ref": "Any"}, 0),
        ("IAM::Role", "RoleName", {"Fn::Sub": "${Any}" + "a" * 64}, 0),
        ("IAM::Role", "RoleName", {"Fn::Sub": "${Any}" + "a" * 65}, 1),
        ("IAM::Role", "RoleName", "a+b=c,d.e@f-g_h", 0),
        ("SQS::Queue", "QueueName", "a" * 75 + ".fifo", 0),
        ("SQS::Queue", "QueueName", "a" * 76 + ".fifo", 1),
        ("SQS::Queue", "QueueName", "orders.dead", 1),
        ("SNS::Topic", "TopicName", {"Fn::Sub": "orders-${Any}.fifo"}, 0),
        ("RDS::DBCluster", "DBClusterIdentifier", "2orders", 1),
        ("RDS::DBCluster", "DBClusterIdentifier", "Orders-1", 0),
        ("RDS::DBInstance", "DBInstanceIdentifier", "orders--1", 1),
        ("S3::Bucket", "BucketName", {"Fn::Sub": "Papers-${Any}"}, 1),
        ("S3::Bucket", "BucketName", "papers.example-1", 0),
        ("Lambda::Function", "FunctionName", "arn:aws:lambda:eu-west-1:123456789012:function:" + "a" * 64, 0),
        ("Logs::LogGroup", "LogGroupName", "/aws/vendedlogs/states/orders", 0),
        ("Events::Rule", "Name", "a" * 65, 1),
        ("StepFunctions::StateMachine", "StateMachineName", "a" * 81, 1),
    ],
)
def test_the_name_of_a_resource(type_: str, path: str, name: Any, told: int) -> None:
    assert len(messages(RULE, stack(PARAMETERS, A=resource(type_, **{path: name})))) == told


def test_a_name_that_one_environment_makes_too_long() -> None:
    balancer = {"name": "parcel-tracking-${var.environment}-internal", "subnets": ["a", "b"]}
    for environment, told in (("staging", 0), ("production", 1)):
        template = terraform({"variable": {"environment": {"default": environment}}}, aws_lb={"internal": balancer})
        assert len(messages(RULE, template)) == told


def test_a_prefix_and_what_a_program_puts_in_are_left_alone() -> None:
    assert messages(RULE, terraform(aws_lb={"a": {"name_prefix": "web-"}})) == []
    for name in ("__SERVICE__-web", "{{ service }}-web", "<service>", "%SERVICE%"):
        group = resource("ElasticLoadBalancingV2::TargetGroup", Name=name)
        assert messages(RULE, stack(A=group)) == []
