"""Finds the parameter values that affect a deployment: those in comparisons, and those used as keys of mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awslint_memo.model.choices import Choice, Other
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack_context import PSEUDO_PARAMETERS, StackContext
from awslint_memo.syntax.node import Node, descend, fields, text


def compared(conditions: Iterable[Node]) -> dict[str, list[Choice]]:
    """The values that conditions compare each parameter with: literals, or another parameter's unlisted value."""
    found: dict[str, list[Choice]] = {}
    for condition in conditions:
        for node in descend(condition):
            operands = fields(node).get("Fn::Equals")
            content = operands.content if operands is not None else None
            if isinstance(content, list) and len(content) == 2:
                _compare(content[0], content[1], found)
                _compare(content[1], content[0], found)
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}


def _compare(operand: Node, other: Node, found: dict[str, list[Choice]]) -> None:
    direct = text(fields(operand).get("Ref"))
    facing = text(fields(other).get("Ref"))
    for name in [direct] if direct else references(operand):
        values = found.setdefault(name, [])
        literal = StackContext().evaluate(other).text
        if literal is not None:
            values.append(literal)
        elif facing and name < facing:
            values.append(Other(facing))


def looked_up(nodes: Iterable[Node]) -> list[Node]:
    """The Fn::FindInMap calls below these nodes that have a parameter as a key."""
    return [node for top in nodes for node in descend(top) if list(_keys(node))]


def keys(lookups: Iterable[Node], mappings: Node | None) -> dict[str, list[str]]:
    """For each parameter, the keys of the mappings in which it is looked up."""
    found: dict[str, list[str]] = {}
    for node in lookups:
        for name, map_name, is_second in _keys(node):
            rows = fields(fields(mappings).get(map_name))
            there = [key for row in rows.values() for key in fields(row)] if is_second else list(rows)
            found.setdefault(name, []).extend(there)
    return {name: list(dict.fromkeys(values)) for name, values in found.items()}


def _keys(node: Node) -> Iterator[tuple[str, str, bool]]:
    """For a Fn::FindInMap: each parameter that is used as a key, the mapping, and whether it is the second key."""
    argument = fields(node).get("Fn::FindInMap")
    content = argument.content if argument is not None else None
    if isinstance(content, list) and len(content) in (3, 4):
        map_name = text(content[0])
        for number in (1, 2):
            name = text(fields(content[number]).get("Ref"))
            if name and map_name:
                yield name, map_name, number == 2


def values(
    name: str,
    parameter: Parameter | None,
    compared_with: list[Choice] | None,
    looked_up_by: list[str],
    fixed: Mapping[str, str] | None,
) -> list[Choice]:
    """The candidate values of a parameter (None: a pseudo parameter), its default first; only the user's if given.

    All values that no condition compares it with are a single candidate. For a parameter that is a key of a mapping,
    values outside of the mapping are left out, since they can't be deployed.
    """
    if fixed is not None and name in fixed:
        return [fixed[name]]
    if parameter is not None and parameter.given is not None:
        return [parameter.given.text or ""]
    default = [] if parameter is None or parameter.default is None else [parameter.default]
    if fixed is not None and default:
        return [*default]
    if parameter is not None and parameter.allowed:
        return list(dict.fromkeys((*default, *parameter.allowed)))
    rest = [] if compared_with is None else [*compared_with, Other(name)]
    return list(dict.fromkeys((*default, *looked_up_by, *rest)))


def is_choice(name: str, parameters: Mapping[str, Parameter]) -> bool:
    """Whether a parameter is chosen at deployment; one that is looked up in Systems Manager is not."""
    if name not in parameters:
        return name in PSEUDO_PARAMETERS
    given = parameters[name].given
    return not parameters[name].is_looked_up and (given is None or given.text is not None)


def references(node: Node) -> Iterator[str]:
    """The names that a node refers to with Ref and Fn::Sub."""
    for inner in descend(node):
        name = text(fields(inner).get("Ref"))
        if name:
            yield name
        substituted = fields(inner).get("Fn::Sub")
        for part in descend(substituted) if substituted is not None else ():
            yield from (piece.partition("}")[0] for piece in (text(part) or "").split("${")[1:])


def attributes(node: Node) -> Iterator[str]:
    """The resources whose attributes a node uses, by Fn::GetAtt and Fn::Sub."""
    for inner in descend(node):
        argument = fields(inner).get("Fn::GetAtt")
        content = argument.content if argument is not None else None
        first = text(content[0]) if isinstance(content, list) and content else content
        if isinstance(first, str):
            yield first.partition(".")[0]
    yield from (name.partition(".")[0] for name in references(node) if "." in name)
