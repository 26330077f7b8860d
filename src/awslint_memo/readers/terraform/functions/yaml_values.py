"""Decodes YAML as Terraform's `yamldecode` does, which follows YAML 1.2 with a few older words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Scalar
from awslint_memo.syntax.node import Content, Flaws, Node
from awslint_memo.syntax.yaml_nodes import YamlNode, parse

_WHOLE = regex(r"[-+]?\d+")
_FLOAT = regex(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d{1,3})?")
_OTHER_BASE = regex(r"0(x[0-9a-fA-F]+|o[0-7]+|b[01]+)")
_DATE = regex(r"\d{4}-\d\d-\d\d")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("~", "null", "Null", "NULL", ""), None),
    **dict.fromkeys(("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y"), True),
    **dict.fromkeys(("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N"), False),
}
_LONGEST = 300


def yaml_data(text: str) -> Any:
    """The text as plain data. Raises ValueError for what Terraform does not take."""
    try:
        return _data(parsed(Source("", text.encode(errors="replace"))))
    except Problem as problem:
        raise ValueError(problem.message) from problem


def parsed(source: Source) -> Node:
    """The root node of a file. Raises Problem for invalid YAML."""
    return parse(source, Flaws("Terraform takes the last value"))


def content(node: Node) -> Content:
    """The content of a node as Terraform reads it. Raises ValueError for what it does not take."""
    if not isinstance(node, YamlNode) or node.has_tag:
        raise ValueError("a tag of another program")
    written = node.unquoted
    return node.content if written is None else _scalar(written)


def _data(node: Node) -> Any:
    read = content(node)
    if isinstance(read, Mapping):
        return {key: _data(child) for key, child in read.items()}
    return [_data(child) for child in read] if isinstance(read, list) else read


def _scalar(written: str) -> Scalar:
    if written in _WORDS:
        return _WORDS[written]
    if len(written) > _LONGEST:
        return written
    digits = written.replace("_", "") if written[:1].isdigit() else written
    if _OTHER_BASE.fullmatch(digits):
        return int(digits, 0)
    if _WHOLE.fullmatch(digits):
        return int(digits)
    if _FLOAT.fullmatch(digits):
        number = float(digits)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if _DATE.fullmatch(written):
        return f"{datetime.strptime(written, '%Y-%m-%d').replace(tzinfo=timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
    return written
