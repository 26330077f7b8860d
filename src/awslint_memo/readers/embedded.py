"""YAML or JSON that a template holds as text (a buildspec, say) becomes plain data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from awslint_memo.readers.node import Node
from awslint_memo.readers.source import Source
from awslint_memo.span import Problem


def document(text: str) -> Any:
    """The mappings, lists and scalars that a text describes; None where it describes none or can't be read."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    from awslint_memo.readers import yaml_nodes

    try:
        return _plain(yaml_nodes.parse(Source("", text.encode(errors="replace"))))
    except Problem:
        return None


def _plain(node: Node) -> Any:
    content = node.content
    if isinstance(content, Mapping):
        return {key: _plain(child) for key, child in content.items()}
    return [_plain(child) for child in content] if isinstance(content, list) else content
