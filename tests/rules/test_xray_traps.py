"""What makes a naive reading of tracing wrong: modes, stages, roles, policies and what stands in other containers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.command import report
from tests.linting import IMPORTED, Found, arn, found, messages, resource, second_places, terraform
from tests.linting import stack as template_of

FUNCTION = "xray-lambda-tracing"
STAGE = "xray-apigateway-tracing"
MACHINE = "xray-stepfunctions-tracing"
ROLE = "xray-permissions"
DAEMON = "xray-daemon"
SDK = "xray-sdk-end-of-support"
SAMPLING = "xray-sampling"

PARAMETERS = {"Parameters": {"Any": {"Type": "String"}}}


def stack(**resources: dict[str, Any]) -> dict[str, Any]:
    return template_of(PARAMETERS, **resources)


ACTIVE = {"TracingConfig": {"Mode": "Active"}}


def task_of(state: dict[str, Any], **machine: Any) -> dict[str, Any]:
    states = {"StartAt": "A", "States": {"A": {"Type": "Task", "End": True, **state}}}
    return resource("StepFunctions::StateMachine", Definition=states, **machine)


def test_a_function_stands_out_where_its_caller_is_traced() -> None:
    alone = stack(Orders=resource("Lambda::Function"))
    assert found(FUNCTION, alone) == [Found("advice", "Orders", "Orders")]
    [message] = messages(FUNCTION, alone)
    assert "default" in message
    assert "starts no trace of its own" in message
    machine = task_of({"Resource": arn("Orders")}, TracingConfiguration={"Enabled": "true"})
    passing = resource("Lambda::Function", TracingConfig={"Mode": "PassThrough"})
    behind = stack(Orders=passing, Work=machine)
    assert found(FUNCTION, behind) == [Found("warning", "Orders", "Mode: PassThrough")]
    assert second_places(FUNCTION, behind) == ["Enabled: true"]
    [message] = messages(FUNCTION, behind)
    assert "default" not in message
    assert "Work, which calls it, is traced" in message


INVOCATION = {"lookup": {"function_name": "${aws_lambda_function.lookup.function_name}", "input": "{}"}}
LOOKUP = {"aws_lambda_function": {"lookup": {"function_name": "lookup"}}}


@pytest.mark.parametrize("is_data", [True, False])
def test_a_function_that_only_terraform_invokes(is_data: bool) -> None:
    types = LOOKUP if is_data else {**LOOKUP, "aws_lambda_invocation": INVOCATION}
    sections = {"data": {"aws_lambda_invocation": INVOCATION}} if is_data else {}
    assert found(FUNCTION, terraform(sections, **types)) == []
    url = {"lookup": {"function_name": "${aws_lambda_function.lookup.arn}", "authorization_type": "NONE"}}
    others = terraform(sections, **types, aws_lambda_function_url=url)
    assert [(one.level, one.resource) for one in found(FUNCTION, others)] == [("advice", "aws_lambda_function.lookup")]


def test_a_function_that_only_terraform_invokes_in_a_plan(tmp_path: Path) -> None:
    def change(mode: str, type_: str, action: str) -> dict[str, Any]:
        address = f"{'data.' if mode == 'data' else ''}{type_}.lookup"
        after = {"function_name": "lookup"} if mode == "managed" else {}
        unknown = {} if after else {"function_name": True}
        made = {"address": address, "mode": mode, "type": type_, "name": "lookup"}
        return {**made, "change": {"actions": [action], "after": after, "after_unknown": unknown}}

    references = ["aws_lambda_function.lookup.arn", "aws_lambda_function.lookup"]
    block: dict[str, Any] = {"mode": "data", "type": "aws_lambda_invocation", "name": "lookup"}
    block["expressions"] = {"function_name": {"references": references}}
    own: dict[str, Any] = {"mode": "managed", "type": "aws_lambda_function", "name": "lookup"}
    own["expressions"] = {"function_name": {"constant_value": "lookup"}}
    changes = [change("managed", "aws_lambda_function", "create"), change("data", "aws_lambda_invocation", "read")]
    for count, wanted in ((1, ["aws_lambda_function.lookup"]), (2, [])):
        plan: dict[str, Any] = {"format_version": "1.2", "planned_values": {}, "resource_changes": changes[:count]}
        plan["configuration"] = {"root_module": {"resources": [own, block]}}
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(plan))
        made = report("--advice", "--select", FUNCTION, str(path))
        assert [one["resource"] for one in made["findings"]] == wanted


def test_nothing_follows_from_traces_of_others() -> None:
    machine = resource("StepFunctions::StateMachine", TracingConfiguration={"Enabled": "true"})
    others = {"Work": machine, "Bills": resource("Lambda::Function", **ACTIVE)}
    others["Live"] = resource("ApiGateway::Stage", RestApiId="a", StageName="live", TracingEnabled=True)
    beside = stack(Orders=resource("Lambda::Function"), **others)
    assert found(FUNCTION, beside) == [Found("advice", "Orders", "Orders")]
    passing = resource("Lambda::Function", TracingConfig={"Mode": "PassThrough"})
    assert found(FUNCTION, stack(Orders=passing, **others)) == [Found("advice", "Orders", "Mode: PassThrough")]
    del others["Bills"]
    assert found(FUNCTION, stack(Orders=passing, **others)) == []


def test_the_remedy_names_the_role_that_lambda_would_refuse() -> None:
    function = resource("Lambda::Function", Role=arn("Role"))
    for its, is_lost in ((role(), True), (role(allow("xray:*")), False)):
        [message] = messages(FUNCTION, stack(Role=its, Orders=function))
        assert message.endswith("AWSXRayDaemonWriteAccess to its role") is is_lost
    sam = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Orders: {Type: AWS::Serverless::Function}\n"
    [message] = messages(FUNCTION, sam)
    assert message.endswith("set it to Active")


@pytest.mark.parametrize(("tracing", "level"), [("Active", "warning"), ("PassThrough", "advice"), ({}, "advice")])
def test_a_topic_that_is_traced_calls_its_functions(tracing: Any, level: str) -> None:
    topic = resource("SNS::Topic", TracingConfig=tracing) if tracing else resource("SNS::Topic")
    told = resource("SNS::Subscription", TopicArn={"Ref": "Topic"}, Protocol="lambda", Endpoint=arn("Orders"))
    template = stack(Orders=resource("Lambda::Function"), Topic=topic, Told=told)
    assert found(FUNCTION, template) == [Found(level, "Orders", "Orders")]


def test_globals_and_disabled_of_sam() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tracing: Active}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
  Bills: {Type: AWS::Serverless::Function, Properties: {Tracing: Disabled}}
  Pass: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough}}
"""
    passing = Found("advice", "Pass", "Tracing: PassThrough")
    assert found(FUNCTION, text) == [Found("advice", "Bills", "Bills"), passing]
    behind = (
        text
        + """
  Work:
    Type: AWS::Serverless::StateMachine
    Properties: {Tracing: {Enabled: true}, DefinitionSubstitutions: {Bills: !GetAtt Bills.Arn}, DefinitionUri: a.json}
"""
    )
    assert found(FUNCTION, behind) == [Found("warning", "Bills", "Bills"), passing]


@each_case(
    ("properties", "is_traced_otherwise"),
    [
        ({"Layers": ["arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Extension:65"]}, True),
        ({"Layers": ["arn:aws:lambda:eu-west-1:451483290750:layer:NewRelicPython312:3"]}, True),
        ({"Layers": [{"Ref": "DynatraceLayer"}]}, True),
        ({"Layers": ["arn:aws:lambda:eu-west-1:184161586896:layer:opentelemetry-python-0_9_0:1"]}, True),
        ({"Environment": {"Variables": {"LUMIGO_TRACER_TOKEN": {"Ref": "Any"}}}}, True),
        ({"Environment": {"Variables": {"OTEL_EXPORTER_OTLP_ENDPOINT": "https://traces.example"}}}, True),
        ({"Layers": ["arn:aws:lambda:eu-west-1:901920570463:layer:aws-otel-python-amd64-ver-1-25-0:1"]}, False),
        ({"Layers": ["arn:aws:lambda:eu-west-1:615299751070:layer:AWSOpenTelemetryDistroPython:5"]}, False),
        ({"Layers": [{"Ref": "Any"}]}, False),
        ({"Environment": {"Variables": {"TABLE": "orders"}}}, False),
    ],
    ids=str,
)
def test_a_function_with_another_tracer_needs_no_second_one(
    properties: dict[str, Any], is_traced_otherwise: bool
) -> None:
    sections = {"Parameters": {"Any": {"Type": "String"}, "DynatraceLayer": {"Type": "String"}}}
    template = template_of(sections, Orders=resource("Lambda::Function", **properties))
    assert found(FUNCTION, template) == [Found("advice", "Orders", "Orders")] * (not is_traced_otherwise)


@pytest.mark.parametrize(
    ("principal", "is_at_edge"),
    [
        ({"Service": ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]}, True),
        ({"Service": "edgelambda.amazonaws.com"}, True),
        ({"Service": "lambda.amazonaws.com"}, False),
        ({"AWS": "*"}, False),
    ],
    ids=str,
)
def test_a_role_tells_that_a_function_runs_at_the_edge(principal: dict[str, Any], is_at_edge: bool) -> None:
    trust = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}]}
    its = resource("IAM::Role", AssumeRolePolicyDocument=trust)
    function = resource("Lambda::Function", Role=arn("Role"))
    expected = [Found("advice", "Edge", "Edge")] * (not is_at_edge)
    assert found(FUNCTION, stack(Role=its, Edge=function)) == expected
    written = {"function_name": "edge", "role": "${aws_iam_role.r.arn}"}
    types = {"aws_iam_role": {"r": {"assume_role_policy": json.dumps(trust)}}, "aws_lambda_function": {"f": written}}
    assert len(found(FUNCTION, terraform(**types))) == (not is_at_edge)


@each_case(
    ("properties", "is_at_edge"),
    [
        ({"Environment": {"Variables": {"TABLE": {"Ref": "Role"}}}}, False),
        ({"Environment": {"Variables": {}}}, True),
        ({"Layers": [IMPORTED]}, False),
        ({"VpcConfig": {"SubnetIds": ["subnet-1"]}}, False),
        ({"VpcConfig": {"SubnetIds": IMPORTED}}, True),
        ({"PackageType": "Image"}, False),
        ({"Runtime": "java21"}, False),
        ({"Runtime": "python3.13"}, True),
    ],
    ids=str,
)
def test_what_lambda_at_edge_refuses_does_not_run_there(properties: dict[str, Any], is_at_edge: bool) -> None:
    """Unless a distribution names the function, a role that is shared with functions at the edge tells nothing."""
    principal = {"Service": ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]}
    trust = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}]}
    its = resource("IAM::Role", AssumeRolePolicyDocument=trust)
    template = stack(Role=its, Edge=resource("Lambda::Function", Role=arn("Role"), **properties))
    assert found(FUNCTION, template) == [Found("advice", "Edge", "Edge")] * (not is_at_edge)


def test_functions_that_nobody_can_or_need_trace() -> None:
    behind = resource("CloudFormation::CustomResource", ServiceToken=arn("Custom"))
    assert found(FUNCTION, stack(Custom=resource("Lambda::Function"), Made=behind)) == []
    macro = resource("CloudFormation::Macro", Name="Count", FunctionName=arn("Custom"))
    assert found(FUNCTION, stack(Custom=resource("Lambda::Function"), Made=macro)) == []
    version = resource("Lambda::Version", FunctionName={"Ref": "Edge"})
    associated = {"LambdaFunctionAssociations": [{"EventType": "viewer-request", "LambdaFunctionARN": {"Ref": "One"}}]}
    site = resource("CloudFront::Distribution", DistributionConfig={"CacheBehaviors": [associated]})
    assert found(FUNCTION, stack(Edge=resource("Lambda::Function"), One=version, Site=site)) == []
    broker = resource("Lambda::EventSourceMapping", FunctionName=arn("Work"), EventSourceArn="a", Queues=["orders"])
    assert found(FUNCTION, stack(Work=resource("Lambda::Function"), Broker=broker)) == []


MADE = [Found("advice", "Made", "Made")]


@pytest.mark.parametrize(
    ("name", "expected"), [(None, MADE), ("test", MADE), ("live", []), ({"Ref": "Any"}, [])], ids=str
)
def test_a_stage_that_a_deployment_makes(name: Any, expected: list[Found]) -> None:
    resources = {
        "Api": resource("ApiGateway::RestApi"),
        "Made": resource("ApiGateway::Deployment", RestApiId={"Ref": "Api"}, StageName="live"),
    }
    if name is not None:
        stage = resource("ApiGateway::Stage", RestApiId={"Ref": "Api"}, StageName=name, TracingEnabled=True)
        resources["Live"] = stage
    assert found(STAGE, stack(**resources)) == expected
    for message in messages(STAGE, stack(**resources)):
        assert "makes a stage" in message
        assert "StageDescription.TracingEnabled" in message


def test_a_stage_that_a_deployment_of_terraform_makes() -> None:
    template = terraform(aws_api_gateway_deployment={"d": {"rest_api_id": "a", "stage_name": "live"}})
    assert found(STAGE, template) == [Found("advice", "aws_api_gateway_deployment.d", "d")]
    [message] = messages(STAGE, template)
    assert "xray_tracing_enabled" in message


@pytest.mark.parametrize(
    "integration",
    [
        {"Uri": {"Fn::Sub": "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}},
        {"Uri": {"Fn::Sub": "arn:aws:apigateway:x:lambda:path/2015-03-31/functions/${Live}/invocations"}},
    ],
)
def test_what_is_behind_a_stage(integration: dict[str, Any]) -> None:
    def with_method(api: object) -> dict[str, Any]:
        return stack(
            Api=resource("ApiGateway::RestApi"),
            Stage=resource("ApiGateway::Stage", RestApiId={"Ref": "Api"}, StageName="live"),
            Orders=resource("Lambda::Function", **ACTIVE),
            Live=resource("Lambda::Alias", FunctionName={"Ref": "Orders"}, FunctionVersion="7", Name="live"),
            Get=resource("ApiGateway::Method", RestApiId=api, Integration=integration),
        )

    behind = with_method({"Ref": "Api"})
    assert found(STAGE, behind) == [Found("advice", "Stage", "Stage")]
    assert second_places(STAGE, behind) == ["Mode: Active"]
    [message] = messages(STAGE, behind)
    assert "Orders" in message
    assert "makes a stage" not in message
    # Of another API nothing follows for this one.
    assert found(STAGE, with_method("other")) == [Found("advice", "Stage", "Stage")]


WITH_DATADOG = {"Layers": ["arn:aws:lambda:eu-west-1:464622532012:layer:Datadog-Extension:65"]}
TAGGED = {"Tags": [{"Key": "DD_TRACE_ENABLED", "Value": "true"}]}


@each_case(
    ("backends", "expected"),
    [
        ({"A": resource("Lambda::Function", TracingConfig={"Mode": "PassThrough"})}, ["advice"]),
        ({"A": resource("Lambda::Function", **WITH_DATADOG)}, []),
        ({"A": resource("Lambda::Function", **WITH_DATADOG), "B": resource("Lambda::Function")}, ["advice"]),
        # Datadog makes the traces of a state machine of its logs.
        ({"A": task_of({"Resource": "x"}, **TAGGED)}, ["advice"]),
    ],
)
def test_traces_of_another_product_are_enough_where_all_functions_have_them(
    backends: dict[str, Any], expected: list[str]
) -> None:
    methods = {
        f"Get{name}": resource(
            "ApiGateway::Method", RestApiId={"Ref": "Api"}, Integration={"RequestTemplates": {"a": arn(name)}}
        )
        for name in backends
    }
    stage = resource("ApiGateway::Stage", RestApiId={"Ref": "Api"}, StageName="live")
    template = stack(Api=resource("ApiGateway::RestApi"), Stage=stage, **backends, **methods)
    assert [one.level for one in found(STAGE, template)] == expected


def test_a_stage_of_an_http_api_has_nothing_to_turn_on() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, Events: {Get: {Type: HttpApi}}}}
"""
    assert found(STAGE, text) == []


def role(*statements: dict[str, Any], **properties: Any) -> dict[str, Any]:
    policy = {"PolicyName": "a", "PolicyDocument": {"Statement": list(statements)}}
    return resource("IAM::Role", **({"Policies": [policy]} if statements else {}), **properties)


def allow(*actions: str, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}


LOST = [Found("warning", "Orders", "Mode: Active")]
GRANTS = {
    "by name": role(allow("xray:PutTraceSegments", "xray:PutTelemetryRecords")),
    "in other letters": role(allow("XRay:putTraceSegments")),
    "with an asterisk": role(allow("xray:*")),
    "everything": role(allow("*")),
    "everything but": role({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
    "a list of resources": role({**allow("xray:PutTraceSegments"), "Resource": ["*"]}),
    "a condition": role(allow("xray:*", Condition={"Bool": {"aws:SecureTransport": True}})),
    "unknown actions": role({"Effect": "Allow", "Action": {"Ref": "Any"}, "Resource": "*"}),
    "an unknown document": resource("IAM::Role", Policies=[{"PolicyDocument": {"Ref": "Any"}}]),
    "a policy of AWS that nobody looked up": resource(
        "IAM::Role", ManagedPolicyArns=["arn:aws:iam::aws:policy/AmazonECS_FullAccess"]
    ),
    "a policy of the account": resource("IAM::Role", ManagedPolicyArns=["arn:aws:iam::111122223333:policy/traces"]),
    "a policy in another partition": resource(
        "IAM::Role", ManagedPolicyArns=["arn:aws-cn:iam::aws:policy/AWSXrayFullAccess"]
    ),
}
LACKS = {
    "nothing at all": role(),
    "something else": role(allow("logs:*", "s3:GetObject")),
    "reading": role(allow("xray:Get*")),
    "all but this": role({"Effect": "Allow", "NotAction": ["xray:*"], "Resource": "*"}),
    "logs by name": resource(
        "IAM::Role",
        ManagedPolicyArns=[
            {"Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}
        ],
    ),
}


def traced(**more: Any) -> dict[str, Any]:
    return resource("Lambda::Function", Role=arn("Role"), **ACTIVE, **more)


@each_case("granting", GRANTS.values(), ids=GRANTS)
def test_a_role_that_may_write_traces_or_might(granting: dict[str, Any]) -> None:
    assert found(ROLE, stack(Role=granting, Orders=traced())) == []


@pytest.mark.parametrize("lacking", LACKS.values(), ids=LACKS)
def test_a_role_that_may_not_write_traces(lacking: dict[str, Any]) -> None:
    template = stack(Role=lacking, Orders=traced())
    assert found(ROLE, template) == LOST
    assert second_places(ROLE, template) == ["Role"]
    [message] = messages(ROLE, template)
    assert "its traces are lost" in message
    assert "rejects" not in message
    assert found(ROLE, stack(Role=lacking, Orders=resource("Lambda::Function", Role=arn("Role")))) == []


MACHINE_IN_ROLE = resource("StepFunctions::StateMachine", RoleArn=arn("Role"), TracingConfiguration={"Enabled": True})


@each_case("lacking", LACKS.values(), ids=LACKS)
def test_the_traces_of_a_state_machine_are_lost_without_such_a_role(lacking: dict[str, Any]) -> None:
    template = stack(Role=lacking, Work=MACHINE_IN_ROLE)
    assert found(ROLE, template) == [Found("warning", "Work", "Enabled: true")]
    [message] = messages(ROLE, template)
    assert "lost" in message
    assert "rejects" not in message


DOCUMENT = {"Statement": allow("xray:*")}


@pytest.mark.parametrize(
    "policy",
    [
        resource("IAM::Policy", Roles=[{"Ref": "Role"}], PolicyDocument=DOCUMENT),
        resource("IAM::RolePolicy", RoleName={"Ref": "Role"}, PolicyDocument=DOCUMENT),
    ],
    ids=["policy", "role policy"],
)
def test_a_policy_beside_the_role_counts_whenever_it_is_made(policy: dict[str, Any]) -> None:
    assert found(ROLE, stack(Role=role(), Traces=policy, Orders=traced(), Work=MACHINE_IN_ROLE)) == []


def test_a_policy_that_the_role_lists_is_there_with_the_role() -> None:
    managed = resource("IAM::ManagedPolicy", PolicyDocument=DOCUMENT)
    with_policy = role(ManagedPolicyArns=[{"Ref": "Traces"}])
    assert found(ROLE, stack(Role=with_policy, Traces=managed, Orders=traced())) == []


def test_a_policy_of_another_role() -> None:
    def with_policy(named: object, **properties: Any) -> dict[str, Any]:
        policy = resource("IAM::Policy", Roles=[named], PolicyDocument=DOCUMENT)
        return stack(Role=role(**properties), Other=role(), Traces=policy, Orders=traced())

    assert found(ROLE, with_policy({"Ref": "Other"})) == LOST
    # By its name it may be this one's.
    assert found(ROLE, with_policy("orders", RoleName="orders")) == []
    assert found(ROLE, with_policy({"Ref": "Any"}, RoleName="orders")) == []


ATTACHED = {"role": "${aws_iam_role.r.name}", "policy_arn": "${aws_iam_policy.traces.arn}"}
SHARED = {"name": "a", "roles": [ATTACHED["role"]], "policy_arn": ATTACHED["policy_arn"]}
LOGS = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
TRACES = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
EXCLUSIVE = {"role_name": ATTACHED["role"]}


@each_case(
    ("attachments", "is_lost"),
    [
        ({}, True),
        ({"aws_iam_role_policy_attachment": ATTACHED}, False),
        ({"aws_iam_policy_attachment": SHARED}, False),
        ({"aws_iam_role_policy_attachment": {**ATTACHED, "policy_arn": LOGS}}, True),
        ({"aws_iam_role_policy_attachments_exclusive": {**EXCLUSIVE, "policy_arns": [LOGS]}}, True),
        ({"aws_iam_role_policy_attachments_exclusive": {**EXCLUSIVE, "policy_arns": [LOGS, TRACES]}}, False),
        ({"aws_iam_role_policy_attachments_exclusive": {**EXCLUSIVE, "policy_arns": "${var.policies}"}}, False),
        ({"aws_iam_role_policy_attachment": {**ATTACHED, "policy_arn": "${data.aws_iam_policy.p.arn}"}}, False),
    ],
    ids=["none", "one", "for several roles", "of another policy", "all but traces", "all", "unknown", "of any policy"],
)
def test_attachments_of_terraform(attachments: dict[str, Any], is_lost: bool) -> None:
    function = {"function_name": "f", "role": "${aws_iam_role.r.arn}", "tracing_config": {"mode": "Active"}}
    template = terraform(
        aws_iam_role={"r": {"assume_role_policy": "{}"}},
        aws_lambda_function={"f": function},
        aws_iam_policy={"traces": {"policy": json.dumps({"Statement": [allow("xray:*")]})}},
        **{type_: {"a": arguments} for type_, arguments in attachments.items()},
    )
    assert found(ROLE, template) == [Found("warning", "aws_lambda_function.f", "mode: Active")] * is_lost


EXCLUSIVE_NAMES = "aws_iam_role_policies_exclusive"
EXCLUSIVE_ARNS = "aws_iam_role_policy_attachments_exclusive"
SENDS_TRACES = json.dumps({"Statement": [allow("xray:*")]})
INLINE = {"aws_iam_role_policy": {"p": {"name": "traces", "role": ATTACHED["role"], "policy": SENDS_TRACES}}}
UNNAMED = {"aws_iam_role_policy": {"p": {"role": ATTACHED["role"], "policy": SENDS_TRACES}}}
ONE_ATTACHED = {"aws_iam_role_policy_attachment": {"p": {**ATTACHED, "policy_arn": TRACES}}}
OF_HERE = {"aws_iam_role_policy_attachment": {"p": ATTACHED}}
IN_ROLE = {"inline_policy": {"name": "traces", "policy": SENDS_TRACES}}
LISTED = {"managed_policy_arns": [TRACES]}


@each_case(
    ("role", "policies", "type_", "names", "is_lost"),
    [
        ({}, INLINE, EXCLUSIVE_NAMES, ["logs"], True),
        ({}, INLINE, EXCLUSIVE_NAMES, [], True),
        ({}, INLINE, EXCLUSIVE_NAMES, ["logs", "traces"], False),
        ({}, INLINE, EXCLUSIVE_NAMES, ["${aws_iam_role_policy.p.name}"], False),
        ({}, INLINE, EXCLUSIVE_NAMES, "${var.names}", False),
        ({}, INLINE, EXCLUSIVE_NAMES, ["logs", "${var.name}"], False),
        ({}, UNNAMED, EXCLUSIVE_NAMES, ["logs"], False),
        ({}, UNNAMED, EXCLUSIVE_NAMES, ["${aws_iam_role_policy.p.name}"], False),
        (IN_ROLE, {}, EXCLUSIVE_NAMES, ["logs"], True),
        (IN_ROLE, {}, EXCLUSIVE_NAMES, ["traces"], False),
        ({}, ONE_ATTACHED, EXCLUSIVE_NAMES, [], False),
        ({}, INLINE, EXCLUSIVE_ARNS, [LOGS], False),
        ({}, ONE_ATTACHED, EXCLUSIVE_ARNS, [LOGS], True),
        ({}, ONE_ATTACHED, EXCLUSIVE_ARNS, [], True),
        ({}, ONE_ATTACHED, EXCLUSIVE_ARNS, "${var.arns}", False),
        ({}, OF_HERE, EXCLUSIVE_ARNS, [LOGS], True),
        ({}, OF_HERE, EXCLUSIVE_ARNS, [ATTACHED["policy_arn"]], False),
        (LISTED, {}, EXCLUSIVE_ARNS, [LOGS], True),
        (LISTED, {}, EXCLUSIVE_ARNS, [LOGS, TRACES], False),
    ],
)
def test_a_policy_that_an_exclusive_list_removes_gives_no_permission(
    role: dict[str, Any], policies: dict[str, Any], type_: str, names: object, is_lost: bool
) -> None:
    function = {"function_name": "f", "role": "${aws_iam_role.r.arn}", "tracing_config": {"mode": "Active"}}
    argument = "policy_names" if type_ == EXCLUSIVE_NAMES else "policy_arns"

    def written(role_name: str) -> dict[str, Any]:
        return terraform(
            aws_iam_role={"r": {"name": "r", "assume_role_policy": "{}", **role}},
            aws_lambda_function={"f": function},
            aws_iam_policy={"traces": {"policy": SENDS_TRACES}},
            **policies,
            **{type_: {"only": {"role_name": role_name, argument: names}}},
        )

    assert (
        found(ROLE, written(ATTACHED["role"])) == [Found("warning", "aws_lambda_function.f", "mode: Active")] * is_lost
    )
    assert found(ROLE, written("${var.role}")) == []
    assert found(ROLE, written("another")) == []


def task(*containers: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return resource("ECS::TaskDefinition", ContainerDefinitions=list(containers), **properties)


def container(name: str, image: Any = "example/orders:1", **variables: str) -> dict[str, Any]:
    return {
        "Name": name,
        "Image": image,
        "Environment": [{"Name": key, "Value": one} for key, one in variables.items()],
    }


UNTRACED = [Found("advice", "Orders", "Orders")]


@each_case(
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
    template = stack(Orders=task(told, NetworkMode=mode))
    assert found(DAEMON, template) == [Found("warning", "Orders", f"Value: {address}")] * is_here


@pytest.mark.parametrize(
    ("name", "said"),
    [("orders", "the container orders"), ({"Ref": "Any"}, "a container")],
    ids=str,
)
def test_the_container_that_expects_a_daemon_is_named(name: Any, said: str) -> None:
    told = {**container("orders", AWS_XRAY_DAEMON_ADDRESS="127.0.0.1:2000"), "Name": name}
    [message] = messages(DAEMON, stack(Orders=task(told, NetworkMode="awsvpc")))
    assert f" gives {said} the X-Ray daemon address 127.0.0.1:2000, " in message


def test_names_that_service_connect_gives() -> None:
    told = container("orders", AWS_XRAY_DAEMON_ADDRESS="xray:2000")
    service = resource("ECS::Service", ServiceConnectConfiguration={"Enabled": True})
    assert found(DAEMON, stack(Orders=task(told), Service=service)) == []


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
    assert found(DAEMON, stack(Orders=task(told, beside, NetworkMode="awsvpc"))) == []


RUNNING = resource("ECS::Service", TaskDefinition={"Ref": "Orders"})


def test_an_image_of_which_the_name_is_known() -> None:
    registry = "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com"
    known, unknown = (
        stack(Orders=task(container("orders", {"Fn::Sub": f"{registry}/{name}"})), Work=WORK, Running=RUNNING)
        for name in ("orders:${Any}", "${Any}")
    )
    assert found(DAEMON, known) == UNTRACED
    assert second_places(DAEMON, known) == ["Image"]
    assert found(DAEMON, unknown) == []


def test_a_container_that_a_load_balancer_names_is_an_application() -> None:
    template = """
Parameters: {Image: {Type: String}}
Resources:
  Orders:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: orders, Image: !Ref Image}]}
  Service:
    Type: AWS::ECS::Service
    Properties: {TaskDefinition: !Ref Orders, LoadBalancers: [{ContainerName: NAME, ContainerPort: 80}]}
  Work: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}}}
"""
    assert [one.level for one in found(DAEMON, template.replace("NAME", "orders"))] == ["advice"]
    assert found(DAEMON, template.replace("NAME", "other")) == []
    written = """
variable "image" {}
resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "orders", image = var.image }])
}
resource "aws_ecs_service" "orders" {
  name            = "orders"
  task_definition = aws_ecs_task_definition.orders.arn
  load_balancer {
    container_name = "NAME"
    container_port = 80
  }
}
resource "aws_lambda_function" "work" {
  function_name = "work"
  tracing_config {
    mode = "Active"
  }
}
"""
    assert [one.level for one in found(DAEMON, written.replace("NAME", "orders"))] == ["advice"]
    assert found(DAEMON, written.replace("NAME", "other")) == []


def test_a_task_that_collects_for_others() -> None:
    others: dict[str, Any] = {"Orders": task(container("orders")), "Work": WORK, "Running": RUNNING}
    assert found(DAEMON, stack(**others)) == UNTRACED
    assert found(DAEMON, stack(Orders=others["Orders"], Work=WORK)) == []
    assert found(DAEMON, stack(**others, Traces=task(container("traces", "amazon/aws-otel-collector")))) == []
    hidden = resource("ECS::TaskDefinition", ContainerDefinitions={"Ref": "Any"})
    assert found(DAEMON, stack(**others, Hidden=hidden)) == []
    for variable in ("OTEL_EXPORTER_OTLP_ENDPOINT", "DD_AGENT_HOST", "NEW_RELIC_LICENSE_KEY"):
        assert (
            found(DAEMON, stack(Orders=task(container("orders", **{variable: "x"})), Work=WORK, Running=RUNNING)) == []
        )
    with_files = {**container("orders"), "EnvironmentFiles": [{"Type": "s3", "Value": "a"}]}
    assert found(DAEMON, stack(Orders=task(with_files), Work=WORK, Running=RUNNING)) == []


def test_nobody_asks_for_traces_where_x_ray_is_not_used() -> None:
    orders = resource("ECS::TaskDefinition", TaskRoleArn=arn("Role"), ContainerDefinitions=[container("orders")])
    assert found(DAEMON, stack(Orders=orders, Role=role())) == []
    assert found(DAEMON, stack(Orders=orders, Role=role(allow("xray:PutTraceSegments")))) == UNTRACED


def test_settings_of_elastic_beanstalk() -> None:
    def with_settings(*settings: dict[str, Any]) -> dict[str, Any]:
        options = {"ApplicationName": "web", "OptionSettings": list(settings)}
        return stack(Web=resource("ElasticBeanstalk::Environment", **options), Work=WORK)

    other = {"Namespace": "aws:autoscaling:asg", "OptionName": "MinSize", "Value": "2"}
    assert found(DAEMON, with_settings(other)) == [Found("advice", "Web", "Web")]
    assert "XRayEnabled" in messages(DAEMON, with_settings(other))[0]
    assert found(DAEMON, with_settings(other, {"Ref": "Any"})) == []


def test_another_product_collects_the_traces_of_elastic_beanstalk() -> None:
    variable = {"Namespace": "aws:elasticbeanstalk:application:environment", "Value": "x"}
    for name, expected in (("DD_AGENT_HOST", 0), ("OTEL_SERVICE_NAME", 0), ("TABLE", 1)):
        settings = [{**variable, "OptionName": name}]
        web = resource("ElasticBeanstalk::Environment", ApplicationName="web", OptionSettings=settings)
        template = stack(Web=web, Work=WORK)
        assert len(found(DAEMON, template)) == expected
        assert all("OpenTelemetry" in one and "set it to true" not in one for one in messages(DAEMON, template))


WORK = resource("Lambda::Function", **ACTIVE)
PLAIN = "#!/bin/bash\ndnf install -y httpd\nsystemctl start httpd"


@pytest.mark.parametrize(
    ("script", "is_found"),
    [
        (PLAIN, True),
        (f"{PLAIN}\ndnf install -y amazon-cloudwatch-agent", False),
        (f"{PLAIN}\nrpm -i xray-daemon.rpm", False),
        (f"{PLAIN}\ncurl -s https://example.com/install.sh | sh", False),
        (f"{PLAIN}\naws s3 cp s3://b/setup.sh .", False),
        ("#!/bin/bash\n/opt/aws/bin/cfn-init -s shop", False),
        ("echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config", False),
        ({"Ref": "Any"}, False),
        ("", False),
    ],
    ids=str,
)
def test_what_a_server_installs(script: Any, is_found: bool) -> None:
    data = {"UserData": {"Fn::Base64": script}}
    servers = {
        "AWS::EC2::Instance": data,
        "AWS::EC2::LaunchTemplate": {"LaunchTemplateData": data},
        "AWS::AutoScaling::LaunchConfiguration": data,
    }
    for type_, properties in servers.items():
        template = stack(Web=resource(type_, **properties), Work=WORK)
        assert [one.resource for one in found(DAEMON, template)] == ["Web"] * is_found
        assert all(one.level == "advice" for one in found(DAEMON, template))
        assert all("Work is traced" in one for one in messages(DAEMON, template))


def test_a_server_alone_needs_no_traces() -> None:
    web = resource("EC2::Instance", UserData={"Fn::Base64": PLAIN})
    assert found(DAEMON, stack(Web=web)) == []
    assert found(DAEMON, stack(Web=web, Work=resource("Lambda::Function"))) == []
    assert found(DAEMON, stack(Web=resource("EC2::Instance"), Work=WORK)) == []
    agents = resource("SSM::Association", Name="AWS-ConfigureAWSPackage")
    assert found(DAEMON, stack(Web=web, Work=WORK, Agents=agents)) == []


def test_a_stopped_sdk_by_many_names() -> None:
    image = {"Fn::Sub": "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/xray-daemon:1"}
    daemon = stack(Orders=task(container("daemon", image)))
    assert found(SDK, daemon) == [Found("advice", "Orders", "Image")]
    assert "ADOT" in messages(SDK, daemon)[0]
    layer = "arn:aws:lambda:x:1:layer:AWS_XRay_SDK:1"
    layers = stack(
        Orders=resource("Lambda::Function", Layers=[layer, {"Ref": "Sdk"}]),
        Sdk=resource("Lambda::LayerVersion", LayerName="x-ray-sdk-python"),
    )
    assert found(SDK, layers) == [
        Found("advice", "Orders", layer),
        Found("advice", "Sdk", "LayerName: x-ray-sdk-python"),
    ]
    for message, uses_a_layer in zip(messages(SDK, layers), (True, False), strict=True):
        assert "OpenTelemetry" in message
        assert ("a layer" in message) is uses_a_layer


EVERY = dict.fromkeys(("HTTPMethod", "Host", "ResourceARN", "ServiceName", "ServiceType", "URLPath"), "*")


def sampling(**rule: Any) -> dict[str, Any]:
    return stack(All=resource("XRay::SamplingRule", SamplingRule={**EVERY, "RuleName": "a", **rule}))


def test_a_rule_for_every_request() -> None:
    all_of_it, nothing = sampling(FixedRate=1, ReservoirSize=0), sampling(FixedRate=0.0, ReservoirSize="0")
    assert found(SAMPLING, all_of_it) == [Found("advice", "All", "FixedRate: 1")]
    assert "all are recorded" in messages(SAMPLING, all_of_it)[0]
    assert found(SAMPLING, nothing) == [Found("advice", "All", "FixedRate: 0.0")]
    assert "none is recorded" in messages(SAMPLING, nothing)[0]


@each_case("name", EVERY)
def test_a_rule_for_one_service_or_method(name: str) -> None:
    for value in ("orders", {"Ref": "Any"}):
        assert found(SAMPLING, sampling(FixedRate=1, ReservoirSize=0, **{name: value})) == []


def test_a_state_machine_of_sam() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Globals: {StateMachine: {Tracing: {Enabled: true}}}
Resources:
  Work: {Type: AWS::Serverless::StateMachine}
  Rest: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: false}}}
"""
    assert found(MACHINE, text) == [Found("advice", "Rest", "Enabled: false")]


@pytest.mark.parametrize(
    ("name", "api", "expected"),
    [
        ("live", {"Ref": "Other"}, ["Deployment"]),
        ("live", {"Ref": "Api"}, []),
        ("test", {"Ref": "Api"}, ["Deployment"]),
    ],
)
def test_a_stage_of_another_api_is_not_the_one_that_a_deployment_makes(
    name: str, api: dict[str, Any], expected: list[str]
) -> None:
    made = resource("ApiGateway::Deployment", RestApiId={"Ref": "Api"}, StageName="live")
    stage = resource("ApiGateway::Stage", RestApiId=api, StageName=name, TracingEnabled=True)
    apis = {key: resource("ApiGateway::RestApi", Name=key) for key in ("Api", "Other")}
    assert [one.resource for one in found(STAGE, stack(Deployment=made, Live=stage, **apis))] == expected


def test_a_variable_may_add_the_collector() -> None:
    module = """\
variable "sidecars" {
  type    = list(any)
  default = []
}

resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode(concat([{ name = "orders", image = "example/orders:1" }], var.sidecars))
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  task_definition = aws_ecs_task_definition.orders.arn
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  tracing_config {
    mode = "Active"
  }
}
"""
    [message] = messages("xray-daemon", module)
    assert message.endswith("the ADOT collector (default of sidecars)")
