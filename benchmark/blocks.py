"""Where resources stand in files, by parsers that belong to none of the tools that are measured."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tree_sitter_hcl
import yaml
from tree_sitter import Language, Node, Parser

_HCL = Parser(Language(tree_sitter_hcl.language()))


@cache
def blocks(path: Path) -> Mapping[str, tuple[int, int]]:
    """The first and the last line, from 1, of each resource of a file, by logical id or address without modules."""
    return _terraform(path) if path.suffix == ".tf" else _template(path)


def _template(path: Path) -> Mapping[str, tuple[int, int]]:
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found = {}
    for name, section in root.value if isinstance(root, yaml.MappingNode) else ():
        found[name.value] = name.start_mark.line + 1, _last(section)
        if name.value in ("Resources", "Parameters") and isinstance(section, yaml.MappingNode):
            prefix = "" if name.value == "Resources" else f"{name.value}."
            for key, value in section.value:
                found[prefix + key.value] = key.start_mark.line + 1, _last(value)
    return found


def _last(node: yaml.Node) -> int:
    mark = node.end_mark
    return mark.line + 1 if mark.column else mark.line


def _terraform(path: Path) -> Mapping[str, tuple[int, int]]:
    tree = _HCL.parse(path.read_bytes())
    body = next((one for one in tree.root_node.children if one.type == "body"), None)
    found = {}
    for block in body.children if body is not None else ():
        if block.type == "block":
            found[_address(block)] = block.start_point[0] + 1, block.end_point[0] + 1
    return found


def _address(block: Node) -> str:
    words = [
        one.text.decode().strip('"') for one in block.children if one.type in ("identifier", "string_lit") and one.text
    ]
    return ".".join(words[1:] if words[0] == "resource" else words)


def bare(address: str) -> str:
    """The address of a resource of Terraform without the modules that it is in and without keys of instances."""
    return re.sub(r"\bmodule\.[\w-]+\.(?=\w)", "", _without_keys(address))


def module_of(address: str) -> str:
    """The outermost module that an address is in, as `module.name`; empty if it is in none."""
    found = re.match(r"module\.[\w-]+(?=\.)", _without_keys(address))
    return found[0] if found else ""


def _without_keys(address: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", address)
