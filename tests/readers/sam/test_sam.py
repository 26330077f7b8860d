"""Translation of SAM functions: positions, properties, aliases and references."""

import json

import pytest
from tests.cases import each_case
from tests.readers.sam.sam_deployments import ALIAS, FUNCTION, ROLE, function, link, only, place

from awslint_memo.readers.sam.policy_templates import on_named
from awslint_memo.relations.iam.roles import may

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
    def test_a_function_has_the_position_of_its_name(self) -> None:
        assert place(only(PLACES).resources["Fn"]) == (6, 3)

    def test_a_property_has_the_position_of_its_value(self) -> None:
        deployment = only(PLACES)
        assert place(deployment.resources["Fn"].get("MemorySize")) == (9, 19)
        assert place(deployment.resources["Fn"].get("DeadLetterConfig.TargetArn")) == (12, 20)
        assert place(deployment.resources["FnOrders"].get("BatchSize")) == (18, 24)

    def test_a_global_property_has_its_position_in_globals(self) -> None:
        deployment = only(PLACES)
        assert place(deployment.resources["Fn"].get("Timeout")) == (3, 14)
        assert place(deployment.resources["Fn"].get("Environment.Variables.A")) == (4, 34)

    def test_a_missing_property_has_the_position_of_the_name(self) -> None:
        assert place(only(PLACES).resources["Fn"].get("TracingConfig.Mode")) == (6, 3)

    @pytest.mark.parametrize(("name", "line"), [("FnOrders", 14), ("FnMade", 19), ("FnMadeQueue", 19)])
    def test_resources_of_an_event_have_the_position_of_its_name(self, name: str, line: int) -> None:
        assert place(only(PLACES).resources[name]) == (line, 9)

    def test_positions_are_the_same_in_json(self) -> None:
        said = {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"E": {"Type": "AlexaSkill"}}}}
        deployment = only(json.dumps({"Resources": {"Fn": said}}, indent=1))
        assert place(deployment.resources["FnEPermission"]) == (7, 6)


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
        assert [deployment.resources["FnAlias"].get("Name").text for deployment in (prod, dev)] == ["live", "dev"]

    def test_properties_that_are_null_or_no_value_are_absent(self) -> None:
        deployment = only("Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties:\n")
        assert deployment.resources["Fn"].get("Timeout").is_absent
        assert deployment.resources["FnRole"].type == ROLE

    def test_a_transform_inside_may_add_properties(self) -> None:
        fn = function("{Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}}").resources["Fn"]
        assert fn.get("Timeout").is_unknown

    def test_a_preference_stays_with_the_function_even_without_an_alias(self) -> None:
        deployment = function("{DeploymentPreference: {Type: AllAtOnce}}")
        assert deployment.resources["Fn"].get("DeploymentPreference.Type").text == "AllAtOnce"
        assert deployment.of_type(ALIAS) == []

    @each_case(
        ("written", "exists"),
        [("true", True), ("'false'", False), ("!Ref On", True), ("!Ref Off", False), ("!ImportValue x", False)],
    )
    def test_a_preference_is_deployed_where_it_is_on(self, written: str, exists: bool) -> None:
        parameters = "Parameters: {On: {Type: String, Default: 'true'}, Off: {Type: String, Default: 'false'}}\n"
        preference = f"{{Type: AllAtOnce, Enabled: {written}}}"
        deployment = function(f"{{AutoPublishAlias: live, DeploymentPreference: {preference}}}", more=parameters)
        assert ("FnDeploymentGroup" in deployment.resources) is exists

    @pytest.mark.parametrize(
        ("written", "known"),
        [("Canary10Percent5Minutes", "CodeDeployDefault.LambdaCanary10Percent5Minutes"), ("Mine", "Mine")],
    )
    def test_only_codedeploys_own_types_get_its_prefix(self, written: str, known: str) -> None:
        for type_, more in (
            (written, ""),
            ("!Ref How", f"Parameters: {{How: {{Type: String, Default: {written}}}}}\n"),
        ):
            deployment = function(f"{{AutoPublishAlias: live, DeploymentPreference: {{Type: {type_}}}}}", more=more)
            assert deployment.resources["FnDeploymentGroup"].get("DeploymentConfigName").text == known

    def test_the_role_has_what_tracing_needs(self) -> None:
        policies = function("{Tracing: Active}").resources["FnRole"].get("ManagedPolicyArns").items
        assert [policy.ends_with("AWSXrayWriteOnlyAccess") for policy in policies] == [False, True]

    def test_a_policy_template_grants_something_on_what_it_names(self) -> None:
        written = "SQSFullAccess, {SQSPollerPolicy: {QueueName: !GetAtt Q.QueueName}}, {AnyPolicy: {A: b}}"
        role = function(f"{{Policies: [{written}, {{Statement: []}}, {{A: {{}}, B: {{}}}}]}}").resources["FnRole"]
        polls, anything, own, broken = (policy.get("PolicyDocument") for policy in role.get("Policies").items)
        actions = [action.text for action in polls.get("Statement").items[0].get("Action").items]
        assert actions == on_named("SQSPollerPolicy")
        assert link(polls.get("Statement").items[0].get("Resource").items[0]) == "Q.QueueName"
        assert anything.get("Statement").items[0].get("Action").is_unknown
        assert own.get("Statement").items == []
        assert broken.is_unknown

    def test_a_policy_template_without_parameters_is_for_all_resources(self) -> None:
        written = "{CloudWatchPutMetricPolicy: {}}, {EFSWriteAccessPolicy: {FileSystem: f, AccessPoint: a}}"
        role = function(f"{{Policies: [{written}]}}").resources["FnRole"]
        assert may(role, "cloudwatch:PutMetricData") is True
        assert may(role, "elasticfilesystem:ClientMount") is None
        assert may(role, "dynamodb:GetItem") is False


class TestAliases:
    @each_case(
        ("written", "name"),
        [("live", "FnAliaslive"), ("!Ref Name", "FnAliasblueDgreen"), ("!Ref Nameless", "FnAlias"), ("''", None)],
    )
    def test_events_start_the_alias(self, written: str, name: str | None) -> None:
        deployment = function(
            f"{{AutoPublishAlias: {written}, Events: {{E: {{Type: SQS, Properties: {{Queue: !GetAtt Q.Arn}}}}}}}}",
            more="Parameters: {Name: {Type: String, Default: blue-green}, Nameless: {Type: String}}\n",
        )
        assert [alias.name for alias in deployment.of_type(ALIAS)] == ([name] if name else [])
        assert link(deployment.resources["FnE"].get("FunctionName")) == f"{name or 'Fn'}.Ref"

    @each_case(
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
        deployment = function(
            "{AutoPublishAlias: live, EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS}}}}",
            more=f"  Other: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: {written}}}}}\n",
        )
        assert link(deployment.resources["Other"].get("FunctionName")) == linked
