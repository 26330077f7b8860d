"""A plan together with its configuration files; outputs and other parts of a plan."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.command import singles
from tests.readers.workspace import report, templates, write

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.value import Link, Value
from awslint_memo.readers.plan.changes import planned
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.plan.references import References
from awslint_memo.readers.plan.values import Arguments
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform_names import TYPE_MAPS
from awslint_memo.syntax import json_nodes
from awslint_memo.syntax.node import Flaws, Node, fields

PLANS = Path(__file__).resolve().parents[3] / "fixtures" / "plans"

QUEUE = {"name": "q", "receive_wait_time_seconds": 0, "region": None}


def change(address: str, after: Mapping[str, Any] | None = None, **entry: Any) -> dict[str, Any]:
    """An entry of resource_changes; by default it creates the resource."""
    type_, name = address.split(".")[-2:]
    name, _, key = name.partition("[")
    made = {"address": address, "mode": "managed", "type": type_, "name": name, **entry}
    if key:
        made["index"] = json.loads(key.rstrip("]"))
    done = {"actions": ["create"], "before": None, "after": after or QUEUE, "after_unknown": {"id": True, "arn": True}}
    made["change"] = {**done, **entry.get("change", {})}
    return made


def plan(*changes: dict[str, Any], **configuration: Any) -> str:
    resources = [
        {"address": f"{one['type']}.{one['name']}", "mode": "managed", "type": one["type"], "name": one["name"]}
        | {"provider_config_key": one.get("provider", "aws"), "expressions": {"name": {"constant_value": "q"}}}
        for one in changes
        if "module" not in one["address"].split(".")
    ]
    root = {"resources": resources, **configuration.pop("root_module", {})}
    return json.dumps(
        {
            "format_version": "1.2",
            "planned_values": {},
            "variables": configuration.pop("variables", {}),
            "resource_changes": list(changes),
            "configuration": {"root_module": root, **configuration},
        }
    )


def deployment(text: str) -> Deployment:
    made = template(Source("plan.json", text.encode()))
    assert isinstance(made, TerraformPlan)
    return made.deployments(None).deployments[0]


def places(folder: Path, *paths: str) -> set[tuple[str, int]]:
    found = report(*(str(folder / path) for path in paths), "--select", "sqs-long-polling")["findings"]
    return {(Path(one["path"]).name, one["line"]) for one in found}


MAIN = """variable "wait" {
}

resource "aws_sqs_queue" "q" {
  name                      = "q"
  receive_wait_time_seconds = var.wait
}
"""


def test_findings_point_to_the_configuration_in_the_plans_directory(tmp_path: Path) -> None:
    write(tmp_path, {"plan.json": plan(change("aws_sqs_queue.q")), "main.tf": MAIN})
    assert places(tmp_path, "plan.json") == {("main.tf", 6)}
    (one,) = report(str(tmp_path / "plan.json"), "--select", "sqs-long-polling")["findings"]
    assert one["resource"] == "aws_sqs_queue.q"


def test_a_configuration_of_other_resources_is_not_the_plans(tmp_path: Path) -> None:
    write(tmp_path, {"plan.json": plan(change("aws_sqs_queue.q")), "main.tf": MAIN.replace('"q" {', '"r" {')})
    assert {path for path, _ in places(tmp_path, "plan.json")} == {"plan.json"}


def test_the_source_may_be_named(tmp_path: Path) -> None:
    plans = plan(change("aws_sqs_queue.q"), change("aws_sqs_queue.gone"))
    write(tmp_path, {"plan.json": plans, "infra/main.tf": MAIN})
    arguments = (str(tmp_path / "plan.json"), "--select", "sqs-long-polling", "--source", str(tmp_path / "infra"))
    found = report(*arguments)["findings"]
    where = {(one["resource"], Path(one["path"]).name) for one in found}
    assert where == {("aws_sqs_queue.q", "main.tf"), ("aws_sqs_queue.gone", "plan.json")}


def test_a_source_that_can_not_be_used_is_a_notice_that_names_it(tmp_path: Path) -> None:
    write(tmp_path, {"plan.json": plan(change("aws_sqs_queue.q")), "empty/a.txt": "", "broken/main.tf": "resource {{{"})
    (alone,) = report(str(tmp_path / "plan.json"), "--select", "sqs-long-polling")["findings"]
    for name, why in (
        ("empty", "it has no Terraform configuration"),
        ("missing", "it is no folder"),
        ("broken", "main.tf:1"),
    ):
        source = str(tmp_path / name)
        done = report(str(tmp_path / "plan.json"), "--select", "sqs-long-polling", "--source", source)
        assert done["findings"] == [alone]
        (notice,) = done["summary"]["notices"]
        assert notice.startswith(f"{tmp_path / 'plan.json'}: judged without --source {source}: ")
        assert why in notice


def test_a_source_with_other_resources_says_only_where_they_are(tmp_path: Path) -> None:
    other = MAIN + LOCAL.replace('"q"', '"other"')
    write(tmp_path, {"plan.json": plan(change("aws_sqs_queue.q")), "infra/main.tf": other})
    done = report(str(tmp_path / "plan.json"), "--select", "sqs-long-polling", "--source", str(tmp_path / "infra"))
    assert [Path(one["path"]).name for one in done["findings"]] == ["main.tf"]
    (notice,) = done["summary"]["notices"]
    assert "it has other resources or modules than the plan" in notice


LOCAL = """resource "aws_sqs_queue" "q" {
  name           = "q"
  redrive_policy = jsonencode({ deadLetterTargetArn = local.failed, maxReceiveCount = var.tries })
}
"""

TRIES = """variable "tries" {
  default = 5
}

locals {
  failed = aws_sqs_queue.failed.arn
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}
"""


def tried(tmp_path: Path, *, text: str = LOCAL, **configuration: Any) -> list[tuple[str, str, int]]:
    """The findings on a plan whose redrive policy is not known before it is applied."""
    policy = {"references": ["local.failed", "var.tries"]}
    made = json.loads(
        plan(
            change("aws_sqs_queue.q", change={"after_unknown": {"arn": True, "redrive_policy": True}}),
            change("aws_sqs_queue.failed", {"name": "failed"}),
            **configuration,
        )
    )
    made["configuration"]["root_module"]["resources"][0]["expressions"]["redrive_policy"] = policy
    made["configuration"]["root_module"]["resources"][1]["expressions"] = {"name": {"constant_value": "failed"}}
    write(tmp_path, {"plan.json": json.dumps(made), "main.tf": text + TRIES})
    done = report(str(tmp_path / "plan.json"), "--select", "sqs-max-receive-count")
    return [(one["resource"], Path(one["path"]).name, one["line"]) for one in done["findings"]]


def test_what_a_plan_loses_is_read_in_its_configuration(tmp_path: Path) -> None:
    assert tried(tmp_path, variables={"tries": {"value": 1}}) == [("aws_sqs_queue.q", "main.tf", 5)]


def test_the_variables_of_a_plan_count_and_not_their_defaults(tmp_path: Path) -> None:
    assert tried(tmp_path, variables={"tries": {"value": 5}}) == []
    assert tried(tmp_path, text=LOCAL.replace("var.tries", "1"), variables={"tries": {"value": 5}}) == [
        ("aws_sqs_queue.q", "main.tf", 3)
    ]


def test_a_block_that_was_changed_since_the_plan_does_not_complete_it(tmp_path: Path) -> None:
    changed = LOCAL.replace('= "q"', '= "renamed"')
    assert tried(tmp_path, text=changed, variables={"tries": {"value": 1}}) == []


def test_each_plan_is_a_root_of_its_own(tmp_path: Path) -> None:
    text = MAIN.replace("var.wait", "0").replace('variable "wait" {\n}\n', "")
    module = 'module "m" {\n  source = "../m"\n}\n'
    one = change("module.m.aws_sqs_queue.q")
    called = {"module_calls": {"m": {"source": "../m", "module": {"resources": []}}}, "resources": []}
    files = {f"{name}/plan.json": plan(one, root_module=called) for name in ("east", "west")}
    write(tmp_path, {**files, "east/main.tf": module, "west/main.tf": module, "m/main.tf": text, ".git/HEAD": ""})
    found = singles(report(*(str(tmp_path / name) for name in files), "--select", "sqs-long-polling"))
    assert [(Path(one["path"]).name, Path(one["root"]).parent.name) for one in found] == [
        ("main.tf", "east"),
        ("main.tf", "west"),
    ]
    assert len({one["fingerprint"] for one in found}) == 2
    # The configurations say the same: then it is not repeated for the plans.
    found = singles(report(str(tmp_path), "--select", "sqs-long-polling"))
    assert [Path(one["root"]).name for one in found] == ["east", "west"]


def test_a_finding_in_the_configuration_is_not_repeated_for_its_plan(tmp_path: Path) -> None:
    text = MAIN.replace("var.wait", "0").replace('variable "wait" {\n}\n', "\n\n")
    write(tmp_path, {"a-plan.json": plan(change("aws_sqs_queue.q")), "main.tf": text})
    found = report(str(tmp_path), "--select", "sqs-long-polling")["findings"]
    assert [(Path(one["path"]).name, one["resource"]) for one in found] == [("main.tf", "aws_sqs_queue.q")]


def test_resources_that_the_configuration_tells_together_are_not_repeated_for_its_plan(tmp_path: Path) -> None:
    names = ("a", "b", "c")
    text = "".join(f'resource "aws_lambda_function" "{name}" {{\n  function_name = "{name}"\n}}\n' for name in names)
    after = {"tracing_config": [{"mode": "PassThrough"}], "function_name": "f"}
    changes = [change(f"aws_lambda_function.{name}", after) for name in names]
    write(tmp_path, {"main.tf": text, "plan.json": plan(*changes)})
    (one,) = report(str(tmp_path), "--select", "xray-lambda-tracing")["findings"]
    assert one["resources"] == [f"aws_lambda_function.{name}" for name in names]
    assert Path(one["path"]).name == "main.tf"


def test_suppressions_in_the_configuration_apply_to_its_plan(tmp_path: Path) -> None:
    comment = "# awslint-memo: ignore[sqs-long-polling] by hand\nresource"
    write(tmp_path, {"plan.json": plan(change("aws_sqs_queue.q")), "main.tf": MAIN.replace("resource", comment, 1)})
    assert places(tmp_path, "plan.json") == set()
    idle = MAIN.replace("resource", comment.replace("polling", "polling, sqs-dead-letter-kind"), 1)
    write(tmp_path, {"main.tf": idle})
    found = report(str(tmp_path / "plan.json"), "--select", "sqs-*")["findings"]
    assert found
    assert not [one for one in found if one["rule"].startswith("suppression")]


def test_modules_of_a_real_plan_are_found_in_their_files(tmp_path: Path) -> None:
    shutil.copytree(PLANS / "modules", tmp_path / "modules")
    found = report(str(tmp_path / "modules" / "plan.json"))["findings"]
    assert {Path(one["path"]).relative_to(tmp_path / "modules").as_posix() for one in found} >= {"queue/main.tf"}
    assert all(not one["path"].endswith("plan.json") for one in found)


def nested(value: Value) -> list[Value]:
    return [value, *(below for one in [*value.fields.values(), *_items(value)] for below in nested(one))]


def _items(value: Value) -> list[Value]:
    return [one for one in value.items if one is not value]


def test_every_value_of_every_real_plan_stands_in_its_source() -> None:
    folders = sorted(path for path in PLANS.iterdir() if path.is_dir())
    assert len(folders) > 3
    for folder in folders:
        (made,) = [one for one in templates(folder, "plan.json") if isinstance(one, TerraformPlan)]
        assert made.written is not None, folder.name
        resources = made.deployments(None).deployments[0].resources.values()
        assert resources
        for resource in resources:
            properties = {
                name for table in TYPE_MAPS.values() if table.type == resource.type for name in table.properties
            }
            values = (value for name in properties for value in nested(resource.get(name)))
            spans = [resource.place.span, *(value.place.span for value in values)]
            assert all(Path(span.path).name.startswith("main.tf") for span in spans), resource


def test_moved_imported_and_replaced_resources_stand(tmp_path: Path) -> None:
    moved = change("aws_sqs_queue.moved", previous_address="aws_sqs_queue.old", change={"actions": ["no-op"]})
    imported = change("aws_sqs_queue.imported", change={"actions": ["no-op"], "importing": {"id": "x"}})
    first = change("aws_sqs_queue.first", change={"actions": ["create", "delete"]})
    last = change("aws_sqs_queue.last", change={"actions": ["delete", "create"]})
    gone = change("aws_sqs_queue.gone", change={"actions": ["delete"], "after": None})
    forgotten = change("aws_sqs_queue.forgotten", change={"actions": ["forget"], "after": None})
    replaced = change("aws_sqs_queue.kept", change={"actions": ["create", "forget"]})
    names = deployment(plan(moved, imported, first, last, gone, forgotten, replaced)).resources
    assert [name.partition(".")[2] for name in names] == ["moved", "imported", "first", "last", "kept"]


def test_outputs_of_the_root_module_are_given_to_others() -> None:
    outputs = {
        "url": {"expression": {"references": ["aws_sqs_queue.q.id", "aws_sqs_queue.q"]}},
        "constant": {"expression": {"constant_value": "x"}},
        "other": {"expression": {"references": ["local.x"]}},
    }
    made = deployment(plan(change("aws_sqs_queue.q"), root_module={"outputs": outputs}))
    link, unknown = made.outputs
    assert isinstance(link, Link)
    assert (link.resource, link.attribute) == ("aws_sqs_queue.q", "Ref")
    assert made.may_point_to(unknown, made.resources["aws_sqs_queue.q"])


def test_programs_that_terraform_runs_are_told_of_resources() -> None:
    command = {"references": ["aws_sqs_queue.q.id", "aws_sqs_queue.q"]}
    runs = {
        "address": "null_resource.r",
        "type": "null_resource",
        "name": "r",
        "expressions": {"triggers": {"constant_value": {"a": "b"}}},
        "provisioners": [{"type": "local-exec", "expressions": {"command": command}}],
    }
    queue = deployment(plan(change("aws_sqs_queue.q"), root_module={"resources": [runs]})).resources["aws_sqs_queue.q"]
    assert queue.is_exposed()
    other = {**runs, "type": "random_id"}
    queue = deployment(plan(change("aws_sqs_queue.q"), root_module={"resources": [other]})).resources["aws_sqs_queue.q"]
    assert not queue.is_exposed()


def test_the_region_is_that_of_the_provider() -> None:
    providers = {
        "aws": {"name": "aws", "expressions": {"region": {"references": ["var.region"]}}},
        "aws.west": {"name": "aws", "alias": "west", "expressions": {"region": {"constant_value": "us-west-2"}}},
        # A configuration in JSON, whose texts a plan keeps.
        "aws.text": {
            "name": "aws",
            "alias": "text",
            "expressions": {"region": {"constant_value": "${var.region}", "references": ["var.region"]}},
        },
        "aws.none": {"name": "aws", "alias": "none"},
    }
    made = deployment(
        plan(
            change("aws_sqs_queue.here"),
            change("aws_sqs_queue.west", provider="aws.west"),
            change("aws_sqs_queue.text", provider="aws.text"),
            change("aws_sqs_queue.none", provider="aws.none"),
            change("aws_sqs_queue.named", {**QUEUE, "region": "ap-south-1"}),
            provider_config=providers,
            variables={"region": {"value": "eu-west-1"}},
        )
    )
    regions = {name.partition(".")[2]: one.terraform.region.text for name, one in made.resources.items()}
    here = dict.fromkeys(("here", "text"), "eu-west-1")
    assert regions == {**here, "west": "us-west-2", "none": None, "named": "ap-south-1"}


def test_a_plan_alone_keeps_its_own_places() -> None:
    made = template(Source("plan.json", plan(change("aws_sqs_queue.q")).encode()))
    assert made is not None
    nested_files: list[Template] = list(made.nested)
    assert nested_files == []


def test_an_incomplete_plan_may_have_more_resources() -> None:
    made = json.loads(plan(change("aws_sqs_queue.q")))
    assert not deployment(json.dumps({**made, "complete": True, "errored": False})).is_open
    assert deployment(json.dumps({**made, "complete": False, "errored": False})).is_open
    assert deployment(json.dumps({**made, "complete": False, "errored": True})).is_open


def test_an_action_may_use_what_it_is_told_after_apply() -> None:
    made = json.loads(plan(change("aws_sqs_queue.q")))
    action: dict[str, Any] = {
        "type": "aws_sns_publish",
        "config_values": {"message": "x"},
        "config_unknown": {"topic_arn": True},
    }
    later = {"reason": "deferred_prereq", "action_invocation": action}
    for said in ({"action_invocations": [action]}, {"deferred_action_invocations": [later]}):
        told = deployment(json.dumps({**made, **said}))
        assert any(told.may_point_to(one, told.resources["aws_sqs_queue.q"]) for one in told.outputs)
    action["config_unknown"] = {}
    told = deployment(json.dumps({**made, "action_invocations": [action]}))
    assert not any(told.may_point_to(one, told.resources["aws_sqs_queue.q"]) for one in told.outputs)


def test_a_write_only_argument_is_not_missing() -> None:
    made = json.loads(plan(change("aws_db_instance.d", {"engine": "mysql", "password_wo": None})))
    block = made["configuration"]["root_module"]["resources"][0]
    for expression, is_absent in (
        ({"references": ["ephemeral.aws_secretsmanager_secret_version.s.secret_string"]}, False),
        ({"constant_value": None}, True),
        (None, True),
    ):
        block["expressions"] = {} if expression is None else {"password_wo": expression}
        instances = list(planned({"resource_changes": _changes(made)}, Flaws()))
        read = Arguments(instances[0], References(made["configuration"]["root_module"], instances), {}).read
        assert read("password_wo").is_absent is is_absent


def _changes(made: dict[str, Any]) -> Node:
    return fields(json_nodes.parse(Source("plan.json", json.dumps(made).encode())))["resource_changes"]


@pytest.mark.parametrize("name", sorted(path.name for path in PLANS.iterdir() if path.is_dir()))
def test_a_real_plan_with_its_configuration_has_the_configurations_findings(name: str) -> None:
    folder = PLANS / name
    written = [str(one) for one in folder.glob("main.tf*")]
    assert _told(str(folder / "plan.json")) == _told(*written)


def _told(*paths: str) -> set[tuple[str, str]]:
    """The rules and addresses. The levels differ where a caller may give a variable another value."""
    made = report(*paths, "--advice")["findings"]
    return {(one["rule"], resource) for one in made for resource in _all(one)}


def _all(finding: dict[str, Any]) -> list[str]:
    return list(finding.get("resources", [finding["resource"]]))
