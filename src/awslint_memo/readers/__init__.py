"""Files become templates. What a file is, its content says; its name decides nothing."""

from __future__ import annotations

import re

from awslint_memo.readers.node import Node, fields, text
from awslint_memo.readers.source import Source
from awslint_memo.template import Template

KINDS = "a CloudFormation or SAM template, Terraform JSON configuration or a Terraform plan in JSON"
"""What is read, in words for people."""

_TYPE = re.compile(r"""["']?Type["']?\s*:\s*["']?[A-Za-z0-9]+::[A-Za-z0-9]""")
_TERRAFORM = re.compile(r'"(resource|module)"\s*:\s*[\[{]')
_BLOCKS = frozenset(
    ("//", "check", "data", "import", "locals", "module", "moved", "output", "provider", "removed", "resource")
) | {"terraform", "variable"}


def template(source: Source) -> Template | None:
    """The template that a file holds, or None where it holds none of ours.

    Raises Problem where the file looks like one of ours and can't be read. The look at the text comes before any
    parse, so that a walk over a repository's other YAML and JSON costs next to nothing.
    """
    if source.is_binary:
        return None
    if not source.data.isascii() and not _looks_readable(source):
        return None
    content = source.text
    is_json = content.lstrip()[:1] == "{"
    if is_json and '"format_version"' in content and '"planned_values"' in content:
        return _plan(source)
    if "Resources" in content and _TYPE.search(content):
        return _cloudformation(source, is_json)
    if is_json and _TERRAFORM.search(content):
        return _terraform(source)
    return None


def _looks_readable(source: Source) -> bool:
    """Whether the bytes decode, or the file is so clearly a template that not decoding is its owner's mistake."""
    try:
        return bool(source.text) or True
    except Exception:
        if b"Resources" in source.data and b"::" in source.data:
            raise
        return False


def _cloudformation(source: Source, is_json: bool) -> Template | None:
    from awslint_memo.readers.cloudformation import CloudFormationTemplate

    root = _json(source) if is_json else _yaml(source)
    resources = fields(root).get("Resources")
    types = [text(fields(node).get("Type")) for node in fields(resources).values()]
    if resources is None or (fields(resources) and not any("::" in (type_ or "") for type_ in types)):
        return None
    return CloudFormationTemplate(source, root)


def _yaml(source: Source) -> Node:
    from awslint_memo.readers import yaml_nodes

    return yaml_nodes.parse(source)


def _json(source: Source) -> Node:
    from awslint_memo.readers import json_nodes

    return json_nodes.parse(source)


def _terraform(source: Source) -> Template | None:
    from awslint_memo.readers.terraform_configuration import TerraformConfiguration

    root = _json(source)
    return TerraformConfiguration(source, root) if _BLOCKS.issuperset(fields(root)) else None


def _plan(source: Source) -> Template | None:
    from awslint_memo.readers.terraform_plan import TerraformPlan

    return TerraformPlan(source, _json(source))
