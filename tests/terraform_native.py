"""Converts Terraform's JSON syntax to native syntax, for tests that use a configuration in both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1, "locals": 0, "terraform": 0}

ATTRIBUTES = ("configuration", "tags", "required_providers")
"""Arguments that are maps; any other map is a block."""


def native(document: dict[str, Any]) -> str:
    """The document in native syntax."""
    lines: list[str] = []
    for kind, section in document.items():
        if kind == "//":
            lines += [f"# {section}", ""]
        else:
            for labels, body in _labelled(section, LABELS[kind], ()):
                lines += [*_block(kind, labels, body, is_value=kind in ("locals", "variable", "output")), ""]
    return "\n".join(lines)


def _labelled(section: Any, labels: int, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for item in section if isinstance(section, list) else [section]:
        if labels == 0:
            yield above, item
        else:
            for label, below in item.items():
                yield from _labelled(below, labels - 1, (*above, label))


def _block(name: str, labels: tuple[str, ...], body: dict[str, Any], *, is_value: bool = False) -> list[str]:
    head = " ".join([name, *(f'"{label}"' for label in labels)])
    lines: list[str] = []
    for key, value in body.items():
        if key == "dynamic":
            for labels_, made in _labelled(value, 1, ()):
                lines += _block("dynamic", labels_, made)
            continue
        blocks = value if isinstance(value, list) else [value]
        is_block = all(isinstance(one, dict) for one in blocks) and blocks and not is_value and key not in ATTRIBUTES
        if is_block and key != "for_each":
            for one in blocks:
                lines += _block(key, (), one)
        else:
            lines.append(f"{key} = {_bare(value) if key in ('type', 'provider') else expression(value)}")
    return [f"{head} {{", *(f"  {line}" for line in lines), "}"]


def _bare(value: Any) -> str:
    is_word = isinstance(value, str) and re.fullmatch(r"[a-z_.]+(\(.*\))?", value) and value in _WORDS
    return str(value) if is_word else expression(value)


_WORDS = ("string", "number", "bool", "any", "list(string)", "set(string)", "map(string)", "map(number)")


def expression(value: Any) -> str:
    """A value as an expression in native syntax."""
    if isinstance(value, str):
        resource_ref = re.fullmatch(r"\$\{([^${}]*(?:\{[^${}]*\})*[^${}]*)\}", value)
        return resource_ref[1] if resource_ref else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(expression, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {expression(child)}" for key, child in value.items()) + "}"
    return json.dumps(value)
