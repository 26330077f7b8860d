"""No text of a user's file, name or argument controls a terminal or a build server, in any output."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.command import in_every_format, invoke
from tests.reporters.syntax import check_syntax

from awslint_memo.reporters import FORMATS
from awslint_memo.reporters.characters import visible, visible_lines
from awslint_memo.reporters.json_writing import visible_json

pytestmark = pytest.mark.usefixtures("polled_queues")

EVIL = "\x1b[31m\u202e\x07\x9b\u2028\u200b\ufeff\x7f\n::error::no\r##[error]x ##vso[a] ##teamcity[a]\u3164\u061c"
NAME = "a\x1b[31m\n::error::no\u202e##[error]\x7f"
QUEUE = "Resources:\n  Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {maxReceiveCount: 600}}}\n"
RULE = '''"""Title {0}.

Why {0}.

What to do: {0}.
"""
from awslint_memo import rule

@rule("own-evil", level="warning", resource="AWS::SQS::Queue", memo="{0}", aws="https://example.org/{0}")
def check(queue):
    yield queue.finding(queue, {1!r})

BAD = """
Resources:
  Q: {{Type: AWS::SQS::Queue}} # {0}
"""
GOOD = ""
'''.format(EVIL.replace("\n", " ").encode("unicode_escape").decode(), EVIL)
FAILING = RULE.replace("yield", f"raise ValueError({EVIL!r})\n    yield")
HOSTILE = json.dumps(
    {
        "Parameters": {EVIL: {"Type": "String", "AllowedValues": ["a", EVIL], "Default": EVIL}},
        "Conditions": {EVIL: {"Fn::Equals": [{"Ref": EVIL}, EVIL]}},
        "Resources": {
            EVIL: {
                "Type": "AWS::SQS::Queue",
                "Condition": EVIL,
                "Properties": {"QueueName": EVIL, "RedrivePolicy": {"maxReceiveCount": 600, EVIL: EVIL}},
            },
            "N": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"https://example.org/{EVIL}"}},
        },
    }
)
TERRAFORM = (
    f'resource "aws_sqs_queue" "q" {{\n  for_each = toset([{json.dumps(EVIL)}])\n}}\n'
    f'module "m" {{\n  source = {json.dumps("git::" + EVIL)}\n}}\n'
)

RUNS: Mapping[str, tuple[Mapping[str, str], Sequence[str]]] = {
    "names in a template": ({"a.json": HOSTILE}, ["lint", "."]),
    "names in Terraform": ({"a.tf": TERRAFORM}, ["lint", "."]),
    "a file's name": ({f"{NAME}.yaml": QUEUE}, ["lint", "."]),
    "a broken file's name": ({f"{NAME}.yaml": "Resources:\n  Q: {"}, ["lint", "."]),
    "a command as a name": ({"::error::no.yaml": QUEUE}, ["lint", "::error::no.yaml"]),
    "a name that is no text": ({os.fsdecode(b"\xff.yaml"): QUEUE}, ["lint", "."]),
    "a missing file": ({}, ["lint", f"{NAME}.yaml"]),
    "an own rule": ({"r/own/evil.py": RULE, "a.yaml": QUEUE}, ["lint", ".", "--rules", "r"]),
    "a failing rule": ({"r/own/evil.py": FAILING, "a.yaml": QUEUE}, ["lint", ".", "--rules", "r"]),
    "a parameter": ({"a.json": HOSTILE}, ["lint", ".", "--parameters", f"x={EVIL}"]),
    "a parameter file": ({"a.yaml": QUEUE}, ["lint", ".", "--parameters", EVIL]),
    "a deployment": (
        {"a.json": HOSTILE, "c.json": json.dumps({"deployments": {EVIL: {EVIL: EVIL, "a": "b"}}})},
        ["lint", ".", "--config", "c.json"],
    ),
    "a setting": ({"c.json": json.dumps({EVIL: 1})}, ["lint", ".", "--config", "c.json"]),
    "a setting's value": ({"c.json": json.dumps({"profile": EVIL})}, ["lint", ".", "--config", "c.json"]),
    "a selected rule": ({}, ["lint", ".", "--select", EVIL]),
    "an output file": ({"a.yaml": QUEUE}, ["lint", ".", "--output", f"{NAME}/a"]),
    "a file of variables": ({}, ["lint", ".", "--var-file", EVIL]),
    "standard input": ({}, ["lint", "-", "--stdin-filename", EVIL]),
    "an option": ({}, ["lint", f"--{EVIL}"]),
    "an option's value": ({}, ["lint", "--color", EVIL]),
    "an option's file": ({}, ["lint", "--config", EVIL]),
    "a command": ({}, [EVIL]),
    "a build server's command": ({}, ["::error::no"]),
    "a rule's page": ({"r/own/evil.py": RULE}, ["explain", "own-evil", "--rules", "r"]),
    "an unknown rule's page": ({}, ["explain", EVIL]),
    "the list of rules": ({"r/own/evil.py": RULE}, ["rules", "--rules", "r"]),
    "the list of rules as JSON": ({"r/own/evil.py": RULE}, ["rules", "--rules", "r", "--format", "json"]),
    "a rule that can't be read": ({"r/own/evil.py": f"raise ValueError({EVIL!r})"}, ["rules", "--rules", "r"]),
    "a rule's folder": ({f"{NAME}/own/evil.py": "raise ValueError"}, ["rules", "--rules", NAME]),
    "why": ({"a.json": HOSTILE}, ["why", "sqs-long-polling", "*", "."]),
    "why as JSON": ({"a.json": HOSTILE}, ["why", "sqs-long-polling", "*", ".", "--format", "json"]),
    "why of no resource": ({"a.json": HOSTILE}, ["why", "sqs-long-polling", EVIL, "."]),
    "why of no rule": ({"a.json": HOSTILE}, ["why", EVIL, "*", "."]),
}


_OWN_COMMANDS = re.compile(r"^::(?=(?:error|warning|notice) )", re.MULTILINE)
"""How the lines of the format github begin; tests/reporters/test_github.py reads all of them."""


def controls(text: str) -> list[str]:
    """What of an output could control something, other than the ends of its lines."""
    found = [
        c for c in text if c != "\n" and (unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") or c == "\u3164")
    ]
    commands = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    return found + commands + [sign for sign in ("##[", "##vso[", "##teamcity[") if sign in text]


@pytest.mark.parametrize("name", RUNS)
def test_no_output_controls_anything(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, arguments = RUNS[name]
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runs = [("", invoke(*arguments).output)]
    if arguments[:1] == ["lint"]:
        shown = ["--advice", "--verbose", "--statistics"]
        result, written = in_every_format(*arguments[1:], *shown)
        assert written or result.exit_code == 2
        runs += [("text", result.output), *written.items()]
        if "--output" in arguments:
            runs += [(form, invoke(*arguments, *shown, "--format", form).output) for form in FORMATS]
    for form, output in runs:
        assert controls(_OWN_COMMANDS.sub("", output) if form == "github" else output) == []
        if form in FORMATS and output and "--output" not in arguments:
            check_syntax(form, output)


def test_names_are_recognized_by_their_escapes() -> None:
    assert visible("a\x1b[0m\u202e\n\u200b") == "a\\x1b[0m\\u202e\\x0a\\u200b"
    assert visible(" ::error::x") == " \\x3a:error::x"
    assert visible("#\u034f#[error]x \ufe0f::error::x") == "#\\u034f#[error]x \\ufe0f::error::x"
    assert visible("\u26a0\ufe0f wait") == "\u26a0\ufe0f wait"
    assert visible("AWS::SQS::Queue") == "AWS::SQS::Queue"
    assert visible("a ##[error] ##vso[x] ###teamcity[x] ## [") == "a \\x23#[error] \\x23#vso[x] #\\x23#teamcity[x] ## ["
    assert visible_lines("a\tb\n::x\x1b\n") == "a       b\n\\x3a:x\\x1b\n"


def test_json_is_the_same_with_escaped_commands() -> None:
    shape = {"a##[x]": ["\\##vso[", "## a", "\x7f\u202e"]}
    written = visible_json(json.dumps(shape))
    assert controls(written) == []
    assert json.loads(written) == shape


def test_colors_are_the_only_controls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(HOSTILE)
    printed = invoke("lint", ".", "--advice", "--verbose", "--color", "always").stdout
    for code in ("1;31", "33", "36", "1", "34", "2", "0"):
        printed = printed.replace(f"\x1b[{code}m", "")
    assert controls(printed) == []


def test_an_excerpt_holds_no_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("Resources:\n  Q: # ##[error]x ##vso[a]\n    Type: AWS::SQS::Queue\n")
    printed = invoke("lint", ".").stdout
    assert "# \\x23#[error]x" in printed
    assert controls(printed) == []


def test_an_excerpt_keeps_the_form_of_an_emoji(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text("Resources:\n  Q: # \u26a0\ufe0f #\u034f#[error]\n    Type: AWS::SQS::Queue\n")
    printed = invoke("lint", ".").stdout
    assert "# \u26a0\ufe0f #\\u034f#[error]" in printed
