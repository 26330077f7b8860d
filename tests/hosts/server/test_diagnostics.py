"""What is published after an edit is what a fresh look gives, and what the types of the protocol make of it."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from bench import inputs
from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.workspace import PositionCodec
from tests.random_edits import edits

from awslint_memo import api
from awslint_memo.hosts.server.checking import Checker
from awslint_memo.hosts.server.diagnostics import Shown, diagnostics, publish
from awslint_memo.hosts.server.positions import Positions, range_of
from awslint_memo.judging.report import Report

ODD = """\
Parameters: {"W": {Type: Number, Default: 0, Description: "𝒳 字 \\" \u202e"}}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Metadata: {"𝒳字\\"\\\\": 1}
    Properties: {QueueName: "注文", ReceiveMessageWaitTimeSeconds: !Ref W}
  Work:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: x, BatchSize: 100000}
"""
CALLS = """\
module "orders" {
  source       = "acme/queue/aws"
  version      = "~> 1.0"
  name         = "orders"
  days         = 14
  dead_letters = { on = true, days = 7 }
}
resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = module.orders.arn
  function_name    = "work"
  batch_size       = 100000
}
"""
TEXTS = {
    "template.yaml": inputs.in_yaml(12).replace("BatchSize: 10", "BatchSize: 100000", 1),
    "template.json": inputs.in_json(12).replace('"BatchSize": 10', '"BatchSize": 100000', 1),
    "main.tf": inputs.in_hcl(12).replace("= 10\n", "= 100000\n", 1),
    "odd.yaml": ODD,
    "calls.tf": CALLS,
}
CONVERTER = get_converter()

pytestmark = pytest.mark.usefixtures("known_modules")


def uri(path: str) -> str:
    return f"file://{path}"


def shown(report: Report, before: Iterable[Shown] = ()) -> list[Shown]:
    made = diagnostics(report, Positions(PositionCodec(), report.lines), uri, lambda _: True, before)
    return [one for ones in made.values() for one in ones]


@pytest.mark.parametrize("name", TEXTS)
def test_after_an_edit_it_is_what_a_fresh_look_gives(name: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    path, checker = str(tmp_path / name), Checker(advice=True, reports_unknown=False)
    before: list[Shown] = []
    kept = 0
    dice, whole = random.Random(name), TEXTS[name]
    ones = (one for _ in range(4) for one in (whole, whole.replace("100000", "9"), *edits(whole, dice, 2)))
    for text in ones:
        report = checker.check(checker.ask(), {path: text})
        assert report is not None
        found = shown(report, before)
        fresh = api.lint([path], advice=True, reports_unknown=False, unsaved={path: text})
        assert [(one.text, one.extent) for one in found] == [(one.text, one.extent) for one in shown(fresh)]
        kept += len({id(one) for one in found} & {id(one) for one in before})
        before = found
    assert (kept > 0) is (name != "calls.tf")  # A root that calls modules is checked anew.


@pytest.mark.parametrize("name", TEXTS)
def test_it_is_what_the_protocol_says(name: str, tmp_path: Path) -> None:
    path = str(tmp_path / name)
    found = shown(api.lint([path], advice=True, unsaved={path: TEXTS[name]}))
    assert any(json.loads(one.text)["relatedInformation"] for one in found)
    sent: list[bytes] = []

    class Protocol:
        class writer:  # noqa: N801
            write = sent.append

    wanted = []
    for one in found:
        diagnostic: types.Diagnostic = CONVERTER.structure(json.loads(one.text), types.Diagnostic)
        assert diagnostic.range == range_of(one.extent)
        assert one.finding is not None
        assert (diagnostic.code, diagnostic.source) == (one.finding.rule, "awslint-memo")
        wanted.append(diagnostic)
    for version in (None, 7):
        protocol: Any = Protocol
        publish(protocol, uri(path), [one.text for one in found], version)
        header, _, body = sent.pop().partition(b"\r\n\r\n")
        assert header == b"Content-Length: %d" % len(body)
        said = types.PublishDiagnosticsNotification(types.PublishDiagnosticsParams(uri(path), wanted, version))
        assert json.loads(body) == CONVERTER.unstructure(said, unstructure_as=types.PublishDiagnosticsNotification)


def test_a_client_that_has_left_is_no_error() -> None:
    class Protocol:
        class writer:  # noqa: N801
            @staticmethod
            def write(_: bytes) -> None:
                raise BrokenPipeError

    protocol: Any = Protocol
    publish(protocol, "file:///t.yaml", [], None)


def test_an_error_is_a_diagnostic(tmp_path: Path) -> None:
    path = str(tmp_path / "t.yaml")
    (one,) = shown(api.lint([path], unsaved={path: "Resources:\n  字: [\n"}))
    diagnostic: types.Diagnostic = CONVERTER.structure(json.loads(one.text), types.Diagnostic)
    assert CONVERTER.unstructure(diagnostic) == json.loads(one.text)
    assert (diagnostic.severity, diagnostic.range.start.line) == (types.DiagnosticSeverity.Error, 2)
