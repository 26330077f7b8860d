"""Every property of SAM's schema is read, or makes what it may change unknown, or is listed here as harmless.

The schema is that of the installed translator of AWS: these tests fail if a new version has what we don't know.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase

import pytest
from samtranslator.internal.schema_source.common import ResourceAttributes
from tests.cases import each_case
from tests.linting import lint_with
from tests.readers.sam.sam_deployments import only
from tests.readers.sam.sam_schema import (
    BASES,
    BESIDE,
    PREFIX,
    cases,
    field_of,
    is_read,
    made,
    of_events,
    of_globals,
    of_types,
    sample,
    template,
)

from awslint_memo.readers.sam.property_names import EVENTS, PROPERTIES

DOCUMENT = "it changes the OpenAPI document, of which rules read integrations, endpoints and the policy"
TAGS = "no rule reads the tags of what SAM generates"
VERSIONS = "it says only when SAM publishes a version or deploys again"
DECRYPTS = "it names what the generated role allows about secrets, and no rule asks for that"

HARMLESS: Mapping[str, str] = {
    "*.PropagateTags": TAGS,
    "Api.AlwaysDeploy": VERSIONS,
    "Api.GatewayResponses": DOCUMENT,
    "Api.Models": DOCUMENT,
    "Api.OpenApiVersion": "it decides the version of the document, and whether a further stage is called Stage",
    "Function.AutoPublishAliasAllProperties": VERSIONS,
    "Function.AutoPublishCodeSha256": VERSIONS,
    "Function.DeadLetterQueue.Type": "the ARN beside it says it too",
    "Function.Events.Api.RequestModel.*": DOCUMENT,
    "Function.Events.Api.RequestParameters.*": DOCUMENT,
    "Function.Events.DocumentDB.SecretsManagerKmsKeyId": DECRYPTS,
    "Function.Events.HttpApi.RouteSettings": "throttling and logging of one route, which no rule reads",
    "Function.Events.MQ.DynamicPolicyName": "it names a policy of the generated role",
    "Function.Events.MQ.SecretsManagerKmsKeyId": DECRYPTS,
    "Function.Events.SNS.SqsSubscription.Enabled": "SAM enables the mapping even if this is false",
    "HttpApi.Auth.Authorizers.AuthorizationScopes": DOCUMENT,
    "HttpApi.Auth.Authorizers.AuthorizerPayloadFormatVersion": DOCUMENT,
    "HttpApi.Auth.Authorizers.EnableSimpleResponses": DOCUMENT,
    "HttpApi.Auth.Authorizers.FunctionArn": "without EnableFunctionDefaultPermissions it is in the document only",
    "HttpApi.Auth.Authorizers.FunctionInvokeRole": DOCUMENT,
    "HttpApi.Auth.Authorizers.Identity.*": DOCUMENT,
    "HttpApi.Auth.Authorizers.IdentitySource": DOCUMENT,
    "HttpApi.Auth.Authorizers.JwtConfiguration": DOCUMENT,
    "HttpApi.Auth.DefaultAuthorizer": DOCUMENT,
    "HttpApi.Auth.EnableIamAuthorizer": DOCUMENT,
    "HttpApi.Domain.Route53.DistributionDomainName": "SAM ignores it: the domain of an HTTP API is regional",
    "LayerVersion.PublishLambdaVersion": VERSIONS,
    "StateMachine.Events.Api.UnescapeMappingTemplate": "it changes how quotes stand in a mapping template",
}
"""Properties that may be left out, by name or pattern, with the reason."""

AS_WRITTEN: Mapping[str, str] = {
    "Application": "a nested stack, which the reader of nested stacks opens",
    "CapacityProvider": "instances for functions, and a role of their own, about which there are no rules",
    "GraphQLApi": "AppSync, about which there are no rules",
    "MicrovmImage": "an image, about which there are no rules",
    "NetworkConnector": "network interfaces and a role of their own, about which there are no rules",
    "WebFunction": "a service of its own and its role, about which there are no rules",
}
"""Types that stay as they are written, with all of their properties."""

NAMES = {name for kind in of_types() for name, _ in cases(kind)}
WHOLES = NAMES & {name[:at] for name in NAMES for at, sign in enumerate(name) if sign == "."}
"""Properties that consist of others, which are tested one by one."""


def listed(name: str) -> str | None:
    return next((pattern for pattern in HARMLESS if fnmatchcase(name, pattern)), None)


def test_a_property_is_read_or_harmless() -> None:
    found: dict[tuple[str, str], list[bool]] = {}
    for kind in of_types():
        for name, put in () if kind in AS_WRITTEN else cases(kind):
            found.setdefault((kind, name), []).append(is_read(kind, name, put))
    assert len(found) > 400
    assert {one for one, reads in found.items() if listed(one[1]) and all(reads)} == set(), "take them from the list"
    rest = {one: reads for one, reads in found.items() if not listed(one[1]) and one[1] not in WHOLES}
    assert {one for one, reads in rest.items() if not any(reads)} == set(), "read them, or list them with the reason"


def test_nothing_is_listed_that_is_not_there() -> None:
    assert [pattern for pattern in HARMLESS if not any(fnmatchcase(name, pattern) for name in NAMES)] == []


@each_case("kind", AS_WRITTEN)
def test_a_type_stays_as_it_is_written(kind: str) -> None:
    properties = dict.fromkeys(PROPERTIES[kind].split(), 1)
    resources, *_ = made({"Resources": {"R": {"Type": PREFIX + kind, "Properties": properties}}})
    assert resources["R"]["Type"] == PREFIX + kind
    assert resources["R"]["Properties"] == properties


def test_the_known_properties_are_those_of_the_schema() -> None:
    of_schema = {kind: set(one.__fields__["Properties"].type_.__fields__) for kind, one in of_types().items()}
    assert {kind: set(names.split()) for kind, names in PROPERTIES.items()} == of_schema
    events = [one for kind in ("Function", "StateMachine") for one in of_events(kind).values()]
    of_events_ = {name for one in events for name in one.__fields__["Properties"].type_.__fields__}
    assert set(EVENTS.split()) == of_events_ | {"RedrivePolicy", "Stage"}


@each_case("name", [*ResourceAttributes.__fields__, "Connectors"])
def test_an_attribute_beside_the_properties_is_read(name: str) -> None:
    assert set(of_types()["Function"].__fields__) == {
        *ResourceAttributes.__fields__,
        "Connectors",
        "Type",
        "Properties",
    }
    values = {
        "Connectors": {"A": {"Properties": {"Destination": {"Id": "Marker"}, "Permissions": ["Write"]}}},
        "IgnoreGlobals": ["Timeout"],
    }
    shared = {"Function": {"Timeout": 9}}
    plain = {"Type": f"{PREFIX}Function"}
    without = made({"Globals": shared, "Resources": {**BESIDE, "R": plain}})
    told = {**plain, name: values.get(name, "Retain")}
    assert made({"Globals": shared, "Resources": {**BESIDE, "R": told}}) != without


@pytest.mark.parametrize("section", of_globals())
def test_globals_count_as_if_every_resource_said_them(section: str) -> None:
    for name in of_globals()[section].__fields__:
        value = sample(name, field_of(section, f"{section}.{name}"))
        own = {key: kept for key, kept in BASES.get(section, {}).items() if key != name}
        resources = {**BESIDE, "R": {"Type": PREFIX + section, "Properties": own}}
        shared, *_ = made({"Globals": {section: {name: value}}, "Resources": resources})
        resources["R"] = {"Type": PREFIX + section, "Properties": {**own, name: value}}
        assert shared == made({"Resources": resources})[0], name


class TestANewerSam:
    """What the schema of today does not have: nothing is said about what it may change."""

    def test_a_property_may_change_all_that_is_not_written(self) -> None:
        deployment = only("Resources: {A: {Type: AWS::Serverless::Api, Properties: {StageName: a, Tomorrow: {}}}}")
        assert deployment.is_open
        assert deployment.resources["A"].get("Policy").is_unknown
        assert deployment.resources["AaStage"].get("TracingEnabled").is_unknown
        assert deployment.resources["AaStage"].get("StageName").text == "a"

    def test_a_property_of_an_event_may_too(self) -> None:
        deployment = only(
            "Resources: {Fn: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: SQS, Properties: {Queue:"
            " a, Tomorrow: 1}}}}}}"
        )
        assert deployment.is_open
        assert deployment.resources["FnE"].get("FunctionResponseTypes").is_unknown

    def test_an_event_and_a_type_may_create_anything(self) -> None:
        assert only("Resources: {A: {Type: AWS::Serverless::Tomorrow, Properties: {B: c}}}").is_open
        assert only("Resources: {A: {Type: AWS::Serverless::Tomorrow}}").is_open
        assert only("Resources: {A: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: New}}}}}").is_open

    def test_a_property_in_globals_counts_for_the_implicit_api(self) -> None:
        event = "{Type: Api, Properties: {Path: /, Method: get}}"
        function = f"{{Type: AWS::Serverless::Function, Properties: {{Events: {{Get: {event}}}}}}}"
        deployment = only(f"Globals: {{Api: {{Tomorrow: 1}}}}\nResources: {{Fn: {function}}}")
        assert deployment.is_open
        assert deployment.resources["ServerlessRestApi"].get("Policy").is_unknown

    def test_what_is_there_today_leaves_nothing_open(self) -> None:
        assert not only("Resources: {A: {Type: AWS::Serverless::GraphQLApi, Properties: {Name: a}}}").is_open

    def test_no_rule_says_that_something_is_missing(self) -> None:
        template = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Inner:
    Type: AWS::Serverless::Api
    Properties: {StageName: v1, EndpointConfiguration: {Type: PRIVATE, VPCEndpointIds: [vpce-1]}%s}
"""
        assert len(lint_with("apigateway-private-access", template % "")) == 1
        assert lint_with("apigateway-private-access", template % ", Tomorrow: 1") == []


IFS = ({"Fn::If": ["C", 1, [2]]}, {"Fn::If": 1})
ODD: tuple[object, ...] = (None, 1, "", "text", True, [], {}, ["text"], [[]], [None], {"Ref": "Marker"}, *IFS)
"""Values of kinds that properties do not have."""


@pytest.mark.parametrize("kind", of_types())
def test_no_value_of_a_property_breaks_the_reader(kind: str) -> None:
    for name, put in dict(cases(kind)).items():
        for value in ODD:
            made(template(kind, name, put, value))
