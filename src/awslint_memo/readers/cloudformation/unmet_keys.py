"""The entries of mappings that stacks look up and that are surely not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.model.dependencies import note
from awslint_memo.model.deployment_words import REGION
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.references import depend, lookup_arguments
from awslint_memo.readers.cloudformation.stack import StackDeployment
from awslint_memo.syntax.node import Node, fields, text

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.deployed_regions import DeployedRegion


class Call(Protocol):
    """A function call in a document: the resource that has it, the way to it there, and the conditions on which it is
    evaluated, each with its result."""

    @property
    def resource(self) -> str:
        """The name of the resource; empty for a call in an output."""

    @property
    def path(self) -> tuple[str | int, ...]:
        """The way in the resource."""

    @property
    def node(self) -> Node:
        """The call."""

    @property
    def branches(self) -> tuple[tuple[str, bool], ...]:
        """The conditions."""

    def counts(self, stack: StackDeployment) -> bool:
        """Whether the call is evaluated in a deployment."""


def keys(stack: StackDeployment, calls: Sequence[Call], files: Files) -> Iterator[Unmet]:
    """The entries that are looked up in every deployment and that some parameter's value, or a Region in which the
    template surely is deployed, does not lead to.

    Of each parameter its AllowedValues count, else its default value; a template with Rules may refuse some of them.
    """
    rows_of: dict[str, _Rows | None] = {}
    for use in calls if not stack.document.section("Rules") else ():
        arguments = lookup_arguments(use.node)
        name = text(arguments[0]) if use.resource and len(arguments) == 3 else None
        if name is None:
            continue
        if name not in rows_of:
            rows_of[name] = _rows(stack, name)
        rows = rows_of[name]
        if rows is not None:
            yield from _by_parameter(stack, use, arguments, rows)
            yield from _by_region(stack, use, arguments, rows, files)


def _rows(stack: StackDeployment, name: str) -> _Rows | None:
    """The rows of a mapping; None where they are not all known."""
    mapping = fields(stack.document.mappings).get(name)
    rows = fields(mapping)
    is_open = any(key.startswith("Fn::") for key in rows) or any(
        "Fn::Transform" in fields(row) for row in rows.values()
    )
    return None if mapping is None or is_open else _Rows(rows)


def _by_parameter(stack: StackDeployment, use: Call, arguments: Sequence[Node], rows: _Rows) -> Iterator[Unmet]:
    first, second = (_values(stack, node) for node in arguments[1:])
    found = rows.lacking(first, second)
    on = (condition for condition, _ in use.branches)
    is_free = found is not None and not depend(on, stack.document.section("Conditions"), arguments[1:])
    if found is not None and is_free and use.counts(stack):
        yield _unmet_key(stack, use, text(arguments[0]) or "", found)


def _by_region(
    stack: StackDeployment, use: Call, arguments: Sequence[Node], rows: _Rows, files: Files
) -> Iterator[Unmet]:
    """The same by the Region. What is on a condition may be there in other Regions only."""
    at = [number for number, node in enumerate(arguments[1:]) if text(fields(node).get("Ref")) == REGION]
    if len(at) != 1 or use.branches or stack.use.prefix:
        return
    from awslint_memo.readers.cloudformation.deployed_regions import deployed_regions  # Few templates ask for them.

    for there in deployed_regions(stack, files):
        values = [_values(stack, node) for node in arguments[1:]]
        values[at[0]] = (REGION, [there.region])
        found = rows.lacking(values[0], values[1])
        if found is not None and found.parameter == REGION:
            yield _unmet_key(stack, use, text(arguments[0]) or "", found, there)


def _unmet_key(
    stack: StackDeployment, use: Call, mapping: str, found: _Lacking, there: DeployedRegion | None = None
) -> Unmet:
    document, origin = stack.document, found.parameter
    places: list[tuple[Place, str]] = [(document.sections["Mappings"].key(mapping), f"the mapping {mapping}")]
    if there is not None:
        places += [(there.place, there.words)] if there.place is not None else []
    elif origin:
        places.append((document.sections["Parameters"].key(origin), f"the parameter {origin}"))
    default = document.parameters[origin].default if origin and there is None else None
    is_usual = not origin or default is None or default in found.values
    resource = f"{stack.use.prefix}{use.resource}"
    names = [f"{value}{found.ending}" for value in found.values]
    return Unmet("key", resource, use.path, use.node, names, mapping, (), origin, places, found.values, is_usual)


_Values: TypeAlias = "tuple[str, Sequence[str]]"
"""A parameter, or empty text, and the values that a key may have."""


def _values(stack: StackDeployment, node: Node) -> _Values | None:
    """The parameter that gives a key, and the values that it may have; empty text for a key that is written.

    None where the key is not known.
    """
    written = text(node)
    if written is not None:
        return "", [written]
    name = text(fields(node).get("Ref")) or ""
    parameter: Parameter | None = stack.document.parameters.get(name)
    is_plain = parameter is not None and not (parameter.is_list or parameter.is_looked_up or parameter.is_secret)
    if parameter is None or not is_plain or stack.use.prefix:
        return None
    if stack.use.fixed is not None:
        note(("parameter", stack.scope.prefix, name), stack.scope.answer("parameter", name))
        value = stack.use.fixed.get(name, parameter.default)
        return None if value is None else (name, [value])
    values = parameter.allowed or ([] if parameter.default is None else [parameter.default])
    return (name, values) if values else None


@record(frozen=True)
class _Lacking:
    """The keys that a mapping does not have, and the parameter whose values they are. ending: what stands behind them
    in a message, if it is not the rows that are lacking."""

    values: Sequence[str]
    parameter: str
    ending: str = ""


class _Rows:
    """The rows of a mapping. Thousands of calls may look up the same of thousands of rows, which is worked out once."""

    def __init__(self, rows: Mapping[str, Node]) -> None:
        self._rows = rows
        self._known: dict[tuple[tuple[str, str] | None, ...], _Lacking | None] = {}

    def lacking(self, first: _Values | None, second: _Values | None) -> _Lacking | None:
        """The keys of a call that are not there, where its two keys have these values; None if all are."""
        # A parameter has the same values wherever it is named.
        asked = tuple(None if values is None else (values[0], values[1][0]) for values in (first, second))
        if asked not in self._known:
            self._known[asked] = self._lacking(first, second)
        return self._known[asked]

    def _lacking(self, first: _Values | None, second: _Values | None) -> _Lacking | None:
        rows = self._rows
        if first is not None:
            absent = [value for value in first[1] if not _is_among(value, rows)]
            if absent:
                return _Lacking(absent, first[0])
        if second is None:
            return None
        if second[0]:  # The row may be of another choice.
            chosen = None if first is None else [rows[row] for row in first[1] if row in rows]
            every = self._columns.keys() if chosen is None else {key for row in chosen for key in fields(row)}
            absent = [value for value in second[1] if not _is_among(value, every)]
            return _Lacking(absent, second[0]) if absent else None
        if first is None or (len(first[1]) > 1 and self._columns[second[1][0]] == len(rows)):
            return None
        absent = [row for row in first[1] if row in rows and second[1][0] not in fields(rows[row])]
        return _Lacking(absent, first[0], f".{second[1][0]}") if absent else None

    @cached_property
    def _columns(self) -> Counter[str]:
        """In how many rows each second key is."""
        return Counter(key for row in self._rows.values() for key in fields(row))


def _is_among(value: str, keys: Collection[str]) -> bool:
    """Whether a value is one of some keys. YAML writes what is true in several ways, of which a file may have two."""
    return value in keys or (value.lower() in ("true", "false") and value.lower() in {key.lower() for key in keys})
