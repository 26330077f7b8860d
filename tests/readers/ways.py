"""Helpers for tests of where findings stand: small templates, and the places of their findings with the text there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.readers.workspace import write

from awslint_memo import api
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Span

RULE = "sqs-long-polling"
WAIT = "ReceiveMessageWaitTimeSeconds"
DEFAULT = "Parameters:\n  Wait: {Type: Number, Default: 0}\n"
VARIABLE = 'variable "wait" {\n  type    = number\n  default = 0\n}\n'


class Way(NamedTuple):
    """Where a finding stands, and the related places with their texts."""

    at: str
    passed: list[tuple[str, str]]


def shown(span: Span) -> str:
    """What stands at a span, as `path:line text`."""
    line = Path(span.path).read_text().splitlines()[span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else None
    return f"{span.path}:{span.line} {line[span.column - 1 : end]}"


def found(
    files: Mapping[str, str],
    paths: tuple[str, ...] = (),
    *,
    rule: str = RULE,
    parameters: tuple[str, ...] = (),
    var_files: tuple[str, ...] = (),
) -> list[Finding]:
    """The findings of a rule in these files of the working folder."""
    write(Path(), files)
    report = api.lint(paths, select=[rule], advice=True, parameters=parameters, var_files=var_files)
    assert not report.errors
    return [one for one in report.findings if one.rule == rule]


def way(
    files: Mapping[str, str],
    *,
    rule: str = RULE,
    parameters: tuple[str, ...] = (),
    var_files: tuple[str, ...] = (),
) -> Way:
    """The way of the only finding."""
    (finding,) = found(files, rule=rule, parameters=parameters, var_files=var_files)
    return Way(shown(finding.span), [(shown(one.span), one.message) for one in finding.related])


def queue(value: str) -> str:
    """A template with a queue that waits so long."""
    return f"Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      {WAIT}: {value}\n"


def tf_queue(value: str) -> str:
    """A queue of Terraform that waits so long."""
    return f'resource "aws_sqs_queue" "orders" {{\n  receive_wait_time_seconds = {value}\n}}\n'


CHILD = "Parameters:\n  Wait: {Type: Number}\n" + queue("!Ref Wait")


def parent(value: str, head: str = "") -> str:
    """A stack that gives a parameter to the one nested in it."""
    return f"""\
{head}Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters:
        Wait: {value}
"""


MODULES = {
    "main.tf": 'module "a" {\n  source  = "./a"\n  seconds = 0\n}\n',
    "a/main.tf": 'variable "seconds" {}\nmodule "b" {\n  source = "./b"\n  wait   = var.seconds\n}\n',
    "a/b/main.tf": 'variable "wait" {}\n' + tf_queue("var.wait"),
}
