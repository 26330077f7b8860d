"""What an ordinary improvement ends is told as mended, be it advice or left out, and nothing else of these."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

SELECT = ("--select", "statemachine-retry,sqs-dead-letter-queue,xray-lambda-tracing,sqs-partial-batch-response")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


CALL = "Type: Task, Resource: !GetAtt Pay.Arn, End: true"
RETRY = "Retry: [{ErrorEquals: [Lambda.ServiceException, Lambda.TooManyRequestsException], MaxAttempts: 3}]"
MACHINE = f"""\
Resources:
  Pay: {{Type: AWS::Lambda::Function, Properties: {{FunctionName: pay, TracingConfig: {{Mode: Active}}}}}}
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/orders
      Definition: {{StartAt: Pay, States: {{Pay: {{{CALL}}}}}}}
"""
RETRIED = MACHINE.replace(CALL, f"{CALL}, {RETRY}")


def test_mended_advice_is_told_without_the_option_that_shows_it(repository: Repository) -> None:
    assert changed(repository, {"t.yaml": MACHINE}, {"t.yaml": RETRIED}, *SELECT) == {
        "mended": ["statemachine-retry Orders"]
    }
    shown = invoke("lint", *SELECT, "--against", "HEAD").output
    assert "mended: t.yaml:7: statemachine-retry on Orders (advice)" in shown


def test_advice_that_went_otherwise_is_told_only_with_that_option(repository: Repository) -> None:
    after = {"t.yaml": "\n".join(MACHINE.splitlines()[:2]) + "\n"}
    assert changed(repository, {"t.yaml": MACHINE}, after, *SELECT) == {}
    assert changed(repository, {"t.yaml": MACHINE}, after, *SELECT, "--advice") == {
        "gone": ["statemachine-retry Orders resource"]
    }


LEFT_OUT = "tests/integration/t.yaml"


@pytest.mark.parametrize("options", [(), ("--advice",)])
def test_what_was_left_out_and_is_mended_is_told(repository: Repository, options: tuple[str, ...]) -> None:
    repository.commit({LEFT_OUT: MACHINE})
    assert "statemachine-retry" not in invoke("lint", "--advice", *SELECT).output
    told = changed(repository, {LEFT_OUT: MACHINE}, {LEFT_OUT: RETRIED}, *SELECT, *options)
    assert told == {"mended": ["statemachine-retry Orders"]}


@pytest.mark.parametrize("after", [None, "\n".join(MACHINE.splitlines()[:2]) + "\n", MACHINE.replace("pay", "buy")])
def test_nothing_else_is_told_of_what_was_left_out(repository: Repository, after: str | None) -> None:
    told = changed(repository, {LEFT_OUT: MACHINE}, {LEFT_OUT: after}, *SELECT, "--advice")
    assert told == {}
