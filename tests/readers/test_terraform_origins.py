"""Where findings stand in Terraform: at the literal that decides a value, with the way there as related places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.readers.ways import MODULES, RULE, VARIABLE, found, shown, tf_queue, way
from tests.readers.workspace import write

from awslint_memo import api

pytestmark = pytest.mark.usefixtures("polled_queues")

USED = "receive_wait_time_seconds of aws_sqs_queue.orders"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_default_of_a_variable() -> None:
    assert way({"main.tf": VARIABLE + tf_queue("var.wait")}) == ("main.tf:3 0", [("main.tf:6 var.wait", USED)])


@pytest.mark.parametrize(("name", "named"), [("terraform.tfvars", False), ("a.auto.tfvars", False), ("a.tfvars", True)])
def test_file_with_values_of_variables(name: str, named: bool) -> None:
    files = {"main.tf": VARIABLE.replace("= 0", "= 20") + tf_queue("var.wait"), name: "wait = 0\n"}
    expected = (f"{name}:1 0", [("main.tf:6 var.wait", USED)])
    assert way(files, var_files=(name,) if named else ()) == expected


def test_local() -> None:
    files = {"main.tf": "locals {\n  wait = 0\n}\n" + tf_queue("local.wait")}
    assert way(files) == ("main.tf:2 0", [("main.tf:5 local.wait", USED)])


def test_local_of_an_element_of_a_local() -> None:
    head = 'locals {\n  waits = {\n    test = 0\n    live = 20\n  }\n  wait = local.waits["test"]\n}\n'
    expected = [("main.tf:9 local.wait", USED), ('main.tf:6 local.waits["test"]', "local.wait")]
    assert way({"main.tf": head + tf_queue("local.wait")}) == ("main.tf:3 0", expected)


def test_argument_of_a_module_through_two_modules() -> None:
    assert way(MODULES) == (
        "main.tf:3 0",
        [
            ("a/b/main.tf:3 var.wait", "receive_wait_time_seconds of module.a.module.b.aws_sqs_queue.orders"),
            ("a/main.tf:4 var.seconds", "wait given to module.a.module.b"),
        ],
    )


def test_output_of_a_module() -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n' + tf_queue("module.a.wait"),
        "a/main.tf": 'output "wait" {\n  value = 0\n}\n',
    }
    assert way(files) == ("a/main.tf:2 0", [("main.tf:5 module.a.wait", USED)])


def test_element_of_for_each() -> None:
    text = tf_queue("each.value").replace("{\n", "{\n  for_each = { a = 0, b = 20 }\n", 1)
    used = 'receive_wait_time_seconds of aws_sqs_queue.orders["a"]'
    assert way({"main.tf": text}) == ("main.tf:2 0", [("main.tf:3 each.value", used)])


def test_index_of_count_is_decided_by_the_resource() -> None:
    text = tf_queue("count.index").replace("{\n", "{\n  count = 1\n", 1)
    used = "receive_wait_time_seconds of aws_sqs_queue.orders[0]"
    assert way({"main.tf": text}) == ('main.tf:1 "orders"', [("main.tf:3 count.index", used)])


def test_attribute_of_another_resource() -> None:
    other = tf_queue("0").replace("orders", "other")
    both = found({"main.tf": other + tf_queue("aws_sqs_queue.other.receive_wait_time_seconds")})
    assert {one.resource: shown(one.span) for one in both} == {
        "aws_sqs_queue.other": "main.tf:2 0",
        "aws_sqs_queue.orders": "main.tf:2 0",
    }


def planned(address: str, wait: int) -> str:
    type_, name = address.split(".")[-2:]
    values = {"receive_wait_time_seconds": wait}
    return json.dumps(
        {
            "format_version": "1.2",
            "planned_values": {"root_module": {}},
            "resource_changes": [
                {
                    "address": address,
                    "mode": "managed",
                    "type": type_,
                    "name": name,
                    "change": {"actions": ["create"], "before": None, "after": values, "after_unknown": {}},
                }
            ],
        }
    )


def test_plan_with_its_configuration() -> None:
    files = {
        "plan.json": planned("aws_sqs_queue.orders", 0),
        "source/main.tf": VARIABLE.replace("= 0", "= 20") + tf_queue("var.wait"),
    }
    write(Path(), files)
    report = api.lint(["plan.json"], select=[RULE], plan_source="source")
    (finding,) = report.findings
    assert finding.path == "source/main.tf"
    assert shown(finding.span) == "source/main.tf:6 var.wait"


def test_what_a_block_does_not_have_is_missing_at_the_block() -> None:
    text = 'resource "aws_dynamodb_table" "orders" {\n  name = "orders"\n  point_in_time_recovery {\n  }\n}\n'
    at, passed = way({"main.tf": text}, rule="dynamodb-point-in-time-recovery")
    assert (at, passed) == ("main.tf:3 point_in_time_recovery {", [])
