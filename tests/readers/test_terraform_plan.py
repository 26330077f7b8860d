"""Terraform plans: what stands when they are applied, what is known of it, and how it hangs together."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import Any

import pytest
from tests.plan_from_configuration import plan

from awslint_memo.finding import Finding
from awslint_memo.linter import Judgement, lint
from awslint_memo.readers import template
from awslint_memo.readers.names import LOOKED_AT
from awslint_memo.readers.source import Source, read
from awslint_memo.readers.terraform_plan import TerraformPlan
from awslint_memo.registry import rules
from awslint_memo.template import Deployment
from awslint_memo.value import Link, Unknown, Value

PLANS = Path(__file__).parents[2] / "fixtures" / "plans"
QUEUE, FUNCTION = "AWS::SQS::Queue", "AWS::Lambda::Function"


def deployed(source: Source) -> Deployment:
    made = template(source)
    assert isinstance(made, TerraformPlan)
    deployments = made.deployments(None, LOOKED_AT)
    assert deployments.is_complete
    (world,) = deployments.worlds
    assert not world.is_open
    return world


def fixture(name: str) -> Deployment:
    return deployed(read(str(PLANS / name / "plan.json")))


def world(*changes: dict[str, Any], **more: Any) -> Deployment:
    whole = {"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": changes, **more}
    return deployed(Source("plan.json", json.dumps(whole).encode()))


def change(address: str, after: Any, unknown: Any = None, **more: Any) -> dict[str, Any]:
    type_, name = address.split(".")[-2:]
    actions = more.pop("actions", ["create"])
    made = {"actions": actions, "before": None, "after": after, "after_unknown": unknown or {}}
    return {
        "address": address,
        "mode": "managed",
        "type": type_,
        "name": name.partition("[")[0],
        "change": {**made, **more.pop("change", {})},
        **more,
    }


def configured(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"root_module": {"resources": [{"mode": "managed", **one} for one in resources], **more}}


def target(deployment: Deployment, name: str, path: str, *types: str) -> str | None:
    found = deployment.resources[name].follow(path, *types)
    return found.name if found is not None else None


def mentioned(value: Value) -> set[str]:
    return {link.resource for link in value.mentions()}


def findings(name: str) -> list[Finding]:
    made = template(read(str(PLANS / name / "plan.json")))
    assert made is not None
    found, _ = lint(made, Judgement(list(rules().values()), LOOKED_AT))
    return found


@pytest.mark.parametrize("name", [folder.name for folder in PLANS.iterdir() if folder.is_dir()])
def test_every_value_of_a_real_plan_can_be_read_and_pointed_at(name: str) -> None:
    assert [one for one in findings(name) if one.rule == "internal-error"] == []
    for resource in fixture(name).resources.values():
        assert resource.language == "terraform"
        text = read(resource.place.span.path).lines[resource.place.span.line - 1]
        assert json.loads(text[resource.place.span.column - 1 : resource.place.span.end_column - 1]) == resource.name


def test_links_are_rebuilt_from_references() -> None:
    here = fixture("queues")
    assert target(here, "aws_lambda_event_source_mapping.orders", "EventSourceArn") == "aws_sqs_queue.orders"
    assert target(here, "aws_lambda_event_source_mapping.orders", "FunctionName") == "aws_lambda_function.worker"
    assert target(here, "aws_sqs_queue.orders", "RedrivePolicy.deadLetterTargetArn") == "aws_sqs_queue.failed"
    assert target(here, "aws_sns_topic_subscription.audit", "TopicArn") == "aws_sns_topic.news"
    assert target(here, "aws_sns_topic_subscription.audit", "RedrivePolicy.deadLetterTargetArn") == (
        "aws_sqs_queue.failed"
    )


def test_text_that_is_known_and_refers_to_a_name_is_a_link() -> None:
    (dimension,) = fixture("queues").resources["aws_cloudwatch_metric_alarm.failed"].get("Dimensions").items
    assert dimension.get("Name").text == "QueueName"
    link = dimension.get("Value")
    assert isinstance(link, Link)
    assert (link.resource, link.attribute) == ("aws_sqs_queue.failed", "QueueName")


def test_json_configuration_keeps_what_stands_beside_an_unknown_attribute() -> None:
    policy = fixture("queues").resources["aws_sqs_queue.orders"].get("RedrivePolicy")
    assert policy.get("maxReceiveCount").number == 5
    native = fixture("modules").resources["module.orders.aws_sqs_queue.this[0]"].get("RedrivePolicy")
    assert native.get("maxReceiveCount").is_unknown


def test_inputs_and_outputs_of_modules_are_followed() -> None:
    here = fixture("modules")
    mapping = "module.worker.aws_lambda_event_source_mapping.this"
    assert target(here, mapping, "EventSourceArn", QUEUE) == "module.orders.aws_sqs_queue.this[0]"
    assert target(here, mapping, "FunctionName", FUNCTION) == "module.worker.aws_lambda_function.this"
    failures = target(here, "module.worker.aws_lambda_function.this", "DeadLetterConfig.TargetArn")
    assert failures == "module.orders.aws_sqs_queue.dead_letter"
    for key in ("letters", "parcels"):
        queue = f'module.mail["{key}"].aws_sqs_queue.this[0]'
        dead_letter = f'module.mail["{key}"].aws_sqs_queue.dead_letter'
        assert target(here, queue, "RedrivePolicy.deadLetterTargetArn") == dead_letter
        failures = target(here, f'module.postman["{key}"].aws_lambda_function.this', "DeadLetterConfig.TargetArn")
        assert failures == 'module.mail["letters"].aws_sqs_queue.dead_letter'
        # `module.mail[each.key].queue_arn`: the plan tells the instance and not the output.
        source = here.resources[f'module.postman["{key}"].aws_lambda_event_source_mapping.this'].get("EventSourceArn")
        assert source.is_unknown
        assert mentioned(source) == {queue, dead_letter}


def test_a_variable_that_is_null_leaves_the_providers_default() -> None:
    # The module passes on a wait of null; the provider then plans its own.
    wait = fixture("modules").resources["module.orders.aws_sqs_queue.this[0]"].get("ReceiveMessageWaitTimeSeconds")
    assert wait.number == 0
    assert fixture("databases").resources["aws_db_instance.reports"].get("MultiAZ").is_absent


def test_count_and_for_each_lead_to_the_instance_with_the_same_key() -> None:
    here = fixture("copies")
    for key in (0, 1):
        mapping = f"aws_lambda_event_source_mapping.by_number[{key}]"
        assert target(here, mapping, "EventSourceArn") == f"aws_sqs_queue.numbered[{key}]"
        assert target(here, mapping, "FunctionName") == 'aws_lambda_function.worker["north"]'
    for name in ("north", "south"):
        mapping = f'aws_lambda_event_source_mapping.by_name["{name}"]'
        assert target(here, mapping, "EventSourceArn") == f'aws_sqs_queue.named["{name}"]'
        assert target(here, mapping, "FunctionName") == f'aws_lambda_function.worker["{name}"]'


def test_what_is_not_one_resource_surely_is_unknown_and_mentions_all() -> None:
    here = fixture("copies")
    one_of_many = here.resources["aws_lambda_event_source_mapping.one_of_many"].get("EventSourceArn")
    assert mentioned(one_of_many) == {"aws_sqs_queue.numbered[0]", "aws_sqs_queue.numbered[1]"}
    chosen = here.resources["aws_lambda_event_source_mapping.chosen"].get("EventSourceArn")
    assert mentioned(chosen) == {"aws_sqs_queue.single", "aws_sqs_queue.numbered[0]"}
    for value in (one_of_many, chosen):
        assert value.is_unknown
        assert here.find(value) is None
        assert not here.may_point_to(value, here.resources['aws_sqs_queue.named["north"]'])


def test_a_local_value_and_a_dynamic_block_may_lead_anywhere() -> None:
    here = fixture("copies")
    by_local = here.resources["aws_lambda_event_source_mapping.by_local"].get("EventSourceArn")
    in_block = here.resources['aws_lambda_function.worker["north"]'].get("DeadLetterConfig.TargetArn")
    for value in (by_local, in_block):
        assert isinstance(value, Unknown)
        assert all(here.may_point_to(value, queue) for queue in here.of_type(QUEUE))


def test_what_nobody_wrote_is_absent_and_what_the_provider_fills_in_is_known() -> None:
    here = fixture("databases")
    shop, reports = here.resources["aws_db_instance.shop"], here.resources["aws_db_instance.reports"]
    assert (shop.get("MultiAZ").flag, shop.get("BackupRetentionPeriod").number) == (True, 14)
    assert reports.get("AvailabilityZone").is_absent
    assert reports.get("BackupRetentionPeriod").number == 0
    assert getattr(here.resources["aws_rds_cluster.lonely"].get("BackupRetentionPeriod"), "defaulted", None) is True
    assert getattr(here.resources["aws_rds_cluster.ledger"].get("BackupRetentionPeriod"), "defaulted", None) is False


def test_members_and_sources_of_databases_are_found() -> None:
    here = fixture("databases")
    assert target(here, "aws_db_instance.replica", "SourceDBInstanceIdentifier") == "aws_db_instance.shop"
    for member in ("ledger[0]", "ledger[1]", "lonely"):
        cluster = target(here, f"aws_rds_cluster_instance.{member}", "DBClusterIdentifier")
        assert cluster == f"aws_rds_cluster.{member.partition('[')[0]}"


def test_a_set_that_is_known_after_apply_has_the_members_that_it_refers_to() -> None:
    here = fixture("scaling")
    one = here.resources["aws_autoscaling_group.one_subnet"].get("VPCZoneIdentifier")
    two = here.resources["aws_autoscaling_group.two_subnets"].get("VPCZoneIdentifier")
    assert [mentioned(item) for item in one.items] == [{"aws_subnet.a"}]
    assert [mentioned(item) for item in two.items] == [{"aws_subnet.a"}, {"aws_subnet.b"}]
    zones = here.resources["aws_autoscaling_group.one_zone"].get("AvailabilityZones")
    assert [zone.text for zone in zones.items] == ["us-east-1a"]


def test_what_is_deleted_or_forgotten_is_not_there_and_a_replacement_counts_once() -> None:
    here = fixture("changes")
    assert sorted(name for name in here.resources if name.startswith("aws_sqs_queue")) == [
        f"aws_sqs_queue.{name}" for name in ("changed", "reborn", "renamed", "same")
    ]
    assert here.resources["aws_sqs_queue.renamed"].get("QueueName").text == "new-name"
    assert here.resources["aws_sqs_queue.changed"].get("ReceiveMessageWaitTimeSeconds").number == 20


def test_known_arns_lead_to_the_resources_that_have_them() -> None:
    here = fixture("changes")
    assert target(here, "aws_lambda_event_source_mapping.same", "EventSourceArn") == "aws_sqs_queue.same"
    assert target(here, "aws_sns_topic_subscription.changed", "Endpoint") == "aws_sqs_queue.changed"
    assert target(here, "aws_sqs_queue.changed", "RedrivePolicy.deadLetterTargetArn") == "aws_sqs_queue.same"


def test_a_known_text_that_is_more_than_the_reference_is_no_link() -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:worker"
    here = world(
        change("aws_lambda_function.worker", {"arn": arn, "function_name": "worker"}, actions=["no-op"]),
        change("aws_lambda_event_source_mapping.a", {"function_name": arn}, actions=["no-op"]),
        change("aws_lambda_event_source_mapping.b", {"function_name": f"{arn}:live"}, actions=["update"]),
        configuration=configured(
            {"type": "aws_lambda_function", "name": "worker"},
            *(
                {
                    "type": "aws_lambda_event_source_mapping",
                    "name": name,
                    "expressions": {"function_name": {"references": ["aws_lambda_function.worker.arn"]}},
                }
                for name in "ab"
            ),
        ),
    )
    assert isinstance(here.resources["aws_lambda_event_source_mapping.a"].get("FunctionName"), Link)
    assert here.resources["aws_lambda_event_source_mapping.b"].get("FunctionName").text == f"{arn}:live"


def test_text_around_a_reference_is_kept_where_the_plan_has_it() -> None:
    configuration = {
        "resource": {
            "aws_lambda_function": {"worker": {"function_name": "worker"}},
            "aws_lambda_event_source_mapping": {"a": {"function_name": "${aws_lambda_function.worker.arn}:live"}},
        }
    }
    here = deployed(Source("plan.json", plan(json.dumps(configuration)).encode()))
    value = here.resources["aws_lambda_event_source_mapping.a"].get("FunctionName")
    assert value.ends_with(":live")
    assert target(here, "aws_lambda_event_source_mapping.a", "FunctionName") == "aws_lambda_function.worker"


def test_without_configuration_what_is_not_known_may_be_anything() -> None:
    here = world(change("aws_sqs_queue.a", {"name": "a"}, {"redrive_policy": True, "arn": True}))
    policy = here.resources["aws_sqs_queue.a"].get("RedrivePolicy")
    assert policy.is_unknown
    assert here.may_point_to(policy, here.resources["aws_sqs_queue.a"])
    assert here.resources["aws_sqs_queue.a"].get("DelaySeconds").is_absent


@pytest.mark.parametrize(
    "left_out",
    [
        change("aws_sqs_queue.a", None, actions=["delete"]),
        change("aws_sqs_queue.a", None, actions=["forget"]),
        change("aws_sqs_queue.a", None, {"name": True}),
        change("aws_sqs_queue.a", {"name": "a"}, mode="data", actions=["read"]),
        change("aws_sqs_queue.a", {"name": "a"}, deposed="0a1b2c3d", actions=["delete"]),
        change("null_resource.a", {"id": "1"}),
        {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a"},
    ],
)
def test_what_leaves_no_resource_of_ours(left_out: dict[str, Any]) -> None:
    assert world(left_out).resources == {}


def test_a_plan_without_changes_is_a_template_without_resources() -> None:
    empty = {"format_version": "1.2", "planned_values": {"root_module": {}}, "configuration": {"root_module": {}}}
    assert deployed(Source("plan.json", json.dumps(empty).encode())).resources == {}
    assert world().resources == {}


@pytest.mark.parametrize(
    "other",
    [
        {"plan": {"format_version": "1.2", "planned_values": {}}},
        {"format_version": "1.0", "terraform_version": "1.9.5", "values": {"root_module": {}}},
    ],
)
def test_what_is_no_plan(other: dict[str, Any]) -> None:
    assert template(Source("other.json", json.dumps(other).encode())) is None


def test_nothing_empty_counts_as_written() -> None:
    after = {"redrive_policy": "", "name": "a", "policy": None}
    queue = world(change("aws_sqs_queue.a", after)).resources["aws_sqs_queue.a"]
    assert queue.get("RedrivePolicy").is_absent
    function = world(change("aws_lambda_function.a", {"dead_letter_config": []})).resources["aws_lambda_function.a"]
    assert function.get("DeadLetterConfig").is_absent


def test_sensitive_values_are_never_told() -> None:
    secret = {"name": "hush", "delay_seconds": None, "redrive_policy": "hush"}
    here = world(
        change(
            "aws_sqs_queue.a",
            secret,
            change={
                "after_sensitive": {"name": True, "delay_seconds": True},
                "before_sensitive": {"redrive_policy": True},
            },
        )
    )
    queue = here.resources["aws_sqs_queue.a"]
    for path in ("QueueName", "RedrivePolicy"):
        assert queue.get(path).is_unknown
        assert "hush" not in repr(queue.get(path))
    assert queue.get("DelaySeconds").is_absent
    assert not any("correct-horse" in one.message for one in findings("databases"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text = (PLANS / "fifo" / "plan.json").read_text()
    data = (codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b"") + text.encode(encoding)
    assert len(deployed(Source("plan.json", data)).of_type(QUEUE)) == 2


def test_blocks_of_a_set_are_told_apart_by_their_constants() -> None:
    def references(name: str) -> dict[str, Any]:
        return {"references": [f"aws_sqs_queue.{name}.arn", f"aws_sqs_queue.{name}"]}

    here = world(
        change("aws_sqs_queue.a", {"name": "a"}, {"arn": True}),
        change("aws_sqs_queue.b", {"name": "b"}, {"arn": True}),
        change(
            "aws_s3_bucket_notification.n",
            {"bucket": "files", "queue": [{"id": "second"}, {"id": "first"}]},
            {"queue": [{"queue_arn": True}, {"queue_arn": True}]},
        ),
        change("aws_s3_bucket.files", {"bucket": "files"}),
        configuration=configured(
            {"type": "aws_sqs_queue", "name": "a"},
            {"type": "aws_sqs_queue", "name": "b"},
            {
                "type": "aws_s3_bucket_notification",
                "name": "n",
                "expressions": {
                    "queue": [
                        {"id": {"constant_value": "first"}, "queue_arn": references("a")},
                        {"id": {"constant_value": "second"}, "queue_arn": references("b")},
                    ]
                },
            },
        ),
    )
    queues = here.resources["aws_s3_bucket.files"].get("NotificationConfiguration.QueueConfigurations").items
    assert [sorted(mentioned(queue)) for queue in queues] == [["aws_sqs_queue.b"], ["aws_sqs_queue.a"]]


def test_plans_before_version_013_name_the_resource_only() -> None:
    here = world(
        change("aws_sqs_queue.a", {"name": "a"}, {"arn": True}),
        change("aws_lambda_event_source_mapping.m", {}, {"event_source_arn": True}),
        format_version="0.1",
        configuration=configured(
            {"type": "aws_sqs_queue", "name": "a"},
            {
                "type": "aws_lambda_event_source_mapping",
                "name": "m",
                "expressions": {"event_source_arn": {"references": ["aws_sqs_queue.a"]}},
            },
        ),
    )
    link = here.resources["aws_lambda_event_source_mapping.m"].get("EventSourceArn")
    assert isinstance(link, Link)
    assert (link.resource, link.attribute) == ("aws_sqs_queue.a", "Arn")


def test_a_data_source_is_not_known_and_mentions_what_it_looks_up() -> None:
    here = world(
        change("aws_sqs_queue.a", {"name": "a"}, {"arn": True}),
        change("aws_sqs_queue.b", {"name": "b"}, {"arn": True}),
        change("aws_lambda_event_source_mapping.m", {}, {"event_source_arn": True}),
        configuration=configured(
            {"type": "aws_sqs_queue", "name": "a"},
            {
                "mode": "data",
                "type": "aws_sqs_queue",
                "name": "found",
                "expressions": {"name": {"references": ["aws_sqs_queue.a.name", "aws_sqs_queue.a"]}},
            },
            {
                "type": "aws_lambda_event_source_mapping",
                "name": "m",
                "expressions": {"event_source_arn": {"references": ["data.aws_sqs_queue.found.arn"]}},
            },
        ),
    )
    source = here.resources["aws_lambda_event_source_mapping.m"].get("EventSourceArn")
    assert source.is_unknown
    assert mentioned(source) == {"aws_sqs_queue.a"}


def test_references_in_a_circle_end() -> None:
    inner = {
        "outputs": {"out": {"expression": {"references": ["var.in"]}}},
        "resources": [
            {
                "mode": "managed",
                "type": "aws_sqs_queue",
                "name": "a",
                "expressions": {"redrive_policy": {"references": ["var.in"]}},
            }
        ],
    }
    call = {"expressions": {"in": {"references": ["module.m.out", "module.m"]}}, "module": inner}
    here = world(
        change("module.m.aws_sqs_queue.a", {}, {"redrive_policy": True}),
        configuration=configured(module_calls={"m": call}),
    )
    policy = here.resources["module.m.aws_sqs_queue.a"].get("RedrivePolicy")
    assert isinstance(policy, Unknown)
    assert policy.anything


@pytest.mark.parametrize("name", ["handmade-newer-provider"])
def test_the_handmade_plan_is_up_to_date(name: str) -> None:
    made = plan((PLANS / name / "main.tf.json").read_text())
    assert (PLANS / name / "plan.json").read_text() == made + "\n"


def test_companions_and_newer_attributes() -> None:
    here = fixture("handmade-newer-provider")
    orders, failed, alone = (here.resources[f"aws_sqs_queue.{name}"] for name in ("orders", "failed", "alone"))
    assert orders.follow("RedrivePolicy.deadLetterTargetArn") is failed
    assert mentioned(failed.get("RedriveAllowPolicy")) == {"aws_sqs_queue.orders"}
    assert alone.get("RedrivePolicy").is_absent
    sessions = here.resources["aws_elasticache_replication_group.sessions"]
    assert sessions.get("NumCacheClusters").is_absent
    assert here.resources["aws_db_instance.orders"].get("MultiAZ").is_absent


def test_a_function_and_its_queue_are_judged_together() -> None:
    found = [one for one in findings("queues") if one.rule == "sqs-visibility-below-processing-time"]
    assert [(one.resource, one.level) for one in found] == [("aws_sqs_queue.orders", "error")]
    assert "aws_lambda_function.worker" in found[0].message
    span = found[0].span
    assert (PLANS / "queues" / "plan.json").read_text()[span.column - 1 : span.end_column - 1] == "30"
