"""Safe edits as suggestions for whole lines: of markdown, gitlab and github."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: orders\n"
MADE = "      QueueName: orders\n      ReceiveMessageWaitTimeSeconds: 20\n"
LONG = ("--advice", "--select", "sqs-long-polling")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "t.yaml").write_text(QUEUE)
    return tmp_path


def printed(form: str, *options: str) -> str:
    return invoke("lint", *LONG, "--format", form, *options, "t.yaml").stdout


def test_markdown_has_the_fence_of_a_suggestion() -> None:
    assert (
        f"<code>t.yaml:5</code>: set ReceiveMessageWaitTimeSeconds of Orders to 20\n\n```suggestion\n{MADE}```\n"
        in (printed("markdown"))
    )


def test_gitlab_has_it_as_content() -> None:
    (issue,) = json.loads(printed("gitlab"))
    assert issue["content"]["body"].endswith(f"```suggestion\n{MADE}```\n")


def test_an_annotation_of_github_ends_with_the_lines() -> None:
    assert "Suggested for line 5 of t.yaml:%0A      QueueName: orders%0A      ReceiveMessage" in printed("github")


def test_what_a_person_should_decide_is_no_suggestion(folder: Path) -> None:
    (folder / "t.yaml").write_text(f"{QUEUE}      ReceiveMessageWaitTimeSeconds: 0\n")
    assert "suggestion" not in printed("markdown")
    assert "content" not in json.loads(printed("gitlab"))[0]


def test_lines_with_a_secret_are_no_suggestion(folder: Path) -> None:
    text = "Resources: {F: {Type: AWS::SQS::Queue, Metadata: {password: hunter22}, Properties: {QueueName: f}}}\n"
    (folder / "t.yaml").write_text(text)
    assert "hunter22" not in printed("markdown") + printed("gitlab") + printed("github")


def test_a_template_in_one_long_line_is_no_suggestion(folder: Path) -> None:
    """Its line would be in the report once for each finding: 450 MB of 200 KB with 4,000 findings."""
    queues = ", ".join(f"Q{number}: {{Type: AWS::SQS::Queue}}" for number in range(500))
    (folder / "t.yaml").write_text(f"Resources: {{{queues}}}\n")
    issues = json.loads(printed("gitlab"))
    assert len(issues) == 500
    assert not any("content" in issue for issue in issues)


def test_a_fence_is_longer_than_those_of_the_lines(folder: Path) -> None:
    (folder / "t.yaml").write_text(QUEUE.replace("orders", "orders # ```"))
    assert "````suggestion\n" in printed("markdown")
