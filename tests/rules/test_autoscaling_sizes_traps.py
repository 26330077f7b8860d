"""What makes a naive look at a group's size wrong: who manages it, what else scales it, sizes that Terraform sends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

Said = list[tuple[str | None, str]]

GROUP = "AWS::AutoScaling::AutoScalingGroup"
POLICY = "AWS::AutoScaling::ScalingPolicy"
SCHEDULE = "AWS::AutoScaling::ScheduledAction"
WEB = {"Ref": "Web"}
PARAMETERS = {"Any": {"Type": "String"}, "Group": {"Type": "String"}, "Few": {"Type": "Number", "Default": 2}}


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def resource(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": type_, "Properties": properties}


def policy(**properties: Any) -> dict[str, Any]:
    return resource(POLICY, **{"AutoScalingGroupName": WEB, **properties})


def schedule(**properties: Any) -> dict[str, Any]:
    return resource(SCHEDULE, **{"AutoScalingGroupName": WEB, "Recurrence": "0 8 * * *", **properties})


def group(rule: str, properties: dict[str, Any], **others: Any) -> Said:
    """A group named Web of 1 to 4 instances, with these properties; `others` are more resources."""
    web = {"Type": GROUP, "Properties": {"MinSize": 1, "MaxSize": 4, **properties}}
    return said(rule, {"Parameters": PARAMETERS, "Resources": {"Web": web, **others}})


def terraform(rule: str, web: dict[str, Any], **others: Any) -> Said:
    resources = {"aws_autoscaling_group": {"web": {"min_size": 1, "max_size": 4, **web}}, **others}
    return said(rule, {"resource": resources})


MISSING = "autoscaling-policy-missing"
STILL = (
    "may have 1 to 4 instances, but nothing here changes how many; add a target tracking policy or scheduled actions"
)


def tag(key: Any) -> dict[str, Any]:
    return {"Tags": [{"Key": "Name", "Value": "web"}, {"Key": key, "Value": "x", "PropagateAtLaunch": True}]}


@pytest.mark.parametrize(
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
    assert group(MISSING, tag(key)) == []


def test_other_tags_say_nothing() -> None:
    assert group(MISSING, tag("team")) == [("advice", STILL)]
    assert group(MISSING, tag({"Fn::Sub": "team-${Any}"})) == [("advice", STILL)]


def test_a_tag_apart_counts_in_terraform() -> None:
    name = "${aws_autoscaling_group.web.name}"
    apart = {"managed": {"autoscaling_group_name": name, "tag": {"key": "k8s.io/cluster-autoscaler/enabled"}}}
    assert terraform(MISSING, {}, aws_autoscaling_group_tag=apart) == []
    assert terraform(MISSING, {"tag": [{"key": "AmazonECSManaged", "value": ""}]}) == []
    assert terraform(MISSING, {"tag": [{"key": "Name", "value": "web"}]}) == [("advice", STILL)]


@pytest.mark.parametrize(
    "arn", [WEB, {"Fn::GetAtt": ["Web", "AutoScalingGroupARN"]}, {"Fn::ImportValue": "group"}], ids=str
)
def test_a_capacity_provider_sizes_the_group(arn: Any) -> None:
    provider = resource("AWS::ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": arn})
    assert group(MISSING, {}, Provider=provider) == []


def test_the_capacity_provider_of_another_group_does_not() -> None:
    other = resource(GROUP, MinSize=1, MaxSize=1)
    provider = resource(
        "AWS::ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": {"Ref": "Other"}}
    )
    assert group(MISSING, {}, Other=other, Provider=provider) == [("advice", STILL)]


def test_a_policy_of_an_unknown_group_may_be_this_one_s_only_where_it_has_a_name() -> None:
    elsewhere = policy(AutoScalingGroupName={"Ref": "Group"})
    assert group(MISSING, {}, Policy=elsewhere) == [("advice", STILL)]
    assert group(MISSING, {"AutoScalingGroupName": {"Ref": "Any"}}, Policy=elsewhere) == []
    assert group(MISSING, {"AutoScalingGroupName": "web"}, Policy=policy(AutoScalingGroupName="web")) == []
    assert group(MISSING, {}, Plan=resource("AWS::AutoScalingPlans::ScalingPlan")) == []
    assert group(MISSING, {}, Action=schedule(MinSize=2)) == []


def test_a_policy_that_is_switched_off_scales_nothing() -> None:
    off = {"cpu": {"name": "cpu", "autoscaling_group_name": "${aws_autoscaling_group.web.name}", "enabled": False}}
    assert terraform(MISSING, {}, aws_autoscaling_policy=off) == [("advice", STILL)]
    assert terraform("autoscaling-policy-choice", {}, aws_autoscaling_policy=off) == []


CHOICE = "autoscaling-policy-choice"
TRACKING = {"PolicyType": "TargetTrackingScaling"}
ONLY_OUT = policy(**TRACKING, TargetTrackingConfiguration={"TargetValue": 50, "DisableScaleIn": "true"})
NEVER_IN = "may not scale in, and nothing else takes instances from Web again; remove DisableScaleIn"


@pytest.mark.parametrize(
    "other",
    [
        policy(**TRACKING, TargetTrackingConfiguration={"TargetValue": 50}),
        policy(
            PolicyType="StepScaling", AdjustmentType="ChangeInCapacity", StepAdjustments=[{"ScalingAdjustment": -1}]
        ),
        policy(PolicyType="StepScaling", AdjustmentType="ExactCapacity", StepAdjustments=[{"ScalingAdjustment": 1}]),
        policy(PolicyType={"Ref": "Any"}),
        schedule(DesiredCapacity=1),
        resource("AWS::ECS::CapacityProvider", AutoScalingGroupProvider={"AutoScalingGroupArn": WEB}),
    ],
    ids=str,
)
def test_something_else_may_scale_in(other: dict[str, Any]) -> None:
    assert group(CHOICE, {}, Cpu=ONLY_OUT, Other=other) == []


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
    assert ("warning", NEVER_IN) in group(CHOICE, {}, Cpu=ONLY_OUT, Other=other)


def test_simple_scaling_names_its_cooldown() -> None:
    message = "is simple scaling, which waits {} after each step; use target tracking"
    simple = policy(ScalingAdjustment=-1, AdjustmentType="ChangeInCapacity")
    assert group(CHOICE, {}, In=simple) == [("advice", message.format("for 300 s"))]
    assert group(CHOICE, {"Cooldown": "90"}, In=simple) == [("advice", message.format("for 90 s"))]
    own = policy(PolicyType="SimpleScaling", Cooldown=60)
    assert group(CHOICE, {"Cooldown": "90"}, In=own) == [("advice", message.format("for 60 s"))]
    assert group(CHOICE, {"Cooldown": {"Ref": "Any"}}, In=simple) == [("advice", message.format("for its cooldown"))]


def test_predictions_are_to_scale() -> None:
    forecast = policy(PolicyType="PredictiveScaling", PredictiveScalingConfiguration={"MetricSpecifications": []})
    message = "forecasts only and scales nothing; set Mode to ForecastAndScale"
    assert group(CHOICE, {}, Forecast=forecast) == [("advice", message)]
    forecast["Properties"]["PredictiveScalingConfiguration"]["Mode"] = "ForecastAndScale"
    assert group(CHOICE, {}, Forecast=forecast) == []


FIXED = "autoscaling-fixed-size"
SAME = {"MinSize": {"Ref": "Few"}, "MaxSize": "2"}


def test_a_group_of_one_size_names_its_policies() -> None:
    message = (
        "has MinSize and MaxSize 2, so Cpu and Out can't change anything; set MaxSize above MinSize (Few by default)"
    )
    out = policy(ScalingAdjustment=1)
    assert group(FIXED, SAME, Cpu=policy(**TRACKING), Out=out) == [("warning", message)]


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
    assert group(FIXED, SAME, Cpu=policy(**TRACKING), Other=other) == []


def test_an_action_that_only_sets_the_desired_capacity_changes_no_bound() -> None:
    assert [level for level, _ in group(FIXED, SAME, Cpu=policy(**TRACKING), Day=schedule(DesiredCapacity=2))] == [
        "warning"
    ]


BOUNDS = "autoscaling-schedule-bounds"


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
    assert group(BOUNDS, {}, Day=schedule(**sizes)) == [
        ("error", f"sets {what}, which is refused; make it at most that")
    ]


@pytest.mark.parametrize(
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
    bound = what.split()[3]
    message = f"sets {what} of Web, so it fails when it is due; set {bound} too"
    assert group(BOUNDS, {}, Day=schedule(**sizes)) == [("warning", message)]


def test_a_bound_that_another_action_changes_is_not_compared() -> None:
    assert group(BOUNDS, {}, Day=schedule(MinSize=6), Before=schedule(MaxSize=8)) == []
    assert group(BOUNDS, {}, Day=schedule(MinSize=6, MaxSize={"Ref": "Any"})) == []
    assert [level for level, _ in group(BOUNDS, {}, Day=schedule(MinSize=6), Before=schedule(DesiredCapacity=2))] == [
        "warning"
    ]
    may_be = schedule(AutoScalingGroupName={"Ref": "Group"}, MaxSize=8)
    assert group(BOUNDS, {"AutoScalingGroupName": {"Ref": "Any"}}, Day=schedule(MinSize=6), Before=may_be) == []


def action(**sizes: int) -> dict[str, Any]:
    name = "${aws_autoscaling_group.web.name}"
    return {"aws_autoscaling_schedule": {"day": {"autoscaling_group_name": name, **sizes}}}


OMITTED = "autoscaling-schedule-omitted"


@pytest.mark.parametrize(
    ("sizes", "level", "message"),
    [
        (
            {"min_size": 2, "desired_capacity": 2},
            "error",
            "leaves max_size out, and 0 is sent for it, which is refused with min_size 2; "
            "write -1 to leave a size as it is",
        ),
        (
            {"min_size": 1, "desired_capacity": 1},
            "error",
            "leaves max_size out, and 0 is sent for it, which is refused with min_size 1; "
            "write -1 to leave a size as it is",
        ),
        (
            {"desired_capacity": 3},
            "error",
            "leaves min_size and max_size out, and 0 is sent for each, which is refused with desired_capacity 3; "
            "write -1 to leave a size as it is",
        ),
        (
            {"min_size": 0, "desired_capacity": -1},
            "warning",
            "leaves max_size out, and 0 is sent for it; write -1 to leave a size as it is",
        ),
        (
            {"min_size": 2, "max_size": 4},
            "warning",
            "leaves desired_capacity out, and 0 is sent for it; write -1 to leave a size as it is",
        ),
    ],
    ids=str,
)
def test_what_terraform_leaves_out_is_sent_as_0(sizes: dict[str, int], level: str, message: str) -> None:
    assert terraform(OMITTED, {}, **action(**sizes)) == [(level, message)]
    assert terraform(BOUNDS, {}, **action(**sizes)) == []


def test_minus_1_leaves_a_size_as_it_is() -> None:
    assert terraform(OMITTED, {}, **action(min_size=2, max_size=-1, desired_capacity=-1)) == []
    assert terraform(BOUNDS, {}, **action(min_size=2, max_size=-1, desired_capacity=-1)) == []
    [(level, message)] = terraform(BOUNDS, {}, **action(min_size=6, max_size=-1, desired_capacity=-1))
    assert level == "warning"
    assert message.startswith("sets min_size 6 above max_size 4 of aws_autoscaling_group.web")
