"""Constructions of `bench.hostile` with thousands of resources of each type, and of SAM."""

from __future__ import annotations

from functools import partial

from bench.hostile_parts import QUEUE, Json, cfn, template

_TYPES: list[str] = sorted(
    f"AWS::{one}"
    for one in (
        "SQS::Queue",
        "SNS::Topic",
        "SNS::Subscription",
        "Lambda::Function",
        "Lambda::Alias",
        "Lambda::Version",
        "Lambda::EventSourceMapping",
        "RDS::DBInstance",
        "RDS::DBCluster",
        "DynamoDB::Table",
        "Kinesis::Stream",
        "KinesisFirehose::DeliveryStream",
        "CodeBuild::Project",
        "CodePipeline::Pipeline",
        "CodeDeploy::DeploymentGroup",
        "ECS::Service",
        "ECS::TaskDefinition",
        "AutoScaling::AutoScalingGroup",
        "EC2::LaunchTemplate",
        "EC2::Instance",
        "CloudWatch::Alarm",
        "ApiGateway::Stage",
        "ApiGateway::RestApi",
        "ApiGatewayV2::Api",
        "ElastiCache::ReplicationGroup",
        "Route53::RecordSet",
        "IAM::Role",
        "IAM::Policy",
        "Events::Rule",
        "Scheduler::Schedule",
        "StepFunctions::StateMachine",
        "Pipes::Pipe",
        "S3::Bucket",
        "Logs::LogGroup",
        "XRay::Group",
        "ImageBuilder::ImagePipeline",
    )
)


def _many_of(type_: str, count: int) -> str:
    return template({f"R{n}": {"Type": type_, "Properties": {}} for n in range(count)})


for _type in _TYPES:
    cfn(f"5000 of {_type}", partial(_many_of, _type, 5_000))


cfn(
    "10000 of everything",
    lambda: template({f"R{n}": {"Type": t} for n, t in enumerate(_TYPES * (20_000 // len(_TYPES)))}),
)


_SAM: dict[str, Json] = {
    "Type": "AWS::Serverless::Function",
    "Properties": {
        "Runtime": "python3.12",
        "Handler": "a.b",
        "Events": {"E": {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["Q", "Arn"]}}}},
    },
}
cfn(
    "sam functions",
    lambda: template({"Q": QUEUE, **{f"F{n}": _SAM for n in range(3_000)}}, Transform="AWS::Serverless-2016-10-31"),
)
cfn(
    "sam events",
    lambda: template(
        {
            "Q": QUEUE,
            "F": {
                "Type": "AWS::Serverless::Function",
                "Properties": {
                    "Events": {
                        f"E{n}": {"Type": "Api", "Properties": {"Path": f"/{n}", "Method": "get"}} for n in range(8_000)
                    }
                },
            },
        },
        Transform="AWS::Serverless-2016-10-31",
    ),
)
cfn(
    "sam connectors",
    lambda: template(
        {
            "Q": QUEUE,
            **{
                f"C{n}": {
                    "Type": "AWS::Serverless::Connector",
                    "Properties": {"Source": {"Id": "F"}, "Destination": {"Id": "Q"}, "Permissions": ["Write"]},
                }
                for n in range(6_000)
            },
            "F": _SAM,
        },
        Transform="AWS::Serverless-2016-10-31",
    ),
)
cfn(
    "sam globals",
    lambda: template(
        {"Q": QUEUE, **{f"F{n}": _SAM for n in range(1_500)}},
        Transform="AWS::Serverless-2016-10-31",
        Globals={"Function": {"Environment": {"Variables": {f"V{n}": "x" for n in range(20_000)}}}},
    ),
)
