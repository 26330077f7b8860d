"""What makes a naive look at deployments wrong: defaults of each platform and language, and what SAM makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cases import each_case
from tests.command import report
from tests.linting import Found, found, messages, resource, second_places, stack
from tests.linting import terraform as configuration

ALL_AT_ONCE = "deploy-all-at-once"
ROLLBACK = "deploy-rollback"
ALARMS = "deploy-without-alarms"
PARAMETERS = {"Name": {"Type": "String"}, "Stage": {"Type": "String"}}
LAMBDA = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
GROUP = "aws_codedeploy_deployment_group.w"


def group(platform: object = "Lambda", **properties: Any) -> dict[str, Any]:
    """A deployment group named Web of an application on a platform."""
    computes = {} if platform is None else {"ComputePlatform": platform}
    made = {"ApplicationName": {"Ref": "Application"}, "ServiceRoleArn": "arn:aws:iam::1:role/r", **properties}
    return stack(
        {"Parameters": PARAMETERS},
        Application=resource("CodeDeploy::Application", ApplicationName="orders", **computes),
        Web=resource("CodeDeploy::DeploymentGroup", **made),
    )


def serverless(preference: dict[str, Any]) -> dict[str, Any]:
    """A function of SAM named Orders that is deployed so."""
    sections = {
        "Transform": "AWS::Serverless-2016-10-31",
        "Parameters": PARAMETERS,
        "Conditions": {"IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    }
    orders = resource("Serverless::Function", AutoPublishAlias="live", DeploymentPreference=preference)
    return stack(sections, Orders=orders)


def terraform(platform: str, **arguments: Any) -> dict[str, Any]:
    made = {"app_name": "${aws_codedeploy_app.a.name}", "deployment_group_name": "w", "service_role_arn": "r"}
    return configuration(
        aws_codedeploy_app={"a": {"name": "orders", "compute_platform": platform}},
        aws_codedeploy_deployment_group={"w": {**made, **arguments}},
    )


@pytest.mark.parametrize(
    ("platform", "name", "level", "better"),
    [
        ("Lambda", "CodeDeployDefault.LambdaAllAtOnce", "advice", LAMBDA),
        ("ECS", "CodeDeployDefault.ECSAllAtOnce", "advice", "CodeDeployDefault.ECSCanary10Percent5Minutes"),
        ("Server", "CodeDeployDefault.AllAtOnce", "advice", "CodeDeployDefault.HalfAtATime"),
    ],
)
def test_at_once_by_a_written_name_is_advice(platform: str, name: str, level: str, better: str) -> None:
    at_once = group(platform, DeploymentConfigName=name)
    assert found(ALL_AT_ONCE, at_once) == [Found(level, "Web", f"DeploymentConfigName: {name}")]
    (message,) = messages(ALL_AT_ONCE, at_once)
    assert f" {better}, " in message
    assert ("instances" if platform == "Server" else "traffic") in message
    assert "default" not in message


def test_without_a_name_lambda_moves_at_once() -> None:
    for by_default in (group(), group(ApplicationName="orders")):
        assert found(ALL_AT_ONCE, by_default) == [Found("warning", "Web", "Web")]
        (message,) = messages(ALL_AT_ONCE, by_default)
        assert "CodeDeployDefault.LambdaAllAtOnce (default)" in message


@each_case("platform", ["ECS", "Server", None, {"Ref": "Name"}])
def test_without_a_name_other_platforms_do_not(platform: object) -> None:
    assert found(ALL_AT_ONCE, group(platform)) == []


@pytest.mark.parametrize("application", ["other", {"Ref": "Name"}])
def test_without_a_name_the_platform_of_another_application_is_not_known(application: object) -> None:
    assert found(ALL_AT_ONCE, group(ApplicationName=application)) == []


@each_case("name", [LAMBDA, "OursAllAtOnce", {"Ref": "Name"}, "CodeDeployDefault.LambdaAllAtOncePlus"])
def test_other_configurations(name: object) -> None:
    assert found(ALL_AT_ONCE, group(DeploymentConfigName=name)) == []


def test_terraform_sends_one_at_a_time() -> None:
    assert found(ALL_AT_ONCE, terraform("Lambda")) == []
    name = "CodeDeployDefault.LambdaAllAtOnce"
    at_once = terraform("Lambda", deployment_config_name=name)
    assert found(ALL_AT_ONCE, at_once) == [Found("advice", GROUP, f"deployment_config_name: {name}")]


def test_sam_preferences() -> None:
    at_once = serverless({"Type": "AllAtOnce"})
    assert found(ALL_AT_ONCE, at_once) == [Found("advice", "Orders", "Type: AllAtOnce")]
    (message,) = messages(ALL_AT_ONCE, at_once)
    assert message.startswith("DeploymentPreference.Type of ")
    assert " is AllAtOnce, " in message
    assert " set it to Canary10Percent5Minutes, " in message
    assert found(ALL_AT_ONCE, serverless({"Type": "AllAtOnce", "Enabled": False})) == []
    assert found(ALL_AT_ONCE, serverless({"Type": "Linear10PercentEvery1Minute"})) == []


def test_sam_at_once_in_some_deployments_is_advice() -> None:
    by_stage = {"Fn::If": ["IsProd", "Canary10Percent5Minutes", "AllAtOnce"]}
    in_some = serverless({"Type": by_stage})
    assert found(ALL_AT_ONCE, in_some) == [Found("advice", "Orders", "AllAtOnce")]
    assert [" is AllAtOnce, " in one for one in messages(ALL_AT_ONCE, in_some)] == [True]


OWN = {"ComputePlatform": "ECS", "TrafficRoutingConfig": {"Type": "AllAtOnce"}}


AT_ONCE, STEPPED = "CodeDeployDefault.LambdaAllAtOnce", LAMBDA


@pytest.mark.parametrize(
    ("production", "development", "levels"),
    [(AT_ONCE, STEPPED, ["warning"]), (AT_ONCE, AT_ONCE, ["warning"]), (STEPPED, AT_ONCE, [])],
)
def test_the_environment_of_production_decides(
    production: str, development: str, levels: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What production takes at once is a warning; what development alone takes is left out."""
    monkeypatch.chdir(tmp_path)
    mapped = group(DeploymentConfigName={"Fn::FindInMap": ["Release", {"Ref": "Stage"}, "Name"]})
    mapped["Mappings"] = {"Release": {"dev": {"Name": development}, "prod": {"Name": production}}}
    mapped["Parameters"] = {"Stage": {"Type": "String", "AllowedValues": ["dev", "prod"]}}
    Path("template.json").write_text(json.dumps(mapped))
    Path("root").mkdir()
    given = terraform("Lambda", deployment_config_name="${var.release}") | {"variable": {"release": {}}}
    Path("root/main.tf.json").write_text(json.dumps(given))
    Path("root/dev.tfvars").write_text(f'release = "{development}"\n')
    Path("root/prod.tfvars").write_text(f'release = "{production}"\n')
    for path in ("template.json", "root"):
        told = report(path, "--select", ALL_AT_ONCE, "--advice")["findings"]
        assert [one["level"] for one in told] == levels


def with_own(configuration: dict[str, Any], name: object) -> dict[str, Any]:
    """A deployment group named Web, and a deployment configuration named Ours."""
    template = group(None, DeploymentConfigName=name)
    template["Resources"]["Ours"] = resource("CodeDeploy::DeploymentConfig", **configuration)
    return template


def test_an_own_configuration_that_moves_all_at_once() -> None:
    for name in ({"Ref": "Ours"}, "ours"):
        at_once = with_own({**OWN, "DeploymentConfigName": "ours"}, name)
        ((level, where, _),) = found(ALL_AT_ONCE, at_once)
        assert (level, where) == ("warning", "Web")
        assert second_places(ALL_AT_ONCE, at_once) == ["Type: AllAtOnce"]
        (message,) = messages(ALL_AT_ONCE, at_once)
        assert " is Ours (AllAtOnce), " in message
        assert " CodeDeployDefault.ECSCanary10Percent5Minutes, " in message


@each_case(
    "configuration",
    [
        {"ComputePlatform": "Lambda", "TrafficRoutingConfig": {"Type": "TimeBasedLinear"}},
        {"ComputePlatform": "ECS", "TrafficRoutingConfig": {"Type": {"Ref": "Name"}}},
        {"ComputePlatform": {"Ref": "Name"}, "TrafficRoutingConfig": {"Type": "AllAtOnce"}},
        {"MinimumHealthyHosts": {"Type": "HOST_COUNT", "Value": 1}},
    ],
)
def test_an_own_configuration_that_moves_in_steps_or_may(configuration: dict[str, Any]) -> None:
    assert found(ALL_AT_ONCE, with_own(configuration, {"Ref": "Ours"})) == []


def behind(protocol: object, target_name: object) -> dict[str, Any]:
    """A deployment group of ECS named Web, with a target group named Blue."""
    pairs = [{"TargetGroups": [{"Name": target_name}]}]
    template = group(
        "ECS",
        DeploymentConfigName="CodeDeployDefault.ECSAllAtOnce",
        LoadBalancerInfo={"TargetGroupPairInfoList": pairs},
    )
    template["Resources"]["Blue"] = resource("ElasticLoadBalancingV2::TargetGroup", Name="blue", Protocol=protocol)
    return template


@pytest.mark.parametrize("protocol", ["TCP", "TLS", "UDP", "TCP_UDP"])
@pytest.mark.parametrize("name", ["blue", {"Fn::GetAtt": ["Blue", "TargetGroupName"]}])
def test_codedeploy_has_no_steps_behind_a_network_load_balancer(protocol: str, name: object) -> None:
    template = behind(protocol, name)
    at = "DeploymentConfigName: CodeDeployDefault.ECSAllAtOnce"
    assert found(ALL_AT_ONCE, template) == [Found("advice", "Web", at)]
    (message,) = messages(ALL_AT_ONCE, template)
    assert "CodeDeployDefault.ECSCanary" not in message
    assert "CANARY or LINEAR" in message


@pytest.mark.parametrize("protocol", ["HTTP", "HTTPS", {"Ref": "Name"}, {"Ref": "AWS::NoValue"}])
def test_other_load_balancers_take_steps_or_may(protocol: object) -> None:
    for template in (behind(protocol, "blue"), behind("TCP", "green")):
        assert [one.level for one in found(ALL_AT_ONCE, template)] == ["advice"]
        assert "CodeDeployDefault.ECSCanary10Percent5Minutes" in messages(ALL_AT_ONCE, template)[0]


def test_a_network_load_balancer_in_terraform() -> None:
    pair = {
        "prod_traffic_route": {"listener_arns": ["l"]},
        "target_group": [{"name": "${aws_lb_target_group.blue.name}"}, {"name": "${aws_lb_target_group.green.name}"}],
    }
    template = terraform(
        "ECS",
        deployment_config_name="CodeDeployDefault.ECSAllAtOnce",
        load_balancer_info={"target_group_pair_info": pair},
    )
    targets = {one: {"name_prefix": one, "port": 443, "protocol": "TLS"} for one in ("blue", "green")}
    template["resource"]["aws_lb_target_group"] = targets
    assert [(one.level, one.resource) for one in found(ALL_AT_ONCE, template)] == [("advice", GROUP)]


def test_instances_that_are_replaced() -> None:
    style = {"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"}
    template = group("Server", DeploymentConfigName="CodeDeployDefault.AllAtOnce", DeploymentStyle=style)
    assert [one.level for one in found(ALL_AT_ONCE, template)] == ["advice"]
    assert "all traffic moves" in messages(ALL_AT_ONCE, template)[0]


def lambda_action(**settings: Any) -> dict[str, Any]:
    """A pipeline named Release that deploys a function."""
    type_ = {"Category": "Deploy", "Owner": "AWS", "Provider": "Lambda", "Version": "1"}
    deploy = {"Name": "Orders", "ActionTypeId": type_, "Configuration": {"FunctionName": "orders", **settings}}
    stages = [{"Name": "Prod", "Actions": [deploy]}]
    return stack({"Parameters": PARAMETERS}, Release=resource("CodePipeline::Pipeline", Stages=stages))


def test_the_lambda_deploy_action() -> None:
    by_default = lambda_action(FunctionAlias="live")
    assert found(ALL_AT_ONCE, by_default) == [Found("warning", "Release", "Configuration")]
    (message,) = messages(ALL_AT_ONCE, by_default)
    assert "Prod/Orders" in message
    assert "(default)" in message
    said = lambda_action(FunctionAlias="live", DeployStrategy="AllAtOnce")
    assert found(ALL_AT_ONCE, said) == [Found("advice", "Release", "DeployStrategy: AllAtOnce")]
    assert ["(default)" in one for one in messages(ALL_AT_ONCE, said)] == [False]


def test_a_lambda_deploy_action_that_moves_no_alias_has_no_strategy() -> None:
    assert found(ALL_AT_ONCE, lambda_action()) == []


@pytest.mark.parametrize("strategy", ["Linear10PercentEvery1Minute", {"Ref": "Name"}])
def test_other_strategies_of_the_lambda_deploy_action(strategy: object) -> None:
    assert found(ALL_AT_ONCE, lambda_action(FunctionAlias="live", DeployStrategy=strategy)) == []


def test_alarms_of_the_lambda_deploy_action() -> None:
    without = lambda_action(FunctionAlias="live", DeployStrategy="Canary10Percent5Minutes")
    assert found(ALARMS, without) == [Found("advice", "Release", "Configuration")]
    assert "Prod/Orders" in messages(ALARMS, without)[0]
    for alarms in ("errors", {"Ref": "Name"}):
        assert found(ALARMS, lambda_action(FunctionAlias="live", Alarms=alarms)) == []
    assert found(ALARMS, lambda_action()) == []


@pytest.mark.parametrize("platform", ["Lambda", "ECS", "Server"])
def test_every_platform_wants_rollback(platform: str) -> None:
    assert found(ROLLBACK, group(platform)) == [Found("warning", "Web", "Web")]
    assert found(ROLLBACK, group(platform, AutoRollbackConfiguration={"Enabled": "true"})) == []


def test_rollback_of_unknown_state() -> None:
    assert found(ROLLBACK, group(AutoRollbackConfiguration={"Ref": "Name"})) == []


def test_sams_group_rolls_back() -> None:
    assert found(ROLLBACK, serverless({"Type": "AllAtOnce"})) == []


def test_terraform_without_enabled_is_off() -> None:
    events = ["DEPLOYMENT_FAILURE"]
    off = terraform("Lambda", auto_rollback_configuration={"events": events})
    assert found(ROLLBACK, off) == [Found("warning", GROUP, "auto_rollback_configuration")]
    assert found(ROLLBACK, terraform("Lambda", auto_rollback_configuration=[{"enabled": True, "events": events}])) == []


def test_alarms() -> None:
    assert found(ALARMS, group()) == [Found("advice", "Web", "Web")]
    no_alarm = group(AlarmConfiguration={"Enabled": True, "Alarms": []})
    assert found(ALARMS, no_alarm) == [Found("advice", "Web", "Alarms")]
    assert "no alarm" in messages(ALARMS, no_alarm)[0]
    off = group(AlarmConfiguration={"Enabled": "false", "Alarms": [{"Name": "errors"}]})
    assert found(ALARMS, off) == [Found("advice", "Web", "Enabled: false")]
    assert "no alarm" not in messages(ALARMS, off)[0]
    assert found(ALARMS, group(AlarmConfiguration={"Alarms": [{"Name": {"Ref": "Name"}}]})) == []
    assert found(ALARMS, group(AlarmConfiguration={"Ref": "Name"})) == []


def test_alarms_of_a_sam_preference() -> None:
    assert found(ALARMS, serverless({"Type": "AllAtOnce", "Alarms": [{"Ref": "Name"}]})) == []
    assert found(ALARMS, serverless({"Type": "AllAtOnce"})) == [Found("advice", "Orders", "DeploymentPreference")]
    assert " in DeploymentPreference.Alarms, " in messages(ALARMS, serverless({"Type": "AllAtOnce"}))[0]
    assert found(ALARMS, serverless({"Type": "AllAtOnce", "Enabled": False})) == []


def test_alarms_in_terraform_are_off_until_enabled() -> None:
    off = terraform("Lambda", alarm_configuration={"alarms": ["errors"]})
    assert found(ALARMS, off) == [Found("advice", GROUP, "alarm_configuration")]
    assert "no alarm" not in messages(ALARMS, off)[0]
    assert found(ALARMS, terraform("Lambda", alarm_configuration={"alarms": ["errors"], "enabled": True})) == []


def test_groups_with_one_role_are_told_of_once() -> None:
    role = resource("IAM::Role", AssumeRolePolicyDocument={"Statement": []}, ManagedPolicyArns=[])
    start = {"LaunchTemplateData": {"IamInstanceProfile": {"Arn": {"Fn::GetAtt": "Profile.Arn"}}}}
    started = {"MaxSize": "1", "LaunchTemplate": {"LaunchTemplateId": {"Ref": "Start"}, "Version": "1"}}
    by_agent = {"Category": "Deploy", "Owner": "AWS", "Provider": "CodeDeploy", "Version": "1"}
    of_group = {"ApplicationName": "web", "DeploymentGroupName": {"Ref": "Group"}}
    deploys = {"Name": "Deploy", "Actions": [{"Name": "Web", "ActionTypeId": by_agent, "Configuration": of_group}]}
    template = stack(
        Artifacts=resource("S3::Bucket"),
        Role=role,
        Profile=resource("IAM::InstanceProfile", Roles=[{"Ref": "Role"}]),
        Start=resource("EC2::LaunchTemplate", **start),
        Blue=resource("AutoScaling::AutoScalingGroup", **started),
        Green=resource("AutoScaling::AutoScalingGroup", **started),
        Group=resource(
            "CodeDeploy::DeploymentGroup", ApplicationName="web", AutoScalingGroups=[{"Ref": "Blue"}, {"Ref": "Green"}]
        ),
        Release=resource(
            "CodePipeline::Pipeline", ArtifactStore={"Type": "S3", "Location": {"Ref": "Artifacts"}}, Stages=[deploys]
        ),
    )
    [message] = messages("deploy-agent-role", template)
    assert "has Blue, whose Role does not allow s3:GetObject in Artifacts" in message
