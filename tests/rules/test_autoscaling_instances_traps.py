"""What makes a naive look at a group's instances wrong: checks in one text, notes, launch templates elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.plan_from_configuration import plan

from awslint_memo.files.source import Source
from awslint_memo.judging.examples import Example
from awslint_memo.judging.judge import LintOptions, lint
from awslint_memo.judging.registry import rules
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform_names import LOOKED_AT

Said = list[tuple[str | None, str]]

GROUP = "AWS::AutoScaling::AutoScalingGroup"
PARAMETERS = {"Any": {"Type": "String"}, "Some": {"Type": "CommaDelimitedList"}}
RESOURCES = {
    "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup"},
    "Hibernating": {
        "Type": "AWS::EC2::LaunchTemplate",
        "Properties": {"LaunchTemplateData": {"HibernationOptions": {"Configured": True}}},
    },
    "Plain": {
        "Type": "AWS::EC2::LaunchTemplate",
        "Properties": {"LaunchTemplateName": "plain", "LaunchTemplateData": {"InstanceType": "m5.large"}},
    },
}


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def group(rule: str, properties: dict[str, Any], beside: dict[str, Any] | None = None, **others: Any) -> Said:
    """A group named Web of 1 to 4 instances; `beside` stands beside its properties, `others` are more resources."""
    web = {"Type": GROUP, "Properties": {"MinSize": 1, "MaxSize": 4, **properties}, **(beside or {})}
    return said(rule, {"Parameters": PARAMETERS, "Resources": {"Web": web, **RESOURCES, **others}})


def terraform(rule: str, web: dict[str, Any], **others: Any) -> Said:
    resources = {"aws_autoscaling_group": {"web": {"min_size": 1, "max_size": 4, **web}}, **others}
    return said(rule, {"resource": resources})


HEALTH = "autoscaling-health-check"
BALANCED = {"TargetGroupARNs": [{"Ref": "Targets"}]}


def ill(before: str, kind: str, check: str) -> Said:
    return [
        ("warning", f"stands behind {before}, but replaces only what {kind} finds ill; add {check} to HealthCheckType")
    ]


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (BALANCED, ill("a load balancer (Targets)", "EC2", "ELB")),
        ({**BALANCED, "HealthCheckType": "EC2,EBS"}, ill("a load balancer (Targets)", "EC2,EBS", "ELB")),
        ({**BALANCED, "HealthCheckType": "VPC_LATTICE"}, ill("a load balancer (Targets)", "VPC_LATTICE", "ELB")),
        ({"LoadBalancerNames": [{"Ref": "Any"}]}, ill("a load balancer", "EC2", "ELB")),
        ({"TargetGroupARNs": [{"Fn::ImportValue": "targets"}]}, ill("a load balancer", "EC2", "ELB")),
        ({"TrafficSources": [{"Identifier": "a", "Type": "elbv2"}]}, ill("a load balancer", "EC2", "ELB")),
        ({"TrafficSources": [{"Identifier": "a", "Type": "vpc-lattice"}]}, ill("VPC Lattice", "EC2", "VPC_LATTICE")),
    ],
    ids=str,
)
def test_what_stands_before_a_group_wants_its_own_check(properties: dict[str, Any], expected: Said) -> None:
    assert group(HEALTH, properties) == expected


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"TargetGroupARNs": []},
        {"TargetGroupARNs": {"Ref": "Some"}},
        {"LoadBalancerNames": {"Fn::ImportValue": "balancers"}},
        {**BALANCED, "HealthCheckType": "ELB"},
        {**BALANCED, "HealthCheckType": "EBS, ELB"},
        {**BALANCED, "HealthCheckType": "elb"},
        {**BALANCED, "HealthCheckType": {"Ref": "Any"}},
        {"TrafficSources": [{"Identifier": "a", "Type": "vpc-lattice"}], "HealthCheckType": "VPC_LATTICE"},
        {"TrafficSources": [{"Identifier": "a", "Type": {"Ref": "Any"}}]},
    ],
    ids=str,
)
def test_groups_alone_checked_or_unknown_are_not(properties: dict[str, Any]) -> None:
    assert group(HEALTH, properties) == []


@pytest.mark.parametrize(
    ("type_", "arguments"),
    [
        ("aws_autoscaling_attachment", {"elb": "web"}),
        ("aws_autoscaling_attachment", {"lb_target_group_arn": "arn:aws:elasticloadbalancing:eu-west-1:1:t/web"}),
        ("aws_autoscaling_attachment", {"alb_target_group_arn": "arn:aws:elasticloadbalancing:eu-west-1:1:t/web"}),
        ("aws_autoscaling_traffic_source_attachment", {"traffic_source": {"identifier": "web", "type": "elb"}}),
    ],
    ids=str,
)
def test_attachments_of_terraform_count(type_: str, arguments: dict[str, Any]) -> None:
    attached = {"web": {"autoscaling_group_name": "${aws_autoscaling_group.web.name}", **arguments}}
    [(level, message)] = terraform(HEALTH, {}, **{type_: attached})
    assert level == "warning"
    assert message.endswith("add ELB to health_check_type")
    assert terraform(HEALTH, {"health_check_type": "ELB"}, **{type_: attached}) == []
    attached["web"]["autoscaling_group_name"] = "another"
    assert terraform(HEALTH, {}, **{type_: attached}) == []


ENDING = "autoscaling-termination"
OLDEST = {"TerminationPolicies": ["OldestInstance", "Default"]}
WHY = "ends instances by OldestInstance, Default and does not say why; note the reason, or remove TerminationPolicies"


def test_a_policy_without_a_note_is_advice() -> None:
    assert group(ENDING, OLDEST) == [("advice", WHY)]
    assert group(ENDING, OLDEST, {"Metadata": {"Owner": "shop"}}) == [("advice", WHY)]
    rolling: dict[str, Any] = {"UpdatePolicy": {"AutoScalingRollingUpdate": {}}}
    assert group(ENDING, OLDEST, rolling) == [("advice", WHY)]


@pytest.mark.parametrize(
    "metadata", [{"Termination": "caches"}, {"Notes": ["caches", {"Why": "terminates old caches"}]}], ids=str
)
def test_a_note_says_why(metadata: dict[str, Any]) -> None:
    assert group(ENDING, OLDEST, {"Metadata": metadata}) == []


@pytest.mark.parametrize(
    "policies", [["Default"], {"Ref": "Some"}, [{"Ref": "Any"}], ["Default", {"Ref": "Any"}]], ids=str
)
def test_the_default_and_unknown_policies_are_not(policies: Any) -> None:
    assert group(ENDING, {"TerminationPolicies": policies}) == []


@pytest.mark.parametrize("update", ["AutoScalingRollingUpdate", "AutoScalingInstanceRefresh"])
def test_the_newest_first_undoes_rolling_updates_whatever_the_note(update: str) -> None:
    beside = {"UpdatePolicy": {update: {}}, "Metadata": {"Termination": "canaries"}}
    message = "ends NewestInstance first, which undoes its rolling updates; remove TerminationPolicies"
    assert group(ENDING, {"TerminationPolicies": ["NewestInstance"]}, beside) == [("warning", message)]
    second = {"TerminationPolicies": ["OldestLaunchTemplate", "NewestInstance"]}
    assert group(ENDING, second, beside) == []
    assert group(ENDING, {"TerminationPolicies": ["NewestInstance"]}, {**beside, "UpdatePolicy": {}}) == []


def test_a_plan_keeps_no_notes() -> None:
    web = {"min_size": 1, "max_size": 4, "termination_policies": ["OldestInstance"]}
    text = json.dumps({"resource": {"aws_autoscaling_group": {"web": web}}})
    assert [level for level, _ in said(ENDING, json.loads(text))] == ["advice"]
    made = template(Source("plan.json", plan(text).encode()))
    assert made is not None
    assert lint(made, LintOptions([rules()[ENDING]], LOOKED_AT))[0] == []


WARM = "autoscaling-warm-pool"


def pool(properties: dict[str, Any], web: dict[str, Any] | None = None, **others: Any) -> Said:
    made = {"Type": "AWS::AutoScaling::WarmPool", "Properties": {"AutoScalingGroupName": {"Ref": "Web"}, **properties}}
    return group(WARM, web or {}, None, Pool=made, **others)


def launched(template: Any, version: Any = "1") -> dict[str, Any]:
    return {"LaunchTemplate": {"LaunchTemplateId": template, "Version": version}}


def test_a_pool_larger_than_its_group_is_paid_for_in_vain() -> None:
    message = "keeps 5 instances warm, but Web may have 4; keep fewer warm"
    assert pool({"MinSize": "5"}) == [("warning", message)]
    assert pool({"MinSize": 4}) == []
    assert pool({"MinSize": 5}, {"MaxSize": {"Ref": "Any"}}) == []
    assert pool({"MinSize": 5, "AutoScalingGroupName": {"Ref": "Any"}}) == []
    action = {
        "Type": "AWS::AutoScaling::ScheduledAction",
        "Properties": {"AutoScalingGroupName": {"Ref": "Web"}, "MaxSize": 9},
    }
    assert pool({"MinSize": 5}, {}, Day=action) == []


NOT_ON = "wants hibernated instances, but Plain launches them without hibernation; configure it there"


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        (launched({"Ref": "Plain"}), [("error", NOT_ON)]),
        (launched({"Ref": "Plain"}, {"Fn::GetAtt": ["Plain", "LatestVersionNumber"]}), [("error", NOT_ON)]),
        ({"LaunchTemplate": {"LaunchTemplateName": "plain", "Version": "1"}}, [("error", NOT_ON)]),
        (launched({"Ref": "Hibernating"}), []),
        (launched({"Ref": "Plain"}, "7"), []),
        (launched("lt-0a1b2c3d"), []),
        (launched({"Fn::ImportValue": "template"}), []),
        ({"LaunchConfigurationName": {"Ref": "Any"}}, []),
    ],
    ids=str,
)
def test_hibernation_wants_a_launch_template_that_configures_it(web: dict[str, Any], expected: Said) -> None:
    assert pool({"PoolState": "Hibernated"}, web) == expected
    assert pool({"PoolState": "Stopped"}, web) == []
    assert pool({}, web) == []


def test_groups_of_mixed_instances_may_have_a_pool() -> None:
    def mixed(name: str) -> dict[str, Any]:
        template = {"LaunchTemplateSpecification": {"LaunchTemplateId": {"Ref": name}, "Version": "1"}}
        return {"MixedInstancesPolicy": {"LaunchTemplate": template}}

    assert pool({"PoolState": "Hibernated"}, mixed("Hibernating")) == []
    assert pool({"PoolState": "Hibernated"}, mixed("Plain")) == [("error", NOT_ON)]
    assert pool({"MinSize": 2}, mixed("Plain")) == []


def test_the_pool_of_a_terraform_group_is_a_block() -> None:
    message = "keeps 6 instances warm, but it may have 4; keep fewer warm"
    assert terraform(WARM, {"warm_pool": {"min_size": 6}}) == [("warning", message)]
    assert terraform(WARM, {"warm_pool": {}}) == []
