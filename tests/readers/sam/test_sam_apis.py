"""What SAM makes of the definition and the resource policy of an API whose paths come from events as well."""

from pathlib import Path

import pytest
from tests.readers.sam.sam_deployments import only

from awslint_memo import Resource, Value
from awslint_memo import api as api_of_package

WRITTEN = "{paths: {/a: {get: {x-amazon-apigateway-integration: {uri: mine}}, put: {security: []}}}}"
INTEGRATION = "x-amazon-apigateway-integration"


def api(type_: str, properties: str, *, auth: str = "{}", methods: str = "get") -> Resource:
    """An API with a written definition, and a function with an event for the path /a of it."""
    event, of_api = ("Api", "RestApiId") if type_ == "Api" else ("HttpApi", "ApiId")
    events = "".join(
        f"      {method}:\n"
        f"        Type: {event}\n"
        f"        Properties: {{{of_api}: !Ref A, Path: /a, Method: {method}, Auth: {auth}}}\n"
        for method in methods.split()
    )
    text = f"""
Resources:
  A: {{Type: AWS::Serverless::{type_}, Properties: {{StageName: v1, {properties}}}}}
  Fn:
    Type: AWS::Serverless::Function
    Properties:
     Events:
{events}"""
    return only(text).resources["A"]


def integration(api: Resource, method: str) -> Value:
    return api.get("Body").get("paths").fields["/a"].fields[method].get(f"{INTEGRATION}.uri")


def is_to_the_function(value: Value) -> bool:
    return any(link.resource == "Fn" for link in value.mentions())


class TestDefinitions:
    def test_events_are_not_added_to_what_is_written(self) -> None:
        assert integration(api("Api", f"DefinitionBody: {WRITTEN}"), "get").text == "mine"

    @pytest.mark.parametrize("value", ["true", "'true'"])
    def test_events_win_if_definitions_are_merged(self, value: str) -> None:
        merged = api("Api", f"DefinitionBody: {WRITTEN}, MergeDefinitions: {value}", methods="get post")
        assert is_to_the_function(integration(merged, "get"))
        assert is_to_the_function(integration(merged, "post"))
        assert not merged.get("Body").get("paths").fields["/a"].fields["put"].is_absent

    def test_what_is_not_known_may_be_merged(self) -> None:
        body = "{'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 's3://a/b'}}}"
        assert api("Api", f"DefinitionBody: {body}, MergeDefinitions: true").get("Body").is_unknown

    def test_events_of_an_http_api_fill_what_has_no_integration(self) -> None:
        filled = api("HttpApi", f"DefinitionBody: {WRITTEN}", methods="get put post")
        assert integration(filled, "get").text == "mine"
        assert is_to_the_function(integration(filled, "put"))
        assert is_to_the_function(integration(filled, "post"))

    def test_a_definition_that_sam_packaged_is_generated(self) -> None:
        packaged = api("Api", f"__MANAGE_SWAGGER: true, DefinitionBody: {WRITTEN}", methods="get put")
        assert integration(packaged, "get").text == "mine"
        assert is_to_the_function(integration(packaged, "put"))
        assert packaged.get("Policy").is_absent


class TestPolicies:
    POLICY = "{ResourcePolicy: {SourceVpcWhitelist: [vpce-1]}}"

    def test_an_event_may_give_the_api_a_policy(self) -> None:
        assert api("Api", "Name: a", auth=self.POLICY).get("Policy.Statement").is_unknown
        assert api("Api", "Name: a", auth="{ApiKeyRequired: true}").get("Policy").is_absent
        assert api("Api", "Name: a", auth="{ResourcePolicy: {}}").get("Policy").is_absent

    def test_an_event_gives_none_to_a_definition_that_is_written(self) -> None:
        body = f"DefinitionBody: {WRITTEN}"
        assert api("Api", body, auth=self.POLICY).get("Policy").is_absent
        forced = "{OverrideApiAuth: true, ResourcePolicy: {SourceVpcWhitelist: [vpce-1]}}"
        assert not api("Api", body, auth=forced).get("Policy").is_absent
        assert not api("Api", f"{body}, MergeDefinitions: true", auth=self.POLICY).get("Policy").is_absent

    def test_a_policy_beside_that_of_an_event_is_not_known(self) -> None:
        assert api("Api", "Policy: {Statement: []}", auth=self.POLICY).get("Policy").is_unknown
        assert api("Api", "Policy: {Statement: []}").get("Policy").is_known

    def test_statements_are_known_only_if_nothing_adds_to_them(self) -> None:
        statements = "ResourcePolicy: {CustomStatements: [{Effect: Deny}]"
        assert api("Api", f"Auth: {{{statements}}}}}").get("Policy.Statement").items[0].get("Effect").text == "Deny"
        assert api("Api", f"Auth: {{{statements}, IpRangeBlacklist: [a]}}}}").get("Policy.Statement").is_unknown


def test_a_durable_function_has_a_role_of_its_own_kind() -> None:
    text = "Resources: {Fn: {Type: AWS::Serverless::Function, Properties: {DurableConfig: {ExecutionTimeout: 60}}}}"
    (policy,) = only(text).resources["FnRole"].get("ManagedPolicyArns").items
    pattern = policy.pattern
    assert pattern is not None
    assert pattern.after_last("/").literal == "AWSLambdaBasicDurableExecutionRolePolicy"


def test_the_implicit_api_of_a_nested_stack_is_one_too(tmp_path: Path) -> None:
    event = "{Type: Api, Properties: {Path: /, Method: get}}"
    child = f"Resources: {{Fn: {{Type: AWS::Serverless::Function, Properties: {{Events: {{Get: {event}}}}}}}}}"
    parent = "Resources: {App: {Type: AWS::Serverless::Application, Properties: {Location: child.yaml}}}"
    (tmp_path / "child.yaml").write_text(child)
    (tmp_path / "parent.yaml").write_text(parent)
    report = api_of_package.lint([str(tmp_path)], select=["apigateway-canary"], advice=True)
    assert report.findings == []
