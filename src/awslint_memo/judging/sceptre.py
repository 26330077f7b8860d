"""Stack configurations of Sceptre: each names a template below `templates`, and the parameters of a deployment of it.

Such a file is below `config`, beside which `templates` is; the files config.yaml in the folders around it give it what
it does not say itself (Sceptre/sceptre on GitHub: docs/_source/docs/stack_config.rst and sceptre/config/reader.py, read
on 2026-12-03).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.git_sync import Synced, SyncedValues
from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import UNREAD
from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node, fields, text

_FOLDER, _GROUP, _TEMPLATES, _SUFFIX = "config", "config.yaml", "templates", ".yaml"

_STATEMENT = ("{%", "{#")
"""What of Jinja decides more than a value."""

_FILLED = regex(r"\{\{.*?\}\}")
_MARK = "__filled_in__"
"""Stands for an expression of Jinja, so that the rest can be read."""

_ATTRIBUTE = "Fn::stack_attr"
_NOT_DEPLOYED = ("ignore", "obsolete")


def take(source: Source, files: Files, synced: Synced) -> bool:
    """Take a file if it is a stack configuration of a template that is here; whether it is."""
    if not source.path.endswith(_SUFFIX) or os.path.basename(source.path) == _GROUP:
        return False
    said = _read(source)
    named = text(said.get("template_path")) or text(fields(said.get("template")).get("path"))
    found = None if named is None else _project(source.path, named, files)
    if found is None:
        return False
    project, template = found
    folder = os.path.join(project, _FOLDER)
    levels = [said, *_groups(source.path, folder, files)]
    if any(_is_true(_first(key, levels)) for key in _NOT_DEPLOYED):
        return True
    written = _merged("parameters", levels)
    given = {name: _value(node, levels) for name, node in written.items()}
    values = {name: value for name, value in given.items() if value is not None}
    name = os.path.relpath(source.path, folder).replace(os.sep, "/").removesuffix(_SUFFIX)
    by_name = synced.setdefault(os.path.abspath(template), {})
    by_name[name if name not in by_name else source.path] = SyncedValues(values, source.path, is_whole=True)
    return True


def _project(path: str, named: str, files: Files) -> tuple[str, str] | None:
    """The folder of the project that a file is in, and the template that it names there; None if there is none."""
    folder, top = os.path.dirname(path) or os.curdir, os.path.abspath(files.root_above(path))
    while os.path.abspath(folder) != top and files.is_inside(above := os.path.join(folder, os.pardir)):
        template = os.path.join(above, _TEMPLATES, named)
        if os.path.basename(os.path.abspath(folder)) == _FOLDER and "\0" not in named and files.is_file(template):
            return os.path.normpath(above), os.path.normpath(template)
        folder = os.path.normpath(above)
    return None


def _groups(path: str, folder: str, files: Files) -> Iterator[Mapping[str, Node]]:
    """What the files of the groups around a stack say, from the nearest on."""
    current, last = os.path.normpath(os.path.dirname(path)), os.path.normpath(folder)
    while True:
        group = os.path.join(current, _GROUP)
        if files.is_file(group):
            try:
                yield _read(files.read(group))
            except Problem:
                yield {}
        if current == last:
            return
        current = os.path.normpath(os.path.join(current, os.pardir))


def _read(source: Source) -> Mapping[str, Node]:
    """What a file says; nothing where a program has to write it first."""
    from awslint_memo.syntax import yaml_nodes

    if any(word in source.text for word in _STATEMENT):
        return {}
    filled = _FILLED.sub(_MARK, source.text)
    try:
        return fields(yaml_nodes.parse(Source(source.path, filled.encode())))
    except Problem:
        return {}


def _first(key: str, levels: list[Mapping[str, Node]]) -> Node | None:
    return next((level[key] for level in levels if key in level), None)


def _is_true(node: Node | None) -> bool:
    return node is not None and node.content is True


def _merged(key: str, levels: list[Mapping[str, Node]]) -> dict[str, Node]:
    """A map of a stack: the nearest one that is written, or all of them together where the stack merges them."""
    every = [fields(level[key]) for level in levels if key in level]
    is_merged = text(_first(f"{key}_inheritance", levels)) == "merge"
    return {name: node for each in reversed(every if is_merged else every[:1]) for name, node in each.items()}


def _value(node: Node, levels: list[Mapping[str, Node]], depth: int = 0) -> str | None:
    """The text that a parameter gets, `UNREAD` for what Sceptre finds out when it deploys; None for no value."""
    content = node.content
    if content is None:
        return None
    if isinstance(content, list):
        items = [_value(item, levels, depth) for item in content]
        known = [item for item in items if item is not None]
        return UNREAD if UNREAD in known else ",".join(known)
    if isinstance(content, Mapping):
        named = text(content.get(_ATTRIBUTE)) if content.keys() == {_ATTRIBUTE} else None
        found = None if named is None or depth else _attribute(named, levels)
        return UNREAD if found is None else _value(found, levels, depth + 1)
    if isinstance(content, bool):
        return "true" if content else "false"
    return UNREAD if _MARK in str(content) else str(content)


def _attribute(named: str, levels: list[Mapping[str, Node]]) -> Node | None:
    """What `!stack_attr` finds of the stack; None for what is not read here."""
    first, *others = named.strip().split(".")
    found: Node | None = _first(first, levels) if not others else None
    if others:
        found = _merged(first, levels).get(others[0])
    for key in others[1:]:
        found = fields(found).get(key)
    return found
