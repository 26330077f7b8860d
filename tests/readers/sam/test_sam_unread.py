"""What of a SAM template is not followed is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

HEAD = "Transform: AWS::Serverless-2016-10-31\nResources:\n"
FUNCTION = (
    "  Work:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: a.b, Runtime: python3.13, InlineCode: x"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "  Reads:\n    Type: AWS::Serverless::Connector\n    Properties:\n      Fn::Transform: {Name: Own}\n",
            "t.yaml:3: not checked: what the connector Reads allows",
        ),
        (
            FUNCTION + ", Events: {Later: {Type: NewerThanThis, Properties: {A: b}}}}\n",
            "what the event Later of Work adds",
        ),
    ],
)
def test_what_is_not_followed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str) -> None:
    (tmp_path / "t.yaml").write_text(HEAD + text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert any(said in one for one in report("t.yaml")["summary"]["notices"])


def test_what_is_followed_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = FUNCTION + ", Events: {Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}\n"
    (tmp_path / "t.yaml").write_text(HEAD + text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert report("t.yaml")["summary"]["notices"] == []
