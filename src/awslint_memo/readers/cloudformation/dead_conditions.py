"""Conditions of a template that compare a parameter with a value which it never has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.model.facts import Declared
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.record import record
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack import StackDeployment, with_nested
from awslint_memo.readers.sam.translated import EXISTS
from awslint_memo.syntax.node import Node, fields, text

_Path: TypeAlias = "tuple[str | int, ...]"

_ENVIRONMENTS = 2
"""How many values environments have to give a parameter for these to be all."""


@record(frozen=True, eq=False)
class _Compared:
    """A comparison that never holds. values: all that the parameter may be. files: what tells so, if it is not the
    template."""

    parameter: str
    value: str
    values: Sequence[str]
    files: Sequence[str] = ()


def dead_conditions(stack: StackDeployment, files: Files) -> Iterator[Unmet]:
    """The conditions of a stack, and of those nested in it, whose comparison never holds, where a resource uses one."""
    for each in with_nested([stack]):
        for name, node in each.document.section("Conditions").items():
            for compared in _dead(each, node, files):
                yield _unmet(each, name, compared)


def _dead(stack: StackDeployment, node: Node, files: Files) -> Iterator[_Compared]:
    """The comparisons of a condition that never hold; one beside others in Fn::Or may be there for a former name."""
    for key, argument in fields(node).items():
        content: Sequence[Node] = argument.content if isinstance(argument.content, list) else []
        if key in ("Fn::And", "Fn::Not"):
            for each in content:
                yield from _dead(stack, each, files)
        elif key == "Fn::Equals" and len(content) == 2:
            found = _compared(stack, content[0], content[1], files) or _compared(stack, content[1], content[0], files)
            if found is not None:
                yield found


def _compared(stack: StackDeployment, referring: Node, other: Node, files: Files) -> _Compared | None:
    """The comparison of a parameter with a text, if it surely never holds."""
    value = text(other)
    parameter = stack.document.parameters.get(text(fields(referring).get("Ref")) or "")
    if value is None or parameter is None or parameter.is_list or parameter.is_looked_up or parameter.is_secret:
        return None
    if parameter.allowed:
        is_there = parameter.refusal(value) is None or value.lower() in map(str.lower, parameter.allowed)
        return None if is_there else _Compared(parameter.name, value, parameter.allowed)
    return None if stack.use.prefix else _in_no_environment(stack, parameter, value, files)


def _in_no_environment(stack: StackDeployment, parameter: Parameter, value: str, files: Files) -> _Compared | None:
    """The comparison with a name of production where every environment has a value, and calls production otherwise."""
    production = Declared().production
    if not is_named_like(value, production):
        return None
    from awslint_memo.readers.sam.samconfig import environments_near

    found = environments_near(stack.document.source.path, stack.document.parameters, files)
    given = [] if found is None else [each.get(parameter.name, parameter.default) for each in found.values.values()]
    values = list(dict.fromkeys(one for one in given if one is not None))
    if found is None or None in given or len(values) < _ENVIRONMENTS or value in (*values, parameter.default):
        return None
    is_called_otherwise = any(is_named_like(one, production) for one in values)
    return _Compared(parameter.name, value, values, list(found.files)) if is_called_otherwise else None


def _unmet(stack: StackDeployment, condition: str, compared: _Compared) -> Unmet:
    document = stack.document
    related = [(document.sections["Conditions"].key(condition), f"the condition {condition}")]
    user, path, place = _user(stack, condition)
    production = Declared().production
    alike = [one for one in compared.values if is_named_like(one, production)]
    meant = alike if is_named_like(compared.value, production) and len(alike) == 1 else []
    names = [compared.value, condition, *meant]
    origin = " in every environment" if compared.files else ""
    resource = f"{stack.use.prefix}{user}"
    made = [name for name, (_, node) in document.resources.items() if text(fields(node).get("Condition")) == condition]
    return Unmet(
        "condition", resource, path, place, names, compared.parameter, compared.values, origin, related, values=made
    )


def _user(stack: StackDeployment, condition: str) -> tuple[str, _Path, Node]:
    """The first resource with a value that a condition chooses, with that; else one that is always there, and the
    condition. What is always there comes first, so that all deployments tell of the same one."""
    document = stack.document
    choosing = [
        (name, path, choice)
        for name, (_, node) in document.resources.items()
        if EXISTS not in (said := fields(node)) and "Properties" in said
        for path, choice in _choices(said["Properties"], ())
        if text(choice) == condition
    ]
    nobody: tuple[str, _Path, Node] = ("", (), document.section("Conditions")[condition])
    always = ((name, *nobody[1:]) for name in document.names if name not in document.conditional)
    first = next((one for one in choosing if one[0] not in document.conditional), None) or next(always, None)
    return first or next((one for one in choosing if stack.has(one[0])), nobody)


def _choices(node: Node, path: _Path) -> Iterator[tuple[_Path, Node]]:
    """The names of conditions in Fn::If below a node, each with the way to the value that it chooses."""
    content = node.content
    if isinstance(content, list):
        for number, item in enumerate(content):
            yield from _choices(item, (*path, number))
        return
    for key, child in fields(node).items():
        if key == "Fn::If" and isinstance(child.content, list) and len(child.content) == 3:
            yield path, child.content[0]
            for branch in child.content[1:]:
                yield from _choices(branch, path)
        elif not key.startswith("Fn::") and key != "Ref":
            yield from _choices(child, (*path, key))
