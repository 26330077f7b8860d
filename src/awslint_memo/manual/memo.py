"""The memo that the rules encode: its chapters and statements, in its words and in English (`memo.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from awslint_memo.files.packaged import packaged
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import record

WHY: Mapping[str, str] = {
    "definition": "says what something is",
    "people": "advice to people that no template shows",
    "later": "disaster recovery is judged against objectives that nobody can declare yet",
}
"""Why no rule encodes a statement, by the word for it."""

OTHER = "The linter itself"
"""The chapter of rules that quote nothing: those about suppressions, and users' own."""


@record(frozen=True)
class Statement:
    """One statement of the memo: its words, in English, why no rule encodes it (else empty), rules that restate it."""

    memo: str
    english: str
    why: str = ""
    also: tuple[str, ...] = ()

    def rules(self, among: Iterable[Rule]) -> list[Rule]:
        """The rules that encode it: those that quote it, and those that are named beside it."""
        return [rule for rule in among if (rule.memo and rule.memo in self.memo) or rule.id in self.also]


@record(frozen=True)
class Chapter:
    """A chapter of the memo, and the services (folders of rules) that belong to it."""

    title: str
    statements: Sequence[Statement]
    services: tuple[str, ...] = ()


@cache
def chapters() -> tuple[Chapter, ...]:
    """The memo's chapters, in its order."""
    from awslint_memo.syntax import yaml_nodes
    from awslint_memo.syntax.node import plain

    written: list[dict[str, Any]] = plain(yaml_nodes.parse(packaged("manual/memo.yaml")))
    return tuple(
        Chapter(one["chapter"], [_statement(said) for said in one["statements"]], tuple(one.get("services", ())))
        for one in written
    )


def _statement(said: Mapping[str, Any]) -> Statement:
    return Statement(said["memo"], said["english"], said.get("why", ""), tuple(said.get("also", ())))


def chapter_of(rule: Rule) -> str:
    """The title of the chapter that a rule's service belongs to; OTHER for rules about suppressions and users' own."""
    return next((one.title for one in chapters() if rule.service in one.services), OTHER)


def table(rules: Sequence[Rule]) -> str:
    """The memo statement by statement in Markdown: what it says, and the rules that encode it, or why none does."""
    lines = ["# The memo", "", "Each statement of the memo, and the rules that encode it."]
    for chapter in chapters():
        lines += ["", f"## {chapter.title}", "", "| the memo says | in English | rules |", "| --- | --- | --- |"]
        for one in chapter.statements:
            named = ", ".join(f"[{rule.id}](rules/{rule.id}.md)" for rule in one.rules(rules))
            lines.append(
                f"| {_cell(one.memo)} | {_cell(one.english)} | {named or f'none: {WHY.get(one.why, one.why)}'} |"
            )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
