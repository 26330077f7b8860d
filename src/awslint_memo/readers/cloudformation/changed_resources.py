"""What an edit changes of one resource, and whether that decides which deployments a template has."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.translated import EXISTS
from awslint_memo.syntax.node import UNREADABLE, Node, are_alike, descend, fields

_HARMLESS = frozenset(("Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join"))
"""Functions whose results depend on nothing that deployments of a template differ in but parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html (read on 2026-11-27)
"""

_DECIDING = ("Condition", EXISTS)
"""Keys whose values decide whether a resource exists."""


def changed_properties(old: Node, new: Node) -> set[str] | None:
    """The properties in which a resource differs; None if it differs in something else."""
    was, now = fields(old), fields(new)
    if was.keys() | {"Properties"} != now.keys() | {"Properties"} or UNREADABLE in was:
        return None
    if not all(are_alike(was[key], now[key]) for key in was if key != "Properties"):
        return None
    properties = was.get("Properties"), now.get("Properties")
    written = [node for node in properties if node is not None and node.content is not None]
    before, after = map(fields, properties)
    if not all(isinstance(node.content, Mapping) for node in written) or any(map(_is_function, (*before, *after))):
        return None
    if [name for name in before if name in after] != [name for name in after if name in before]:
        return None
    return {
        name
        for name in dict.fromkeys((*before, *after))
        if name not in before or name not in after or not are_alike(before[name], after[name])
    }


def has_same_properties(old: Node, new: Node) -> bool:
    """Whether two resources have the same properties, whatever their values are."""
    return fields(fields(old).get("Properties")).keys() == fields(fields(new).get("Properties")).keys()


def _is_function(name: str) -> bool:
    return name.startswith("Fn::")


def is_harmless_change(old: Node | None, new: Node | None) -> bool:
    """Whether nothing in which two nodes differ is chosen by conditions or mappings."""
    if old is None or new is None:
        return all(map(is_plain, (node for node in (old, new) if node is not None)))
    before, after = old.content, new.content
    if isinstance(before, Mapping) and isinstance(after, Mapping) and UNREADABLE not in before:
        return all(_is_harmless_entry(key, before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after)))
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = zip(before, after, strict=True)
        return all(are_alike(*pair) or is_harmless_change(*pair) for pair in pairs)
    return is_plain(old) and is_plain(new)


def _is_harmless_entry(key: str, old: Node | None, new: Node | None) -> bool:
    """As `is_harmless_change`, for the values of a key of a mapping."""
    if old is not None and new is not None and are_alike(old, new):
        return True
    if key == "Fn::If":
        arguments = [node.content for node in (old, new) if node is not None and isinstance(node.content, list)]
        if len(arguments) < 2 or not (len(arguments[0]) == len(arguments[1]) == 3):
            return False
        return are_alike(arguments[0][0], arguments[1][0]) and is_harmless_change(old, new)
    if key in _DECIDING or (_is_function(key) and key not in _HARMLESS):
        return False
    return is_harmless_change(old, new)


def is_plain(node: Node) -> bool:
    """Whether nothing below a node is chosen by conditions or mappings, or can't be read."""
    names = (name for inner in descend(node) for name in fields(inner))
    return all(name in _HARMLESS or not (_is_function(name) or name == "Condition") for name in names)
