"""What coding agents read is generated, and what it says works."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from tests.command import invoke, printed

from awslint_memo.manual import rule_list
from awslint_memo.manual.page import every_rule

pytestmark = pytest.mark.usefixtures("polled_queues")

DOCS = Path(__file__).resolve().parents[2] / "docs"
QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"


def test_the_skill_is_fresh() -> None:
    assert (DOCS / "SKILL.md").read_text(encoding="utf-8") == rule_list.skill(), "run make docs"


def test_the_list_names_every_page_and_rule() -> None:
    text = (DOCS / "llms.txt").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)]+)\)", text)
    assert [name for name in linked if not (DOCS / name).exists()] == []
    assert {path.name for path in DOCS.glob("*.md")} <= set(linked)
    assert [name for name in linked if name.startswith("rules/")] == [f"rules/{rule.id}.md" for rule in every_rule()]
    pages = re.findall(r"^- \[(.+)\]\((?!rules/)(.+)\)$", text, re.M)[1:]
    assert text == rule_list.llms([(name, title) for title, name in pages], every_rule()), "run make docs"


def test_the_skill_has_what_programs_expect_at_its_top() -> None:
    head = re.match(r"---\nname: ([a-z-]+)\ndescription: (.+)\n---\n", rule_list.skill())
    assert head
    assert head[1] == "awslint-memo"
    assert len(head[2]) <= 1024


def test_the_guide_of_agents_is_printed_and_short() -> None:
    guide = printed("agent-guide")
    assert guide == rule_list.skill()
    assert len(guide.split()) <= 600


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.yaml").write_text("Resources: {}\n", encoding="utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *words], check=True)
    return tmp_path


def test_the_steps_of_the_skill_do_what_it_says(repository: Path) -> None:
    """Step by step, as an agent would do it."""
    before = invoke("lint", "--format", "json", ".").stdout
    (repository / "before.json").write_text(before)
    (repository / "t.yaml").write_text(QUEUE)
    for earlier in ("HEAD", "before.json"):
        new = invoke("lint", "--format", "agent", "--against", earlier, "t.yaml")
        assert new.exit_code == 1
        assert "warning sqs-long-polling t.yaml:2:3" in new.stdout
        assert "  edit t.yaml " in new.stdout
    assert invoke("lint", "--diff", "t.yaml").stdout.startswith("---")
    assert (repository / "t.yaml").read_text() == QUEUE
    invoke("lint", "--fix", "t.yaml")
    assert "ReceiveMessageWaitTimeSeconds: 20" in (repository / "t.yaml").read_text()
    assert invoke("explain", "sqs-long-polling").exit_code == 0
    assert "what it read" in invoke("why", "sqs-long-polling", "Orders", "t.yaml").stdout
    suppressed = QUEUE.replace("Orders:", "Orders: # awslint-memo: ignore[sqs-long-polling] the reason")
    (repository / "t.yaml").write_text(suppressed)
    (repository / "before.json").write_text(json.dumps(json.loads(invoke("lint", "--format", "json", ".").stdout)))
    (repository / "t.yaml").write_text("Resources:\n  Other: {Type: AWS::SNS::Topic}\n")
    assert "gone: " in invoke("lint", "--format", "agent", "--against", "before.json", "t.yaml").stdout
