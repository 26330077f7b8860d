"""PyYAML, and what scalars and tags mean in CloudFormation's dialect.

PyYAML is imported without compiling its patterns: they are of its scanner in Python, and we use that of libyaml. One of
them, a set of all characters that may be printed, takes a tenth of the time of a small run.
"""

from __future__ import annotations

import sys
from operator import is_
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import compiled_late, regex
from awslint_memo.model.spelled import spelled
from awslint_memo.model.value import Scalar
from awslint_memo.syntax.node import Content, Made, Node
from awslint_memo.syntax.yaml_tree import Listing, Part, Table, converted
from awslint_memo.syntax.yaml_tree import Scalar as Written

__all__ = ["LIST", "MAP", "PLAIN", "QUOTED", "are_same", "composed", "scalar", "tagged", "yaml"]

with compiled_late("yaml"):
    import yaml


PLAIN, QUOTED = "plain", "quoted"
"""The tags of scalars that have none of their own."""

MAP, LIST = "map", "list"
"""The tags of others."""

_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_CORE = "tag:yaml.org,2002:"
"""How tags begin that YAML itself has, such as !!int."""

_FIRSTS = frozenset("+-.0123456789")
_NUMBER = regex(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Composes nodes without PyYAML's guesses at types: we only need to know whether a scalar is quoted."""

    descend_resolver = staticmethod(is_)
    ascend_resolver = staticmethod(tuple)
    """PyYAML calls these at each node for resolvers by path, which nobody adds: they take arguments and do nothing."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a node that has none."""
        if kind is Written or kind is yaml.ScalarNode:
            return PLAIN if implicit[0] else QUOTED
        return MAP if kind is Table or kind is yaml.MappingNode else LIST


_COMPOSER = sys.modules.get("yaml._yaml")
"""Where PyYAML composes nodes of what libyaml reads."""

_OURS = {"ScalarNode": Written, "SequenceNode": Listing, "MappingNode": Table}
_ITS = {name: getattr(_COMPOSER, name, None) for name in _OURS}


def composed(text: str, source: Source) -> Part | None:
    """The root node of a text; None if it has none. source: the file that the text is of, or is a part of.

    Raises RecursionError, and errors of PyYAML.
    """
    threading = sys.modules.get("threading")
    is_alone = threading is None or threading.active_count() == 1
    if is_alone and None not in _ITS.values() and not source.has_odd_line_ends:
        root = _composed_as_ours(text)
        if root is not None:
            return root
    theirs = yaml.compose(text, Loader=_Loader)
    return None if theirs is None else converted(theirs, source)


def _composed_as_ours(text: str) -> Part | None:
    """The root node, for which PyYAML made our nodes instead of its own; None if it can't, also for an error.

    To make them of its own was 3 % of the instructions of a run of 467 resources. Nobody else may compose meanwhile.
    """
    space = vars(_COMPOSER)
    space.update(_OURS)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, AttributeError):
        return None  # Some of its errors ask nodes for their marks.
    finally:
        space.update(_ITS)
    return root if isinstance(root, Part) else None


def tagged(tag: str, bare: Node) -> Content:
    """What a node with a tag such as !Ref stands for: its long form."""
    if tag in ("Ref", "Condition"):
        return {tag: bare}
    if tag == "GetAtt" and isinstance(bare.content, str):
        resource, _, attribute = bare.content.partition(".")
        return {"Fn::GetAtt": Made([Made(resource, bare), Made(attribute, bare)], bare)}
    return {f"Fn::{tag}": bare}


def scalar(node: Written) -> Scalar:
    """The value of a scalar."""
    written: str = node.value
    # The argument of a short tag is a name or text, even if it looks like a number.
    if node.tag != PLAIN:
        return _of_core_tag(node.tag, written) if node.tag.startswith(_CORE) else written
    if written in ("", "~", "null", "Null", "NULL"):
        return None
    if written.lower() in _BOOLEANS and written in (written.lower(), written.upper(), written.title()):
        return _BOOLEANS[written.lower()]
    return _number(written) if written[0] in _FIRSTS else written


def _of_core_tag(tag: str, written: str) -> Scalar:
    """The value of a scalar with a tag of YAML's own, such as !!int. What it can't be is a text."""
    kind = tag.removeprefix(_CORE)
    if kind == "bool":
        return {"y": True, "n": False, **_BOOLEANS}.get(written.lower(), written)
    if kind == "null":
        return None
    return _number(written) if kind in ("int", "float") and written else written


def _number(written: str) -> int | float | str:
    """The number, or its text if it is none or Python would write it differently (8.10, +5); Value.number converts
    both."""
    if len(written) > 300 or not _NUMBER.fullmatch(written):
        return spelled(written)
    number = int(written) if written.lstrip("-+").isdigit() else float(written)
    return number if str(number) == written else spelled(written)


def are_same(one: Part, other: Part) -> bool:
    """Whether two nodes are written with the same tags, keys and values, if perhaps with other quotation marks."""
    pending, seen = [(one, other)], set[tuple[int, int]]()
    while pending:
        one, other = pending.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        if isinstance(one, Written) and isinstance(other, Written):
            if not _are_same_scalars(one, other):
                return False
            continue
        if one.kind != other.kind or one.tag != other.tag or len(one.value) != len(other.value):
            return False
        seen.add((id(one), id(other)))  # With anchors, a short text may be a very large tree.
        for pair in zip(one.value, other.value, strict=True):
            pending += [pair] if isinstance(one, Listing) else zip(*pair, strict=True)
    return True


def _are_same_scalars(one: Written, other: Written) -> bool:
    if one.tag == other.tag:
        return bool(one.value == other.value)
    # Quotation marks make another tag, but the same text.
    return not any(node.tag.startswith("!") for node in (one, other)) and repr(scalar(one)) == repr(scalar(other))
