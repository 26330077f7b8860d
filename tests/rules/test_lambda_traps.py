"""What makes a naive reading of functions wrong: who names an alias, who moves it, who waits for an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.judge import LintOptions, lint
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment import Declared
from awslint_memo.readers.terraform_names import LOOKED_AT

LATEST = "lambda-alias-latest"
WEIGHTS = "lambda-alias-weights"
SHIFT = "lambda-alias-shift"
BYPASS = "lambda-trigger-bypasses-alias"
PREFERENCE = "lambda-deployment-preference"
UNPUBLISHED = "lambda-version-not-published"
ASYNC = "lambda-async-failure"

Said = list[tuple[str | None, str]]

PARAMETERS = {"Any": {"Type": "String"}, "Name": {"Type": "String", "Default": "orders"}}
ORDERS = ("Lambda::Function", {"FunctionName": "orders"})


def said(rule: str, text: str) -> Said:
    return [(one.level, one.message) for one in Example(rules()[rule], text).findings()]


def stack(rule: str, **resources: tuple[str, dict[str, Any]]) -> Said:
    made = {name: {"Type": f"AWS::{type_}", "Properties": given} for name, (type_, given) in resources.items()}
    return said(rule, json.dumps({"Parameters": PARAMETERS, "Resources": made}))


def terraform(rule: str, **types: dict[str, Any]) -> Said:
    return said(rule, json.dumps({"resource": types}))


def alias(name: Any = "live", version: Any = "7", **properties: Any) -> tuple[str, dict[str, Any]]:
    given = {"FunctionName": {"Ref": "Orders"}, "FunctionVersion": version, "Name": name, **properties}
    return "Lambda::Alias", given


def arn(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


def sub(text: str) -> dict[str, Any]:
    return {"Fn::Sub": text}


def test_the_names_of_development_are_the_users() -> None:
    given = {"name": "blue", "function_name": "f", "function_version": "$LATEST"}
    text = json.dumps({"resource": {"aws_lambda_alias": {"a": given}}})
    example = Example(rules()[LATEST], text)
    assert said(LATEST, text) == [
        (
            "warning",
            'aws_lambda_alias.a is called "blue" and points to $LATEST, which changes with every upload; '
            "point it to a version",
        )
    ]
    lint_options = LintOptions([rules()[LATEST]], LOOKED_AT, declared=Declared(development=["blue"]))
    assert lint(example.template, lint_options)[0] == []


def test_a_share_and_an_unpublished_version_are_two_mistakes() -> None:
    shares = {"AdditionalVersionWeights": [{"FunctionVersion": "$LATEST", "FunctionWeight": -0.5}]}
    assert stack(WEIGHTS, Orders=ORDERS, Live=alias(RoutingConfig=shares)) == [
        (
            "error",
            "Live splits its traffic, but $LATEST can't be one of the versions; publish it and name the version",
        ),
        ("error", "Live gives -0.5 of its traffic to a second version; a share is between 0 and 1"),
    ]


@pytest.mark.parametrize(("main", "second", "line"), [("$LATEST", "8", "main"), ("7", "$LATEST", "second")])
def test_the_place_of_an_unpublished_version(main: str, second: str, line: str) -> None:
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
    (found,) = Example(rules()[WEIGHTS], text).findings()
    assert text.split("\n")[found.span.line - 1].endswith(f"# {line}")


@pytest.mark.parametrize("share", [0, 0.0, "0.1", 1])
def test_shares_that_lambda_takes(share: Any) -> None:
    shares = {"AdditionalVersionWeights": [{"FunctionVersion": "8", "FunctionWeight": share}]}
    assert stack(WEIGHTS, Orders=ORDERS, Live=alias(RoutingConfig=shares)) == []


def test_a_version_of_terraform_is_itself() -> None:
    version = "${aws_lambda_function.f.version}"
    given = {"name": "live", "function_name": "f", "function_version": version}
    function = {"f": {"function_name": "f", "publish": True}}
    same = {**given, "routing_config": {"additional_version_weights": {version: 0.1}}}
    # Nobody knows the key of the map before the function is made.
    assert terraform(WEIGHTS, aws_lambda_function=function, aws_lambda_alias={"a": same}) == []
    other = {**given, "function_version": "3", "routing_config": {"additional_version_weights": {"3": 0.1}}}
    assert terraform(WEIGHTS, aws_lambda_function=function, aws_lambda_alias={"a": other}) == [
        (
            "warning",
            "aws_lambda_alias.a splits its traffic between a version and itself, so nothing is tried; "
            "name another second version",
        )
    ]


SHIFTED = [
    (
        "advice",
        'Live is called "live" and moves to a new version in one step; move it by steps, with '
        "UpdatePolicy.CodeDeployLambdaAliasUpdate",
    )
]


def test_who_else_moves_an_alias() -> None:
    action = {
        "Name": "Deploy",
        "ActionTypeId": {"Category": "Deploy", "Owner": "AWS", "Provider": "Lambda", "Version": "1"},
        "Configuration": {"FunctionName": "orders", "FunctionAlias": "live"},
    }
    build = {**action, "ActionTypeId": {**action["ActionTypeId"], "Category": "Invoke"}}  # type: ignore[dict-item]
    pipeline = ("CodePipeline::Pipeline", {"Stages": [{"Name": "Prod", "Actions": [action]}]})
    invoking = ("CodePipeline::Pipeline", {"Stages": [{"Name": "Prod", "Actions": [build]}]})
    for_lambda = ("CodeDeploy::Application", {"ComputePlatform": "Lambda"})
    for_any = ("CodeDeploy::Application", {"ComputePlatform": {"Ref": "Any"}})
    for_servers: tuple[str, dict[str, Any]] = ("CodeDeploy::Application", {})
    assert stack(SHIFT, Orders=ORDERS, Live=alias()) == SHIFTED
    assert stack(SHIFT, Orders=ORDERS, Live=alias(), Servers=for_servers, Invoking=invoking) == SHIFTED
    for mover in (pipeline, for_lambda, for_any):
        assert stack(SHIFT, Orders=ORDERS, Live=alias(), Mover=mover) == []


def test_an_application_that_moves_another_alias_does_not_move_this_one() -> None:
    update = {"CodeDeployLambdaAliasUpdate": {"ApplicationName": {"Ref": "App"}, "DeploymentGroupName": "g"}}
    resources = {
        "App": {"Type": "AWS::CodeDeploy::Application", "Properties": {"ComputePlatform": "Lambda"}},
        "Other": {"Type": "AWS::Lambda::Alias", "UpdatePolicy": update, "Properties": alias("prod")[1]},
        "Live": {"Type": "AWS::Lambda::Alias", "Properties": alias()[1]},
    }
    assert said(SHIFT, json.dumps({"Resources": resources})) == SHIFTED


def test_an_alias_that_terraform_leaves_to_others() -> None:
    given = {"name": "live", "function_name": "f", "function_version": "7"}
    left = {**given, "lifecycle": {"ignore_changes": ["function_version", "routing_config"]}}
    assert terraform(SHIFT, aws_lambda_alias={"a": left}) == []
    assert terraform(SHIFT, aws_lambda_alias={"a": given}) == [
        (
            "advice",
            'aws_lambda_alias.a is called "live" and moves to a new version in one step; move it by steps, with '
            "routing_config",
        )
    ]


PATH = "lambda:path/2015-03-31/functions"
INVOKERS = {
    "a rule": ("Events::Rule", {"Targets": [{"Id": "a", "Arn": arn("Orders")}]}),
    "a rule by its ARN": (
        "Events::Rule",
        {"Targets": [{"Id": "a", "Arn": "arn:aws:lambda:eu-west-1:111122223333:function:orders"}]},
    ),
    "a rule by an ARN in pieces": (
        "Events::Rule",
        {"Targets": [{"Id": "a", "Arn": sub("arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Orders}")}]},
    ),
    "a schedule": ("Scheduler::Schedule", {"Target": {"Arn": arn("Orders")}}),
    "a subscription": ("SNS::Subscription", {"Protocol": "lambda", "TopicArn": "t", "Endpoint": arn("Orders")}),
    "a topic": ("SNS::Topic", {"Subscription": [{"Protocol": "lambda", "Endpoint": arn("Orders")}]}),
    "a bucket": (
        "S3::Bucket",
        {"NotificationConfiguration": {"LambdaConfigurations": [{"Event": "s3:*", "Function": arn("Orders")}]}},
    ),
    "an HTTP API": ("ApiGatewayV2::Integration", {"ApiId": "a", "IntegrationUri": arn("Orders")}),
    "a document": (
        "ApiGateway::RestApi",
        {
            "Body": {
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
            }
        },
    ),
    "a URL": ("Lambda::Url", {"TargetFunctionArn": {"Ref": "Orders"}, "AuthType": "NONE"}),
    "a rule of IoT": (
        "IoT::TopicRule",
        {"TopicRulePayload": {"Sql": "SELECT 1", "Actions": [{"Lambda": {"FunctionArn": arn("Orders")}}]}},
    ),
}
THROUGH = {
    "a stage's variable": (
        "ApiGateway::Method",
        {
            "Integration": {
                "Uri": sub(f"arn:aws:apigateway:x:{PATH}/${{Orders.Arn}}:${{!stageVariables.a}}/invocations")
            }
        },
    ),
    "a URL of the alias": ("Lambda::Url", {"TargetFunctionArn": {"Ref": "Orders"}, "Qualifier": "live"}),
    "an ARN with the alias": (
        "Events::Rule",
        {"Targets": [{"Id": "a", "Arn": sub("arn:aws:lambda:x:${AWS::AccountId}:function:${Orders}:live")}]},
    ),
    "an alias by parameter": ("Lambda::EventSourceMapping", {"FunctionName": sub("${Orders}:${Any}")}),
    "another protocol": ("SNS::Subscription", {"Protocol": "sqs", "TopicArn": "t", "Endpoint": arn("Orders")}),
    "an imported function": ("Lambda::EventSourceMapping", {"FunctionName": {"Fn::ImportValue": "orders"}}),
}


@pytest.mark.parametrize("invoker", INVOKERS.values(), ids=INVOKERS)
def test_what_invokes_a_function_past_its_alias(invoker: tuple[str, dict[str, Any]]) -> None:
    permission = ("Lambda::Permission", {"FunctionName": arn("Orders"), "Principal": "x"})
    found = stack(BYPASS, Orders=ORDERS, Live=alias(), Invoker=invoker, Permission=permission)
    assert found == [("warning", "Invoker invokes Orders itself, past its alias live; name the alias")]


@pytest.mark.parametrize("invoker", THROUGH.values(), ids=THROUGH)
def test_what_invokes_a_function_through_its_alias(invoker: tuple[str, dict[str, Any]]) -> None:
    assert stack(BYPASS, Orders=ORDERS, Live=alias(), Invoker=invoker) == []


def test_which_aliases_are_worth_a_detour() -> None:
    mapping = ("Lambda::EventSourceMapping", {"FunctionName": {"Ref": "Orders"}})
    assert stack(BYPASS, Orders=ORDERS, Mapping=mapping) == []
    assert stack(BYPASS, Orders=ORDERS, Mapping=mapping, Dev=alias("dev", "$LATEST")) == []
    assert stack(BYPASS, Orders=ORDERS, Mapping=mapping, Dev=alias("dev", "$LATEST"), A=alias("a"), B=alias("b")) == [
        ("warning", "Mapping invokes Orders itself, past its aliases a and b; name one of them")
    ]


def test_a_permission_alone() -> None:
    permission = ("Lambda::Permission", {"FunctionName": {"Ref": "Orders"}, "Principal": "x"})
    assert stack(BYPASS, Orders=ORDERS, Live=alias(), Permission=permission) == [
        ("warning", "Permission lets others invoke Orders itself, past its alias live; name the alias")
    ]
    permission[1]["FunctionName"] = {"Ref": "Live"}
    assert stack(BYPASS, Orders=ORDERS, Live=alias(), Permission=permission) == []


def test_a_bucket_of_terraform_and_a_function_that_publishes_nothing() -> None:
    function = {"f": {"function_name": "f", "publish": True}}
    live = {"name": "live", "function_name": "f", "function_version": "${aws_lambda_function.f.version}"}
    told = {
        "bucket": "${aws_s3_bucket.b.id}",
        "lambda_function": {"lambda_function_arn": "${aws_lambda_function.f.arn}"},
    }
    others: dict[str, Any] = {"aws_s3_bucket": {"b": {}}, "aws_s3_bucket_notification": {"b": told}}
    assert terraform(BYPASS, aws_lambda_function=function, aws_lambda_alias={"live": live}, **others) == [
        (
            "warning",
            "aws_s3_bucket.b invokes aws_lambda_function.f itself, past its alias live; name the alias",
        )
    ]
    # That the alias is no version is what another rule says.
    function["f"]["publish"] = False
    assert terraform(BYPASS, aws_lambda_function=function, aws_lambda_alias={"live": live}, **others) == []
    assert terraform(UNPUBLISHED, aws_lambda_function=function, aws_lambda_alias={"live": live}) == [
        (
            "warning",
            "aws_lambda_alias.live takes the version of aws_lambda_function.f, which publishes none and is therefore "
            "$LATEST; set publish = true",
        )
    ]


@pytest.mark.parametrize(
    ("preference", "message"),
    [
        ("{Type: Canary10Percent5Minutes}", "has a DeploymentPreference (Canary10Percent5Minutes) and no alias"),
        ("{Enabled: 'true', Alarms: [a]}", "has a DeploymentPreference and no alias"),
        ("{Enabled: false, Type: AllAtOnce}", ""),
    ],
)
def test_a_preference_without_an_alias(preference: str, message: str) -> None:
    text = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {{Type: AWS::Serverless::Function, Properties: {{DeploymentPreference: {preference}}}}}
"""
    expected = [("error", f"Orders {message} that it could move; set AutoPublishAlias")]
    assert said(PREFERENCE, text) == (expected if message else [])


NIGHTLY = ("Events::Rule", {"Targets": [{"Id": "a", "Arn": arn("Orders")}]})
ADVICE = "name a queue in DeadLetterConfig or an OnFailure destination"


def invoke_config(**properties: Any) -> tuple[str, dict[str, Any]]:
    return "Lambda::EventInvokeConfig", {"FunctionName": "orders", "Qualifier": "$LATEST", **properties}


def test_how_often_an_event_is_tried() -> None:
    lost = f"and the rule Nightly does not wait for it; {ADVICE}"
    assert stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY) == [
        ("advice", f"Orders loses an event that it fails to work on after 3 attempts, {lost}")
    ]
    assert stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(MaximumRetryAttempts=0)) == [
        ("advice", f"Orders loses an event that it fails to work on after one attempt, {lost}")
    ]
    assert stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(MaximumRetryAttempts=1)) == [
        ("advice", f"Orders loses an event that it fails to work on after 2 attempts, {lost}")
    ]
    assert stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(MaximumRetryAttempts={"Ref": "Any"})) == [
        ("advice", f"Orders loses an event that it fails to work on, {lost}")
    ]


def test_who_keeps_what_fails() -> None:
    kept = {"DestinationConfig": {"OnFailure": {"Destination": {"Ref": "Any"}}}}
    reported = {"DestinationConfig": {"OnSuccess": {"Destination": "arn:aws:sqs:x:1:q"}}}
    assert stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(**kept)) == []
    assert stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(FunctionName={"Ref": "Any"})) == []
    assert len(stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Config=invoke_config(**reported))) == 1
    topic = ("SNS::Topic", {"Subscription": [{"Protocol": "lambda", "Endpoint": arn("Orders")}]})
    found = stack(ASYNC, Orders=ORDERS, Nightly=NIGHTLY, Topic=topic)
    assert found == [
        (
            "advice",
            "Orders loses an event that it fails to work on after 3 attempts, and the rule Nightly and 1 more do not "
            f"wait for it; {ADVICE}",
        )
    ]


def test_what_waits_for_an_answer_or_asks_again() -> None:
    mapping = ("Lambda::EventSourceMapping", {"FunctionName": {"Ref": "Orders"}, "EventSourceArn": "arn:aws:sqs:x:1:q"})
    method = ("ApiGatewayV2::Integration", {"ApiId": "a", "IntegrationUri": arn("Orders")})
    assert stack(ASYNC, Orders=ORDERS, Mapping=mapping, Method=method) == []


def test_a_function_that_is_invoked_by_its_alias() -> None:
    rule = ("Events::Rule", {"Targets": [{"Id": "a", "Arn": {"Ref": "Live"}}]})
    assert len(stack(ASYNC, Orders=ORDERS, Live=alias(), Rule=rule)) == 1


def test_a_rule_of_iot_does_not_wait() -> None:
    lost = "loses an event that it fails to work on after 3 attempts, and the IoT rule Rule does not wait for it"
    actions = [{"Sqs": {"QueueUrl": "q", "RoleArn": "r"}}, {"Lambda": {"FunctionArn": arn("Orders")}}]
    rule = ("IoT::TopicRule", {"TopicRulePayload": {"Sql": "SELECT 1", "Actions": actions}})
    assert stack(ASYNC, Orders=ORDERS, Rule=rule) == [("advice", f"Orders {lost}; {ADVICE}")]
    queue_only = ("IoT::TopicRule", {"TopicRulePayload": {"Sql": "SELECT 1", "Actions": actions[:1]}})
    assert stack(ASYNC, Orders=ORDERS, Rule=queue_only) == []


def test_a_function_of_sam_is_told_in_the_words_of_sam() -> None:
    text = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {AutoPublishAlias: live, Events: {Things: {Type: IoTRule, Properties: {Sql: SELECT 1}}}}
"""
    assert [message.rpartition("; ")[2] for _, message in said(ASYNC, text)] == [
        "name a queue in DeadLetterQueue or an OnFailure destination"
    ]
    assert said(SHIFT, text)[0][1].endswith("; move it by steps, with DeploymentPreference")


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
    assert [message.rpartition("; ")[2] for _, message in said(ASYNC, text)] == [ADVICE, ADVICE]
