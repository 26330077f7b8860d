"""What became advice while its cause is as it was shuts the gate, whether a policy locks the rule or not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

Files: TypeAlias = "Mapping[str, str]"

HEAD = """\
Conditions:
  Anywhere: !Not [!Equals [!Ref AWS::Region, ""]]
  Elsewhere: !Equals [!Ref AWS::StackName, zz]
Mappings:
  Of: {aws: {seconds: 30}, aws-us-gov: {seconds: 360}}
"""
QUEUE = """\
Resources:
  {name}:
    Type: AWS::SQS::Queue
    Properties: {{VisibilityTimeout: {seconds}, {more}}}
  Ship:
    Type: AWS::Lambda::Function
    Properties: {{Handler: a.b, Runtime: python3.13, Timeout: {timeout}, Role: r, Code: {{S3Bucket: b, S3Key: k}}}}
"""
REDRIVE = 'RedrivePolicy: {maxReceiveCount: 5, deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:failed"}'
MAP = "  Map: {{Type: AWS::Lambda::EventSourceMapping, Properties: {{FunctionName: {}, EventSourceArn: {}}}}}\n"


def template(seconds: str = "360", more: str = REDRIVE, name: str = "Orders", timeout: int = 60) -> str:
    return (
        HEAD
        + QUEUE.format(seconds=seconds, more=more, name=name, timeout=timeout)
        + MAP.format("!Ref Ship", f"!GetAtt {name}.Arn")
    )


VISIBILITY, DEAD_LETTERS = "sqs-visibility-below-processing-time", "sqs-dead-letter-queue"
WRONG, NONE = template("30"), template(more="")
READERLESS = NONE.partition("  Map:")[0]
LOWERED: dict[str, tuple[str, str, Files]] = {
    "a condition that always holds": (VISIBILITY, WRONG, {"t.yaml": template("!If [Anywhere, 30, 360]")}),
    "a condition on a name": (VISIBILITY, WRONG, {"t.yaml": template("!If [Elsewhere, 360, 30]")}),
    "a mapping": (VISIBILITY, WRONG, {"t.yaml": template("!FindInMap [Of, !Ref AWS::Partition, seconds]")}),
    "a part that is there by a condition": (
        DEAD_LETTERS,
        NONE,
        {"t.yaml": template(more=REDRIVE.replace(": {", ": !If [Elsewhere, {", 1) + ", !Ref AWS::NoValue]")},
    ),
    "a name that is deployed": (DEAD_LETTERS, NONE, {"t.yaml": template(more="QueueName: orders-dlq")}),
    "a logical id": (DEAD_LETTERS, NONE, {"t.yaml": template(more="", name="OrdersDLQ")}),
    "a reader in another file": (
        DEAD_LETTERS,
        NONE,
        {"t.yaml": READERLESS, "m.yaml": "Resources:\n" + MAP.format("ship", "arn:aws:sqs:eu-west-1:123456789012:o")},
    ),
}


def gate(path: Path, rule: str, before: str, after: Files, policy: str) -> tuple[int, list[str]]:
    """The exit code, and the rules of what is lesser."""
    repository = made(path)
    repository.commit({"t.yaml": before, **({".awslint-memo.yaml": policy} if policy else {})})
    write(path, after)
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", rule)
    report = json.loads(result.stdout)
    return result.exit_code, [finding["rule"] for finding in report["gate"]["lowered"]]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("policy", ["", 'policy: {locked: ["*"]}\n'], ids=["no policy", "locked"])
@pytest.mark.parametrize("name", LOWERED)
def test_a_cause_that_is_as_it_was_shuts_the_gate(name: str, policy: str, path: Path) -> None:
    rule, before, after = LOWERED[name]
    assert gate(path, rule, before, after, policy) == (1, [rule])


FREE: dict[str, tuple[str, str, Files]] = {
    "a value that is better": (VISIBILITY, WRONG, {"t.yaml": template("90")}),
    "another value beside it": (VISIBILITY, WRONG, {"t.yaml": template("30", timeout=20)}),
    "a reader that is gone": (DEAD_LETTERS, NONE, {"t.yaml": READERLESS}),
    "mended": (VISIBILITY, WRONG, {"t.yaml": template("360")}),
}


@pytest.mark.parametrize("name", FREE)
def test_what_is_mended_in_part_leaves_it_open(name: str, path: Path) -> None:
    assert gate(path, *FREE[name], policy="") == (0, [])
