"""What stands for a placeholder in the definition of a state machine decides: what is not known mends nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

MACHINE = """\
{}Resources:
  Work: {{Type: AWS::Lambda::Function}}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      {}
      {}: {}
"""
FAULTS: dict[str, tuple[str, str, str]] = {
    "a state that is none": (
        '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "%s"}, "B": {"Type": "Succeed"}}}',
        "C",
        "B",
    ),
    "a wait": (
        '{"TimeoutSeconds": 900, "StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": "%s", "End": true}}}',
        "1000",
        "10",
    ),
    "errors": (
        '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": '
        '[{"ErrorEquals": ["%s"]}, {"ErrorEquals": ["Busy"]}], "End": true}}}',
        "States.ALL",
        "Other",
    ),
    "a key": (
        '{"StartAt": "A", "States": {"A": {"Type": "Map", "%s": 60, "ItemProcessor": {"StartAt": "B", "States": {"B": '
        '{"Type": "Pass", "End": true}}}, "End": true}}}',
        "TimeoutSeconds",
        "MaxConcurrency",
    ),
    "what a task calls": (
        '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage%s", '
        '"TimeoutSeconds": 60, "Parameters": {"QueueUrl": "u", "MessageBody": {"a": "x"}}, "End": true}}}',
        ".waitForTaskToken",
        ".x",
    ),
}
OPEN: dict[str, tuple[str, str]] = {
    "a parameter without a default": ("Parameters: {X: {Type: String}}\n", "DefinitionSubstitutions: {x: !Ref X}"),
    "a stored parameter": ("", "DefinitionSubstitutions: {x: '{{resolve:ssm:/x}}'}"),
    "an import": ("", "DefinitionSubstitutions: {x: !ImportValue x}"),
    "nothing": ("", "DefinitionSubstitutions: {y: 1}"),
    "no substitutions": ("", "RoleArn: r"),
}


def gate(path: Path, before: str, after: str) -> tuple[int, list[str], int]:
    """The exit code, what can't be told any more, and how much is mended."""
    repository = made(path)
    repository.commit({"t.yaml": before})
    write(path, {"t.yaml": after})
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", "statemachine-*")
    report = json.loads(result.stdout)
    unknown = [finding["rule"] for finding in report["gate"]["unknown"]]
    return result.exit_code, unknown, len(report["against"]["mended"])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("form", ["Definition", "DefinitionString"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("way", OPEN)
def test_what_is_not_known_is_not_mended(way: str, fault: str, form: str, path: Path) -> None:
    written, bad, _ = FAULTS[fault]
    quote = "'" if form == "DefinitionString" else ""
    before = MACHINE.format("", "RoleArn: r", form, f"{quote}{written % bad}{quote}")
    head, given = OPEN[way]
    code, unknown, mended = gate(path, before, MACHINE.format(head, given, form, f"{quote}{written % '${x}'}{quote}"))
    assert (code, len(unknown), mended) == (1, 1, 0)


@pytest.mark.parametrize("form", ["Definition", "DefinitionString"])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_given_is_judged(fault: str, form: str, path: Path) -> None:
    written, bad, good = FAULTS[fault]
    quote = "'" if form == "DefinitionString" else ""
    text = f"{quote}{written % '${x}'}{quote}"
    before = MACHINE.format("", f'DefinitionSubstitutions: {{x: "{bad}"}}', form, text)
    after = MACHINE.format("", f'DefinitionSubstitutions: {{x: "{good}"}}', form, text)
    assert gate(path, before, after) == (0, [], 1)


def test_a_number_outside_of_quotes_is_judged(path: Path) -> None:
    text = "'" + FAULTS["a wait"][0].replace('"%s"', "${x}") + "'"
    before = MACHINE.format("", "DefinitionSubstitutions: {x: 1000}", "DefinitionString", text)
    after = MACHINE.format("", "DefinitionSubstitutions: {x: !GetAtt Work.Arn}", "DefinitionString", text)
    assert gate(path, before, after) == (1, ["statemachine-timeout"], 0)


def test_what_another_state_is_given_does_not_matter(path: Path) -> None:
    written = (
        '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "%s"}, "B": {"Type": "Task", "Resource": "%s",'
        ' "End": true}}}'
    )
    before = MACHINE.format("", "RoleArn: r", "Definition", written % ("C", "arn:aws:states:::sqs:sendMessage"))
    head = "Parameters: {X: {Type: String}}\n"
    given = "DefinitionSubstitutions: {x: !Ref X}"
    after = MACHINE.format(head, given, "Definition", written % ("B", "${x}"))
    assert gate(path, before, after) == (0, [], 1)
