"""What the README and the page of the configuration show: commands, settings and suppressions that do what they say.

tests/test_docs_examples.py runs the commands.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command import printed

pytestmark = pytest.mark.usefixtures("polled_queues")

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")


def shown_yaml(page: str, key: str) -> str:
    """The first listing of a page that has a key."""
    blocks: list[str] = re.findall(r"```yaml\n(.*?)```", page, re.S)
    return next(block for block in blocks if key in block)


def test_the_readme_is_a_front_door() -> None:
    """It shows real output of the linter, and is no longer than what somebody reads who has never seen the tool."""
    assert len(README.splitlines()) <= 90
    assert "$ awslint-memo lint fixtures/queue/template.yaml\nfixtures/queue/template.yaml:" in README
    for word in ("--diff", "--fix", "ignore[", "pre-commit", "--against", "docs/index.md", "docs/developing/memo.md"):
        assert word in README


def test_the_readme_shows_no_words_that_a_console_may_lack() -> None:
    """Japanese prints as question marks where the encoding is cp1252."""
    README.encode("cp1252")


def test_the_configuration_shown_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "configuration.yaml").write_text(shown_yaml(CONFIGURATION, "fail-on: error"))
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "prod.json").write_text("{}")
    (tmp_path / "known.yaml").write_text("version: 1\nfindings:\n")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "template.yaml").write_text("Resources: {Orders: {Type: AWS::SQS::Queue}}")
    shown = printed("lint", str(tmp_path / "template.yaml"), "--config", str(tmp_path / "configuration.yaml"))
    assert "warning[sqs-dead-letter-queue]" in shown
    assert "[sqs-long-polling]" not in shown


def test_the_suppression_shown_suppresses(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(shown_yaml(README, "Resources:"))
    assert "; 1 suppressed" in printed("lint", str(tmp_path / "template.yaml"), "--select", "sqs-dead-letter-queue")


def test_the_tests_are_started_by_one_command() -> None:
    """.ci/run takes it from here."""
    assert len(re.findall(r"^python3 -m venv .*pytest.*$", README, re.M)) == 1
