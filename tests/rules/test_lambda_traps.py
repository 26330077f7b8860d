"""What makes a naive reading of functions wrong: who names an alias, who moves it, who waits for an answer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, arn, found, lint_with, messages, resource, second_places, terraform
from tests.linting import stack as template_of

from awslint_memo.model.facts import Declared

LATEST = "lambda-alias-latest"
WEIGHTS = "lambda-alias-weights"
SHIFT = "lambda-alias-shift"
BYPASS = "lambda-trigger-bypasses-alias"
PREFERENCE = "lambda-deployment-preference"
UNPUBLISHED = "lambda-version-not-published"
ASYNC = "lambda-async-failure"

PARAMETERS = {"Parameters": {"Any": {"Type": "String"}}}
ORDERS = resource("Lambda::Function", FunctionName="orders")


def stack(**resources: dict[str, Any]) -> dict[str, Any]:
    return template_of(PARAMETERS, **resources)


def alias(name: Any = "live", version: Any = "7", **properties: Any) -> dict[str, Any]:
    given = {"FunctionName": {"Ref": "Orders"}, "FunctionVersion": version, "Name": name, **properties}
    return resource("Lambda::Alias", **given)


def sub(text: str) -> dict[str, Any]:
    return {"Fn::Sub": text}


def test_the_names_of_development_are_the_users() -> None:
    given = {"name": "blue", "function_name": "f", "function_version": "$LATEST"}
    template = terraform(aws_lambda_alias={"a": given})
    assert found(LATEST, template) == [Found("warning", "aws_lambda_alias.a", "function_version: $LATEST")]
    [message] = messages(LATEST, template)
    assert '"blue"' in message
    assert found(LATEST, template, declared=Declared(development=["blue"])) == []


def test_a_share_and_an_unpublished_version_are_two_mistakes() -> None:
    shares = {"AdditionalVersionWeights": [{"FunctionVersion": "$LATEST", "FunctionWeight": -0.5}]}
    assert found(WEIGHTS, stack(Orders=ORDERS, Live=alias(RoutingConfig=shares))) == [
        Found("error", "Live", "FunctionVersion: $LATEST"),
        Found("error", "Live", "FunctionWeight: -0.5"),
    ]


@pytest.mark.parametrize(
    ("main", "second", "line", "says"),
    [
        ("$LATEST", "8", "main", "FunctionVersion of Live is $LATEST, "),
        ("7", "$LATEST", "second", "RoutingConfig.AdditionalVersionWeights of Live names $LATEST, "),
    ],
)
def test_the_place_of_an_unpublished_version(main: str, second: str, line: str, says: str) -> None:
    text = f"""
Resources:
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: orders
      FunctionVersion: {main}  # main
      Name: live
      RoutingConfig:
        AdditionalVersionWeights:
          - FunctionVersion: {second}  # second
            FunctionWeight: 0.1
"""
    (finding,) = lint_with(WEIGHTS, text)
    assert text.split("\n")[finding.span.line - 1].endswith(f"# {line}")
    assert finding.message.startswith(says)


@each_case("share", [0, 0.0, "0.1", 1])
def test_shares_that_lambda_takes(share: Any) -> None:
    shares = {"AdditionalVersionWeights": [{"FunctionVersion": "8", "FunctionWeight": share}]}
    assert found(WEIGHTS, stack(Orders=ORDERS, Live=alias(RoutingConfig=shares))) == []


def test_a_version_of_terraform_is_itself() -> None:
    version = "${aws_lambda_function.f.version}"
    given = {"name": "live", "function_name": "f", "function_version": version}
    function = {"f": {"function_name": "f", "publish": True}}
    same = {**given, "routing_config": {"additional_version_weights": {version: 0.1}}}
    # Nobody knows the key of the map before the function is made.
    assert found(WEIGHTS, terraform(aws_lambda_function=function, aws_lambda_alias={"a": same})) == []
    other = {**given, "function_version": "3", "routing_config": {"additional_version_weights": {"3": 0.1}}}
    template = terraform(aws_lambda_function=function, aws_lambda_alias={"a": other})
    assert found(WEIGHTS, template) == [Found("warning", "aws_lambda_alias.a", "additional_version_weights")]
    assert second_places(WEIGHTS, template) == ["function_version: 3"]


SHIFTED = [Found("advice", "Live", "Name: live")]


def test_who_else_moves_an_alias() -> None:
    def pipeline(category: str) -> dict[str, Any]:
        action = {
            "Name": "Deploy",
            "ActionTypeId": {"Category": category, "Owner": "AWS", "Provider": "Lambda", "Version": "1"},
            "Configuration": {"FunctionName": "orders", "FunctionAlias": "live"},
        }
        return resource("CodePipeline::Pipeline", Stages=[{"Name": "Prod", "Actions": [action]}])

    def application(**properties: Any) -> dict[str, Any]:
        return resource("CodeDeploy::Application", **properties)

    assert found(SHIFT, stack(Orders=ORDERS, Live=alias())) == SHIFTED
    others = stack(Orders=ORDERS, Live=alias(), Servers=application(), Invoking=pipeline("Invoke"))
    assert found(SHIFT, others) == SHIFTED
    for_lambda, for_any = (application(ComputePlatform=platform) for platform in ("Lambda", {"Ref": "Any"}))
    for mover in (pipeline("Deploy"), for_lambda, for_any):
        assert found(SHIFT, stack(Orders=ORDERS, Live=alias(), Mover=mover)) == []


def test_what_moves_an_alias_is_said_in_the_words_of_the_language() -> None:
    [message] = messages(SHIFT, stack(Orders=ORDERS, Live=alias()))
    assert "UpdatePolicy.CodeDeployLambdaAliasUpdate" in message
    given = {"name": "live", "function_name": "f", "function_version": "7"}
    [message] = messages(SHIFT, terraform(aws_lambda_alias={"a": given}))
    assert "routing_config" in message


def test_a_deployment_preference_that_is_switched_off_is_named() -> None:
    for enabled in (False, "false"):
        preference = {"Enabled": enabled, "Type": "Canary10Percent5Minutes"}
        orders = resource("Serverless::Function", AutoPublishAlias="live", DeploymentPreference=preference)
        template = {"Transform": "AWS::Serverless-2016-10-31", **stack(Orders=orders)}
        assert found(SHIFT, template) == [Found("advice", "Orders", "Enabled: false")]
        [message] = messages(SHIFT, template)
        assert message.startswith("DeploymentPreference.Enabled of ")
        assert "has no DeploymentPreference" not in message


def test_an_application_that_moves_another_alias_does_not_move_this_one() -> None:
    update = {"CodeDeployLambdaAliasUpdate": {"ApplicationName": {"Ref": "App"}, "DeploymentGroupName": "g"}}
    template = stack(
        App=resource("CodeDeploy::Application", ComputePlatform="Lambda"),
        Other={**alias("prod"), "UpdatePolicy": update},
        Live=alias(),
    )
    assert found(SHIFT, template) == SHIFTED


def test_an_alias_that_terraform_leaves_to_others() -> None:
    given = {"name": "live", "function_name": "f", "function_version": "7"}
    left = {**given, "lifecycle": {"ignore_changes": ["function_version", "routing_config"]}}
    assert found(SHIFT, terraform(aws_lambda_alias={"a": left})) == []
    assert found(SHIFT, terraform(aws_lambda_alias={"a": given})) == [
        Found("advice", "aws_lambda_alias.a", "name: live")
    ]


PATH = "lambda:path/2015-03-31/functions"
INVOKERS = {
    "a rule": (resource("Events::Rule", Targets=[{"Id": "a", "Arn": arn("Orders")}]), "Arn"),
    "a rule by its ARN": (
        resource("Events::Rule", Targets=[{"Id": "a", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}]),
        "Arn: arn:aws:lambda:eu-west-1:111122223333:function:orders",
    ),
    "a rule by an ARN in pieces": (
        resource(
            "Events::Rule",
            Targets=[{"Id": "a", "Arn": sub("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Orders}")}],
        ),
        "Arn",
    ),
    "a schedule": (resource("Scheduler::Schedule", Target={"Arn": arn("Orders")}), "Arn"),
    "a subscription": (
        resource("SNS::Subscription", Protocol="lambda", TopicArn="t", Endpoint=arn("Orders")),
        "Endpoint",
    ),
    "a topic": (resource("SNS::Topic", Subscription=[{"Protocol": "lambda", "Endpoint": arn("Orders")}]), "Endpoint"),
    "a bucket": (
        resource(
            "S3::Bucket",
            NotificationConfiguration={"LambdaConfigurations": [{"Event": "s3:*", "Function": arn("Orders")}]},
        ),
        "Function",
    ),
    "an HTTP API": (
        resource("ApiGatewayV2::Integration", ApiId="a", IntegrationUri=arn("Orders")),
        "IntegrationUri",
    ),
    "a document": (
        resource(
            "ApiGateway::RestApi",
            Body={
                "paths": {
                    path: {
                        "get": {
                            "x-amazon-apigateway-integration": {
                                "uri": sub(f"arn:aws:apigateway:${{AWS::Region}}:{PATH}/${{Orders.Arn}}/invocations")
                            }
                        }
                    }
                    for path in ("/", "/orders")
                }
            },
        ),
        "uri",
    ),
    "a URL": (
        resource("Lambda::Url", TargetFunctionArn={"Ref": "Orders"}, AuthType="NONE"),
        "TargetFunctionArn",
    ),
    "a rule of IoT": (
        resource(
            "IoT::TopicRule",
            TopicRulePayload={"Sql": "SELECT 1", "Actions": [{"Lambda": {"FunctionArn": arn("Orders")}}]},
        ),
        "FunctionArn",
    ),
}
THROUGH = {
    "a stage's variable": resource(
        "ApiGateway::Method",
        Integration={
            "Uri": sub(f"arn:aws:apigateway:x:{PATH}/${{Orders.Arn}}:${{!stageVariables.a}}/invocations"),
        },
    ),
    "a URL of the alias": resource("Lambda::Url", TargetFunctionArn={"Ref": "Orders"}, Qualifier="live"),
    "an ARN with the alias": resource(
        "Events::Rule",
        Targets=[{"Id": "a", "Arn": sub("arn:aws:lambda:x:${AWS::AccountId}:function:${Orders}:live")}],
    ),
    "an alias by parameter": resource("Lambda::EventSourceMapping", FunctionName=sub("${Orders}:${Any}")),
    "another protocol": resource("SNS::Subscription", Protocol="sqs", TopicArn="t", Endpoint=arn("Orders")),
    "an imported function": resource("Lambda::EventSourceMapping", FunctionName=IMPORTED),
}


@pytest.mark.parametrize(("invoker", "place"), INVOKERS.values(), ids=INVOKERS)
def test_what_invokes_a_function_past_its_alias(invoker: dict[str, Any], place: str) -> None:
    permission = resource("Lambda::Permission", FunctionName=arn("Orders"), Principal="x")
    template = stack(Orders=ORDERS, Live=alias(), Invoker=invoker, Permission=permission)
    assert found(BYPASS, template) == [Found("warning", "Invoker", place)]
    assert second_places(BYPASS, template) == ["Live"]


@each_case("invoker", THROUGH.values(), ids=THROUGH)
def test_what_invokes_a_function_through_its_alias(invoker: dict[str, Any]) -> None:
    assert found(BYPASS, stack(Orders=ORDERS, Live=alias(), Invoker=invoker)) == []


def test_which_aliases_are_worth_a_detour() -> None:
    known = {"Orders": ORDERS, "Mapping": resource("Lambda::EventSourceMapping", FunctionName={"Ref": "Orders"})}
    dev = alias("dev", "$LATEST")
    assert found(BYPASS, stack(**known)) == []
    assert found(BYPASS, stack(**known, Dev=dev)) == []
    one, two = stack(**known, Dev=dev, A=alias("a")), stack(**known, Dev=dev, A=alias("a"), B=alias("b"))
    for template, aliases in ((one, "its alias a,"), (two, "its aliases a and b,")):
        assert found(BYPASS, template) == [Found("warning", "Mapping", "FunctionName")]
        [message] = messages(BYPASS, template)
        assert aliases in message


def test_a_permission_alone() -> None:
    def with_permission(name: str) -> dict[str, Any]:
        permission = resource("Lambda::Permission", FunctionName={"Ref": name}, Principal="x")
        return stack(Orders=ORDERS, Live=alias(), Permission=permission)

    assert found(BYPASS, with_permission("Orders")) == [Found("advice", "Permission", "FunctionName")]
    [message] = messages(BYPASS, with_permission("Orders"))
    assert "others" in message
    assert found(BYPASS, with_permission("Live")) == []


@pytest.mark.parametrize(
    ("principal", "is_found"), [("x", False), ({"Ref": "Any"}, False), ("y", True)], ids=["same", "unknown", "another"]
)
def test_a_permission_beside_one_for_the_alias(principal: Any, is_found: bool) -> None:
    whole = resource("Lambda::Permission", FunctionName={"Ref": "Orders"}, Principal="x")
    by_alias = resource("Lambda::Permission", FunctionName={"Ref": "Live"}, Principal=principal)
    template = stack(Orders=ORDERS, Live=alias(), Permission=whole, ByAlias=by_alias)
    assert found(BYPASS, template) == [Found("advice", "Permission", "FunctionName")] * is_found


def test_a_bucket_of_terraform_and_a_function_that_publishes_nothing() -> None:
    def with_function(publishes: bool, **others: Any) -> dict[str, Any]:
        function = {"function_name": "f", "publish": publishes}
        live = {"name": "live", "function_name": "f", "function_version": "${aws_lambda_function.f.version}"}
        return terraform(aws_lambda_function={"f": function}, aws_lambda_alias={"live": live}, **others)

    told = {
        "bucket": "${aws_s3_bucket.b.id}",
        "lambda_function": {"lambda_function_arn": "${aws_lambda_function.f.arn}"},
    }
    others: dict[str, Any] = {"aws_s3_bucket": {"b": {}}, "aws_s3_bucket_notification": {"b": told}}
    place = "lambda_function_arn: ${aws_lambda_function.f.arn}"
    assert found(BYPASS, with_function(True, **others)) == [Found("advice", "aws_s3_bucket.b", place)]
    # That the alias is no version is what another rule says.
    assert found(BYPASS, with_function(False, **others)) == []
    place = "function_version: ${aws_lambda_function.f.version}"
    assert found(UNPUBLISHED, with_function(False)) == [Found("warning", "aws_lambda_alias.live", place)]
    assert second_places(UNPUBLISHED, with_function(False)) == ["publish: false"]
    assert found(UNPUBLISHED, with_function(True)) == []


@pytest.mark.parametrize(
    ("preference", "kind"),
    [
        ("{Type: Canary10Percent5Minutes}", "Canary10Percent5Minutes"),
        ("{Enabled: 'true', Alarms: [a]}", ""),
        ("{Enabled: false, Type: AllAtOnce}", None),
    ],
)
def test_a_preference_without_an_alias(preference: str, kind: str | None) -> None:
    text = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {{Type: AWS::Serverless::Function, Properties: {{DeploymentPreference: {preference}}}}}
"""
    is_found = kind is not None
    assert found(PREFERENCE, text) == [Found("error", "Orders", "DeploymentPreference")] * is_found
    for message in messages(PREFERENCE, text):
        assert (f"({kind})" in message) is bool(kind)


NIGHTLY = resource("Events::Rule", Targets=[{"Id": "a", "Arn": arn("Orders")}])
LOST = [Found("advice", "Orders", "Orders")]


def invoke_config(**properties: Any) -> dict[str, Any]:
    return resource("Lambda::EventInvokeConfig", **{"FunctionName": "orders", "Qualifier": "$LATEST", **properties})


@pytest.mark.parametrize(
    ("written", "attempts"),
    [
        ({}, " after 3 attempts"),
        ({"MaximumRetryAttempts": 0}, " after one attempt;"),
        ({"MaximumRetryAttempts": 1}, " after 2 attempts"),
        ({"MaximumRetryAttempts": {"Ref": "Any"}}, None),
    ],
    ids=str,
)
def test_how_often_an_event_is_tried(written: dict[str, Any], attempts: str | None) -> None:
    template = stack(Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(**written))
    assert found(ASYNC, template) == LOST
    assert second_places(ASYNC, template) == ["Arn"]
    [message] = messages(ASYNC, template)
    assert "the rule Nightly " in message
    assert " more " not in message
    assert " attempt" not in message if attempts is None else attempts in message


def test_without_a_configuration_an_event_is_tried_three_times() -> None:
    template = stack(Orders=ORDERS, Nightly=NIGHTLY)
    assert found(ASYNC, template) == LOST
    assert " after 3 attempts" in messages(ASYNC, template)[0]


def test_who_keeps_what_fails() -> None:
    def with_config(**properties: Any) -> dict[str, Any]:
        return stack(Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(**properties))

    kept = {"OnFailure": {"Destination": {"Ref": "Any"}}}
    reported = {"OnSuccess": {"Destination": "arn:aws:sqs:x:1:q"}}
    assert found(ASYNC, with_config(DestinationConfig=kept)) == []
    assert found(ASYNC, with_config(FunctionName={"Ref": "Any"})) == []
    assert found(ASYNC, with_config(DestinationConfig=reported)) == LOST


def test_of_several_invokers_one_is_named_and_the_others_are_counted() -> None:
    topic = resource("SNS::Topic", Subscription=[{"Protocol": "lambda", "Endpoint": arn("Orders")}])
    template = stack(Orders=ORDERS, Nightly=NIGHTLY, Topic=topic)
    assert found(ASYNC, template) == LOST
    assert second_places(ASYNC, template) == ["Arn", "Endpoint"]
    [message] = messages(ASYNC, template)
    assert "the rule Nightly and 1 more " in message


def test_what_waits_for_an_answer_or_asks_again() -> None:
    queue = {"FunctionName": {"Ref": "Orders"}, "EventSourceArn": "arn:aws:sqs:x:1:q"}
    mapping = resource("Lambda::EventSourceMapping", **queue)
    method = resource("ApiGatewayV2::Integration", ApiId="a", IntegrationUri=arn("Orders"))
    assert found(ASYNC, stack(Orders=ORDERS, Mapping=mapping, Method=method)) == []


def test_a_function_that_is_invoked_by_its_alias() -> None:
    rule = resource("Events::Rule", Targets=[{"Id": "a", "Arn": {"Ref": "Live"}}])
    assert found(ASYNC, stack(Orders=ORDERS, Live=alias(), Rule=rule)) == LOST


def test_a_rule_of_iot_does_not_wait() -> None:
    actions: list[dict[str, Any]] = [
        {"Sqs": {"QueueUrl": "q", "RoleArn": "r"}},
        {"Lambda": {"FunctionArn": arn("Orders")}},
    ]

    def with_actions(*given: dict[str, Any]) -> dict[str, Any]:
        rule = resource("IoT::TopicRule", TopicRulePayload={"Sql": "SELECT 1", "Actions": list(given)})
        return stack(Orders=ORDERS, Rule=rule)

    assert found(ASYNC, with_actions(*actions)) == LOST
    assert second_places(ASYNC, with_actions(*actions)) == ["FunctionArn"]
    [message] = messages(ASYNC, with_actions(*actions))
    assert "the IoT rule Rule " in message
    assert found(ASYNC, with_actions(actions[0])) == []


def test_a_function_of_sam_is_told_in_the_words_of_sam() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {AutoPublishAlias: live, Events: {Things: {Type: IoTRule, Properties: {Sql: SELECT 1}}}}
"""
    [message] = messages(ASYNC, text)
    assert "DeadLetterQueue" in message
    assert "DeadLetterConfig" not in message
    [message] = messages(SHIFT, text)
    assert "DeploymentPreference" in message
    assert "UpdatePolicy" not in message


def test_a_function_beside_sam_is_told_in_its_own_words() -> None:
    text = """
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  Plain: {Type: AWS::Lambda::Function}
  Rule:
    Type: AWS::Events::Rule
    Properties: {Targets: [{Id: a, Arn: !GetAtt Plain.Arn}, {Id: b, Arn: !GetAtt WorkA.Arn}]}
  Fn::ForEach::Work: [Name, [A], {"Work${Name}": {Type: AWS::Lambda::Function}}]
"""
    assert [one.resource for one in found(ASYNC, text)] == ["Plain", "WorkA"]
    for message in messages(ASYNC, text):
        assert "DeadLetterConfig" in message
        assert "DeadLetterQueue" not in message


@pytest.mark.parametrize("enabled", ["true", "false", "var.enabled"])
def test_a_topic_rule_of_terraform_beside_a_function(enabled: str) -> None:
    """Whether it is switched off is asked of each sender, so Terraform has a word for that."""
    template = f"""
resource "aws_lambda_function" "worker" {{
  function_name = "worker"
}}
resource "aws_iot_topic_rule" "readings" {{
  name        = "readings"
  enabled     = {enabled}
  sql         = "SELECT *"
  sql_version = "2016-03-23"
  sqs {{
    queue_url  = "https://sqs.eu-west-1.amazonaws.com/123456789012/readings"
    role_arn   = "arn:aws:iam::123456789012:role/iot"
    use_base64 = false
  }}
}}
"""
    assert not found("lambda-async-failure", template)


def test_what_takes_the_place_of_an_unused_dead_letter_queue() -> None:
    template = """
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Work:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}
  Bare: {Type: AWS::SQS::Queue}
  Stream: {Type: AWS::Kinesis::Stream}
  Orders: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Orders, EventSourceArn: SOURCE}}
"""
    for source, remedy in (
        ("!GetAtt Work.Arn", "remove it"),
        ("!GetAtt Bare.Arn", "put a RedrivePolicy on Bare"),
        ("!GetAtt Stream.Arn", "put OnFailure on the mapping"),
        ("arn:aws:sqs:eu-west-1:111122223333:work", "remove it, and give the queue a RedrivePolicy if it has none"),
        ("!ImportValue work", "put OnFailure on the mapping, or a RedrivePolicy on its queue"),
    ):
        [message] = messages("lambda-dead-letter-unused", template.replace("SOURCE", source))
        assert message.endswith(f"; {remedy}")


@pytest.mark.parametrize(
    ("more", "levels"),
    [
        ({}, []),
        ({"DeploymentPreference": {"Type": "Canary10Percent5Minutes"}}, ["warning"]),
        ({"ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 1}}, ["warning"]),
        ({"SnapStart": {"ApplyOn": "PublishedVersions"}}, ["warning"]),
    ],
)
def test_who_passes_an_alias_that_follows_each_code_is_not_told(more: dict[str, Any], levels: list[str]) -> None:
    function = resource("Serverless::Function", AutoPublishAlias="live", **more)
    target = {"Id": "a", "Arn": {"Fn::GetAtt": ["Orders", "Arn"]}}
    rule = resource("Events::Rule", ScheduleExpression="rate(7 days)", Targets=[target])
    template = {"Transform": "AWS::Serverless-2016-10-31", **stack(Orders=function, Rule=rule)}
    assert [each.level for each in found(BYPASS, template)] == levels


def test_what_is_left_of_an_api_is_no_trigger() -> None:
    permission = resource("Lambda::Permission", FunctionName={"Ref": "Orders"}, Principal="apigateway.amazonaws.com")
    assert found(BYPASS, stack(Orders=ORDERS, Live=alias(), Permission=permission)) == []
