"""Reads a YAML file with rules of a user, and makes the same rules of it that a file of Python makes. Runs nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from awslint_memo.files.source import Source, read
from awslint_memo.judging.data_rules.checks import DataCheck, DataFix
from awslint_memo.judging.data_rules.keys import EXAMPLES, FIX, LEVELS_BY_ENVIRONMENT, RULE
from awslint_memo.judging.data_rules.paths import Path
from awslint_memo.judging.data_rules.reading import ConditionReader, keyed, mistake, resource_type, text, texts
from awslint_memo.judging.data_rules.terraform_words import add_words
from awslint_memo.judging.rule import FixKind, Rule, id_of
from awslint_memo.model.finding import LEVELS, Level
from awslint_memo.model.fix import Setable
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed, quoted
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.syntax import yaml_nodes
from awslint_memo.syntax.node import Node, fields, plain

_RULES = regex(
    r"^(?:must|resource|level|levels|do)[ \t]*:|^rules[ \t]*:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*-[ \t]",
    8,
)
"""What a file of rules has and other files in YAML, such as a policy beside it, have not."""

_BARE_PATH = regex(r"\{[^\"']*:[ ]*([\w.]+\[(?:all|any|[0-9]+)\][\w.\[\]]*)")
"""A path with brackets in a mapping in braces, where YAML takes the brackets for a list."""

_LANGUAGES = ("cloudformation", "terraform")

T = TypeVar("T", bound=str)

_ID = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def rules_of(path: str) -> list[tuple[Rule, Span]]:
    """The rules in a file, each with its place; none where it is a file of something else.

    Raises Problem for what is wrong with them.
    """
    source = read(path)
    if not _RULES.search(source.text):
        return []
    tree = _tree(source)
    found = fields(tree)
    if "rules" not in found:
        return [(_rule(tree, path), tree.span)]
    items = keyed(tree, ("rules",), "a file of several rules")["rules"].content
    if not isinstance(items, list) or not items:
        raise mistake("rules must be a list of rules; write one behind each dash", found["rules"].span)
    return [(_rule(item, path, is_one=False), item.span) for item in items]


def _tree(source: Source) -> Node:
    try:
        return yaml_nodes.parse(source)
    except Problem as problem:
        path = _BARE_PATH.search(source.lines[problem.line - 1])
        if path is None:
            raise
        problem.message = f'in braces, a path with brackets stands in quotes; write "{path[1]}"'
        raise


def _rule(node: Node, path: str, *, is_one: bool = True) -> Rule:
    found = keyed(node, RULE, "a rule")
    for name, key in RULE.items():
        if key.is_needed and name not in found:
            raise mistake(f"the rule has no {name}; add it, as in {key.example}", node.span)
    if "id" not in found and not is_one:
        raise mistake("the rule has no id; add one, as a file of several rules gives none by its name", node.span)
    name = text(found["id"], "id") if "id" in found else id_of(os.path.splitext(path)[0])
    if not _ID.fullmatch(name):
        place = found["id"].span if "id" in found else node.span
        raise mistake(f"the id must be of small letters, digits and hyphens, not {quoted(name)}", place)
    level, is_practice = _levels(node, found)
    types = _types(found["resource"])
    fix = _fix(found["fix"], types) if "fix" in found else None
    language = _one_of(found["language"], _LANGUAGES, "language") if "language" in found else ""
    if "terraform" in found:
        add_words(found["terraform"], types)
    return Rule(
        name,
        level,
        resource=types,
        language=language,
        service=os.path.basename(os.path.dirname(path)),
        is_users=True,
        fix=_kind(fix),
        checks=((types, _check(found, types, fix, is_practice=is_practice)),),
        title=_paragraph(text(found["title"], "title")),
        reason=_paragraphs(text(found["why"], "why")) if "why" in found else "",
        advice=_paragraphs(text(found["do"], "do")),
        aws=text(found["page"], "page") if "page" in found else "",
        aliases=texts(found["aliases"], "aliases") if "aliases" in found else (),
        yields_to=texts(found["yields-to"], "yields-to") if "yields-to" in found else (),
        **(_examples(found["examples"]) if "examples" in found else {}),
    )


def _check(found: Mapping[str, Node], types: Sequence[str], fix: DataFix | None, *, is_practice: bool) -> DataCheck:
    reader = ConditionReader(types)
    return DataCheck(
        must=reader.condition(found["must"], "must"),
        when=reader.condition(found["when"], "when") if "when" in found else None,
        message=_paragraph(text(found["message"], "message")) if "message" in found else "",
        do=_paragraph(text(found["do"], "do")).rstrip("."),
        fix=fix,
        is_practice=is_practice,
    )


def _levels(node: Node, found: Mapping[str, Node]) -> tuple[Level, bool]:
    """The level, and whether an error is advice outside of production."""
    if ("level" in found) == ("levels" in found):
        both = "has both level and levels; keep" if "level" in found else "has no level; add"
        raise mistake(
            f"the rule {both} one of level: warning and levels: {{production: error, others: advice}}", node.span
        )
    if "level" in found:
        return _one_of(found["level"], LEVELS, "level"), False
    levels = keyed(found["levels"], LEVELS_BY_ENVIRONMENT, "levels")
    for name in LEVELS_BY_ENVIRONMENT:
        if name not in levels:
            raise mistake(f"levels has no {name}; write {{production: error, others: advice}}", found["levels"].span)
    _one_of(levels["others"], ("advice",), "others")
    return _one_of(levels["production"], LEVELS, "production"), True


def _one_of(node: Node, among: Sequence[T], what: str) -> T:
    written = text(node, what)
    for word in among:
        if written == word:
            return word
    raise mistake(f"{what} must be {listed(among, last='or')}, not {quoted(written)}", node.span)


def _types(node: Node) -> tuple[str, ...]:
    if isinstance(node.content, list) and node.content:
        return tuple(dict.fromkeys(resource_type(item, "resource") for item in node.content))
    return (resource_type(node, "resource"),)


def _fix(node: Node, types: Sequence[str]) -> DataFix:
    found = keyed(node, FIX, "fix")
    if "set" not in found and "unset" not in found:
        raise mistake("fix changes nothing; add set: {PropertyName: value} or unset: PropertyName", node.span)
    sets = list(_sets(found["set"], types)) if "set" in found else []
    unsets = [_path(item, types) for item in _items(found["unset"])] if "unset" in found else []
    return DataFix(sets, unsets, text(found["unsafe"], "unsafe") if "unsafe" in found else "")


def _sets(node: Node, types: Sequence[str]) -> Iterator[tuple[Path, Setable]]:
    values = fields(node)
    if not values:
        raise mistake("set must be a mapping of paths to values, as in {StorageType: gp3}", node.span)
    for name, value in values.items():
        yield _path(_Name(name, node.key(name).span), types), _setable(value)


def _setable(node: Node) -> Setable:
    value: Setable = plain(node)
    if value is None or any(key == "Ref" or key.startswith("Fn::") for key in fields(node)):
        raise mistake(
            "a fix sets values that are written out: a text, a number, true or false, a list or a mapping", node.span
        )
    return value


def _path(node: Node, types: Sequence[str]) -> Path:
    path = ConditionReader(types).path(node, "a path of fix")
    if "[any]" in path.text:
        raise mistake(
            "a fix changes no [any] item; write [all] for the one that a finding is about, or a number", node.span
        )
    return path


def _items(node: Node) -> Sequence[Node]:
    return node.content if isinstance(node.content, list) else [node]


class _Name:
    """A key of a mapping as a node of its own."""

    def __init__(self, content: str, span: Span) -> None:
        self.content = content
        self.span = span

    def key(self, _: str) -> Place:
        """Where it stands."""
        return self.span


def _kind(fix: DataFix | None) -> FixKind:
    """The kind of fixes; a safe one is unsafe where it changes a default, or a number that somebody wrote."""
    return "" if fix is None else "unsafe" if fix.unsafe else "both"


def _examples(node: Node) -> dict[str, Any]:
    found = keyed(node, EXAMPLES, "examples")
    for name in ("bad", "good"):
        if name not in found:
            raise mistake(
                f"examples has no {name}; add a list of templates, in CloudFormation and in Terraform", node.span
            )
    return {name: "\n---\n".join(_example(item) for item in _items(part)) for name, part in found.items()}


def _example(node: Node) -> str:
    if not isinstance(node.content, str) or not node.content.strip():
        raise mistake("an example must be the text of a template; write it behind |", node.span)
    return node.content.strip("\n") + "\n"


def _paragraph(written: str) -> str:
    return " ".join(written.split())


def _paragraphs(written: str) -> str:
    return "\n\n".join(_paragraph(part) for part in written.split("\n\n"))
