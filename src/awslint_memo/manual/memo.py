"""The memo that the rules implement (`memo.yaml`): its chapters and statements, in Japanese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from awslint_memo.files.rule_files import packaged
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import record

WHY: Mapping[str, str] = {
    "definition": "says what something is",
    "people": "advice to people that no template shows",
}
"""Reasons why a statement has no rule, by their keywords in memo.yaml."""

OTHER = "The linter itself"
"""The chapter of rules about suppressions, which are not based on the memo."""

OWN = "Your own rules"
"""The chapter of users' rules."""


@record(frozen=True)
class Statement:
    """One statement of the memo.

    memo: the original text. english: its translation. why: a keyword of WHY if no rule implements it, else empty.
    also: ids of rules that implement it without quoting it. fact: what AWS says otherwise, where the memo errs.
    """

    memo: str
    english: str
    why: str = ""
    also: tuple[str, ...] = ()
    fact: str = ""

    def rules(self, among: Iterable[Rule]) -> list[Rule]:
        """The rules that implement it: those that quote it, and those in `also`."""
        return [rule for rule in among if (rule.memo and rule.memo in self.memo) or rule.id in self.also]


@record(frozen=True)
class Chapter:
    """A chapter of the memo. services: the folders of rules that belong to it. topic: one word for it."""

    title: str
    statements: Sequence[Statement]
    services: tuple[str, ...] = ()
    topic: str = ""


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters in the order of the memo."""
    from awslint_memo.syntax import yaml_nodes
    from awslint_memo.syntax.node import plain

    written: list[dict[str, Any]] = plain(yaml_nodes.parse(packaged("manual/memo.yaml")))
    return tuple(
        Chapter(
            chapter["chapter"],
            [_statement(statement) for statement in chapter["statements"]],
            tuple(chapter.get("services", ())),
            chapter["topic"],
        )
        for chapter in written
    )


def _statement(members: Mapping[str, Any]) -> Statement:
    return Statement(
        members["memo"],
        members["english"],
        members.get("why", ""),
        tuple(members.get("also", ())),
        members.get("fact", ""),
    )


def english(memo: str) -> str:
    """The English of the statement that a quotation is of; empty if it is of none."""
    return next(
        (statement.english for chapter in chapters() for statement in chapter.statements if memo in statement.memo), ""
    )


def chapter_of(rule: Rule) -> str:
    """The title of the chapter that the rule's service belongs to; OTHER if there is none, OWN for users' rules."""
    if rule.is_users:
        return OWN
    return next((chapter.title for chapter in chapters() if rule.service in chapter.services), OTHER)


def topics(rule: Rule) -> list[str]:
    """The topics of the memo that a rule belongs to ("queues"): that of its service, then those of the chapters that it
    implements; none for users' rules and those about suppressions."""
    here = [chapter for chapter in chapters() if rule.service in chapter.services]
    implemented = [chapter for chapter in chapters() if any(each.rules([rule]) for each in chapter.statements)]
    return [] if rule.is_users else list(dict.fromkeys(chapter.topic for chapter in (*here, *implemented)))


def facts(rule: Rule) -> list[str]:
    """What AWS says otherwise than the statements that a rule quotes."""
    every = (statement for chapter in chapters() for statement in chapter.statements)
    return [statement.fact for statement in every if statement.fact and rule.memo and rule.memo in statement.memo]


def table(rules: Sequence[Rule]) -> str:
    """Markdown tables of all statements, each with the rules that implement it or the reason why there is none."""
    lines = ["# The memo", "", "Each statement of the memo, and the rules that encode it."]
    for chapter in chapters():
        lines += ["", f"## {chapter.title}", "", "| the memo says | in English | rules |", "| --- | --- | --- |"]
        for statement in chapter.statements:
            named = ", ".join(f"[{rule.id}](../rules/{rule.id}.md)" for rule in statement.rules(rules))
            memo = f"{cell(statement.memo)}<br>{cell(statement.fact)}" if statement.fact else cell(statement.memo)
            lines.append(
                f"| {memo} | {cell(statement.english)} | {named or f'none: {WHY.get(statement.why, statement.why)}'} |"
            )
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """A text as a cell of a table in Markdown."""
    return text.replace("|", "\\|")
