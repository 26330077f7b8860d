"""What makes a naive look at a group's size wrong: who manages it, what else scales it, sizes that Terraform sends."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack
from tests.linting import terraform as configuration

WEB = {"Ref": "Web"}
SECTIONS = {
    "Parameters": {"Any": {"Type": "String"}, "Group": {"Type": "String"}, "Few": {"Type": "Number", "Default": 2}}
}


def policy(**properties: Any) -> dict[str, Any]:
    return resource("AutoScaling::ScalingPolicy", **{"AutoScalingGroupName": WEB, **properties})


def schedule(**properties: Any) -> dict[str, Any]:
    by_day = {"AutoScalingGroupName": WEB, "Recurrence": "0 8 * * *"}
    return resource("AutoScaling::ScheduledAction", **{**by_day, **properties})


def web(**properties: Any) -> dict[str, Any]:
    return resource("AutoScaling::AutoScalingGroup", **{"MinSize": 1, "MaxSize": 4, **properties})


def group(properties: dict[str, Any], **others: Any) -> dict[str, Any]:
    """A group named Web of 1 to 4 instances, with these properties; `others` are more resources."""
    return stack(SECTIONS, Web=web(**properties), **others)


def terraform(arguments: dict[str, Any], **others: Any) -> dict[str, Any]:
    return configuration(aws_autoscaling_group={"web": {"min_size": 1, "max_size": 4, **arguments}}, **others)


MISSING = "autoscaling-policy-missing"
STILL = [Found("advice", "Web", "MaxSize: 4")]
STILL_IN_TERRAFORM = [Found("advice", "aws_autoscaling_group.web", "max_size: 4")]


def tag(key: Any) -> dict[str, Any]:
    return {"Tags": [{"Key": "Name", "Value": "web"}, {"Key": key, "Value": "x", "PropagateAtLaunch": True}]}


@each_case(
    "key",
    [
        "AmazonECSManaged",
        "k8s.io/cluster-autoscaler/enabled",
        "karpenter.sh/discovery",
        "eks:cluster-name",
        {"Fn::Sub": "kubernetes.io/cluster/${Any}"},
        {"Ref": "Any"},
    ],
    ids=str,
)
def test_a_tag_says_that_somebody_else_sizes_the_group(key: Any) -> None:
    assert found(MISSING, group(tag(key))) == []


def test_other_tags_say_nothing() -> None:
    assert found(MISSING, group(tag("team"))) == STILL
    assert found(MISSING, group(tag({"Fn::Sub": "team-${Any}"}))) == STILL


def test_a_tag_apart_counts_in_terraform() -> None:
    name = "${aws_autoscaling_group.web.name}"
    apart = {"managed": {"autoscaling_group_name": name, "tag": {"key": "k8s.io/cluster-autoscaler/enabled"}}}
    assert found(MISSING, terraform({}, aws_autoscaling_group_tag=apart)) == []
    assert found(MISSING, terraform({"tag": [{"key": "AmazonECSManaged", "value": ""}]})) == []
    assert found(MISSING, terraform({"tag": [{"key": "Name", "value": "web"}]})) == STILL_IN_TERRAFORM


@pytest.mark.parametrize(("ignored", "is_found"), [("desired_capacity", False), ("tag", True)])
def test_who_else_changes_the_size_may_scale_the_group(ignored: str, *, is_found: bool) -> None:
    lifecycle = {"lifecycle": {"ignore_changes": [ignored]}}
    assert found(MISSING, terraform(lifecycle)) == (STILL_IN_TERRAFORM if is_found else [])


@pytest.mark.parametrize(
    "arn", [WEB, {"Fn::GetAtt": ["Web", "AutoScalingGroupARN"]}, {"Fn::ImportValue": "group"}], ids=str
)
def test_a_capacity_provider_sizes_the_group(arn: Any) -> None:
    provider = resource("ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": arn})
    assert found(MISSING, group({}, Provider=provider)) == []


def test_the_capacity_provider_of_another_group_does_not() -> None:
    other = web(MaxSize=1)
    provider = resource("ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": {"Ref": "Other"}})
    assert found(MISSING, group({}, Other=other, Provider=provider)) == STILL


def test_a_policy_of_an_unknown_group_may_be_this_one_s_only_where_it_has_a_name() -> None:
    elsewhere = policy(AutoScalingGroupName={"Ref": "Group"})
    assert found(MISSING, group({}, Policy=elsewhere)) == STILL
    assert found(MISSING, group({"AutoScalingGroupName": {"Ref": "Any"}}, Policy=elsewhere)) == []
    assert found(MISSING, group({"AutoScalingGroupName": "web"}, Policy=policy(AutoScalingGroupName="web"))) == []
    assert found(MISSING, group({}, Plan=resource("AutoScalingPlans::ScalingPlan"))) == []
    assert found(MISSING, group({}, Action=schedule(MinSize=2))) == []


def test_a_policy_that_is_switched_off_scales_nothing() -> None:
    off = {"cpu": {"name": "cpu", "autoscaling_group_name": "${aws_autoscaling_group.web.name}", "enabled": False}}
    assert found(MISSING, terraform({}, aws_autoscaling_policy=off)) == STILL_IN_TERRAFORM
    assert found("autoscaling-policy-choice", terraform({}, aws_autoscaling_policy=off)) == []


CHOICE = "autoscaling-policy-choice"
TRACKING = {"PolicyType": "TargetTrackingScaling"}
ONLY_OUT = policy(**TRACKING, TargetTrackingConfiguration={"TargetValue": 50, "DisableScaleIn": "true"})
NEVER_IN = Found("warning", "Cpu", "DisableScaleIn: true")


@each_case(
    "other",
    [
        policy(**TRACKING, TargetTrackingConfiguration={"TargetValue": 50}),
        policy(
            PolicyType="StepScaling", AdjustmentType="ChangeInCapacity", StepAdjustments=[{"ScalingAdjustment": -1}]
        ),
        policy(PolicyType="StepScaling", AdjustmentType="ExactCapacity", StepAdjustments=[{"ScalingAdjustment": 1}]),
        policy(PolicyType={"Ref": "Any"}),
        schedule(DesiredCapacity=1),
        resource("ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": WEB}),
    ],
    ids=str,
)
def test_something_else_may_scale_in(other: dict[str, Any]) -> None:
    assert found(CHOICE, group({}, Cpu=ONLY_OUT, Other=other)) == []


@pytest.mark.parametrize(
    "other",
    [
        policy(PolicyType="StepScaling", AdjustmentType="ChangeInCapacity", StepAdjustments=[{"ScalingAdjustment": 1}]),
        policy(PolicyType="PredictiveScaling", PredictiveScalingConfiguration={"Mode": "ForecastAndScale"}),
        ONLY_OUT,
    ],
    ids=str,
)
def test_policies_that_only_add_do_not(other: dict[str, Any]) -> None:
    never_in = group({}, Cpu=ONLY_OUT, Other=other)
    assert NEVER_IN in found(CHOICE, never_in)
    assert any("DisableScaleIn of Cpu is true" in one and "from Web;" in one for one in messages(CHOICE, never_in))


def test_simple_scaling_names_its_cooldown() -> None:
    simple = policy(ScalingAdjustment=-1, AdjustmentType="ChangeInCapacity")
    own = policy(PolicyType="SimpleScaling", Cooldown=60)
    for step, properties, at, cooldown in (
        (simple, {}, "In", "300 s"),
        (simple, {"Cooldown": "90"}, "In", "90 s"),
        (own, {"Cooldown": "90"}, "PolicyType: SimpleScaling", "60 s"),
        (simple, {"Cooldown": {"Ref": "Any"}}, "In", "its cooldown"),
    ):
        waits = group(properties, In=step)
        assert found(CHOICE, waits) == [Found("advice", "In", at)]
        assert [f" {cooldown} " in one for one in messages(CHOICE, waits)] == [True]


def test_predictions_are_to_scale() -> None:
    forecast = policy(PolicyType="PredictiveScaling", PredictiveScalingConfiguration={"MetricSpecifications": []})
    assert found(CHOICE, group({}, Forecast=forecast)) == [
        Found("advice", "Forecast", "PredictiveScalingConfiguration")
    ]
    forecast["Properties"]["PredictiveScalingConfiguration"]["Mode"] = "ForecastAndScale"
    assert found(CHOICE, group({}, Forecast=forecast)) == []


FIXED = "autoscaling-fixed-size"
SAME = {"MinSize": {"Ref": "Few"}, "MaxSize": "2"}


def test_a_group_of_one_size_names_its_policies() -> None:
    fixed = group(SAME, Cpu=policy(**TRACKING), Out=policy(ScalingAdjustment=1))
    assert found(FIXED, fixed) == [Found("warning", "Web", "MaxSize: 2")]
    (message,) = messages(FIXED, fixed)
    assert "Cpu and Out " in message
    assert "MinSize is 2 (default of Few), " in message


@pytest.mark.parametrize(
    "other",
    [
        schedule(MaxSize=8),
        schedule(MinSize={"Ref": "Any"}),
        policy(
            PolicyType="PredictiveScaling",
            PredictiveScalingConfiguration={"MaxCapacityBreachBehavior": "IncreaseMaxCapacity"},
        ),
    ],
    ids=str,
)
def test_a_group_whose_bounds_may_change_is_left_alone(other: dict[str, Any]) -> None:
    assert found(FIXED, group(SAME, Cpu=policy(**TRACKING), Other=other)) == []


def test_an_action_that_only_sets_the_desired_capacity_changes_no_bound() -> None:
    desired = group(SAME, Cpu=policy(**TRACKING), Day=schedule(DesiredCapacity=2))
    assert found(FIXED, desired) == [Found("warning", "Web", "MaxSize: 2")]


EXPOSED = {"Outputs": {"Group": {"Value": WEB, "Export": {"Name": "group"}}}}
BOUNDS = "autoscaling-schedule-bounds"


@pytest.mark.parametrize("attribute", ["Ref", "AutoScalingGroupARN"])
def test_another_stack_may_scale_an_exported_group(attribute: str) -> None:
    value = WEB if attribute == "Ref" else {"Fn::GetAtt": ["Web", attribute]}
    assert found(MISSING, {**group({}), "Outputs": {"Group": {"Value": value}}}) == []
    by_name = {"output": {"group": {"value": "${aws_autoscaling_group.web.name}"}}}
    assert found(MISSING, {**terraform({}), **by_name}) == []
    other = {"Outputs": {"Zones": {"Value": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}}}}
    assert found(MISSING, {**group({}, Vpc=resource("EC2::VPC")), **other}) == STILL


@pytest.mark.parametrize(
    ("rule", "template", "name"),
    [
        (CHOICE, group({}, Cpu=ONLY_OUT), "Cpu"),
        (FIXED, group(SAME, Cpu=policy(**TRACKING)), "Web"),
        (BOUNDS, group({}, Day=schedule(MinSize=6)), "Day"),
        (
            "autoscaling-warm-pool",
            group({}, Pool=resource("AutoScaling::WarmPool", AutoScalingGroupName=WEB, MinSize=6)),
            "Pool",
        ),
    ],
    ids=str,
)
def test_what_nothing_here_changes_is_advice_if_the_group_is_exported(
    rule: str, template: dict[str, Any], name: str
) -> None:
    for sections, level in (({}, "warning"), (EXPOSED, "advice")):
        [finding] = found(rule, {**template, **sections})
        assert (finding.level, finding.resource) == (level, name)


def test_an_action_that_does_not_fit_itself_is_refused_whoever_knows_the_group() -> None:
    template = {**group({}, Day=schedule(MinSize=4, MaxSize=2)), **EXPOSED}
    assert [one.level for one in found(BOUNDS, template)] == ["error"]


def at(what: str) -> str:
    """Where a size stands that is named first: "MinSize 4 above MaxSize 2" is at `MinSize: 4`."""
    name, size, *_ = what.split()
    return f"{name}: {size}"


def said(what: str) -> str:
    """How a message about the action Day begins that compares these sizes."""
    name, size, *compared = what.split()
    return f"{name} of Day is {size}, {' '.join(compared)}"


@pytest.mark.parametrize(
    ("sizes", "what"),
    [
        ({"MinSize": 4, "MaxSize": "2"}, "MinSize 4 above MaxSize 2"),
        ({"MinSize": 4, "MaxSize": 2, "DesiredCapacity": 3}, "MinSize 4 above MaxSize 2"),
        ({"DesiredCapacity": 3, "MaxSize": 2}, "DesiredCapacity 3 above MaxSize 2"),
        ({"MinSize": 2, "DesiredCapacity": 1, "MaxSize": 4}, "MinSize 2 above DesiredCapacity 1"),
    ],
    ids=str,
)
def test_an_action_that_does_not_fit_itself_is_refused(sizes: dict[str, Any], what: str) -> None:
    action = group({}, Day=schedule(**sizes))
    assert found(BOUNDS, action) == [Found("error", "Day", at(what))]
    (message,) = messages(BOUNDS, action)
    assert message.startswith(f"{said(what)}, ")
    assert message.endswith(f"set it to at most {what.split()[-1]}")


@each_case(
    ("sizes", "what"),
    [
        ({"MinSize": 6}, "MinSize 6 above MaxSize 4"),
        ({"DesiredCapacity": "5"}, "DesiredCapacity 5 above MaxSize 4"),
        ({"MaxSize": 0}, "MaxSize 0 below MinSize 1"),
        ({"DesiredCapacity": 0}, "DesiredCapacity 0 below MinSize 1"),
        ({"MinSize": 2, "DesiredCapacity": 5}, "DesiredCapacity 5 above MaxSize 4"),
    ],
    ids=str,
)
def test_an_action_that_does_not_fit_its_group_fails_when_due(sizes: dict[str, Any], what: str) -> None:
    action = group({}, Day=schedule(**sizes))
    assert found(BOUNDS, action) == [Found("warning", "Day", at(what))]
    (message,) = messages(BOUNDS, action)
    assert message.startswith(f"{said(what)} of Web, ")
    _, size, side, bound, _ = what.split()
    limit = {"above": "at least", "below": "at most"}[side]
    assert message.endswith(f"set {bound} of the action to {limit} {size}")


def test_a_bound_that_another_action_changes_is_not_compared() -> None:
    assert found(BOUNDS, group({}, Day=schedule(MinSize=6), Before=schedule(MaxSize=8))) == []
    assert found(BOUNDS, group({}, Day=schedule(MinSize=6, MaxSize={"Ref": "Any"}))) == []
    desired = group({}, Day=schedule(MinSize=6), Before=schedule(DesiredCapacity=2))
    assert found(BOUNDS, desired) == [Found("warning", "Day", "MinSize: 6")]
    may_be = schedule(AutoScalingGroupName={"Ref": "Group"}, MaxSize=8)
    assert found(BOUNDS, group({"AutoScalingGroupName": {"Ref": "Any"}}, Day=schedule(MinSize=6), Before=may_be)) == []


def action(**sizes: int) -> dict[str, Any]:
    name = "${aws_autoscaling_group.web.name}"
    return {"aws_autoscaling_schedule": {"day": {"autoscaling_group_name": name, **sizes}}}


OMITTED = "autoscaling-schedule-omitted"


@each_case(
    ("sizes", "level", "left_out", "rejected_with"),
    [
        ({"min_size": 2, "desired_capacity": 2}, "error", "max_size", "min_size is 2"),
        ({"min_size": 1, "desired_capacity": 1}, "error", "max_size", "min_size is 1"),
        ({"desired_capacity": 3}, "error", "min_size and no max_size", "desired_capacity is 3"),
        ({"min_size": 0, "desired_capacity": -1}, "warning", "max_size", None),
        ({"min_size": 2, "max_size": 4}, "warning", "desired_capacity", None),
    ],
    ids=str,
)
def test_what_terraform_leaves_out_is_sent_as_0(
    sizes: dict[str, int], level: str, left_out: str, rejected_with: str | None
) -> None:
    sent = terraform({}, **action(**sizes))
    assert found(OMITTED, sent) == [Found(level, "aws_autoscaling_schedule.day", "day")]
    (message,) = messages(OMITTED, sent)
    assert f" has no {left_out}, " in message
    assert (" each" in message) is (" and " in left_out)
    assert ("rejected" in message) is (rejected_with is not None)
    assert (rejected_with or "") in message
    assert found(BOUNDS, sent) == []


def test_minus_1_leaves_a_size_as_it_is() -> None:
    fits = terraform({}, **action(min_size=2, max_size=-1, desired_capacity=-1))
    assert found(OMITTED, fits) == found(BOUNDS, fits) == []
    above = terraform({}, **action(min_size=6, max_size=-1, desired_capacity=-1))
    assert found(BOUNDS, above) == [Found("warning", "aws_autoscaling_schedule.day", "min_size: 6")]
    assert ["max_size 4 of aws_autoscaling_group.web" in one for one in messages(BOUNDS, above)] == [True]


def test_each_group_is_told_once_that_its_hours_are_those_of_utc() -> None:
    others = {name: schedule(AutoScalingGroupName="nights", Recurrence="0 1 * * *") for name in ("Late", "Later")}
    template = group({}, Day=schedule(), Evening=schedule(Recurrence="0 18 * * *"), **others)
    assert [each.resource for each in found("autoscaling-schedule-zone", template)] == ["Day", "Late"]


@pytest.mark.parametrize(
    ("more", "is_found"),
    [
        ({}, True),
        ({"MinCapacity": 6}, False),
        ({"SuspendedState": {"DynamicScalingOutSuspended": True}}, False),
        ({"ScheduledActions": [{"ScheduledActionName": "day"}]}, False),
    ],
)
def test_a_scalable_target_is_only_a_range(more: dict[str, Any], is_found: bool) -> None:
    sizes = {"MinCapacity": 1, "MaxCapacity": 6, **more}
    target = resource("ApplicationAutoScaling::ScalableTarget", ResourceId="service/a/b", **sizes)
    assert bool(found("autoscaling-policy-missing", stack(Web=target))) is is_found
    policy = resource("ApplicationAutoScaling::ScalingPolicy", ResourceId={"Fn::ImportValue": "web"})
    assert found("autoscaling-policy-missing", stack(Web=target, Any=policy)) == []


def test_a_policy_may_name_the_id_of_a_target() -> None:
    target = {"resource_id": "service/a/${var.name}", "min_capacity": 0, "max_capacity": 4}
    policy = {"resource_id": "${aws_appautoscaling_target.web.id}", "policy_type": "StepScaling"}
    types: dict[str, Any] = {"aws_appautoscaling_target": {"web": target}, "aws_appautoscaling_policy": {"up": policy}}
    assert found("autoscaling-policy-missing", configuration({"variable": {"name": {}}}, **types)) == []
