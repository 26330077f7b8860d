"""What makes a naive look at a group's instances wrong: checks in one text, notes, launch templates elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack
from tests.linting import terraform as configuration
from tests.plan_from_configuration import plan

SECTIONS = {"Parameters": {"Any": {"Type": "String"}, "Some": {"Type": "CommaDelimitedList"}}}
HIBERNATION = {"HibernationOptions": {"Configured": True}}
RESOURCES = {
    "Targets": resource("ElasticLoadBalancingV2::TargetGroup"),
    "Hibernating": resource("EC2::LaunchTemplate", LaunchTemplateData=HIBERNATION),
    "Plain": resource(
        "EC2::LaunchTemplate", LaunchTemplateName="plain", LaunchTemplateData={"InstanceType": "m5.large"}
    ),
}


def group(properties: dict[str, Any], beside: dict[str, Any] | None = None, **others: Any) -> dict[str, Any]:
    """A group named Web of 1 to 4 instances; `beside` stands beside its properties, `others` are more resources."""
    web = resource("AutoScaling::AutoScalingGroup", **{"MinSize": 1, "MaxSize": 4, **properties})
    return stack(SECTIONS, Web={**web, **(beside or {})}, **RESOURCES, **others)


def terraform(web: dict[str, Any], **others: Any) -> dict[str, Any]:
    return configuration(aws_autoscaling_group={"web": {"min_size": 1, "max_size": 4, **web}}, **others)


HEALTH = "autoscaling-health-check"
BALANCED = {"TargetGroupARNs": [{"Ref": "Targets"}]}


@each_case(
    ("properties", "at", "before", "wanted"),
    [
        (BALANCED, "Web", "load balancer (Targets)", "ELB"),
        ({**BALANCED, "HealthCheckType": "EC2"}, "HealthCheckType: EC2", "load balancer (Targets)", "ELB"),
        ({**BALANCED, "HealthCheckType": "EC2,EBS"}, "HealthCheckType: EC2,EBS", "(Targets)", "EBS,ELB"),
        (
            {**BALANCED, "HealthCheckType": "VPC_LATTICE"},
            "HealthCheckType: VPC_LATTICE",
            "(Targets)",
            "VPC_LATTICE,ELB",
        ),
        ({"LoadBalancerNames": [{"Ref": "Any"}]}, "Web", "load balancer", "ELB"),
        ({"TargetGroupARNs": [{"Fn::ImportValue": "targets"}]}, "Web", "load balancer", "ELB"),
        ({"TrafficSources": [{"Identifier": "a", "Type": "elbv2"}]}, "Web", "load balancer", "ELB"),
        ({"TrafficSources": [{"Identifier": "a", "Type": "vpc-lattice"}]}, "Web", "VPC Lattice", "VPC_LATTICE"),
        (
            {"TrafficSources": [{"Identifier": "a", "Type": "vpc-lattice"}], **BALANCED},
            "Web",
            "a load balancer (Targets) or VPC Lattice reports",
            "ELB,VPC_LATTICE",
        ),
        ({**BALANCED, "HealthCheckType": "EBS,"}, "HealthCheckType: EBS,", "(Targets)", "EBS,ELB"),
    ],
    ids=str,
)
def test_what_stands_before_a_group_wants_its_own_check(
    properties: dict[str, Any], at: str, before: str, wanted: str
) -> None:
    assert found(HEALTH, group(properties)) == [Found("warning", "Web", at)]
    (message,) = messages(HEALTH, group(properties))
    assert before in message
    assert message.partition("; ")[2].startswith(f"set it to {wanted}, and HealthCheckGracePeriod ")
    is_default = "HealthCheckType" not in properties
    assert ("HealthCheckType of Web is EC2 (default)" in message) is is_default


OF_A_MAP = """
variable "web" {}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4
}

locals {
  sources = { web = { identifier = var.web } }
}

resource "aws_autoscaling_traffic_source_attachment" "web" {
  for_each               = local.sources != null ? local.sources : {}
  autoscaling_group_name = aws_autoscaling_group.web.name

  traffic_source {
    identifier = each.value.identifier
    type       = "elbv2"
  }
}
"""


def test_what_is_attached_for_a_map_with_an_unknown_value() -> None:
    """The map is not null, so that the attachment exists."""
    (one,) = found(HEALTH, OF_A_MAP)
    assert (one.level, one.resource) == ("warning", "aws_autoscaling_group.web")


BEHIND_A_MODULE = """
resource "aws_subnet" "public" {}
resource "aws_lb_target_group" "web" {}
module "alb" {
  source  = "example/alb/aws"
  subnets = [aws_subnet.public.id]
}
resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4
}
resource "aws_autoscaling_traffic_source_attachment" "web" {
  autoscaling_group_name = aws_autoscaling_group.web.name
  traffic_source {
    identifier = TARGET
    type       = "elbv2"
  }
}
"""


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("module.alb.target_group", "a load balancer reports"),
        ("aws_lb_target_group.web.arn", "(aws_lb_target_group.web)"),
    ],
)
def test_what_is_named_is_a_load_balancer_or_a_target_group(target: str, said: str) -> None:
    """Not a subnet, of which the outputs of a module may be made."""
    (message,) = messages(HEALTH, BEHIND_A_MODULE.replace("TARGET", target))
    assert said in message


def test_a_grace_period_is_asked_for_where_there_is_none() -> None:
    """It is 0 s by default, in Terraform 300 s: an instance that still starts is replaced again and again."""
    for seconds, is_asked in ((None, True), (0, True), (120, False), ({"Ref": "Any"}, False)):
        written = {} if seconds is None else {"HealthCheckGracePeriod": seconds}
        (message,) = messages(HEALTH, group({**BALANCED, **written}))
        assert ("HealthCheckGracePeriod" in message) is is_asked
    for arguments, is_asked in (({}, False), ({"health_check_grace_period": 0}, True)):
        (message,) = messages(HEALTH, terraform({"load_balancers": ["web"], **arguments}))
        assert ("health_check_grace_period" in message) is is_asked


@each_case(
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
    assert found(HEALTH, group(properties)) == []


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
    assert found(HEALTH, terraform({}, **{type_: attached})) == [
        Found("warning", "aws_autoscaling_group.web", "web"),
    ]
    assert ["ELB" in one for one in messages(HEALTH, terraform({}, **{type_: attached}))] == [True]
    assert found(HEALTH, terraform({"health_check_type": "ELB"}, **{type_: attached})) == []
    attached["web"]["autoscaling_group_name"] = "another"
    assert found(HEALTH, terraform({}, **{type_: attached})) == []


ENDING = "autoscaling-termination"
NEWEST = {"TerminationPolicies": ["Default", "NewestInstance"]}
OLDEST = {"TerminationPolicies": ["OldestInstance", "Default"]}
WHY = [Found("advice", "Web", "TerminationPolicies")]


def scaled(properties: dict[str, Any], beside: dict[str, Any] | None = None) -> dict[str, Any]:
    """The group with a policy that scales it in."""
    tracking = {"AutoScalingGroupName": {"Ref": "Web"}, "PolicyType": "TargetTrackingScaling"}
    return group(properties, beside, Cpu=resource("AutoScaling::ScalingPolicy", **tracking))


def test_a_group_that_nothing_scales_in_terminates_none_by_its_policy() -> None:
    assert found(ENDING, group(NEWEST)) == []
    growing = {"AutoScalingGroupName": {"Ref": "Web"}, "AdjustmentType": "ChangeInCapacity", "ScalingAdjustment": 1}
    assert found(ENDING, group(NEWEST, Grow=resource("AutoScaling::ScalingPolicy", **growing))) == []
    evening = resource("AutoScaling::ScheduledAction", AutoScalingGroupName={"Ref": "Web"}, DesiredCapacity=1)
    assert found(ENDING, group(NEWEST, Evening=evening)) == WHY
    put_out = {**group(NEWEST), "Outputs": {"Web": {"Value": {"Ref": "Web"}, "Export": {"Name": "web"}}}}
    assert found(ENDING, put_out) == WHY


def test_a_policy_without_a_note_is_advice() -> None:
    assert found(ENDING, scaled(OLDEST)) == []
    assert found(ENDING, scaled(NEWEST)) == WHY
    (message,) = messages(ENDING, scaled(NEWEST))
    assert message.startswith("TerminationPolicies of Web is Default, NewestInstance, ")
    assert message.endswith("under Termination in Metadata")
    assert found(ENDING, scaled(NEWEST, {"Metadata": {"Owner": "shop"}})) == WHY
    rolling: dict[str, Any] = {"UpdatePolicy": {"AutoScalingRollingUpdate": {}}}
    assert found(ENDING, scaled(NEWEST, rolling)) == WHY


@pytest.mark.parametrize(
    "metadata", [{"Termination": "caches"}, {"Notes": ["caches", {"Why": "terminates old caches"}]}], ids=str
)
def test_a_note_says_why(metadata: dict[str, Any]) -> None:
    assert found(ENDING, scaled(OLDEST, {"Metadata": metadata})) == []


@each_case("policies", [["Default"], {"Ref": "Some"}, [{"Ref": "Any"}], ["Default", {"Ref": "Any"}]], ids=str)
def test_the_default_and_unknown_policies_are_not(policies: Any) -> None:
    assert found(ENDING, scaled({"TerminationPolicies": policies})) == []


@pytest.mark.parametrize("update", ["AutoScalingRollingUpdate", "AutoScalingInstanceRefresh"])
def test_the_newest_first_undoes_rolling_updates_whatever_the_note(update: str) -> None:
    beside = {"UpdatePolicy": {update: {}}, "Metadata": {"Termination": "canaries"}}
    newest = scaled({"TerminationPolicies": ["NewestInstance"]}, beside)
    assert found(ENDING, newest) == [Found("warning", "Web", "TerminationPolicies")]
    second = {"TerminationPolicies": ["OldestLaunchTemplate", "NewestInstance"]}
    assert found(ENDING, scaled(second, beside)) == []
    assert found(ENDING, scaled({"TerminationPolicies": ["NewestInstance"]}, {**beside, "UpdatePolicy": {}})) == []


def test_a_plan_keeps_no_notes() -> None:
    web = {"min_size": 1, "max_size": 4, "termination_policies": ["NewestInstance"]}
    tracking = {"autoscaling_group_name": "${aws_autoscaling_group.web.name}", "policy_type": "TargetTrackingScaling"}
    scaling = {"web": {"name": "cpu", **tracking}}
    text = json.dumps(configuration(aws_autoscaling_group={"web": web}, aws_autoscaling_policy=scaling))
    assert [one.level for one in found(ENDING, text)] == ["advice"]
    assert ["Metadata" in one for one in messages(ENDING, text)] == [False]
    assert found(ENDING, plan(text)) == []


WARM = "autoscaling-warm-pool"


def pool(properties: dict[str, Any], web: dict[str, Any] | None = None, **others: Any) -> dict[str, Any]:
    """The group with a warm pool of these properties."""
    made = resource("AutoScaling::WarmPool", **{"AutoScalingGroupName": {"Ref": "Web"}, **properties})
    return group(web or {}, None, Pool=made, **others)


def launched(template: Any, version: Any = "1") -> dict[str, Any]:
    return {"LaunchTemplate": {"LaunchTemplateId": template, "Version": version}}


def test_a_pool_larger_than_its_group_is_paid_for_in_vain() -> None:
    assert found(WARM, pool({"MinSize": "5"})) == [Found("warning", "Pool", "MinSize: 5")]
    (message,) = messages(WARM, pool({"MinSize": "5"}))
    assert message.startswith("MinSize of Pool is 5, but MaxSize of Web is 4, ")
    assert found(WARM, pool({"MinSize": 4})) == []
    assert found(WARM, pool({"MinSize": 5}, {"MaxSize": {"Ref": "Any"}})) == []
    assert found(WARM, pool({"MinSize": 5, "AutoScalingGroupName": {"Ref": "Any"}})) == []
    action = resource("AutoScaling::ScheduledAction", AutoScalingGroupName={"Ref": "Web"}, MaxSize=9)
    assert found(WARM, pool({"MinSize": 5}, {}, Day=action)) == []


NOT_ON = [Found("error", "Pool", "PoolState: Hibernated")]


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        (launched({"Ref": "Plain"}), NOT_ON),
        (launched({"Ref": "Plain"}, {"Fn::GetAtt": ["Plain", "LatestVersionNumber"]}), NOT_ON),
        ({"LaunchTemplate": {"LaunchTemplateName": "plain", "Version": "1"}}, NOT_ON),
        (launched({"Ref": "Hibernating"}), []),
        (launched({"Ref": "Plain"}, "7"), []),
        (launched("lt-0a1b2c3d"), []),
        (launched({"Fn::ImportValue": "template"}), []),
        ({"LaunchConfigurationName": {"Ref": "Any"}}, []),
    ],
    ids=str,
)
def test_hibernation_wants_a_launch_template_that_configures_it(web: dict[str, Any], expected: list[Found]) -> None:
    hibernated = pool({"PoolState": "Hibernated"}, web)
    assert found(WARM, hibernated) == expected
    remedy = "set LaunchTemplateData.HibernationOptions.Configured to true there"
    assert [remedy in one for one in messages(WARM, hibernated)] == [True] * len(expected)
    assert found(WARM, pool({"PoolState": "Stopped"}, web)) == []
    assert found(WARM, pool({}, web)) == []


def test_groups_of_mixed_instances_may_have_a_pool() -> None:
    def mixed(name: str) -> dict[str, Any]:
        template = {"LaunchTemplateSpecification": {"LaunchTemplateId": {"Ref": name}, "Version": "1"}}
        return {"MixedInstancesPolicy": {"LaunchTemplate": template}}

    assert found(WARM, pool({"PoolState": "Hibernated"}, mixed("Hibernating"))) == []
    assert found(WARM, pool({"PoolState": "Hibernated"}, mixed("Plain"))) == NOT_ON
    assert found(WARM, pool({"MinSize": 2}, mixed("Plain"))) == []


def test_the_pool_of_a_terraform_group_is_a_block() -> None:
    wide = terraform({"warm_pool": {"min_size": 6}})
    assert found(WARM, wide) == [Found("warning", "aws_autoscaling_group.web", "min_size: 6")]
    (message,) = messages(WARM, wide)
    beginning = "warm_pool.min_size of aws_autoscaling_group.web is 6, but max_size of the group is 4, "
    assert message.startswith(beginning)
    assert found(WARM, terraform({"warm_pool": {}})) == []
