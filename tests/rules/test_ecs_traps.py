"""What makes a naive look at deployments of ECS services wrong: controllers, strategies, who moves the traffic."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, lint_with, messages, resource, stack, terraform

from awslint_memo.judging.grouping import grouped

RULE = "ecs-deployment"
PARAMETERS = {"Word": {"Type": "String"}}
PLAIN = [Found("advice", "Web", "Web")]
ON = {"Enable": True, "Rollback": True}
BALANCED = [{"ContainerName": "web", "AdvancedConfiguration": {"AlternateTargetGroupArn": "green"}}]


def service(configuration: object = None, **properties: Any) -> dict[str, Any]:
    """A service named Web with this deployment configuration."""
    deployed = {} if configuration is None else {"DeploymentConfiguration": configuration}
    return stack(
        {"Parameters": PARAMETERS}, Web=resource("ECS::Service", TaskDefinition="web", **deployed, **properties)
    )


def test_a_rolling_update_by_default() -> None:
    for template in (service(), service(DeploymentController={"Type": "ECS"}), service({"MaximumPercent": 200})):
        [one] = found(RULE, template)
        assert (one.level, one.resource) == ("advice", "Web")
        [message] = messages(RULE, template)
        assert "neither a circuit breaker nor alarms" in message
        assert message.endswith("; turn on DeploymentCircuitBreaker, with rollback")


@pytest.mark.parametrize("controller", ["CODE_DEPLOY", "EXTERNAL", {"Ref": "Word"}])
def test_other_controllers(controller: object) -> None:
    assert found(RULE, service(DeploymentController={"Type": controller})) == []
    assert (
        found(RULE, service({"Strategy": "BLUE_GREEN"}, LoadBalancers=BALANCED, DeploymentController=controller)) == []
    )


def test_machines_outside_of_aws() -> None:
    assert found(RULE, service(LaunchType="EXTERNAL")) == []
    assert found(RULE, service(LaunchType="FARGATE")) == PLAIN


@each_case(
    "configuration",
    [
        {"DeploymentCircuitBreaker": ON},
        {"DeploymentCircuitBreaker": {"Enable": "true", "Rollback": "true"}},
        {"DeploymentCircuitBreaker": {"Enable": {"Ref": "Word"}, "Rollback": True}},
        {"DeploymentCircuitBreaker": {"Ref": "Word"}},
        {"Alarms": {"AlarmNames": ["errors"], **ON}},
        {"Alarms": {"AlarmNames": {"Ref": "Word"}, **ON}},
        {"DeploymentCircuitBreaker": {"Enable": False, "Rollback": False}, "Alarms": {"AlarmNames": ["errors"], **ON}},
        {"Strategy": {"Ref": "Word"}},
        {"Ref": "Word"},
    ],
)
def test_what_takes_a_failed_version_back_or_may(configuration: object) -> None:
    assert found(RULE, service(configuration)) == []


@each_case(
    "configuration",
    [
        {"DeploymentCircuitBreaker": {"Enable": "false", "Rollback": True}},
        {"Alarms": {"AlarmNames": [], **ON}},
        {"Alarms": {"AlarmNames": ["errors"], "Enable": True, "Rollback": False}},
        {"Alarms": {"AlarmNames": ["errors"], "Enable": False, "Rollback": True}},
    ],
)
def test_what_is_switched_off(configuration: object) -> None:
    assert len(found(RULE, service(configuration))) == 1


def test_a_circuit_breaker_that_does_not_roll_back() -> None:
    template = service({"DeploymentCircuitBreaker": {"Enable": True, "Rollback": False}})
    assert found(RULE, template) == [Found("advice", "Web", "Rollback: false")]
    [message] = messages(RULE, template)
    assert message.startswith("DeploymentConfiguration.DeploymentCircuitBreaker.Rollback of Web is false, ")


def test_several_services_are_one_finding() -> None:
    template = service()
    template["Resources"]["Jobs"] = template["Resources"]["Web"]
    template["Resources"]["Stops"] = service({"DeploymentCircuitBreaker": {**ON, "Rollback": False}})["Resources"][
        "Web"
    ]
    told = grouped(lint_with(RULE, template))
    assert [one.resource for one in told if one.plural and one.others] == ["Web"]
    assert sorted(one.resource for one in told) == ["Stops", "Web"]


@pytest.mark.parametrize(
    "moved", [{"LoadBalancers": BALANCED}, {"ServiceConnectConfiguration": {"Enabled": True}}], ids=["elb", "connect"]
)
def test_blue_green_moves_all_traffic_at_once(moved: dict[str, Any]) -> None:
    template = service({"Strategy": "BLUE_GREEN"}, **moved)
    assert found(RULE, template) == [Found("advice", "Web", "Strategy: BLUE_GREEN")]
    assert messages(RULE, template)[0].endswith("; set it to CANARY or LINEAR")


def test_several_services_that_move_at_once_are_one_finding() -> None:
    template = service({"Strategy": "BLUE_GREEN"}, LoadBalancers=BALANCED)
    template["Resources"]["Jobs"] = template["Resources"]["Web"]
    [finding] = grouped(lint_with(RULE, template))
    assert len(finding.others) == 1
    assert "Web and Jobs are deployed by BLUE_GREEN" in finding.message


@pytest.mark.parametrize(
    "moved", [{}, {"LoadBalancers": {"Ref": "Word"}}, {"ServiceConnectConfiguration": {"Enabled": {"Ref": "Word"}}}]
)
def test_where_ecs_moves_no_traffic_or_may_not(moved: dict[str, Any]) -> None:
    assert found(RULE, service({"Strategy": "BLUE_GREEN"}, **moved)) == []


CANARY = "CanaryConfiguration"
LINEAR = "LinearConfiguration"


@each_case(
    ("strategy", "steps", "at"),
    [
        ("CANARY", {CANARY: {"CanaryPercent": 100}}, "CanaryPercent: 100"),
        ("CANARY", {CANARY: {"CanaryBakeTimeInMinutes": 0}}, "CanaryBakeTimeInMinutes: 0"),
        ("LINEAR", {LINEAR: {"StepPercent": 100.0, "StepBakeTimeInMinutes": 5}}, "StepPercent: 100.0"),
        ("LINEAR", {LINEAR: {"StepPercent": 10, "StepBakeTimeInMinutes": "0"}}, "StepBakeTimeInMinutes: 0"),
    ],
)
def test_steps_that_are_none(strategy: str, steps: dict[str, Any], at: str) -> None:
    template = service({"Strategy": strategy, **steps}, LoadBalancers=BALANCED)
    level = "warning" if "Percent" in at else "advice"
    assert found(RULE, template) == [Found(level, "Web", at)]
    assert messages(RULE, template)[0].endswith("; set it to 10, for example")


@each_case(
    ("strategy", "steps"),
    [
        ("CANARY", {}),
        ("LINEAR", {}),
        ("CANARY", {CANARY: {"CanaryPercent": 5, "CanaryBakeTimeInMinutes": 10}}),
        ("CANARY", {CANARY: {"CanaryPercent": {"Ref": "Word"}}}),
        ("CANARY", {LINEAR: {"StepPercent": 100}}),
        ("LINEAR", {LINEAR: {"StepPercent": 50}}),
    ],
)
def test_steps(strategy: str, steps: dict[str, Any]) -> None:
    assert found(RULE, service({"Strategy": strategy, **steps}, LoadBalancers=BALANCED)) == []


def in_terraform(**arguments: Any) -> list[Found]:
    return found(RULE, terraform(aws_ecs_service={"web": {"name": "web", **arguments}}))


def test_terraform() -> None:
    assert in_terraform() == [Found("advice", "aws_ecs_service.web", "web")]
    assert in_terraform(deployment_circuit_breaker={"enable": True, "rollback": True}) == []
    assert in_terraform(alarms={"enable": True, "rollback": True, "alarm_names": ["errors"]}) == []
    assert in_terraform(deployment_controller={"type": "EXTERNAL"}) == []
    strategy = {"strategy": "BLUE_GREEN", "bake_time_in_minutes": 10}
    balancer = {"advanced_configuration": {"alternate_target_group_arn": "green"}}
    moved = in_terraform(deployment_configuration=strategy, load_balancer=[balancer])
    assert moved == [Found("advice", "aws_ecs_service.web", "strategy: BLUE_GREEN")]
    template = terraform(aws_ecs_service={"web": {"name": "web"}})
    assert messages(RULE, template)[0].endswith("; turn on deployment_circuit_breaker, with rollback")


@pytest.mark.parametrize("command", [["/healthcheck"], ["CMD-SHELL curl -f localhost"]], ids=str)
def test_a_check_that_docker_does_not_run_is_no_error(command: list[str]) -> None:
    container = {"Name": "app", "Image": "i", "HealthCheck": {"Command": command}}
    template = stack({}, Task=resource("ECS::TaskDefinition", ContainerDefinitions=[container]))
    assert [one.level for one in found("ecs-task-parts", template)] == ["warning"]
    assert messages("ecs-task-parts", template)[0].endswith("write CMD or CMD-SHELL as an item of its own before it")
