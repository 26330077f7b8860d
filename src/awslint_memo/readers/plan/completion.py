"""Completes the values of a plan with those of its configuration.

A plan keeps nothing of an expression but its references: the count in `jsonencode({deadLetterTargetArn = …,
maxReceiveCount = 1})` is lost until the plan is applied, and a reference through a local value is lost for good. The
configuration has both. What the plan knows counts: it was made for one set of variables, with what the provider knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from awslint_memo.model.value import Absent, Known, Link, Text, Unknown, Value

IsThere = Callable[[str], bool]
"""Whether a resource with an address is in the plan."""


def completed(value: Value, own: Value, is_there: IsThere) -> Value:
    """The plan's value, with what is open in it from the configuration's (`own`).

    Where both come to the same, the configuration's is given, since it says where that was decided. What refers to
    resources that are not in the plan is left out.
    """
    if value.origin.is_sensitive or own.origin.is_sensitive or isinstance(value, Absent):
        return value
    if isinstance(value, Known):
        return _merged(value, own, is_there)
    if not all(is_there(link.resource) for link in own.mentions()):
        return value
    if isinstance(own, Unknown):
        # A local value may lead to any resource, as far as the plan tells.
        return own if isinstance(value, Unknown) and value.anything and not own.anything else value
    return own if isinstance(value, Unknown) or not isinstance(own, Absent) else value


def _merged(value: Known, own: Value, is_there: IsThere) -> Value:
    content = value.content
    if isinstance(content, list):
        return _with(value, _items(content, own.items, is_there)) if isinstance(own, Known) else value
    if isinstance(content, Mapping):
        # A single block is an object, or a list with one item.
        fields = own.items[0].fields if isinstance(own, Known) and len(own.items) == 1 else {}
        return _with(
            value,
            {key: completed(one, fields[key], is_there) if key in fields else one for key, one in content.items()},
        )
    if isinstance(own, (Link, Text)) and isinstance(content, str) and not value.defaulted:
        is_named = isinstance(own, Link) and is_there(own.resource)
        return own if is_named else value
    if isinstance(own, Absent):
        # What is written comes to null, so the provider decides.
        return Known(content, value.place, value.origin, defaulted=True)
    return own if isinstance(own, Known) and own.plain == content else value


def _with(value: Known, content: Sequence[Value] | Mapping[str, Value]) -> Known:
    made = content if isinstance(content, Mapping) else list(content)
    return Known(made, value.place, value.origin, defaulted=value.defaulted)


def _items(items: list[Value], own: list[Value], is_there: IsThere) -> list[Value]:
    """The items, each completed with the one that it agrees with; a plan sorts sets, so that the order may differ."""
    if len(items) != len(own):
        return items
    free = dict(enumerate(own))
    found = list(items)
    fitting = {i: [j for j, other in free.items() if _agree(item, other)] for i, item in enumerate(items)}
    for i in sorted(fitting, key=lambda i: (len(fitting[i]), i)):
        left = [j for j in fitting[i] if j in free]
        if left:
            found[i] = completed(items[i], free.pop(i if i in left else left[0]), is_there)
    return found


def _agree(one: Value, other: Value) -> bool:
    """Whether nothing that is known of two values differs."""
    if one.fields and other.fields:
        return all(_agree(child, other.fields[key]) for key, child in one.fields.items() if key in other.fields)
    return one.text is None or other.text is None or one.text == other.text
