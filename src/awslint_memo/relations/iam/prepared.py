"""What policies say to many requests that differ in one part: what they say to all of them is worked out once.

A policy with hundreds of statements may be asked for each of hundreds of senders. All comparisons are taken from the
budget of the template; where it is used up, the answer is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.budget import spend
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam.statements import (
    SOURCE_ARN,
    Request,
    action_fits,
    condition_fits,
    every,
    principal_fits,
    resource_fits,
    some,
)

Part: TypeAlias = Literal["", "resource", "condition"]
"""The part of a statement that may say something else to another request; empty where all requests are the same."""


@record(frozen=True, eq=False)
class _Open:
    """A statement of which one part is still to be compared. others: whether the other parts apply.

    weight: how many values that part has, in which the statement may name a resource.
    """

    statement: Value
    is_denial: bool
    others: bool | None
    weight: int


@record(frozen=True, eq=False)
class Prepared:
    """What statements say about one action in all requests that differ in one part only.

    allowed, denied: the answers of the statements that say the same to all of them. rest: the others.
    """

    action: str
    part: Part
    allowed: frozenset[bool | None]
    denied: frozenset[bool | None]
    rest: Sequence[_Open]

    @cached_property
    def weight(self) -> int:
        """How many comparisons one more request takes."""
        return sum(one.weight for one in self.rest)


def allows(written: Sequence[Value], request: Request) -> bool | None:
    """Whether these statements, all of those that there are, allow a request; None if that takes too much work."""
    return allows_prepared(prepared(written, request), request)


def prepared(
    written: Sequence[Value], request: Request, part: Part = "", weight: int | None = None
) -> Sequence[Prepared] | None:
    """What these statements say about each action of a request, for others that differ in one part; None if it takes
    too much work. weight: theirs, if it is known."""
    weight = weight_of(written) if weight is None else weight
    if not spend("comparisons", weight * len(request.actions)):
        return None
    return [_prepared(written, request, action, part) for action in request.actions]


def weight_of(written: Sequence[Value]) -> int:
    """How many values of statements are compared with a request."""
    return sum(_weight(statement) for statement in written)


def _prepared(written: Sequence[Value], request: Request, action: str, part: Part) -> Prepared:
    answers: dict[bool, set[bool | None]] = {True: set(), False: set()}
    rest: list[_Open] = []
    for statement in written:
        others = _applies(statement, request, action, part)
        weight = len(_named(statement, part)) if others is not False else 0
        if weight:
            # To open the part takes as long as to compare some values.
            rest.append(_Open(statement, _is_denial(statement), others, 3 + weight))
        else:
            whole = others and _applies(statement, request, action) if part else others
            answers[_is_denial(statement)].add(whole)
    return Prepared(action, part, frozenset(answers[False]), frozenset(answers[True]), rest)


def allows_prepared(known: Sequence[Prepared] | None, request: Request) -> bool | None:
    """Whether statements that were prepared for requests like this one allow it; None if it takes too much work."""
    return None if known is None else every(_allows_action(one, request) for one in known)


def _named(statement: Value, part: Part) -> list[Value]:
    """The values of a part of a statement that may name a resource, or the statement where it lacks the part; empty
    where the part says the same to all."""
    if part == "resource" and statement.is_known:
        values = [value for name in ("Resource", "NotResource") for value in statement.get(name).items]
        return values if any(value.text != "*" for value in values) else [] if values else [statement]
    if part != "condition" or not statement.is_known:
        return []
    tests = [keys.fields for keys in statement.get("Condition").fields.values()]
    is_named = any(key.lower() == SOURCE_ARN for keys in tests for key in keys)
    return [item for keys in tests for value in keys.values() for item in value.items] if is_named else []


def _weight(statement: Value) -> int:
    """How many values of a statement are compared with a request."""
    if not statement.is_known:
        return 1
    lists = [statement.get(name) for name in ("Action", "NotAction", "Resource", "NotResource")]
    lists += statement.get("Principal").fields.values()
    lists += [value for keys in statement.get("Condition").fields.values() for value in keys.fields.values()]
    return 1 + sum(len(value.items) for value in lists)


def _is_denial(statement: Value) -> bool:
    return statement.is_known and statement.get("Effect").text == "Deny"


def _applies(statement: Value, request: Request, action: str, but: Part = "") -> bool | None:
    """Whether a statement applies to an action of a request; not surely, if it may not be one that allows or denies.

    but: the part that does not count.
    """
    if not statement.is_known:
        return None
    action_fit = action_fits(statement, action)
    if action_fit is False:  # as of most statements
        return False
    is_clear = statement.get("Effect").text in ("Allow", "Deny")
    principal = principal_fits(statement, request)
    resource = True if but == "resource" else resource_fits(statement, request)
    condition = True if but == "condition" else condition_fits(statement, request)
    return every((action_fit, principal, resource, condition, True if is_clear else None))


def _allows_action(known: Prepared, request: Request) -> bool | None:
    if not spend("comparisons", known.weight):
        return None
    allowed, denied = set(known.allowed), set(known.denied)
    for one in known.rest:
        resource = known.part == "resource"
        applies = resource_fits(one.statement, request) if resource else condition_fits(one.statement, request)
        (denied if one.is_denial else allowed).add(every((one.others, applies)))
    if True in denied:
        return False
    answer = some(allowed)
    return None if answer and None in denied else answer
