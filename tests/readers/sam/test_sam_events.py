"""Translation of SAM events, conditions and APIs."""

import pytest
from tests.readers.sam.sam_deployments import function, link, only

from awslint_memo.model.value import Unknown

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
    def test_all_resources_of_a_function_have_its_condition(self) -> None:
        prod, dev = (only(CONDITIONAL, Stage=stage).resources for stage in ("prod", "dev"))
        assert not [name for name in dev if name.startswith(("Only", "ServerlessRestApi"))]
        assert {"OnlyAliaslive", "OnlyEQueue", "OnlyEEventSourceMapping", "ServerlessRestApi"} <= prod.keys()

    def test_attributes_beside_the_properties_apply_to_all_generated_resources(self) -> None:
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
        deployment = function(
            "{Events: {E: {Type: S3, Properties: {Bucket: !Ref B, Events: [c, d]}}}}",
            more=f"  B: {{Type: AWS::S3::Bucket, DeletionPolicy: Retain, Properties: {{BucketName: n, {bucket}}}}}\n",
        )
        told = deployment.resources["B"].get("NotificationConfiguration.LambdaConfigurations").items
        assert [one.get("Event").text for one in told] == ["a", "c", "d"]
        assert link(told[1].get("Function")) == "Fn.Arn"
        assert deployment.resources["B"].get("BucketName").text == "n"
        assert deployment.resources["B"].attribute("DeletionPolicy").text == "Retain"

    def test_the_queue_of_a_fifo_topic_is_fifo(self) -> None:
        deployment = function(
            "{Events: {E: {Type: SNS, Properties: {Topic: !Ref T, SqsSubscription: true}}}}",
            more="  T: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}\n",
        )
        assert deployment.resources["FnEQueue"].get("FifoQueue").flag is True

    @pytest.mark.parametrize(
        ("written", "state"),
        [("Enabled: false", "DISABLED"), ("Enabled: 'true'", "ENABLED"), ("State: DISABLED", "DISABLED")],
    )
    def test_a_rule_has_a_state_instead_of_a_flag(self, written: str, state: str) -> None:
        deployment = function(
            f"{{Events: {{E: {{Type: Schedule, Properties: {{Schedule: rate(1 day), {written}}}}}}}}}"
        )
        assert deployment.resources["FnE"].get("State").text == state

    def test_a_flag_that_is_not_known_is_a_state_that_is_not_known(self) -> None:
        deployment = function("{Events: {E: {Type: Schedule, Properties: {Enabled: !ImportValue x}}}}")
        assert deployment.resources["FnE"].get("State").is_unknown

    def test_an_unknown_type_makes_nothing(self) -> None:
        assert set(function("{Events: {E: {Type: Telepathy, Properties: {}}}}").resources) == {"Fn", "FnRole", "Q"}

    def test_events_that_a_macro_adds_leave_the_deployment_open(self) -> None:
        assert function("{Events: {Fn::Transform: {Name: AWS::Include}}}").is_open
        assert not function("{Events: {E: {Type: AlexaSkill}}}").is_open

    def test_a_resource_of_the_template_is_not_replaced_by_a_generated_one(self) -> None:
        deployment = function("{Events: {E: {Type: SQS}}}", more="  FnE: {Type: AWS::SNS::Topic}\n")
        assert deployment.resources["FnE"].type == "AWS::SNS::Topic"


class TestApis:
    @pytest.mark.parametrize(
        ("written", "types"),
        [("PRIVATE", ["PRIVATE"]), ("{Type: REGIONAL}", ["REGIONAL"]), ("!Ref Kind", ["EDGE"])],
    )
    def test_the_endpoint_type_is_a_list(self, written: str, types: list[str]) -> None:
        properties = f"{{StageName: prod, EndpointConfiguration: {written}}}"
        api = f"  Api: {{Type: AWS::Serverless::Api, Properties: {properties}}}\n"
        deployment = only(f"Resources:\n{api}Parameters: {{Kind: {{Type: String, Default: EDGE}}}}\n")
        found = deployment.resources["Api"].get("EndpointConfiguration.Types").items
        assert [one.text for one in found] == types

    def test_a_resource_policy_is_a_policy(self) -> None:
        auth = "{ResourcePolicy: {IpRangeWhitelist: []}}"
        text = f"Resources: {{Api: {{Type: AWS::Serverless::Api, Properties: {{Auth: {auth}}}}}}}"
        assert not only(text).resources["Api"].get("Policy").is_absent
        assert only(text.replace("ResourcePolicy", "Other")).resources["Api"].get("Policy").is_absent

    def test_a_written_policy_is_the_policy(self) -> None:
        policy = "Policy: {Statement: [{Effect: Deny}]}"
        text = f"Resources: {{Api: {{Type: AWS::Serverless::Api, Properties: {{{policy}}}}}}}"
        assert only(text).resources["Api"].get("Policy.Statement").items[0].get("Effect").text == "Deny"
        both = text.replace(policy, f"{policy}, Auth: {{ResourcePolicy: {{CustomStatements: []}}}}")
        assert isinstance(only(both).resources["Api"].get("Policy"), Unknown)

    def test_an_api_leads_to_the_functions_whose_events_name_it(self) -> None:
        for event, api in (("Api", "ServerlessRestApi"), ("HttpApi", "ServerlessHttpApi")):
            deployment = function(f"{{Events: {{E: {{Type: {event}, Properties: {{Path: /, Method: get}}}}}}}}")
            body = deployment.resources[api].get("Body")
            assert [one.resource for one in body.mentions()] == ["Fn"]

    def test_a_definition_elsewhere_is_not_absent(self) -> None:
        text = "Resources: {Api: {Type: AWS::Serverless::Api, Properties: {DefinitionUri: api.yaml}}}"
        assert only(text).resources["Api"].get("BodyS3Location").is_unknown


class TestOthers:
    @pytest.mark.parametrize("type_", ["Application", "GraphQLApi", "Tomorrow"])
    def test_what_has_no_translation_stays(self, type_: str) -> None:
        deployment = only(f"Resources: {{A: {{Type: AWS::Serverless::{type_}, Properties: {{B: c}}}}}}")
        assert deployment.resources["A"].type == f"AWS::Serverless::{type_}"
        assert deployment.resources["A"].get("B").text == "c"

    def test_plain_cloudformation_is_left_alone(self) -> None:
        deployment = only("Resources: {Q: {Type: AWS::SQS::Queue, Exists: false}, Fn::ForEach::A: []}")
        assert list(deployment.resources) == ["Q"]
        assert deployment.is_open
