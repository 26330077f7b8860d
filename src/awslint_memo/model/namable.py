"""Which resources many values may name, worked out once for all values and resources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from awslint_memo.model.identity import NAMES
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value

if TYPE_CHECKING:
    from awslint_memo.model.deployment import Deployment, Resource


@record(frozen=True)
class Namable:
    """What some values of a deployment may name: resources, or any (`may_be_any`)."""

    names: frozenset[str]
    may_be_any: bool

    def may_be(self, resource: Resource) -> bool:
        """Whether one of the values may name a resource; the same as to ask its `may_be_named_by` for each value."""
        return self.may_be_any or resource.name in self.names


def namable(deployment: Deployment, values: Iterable[Value]) -> Namable:
    """What these values may name. Ask it in a function that `once` calls, since it looks at each of them."""
    names: set[str] = set()
    may_be_any = False
    for value in values:
        may_be_any = may_be_any or (isinstance(value, Unknown) and value.anything)
        names.update(link.resource for link in value.mentions())
        names.update(_found(deployment, value))
    return Namable(frozenset(names), may_be_any)


def _found(deployment: Deployment, value: Value) -> Iterable[str]:
    """The names of the resources that a value surely names, each taken for one of its type."""
    pattern = None if isinstance(value, Link) else value.pattern
    if pattern is None:
        return
    is_address = any(pattern.startswith(one) for one in ("arn:", "https://"))
    for types in [()] if is_address else [(type_,) for type_ in NAMES]:
        found = deployment.find(value, *types)
        if found is not None:
            yield found.name
