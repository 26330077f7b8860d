"""SAM is read where it stands: what becomes of it, in which deployments, at which place, however malformed."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from awslint_memo import Deployment, Link, Resource, Value
from awslint_memo.readers import sam, template, yaml_nodes
from awslint_memo.readers.node import Node, fields, text
from awslint_memo.readers.source import Source
from awslint_memo.span import Problem

FUNCTION = "AWS::Lambda::Function"
MAPPING = "AWS::Lambda::EventSourceMapping"
QUEUE = "AWS::SQS::Queue"
ALIAS = "AWS::Lambda::Alias"
GROUP = "AWS::CodeDeploy::DeploymentGroup"
ROLE = "AWS::IAM::Role"
LOOKED_AT = {FUNCTION, MAPPING, QUEUE, ALIAS, GROUP, ROLE, "AWS::Events::Rule", "AWS::ApiGateway::RestApi"}


def deployments(text: str, **parameters: str) -> list[Deployment]:
    read = template(Source("template.yaml", text.encode()))
    assert read is not None
    return list(read.deployments(parameters or None, LOOKED_AT).worlds)


def only(text: str, **parameters: str) -> Deployment:
    (world,) = deployments(text, **parameters)
    return world


def function(properties: str, *, globals_: str = "{}", more: str = "") -> Deployment:
    """The deployment of one function Fn, written in one line at line 3; a queue Q stands beside it."""
    return only(
        f"Globals: {{Function: {globals_}}}\nResources:\n"
        f"  Fn: {{Type: AWS::Serverless::Function, Properties: {properties}}}\n"
        f"  Q: {{Type: AWS::SQS::Queue}}\n{more}"
    )


def link(value: Value) -> str:
    assert isinstance(value, Link), value
    return f"{value.resource}.{value.attribute}"


def place(thing: Resource | Value) -> tuple[int, int]:
    span = thing.place.span
    return span.line, span.column


PLACES = """\
Globals:
  Function:
    Timeout: 30
    Environment: {Variables: {A: b}}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 512
      DeadLetterQueue:
        Type: SQS
        TargetArn: !GetAtt Dead.Arn
      Events:
        Orders:
          Type: SQS
          Properties:
            Queue: !GetAtt Dead.Arn
            BatchSize: 7
        Made:
          Type: SNS
          Properties:
            Topic: arn
            SqsSubscription: true
  Dead:
    Type: AWS::SQS::Queue
"""


class TestPlaces:
    def test_a_function_stands_where_its_name_does(self) -> None:
        assert place(only(PLACES).resources["Fn"]) == (6, 3)

    def test_a_property_stands_where_it_is_written(self) -> None:
        world = only(PLACES)
        assert place(world.resources["Fn"].get("MemorySize")) == (9, 19)
        assert place(world.resources["Fn"].get("DeadLetterConfig.TargetArn")) == (12, 20)
        assert place(world.resources["FnOrders"].get("BatchSize")) == (18, 24)

    def test_a_global_property_stands_in_globals(self) -> None:
        world = only(PLACES)
        assert place(world.resources["Fn"].get("Timeout")) == (3, 14)
        assert place(world.resources["Fn"].get("Environment.Variables.A")) == (4, 34)

    def test_a_missing_property_is_missing_at_the_name(self) -> None:
        assert place(only(PLACES).resources["Fn"].get("TracingConfig.Mode")) == (6, 3)

    @pytest.mark.parametrize(("name", "line"), [("FnOrders", 14), ("FnMade", 19), ("FnMadeQueue", 19)])
    def test_what_an_event_becomes_stands_at_the_events_name(self, name: str, line: int) -> None:
        assert place(only(PLACES).resources[name]) == (line, 9)

    def test_it_does_so_in_json(self) -> None:
        said = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"E": {"Type": "AlexaSkill"}}}}
        world = only(json.dumps({"Resources": {"Fn": said}}, indent=1))
        assert place(world.resources["FnEPermission"]) == (7, 6)


class TestFunctions:
    def test_tracing_and_dead_letters_have_lambdas_names(self) -> None:
        fn = function("{Tracing: Active, DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Q.Arn}}").resources["Fn"]
        assert fn.type == FUNCTION
        assert fn.get("TracingConfig.Mode").text == "Active"
        assert link(fn.get("DeadLetterConfig.TargetArn")) == "Q.Arn"

    def test_tracing_that_is_disabled_is_not_set(self) -> None:
        assert function("{Tracing: Disabled}").resources["Fn"].get("TracingConfig.Mode").is_absent

    def test_fn_if_decides_around_whole_properties(self) -> None:
        text = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {Prod: !Equals [!Ref Stage, prod]}
Resources:
  Q: {Type: AWS::SQS::Queue}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Tracing: !If [Prod, Active, Disabled]
      DeadLetterQueue: !If [Prod, {Type: SQS, TargetArn: !GetAtt Q.Arn}, !Ref AWS::NoValue]
      AutoPublishAlias: !If [Prod, live, dev]
"""
        prod, dev = (only(text, Stage=stage) for stage in ("prod", "dev"))
        assert prod.resources["Fn"].get("TracingConfig.Mode").text == "Active"
        assert dev.resources["Fn"].get("TracingConfig.Mode").is_absent
        assert link(prod.resources["Fn"].get("DeadLetterConfig.TargetArn")) == "Q.Arn"
        assert dev.resources["Fn"].get("DeadLetterConfig.TargetArn").is_absent
        assert [world.resources["FnAlias"].get("Name").text for world in (prod, dev)] == ["live", "dev"]

    def test_properties_that_say_nothing_are_none(self) -> None:
        world = only("Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n")
        assert world.resources["Fn"].get("Timeout").is_absent
        assert world.resources["FnRole"].type == ROLE

    def test_a_transform_inside_may_add_properties(self) -> None:
        fn = function("{Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}}").resources["Fn"]
        assert fn.get("Timeout").is_unknown

    def test_a_preference_stays_with_the_function_even_without_an_alias(self) -> None:
        world = function("{DeploymentPreference: {Type: AllAtOnce}}")
        assert world.resources["Fn"].get("DeploymentPreference.Type").text == "AllAtOnce"
        assert world.of_type(ALIAS) == []

    @pytest.mark.parametrize(
        ("written", "exists"),
        [("true", True), ("'false'", False), ("!Ref On", True), ("!Ref Off", False), ("!ImportValue x", False)],
    )
    def test_a_preference_is_deployed_where_it_is_on(self, written: str, exists: bool) -> None:
        parameters = "Parameters: {On: {Type: String, Default: 'true'}, Off: {Type: String, Default: 'false'}}\n"
        preference = f"{{Type: AllAtOnce, Enabled: {written}}}"
        world = function(f"{{AutoPublishAlias: live, DeploymentPreference: {preference}}}", more=parameters)
        assert ("FnDeploymentGroup" in world.resources) is exists

    @pytest.mark.parametrize(
        ("written", "known"),
        [("Canary10Percent5Minutes", "CodeDeployDefault.LambdaCanary10Percent5Minutes"), ("Mine", "Mine")],
    )
    def test_only_codedeploys_own_types_get_its_prefix(self, written: str, known: str) -> None:
        for type_, more in (
            (written, ""),
            ("!Ref How", f"Parameters: {{How: {{Type: String, Default: {written}}}}}\n"),
        ):
            world = function(f"{{AutoPublishAlias: live, DeploymentPreference: {{Type: {type_}}}}}", more=more)
            assert world.resources["FnDeploymentGroup"].get("DeploymentConfigName").text == known

    def test_the_role_has_what_tracing_needs(self) -> None:
        policies = function("{Tracing: Active}").resources["FnRole"].get("ManagedPolicyArns").items
        assert [policy.ends_with("AWSXrayWriteOnlyAccess") for policy in policies] == [False, True]

    def test_a_policy_template_grants_what_is_not_known(self) -> None:
        role = function("{Policies: [SQSFullAccess, {SQSPollerPolicy: {QueueName: q}}, {Statement: []}]}").resources[
            "FnRole"
        ]
        documents = [policy.get("PolicyDocument") for policy in role.get("Policies").items]
        assert [document.is_unknown for document in documents] == [True, False]


class TestAliases:
    @pytest.mark.parametrize(
        ("written", "name"),
        [("live", "FnAliaslive"), ("!Ref Name", "FnAliasblueDgreen"), ("!Ref Nameless", "FnAlias"), ("''", None)],
    )
    def test_events_start_the_alias(self, written: str, name: str | None) -> None:
        world = function(
            f"{{AutoPublishAlias: {written}, Events: {{E: {{Type: SQS, Properties: {{Queue: !GetAtt Q.Arn}}}}}}}}",
            more="Parameters: {Name: {Type: String, Default: blue-green}, Nameless: {Type: String}}\n",
        )
        assert [alias.name for alias in world.of_type(ALIAS)] == ([name] if name else [])
        assert link(world.resources["FnE"].get("FunctionName")) == f"{name or 'Fn'}.Ref"

    @pytest.mark.parametrize(
        ("written", "linked"),
        [
            ("!Ref Fn.Alias", "FnAliaslive.Ref"),
            ("!Ref Fn.Version", "FnVersion.Ref"),
            ("!Sub '${Fn.Alias}'", "FnAliaslive.Ref"),
            ("!Ref Fn.DestinationQueue", "FnEventInvokeConfigOnFailureQueue.Ref"),
            ("!GetAtt Fn.DestinationQueue.Arn", "FnEventInvokeConfigOnFailureQueue.Arn"),
            ("!GetAtt Fn.Arn", "Fn.Arn"),
            ("!GetAtt FnRole.Arn", "FnRole.Arn"),
        ],
    )
    def test_what_is_made_can_be_referred_to(self, written: str, linked: str) -> None:
        world = function(
            "{AutoPublishAlias: live, EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}}",
            more=f"  Other: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: {written}}}}}\n",
        )
        assert link(world.resources["Other"].get("FunctionName")) == linked


CONDITIONAL = """
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {Prod: !Equals [!Ref Stage, prod]}
Resources:
  Kept: {Type: AWS::SQS::Queue}
  Plain:
    Type: AWS::Serverless::Function
    Properties:
      Role: !If [Prod, arn, !Ref AWS::NoValue]
      EventInvokeConfig:
        DestinationConfig:
          OnFailure: {Type: SQS, Destination: !If [Prod, !GetAtt Kept.Arn, !Ref AWS::NoValue]}
  Only:
    Type: AWS::Serverless::Function
    Condition: Prod
    DeletionPolicy: Retain
    Metadata: {awslint-memo: {a: b}}
    Properties:
      AutoPublishAlias: live
      Events:
        E: {Type: SNS, Properties: {Topic: t, SqsSubscription: true}}
        W: {Type: Api, Properties: {Path: /, Method: get}}
"""


class TestConditions:
    def test_everything_that_a_function_becomes_exists_where_it_does(self) -> None:
        prod, dev = (only(CONDITIONAL, Stage=stage).resources for stage in ("prod", "dev"))
        assert not [name for name in dev if name.startswith(("Only", "ServerlessRestApi"))]
        assert {"OnlyAliaslive", "OnlyEQueue", "OnlyEEventSourceMapping", "ServerlessRestApi"} <= prod.keys()

    def test_what_stands_beside_the_properties_holds_for_everything(self) -> None:
        for name in ("OnlyEQueue", "OnlyAliaslive", "Only"):
            made = only(CONDITIONAL, Stage="prod").resources[name]
            assert made.attribute("DeletionPolicy").text == "Retain"
            assert made.attribute("Metadata").get("awslint-memo.a").text == "b"

    def test_a_queue_and_a_role_are_made_only_where_none_is_named(self) -> None:
        prod, dev = (only(CONDITIONAL, Stage=stage).resources for stage in ("prod", "dev"))
        made, destination = "PlainEventInvokeConfigOnFailureQueue", "DestinationConfig.OnFailure.Destination"
        assert (made in prod, made in dev) == (False, True)
        assert link(prod["PlainEventInvokeConfig"].get(destination)) == "Kept.Arn"
        assert link(dev["PlainEventInvokeConfig"].get(destination)) == f"{made}.Arn"
        assert ("PlainRole" in prod, "PlainRole" in dev) == (False, True)
        assert link(dev["Plain"].get("Role")) == "PlainRole.Arn"

    def test_an_api_exists_where_one_of_its_functions_does(self) -> None:
        text = CONDITIONAL + "        V: {Type: Api, Properties: {Path: /b, Method: get, RestApiId: !Ref Missing}}\n"
        both = text.replace("      EventInvokeConfig", "      Events: {A: {Type: Api}}\n      EventInvokeConfig")
        assert "ServerlessRestApi" in only(both, Stage="dev").resources


class TestEvents:
    def test_an_s3_event_adds_to_what_the_bucket_tells_already(self) -> None:
        bucket = "NotificationConfiguration: {LambdaConfigurations: [{Event: a, Function: b}], TopicConfigurations: []}"
        world = function(
            "{Events: {E: {Type: S3, Properties: {Bucket: !Ref B, Events: [c, d]}}}}",
            more=f"  B: {{Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {{BucketName: n, {bucket}}}}}\n",
        )
        told = world.resources["B"].get("NotificationConfiguration.LambdaConfigurations").items
        assert [one.get("Event").text for one in told] == ["a", "c", "d"]
        assert link(told[1].get("Function")) == "Fn.Arn"
        assert world.resources["B"].get("BucketName").text == "n"
        assert world.resources["B"].attribute("DeletionPolicy").text == "Retain"

    def test_the_queue_of_a_fifo_topic_is_fifo(self) -> None:
        world = function(
            "{Events: {E: {Type: SNS, Properties: {Topic: !Ref T, SqsSubscription: true}}}}",
            more="  T: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}\n",
        )
        assert world.resources["FnEQueue"].get("FifoQueue").flag is True

    @pytest.mark.parametrize(
        ("written", "state"),
        [("Enabled: false", "DISABLED"), ("Enabled: 'true'", "ENABLED"), ("State: DISABLED", "DISABLED")],
    )
    def test_a_rule_has_a_state_instead_of_a_flag(self, written: str, state: str) -> None:
        world = function(f"{{Events: {{E: {{Type: Schedule, Properties: {{Schedule: rate(1 day), {written}}}}}}}}}")
        assert world.resources["FnE"].get("State").text == state

    def test_a_flag_that_is_not_known_is_a_state_that_is_not_known(self) -> None:
        world = function("{Events: {E: {Type: Schedule, Properties: {Enabled: !ImportValue x}}}}")
        assert world.resources["FnE"].get("State").is_unknown

    def test_an_unknown_type_makes_nothing(self) -> None:
        assert set(function("{Events: {E: {Type: Telepathy, Properties: {}}}}").resources) == {"Fn", "FnRole", "Q"}

    def test_events_that_a_macro_adds_leave_the_deployment_open(self) -> None:
        assert function("{Events: {Fn::Transform: {Name: AWS::Include}}}").is_open
        assert not function("{Events: {E: {Type: AlexaSkill}}}").is_open

    def test_what_the_template_writes_under_a_made_name_stays(self) -> None:
        world = function("{Events: {E: {Type: SQS}}}", more="  FnE: {Type: AWS::SNS::Topic}\n")
        assert world.resources["FnE"].type == "AWS::SNS::Topic"


class TestApis:
    @pytest.mark.parametrize(
        ("written", "types"),
        [("PRIVATE", ["PRIVATE"]), ("{Type: REGIONAL}", ["REGIONAL"]), ("!Ref Kind", ["EDGE"])],
    )
    def test_the_endpoint_type_is_a_list(self, written: str, types: list[str]) -> None:
        properties = f"{{StageName: prod, EndpointConfiguration: {written}}}"
        api = f"  Api: {{Type: AWS::Serverless::Api, Properties: {properties}}}\n"
        world = only(f"Resources:\n{api}Parameters: {{Kind: {{Type: String, Default: EDGE}}}}\n")
        found = world.resources["Api"].get("EndpointConfiguration.Types").items
        assert [one.text for one in found] == types

    def test_a_resource_policy_is_a_policy(self) -> None:
        auth = "{ResourcePolicy: {IpRangeWhitelist: []}}"
        text = f"Resources: {{Api: {{Type: AWS::Serverless::Api, Properties: {{Auth: {auth}}}}}}}"
        assert not only(text).resources["Api"].get("Policy").is_absent
        assert only(text.replace("ResourcePolicy", "Other")).resources["Api"].get("Policy").is_absent

    def test_an_api_leads_to_the_functions_whose_events_name_it(self) -> None:
        for event, api in (("Api", "ServerlessRestApi"), ("HttpApi", "ServerlessHttpApi")):
            world = function(f"{{Events: {{E: {{Type: {event}, Properties: {{Path: /, Method: get}}}}}}}}")
            body = world.resources[api].get("Body")
            assert [one.resource for one in body.mentions()] == ["Fn"]

    def test_a_definition_elsewhere_is_not_absent(self) -> None:
        text = "Resources: {Api: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: api.yaml}}}"
        assert only(text).resources["Api"].get("BodyS3Location").is_unknown


class TestOthers:
    @pytest.mark.parametrize("type_", ["Application", "Connector", "GraphQLApi", "Tomorrow"])
    def test_what_has_no_translation_stays(self, type_: str) -> None:
        world = only(f"Resources: {{A: {{Type: AWS::Serverless::{type_}, Properties: {{B: c}}}}}}")
        assert world.resources["A"].type == f"AWS::Serverless::{type_}"
        assert world.resources["A"].get("B").text == "c"

    def test_plain_cloudformation_is_left_alone(self) -> None:
        world = only("Resources: {Q: {Type: AWS::SQS::Queue, Exists: false}, Fn::ForEach::A: []}")
        assert list(world.resources) == ["Q"]
        assert world.is_open


WORDS = st.sampled_from(
    ["SQS", "S3", "live", "true", "prod", "B", "Fn", "AWS::NoValue", "AWS::Serverless::Function", ""]
)
KEYS = st.sampled_from(["Type", "Ref", "Fn::If", "Fn::GetAtt", "Fn::Transform", "Fn::Sub", "QueueArn", "Bucket", "A"])
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 9) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=5,
)
WHOLE = sorted(Path(__file__).parent.joinpath("sam").glob("*.yaml"))


def plain(node: Node) -> Any:
    """What a file says, as JSON would hold it."""
    content = node.content
    if isinstance(content, Mapping):
        return {key: plain(value) for key, value in content.items()}
    return [plain(item) for item in content] if isinstance(content, list) else content


def containers(data: Any) -> list[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else []
    here = [data] if isinstance(data, (dict, list)) and data else []
    return here + [found for value in inner for found in containers(value)]


@st.composite
def malformed(draw: st.DrawFn) -> str:
    """A SAM template in which a few values, anywhere, are something else."""
    file = draw(st.sampled_from(WHOLE))
    data = plain(yaml_nodes.parse(Source(file.name, file.read_bytes())))
    for _ in range(draw(st.integers(1, 4))):
        within = draw(st.sampled_from(containers(data)))
        at = draw(st.sampled_from(list(within) if isinstance(within, dict) else list(range(len(within)))))
        within[at] = draw(JUNK)
    return json.dumps(data)


@pytest.mark.parametrize("file", WHOLE, ids=lambda file: file.stem)
def test_every_property_is_cloudformations(file: Path) -> None:
    said = yaml_nodes.parse(Source(file.name, file.read_bytes())).content
    assert isinstance(said, Mapping)
    made = sam.translate(said["Resources"], said.get("Globals"), said.get("Parameters")).made
    for _, node in made.values():
        type_, properties = text(fields(node).get("Type")), fields(fields(node).get("Properties"))
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_ or "").schema
        # The one word of SAM that stays: a deployment preference without an alias has nothing else to stand in.
        assert properties.keys() - schema["properties"].keys() - {"DeploymentPreference"} == set(), type_


def everything(world: Deployment) -> Iterator[Value]:
    for resource in world.resources.values():
        for name in ("Timeout", "Tags", "TracingConfig", "Targets", "NotificationConfiguration", "Body", "Policies"):
            value = resource.get(name)
            assert resource.place.span.line >= 1
            assert value.place.span.line >= 1
            yield value


@settings(max_examples=300, deadline=None)
@given(malformed())
def test_nothing_but_a_problem_comes_of_malformed_sam(text: str) -> None:
    try:
        read = template(Source("template.json", text.encode()))
        worlds = read.deployments(None, LOOKED_AT).worlds if read is not None else ()
    except Problem:
        return
    for world in worlds:
        for value in everything(world):
            list(value.mentions())
