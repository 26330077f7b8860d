"""Every quotation of a rule is in the memo, and every statement has rules or a reason why it has none."""

from __future__ import annotations

from pathlib import Path

from tests.command import printed

from awslint_memo.judging.registry import rules
from awslint_memo.manual.memo import OTHER, WHY, chapter_of, chapters, facts, table

RULES = list(rules().values())
STATEMENTS = [statement for chapter in chapters() for statement in chapter.statements]
DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_a_rule_quotes_the_memo() -> None:
    for rule in RULES:
        assert any(rule.memo in statement.memo for statement in STATEMENTS), rule.id
        assert len(rule.memo) >= 4, rule.id
        assert chapter_of(rule) != OTHER, rule.id


def test_a_statement_has_rules_or_says_why_not() -> None:
    ids = {rule.id for rule in RULES}
    for statement in STATEMENTS:
        assert bool(statement.rules(RULES)) != bool(statement.why), statement.english
        assert statement.why in ("", *WHY), statement.english
        assert set(statement.also) <= ids, statement.english


def test_no_statement_stands_twice() -> None:
    assert len({statement.memo for statement in STATEMENTS}) == len(STATEMENTS) == 120


def test_the_table_is_fresh() -> None:
    assert (DOCS / "developing" / "memo.md").read_text(encoding="utf-8") == table(RULES), "run make docs"


def test_no_statement_is_left_for_later() -> None:
    assert "later" not in {*WHY, *(one.why for one in STATEMENTS)}


def test_where_the_memo_errs_the_fact_stands_beside_it() -> None:
    pilot, hot = (one for one in STATEMENTS if one.fact)
    assert hot.memo.startswith("ホットサイト/マルチサイト")
    assert facts(rules()["recovery-strategy-mismatch"])[-1] == hot.fact
    assert pilot.memo.startswith("パイロットライト")
    assert f"<br>{pilot.fact} |" in table(RULES)
    assert facts(rules()["recovery-traffic-to-dark-region"]) == [pilot.fact]
    assert facts(rules()["recovery-failover-path"]) == []
    assert " ".join(pilot.fact.split()) in " ".join(printed("explain", "recovery-traffic-to-dark-region").split())
