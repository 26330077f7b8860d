"""Arguments that facts leave out, because no table read them when the facts were made, are not known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cases import each_case
from tests.readers.workspace import resources

from awslint_memo.model.record import replace
from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.terraform_modules import kept
from awslint_memo.readers.terraform_modules.kept import Kept, is_told
from awslint_memo.readers.terraform_names import TYPE_MAPS

CALL = 'module "orders" {\n  source = "acme/queue/aws"\n  name   = "orders"\n}\n'


@each_case(
    "type_, name, expected",
    (
        ("aws_sqs_queue", "message_retention_seconds", True),
        ("aws_sqs_queue", "count", True),
        ("aws_sqs_queue", "region", True),
        ("aws_sqs_queue", "of_another_version", False),
        ("aws_autoscaling_group", "mixed_instances_policy", True),
        ("aws_efs_access_point", "whatever_it_is", True),
        ("random_pet", "length", False),
        ("random_pet", "count", True),
        ("aws_sqs_queue", "depends_on", False),
        ("aws_efs_access_point", "depends_on", False),
        ("aws_api_gateway_deployment", "depends_on", True),
    ),
)
def test_what_the_tables_read_is_told(type_: str, name: str, expected: bool) -> None:
    assert is_told(type_, name) is expected


@each_case(
    "told, read, expected",
    (
        (True, {"a": True}, True),
        (False, False, True),
        (False, {"a": False}, False),
        ({"a": True}, False, True),
        ({"a": True}, True, False),
        ({"a": True, "b": {"c": False}}, {"b": {"c": False}}, True),
        ({"a": True, "b": {"c": False}}, {"b": {"d": False}}, False),
    ),
)
def test_all_that_is_read_of_a_block_has_to_be_told(told: Kept | bool, read: Kept | bool, expected: bool) -> None:
    assert kept._covers(told, read) is expected


@pytest.mark.usefixtures("known_modules")
def test_argument_that_a_table_reads_since_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"main.tf": CALL}
    before = resources(tmp_path, files)["module.orders.aws_sqs_queue.this"]
    assert before.get("MessageRetentionPeriod").number == 86400
    assert not before.get("DelaySeconds").is_unknown

    told: Mapping[str, Kept] = {"aws_sqs_queue": {"name": True, "visibility_timeout_seconds": True}}
    monkeypatch.setattr(kept, "_told", lambda: told)
    after = resources(tmp_path, files)["module.orders.aws_sqs_queue.this"]
    assert after.get("QueueName").text == "orders"
    assert not after.get("VisibilityTimeout").is_unknown
    assert after.get("MessageRetentionPeriod").is_unknown
    assert after.get("DelaySeconds").is_unknown


@pytest.mark.usefixtures("known_modules")
def test_property_of_a_users_table_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = TYPE_MAPS["aws_sqs_queue"]
    more = {**table.properties, "Own": PropertyMap("own")}
    settings = {"enabled": PropertyMap("lifecycle.create_before_destroy")}
    changed = replace(table, properties=more, settings=settings, beside={"DependsOn": PropertyMap("depends_on")})
    monkeypatch.setitem(TYPE_MAPS, "aws_sqs_queue", changed)
    plain = 'resource "aws_sqs_queue" "plain" {\n}\n'
    queues = resources(tmp_path, {"main.tf": CALL + plain})
    known, own = queues["module.orders.aws_sqs_queue.this"], queues["aws_sqs_queue.plain"]
    assert known.get("Own").is_unknown
    assert known.terraform.enabled.is_unknown
    assert known.attributes["DependsOn"].is_unknown
    assert own.get("Own").is_absent
    assert own.terraform.enabled.is_absent
    assert "DependsOn" not in own.attributes
