"""Inline policies of one name on a role: IAM keeps one of each name, that which is put last, and nobody knows which.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html (read on 2026-12-02)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

INLINE = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy")

T = TypeVar("T", Resource, Value)


@record(frozen=True, eq=False)
class NamedTwice:
    """The policies that a role surely has, by whether one of the same name may take their place.

    names: those that more than one inline policy has. attached, own: the resources that give it policies, and the
    documents of its own, that stay; doubled, replaced: those of these names.
    """

    names: frozenset[str]
    attached: list[Resource]
    own: list[Value]
    doubled: list[Resource]
    replaced: list[Value]

    def has(self, name: Value) -> bool:
        """Whether more than one of the inline policies is called so."""
        return bool(self.names) and _name(name) in self.names


def named_twice(role: Resource, attached: Sequence[Resource]) -> NamedTwice:
    """The policies of a role that surely stay as they are written, and those of which one may replace another.

    attached: the resources that surely give it policies, some of them more than once.
    """
    apart = {policy.name: _name(policy.get("PolicyName")) for policy in attached if policy.type in INLINE}
    own = [*role.get("Policies").items]
    named = [_name(inline.get("PolicyName")) for inline in own]
    count = Counter(filter(None, (*apart.values(), *named)))
    names = frozenset(name for name, number in count.items() if number > 1)
    kept, doubled = _parted(attached, [apart.get(policy.name, "") in names for policy in attached])
    written, replaced = _parted(own, [name in names for name in named])
    return NamedTwice(names, kept, _documents(written), doubled, _documents(replaced))


def _parted(policies: Sequence[T], are_others: Sequence[bool]) -> tuple[list[T], list[T]]:
    found: tuple[list[T], list[T]] = ([], [])
    for policy, is_other in zip(policies, are_others, strict=True):
        found[is_other].append(policy)
    return found


def _documents(inline: Sequence[Value]) -> list[Value]:
    return [one.get("PolicyDocument") for one in inline]


def _name(name: Value) -> str:
    """By what a name is compared; empty if it is not known. IAM may take no notice of its case."""
    pattern = name.pattern
    return "" if pattern is None else str(pattern).lower()
