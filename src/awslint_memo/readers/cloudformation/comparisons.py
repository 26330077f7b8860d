"""What conditions compare, and the functions that compare values in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.syntax.node import Node, fields, plain, text


def joined(answers: Iterable[bool | None], decisive: bool | None) -> bool | None:
    """What several answers come to, of which a decisive one suffices; None: not known."""
    known = list(answers)
    if decisive is None or decisive in known:
        return decisive
    return None if None in known else not decisive


class Comparison(NamedTuple):
    """A comparison of something with a text; holds: the result of the condition if they are equal.

    parameter: the name of the parameter that is compared, if it is one and the text is written as a text.
    """

    operand: str
    text: str
    holds: bool
    parameter: str = ""


def comparison(node: Node) -> Comparison | None:
    """What a condition compares with a text, if it does nothing else."""
    holds = True
    while "Fn::Not" in fields(node):
        negated = fields(node)["Fn::Not"].content
        if not isinstance(negated, list) or len(negated) != 1:
            return None
        node, holds = negated[0], not holds
    operands = fields(node).get("Fn::Equals")
    both = operands.content if operands is not None else None
    if not isinstance(both, list) or len(both) != 2:
        return None
    for one, other in ((both[0], both[1]), (both[1], both[0])):
        if isinstance(other.content, (str, int, float)):
            said = fields(one)
            parameter = text(said.get("Ref")) if len(said) == 1 and isinstance(other.content, str) else None
            return Comparison(repr(plain(one)), str(other.content), holds, parameter or "")
    return None


def _equal(one: Value, two: Value) -> bool | None:
    same = one.is_same_as(two)
    if same is not None:
        return same
    keys = [value.key for value in (one, two) if isinstance(value, Unknown) and value.key.startswith("other than")]
    if len(keys) == 2:
        return keys[0] == keys[1]
    if any(isinstance(value, Link) for value in (one, two)) and (one.is_known or two.is_known):
        return False  # We assume that an attribute of a resource is never equal to a constant.
    return False if keys and (one.is_known or two.is_known) else None


def _contains(members: Value, wanted: Value) -> bool | None:
    return joined((_equal(member, wanted) for member in members.items), decisive=True)


def _each_equals(members: Value, wanted: Value) -> bool | None:
    if isinstance(members, Unknown):
        return None
    return joined((_equal(member, wanted) for member in members.items), decisive=False)


def _each_in(members: Value, allowed: Value) -> bool | None:
    if isinstance(members, Unknown):
        return None
    return joined((_contains(allowed, member) for member in members.items), decisive=False)


COMPARISONS = {
    "Fn::Equals": _equal,
    "Fn::Contains": _contains,
    "Fn::EachMemberEquals": _each_equals,
    "Fn::EachMemberIn": _each_in,
}
"""The functions that compare, those of the Rules section among them
(AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html, read 2026-11-26)."""
