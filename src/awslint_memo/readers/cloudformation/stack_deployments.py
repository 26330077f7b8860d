"""Enumerates the deployments of a template with those of the stacks nested in it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias, cast

from awslint_memo.model.budget import spend, take
from awslint_memo.model.deployment_words import Assignment
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation import deployments, nesting
from awslint_memo.readers.cloudformation.deployments import Asked, ParameterCase
from awslint_memo.readers.cloudformation.document import NESTED, Document
from awslint_memo.readers.cloudformation.stack import StackDeployment
from awslint_memo.readers.cloudformation.stack_context import StackContext, is_other
from awslint_memo.readers.cloudformation.stacks import ParameterValues, ResourceNames, Results, Stack, Use, Uses
from awslint_memo.syntax.node import fields, text

Choices: TypeAlias = "list[Assignment]"
"""The assignments that lead to a deployment; those of nested stacks have the stack's name as a prefix."""

_MAKING = 4
"""What a new deployment takes of the budget of looks."""

SAMPLED = 24
"""How many deployments are looked at in a sample: as pairs of as many choices need (see `pairwise_rows`)."""

_TRIED = 3
"""Deployments of a nested stack that are tried in a sample, as one may be in another Region than its parent."""

_MANY = " and others, which are too many"

_MAX_NESTING = 50
"""How deep stacks may be nested."""

_SHARED = frozenset(("AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"))
"""Pseudo parameters that are the same in a stack and in those nested in it
(AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html, read 2026-11-26)."""


def stack_deployments(
    document: Document, use: Use, inside: tuple[str, ...] = ()
) -> tuple[list[tuple[StackDeployment, Choices]], bool]:
    """The deployments of a document, and whether they are complete (False: too many, so only some are given).

    inside: the absolute paths of the documents that this one is nested in, to stop at a circular nesting.
    """
    stack = use.stacks.stack(document, use)
    chosen, is_complete = _chosen(stack, use)
    most = deployments.MAX_DEPLOYMENTS if use.sampled is None else _TRIED
    found: list[tuple[StackDeployment, Choices]] = []
    for number, parameter_case in enumerate(chosen):
        if not spend("looks", len(parameter_case.example)) and number:
            is_complete = False
            break
        bare = _bare(stack, use, parameter_case)
        found.extend(islice(_nest(bare, use, parameter_case.assignments, inside), most + 1 - len(found)))
        if use.sampled is not None and len(found) >= most:
            break
    return found[:most], is_complete and len(found) <= most


def sample(document: Document, use: Use) -> Iterator[tuple[StackDeployment, Choices]]:
    """Few deployments, which differ in all that is asked: each choice of a stack and each pair of choices is met.

    Choices of one stack meet those of another one by chance, which is the same in each run.
    """
    for number in range(SAMPLED):
        found, _ = stack_deployments(document, replace(use, sampled=number, uses=Uses()))
        yield from found[:1]


def _chosen(stack: Stack, use: Use) -> tuple[Sequence[ParameterCase], bool]:
    """The choices that lead to other deployments of a stack, and whether they are all; in a sample, that which is meant
    comes first."""
    asked = use.asked.get(use.prefix, Asked())
    if use.sampled is None:
        return _cases(stack, use, asked)
    key = (id(stack), "sample")
    if key not in use.stacks.made:
        use.stacks.made[key] = _cases(stack, use, asked)[0][:SAMPLED]
    chosen = cast("list[ParameterCase]", use.stacks.made[key])
    # What decides in one nested stack is not to decide in all of them.
    at = _mixed(use.prefix, use.sampled) % len(chosen)
    return [*chosen[at:], *chosen[:at]], False


def _cases(stack: Stack, use: Use, asked: Asked) -> tuple[list[ParameterCase], bool]:
    """The choices that differ in what is asked of a stack, and whether they are all. A nested stack is asked the same
    in most deployments of its parent, whatever these differ in."""
    met = asked.lookups.intersection(stack.conditions.lookups)
    key = (id(stack), asked, met)
    if key not in use.stacks.made:
        needed = stack.document.needed_lookups if asked.lookups else ()
        use.stacks.made[key] = deployments.every(stack.conditions, asked, use.fixed, needed)
    return cast("tuple[list[ParameterCase], bool]", use.stacks.made[key])


def _mixed(prefix: str, number: int) -> int:
    """A number that stands for another one below a prefix, the same in each run; 0 for the first."""
    if not prefix or not number:
        return number
    own = int.from_bytes(prefix.encode(), "big") % 65_521 + 1
    return own * number * 40_503 >> 8  # Knuth's multiplicative hashing for 16 bits.


def _bare(stack: Stack, use: Use, chosen: ParameterCase) -> StackDeployment:
    """A stack in one deployment, without what is nested in it; the same object if nothing in it differs."""
    conditions, document = stack.conditions, stack.document
    values = chosen.chosen(conditions.parameters, conditions.fixed, document.root)
    keys = conditions.keys_in(chosen.example)
    # Values of parameters are the same objects in every deployment.
    told = ((name, id(one) if name in conditions.parameters else one.text) for name, one in values.items())
    known = (id(stack), tuple(chosen.example.items()), tuple(told), tuple(keys))
    made = use.stacks.made.get(known)
    if not isinstance(made, StackDeployment):
        take("looks", _MAKING)
        looked_up = conditions.scope(chosen.example, keys).parameters
        scope = StackContext(
            ParameterValues(conditions.parameters, conditions.fixed, values),
            Results(conditions, chosen.example),
            mappings=document.mappings,
            chosen={name: value for name, value in looked_up.items() if value.text is not None or is_other(value)},
            lookups=conditions.lookups,
            imports=use.imports,
            stored=document.stored,
            prefix=use.prefix,
        )
        there = scope.resources = ResourceNames(document, use.prefix, scope)
        made = use.stacks.made[known] = StackDeployment(document, use, scope, stack.shared, there)
    return made


def _nest(
    stack: StackDeployment, use: Use, choices: Choices, inside: tuple[str, ...]
) -> Iterator[tuple[StackDeployment, Choices]]:
    """The stack, with each combination of deployments of its nested stacks."""
    pending = _in_order(stack)
    if not pending:
        yield stack, choices
        return
    for nested, chosen in _nested(stack, use, choices, pending, (*inside, os.path.abspath(stack.document.source.path))):
        # Nested in the same way, it is the same deployment.
        known = (
            id(stack),
            nested.unseen,
            *((name, id(stack_deployment)) for name, stack_deployment in nested.nested.items()),
        )
        yield cast("StackDeployment", use.stacks.made.setdefault(known, nested)), chosen


def _nested(
    stack: StackDeployment, use: Use, choices: Choices, pending: Sequence[str], inside: tuple[str, ...]
) -> Iterator[tuple[StackDeployment, Choices]]:
    """The stack with each combination of deployments of these nested stacks; without a recursion, as there may be
    hundreds."""
    ways = [iter([(stack, choices)])]
    while ways:
        found = next(ways[-1], None)
        if found is None:
            ways.pop()
        elif len(ways) > len(pending):
            yield found
        else:
            ways.append(_with_one(*found, use, pending[len(ways) - 1], inside))


def _with_one(
    stack: StackDeployment, choices: Choices, use: Use, name: str, inside: tuple[str, ...]
) -> Iterator[tuple[StackDeployment, Choices]]:
    """The stack with each deployment of one nested stack; with a note of it, if that is not read."""
    node = stack.document.resources[name][1]
    given = nesting.given(node, stack.evaluated)
    where = NESTED[text(fields(node).get("Type")) or ""]
    location = nesting.location(node, where, given, stack.evaluated)
    if use.uses.left <= 0:
        is_noted = any(what.endswith(_MANY) for what in reversed(stack.unseen))
        what = f"{location.shown}{_MANY}"
        yield (stack if is_noted else replace(stack, unseen=(*stack.unseen, what))), choices
        return
    found = use.found(stack.document, location)
    document = found.document
    below = (
        None
        if document is None
        else _narrowed(document, _use(use, name, given.of(document.parameters)), stack.document.source.path)
    )
    why = _why_not(document, below, inside)
    if document is None or below is None or why is not None:
        # Stacks that nest each other in all ways are as many as others.
        use.uses.left -= document is not None
        what = f"{use.prefix}{name} ({found.shown}{why or ''})"
        yield replace(stack, unseen=(*stack.unseen, what)), choices
        return
    use.uses.left -= 1
    below = replace(below, address=use.take(found, name, document, location.address(node, where)))
    for inner, theirs in stack_deployments(document, below, inside)[0]:
        nested = {**stack.nested, name: inner}
        scope = stack.scope.with_stacks({key: stack_deployment.output for key, stack_deployment in nested.items()})
        merged = list(_merged(name, choices, theirs))
        if merged:
            yield replace(stack, nested=nested, scope=scope, unseen=(*stack.unseen, *inner.unseen)), merged


def _why_not(document: Document | None, below: Use | None, inside: tuple[str, ...]) -> str | None:
    """Why a nested stack is not read, as it follows its location; None if it is."""
    if document is None or below is None:
        return None
    if os.path.abspath(document.source.path) in inside:
        return "; it nests this one"
    if len(inside) >= _MAX_NESTING:
        return "; it is nested too deep"
    refused = _refused(document, below.given)
    return None if refused is None else f"; it refuses the value of {refused}"


def _merged(name: str, choices: Choices, theirs: Choices) -> Iterator[Assignment]:
    """The choices of a stack with those of a nested one; both are in one Region, account and partition."""
    for one in theirs:
        told = {key if key in _SHARED else f"{name}.{key}": value for key, value in one.items()}
        yield from ({**mine, **told} for mine in choices if all(mine.get(key, told[key]) == told[key] for key in told))


def _refused(document: Document, given: Mapping[str, Value]) -> str | None:
    """The first parameter of a nested template whose given value CloudFormation refuses; None if there is none."""
    texts = {name: value.text for name, value in given.items() if name in document.parameters}
    refused = (name for name, text in texts.items() if text is not None and document.parameters[name].refusal(text))
    return next(refused, None)


def _use(use: Use, name: str, given: nesting.Given) -> Use:
    """How a nested stack is deployed: what this deployment of its parent gives it."""
    return replace(
        use,
        fixed={name: text for name, text in (use.fixed or {}).items() if name in _SHARED},
        told={name: text for name, text in use.told.items() if name in _SHARED},
        given=given.values,
        given_nodes=given.nodes,
        parent=use.prefix,
        prefix=f"{use.prefix}{name}/",
    )


def _narrowed(document: Document, use: Use, parent: str) -> Use:
    """The use of a nested document, with its default values if these are asked for; notes if it is given others.

    parent: the path of the template that gives them.
    """
    defaults = {name: parameter.default for name, parameter in document.parameters.items()}
    over = {name for name, value in use.given.items() if defaults.get(name) not in (None, value.text)}
    if not over:
        return use
    open_ = {name for name, default in defaults.items() if default is None}
    use.narrowed.setdefault(document.source.path, (parent, not open_))
    if not use.is_by_default:
        return use
    given = {name: value for name, value in use.given.items() if name not in over | open_}
    return replace(use, given=given, given_nodes={name: use.given_nodes[name] for name in given})


def _in_order(stack: StackDeployment) -> list[str]:
    """The nested stacks of this deployment, each after those whose outputs it uses."""
    needs = stack.document.nested
    names = [name for name in needs if name in stack.scope.resources]
    ordered: list[str] = []
    while names:
        ready = [name for name in names if not needs[name].intersection(names) - {name}] or names[:1]
        ordered += ready
        names = [name for name in names if name not in ready]
    return ordered
