"""What the README shows: each command, and settings and suppressions that do what it says.

tests/test_docs_examples.py runs its commands.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command import printed

from awslint_memo.cli import main

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ awslint-memo (.*?)\n(.*?)```", README, re.S)
MENTIONED = re.findall(
    rf"awslint-memo ({'|'.join(main.commands)})([^#\n|]*)",
    "\n".join(re.findall(r"```sh\n(.*?)```", README, re.S)),
)


def test_the_readme_shows_outputs_and_mentions_commands() -> None:
    assert {command.split()[0] for command, _ in SHOWN} == {"lint", "recovery", "why"}
    assert {command for command, _ in MENTIONED} == set(main.commands)


def test_the_configuration_shown_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = next(block for block in re.findall(r"```yaml\n(.*?)```", README, re.S) if "fail-on" in block)
    (tmp_path / "configuration.yaml").write_text(shown)
    (tmp_path / "parameters").mkdir()
    (tmp_path / "parameters" / "prod.json").write_text("{}")
    (tmp_path / "known.yaml").write_text("version: 1\nfindings:\n")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "template.yaml").write_text("Resources: {Orders: {Type: AWS::SQS::Queue}}")
    found = printed("lint", str(tmp_path / "template.yaml"), "--config", str(tmp_path / "configuration.yaml"))
    assert "warning[sqs-dead-letter-queue]" in found
    assert "[sqs-long-polling]" not in found


def test_the_suppressions_shown_suppress(tmp_path: Path) -> None:
    shown = next(block for block in re.findall(r"```yaml\n(.*?)```", README, re.S) if "Resources:" in block)
    (tmp_path / "template.yaml").write_text(shown)
    shown_rules = "sqs-dead-letter-queue,sqs-long-polling"
    assert "2 suppressed" in printed("lint", str(tmp_path / "template.yaml"), "--select", shown_rules, exits=1)
