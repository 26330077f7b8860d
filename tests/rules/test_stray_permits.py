"""A function whose permission names what does not invoke it: that one is corrected, and none is added beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

SELECT = ("--select", "lambda-permission-missing")
HEAD = """Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}
  Hourly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 hour)%s}}
  Work: {Type: AWS::Lambda::Function}
"""
PERMISSION = (
    '  %s: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", '
    "Principal: %s, SourceArn: %s}}\n"
)
HOURLY = ", Targets: [{Id: a, Arn: !GetAtt Work.Arn}]"
EVENTS = "events.amazonaws.com"


def lint(folder: Path, text: str) -> tuple[str, str]:
    """What is found, and what the file is after the fix."""
    path = folder / "t.yaml"
    path.write_text(text)
    found = invoke("lint", *SELECT, str(path)).stdout
    return found, invoke("lint", "--fix", *SELECT, str(path)).stderr


@pytest.mark.parametrize(
    ("head", "permissions", "wrong"),
    [
        ("", [("Copied", EVENTS, "!GetAtt Hourly.Arn")], "Copied"),
        # The second one admits what the first one does.
        (HOURLY, [("First", EVENTS, "!GetAtt Hourly.Arn"), ("Second", EVENTS, "!GetAtt Hourly.Arn")], "Second"),
    ],
)
def test_a_copied_permission_is_corrected(
    tmp_path: Path, head: str, permissions: list[tuple[str, str, str]], wrong: str
) -> None:
    text = HEAD % head + "".join(PERMISSION % one for one in permissions)
    found, told = lint(tmp_path, text)
    assert f"; set SourceArn of {wrong}, which is for a rule that needs none, to its ARN\n" in found
    assert (tmp_path / "t.yaml").read_text() == text
    assert f"{wrong} may be meant for it; correct that" in told


@pytest.mark.parametrize(
    "permissions",
    [
        [("Copied", EVENTS, "!GetAtt Gone.Arn"), ("Other", EVENTS, "!GetAtt Hourly.Arn")],
        [("Old", EVENTS, "arn:aws:events:eu-west-1:111122223333:rule/old")],
    ],
)
def test_where_it_is_not_sure_which_one_is_meant_there_is_no_fix(
    tmp_path: Path, permissions: list[tuple[str, str, str]]
) -> None:
    gone = "  Gone: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(2 days)}}\n"
    text = HEAD % "" + gone + "".join(PERMISSION % one for one in permissions)
    found, _ = lint(tmp_path, text)
    assert "; add one for events.amazonaws.com, with that as SourceArn\n" in found
    assert (tmp_path / "t.yaml").read_text() == text


@pytest.mark.parametrize(
    ("head", "permission"),
    [
        (HOURLY, ("Hourlys", EVENTS, "!GetAtt Hourly.Arn")),
        (", State: DISABLED" + HOURLY, ("Paused", EVENTS, "!GetAtt Hourly.Arn")),
        ("", ("OfTopic", "sns.amazonaws.com", "!Ref Topic")),
    ],
)
def test_beside_the_permission_of_something_else_one_is_added(
    tmp_path: Path, head: str, permission: tuple[str, str, str]
) -> None:
    topic = "  Topic: {Type: AWS::SNS::Topic}\n"
    lint(tmp_path, HEAD % head + topic + PERMISSION % permission)
    assert "SourceArn: !GetAtt Nightly.Arn" in (tmp_path / "t.yaml").read_text()
