"""Where the values of secrets stand in a file, by its parse: those that begin on another line than their names, or go
on there, so that no line by itself tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.model.name_words import is_in_hcl
from awslint_memo.model.secret import is_secret_name
from awslint_memo.model.secret_texts import MARKS, NAMES, NAMING, VALUES, is_said
from awslint_memo.model.span import Problem, Span
from awslint_memo.syntax.embedded import parse_file
from awslint_memo.syntax.node import Flaws, Node, fields

_Visit: TypeAlias = "tuple[Node, int, str, bool]"
"""A node, the line of the key that makes it secret (0: it is not), its own key, and whether it is an argument of a
function."""


def secret_places(path: str, lines: Sequence[str]) -> list[Span]:
    """The places of these secrets in a file, none of which overlap; none in a file that can't be parsed."""
    text = "\n".join(line.rstrip("\r\n") for line in lines)
    if is_in_hcl(path):
        from awslint_memo.syntax.hcl.secret_literals import secret_literals

        return secret_literals(path, text)
    try:
        root = _parsed(Source(path, text.encode(errors="replace")))
    except (Problem, RecursionError):
        return []
    return list(_places(root))


def _parsed(source: Source) -> Node:
    if source.text.lstrip()[:1] in ("{", "["):
        try:
            return parse_file(source)
        except Problem:
            pass  # YAML has such mappings too.
    from awslint_memo.syntax import yaml_nodes

    return yaml_nodes.parse(source, Flaws())


def _places(root: Node) -> Iterator[Span]:
    stack: list[_Visit] = [(root, 0, "", False)]
    seen: set[tuple[int, bool, str]] = set()
    while stack:
        visit = stack.pop()
        node, line, own, _ = visit
        content = node.content
        if isinstance(content, (list, Mapping)):
            # By aliases, a short text may be a very large tree.
            composed = getattr(node, "composed", None)
            known = (id(composed[0] if composed else node), line > 0, own)
            if composed is None or known not in seen:
                seen.add(known)
                stack += _below(visit)
        elif line and content is not None and not isinstance(content, bool) and not is_said(str(content)):
            span = node.span
            if not span.line == line == span.end_line:
                yield span


def _below(visit: _Visit) -> Iterator[_Visit]:
    """What is in a list or a mapping: a secret, where its key says so, or the list or function is one."""
    node, line, own, is_argument = visit
    if isinstance(node.content, list):
        # The first argument of Fn::If is the name of a condition.
        items = node.content[1:] if own == "Fn::If" else node.content
        yield from ((item, line, "", is_argument) for item in items)
        return
    entries = fields(node)
    function = next(iter(entries)) if len(entries) == 1 else ""
    if function in ("Ref", "Condition") or function.startswith("Fn::"):
        if function.removeprefix("Fn::") not in NAMING:
            yield entries[function], line, function, True
        return
    is_named = _is_named(entries, own)
    for name, child in entries.items():
        if is_secret_name(name) or (is_named and name in VALUES):
            yield child, node.key(name).span.line, name, False
        else:
            yield child, line if is_argument else 0, name, is_argument


def _is_named(entries: Mapping[str, Node], own: str) -> bool:
    """Whether the value that a mapping has is secret, by its own key, or by what it says of it."""
    type_ = entries["Type"].content if "Type" in entries else ""
    if "AllowedValues" in entries or str(type_).startswith("AWS::"):
        return False
    if is_secret_name(own):
        return True
    for name in entries.keys() & (NAMES | MARKS | {"Type", "type"}):
        said = entries[name].content
        if name in MARKS and str(said).lower() in ("true", "yes"):
            return True
        if isinstance(said, str) and (said == "SecureString" or (name in NAMES and is_secret_name(said))):
            return True
    return False
