"""What makes a naive reading of tracing wrong: modes, stages, roles, policies and what stands in other containers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

FUNCTION = "xray-lambda-tracing"
STAGE = "xray-apigateway-tracing"
MACHINE = "xray-stepfunctions-tracing"
ROLE = "xray-permissions"
DAEMON = "xray-daemon"
SDK = "xray-sdk-end-of-support"
SAMPLING = "xray-sampling"

Said = list[tuple[str | None, str]]

PARAMETERS = {"Any": {"Type": "String"}}


def said(rule: str, text: str) -> Said:
    return [(one.level, one.message) for one in Example(rules()[rule], text).findings()]


def what(found: Said) -> Said:
    """The findings without what to do, which is said in the words of the language."""
    return [(level, message.partition(";")[0]) for level, message in found]


def stack(rule: str, **resources: dict[str, Any]) -> Said:
    return said(rule, json.dumps({"Parameters": PARAMETERS, "Resources": resources}))


def one(type_: str, depends_on: Any = None, **properties: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"Type": f"AWS::{type_}", "Properties": properties}
    return made if depends_on is None else {**made, "DependsOn": depends_on}


def terraform(rule: str, **types: dict[str, Any]) -> Said:
    return said(rule, json.dumps({"resource": types}))


def arn(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


ACTIVE = {"TracingConfig": {"Mode": "Active"}}


def test_a_function_stands_out_where_others_are_traced() -> None:
    alone = "Orders records no traces (PassThrough, the default); set TracingConfig.Mode to Active"
    assert stack(FUNCTION, Orders=one("Lambda::Function")) == [("advice", alone)]
    machine = one("StepFunctions::StateMachine", TracingConfiguration={"Enabled": "true"})
    beside = "records no traces (PassThrough) although Work does; set TracingConfig.Mode to Active"
    passing = one("Lambda::Function", TracingConfig={"Mode": "PassThrough"})
    assert stack(FUNCTION, Orders=passing, Work=machine) == [("warning", f"Orders {beside}")]


def test_globals_and_disabled_of_sam() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tracing: Active}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
  Bills: {Type: AWS::Serverless::Function, Properties: {Tracing: Disabled}}
  Pass: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough}}
"""
    assert what(said(FUNCTION, text)) == [
        ("warning", "Bills records no traces (PassThrough, the default) although Orders does"),
        ("warning", "Pass records no traces (PassThrough) although Orders does"),
    ]


def test_functions_that_nobody_can_or_need_trace() -> None:
    behind = one("CloudFormation::CustomResource", ServiceToken=arn("Custom"))
    assert stack(FUNCTION, Custom=one("Lambda::Function"), Made=behind) == []
    version = one("Lambda::Version", FunctionName={"Ref": "Edge"})
    associated = {"LambdaFunctionAssociations": [{"EventType": "viewer-request", "LambdaFunctionARN": {"Ref": "One"}}]}
    site = one("CloudFront::Distribution", DistributionConfig={"CacheBehaviors": [associated]})
    assert stack(FUNCTION, Edge=one("Lambda::Function"), One=version, Site=site) == []
    broker = one("Lambda::EventSourceMapping", FunctionName=arn("Work"), EventSourceArn="a", Queues=["orders"])
    assert stack(FUNCTION, Work=one("Lambda::Function"), Broker=broker) == []


def test_a_stage_that_a_deployment_makes() -> None:
    deployment = one("ApiGateway::Deployment", RestApiId={"Ref": "Api"}, StageName="live")
    made = "Made makes a stage that records no traces; set StageDescription.TracingEnabled to true"
    assert stack(STAGE, Api=one("ApiGateway::RestApi"), Made=deployment) == [("advice", made)]
    stage = one("ApiGateway::Stage", RestApiId={"Ref": "Api"}, StageName="live", TracingEnabled=True)
    assert stack(STAGE, Api=one("ApiGateway::RestApi"), Made=deployment, Live=stage) == []
    stage["Properties"]["StageName"] = "test"
    assert stack(STAGE, Api=one("ApiGateway::RestApi"), Made=deployment, Live=stage) == [("advice", made)]
    stage["Properties"]["StageName"] = {"Ref": "Any"}
    assert stack(STAGE, Api=one("ApiGateway::RestApi"), Made=deployment, Live=stage) == []
    assert terraform(STAGE, aws_api_gateway_deployment={"d": {"rest_api_id": "a", "stage_name": "live"}}) == [
        (
            "advice",
            "aws_api_gateway_deployment.d makes a stage that records no traces; make its stage an "
            "aws_api_gateway_stage with xray_tracing_enabled",
        )
    ]


@pytest.mark.parametrize(
    "integration",
    [
        {"Uri": {"Fn::Sub": "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}},
        {"Uri": {"Fn::Sub": "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Live}/invocations"}},
    ],
)
def test_what_is_behind_a_stage(integration: dict[str, Any]) -> None:
    resources = {
        "Api": one("ApiGateway::RestApi"),
        "Stage": one("ApiGateway::Stage", RestApiId={"Ref": "Api"}, StageName="live"),
        "Orders": one("Lambda::Function", **ACTIVE),
        "Live": one("Lambda::Alias", FunctionName={"Ref": "Orders"}, FunctionVersion="7", Name="live"),
        "Get": one("ApiGateway::Method", RestApiId={"Ref": "Api"}, Integration=integration),
    }
    assert stack(STAGE, **resources) == [
        ("warning", "Stage records no traces although Orders behind it does; set TracingEnabled to true")
    ]
    # Of another API nothing follows for this one.
    resources["Get"]["Properties"]["RestApiId"] = "other"
    assert stack(STAGE, **resources) == [("advice", "Stage records no traces; set TracingEnabled to true")]


def test_a_stage_of_an_http_api_has_nothing_to_turn_on() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, Events: {Get: {Type: HttpApi}}}}
"""
    assert said(STAGE, text) == []


def role(*statements: dict[str, Any], **properties: Any) -> dict[str, Any]:
    policy = {"PolicyName": "a", "PolicyDocument": {"Statement": list(statements)}}
    return one("IAM::Role", **({"Policies": [policy]} if statements else {}), **properties)


def allow(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}


REFUSED = (
    "Orders is to be traced, but Role may not call xray:PutTraceSegments, so Lambda refuses to make it; "
    "attach AWSXRayDaemonWriteAccess to the role"
)
GRANTS = {
    "by name": role(allow("xray:PutTraceSegments", "xray:PutTelemetryRecords")),
    "in other letters": role(allow("XRay:putTraceSegments")),
    "with an asterisk": role(allow("xray:*")),
    "everything": role(allow("*")),
    "everything but": role({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
    "a list of resources": role({**allow("xray:PutTraceSegments"), "Resource": ["*"]}),
    "a condition": role(allow("xray:*", Condition={"Bool": {"aws:SecureTransport": True}})),
    "unknown actions": role({"Effect": "Allow", "Action": {"Ref": "Any"}, "Resource": "*"}),
    "an unknown document": one("IAM::Role", Policies=[{"PolicyDocument": {"Ref": "Any"}}]),
    "a policy of AWS that nobody looked up": one(
        "IAM::Role", ManagedPolicyArns=["arn:aws:iam::aws:policy/AmazonECS_FullAccess"]
    ),
    "a policy of the account": one("IAM::Role", ManagedPolicyArns=["arn:aws:iam::111122223333:policy/traces"]),
    "a policy in another partition": one(
        "IAM::Role", ManagedPolicyArns=["arn:aws-cn:iam::aws:policy/AWSXrayFullAccess"]
    ),
}
LACKS = {
    "nothing at all": role(),
    "something else": role(allow("logs:*", "s3:GetObject")),
    "reading": role(allow("xray:Get*")),
    "all but this": role({"Effect": "Allow", "NotAction": ["xray:*"], "Resource": "*"}),
    "logs by name": one(
        "IAM::Role",
        ManagedPolicyArns=[
            {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
        ],
    ),
}


def traced(**more: Any) -> dict[str, Any]:
    return one("Lambda::Function", Role=arn("Role"), **ACTIVE, **more)


@pytest.mark.parametrize("granting", GRANTS.values(), ids=GRANTS)
def test_a_role_that_may_write_traces_or_might(granting: dict[str, Any]) -> None:
    assert stack(ROLE, Role=granting, Orders=traced()) == []


@pytest.mark.parametrize("lacking", LACKS.values(), ids=LACKS)
def test_a_role_that_may_not_write_traces(lacking: dict[str, Any]) -> None:
    assert stack(ROLE, Role=lacking, Orders=traced()) == [("error", REFUSED)]
    assert stack(ROLE, Role=lacking, Orders=one("Lambda::Function", Role=arn("Role"))) == []
    machine = one("StepFunctions::StateMachine", RoleArn=arn("Role"), TracingConfiguration={"Enabled": True})
    lost = REFUSED.replace("Orders", "Work").replace("so Lambda refuses to make it", "so its traces are lost")
    assert stack(ROLE, Role=lacking, Work=machine) == [("warning", lost)]


def test_a_policy_beside_the_role() -> None:
    document = {"Statement": allow("xray:*")}
    policy = one("IAM::Policy", Roles=[{"Ref": "Role"}], PolicyDocument=document)
    late = "Orders may be made before Traces lets Role write traces, and is then refused; depend on it"
    assert stack(ROLE, Role=role(), Traces=policy, Orders=traced()) == [("advice", late)]
    by_role = one("IAM::RolePolicy", RoleName={"Ref": "Role"}, PolicyDocument=document)
    assert stack(ROLE, Role=role(), Traces=by_role, Orders=traced()) == [("advice", late)]
    waiting = {**traced(), "DependsOn": ["Other"]}
    other = one("SNS::Topic", depends_on="Traces")
    assert stack(ROLE, Role=role(), Traces=policy, Orders=waiting, Other=other) == []
    # A policy that the role itself lists is there with the role.
    managed = one("IAM::ManagedPolicy", PolicyDocument=document)
    with_policy = role(ManagedPolicyArns=[{"Ref": "Traces"}])
    assert stack(ROLE, Role=with_policy, Traces=managed, Orders=traced()) == []
    machine = one("StepFunctions::StateMachine", RoleArn=arn("Role"), TracingConfiguration={"Enabled": True})
    assert stack(ROLE, Role=role(), Traces=policy, Work=machine) == []


def test_a_policy_of_another_role() -> None:
    policy = one("IAM::Policy", Roles=[{"Ref": "Other"}], PolicyDocument={"Statement": allow("xray:*")})
    assert stack(ROLE, Role=role(), Other=role(), Traces=policy, Orders=traced()) == [("error", REFUSED)]
    # By its name it may be this one's.
    policy["Properties"]["Roles"] = ["orders"]
    named = role(RoleName="orders")
    assert [level for level, _ in stack(ROLE, Role=named, Traces=policy, Orders=traced())] == ["advice"]
    policy["Properties"]["Roles"] = [{"Ref": "Any"}]
    assert stack(ROLE, Role=named, Traces=policy, Orders=traced()) == []


def test_attachments_of_terraform() -> None:
    types: dict[str, Any] = {
        "aws_iam_role": {"r": {"assume_role_policy": "{}"}},
        "aws_lambda_function": {
            "f": {"function_name": "f", "role": "${aws_iam_role.r.arn}", "tracing_config": {"mode": "Active"}}
        },
        "aws_iam_policy": {"traces": {"policy": json.dumps({"Statement": [allow("xray:*")]})}},
    }
    attached = {"role": "${aws_iam_role.r.name}", "policy_arn": "${aws_iam_policy.traces.arn}"}
    refused = [("error", REFUSED.replace("Orders", "aws_lambda_function.f").replace("Role may", "aws_iam_role.r may"))]
    assert terraform(ROLE, **types) == refused
    assert terraform(ROLE, **types, aws_iam_role_policy_attachment={"a": attached}) == []
    several = {"name": "a", "roles": ["${aws_iam_role.r.name}"], "policy_arn": attached["policy_arn"]}
    assert terraform(ROLE, **types, aws_iam_policy_attachment={"a": several}) == []
    logs = {**attached, "policy_arn": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
    assert terraform(ROLE, **types, aws_iam_role_policy_attachment={"a": logs}) == refused
    unknown = {**attached, "policy_arn": "${data.aws_iam_policy.p.arn}"}
    assert terraform(ROLE, **types, aws_iam_role_policy_attachment={"a": unknown}) == []


def task(*containers: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return one("ECS::TaskDefinition", ContainerDefinitions=list(containers), **properties)


def container(name: str, image: Any = "example/orders:1", **variables: str) -> dict[str, Any]:
    return {
        "Name": name,
        "Image": image,
        "Environment": [{"Name": key, "Value": one} for key, one in variables.items()],
    }


TOLD = "tells orders of an X-Ray daemon at {}, but none of its containers is one; add it"
UNTRACED = "has no container that collects traces; add an ADOT collector to it"


@pytest.mark.parametrize(
    ("address", "mode", "is_here"),
    [
        ("127.0.0.1:2000", "awsvpc", True),
        ("localhost:2000", "bridge", True),
        ("tcp:127.0.0.1:2000 udp:127.0.0.1:2001", "awsvpc", True),
        ("xray-daemon:2000", "bridge", True),
        ("127.0.0.1:2000", "host", False),
        ("127.0.0.1:2000", {"Ref": "Any"}, False),
        ("xray.traces.local:2000", "awsvpc", False),
        ("10.0.0.5:2000", "awsvpc", False),
    ],
)
def test_where_a_daemon_is_expected(address: str, mode: Any, is_here: bool) -> None:
    told = container("orders", AWS_XRAY_DAEMON_ADDRESS=address)
    expected = [("warning", f"Orders {TOLD.format(address)}")] if is_here else []
    assert stack(DAEMON, Orders=task(told, NetworkMode=mode)) == expected


def test_names_that_service_connect_gives() -> None:
    told = container("orders", AWS_XRAY_DAEMON_ADDRESS="xray:2000")
    service = one("ECS::Service", ServiceConnectConfiguration={"Enabled": True})
    assert stack(DAEMON, Orders=task(told), Service=service) == []


@pytest.mark.parametrize(
    "beside",
    [
        container("xray", "example/own:1"),
        container("side", "amazon/aws-xray-daemon"),
        container("side", {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/xray-daemon:1"}),
        container("side", "public.ecr.aws/aws-observability/aws-otel-collector"),
        container("side", "amazon/cloudwatch-agent"),
        container("side", {"Ref": "Any"}),
    ],
    ids=lambda one: f"{one['Name']} {one['Image']}",
)
def test_a_container_that_collects_traces_or_may(beside: dict[str, Any]) -> None:
    told = container("orders", AWS_XRAY_DAEMON_ADDRESS="127.0.0.1:2000")
    assert stack(DAEMON, Orders=task(told, beside, NetworkMode="awsvpc")) == []


def test_an_image_of_which_the_name_is_known() -> None:
    image = {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/orders:${Any}"}
    assert stack(DAEMON, Orders=task(container("orders", image))) == [("advice", f"Orders {UNTRACED}")]
    image = {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Any}"}
    assert stack(DAEMON, Orders=task(container("orders", image))) == []


def test_a_task_that_collects_for_others() -> None:
    orders = task(container("orders"))
    assert stack(DAEMON, Orders=orders) == [("advice", f"Orders {UNTRACED}")]
    assert stack(DAEMON, Orders=orders, Traces=task(container("traces", "amazon/aws-otel-collector"))) == []
    assert stack(DAEMON, Orders=orders, Hidden=one("ECS::TaskDefinition", ContainerDefinitions={"Ref": "Any"})) == []
    for variable in ("OTEL_EXPORTER_OTLP_ENDPOINT", "DD_AGENT_HOST", "NEW_RELIC_LICENSE_KEY"):
        assert stack(DAEMON, Orders=task(container("orders", **{variable: "x"}))) == []
    with_files = {**container("orders"), "EnvironmentFiles": [{"Type": "s3", "Value": "a"}]}
    assert stack(DAEMON, Orders=task(with_files)) == []


def test_settings_of_elastic_beanstalk() -> None:
    silent = "Web does not run the X-Ray daemon; set XRayEnabled in aws:elasticbeanstalk:xray to true"
    other = {"Namespace": "aws:autoscaling:asg", "OptionName": "MinSize", "Value": "2"}
    environment = one("ElasticBeanstalk::Environment", ApplicationName="web", OptionSettings=[other])
    assert stack(DAEMON, Web=environment) == [("advice", silent)]
    environment["Properties"]["OptionSettings"].append({"Ref": "Any"})
    assert stack(DAEMON, Web=environment) == []


def test_a_stopped_sdk_by_many_names() -> None:
    daemon = "Orders runs the X-Ray daemon, which gets security fixes only since 2026-02-25; use the ADOT collector"
    image = {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/xray-daemon:1"}
    assert stack(SDK, Orders=task(container("daemon", image))) == [("advice", daemon)]
    layered = one("Lambda::Function", Layers=["arn:aws:lambda:x:1:layer:AWS_XRay_SDK:1", {"Ref": "Sdk"}])
    layer = one("Lambda::LayerVersion", LayerName="x-ray-sdk-python")
    since = "the X-Ray SDK, which gets security fixes only since 2026-02-25; use OpenTelemetry"
    assert stack(SDK, Orders=layered, Sdk=layer) == [
        ("advice", f"Orders uses a layer with {since}"),
        ("advice", f"Sdk holds {since}"),
    ]


def test_a_rule_for_one_service_or_method() -> None:
    every = dict.fromkeys(("HTTPMethod", "Host", "ResourceARN", "ServiceName", "ServiceType", "URLPath"), "*")
    rates = {"RuleName": "a", "FixedRate": 1, "ReservoirSize": 0}
    all_of_it = "All records every request (FixedRate is 1); record a share, such as 0.05"
    assert stack(SAMPLING, All=one("XRay::SamplingRule", SamplingRule={**every, **rates})) == [("advice", all_of_it)]
    for name in every:
        narrow = {**every, **rates, name: "orders"}
        assert stack(SAMPLING, All=one("XRay::SamplingRule", SamplingRule=narrow)) == []
        unknown = {**every, **rates, name: {"Ref": "Any"}}
        assert stack(SAMPLING, All=one("XRay::SamplingRule", SamplingRule=unknown)) == []
    nothing = "None records nothing of all requests that come to it (FixedRate and ReservoirSize are 0); record a few"
    none = {**every, "RuleName": "a", "FixedRate": 0.0, "ReservoirSize": "0"}
    assert stack(SAMPLING, None_=one("XRay::SamplingRule", SamplingRule=none)) == [
        ("advice", nothing.replace("None ", "None_ "))
    ]


def test_a_state_machine_of_sam() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Globals: {StateMachine: {Tracing: {Enabled: true}}}
Resources:
  Work: {Type: AWS::Serverless::StateMachine}
  Rest: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: false}}}
"""
    assert what(said(MACHINE, text)) == [("advice", "Rest records no traces of its executions")]
