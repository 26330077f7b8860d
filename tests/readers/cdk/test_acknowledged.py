"""What an app of the CDK acknowledges suppresses findings, and so do patterns of constructs in the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import command
from tests.readers.cdk.app import change, copied

pytestmark = pytest.mark.usefixtures("polled_queues")


def acknowledged(root: Path, path: str, rules: dict[str, Any], trace: list[str] | None = None) -> None:
    entry = {"type": "aws:cdk:acknowledged-rules", "data": rules, **({"trace": trace} if trace else {})}
    change(root / "cdk.out" / "Tools.metadata.json", lambda said: said.setdefault(path, []).append(entry))


def of_tools(root: Path, *options: str) -> list[tuple[str, str]]:
    report = command.report(str(root / "cdk.out" / "Tools.template.json"), *options)
    return [(one["rule"], one["resource"]) for one in report["findings"]]


BOTH = [("sqs-dead-letter-queue", "EventsD32975C2"), ("sqs-long-polling", "EventsD32975C2")]


@pytest.mark.parametrize("path", ["/Tools", "/Tools/Events", "/Tools/Events/Resource"])
def test_a_construct_and_those_below_it_are_covered(tmp_path: Path, path: str) -> None:
    root = copied(tmp_path)
    acknowledged(root, path, {"awslint-memo::sqs-long-polling": "few events"})
    assert of_tools(root) == BOTH[:1]


def test_in_text_what_the_app_writes_follows_what_people_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    monkeypatch.chdir(root)
    (root / "queues.yaml").write_text("Resources: {Q: {Type: AWS::SQS::Queue}}\n", encoding="utf-8")
    told = [
        line.partition(":")[0] for line in command.invoke("lint").stdout.splitlines() if "[" in line and ":" in line
    ]
    places = [name for name in told if name.endswith((".yaml", ".json"))]
    assert places.index("queues.yaml") == 0
    assert places[-1].startswith("cdk.out")
    assert command.report()["findings"][0]["path"].startswith("cdk.out")


@pytest.mark.parametrize("path", ["/Tools/Seed", "/Tools/Event", "/Tools/Events/Resource/More"])
def test_others_are_not_and_the_acknowledgement_is_unused(tmp_path: Path, path: str) -> None:
    root = copied(tmp_path)
    acknowledged(root, path, {"awslint-memo::sqs-long-polling": "few events"})
    assert of_tools(root) == [("suppression-unused", path[1:]), *BOTH]


def test_rules_of_other_plugins_are_not_ours(tmp_path: Path) -> None:
    root = copied(tmp_path)
    acknowledged(root, "/Tools/Events", {"Other::sqs-long-polling": "x", "sqs-long-polling": "x"})
    assert of_tools(root) == BOTH


@pytest.mark.parametrize(
    ("rule", "reason", "told"),
    [
        ("sqs-long-poling", "few events", "suppression-unknown-rule"),
        ("sqs-long-polling", "", "suppression-without-reason"),
        ("sqs-long-polling", "few events until 2020-01-01", "suppression-expired"),
        ("sqs-long-polling", "few events until 2020-13-01", "suppression-malformed"),
    ],
)
def test_one_without_effect_is_told(tmp_path: Path, rule: str, reason: str, told: str) -> None:
    root = copied(tmp_path)
    acknowledged(root, "/Tools/Events", {f"awslint-memo::{rule}": reason})
    assert of_tools(root) == [(told, "Tools/Events"), *BOTH]


def test_it_stands_at_the_line_of_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    monkeypatch.chdir(root)
    trace = ["    ...Validations.acknowledge in aws-cdk-lib...", "    at new X (/home/dev/shop/lib/tools-stack.js:9:5)"]
    acknowledged(root, "/Tools/Seed", {"awslint-memo::sqs-*": "none here"}, trace)
    found = command.report("cdk.out/Tools.template.json")["findings"]
    unused = [(one["path"], one["line"]) for one in found if one["rule"] == "suppression-unused"]
    assert unused == [("lib/tools-stack.js", 9)]


def test_the_reason_is_kept_where_dismissed_findings_are_shown(tmp_path: Path) -> None:
    said = command.printed("lint", "--format", "sarif", str(copied(tmp_path)), exits=1)
    assert said.count("the printer asks once an hour") == 1


def test_a_nested_template_by_itself_has_what_is_acknowledged_in_it(tmp_path: Path) -> None:
    root = copied(tmp_path)
    nested = next((root / "cdk.out" / "assembly-Prod").glob("*.nested.template.json"))
    above = {"type": "aws:cdk:acknowledged-rules", "data": {"awslint-memo::dynamodb-*": "of the parent"}}
    metadata = root / "cdk.out" / "assembly-Prod" / "ProdOrders525171E2.metadata.json"
    change(metadata, lambda said: said.setdefault("/Prod/Orders/Table", []).append(above))
    report = command.report(str(nested))
    assert report["summary"]["suppressed"] == 1
    assert [one["rule"] for one in report["findings"] if one["rule"].startswith("suppression")] == []


@pytest.mark.parametrize("pattern", ["Tools/Events", "Tools/Events/Resource", "*/Events", "EventsD32975C2"])
def test_the_configuration_names_constructs(tmp_path: Path, pattern: str) -> None:
    root = copied(tmp_path)
    (root / ".awslint-memo.yaml").write_text(
        f"suppress: [{{rules: [sqs-*], resources: ['{pattern}'], reason: few events}}]"
    )
    assert of_tools(root, "--config", str(root / ".awslint-memo.yaml")) == []


def test_a_construct_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copied(tmp_path)
    monkeypatch.chdir(root)
    for name, unused in (("Tools/Evens", 1), ("Tools/Events", 0)):
        settings = f"suppress: [{{rules: [sqs-*], resources: [{name}], reason: few events}}]"
        (root / ".awslint-memo.yaml").write_text(settings)
        found = command.report()["findings"]
        assert [one["rule"] for one in found].count("suppression-unused") == unused
