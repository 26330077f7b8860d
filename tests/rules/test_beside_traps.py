"""What may stand beside something else although it looks as if AWS refused it, and what may not."""

from __future__ import annotations

from typing import Any

from tests.linting import messages, resource, stack, terraform

DAEMON: dict[str, Any] = {"name": "a", "task_definition": "a", "scheduling_strategy": "DAEMON"}


def test_a_count_of_a_daemon_that_a_variable_has_by_default_is_nobodys_decision() -> None:
    variable = {"variable": {"agents": {"default": 1}}}
    for count, told in (("${var.agents}", 0), (1, 1)):
        template = terraform(variable, aws_ecs_service={"agent": DAEMON | {"desired_count": count}})
        assert len(messages("ecs-service-settings", template)) == told


def test_a_target_that_may_be_another_service_s_scales_no_daemon() -> None:
    target = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount", "MaxCapacity": 2}
    agent = resource("ECS::Service", SchedulingStrategy="DAEMON", Cluster="main", ServiceName="agent")
    for named, told in (("service/main/agent", 1), ("service/other/agent", 0), ("service/main/web", 0)):
        scaled = resource("ApplicationAutoScaling::ScalableTarget", ResourceId=named, **target)
        assert len(messages("ecs-service-settings", stack(Agent=agent, Target=scaled))) == told


def record(name: str, type_: str, **more: Any) -> dict[str, Any]:
    return resource("Route53::RecordSet", HostedZoneName="example.com.", Name=name, Type=type_, **more)


def test_a_record_that_is_not_made_stands_beside_none() -> None:
    cname = {"zone_id": "Z1", "name": "help", "type": "CNAME", "records": ["a.example.net"]}
    text = {"zone_id": "Z1", "name": "help", "type": "TXT", "records": ["a"]}
    for count in (1, 0):
        records = {"help": cname, "verified": text | {"count": count}}
        assert len(messages("route53-cname-beside", terraform(aws_route53_record=records))) == count


def test_a_set_of_cnames_is_told_once_of_what_is_beside_it() -> None:
    of_set = [record("help.example.com", "CNAME", SetIdentifier=name, Weight=1) for name in ("a", "b")]
    template = stack(First=of_set[0], Second=of_set[1], Text=record("help.example.com", "TXT"))
    [message] = messages("route53-cname-beside", template)
    assert message.startswith("First ")


def test_a_cname_at_the_apex_is_what_another_rule_reports() -> None:
    apex = stack(
        Root=record("example.com", "CNAME", ResourceRecords=["a.example.net"]), Mail=record("example.com", "MX")
    )
    assert messages("route53-cname-beside", apex) == []
    assert len(messages("route53-apex-cname", apex)) == 1


def test_a_name_that_a_template_leaves_open_is_the_same_in_both_records() -> None:
    name: Any = {"Fn::Sub": "${AWS::StackName}.example.com"}
    [message] = messages("route53-cname-beside", stack(Help=record(name, "CNAME"), Text=record(name, "TXT")))
    assert message.startswith("Help shares its name with Text (TXT), but Route 53 rejects any record beside a CNAME")


def test_interfaces_that_are_given_in_some_cases_only_are_not_judged() -> None:
    variable: Any = {"variable": {"public": {}}}
    block = {"dynamic": {"network_interfaces": {"for_each": "${var.public}", "content": {"device_index": 0}}}}
    template = {"vpc_security_group_ids": ["sg-1"]}
    assert messages("ec2-interface-groups", terraform(variable, aws_launch_template={"web": template | block})) == []
    written = {"network_interfaces": [{"device_index": 0}]}
    assert (
        len(messages("ec2-interface-groups", terraform(variable, aws_launch_template={"web": template | written}))) == 1
    )


def test_groups_that_make_way_for_interfaces_stand_beside_none() -> None:
    variable = {"variable": {"interfaces": {"type": "list(string)", "default": []}}}
    groups = '${length(var.interfaces) > 0 ? [] : ["sg-1"]}'
    block = {"network_interfaces": {"for_each": "${var.interfaces}", "content": {"device_index": 0}}}
    template = {"vpc_security_group_ids": groups, "dynamic": block}
    assert messages("ec2-interface-groups", terraform(variable, aws_launch_template={"web": template})) == []


def test_groups_of_a_variable_may_be_none() -> None:
    variable = {"variable": {"groups": {"type": "list(string)"}}}
    web = {"vpc_security_group_ids": "${var.groups}", "network_interfaces": [{"device_index": 0}]}
    assert messages("ec2-interface-groups", terraform(variable, aws_launch_template={"web": web})) == []


def test_a_refresh_of_another_strategy_ends_no_instance() -> None:
    properties: dict[str, Any] = {"MinSize": "2", "MaxSize": "4", "TargetGroupARNs": ["arn"]}
    preferences = {"MinHealthyPercentage": 0}
    for strategy, told in (("Rolling", 1), ("ReplaceRootVolume", 0)):
        group = resource("AutoScaling::AutoScalingGroup", **properties)
        group["UpdatePolicy"] = {"AutoScalingInstanceRefresh": {"Strategy": strategy, "Preferences": preferences}}
        assert len(messages("autoscaling-update-downtime", stack(Web=group))) == told


def test_a_group_that_is_not_replaced_is_updated_in_steps() -> None:
    for replaces, told in (("false", 1), (False, 1), ("true", 0)):
        group = resource("AutoScaling::AutoScalingGroup", MinSize="2", MaxSize="4", TargetGroupARNs=["arn"])
        rolling = {"MinInstancesInService": 0, "MaxBatchSize": 4}
        replacing = {"WillReplace": replaces}
        group["UpdatePolicy"] = {"AutoScalingReplacingUpdate": replacing, "AutoScalingRollingUpdate": rolling}
        assert len(messages("autoscaling-update-downtime", stack(Web=group))) == told
