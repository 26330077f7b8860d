"""Small generated plans: cases that the real plans in the fixtures don't have."""

from __future__ import annotations

import codecs
import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.plan_from_configuration import plan
from tests.readers.plans import (
    PLANS,
    QUEUE,
    change,
    configured,
    deployed,
    deployment,
    findings,
    mentioned,
    target,
)

from awslint_memo.files.source import Source
from awslint_memo.model.value import Link, Unknown
from awslint_memo.readers.plan.nodes import PlanTrees, Unconfigured
from awslint_memo.syntax import json_nodes
from awslint_memo.syntax.node import Flaws, fields


def test_a_known_text_that_is_more_than_the_reference_is_no_link() -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:worker"
    here = deployment(
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


def test_texts_that_are_the_same_attribute_of_a_data_source_are_the_same() -> None:
    names = {"a": "${data.aws_vpc.net.id}", "b": "${data.aws_vpc.net.id}", "c": "${data.aws_vpc.net.arn}"}
    configuration = {
        "variable": {"range": {}},
        "data": {"aws_vpc": {"net": {"cidr_block": "${var.range}"}}},
        "resource": {"aws_security_group": {name: {"vpc_id": value} for name, value in names.items()}},
    }
    here = deployed(Source("plan.json", plan(json.dumps(configuration)).encode()))
    a, b, c = (here.resources[f"aws_security_group.{name}"].get("VpcId") for name in names)
    assert a.is_unknown
    assert a.is_same_as(b) is True
    assert a.is_same_as(c) is None


def test_without_configuration_what_is_not_known_may_be_anything() -> None:
    here = deployment(change("aws_sqs_queue.a", {"name": "a"}, {"redrive_policy": True, "arn": True}))
    policy = here.resources["aws_sqs_queue.a"].get("RedrivePolicy")
    assert policy.is_unknown
    assert here.may_point_to(policy, here.resources["aws_sqs_queue.a"])
    assert here.resources["aws_sqs_queue.a"].get("DelaySeconds").is_absent


@each_case(
    "left_out",
    [
        change("aws_sqs_queue.a", None, actions=["delete"]),
        change("aws_sqs_queue.a", None, actions=["forget"]),
        change("aws_sqs_queue.a", {"name": "a"}, mode="data", actions=["read"]),
        change("aws_sqs_queue.a", {"name": "a"}, deposed="0a1b2c3d", actions=["delete"]),
        change("null_resource.a", {"id": "1"}),
    ],
)
def test_what_leaves_no_resource_of_ours(left_out: dict[str, Any]) -> None:
    assert deployment(left_out).resources == {}


@pytest.mark.parametrize(
    "left_out",
    [
        change("aws_sqs_queue.a", None, {"name": True}),
        {"address": "aws_sqs_queue.a", "mode": "managed", "type": "aws_sqs_queue", "name": "a"},
    ],
)
def test_what_has_another_form_may_be_any_resource(left_out: dict[str, Any]) -> None:
    assert deployment(left_out, is_whole=False).resources == {}


def test_a_plan_without_changes_is_a_template_without_resources() -> None:
    empty = {"format_version": "1.2", "planned_values": {"root_module": {}}, "configuration": {"root_module": {}}}
    assert deployed(Source("plan.json", json.dumps(empty).encode())).resources == {}
    assert deployment().resources == {}


def test_empty_values_are_absent() -> None:
    after = {"redrive_policy": "", "name": "a", "policy": None}
    queue = deployment(change("aws_sqs_queue.a", after)).resources["aws_sqs_queue.a"]
    assert queue.get("RedrivePolicy").is_absent
    function = deployment(change("aws_lambda_function.a", {"dead_letter_config": []})).resources[
        "aws_lambda_function.a"
    ]
    assert function.get("DeadLetterConfig").is_absent


@each_case(
    ("before", "after", "secret"),
    [
        ([True, False], [False], [True]),
        ([False, {"a": [True]}], [False], [True]),
        ([False, False], [False], [False]),
        ([False], [True], [True]),
    ],
)
def test_items_of_a_list_that_became_shorter_may_have_moved(before: Any, after: Any, secret: list[bool]) -> None:
    trees: object = {"after": {"a": ["x"]}, "before_sensitive": {"a": before}, "after_sensitive": {"a": after}}
    root = json_nodes.parse(Source("plan.json", json.dumps(trees).encode()), Flaws())
    whole = PlanTrees(fields(root)).argument("a", Unconfigured.NOTHING, root)
    assert [one.is_sensitive for one in whole.items()] == secret


@each_case(
    ("references", "is_secret"),
    [
        (["var.db_password"], True),
        (["local.db.password", "local.db"], True),
        (["module.a.api_token", "module.a"], True),
        (["var.secret.name", "var.secret"], False),
        (["random_password.db.result"], False),
        (["module.secret.queue"], False),
    ],
)
def test_what_a_named_secret_is_in_is_secret(references: list[str], is_secret: bool) -> None:
    queue = {"type": "aws_sqs_queue", "name": "a", "expressions": {"name": {"references": references}}}
    here = deployment(change("aws_sqs_queue.a", {"name": "orders"}), configuration=configured(queue))
    assert here.resources["aws_sqs_queue.a"].get("QueueName").is_secret is is_secret


def test_sensitive_values_are_never_told() -> None:
    secret = {"name": "hush", "delay_seconds": None, "redrive_policy": "hush"}
    here = deployment(
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
    found = findings("databases")
    assert found
    assert not any("correct-horse" in one.message for one in found)


@each_case("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings(encoding: str) -> None:
    text = (PLANS / "fifo" / "plan.json").read_text()
    data = (codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b"") + text.encode(encoding)
    assert len(deployed(Source("plan.json", data)).of_type(QUEUE)) == 2


def test_blocks_of_a_set_are_told_apart_by_their_constants() -> None:
    def references(name: str) -> dict[str, Any]:
        return {"references": [f"aws_sqs_queue.{name}.arn", f"aws_sqs_queue.{name}"]}

    here = deployment(
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
    here = deployment(
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
    here = deployment(
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
    here = deployment(
        change("module.m.aws_sqs_queue.a", {}, {"redrive_policy": True}),
        configuration=configured(module_calls={"m": call}),
    )
    policy = here.resources["module.m.aws_sqs_queue.a"].get("RedrivePolicy")
    assert isinstance(policy, Unknown)
    assert policy.anything


@pytest.mark.parametrize("odd", [True, 5, "text", [[1]], [{}], {"a": 1}, None])
@pytest.mark.parametrize("part", ["actions", "resources", "expressions"])
def test_a_part_of_another_shape_costs_no_other_resource(part: str, odd: Any) -> None:
    changes = [change("aws_sqs_queue.odd", {}), change("aws_sqs_queue.sound", {})]
    block = {"type": "aws_sqs_queue", "name": "odd", "mode": "managed", "expressions": {}}
    root: dict[str, Any] = {"resources": [block]}
    if part == "actions":
        changes[0]["change"]["actions"] = odd
    elif part == "resources":
        root["resources"] = odd
    else:
        block["expressions"] = odd
    here = deployment(*changes, is_whole=part != "actions", configuration={"root_module": root})
    assert here.resources["aws_sqs_queue.sound"].get("DelaySeconds") is not None


@pytest.mark.parametrize(("known", "unknown"), [([{}], [{"target_arn": True}]), (None, True), ([], True)])
def test_a_block_that_a_dynamic_block_makes_is_not_absent(known: Any, unknown: Any) -> None:
    """A plan shows nothing of how such a block is written, so its parts look as if the provider filled them in."""
    function = change(
        "aws_lambda_function.work", {"dead_letter_config": known}, unknown={"dead_letter_config": unknown}
    )
    queue = change("aws_sqs_queue.failed", {"name": "failed"})
    written = [{"type": "aws_lambda_function", "name": "work"}, {"type": "aws_sqs_queue", "name": "failed"}]
    here = deployment(function, queue, configuration=configured(*written))
    target = here.resources["aws_lambda_function.work"].get("DeadLetterConfig.TargetArn")
    assert isinstance(target, Unknown)
    assert here.resources["aws_sqs_queue.failed"].may_be_named_by(target)


def test_a_block_that_the_provider_fills_in_is_absent() -> None:
    function = change("aws_lambda_function.work", {}, unknown={"tracing_config": True})
    here = deployment(function, configuration=configured({"type": "aws_lambda_function", "name": "work"}))
    assert here.resources["aws_lambda_function.work"].get("TracingConfig").is_absent


@pytest.mark.parametrize("written", [{}, {"initial_lifecycle_hook": [{"name": {"constant_value": "drain"}}]}])
def test_a_zero_in_a_block_may_be_what_nobody_set(written: dict[str, Any]) -> None:
    """Where the plan shows the block it is surely so; where a dynamic block makes it, somebody may have written 0."""
    hook = {"name": "drain", "heartbeat_timeout": 0}
    group = change("aws_autoscaling_group.web", {"initial_lifecycle_hook": [hook], "max_instance_lifetime": 0})
    expressions = {"type": "aws_autoscaling_group", "name": "web", "expressions": written}
    web = deployment(group, configuration=configured(expressions)).resources["aws_autoscaling_group.web"]
    timeout = web.get("LifecycleHookSpecificationList").items[0].get("HeartbeatTimeout")
    assert timeout.is_absent if written else timeout.is_unknown
    assert web.get("MaxInstanceLifetime").is_absent


def test_a_zero_of_a_plan_without_configuration_may_be_what_nobody_set() -> None:
    group = change("aws_autoscaling_group.web", {"max_instance_lifetime": 0, "max_size": 3})
    web = deployment(group).resources["aws_autoscaling_group.web"]
    assert web.get("MaxInstanceLifetime").is_unknown
    assert web.get("MaxSize").number == 3


def test_a_nested_block_that_a_dynamic_block_makes_is_not_absent() -> None:
    planned: dict[str, Any] = {"destination_config": [{"on_failure": [{}], "on_success": []}]}
    unknown = {"destination_config": [{"on_failure": [{"destination": True}], "on_success": []}]}
    type_ = "aws_lambda_function_event_invoke_config"
    configuration = configured({"type": type_, "name": "work"})
    here = deployment(change(f"{type_}.work", planned, unknown=unknown), configuration=configuration)
    target = here.resources[f"{type_}.work"].get("DestinationConfig.OnFailure.Destination")
    assert isinstance(target, Unknown)
