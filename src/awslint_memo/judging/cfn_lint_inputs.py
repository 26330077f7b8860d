"""What cfn-lint is given of a template: the path of its file, or its text alone.

cfn-lint looks into the templates that a file nests (its rule E3043), wherever their paths lead from there: out of the
root of the run, into git's own folder, to a device that never ends. So it gets a file by its path only if all that it
nests is surely a file that the run may open, or is no file; of a text alone cfn-lint opens nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.readers.cloudformation.document import NESTED
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Template
from awslint_memo.syntax.node import Node, fields, text

_ADDRESSES = ("http://", "https://", "s3://")
"""The beginnings of what cfn-lint takes for no path of a file."""

_IDENTIFIER = "ApplicationId"
"""What a location has that names an application of the Serverless Application Repository."""


@record(frozen=True)
class Input:
    """A template for cfn-lint. data: its text, where it must not know the path, as it would open others from there."""

    path: str
    data: bytes | None = None


def inputs(templates: Sequence[Template], given: Source | None, files: Files, notices: list[str]) -> list[Input]:
    """What cfn-lint is given of the templates of CloudFormation; it reads files only. given: standard input.

    notices: receives sentences about those that are left out, or given without their place.
    """
    found = []
    for template in templates:
        source = template.source
        if source is given or os.path.abspath(source.path) in files.unsaved:
            notices.append(f"{source.path}: not checked by cfn-lint, which reads files only")
        elif isinstance(template, CloudFormationTemplate) and not any(_strays(template, files)):
            found.append(Input(source.path))
        else:
            found.append(Input(source.path, source.data))
            what = "no parameters with those of nested templates (E3043), one of which may lie outside of the root"
            notices.append(f"{source.path}: cfn-lint gets its text alone, so it compares {what}")
    return found


def _strays(template: CloudFormationTemplate, files: Files) -> Iterator[bool]:
    """For each of its resources, whether cfn-lint may open a file for it that the run may not."""
    said = fields(template.written)
    for resource in fields(said.get("Resources")).values():
        kind = text(fields(resource).get("Type"))
        if kind is None:
            yield True  # A loop, a part of another file, or a type that a transform works out.
        elif kind in NESTED:
            properties = fields(fields(resource).get("Properties"))
            where = properties.get(NESTED[kind])
            is_computed = where is not None and not isinstance(where.content, str) and _IDENTIFIER not in fields(where)
            # cfn-lint decides conditions; what else is computed becomes a path by a transform only, which it follows.
            yield any(name.startswith("Fn::") for name in properties) or (is_computed and "Transform" in said)
            yield not all(_stays(one, template, files) for one in _paths(where))


def _paths(where: Node | None) -> Iterator[str]:
    """What may be paths of files in a location: those texts in it that conditions alone choose from."""
    if where is None:
        return
    if isinstance(where.content, str):
        yield where.content
    chosen = fields(where).get("Fn::If")
    ways = chosen.content if chosen is not None and isinstance(chosen.content, list) else ()
    for way in ways[1:]:
        yield from _paths(way)


def _stays(written: str, template: CloudFormationTemplate, files: Files) -> bool:
    """Whether a location is an address, a file of the run, or nothing in a folder of the run."""
    if written.startswith(_ADDRESSES):
        return True
    place = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(template.source.path)), written))
    return files.is_inside(place) and (files.is_file(place) or not os.path.lexists(place))
