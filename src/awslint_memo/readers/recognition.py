"""Detects the kind of a file, from its name if that tells it and else from its contents, and reads it as a template."""

from __future__ import annotations

import re
from collections.abc import Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Template
from awslint_memo.syntax.node import Flaws, Node, fields, text

_TYPE = r"""\bType["']?\s*:\s*["']?[A-Za-z0-9]+::[A-Za-z0-9]"""
_JSON_TYPE = re.compile(_TYPE)
_YAML_TYPE = re.compile(rf"(?:^|\r)(?![ \t]*#)[^\r\n]*?{_TYPE}", re.M)
_YAML_SECTION = re.compile(r"""(?:^|\r)["']?Resources["']?[ \t]*:""", re.M)
_TERRAFORM = re.compile(r'"(resource|module)"\s*:\s*[\[{]')
_TERRAFORM_RESOURCE = re.compile(r'"resource"\s*:\s*\[?\s*\{\s*"[a-z0-9]+_[a-z0-9_]+"\s*:\s*[\[{]')
_NATIVE = re.compile(r'^resource[ \t]+"[a-z0-9]+_[a-z0-9_]+"[ \t]+"[\w-]+"[ \t]*\{', re.M)
_BLOCKS = frozenset(
    ("//", "check", "data", "import", "locals", "module", "moved", "output", "provider", "removed", "resource")
) | {"terraform", "variable"}
_SECTIONS = frozenset(
    ("AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Mappings", "Metadata", "Outputs")
) | {"Parameters", "Rules", "Transform"}


def template(source: Source, files: Files | None = None) -> Template | None:
    """The template in a file; None if it is not a template. files: reads other files that the template names.

    The ending .tf or .tf.json decides, whatever the file contains; other names say too little.
    Raises Problem if the file is certainly a template but can't be read. The text is searched for keywords before it
    is parsed, so that other YAML and JSON files in a repository are skipped quickly.
    """
    name = source.path.lower()
    if name.endswith(".tf"):
        return _native(source)
    if name.endswith(".tf.json"):
        return _terraform(source)
    if source.is_binary or (not source.data.isascii() and not _looks_readable(source)):
        return None
    content = source.text
    start = content.lstrip()[:2]
    # A brace of a template engine ({% if %}) does not begin JSON. A comment before JSON is an error in JSON.
    is_json = (start[:1] == "{" and start[1:] not in ("%", "{", "#")) or start in ("//", "/*")
    if is_json and '"format_version"' in content and '"planned_values"' in content:
        return _plan(source)
    if "Resources" in content and (_JSON_TYPE if is_json else _YAML_TYPE).search(content):
        return _cloudformation(source, is_json, files or Files())
    if is_json:
        return _terraform(source) if _TERRAFORM.search(content) else None
    # A YAML file may contain Terraform configuration as text.
    if "resource" in content and not name.endswith((".yaml", ".yml")) and _NATIVE.search(content):
        return _native(source)
    return None


def _looks_readable(source: Source) -> bool:
    """Whether the bytes can be decoded. Raises Problem if not and the file is certainly a template."""
    try:
        return bool(source.text) or True
    except Problem:
        # In UTF-16 there is a NUL byte next to each ASCII letter.
        letters = source.data.replace(b"\0", b"")
        if b"Resources" in letters and b"::" in letters:
            raise
        return False


def _cloudformation(source: Source, is_json: bool, files: Files) -> Template | None:
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

    flaws = Flaws()
    try:
        root = _json(source, flaws) if is_json else _yaml(source, flaws)
    except Problem:
        # A file of another kind may contain a template as text, or the name of a type: then its errors don't matter.
        if is_json or _YAML_SECTION.search(source.text):
            raise
        return None
    return CloudFormationTemplate(source, root, files, flaws) if _is_template(root) else None


def _is_template(root: Node) -> bool:
    """Whether the resources have types of CloudFormation. Other errors are reported when the template is read."""
    resources = fields(root).get("Resources")
    content = resources.content if resources is not None else None
    if isinstance(content, Mapping) and content:
        typed = any("::" in (text(fields(node).get("Type")) or "") for node in content.values())
        return typed or any(name.startswith("Fn::") for name in content)
    # In CodeDeploy's AppSpec file, Resources is a list of mappings from name to resource.
    typed = isinstance(content, list) and any("::" in (text(fields(node).get("Type")) or "") for node in content)
    return resources is not None and (typed or not _SECTIONS.isdisjoint(fields(root)))


def _yaml(source: Source, flaws: Flaws) -> Node:
    from awslint_memo.syntax import yaml_nodes

    return yaml_nodes.parse(source, flaws)


def _json(source: Source, flaws: Flaws) -> Node:
    from awslint_memo.syntax import json_nodes

    return json_nodes.parse(source, flaws)


def _terraform(source: Source) -> Template | None:
    from awslint_memo.readers.terraform.configuration import TerraformConfiguration

    flaws = Flaws("only the last one is checked; merge them into one, or remove one")
    try:
        root = _json(source, flaws)
    except Problem:
        # The settings of other programs may have a "module" and comments too.
        if source.path.endswith(".tf.json") or _TERRAFORM_RESOURCE.search(source.text):
            raise
        return None
    return TerraformConfiguration(source, root, flaws) if _BLOCKS.issuperset(fields(root)) else None


def _native(source: Source) -> Template:
    from awslint_memo.readers.terraform.native import NativeConfiguration

    return NativeConfiguration(source)


def _plan(source: Source) -> Template | None:
    from awslint_memo.readers.plan.plan import TerraformPlan

    flaws = Flaws("the last value counts; make the file again with terraform show -json")
    root = _json(source, flaws)
    # In a plan these keys are at the top level.
    return TerraformPlan(source, root, flaws) if {"format_version", "planned_values"} <= set(fields(root)) else None
