"""What is newer than the user's version is advice: rules-as-of, and previews."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.command import invoke, printed, report
from tests.sources import parsed

from awslint_memo import api
from awslint_memo.judging.rule import FIRST, RELEASE, Rule, is_preview, is_version
from awslint_memo.judging.suppression_rules import ENGINE_RULES

pytestmark = pytest.mark.usefixtures("polled_queues")

ROOT = Path(__file__).resolve().parents[2]
RULES = [rule for rule in api.rules().values() if rule.id not in ENGINE_RULES]
FILES = {f"{path.parent.name}-{path.stem.replace('_', '-')}": path for path in (ROOT / "rules").rglob("*.py")}

FILTER = """\
Resources:
  Paid:
    Type: AWS::SNS::Subscription
    Properties:
      Protocol: sqs
      TopicArn: !Ref Topic
      Endpoint: !GetAtt Orders.Arn
  Topic: {Type: AWS::SNS::Topic}
  Orders:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: 20}
  Copies:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceClass: db.m7g.large, BackupRetentionPeriod: 0}
"""
WIDENED = "rds-backup-retention"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def levels(settings: str, *arguments: str, text: str = FILTER) -> dict[str, str]:
    Path("t.yaml").write_text(text, encoding="utf-8")
    Path(".awslint-memo.yaml").write_text(settings, encoding="utf-8")
    return {one["rule"]: one["level"] for one in report("--advice", *arguments)["findings"]}


def new_rule(level: str) -> tuple[Rule, str]:
    """A rule that is a preview and has a CloudFormation example whose finding is of a level in full."""
    from awslint_memo.judging.examples import examples

    for rule in RULES:
        if is_preview(rule) and rule.level == level:
            text = next((each.text for each in examples(rule, rule.bad) if each.path == "template.yaml"), "")
            if text and levels("preview: true\n", text=text).get(rule.id) == level:
                return rule, text
    raise AssertionError("there is no preview to try")


def test_a_preview_gives_advice_unless_somebody_asks_for_it() -> None:
    rule, text = new_rule("warning")
    level = levels("preview: true\n", text=text)[rule.id]
    assert levels("", text=text)[rule.id] == "advice"
    assert levels("preview: false\n", text=text)[rule.id] == "advice"
    assert levels(f"rules: {{{rule.id}: error}}\n", text=text)[rule.id] == "error"
    assert levels(f"select: [{rule.id}]\n", text=text)[rule.id] == level
    assert levels("", "--select", rule.id, text=text)[rule.id] == level
    assert levels("", "--select", f"{rule.service}-*", text=text)[rule.id] == "advice"
    Path("policy.yaml").write_text(f"policy: {{locked: [{rule.id}]}}\n")
    assert levels("extends: ./policy.yaml\n", text=text)[rule.id] == level


def test_an_error_of_a_preview_counts_at_once_unless_it_is_newer_than_the_version() -> None:
    rule, text = new_rule("error")
    assert levels("", text=text)[rule.id] == "error"
    assert levels("rules-as-of: 0.1\n", text=text)[rule.id] == "advice"


def test_what_is_newer_than_the_version_stays_advice() -> None:
    rule, text = new_rule("warning")
    assert levels("rules-as-of: 0.1\npreview: true\n", text=text)[rule.id] == "advice"
    assert levels("rules-as-of: 0.2\npreview: true\n", text=text)[rule.id] != "advice"
    assert levels("")[WIDENED] == "error"
    assert levels("rules-as-of: '0.1'\n")[WIDENED] == "advice"
    assert levels("rules-as-of: 0.2\n")[WIDENED] == "error"
    assert levels(f"rules-as-of: 0.1\nrules: {{{WIDENED}: error}}\n")[WIDENED] == "error"


def test_verdicts_of_the_first_version_stay_what_they_are() -> None:
    engine = FILTER.replace("DBInstanceClass", "Engine: mysql, DBInstanceClass")
    assert levels("rules-as-of: 0.1\n", text=engine)[WIDENED] == "error"
    assert levels("rules-as-of: 0.1\n", text=engine)["sqs-dead-letter-queue"] == "warning"


@pytest.mark.parametrize("said", ["0.9", "'1'", "0", "latest", "'0.1.2'"])
def test_a_version_that_is_none(said: str) -> None:
    Path(".awslint-memo.yaml").write_text(f"rules-as-of: {said}\n")
    result = invoke("lint")
    assert result.exit_code == 2
    assert result.stderr.startswith(".awslint-memo.yaml:1:1: rules-as-of must be a version from 0.1 to 0.2, which is")


def test_this_version_is_that_of_the_package() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (version,) = re.findall(r'^version = "([^"]*)"', text, re.M)
    assert version.rpartition(".")[0] == RELEASE


def test_each_rule_says_since_when_it_exists_and_is_wider() -> None:
    assert {rule.id: what for rule in RULES if (what := wrong_with(rule))} == {}


def wrong_with(rule: Rule) -> str:
    """What is wrong with what a rule says of versions; empty if nothing is."""
    if rule.since == FIRST:
        return "nothing is said of what exists since the first version"
    if not all(is_version(one) for one in (*filter(None, [rule.since]), *rule.widened)):
        return "that is no version"
    if any(words[-1] == "." for words in rule.widened.values()):
        return "the words are no sentence"
    tree = parsed(FILES[rule.id])
    (check, *_) = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.decorator_list]
    texts = [one for one in ast.walk(tree) if isinstance(one, ast.Constant) and one.value in rule.widened]
    decorator = [one for one in ast.walk(check.decorator_list[0]) if one in texts]
    # A relation may say since when it reads what the finding is about.
    told = [one for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg == "since"]
    is_told = len(texts) > len(decorator) or not all(isinstance(one.value, ast.Constant) for one in told)
    return "" if bool(rule.widened) == is_told else "a wider verdict is marked with since="


def test_the_changes_name_every_new_rule() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("## [0.1.0]")[0]
    for rule in RULES:
        if rule.since:
            assert f"`{rule.id}`" in changes or f"`{rule.service}-*`" in changes


def test_pages_and_lists_say_so() -> None:
    new = next(rule for rule in RULES if is_preview(rule))
    assert "New in 0.2, and a preview in this version" in " ".join(printed("explain", new.id).split())
    assert "Since 0.2 it also reports" in " ".join(printed("explain", WIDENED).split())
    listed = printed("rules", "--format", "json")
    assert '"since": "0.1"' in listed
    assert '"preview": true' in listed
