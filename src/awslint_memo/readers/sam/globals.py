"""Merges the `Globals` section into a resource: mappings are merged, lists prepended, scalars overridden."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.budget import spend
from awslint_memo.readers.sam.nodes import OPEN, function_of, make
from awslint_memo.syntax.node import Made, Node, descend, fields, text

_REPLACED = frozenset(["Architectures"])
"""List properties for which the resource's own list replaces the global one."""


_EACH = 8
"""How often rules look at what Globals gives to one resource."""


def size_of(section: Node | None) -> int:
    """How much a section of Globals gives to each resource."""
    return 0 if section is None else sum(1 for _ in descend(section))


def properties(resource: Node, section: Node | None, size: int = 0) -> Node | None:
    """The properties of a resource merged with those in its section of Globals; None if there are none.

    size: of the section. Where all resources together would be given more than is followed, what is not written in the
    resource is unknown.

    The attribute `IgnoreGlobals` of the resource excludes all (`"*"`) or some of the global ones.
    """
    own = fields(resource).get("Properties")
    added = dict(fields(section))
    ignored = fields(resource).get("IgnoreGlobals")
    if ignored is not None and text(ignored) == "*":
        return own
    for name in ignored.content if ignored is not None and isinstance(ignored.content, list) else []:
        added.pop(text(name) or "", None)
    if not added or section is None:
        return own
    if not spend("values", _EACH * size):
        return Made({**fields(own), OPEN: make(None, section)}, section if own is None else own)
    if function_of(section) is not None:
        # What a macro adds, or what can't be read, leaves properties that the resource does not have unknown.
        return Made({**fields(own), **added}, section if own is None else own)
    whole = Made(added, section)
    return whole if own is None or own.content is None else _merged(whole, own, "")


def _merged(shared: Node, own: Node, name: str) -> Node:
    one, two = shared.content, own.content
    if isinstance(one, list) and isinstance(two, list):
        return own if name in _REPLACED else Made([*one, *two], own)
    if not isinstance(one, Mapping) or not isinstance(two, Mapping) or function_of(shared) or function_of(own):
        return own
    merged = {key: _merged(one[key], value, key) if key in one else value for key, value in two.items()}
    return Made({**{key: value for key, value in one.items() if key not in two}, **merged}, own)
