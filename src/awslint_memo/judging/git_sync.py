"""Stack deployment files of CloudFormation's Git sync: each names a template, and the parameters of a deployment of it.

Such a file is JSON or YAML with `template-file-path`, from the top of the repository, and may have `parameters` and
`tags` (AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html, read on 2026-11-27).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node, fields, plain, text

PATH, PARAMETERS = "template-file-path", "parameters"

_KEYS = (PATH, PARAMETERS, "tags")
_SUFFIXES = (".yaml", ".yml", ".json")


class SyncedValues(dict[str, str]):
    """The parameters that a deployment file gives. path: of that file. is_whole: whether only such files deploy the
    template, so that its default values alone are nobody's."""

    def __init__(self, values: Mapping[str, str], path: str, *, is_whole: bool = False) -> None:
        super().__init__(values)
        self.path = path
        self.is_whole = is_whole


Synced: TypeAlias = "dict[str, dict[str, SyncedValues]]"
"""The deployments of each template, by its absolute path: their parameters, by the names of the deployment files."""


def take(source: Source, files: Files, synced: Synced) -> bool:
    """Take a file if it is a deployment file; whether it is. Raises Problem for one that can't be used."""
    if not source.path.lower().endswith(_SUFFIXES):
        return False
    from awslint_memo.syntax import json_nodes, yaml_nodes

    parse = json_nodes.parse if source.text.lstrip()[:1] == "{" else yaml_nodes.parse
    root = parse(source)
    said = fields(root)
    named = text(said.get(PATH))
    if named is None or not {*_KEYS, "stack-name"}.issuperset(said):
        return False
    template = _template(named, source, root, files)
    values = _given(said.get(PARAMETERS), source)
    name = os.path.splitext(os.path.basename(source.path))[0]
    given = synced.setdefault(os.path.abspath(template), {})
    given[name if name not in given else source.path] = SyncedValues(values, source.path)
    return True


def give(synced: Synced, template: str, values: Mapping[str, Mapping[str, str]]) -> None:
    """Have a template judged with values of parameters too, by the names of deployments, beside the default values."""
    given = synced.setdefault(os.path.abspath(template), {})
    given.update({name: SyncedValues(each, template) for name, each in values.items()})


def _template(named: str, source: Source, root: Node, files: Files) -> str:
    top = files.root_above(source.path)
    candidates = [os.path.join(top, named.lstrip("/")), os.path.join(os.path.dirname(source.path), named)]
    found = next((candidate for candidate in candidates if "\0" not in candidate and files.is_file(candidate)), None)
    if found is None:
        place = fields(root)[PATH].span
        message = f"{PATH} names {named}, and there is no such file in the repository; write its path from the top"
        raise Problem(message, source.path, place.line, place.column)
    return found


def _given(node: Node | None, source: Source) -> dict[str, str]:
    written = plain(node) if node is not None else None
    if node is None or written is None:
        return {}
    if not isinstance(written, Mapping):
        message = f"{PARAMETERS} must be a map of names to values"
        raise Problem(message, source.path, node.span.line, node.span.column)
    return {str(name): _text(str(name), value, fields(node)[name], source.path) for name, value in written.items()}


def _text(name: str, value: object, node: Node, path: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, (str, int, float)) for one in value):
        return ",".join(map(str, value))
    if isinstance(value, (str, int, float)):
        return str(value)
    raise Problem(f"the value of {name} is not text; write a text or a number", path, node.span.line, node.span.column)
