"""What makes a naive look at deployments wrong: defaults of each platform and language, and what SAM makes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

ALL_AT_ONCE = "deploy-all-at-once"
ROLLBACK = "deploy-rollback"
ALARMS = "deploy-without-alarms"
PARAMETERS = {"Name": {"Type": "String"}, "Stage": {"Type": "String"}}
LAMBDA = "CodeDeployDefault.LambdaCanary10Percent5Minutes"


def said(rule: str, document: dict[str, Any]) -> list[tuple[str | None, str]]:
    return [(one.level, one.message) for one in Example(rules()[rule], json.dumps(document, indent=1)).findings()]


def group(rule: str, platform: object = "Lambda", **properties: Any) -> list[tuple[str | None, str]]:
    application = {"Type": "AWS::CodeDeploy::Application", "Properties": {"ApplicationName": "orders"}}
    if platform is not None:
        application["Properties"]["ComputePlatform"] = platform  # type: ignore[index]
    made = {"ApplicationName": {"Ref": "Application"}, "ServiceRoleArn": "arn:aws:iam::1:role/r", **properties}
    resources = {"Application": application, "Web": {"Type": "AWS::CodeDeploy::DeploymentGroup", "Properties": made}}
    return said(rule, {"Parameters": PARAMETERS, "Resources": resources})


def serverless(rule: str, preference: dict[str, Any], **function: Any) -> list[tuple[str | None, str]]:
    made = {"AutoPublishAlias": "live", "DeploymentPreference": preference, **function}
    return said(
        rule,
        {
            "Transform": "AWS::Serverless-2016-10-31",
            "Parameters": PARAMETERS,
            "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
            "Resources": {"Orders": {"Type": "AWS::Serverless::Function", "Properties": made}},
        },
    )


def terraform(rule: str, platform: str, **arguments: Any) -> list[tuple[str | None, str]]:
    made = {"app_name": "${aws_codedeploy_app.a.name}", "deployment_group_name": "w", "service_role_arn": "r"}
    application = {"name": "orders", "compute_platform": platform}
    resources = {
        "aws_codedeploy_app": {"a": application},
        "aws_codedeploy_deployment_group": {"w": {**made, **arguments}},
    }
    return said(rule, {"resource": resources})


def moves(name: str, step: str, who: str = "Web") -> tuple[str, str]:
    return (
        "warning",
        f"{who} moves all traffic to a new version at once ({name}); move it in steps, with {step} for one",
    )


def test_lambda_and_ecs_at_once() -> None:
    assert group(ALL_AT_ONCE, DeploymentConfigName="CodeDeployDefault.LambdaAllAtOnce") == [
        moves("CodeDeployDefault.LambdaAllAtOnce", LAMBDA)
    ]
    assert group(ALL_AT_ONCE, "ECS", DeploymentConfigName="CodeDeployDefault.ECSAllAtOnce") == [
        moves("CodeDeployDefault.ECSAllAtOnce", "CodeDeployDefault.ECSCanary10Percent5Minutes")
    ]


def test_instances_at_once_are_advice() -> None:
    assert group(ALL_AT_ONCE, "Server", DeploymentConfigName="CodeDeployDefault.AllAtOnce") == [
        (
            "advice",
            "Web deploys to all instances at once (CodeDeployDefault.AllAtOnce); move it in steps, "
            "with CodeDeployDefault.HalfAtATime for one",
        )
    ]


def test_without_a_name_lambda_moves_at_once() -> None:
    expected = [moves("CodeDeployDefault.LambdaAllAtOnce, the default", LAMBDA)]
    assert group(ALL_AT_ONCE) == expected
    assert group(ALL_AT_ONCE, ApplicationName="orders") == expected


@pytest.mark.parametrize("platform", ["ECS", "Server", None, {"Ref": "Name"}])
def test_without_a_name_other_platforms_do_not(platform: object) -> None:
    assert group(ALL_AT_ONCE, platform) == []


@pytest.mark.parametrize("application", ["other", {"Ref": "Name"}])
def test_without_a_name_the_platform_of_another_application_is_not_known(application: object) -> None:
    assert group(ALL_AT_ONCE, ApplicationName=application) == []


@pytest.mark.parametrize("name", [LAMBDA, "OursAllAtOnce", {"Ref": "Name"}, "CodeDeployDefault.LambdaAllAtOncePlus"])
def test_other_configurations(name: object) -> None:
    assert group(ALL_AT_ONCE, DeploymentConfigName=name) == []


def test_terraform_sends_one_at_a_time() -> None:
    assert terraform(ALL_AT_ONCE, "Lambda") == []
    assert terraform(ALL_AT_ONCE, "Lambda", deployment_config_name="CodeDeployDefault.LambdaAllAtOnce") == [
        moves("CodeDeployDefault.LambdaAllAtOnce", LAMBDA, "aws_codedeploy_deployment_group.w")
    ]


def test_sam_preferences() -> None:
    expected = [moves("CodeDeployDefault.LambdaAllAtOnce", LAMBDA, "OrdersDeploymentGroup")]
    assert serverless(ALL_AT_ONCE, {"Type": "AllAtOnce"}) == expected
    assert serverless(ALL_AT_ONCE, {"Type": "AllAtOnce", "Enabled": False}) == []
    assert serverless(ALL_AT_ONCE, {"Type": "Linear10PercentEvery1Minute"}) == []


def test_sam_at_once_in_some_deployments_is_advice() -> None:
    by_stage = {"Fn::If": ["IsProd", "Canary10Percent5Minutes", "AllAtOnce"]}
    ((level, message),) = serverless(ALL_AT_ONCE, {"Type": by_stage})
    assert level == "advice"
    assert "CodeDeployDefault.LambdaAllAtOnce" in message


def lambda_action(**configuration: Any) -> list[tuple[str | None, str]]:
    type_ = {"Category": "Deploy", "Owner": "AWS", "Provider": "Lambda", "Version": "1"}
    deploy = {"Name": "Orders", "ActionTypeId": type_, "Configuration": {"FunctionName": "orders", **configuration}}
    stages = [{"Name": "Prod", "Actions": [deploy]}]
    pipeline = {"Type": "AWS::CodePipeline::Pipeline", "Properties": {"Stages": stages}}
    return said(ALL_AT_ONCE, {"Parameters": PARAMETERS, "Resources": {"Release": pipeline}})


def test_the_lambda_deploy_action() -> None:
    advice = "set DeployStrategy to Canary10Percent5Minutes, for one"
    at_once = "Release moves all traffic to a new version at once in Prod/Orders"
    assert lambda_action(FunctionAlias="live") == [("warning", f"{at_once} (the default, AllAtOnce); {advice}")]
    assert lambda_action(FunctionAlias="live", DeployStrategy="AllAtOnce") == [
        ("warning", f"{at_once} (AllAtOnce); {advice}")
    ]


def test_a_lambda_deploy_action_that_moves_no_alias_has_no_strategy() -> None:
    assert lambda_action() == []


@pytest.mark.parametrize("strategy", ["Linear10PercentEvery1Minute", {"Ref": "Name"}])
def test_other_strategies_of_the_lambda_deploy_action(strategy: object) -> None:
    assert lambda_action(FunctionAlias="live", DeployStrategy=strategy) == []


ROLLED_FORWARD = (
    "warning",
    "Web leaves the new version in place when a deployment fails; set AutoRollbackConfiguration.Enabled to true, "
    "with the event DEPLOYMENT_FAILURE",
)


@pytest.mark.parametrize("platform", ["Lambda", "ECS", "Server"])
def test_every_platform_wants_rollback(platform: str) -> None:
    assert group(ROLLBACK, platform) == [ROLLED_FORWARD]
    assert group(ROLLBACK, platform, AutoRollbackConfiguration={"Enabled": "true"}) == []


def test_rollback_of_unknown_state() -> None:
    assert group(ROLLBACK, AutoRollbackConfiguration={"Ref": "Name"}) == []


def test_sams_group_rolls_back() -> None:
    assert serverless(ROLLBACK, {"Type": "AllAtOnce"}) == []


def test_terraform_without_enabled_is_off() -> None:
    events = ["DEPLOYMENT_FAILURE"]
    assert len(terraform(ROLLBACK, "Lambda", auto_rollback_configuration={"events": events})) == 1
    assert terraform(ROLLBACK, "Lambda", auto_rollback_configuration=[{"enabled": True, "events": events}]) == []


WITHOUT = (
    "so a version that starts well and then fails reaches everybody; name CloudWatch alarms on its errors in "
    "AlarmConfiguration and enable them"
)


def test_alarms() -> None:
    none = [("advice", f"Web names no alarm, {WITHOUT}")]
    assert group(ALARMS) == none
    assert group(ALARMS, AlarmConfiguration={"Enabled": True, "Alarms": []}) == none
    assert group(ALARMS, AlarmConfiguration={"Enabled": "false", "Alarms": [{"Name": "errors"}]}) == [
        ("advice", f"Web has its alarms switched off, {WITHOUT}")
    ]
    assert group(ALARMS, AlarmConfiguration={"Alarms": [{"Name": {"Ref": "Name"}}]}) == []
    assert group(ALARMS, AlarmConfiguration={"Ref": "Name"}) == []


def test_alarms_of_a_sam_preference() -> None:
    assert serverless(ALARMS, {"Type": "AllAtOnce", "Alarms": [{"Ref": "Name"}]}) == []
    assert serverless(ALARMS, {"Type": "AllAtOnce"}) == [("advice", f"OrdersDeploymentGroup names no alarm, {WITHOUT}")]
    assert serverless(ALARMS, {"Type": "AllAtOnce", "Enabled": False}) == []


def test_alarms_in_terraform_are_off_until_enabled() -> None:
    ((level, message),) = terraform(ALARMS, "Lambda", alarm_configuration={"alarms": ["errors"]})
    assert (level, "has its alarms switched off" in message) == ("advice", True)
    assert terraform(ALARMS, "Lambda", alarm_configuration={"alarms": ["errors"], "enabled": True}) == []
