"""Fingerprints: the same finding has the same one in every run, and no two findings share one."""

from __future__ import annotations

import json
import ntpath
from collections.abc import Callable, Iterator
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)
from tests.command import invoke, report, singles
from tests.readers.workspace import write

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging import roots
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.rule import rule
from awslint_memo.model.deployment import Resource
from awslint_memo.model.finding import Finding
from awslint_memo.readers.recognition import template

pytestmark = pytest.mark.usefixtures("polled_queues")

STACK = """\
Parameters:
  Wait: {Type: Number, Default: 0}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      MessageRetentionPeriod: 6000
      ReceiveMessageWaitTimeSeconds: !Ref Wait
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
"""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "stacks").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def known(*arguments: str) -> list[str]:
    """The fingerprints of a run, of which no two are the same."""
    found = [one["fingerprint"] for one in report(*arguments, "--advice")["findings"]]
    assert found
    assert len(set(found)) == len(found)
    return sorted(found)


def test_findings_about_suppressions_of_two_templates_are_told_apart(repository: Path) -> None:
    write(repository, dict.fromkeys(("a.yaml", "b/b.yaml"), f"# awslint-memo: ignore[no-rule] a reason\n{STACK}"))
    found = [one for one in report(".")["findings"] if one["rule"] == "suppression-unknown-rule"]
    assert [one["root"] for one in found] == ["a", "b/b"]
    assert len({one["fingerprint"] for one in found}) == 2


def of_stack(text: str, name: str = "stacks/orders.yaml") -> list[str]:
    path = Path(name)
    path.write_text(text)
    found = known(name)
    path.unlink()
    return found


def as_json(text: str) -> str:
    return json.dumps(yaml.safe_load(text.replace("!Ref Wait", "{Ref: Wait}")), indent=2)


def reordered(text: str) -> str:
    def turned(data: Any) -> Any:
        return {key: turned(data[key]) for key in reversed(data)} if isinstance(data, dict) else data

    return yaml.safe_dump(turned(yaml.safe_load(text.replace("!Ref Wait", "{Ref: Wait}"))), sort_keys=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "# a comment\n\n" + text.replace("  Table:", "\n\n  Table:"),
        reordered,
        lambda text: text.replace("Default: 0", "Default: '0', Description: how long"),
    ],
    ids=["inserted lines", "reordered keys", "another description"],
)
def test_the_text_around_a_finding_does_not_matter(change: Callable[[str], str]) -> None:
    assert change(STACK) != STACK
    assert of_stack(change(STACK)) == of_stack(STACK)


def test_the_format_of_the_file_does_not_matter() -> None:
    assert of_stack(as_json(STACK), "stacks/orders.json") == of_stack(STACK)
    assert of_stack(STACK, "stacks/orders.template.yml") == of_stack(STACK)


PARAMETERS = json.dumps({"Parameters": {"Wait": "0"}})
BESIDE = {
    "json": {"stacks/orders.json": as_json(STACK)},
    "template": {"stacks/orders.template": STACK},
    "upper case": {"stacks/orders.JSON": as_json(STACK)},
    "two endings": {"stacks/orders.template.yml": STACK},
    "one in another": {"stacks/orders.json": as_json(STACK), "stacks/orders.yaml.json": as_json(STACK)},
    "terraform": {"stacks/orders/main.tf": 'resource "aws_sqs_queue" "orders" {}\n'},
}


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
def test_templates_that_differ_in_their_endings_are_told_apart(repository: Path, beside: dict[str, str]) -> None:
    write(repository, {"stacks/orders.yaml": STACK, **beside})
    all_of_them = known(".")
    assert sorted(fingerprint for name in ("stacks/orders.yaml", *beside) for fingerprint in known(name)) == all_of_them


def test_files_that_are_no_templates_do_not_matter(repository: Path) -> None:
    before = of_stack(STACK)
    write(repository, {"stacks/orders.json": PARAMETERS, "stacks/orders/app.py": "", "stacks/orders.txt": STACK})
    assert of_stack(STACK) == before


def test_another_template_and_another_resource_do() -> None:
    assert not set(of_stack(STACK, "stacks/returns.yaml")) & set(of_stack(STACK))
    renamed = STACK.replace("Orders:", "Returns:")
    assert len(set(of_stack(renamed)) & set(of_stack(STACK))) < len(of_stack(STACK))


def test_the_working_folder_does_not_matter(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repository / "stacks" / "orders.yaml"
    path.write_text(STACK)
    expected = known("stacks/orders.yaml")
    assert known(str(path)) == expected
    monkeypatch.chdir(repository / "stacks")
    assert known("orders.yaml") == known() == expected


def test_a_run_from_outside_of_the_repository_names_the_same_root(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = repository / "stacks" / "orders.yaml"
    path.write_text(STACK)
    expected = known("stacks/orders.yaml")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert known(str(path)) == expected


def test_the_separator_of_paths_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    made = template(Source("C:\\repository\\stacks\\orders.yaml", STACK.encode()))
    assert made is not None
    monkeypatch.setattr(roots, "os", SimpleNamespace(path=ntpath, sep="\\"))
    files = Files()
    assert roots.root_of(made, "C:\\repository", files) == "stacks/orders"
    other_drive = PureWindowsPath("D:\\repository")
    assert roots.root_of(made, other_drive, files) == "C:/repository/stacks/orders"  # type: ignore[arg-type]


def found_by(words: str) -> list[Finding]:
    """The findings of a rule that words its message so."""

    @rule("sqs-wait", level="warning", resource="AWS::SQS::Queue", memo="-", aws="-")
    def check(queue: Resource) -> Iterator[Finding]:
        for path in ("ReceiveMessageWaitTimeSeconds", "MessageRetentionPeriod"):
            yield queue.finding(queue.get(path), words)
        for item in queue.get("Tags").items:
            yield queue.finding(item.get("Value"), words)

    made = template(
        Source("a.yaml", (STACK.replace("6000\n", "6000\n      Tags: [{Value: x}, {Value: y}]\n")).encode())
    )
    assert made is not None
    found, _ = check_template(made, CheckOptions([check]))
    return found


def test_the_message_does_not_matter() -> None:
    one, other = found_by("waits for too short a time"), found_by("does not wait")
    assert [finding.message for finding in one] != [finding.message for finding in other]
    assert [finding.fingerprint for finding in one] == [finding.fingerprint for finding in other]


def test_two_properties_and_two_items_of_a_list_differ() -> None:
    found = found_by("is odd")
    routes = ["ReceiveMessageWaitTimeSeconds", "MessageRetentionPeriod", "Tags[0].Value", "Tags[1].Value"]
    assert [one.route for one in found] == routes
    assert len({one.fingerprint for one in found}) == 4


def test_two_events_of_a_function_differ(repository: Path) -> None:
    write(
        repository,
        {
            "sam.yaml": """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      InlineCode: pass
      Events:
        One: {Type: Kinesis, Properties: {Stream: arn:aws:kinesis:eu-west-1:1:stream/a, StartingPosition: LATEST}}
        Two: {Type: Kinesis, Properties: {Stream: arn:aws:kinesis:eu-west-1:1:stream/b, StartingPosition: LATEST}}
"""
        },
    )
    found = [one for one in report("sam.yaml", "--advice")["findings"] if one["rule"].startswith("kinesis-")]
    by_rule: dict[str, set[str]] = {}
    for one in found:
        by_rule.setdefault(one["rule"], set()).add(one["fingerprint"])
    assert by_rule
    assert all(len(marks) == 2 for marks in by_rule.values())
    assert len({one["fingerprint"] for one in found}) == len(found)


def test_two_roots_with_one_module_differ(repository: Path) -> None:
    module = 'resource "aws_sqs_queue" "orders" {\n  message_retention_seconds = 600\n}\n'
    call = 'module "queues" {\n  source = "../queues"\n}\n'
    write(repository, {"queues/main.tf": module, "shop/main.tf": call, "store/main.tf": call})
    found = singles(report("shop", "store", "--select", "sqs-long-polling"))
    assert {one["root"] for one in found} == {"shop", "store"}
    assert {one["path"] for one in found} == {"queues/main.tf"}
    assert len({one["fingerprint"] for one in found}) == 2


def results() -> list[dict[str, Any]]:
    text = invoke("lint", "stacks/orders.yaml", "--advice", "--format", "sarif").stdout
    log = json.loads(text)
    Sarif.model_validate(log)
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def test_both_formats_carry_them(repository: Path) -> None:
    (repository / "stacks" / "orders.yaml").write_text(STACK)
    in_sarif = [one["partialFingerprints"]["awslintMemo/v1"] for one in results()]
    assert sorted(in_sarif) == known("stacks/orders.yaml")


def test_sarif_has_suppressed_findings_with_their_reasons(repository: Path) -> None:
    path = repository / "stacks" / "orders.yaml"
    path.write_text(STACK)
    before = {one["ruleId"]: one["partialFingerprints"]["awslintMemo/v1"] for one in results()}
    comment = "  # awslint-memo: ignore[sqs-long-polling] the client waits itself\n"
    path.write_text(STACK.replace("  Orders:\n", f"{comment}  Orders:\n"))
    (repository / ".awslint-memo.yaml").write_text(
        "suppress: [{rules: [sqs-dead-letter-queue], resources: [Orders], reason: read by hand}]\n"
    )
    suppressed = {one["ruleId"]: one for one in results() if "suppressions" in one}
    assert {name: one["suppressions"] for name, one in suppressed.items()} == {
        "sqs-long-polling": [{"kind": "inSource", "justification": "the client waits itself"}],
        "sqs-dead-letter-queue": [{"kind": "external", "justification": "read by hand"}],
    }
    marks = {name: one["partialFingerprints"]["awslintMemo/v1"] for name, one in suppressed.items()}
    assert marks == {name: before[name] for name in marks}
