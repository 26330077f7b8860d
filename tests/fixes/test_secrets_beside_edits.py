"""An edit holds no text that it does not change, so that none shows a secret that stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.command import in_every_format, invoke

from awslint_memo import api
from awslint_memo.fixes.edit import Edit, Revised, applied
from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules

SECRET = "hunter22"
_HCL = re.compile(r'^([ \t]*(?:resource "\S+" "\S+"|[a-z_]+) \{)(?=\n)', re.MULTILINE)
_SHORT = re.compile(r'^([ \t]*(?:resource "\S+" "\S+"|[a-z_]+) )\{(?:\s*[\w-]+\s*=\s*[^\n{[]+)?\s*\}', re.MULTILINE)
_TYPE = re.compile(r"^( +)(Type: \S+)$", re.MULTILINE)
_FLOW = re.compile(r"\{(Type: [\w:]+)")
_JSON = re.compile(r'("Type": "[\w:]+")')


def planted(text: str) -> Iterator[str]:
    """The text with a secret beside what a fix may change, in several ways."""
    if "resource " in text and "{" in text:
        yield _HCL.sub(rf'\1\n  password = "{SECRET}"', text)
        yield _SHORT.sub(rf'\1{{ password = "{SECRET}" }}', text)
        yield _HCL.sub(rf'\1\n  tags = {{ password = "{SECRET}" }}\n', text)
        return
    yield _TYPE.sub(rf"\1\2\n\1Metadata: {{password: {SECRET}}}", text)
    yield _FLOW.sub(rf"{{\1, Metadata: {{password: {SECRET}}}", text)
    yield _JSON.sub(rf'\1, "Metadata": {{"password": "{SECRET}"}}', text)
    yield re.sub(r"(Properties: \{)(?!\})", rf"\1MasterUserPassword: {SECRET}, ", text)


def texts_of(name: str) -> Iterator[str]:
    """What the edits of a rule's fixes insert beside secrets."""
    rule = rules()[name]
    for example in examples(rule, rule.bad):
        for text in dict.fromkeys(planted(example.text)):
            if text != example.text:
                report = api.lint([example.path], select=[name], advice=True, unsaved={example.path: text})
                suggestions = (report.suggest(finding) for finding in report.findings)
                yield from (edit.text for one in suggestions if one is not None for edit in one.edits)


def test_no_edit_of_any_rule_holds_a_secret_beside_it() -> None:
    count = 0
    for name, rule in rules().items():
        if rule.fix:
            for text in texts_of(name):
                count += 1
                assert SECRET not in text, name
    assert count > 500


FILES = {
    "line.tf": 'resource "aws_db_instance" "line" { password = "hunter22" }\n',
    "aligned.tf": 'resource "aws_db_instance" "aligned" {\n  password = "hunter22"\n  engine   = "mysql"\n}\n',
    "nested.tf": 'resource "aws_db_instance" "nested" {\n  timeouts { password = "hunter22" }\n}\n',
    "queue.tf": 'resource "aws_sqs_queue" "q" { policy = jsonencode({ password = "hunter22" }) }\n',
    "function.tf": 'resource "aws_iam_role" "r" {\n  name = "r"\n}\nresource "aws_lambda_function" "f" {\n'
    '  function_name = "f"\n  role = aws_iam_role.r.arn\n  environment { variables = '
    '{ PASSWORD = "hunter22" } }\n}\nresource "aws_sns_topic_subscription" "s" { password = "hunter22" }\n',
    "flow.yaml": "Resources: {Db: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: hunter22}}}\n",
    "block.yaml": "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n"
    "    Properties:\n      MasterUserPassword: hunter22\n",
    "empty.yaml": "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Metadata: {password: hunter22}\n    Properties:\n",
    "minified.json": '{"Resources":{"Db":{"Type":"AWS::RDS::DBInstance",'
    '"Properties":{"MasterUserPassword":"hunter22"}}}}',
    "words.tf.json": '{"resource":{"aws_db_instance":{"db":{"password":"hunter22"}}}}',
}


@pytest.mark.parametrize("name", FILES)
def test_no_format_shows_a_secret_beside_an_edit(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(FILES[name], encoding="utf-8")
    run, printed = in_every_format(".", "--advice", "--verbose", "--profile", "all")
    printed["difference"] = invoke("lint", ".", "--diff", "--unsafe-fixes", "--advice", "--profile", "all").output
    printed["terminal"] = run.output
    assert '"edits": [' in printed["json"]
    assert [form for form, output in printed.items() if SECRET in output] == []


def test_edits_of_edits_hold_what_was_inserted_only() -> None:
    revised = Revised("a = 1\nsecret\nb = 2\n")
    revised.apply([Edit(4, 5, "10")])
    revised.apply([Edit(6, 6, "\nc = 3"), Edit(18, 19, "20")])
    revised.apply([Edit(7, 8, "d")])
    assert revised.text == "a = 10\nd = 3\nsecret\nb = 20\n"
    assert revised.edits == [Edit(4, 5, "10\nd = 3"), Edit(17, 18, "20")]
    assert applied("a = 1\nsecret\nb = 2\n", revised.edits) == revised.text
