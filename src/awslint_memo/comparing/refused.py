"""What Terraform or CloudFormation surely refuses since a revision, so that what was deployed stays as it was.

Only what is written out is looked at: conditions that are `false`, what is removed and declared at once, and a
DependsOn of what is not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.inventory import MODULES, Inventory
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node, fields, text

_CONDITIONS = ("precondition", "postcondition", "validation")


@record
class Refusals:
    """What is refused in the files of now and was not in those of then. inventory: what is looked at now."""

    files: Files
    past: Files
    inventory: Inventory
    _known: dict[str, str] = field(default_factory=dict)

    def why(self, path: str) -> str:
        """What is refused of what is deployed with an absolute path, in words; empty if nothing is."""
        owners = self.inventory.owners
        mine = owners.get(path, set())
        beside = [each for each, others in owners.items() if not mine.isdisjoint(others)]
        return next(filter(None, map(self._of, sorted({path, *beside}))), "")

    def _of(self, path: str) -> str:
        if path not in self._known:
            shown = path_from(path)
            then = set(_refused(self.past, shown))
            self._known[path] = next((why for why in _refused(self.files, shown) if why not in then), "")
        return self._known[path]


def _refused(files: Files, path: str) -> Iterator[str]:
    try:
        source = files.read(path) if files.is_file(path) else None
    except Problem:
        return
    if source is None:
        return
    if not path.endswith(MODULES):
        yield from _depending(source) if "DependsOn" in source.words and "Transform" not in source.words else ()
    elif any(word in source.text for word in (*_CONDITIONS, "removed")):
        yield from _of_terraform(files, path)


def _of_terraform(files: Files, path: str) -> Iterator[str]:
    from awslint_memo.comparing.written_parts import every_block

    for head, data in every_block(files, path):
        name = ".".join(head[1:] if head[0] == "resource" else head)
        inner = [data, *data.get("lifecycle", ())]
        if any(each.get("condition") == "false" for one in inner for kind in _CONDITIONS for each in one.get(kind, ())):
            yield f"a condition of {name} in {path} is false"
        removed = data.get("from", "") if head == ["removed"] else ""
        if removed and removed in _declared(files, path):
            yield f"{removed} is declared, and removed in {path}"


def _declared(files: Files, path: str) -> set[str]:
    """The addresses of the resources and calls of the module in which a file is."""
    from awslint_memo.comparing.written_parts import every_block

    folder = os.path.dirname(path)
    paths = (os.path.join(folder, entry.name) for entry in files.disk.entries(folder or os.curdir))
    heads = (head for each in paths if each.endswith(MODULES) for head, _ in every_block(files, each))
    return {".".join(head[1:] if head[0] == "resource" else head) for head in heads}


def _depending(source: Source) -> Iterator[str]:
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
    from awslint_memo.readers.recognition import template

    try:
        found = template(source)
    except Problem:
        return
    resources = fields(fields(found.root).get("Resources")) if isinstance(found, CloudFormationTemplate) else {}
    if any(name.startswith("Fn::") for name in resources):
        return
    for name, node in resources.items():
        missing = next((each for each in _needed(fields(node)) if each not in resources), "")
        if missing:
            yield f"{name} in {source.path} depends on {missing}, which is not there"


def _needed(resource: Mapping[str, Node]) -> Sequence[str]:
    """The names in the DependsOn of a resource."""
    written = resource.get("DependsOn")
    content = [] if written is None else written.content if isinstance(written.content, list) else [written]
    return [name for name in map(text, content) if name and "${" not in name]
