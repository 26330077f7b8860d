"""Detects the kind of a file, from its name if that tells it and else from its contents, and reads it as a template."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.left_out import SELDOM, SUFFIXES
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import may_have_values
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.file_names import JSON, NATIVE
from awslint_memo.syntax.node import Flaws, Node, descend, fields, text

_TYPE = r"""\bType["']?\s*:\s*["']?[A-Za-z0-9]+::[A-Za-z0-9]"""
_JSON_TYPE = regex(_TYPE)
_YAML_SECTION = regex(r"""(?:^|\r)(?:[?!&]\S*[ \t]+)*["']?Resources\b["']?[ \t]*(?::|$)""", re.M)
_JSON_SECTION = regex(r'"Resources"\s*:')
_FLOW_SECTION = regex(r"""Resources(?<!\wResources)["']?\s*[:#]""")
_TRANSFORM = regex(r"""(?:^|\r|\{)[ \t]*["']?Transform["']?[ \t]*:""", re.M)
_NO_COMMENT = r"(?:^|[\r\x85\u2028\u2029])(?![ \t]*#)[^\r\n\x85\u2028\u2029]*?"
_WORDS = regex(_NO_COMMENT + "::", re.M), regex(_NO_COMMENT + "(?:Resources|Transform)", re.M)
_ANY_TYPE = regex(r"\bAWS::[A-Za-z0-9]+::[A-Za-z0-9]")
_YAML_VERSION = regex(r"""(?:^|\r)["']?AWSTemplateFormatVersion["']?[ \t]*:""", re.M)
_JSON_VERSION = regex(r'"AWSTemplateFormatVersion"\s*:')
_OF_AWS = regex(r"""(?:^|\r)(?![ \t]*#)[^\r\n]*?\bType["']?\s*:\s*["']?AWS::[A-Za-z0-9]""", re.M)
_TERRAFORM = regex(r'"(resource|module)"\s*:\s*[\[{]')
_TERRAFORM_RESOURCE = regex(r'"resource"\s*:\s*\[?\s*\{\s*"[a-z0-9]+_[a-z0-9_]+"\s*:\s*[\[{]')
_NATIVE = regex(r'^resource[ \t]+"[a-z0-9]+_[a-z0-9_]+"[ \t]+"[\w-]+"[ \t]*\{', re.M)
_OTHER_ROOTS = ("terragrunt.hcl", ".tfcomponent.hcl", ".tfstack.hcl", ".tfdeploy.hcl")
"""The endings of files of Terragrunt and of Terraform Stacks."""
_BINARY_PLAN = regex(rb"PK\x03\x04.{26}tfplan", re.DOTALL)
"""How a plan begins that `terraform plan -out` writes: a zip archive whose first file has this name."""
_LOG = regex(r'\{"@level":')
"""How each line of `terraform plan -json` begins: what it tells while it works."""
_SNAPSHOT = ('"format_version"', '"planned_values"'), ('"format_version"', '"root_module"'), ('"lineage"', '"serial"')
"""Words that stand in a plan or a state together."""
_AS_JSON = "write the plan as JSON and name that: terraform show -json {} > plan.json"
_INCLUDED = "the Resources are in what AWS::Include adds, which is not checked; check the whole template"
_VERSION = "AWSTemplateFormatVersion"
_RESOURCES = "Resources"
SECTIONS = frozenset((
    *(_VERSION, "Conditions", "Description", "Globals", "Mappings"),
    *("Metadata", "Outputs", "Parameters", "Rules", "Transform"),
))  # fmt: skip
"""What a template has at its top, beside Resources."""


def template(source: Source, files: Files | None = None) -> Template | None:
    """The template in a file; None if it is not a template. files: reads other files that the template names;
    without it, those in the root of this one.

    The ending .tf, .tofu, .tf.json or .tofu.json decides, whatever the file contains; other names say too little.
    Raises Problem if the file is certainly a template but can't be read. The text is searched for keywords before it
    is parsed, so that other YAML and JSON files in a repository are skipped quickly.
    """
    name = source.path.lower()
    if name.endswith((*NATIVE, *_OTHER_ROOTS)):
        return _native(source)
    if name.endswith(JSON):
        return _terraform(source)
    if source.is_binary or (not source.data.isascii() and not _looks_readable(source)):
        _refuse_binary(source)
        return None
    content = source.words
    is_json = _is_json(content)
    if is_json and any(words[0] in content and words[1] in content for words in _SNAPSHOT):
        from awslint_memo.readers.snapshots import snapshot

        made = snapshot(source)
        if made is not None:
            return made
    return _of_text(source, files, is_json=is_json)


def _of_text(source: Source, files: Files | None, *, is_json: bool) -> Template | None:
    """The template in a text that is no plan and no state."""
    content = source.words
    has_version = _has_version(content, is_json)
    # Tags, anchors and block scalars may stand between the word Type and the type.
    is_typed = (is_json or not has_version) and _has_words(source, is_json)
    if is_typed or has_version:
        # What begins with a brace may be YAML, whose keys need no quotes.
        is_flow = is_json and is_typed and not _JSON_SECTION.search(content)
        made = _cloudformation(source, is_json and not is_flow, files or Files(bounds=Root([source.path])))
        if made is not None:
            return made
    if is_json:
        return _terraform(source) if _TERRAFORM.search(content) else None
    # A YAML file may contain Terraform configuration as text.
    if "resource" in content and not source.path.lower().endswith((".yaml", ".yml")) and _NATIVE.search(content):
        return _native(source)
    return None


def _has_words(source: Source, is_json: bool) -> bool:
    """Whether a text has what a template without a version must have, be it in other places."""
    content = source.words
    has_section = _RESOURCES in content and (not is_json or _may_have_section(source))
    if "::" not in content or not (has_section or ("AWS::Include" in content and _TRANSFORM.search(content))):
        return False
    return is_json or all(pattern.search(content) for pattern in _WORDS)


def _may_have_section(source: Source) -> bool:
    """Whether a text that begins with a brace may have Resources. JSON is read in a tenth of the time of YAML."""
    if _JSON_SECTION.search(source.words) or not _FLOW_SECTION.search(source.words):
        return _JSON_SECTION.search(source.words) is not None
    from json import loads

    try:
        return _RESOURCES in loads(source.text)
    except (ValueError, RecursionError):
        return True


def unread(source: Source, is_meant: bool) -> Problem | None:
    """Why a file that `template` does not take could not be read; None if it is sound, but of another kind.

    is_meant: whether somebody named the file as a template. If not, it must look like one of CloudFormation's.
    """
    name = source.path.lower()
    if is_meant and _BINARY_PLAN.match(source.data):
        return Problem(f"this is a binary plan; {_AS_JSON.format(os.path.basename(source.path))}", source.path)
    if is_meant and source.is_binary:
        return Problem("this is not text; name a template or a plan in JSON", source.path)
    if is_meant and may_have_values(name):
        return Problem("this has values of variables; give it with --var-file beside the configuration", source.path)
    try:
        content = source.text
        is_json = _is_json(content)
        if is_meant and is_json and _LOG.match(content):
            return Problem(f"this is the log of a plan; {_AS_JSON.format('PLAN')}", source.path)
        root = (_json if is_json or content.lstrip()[:1] == "[" else _yaml)(source, Flaws())
    except Problem as problem:
        letters = source.data.replace(b"\0", b"").decode("latin-1")
        looks = _VERSION in letters or _OF_AWS.search(letters)
        # Kubernetes has several documents in one file.
        is_ours = is_meant and name.endswith(SUFFIXES) and "several YAML documents" not in problem.message
        return problem if looks or is_ours else None
    what = _unreadable(root) if is_meant and is_json else ""
    if what:
        return Problem(what, source.path)
    return _misnamed(root, source)


def _unreadable(root: Node) -> str:
    from awslint_memo.readers.state.kinds import unreadable

    return unreadable(root)


def _misnamed(root: Node, source: Source) -> Problem | None:
    """The error of a template whose Resources have another name, such as Resource."""
    for name, node in fields(root).items():
        types = [text(fields(resource).get("Type")) or "" for resource in fields(node).values()]
        is_misspelled = name.lower() in ("resource", "resources") and name != "Resources"
        if is_misspelled and any("::" in type_ for type_ in types):
            span = root.key(name).span
            return Problem(f"{name} is no section of a template; write Resources", source.path, span.line, span.column)
    return None


def _is_json(content: str) -> bool:
    # A brace of a template engine ({% if %}) does not begin JSON. A comment before JSON is an error in JSON.
    start = content.lstrip()[:2]
    return (start[:1] == "{" and start[1:] not in ("%", "{", "#")) or start in ("//", "/*")


def _has_version(content: str, is_json: bool) -> bool:
    pattern = _JSON_VERSION if is_json else _YAML_VERSION
    return _VERSION in content and pattern.search(content) is not None


def _is_meant(source: Source, is_json: bool) -> bool:
    """Whether a file that can't be parsed is meant as a template."""
    words = source.words
    if _has_version(words, is_json) or source.path.lower().endswith(SELDOM):
        return _has_version(words, is_json)
    if is_json:
        return _JSON_TYPE.search(words) is not None or (_JSON_SECTION.search(words) is not None and "AWS::" in words)
    return _YAML_SECTION.search(words) is not None and _ANY_TYPE.search(words) is not None


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


def _refuse_binary(source: Source) -> None:
    """Raise Problem if a file that is not text has the words of a template."""
    letters = source.data.replace(b"\0", b"").decode("utf-8", "surrogateescape") if source.is_binary else ""
    if letters[:1].isascii() and _RESOURCES in letters and _OF_AWS.search(letters):
        line = source.data.count(b"\n", 0, source.data.find(b"\0")) + 1
        raise Problem("this has the byte 0x00, which no template may have; remove it", source.path, line, 1)


def _cloudformation(source: Source, is_json: bool, files: Files) -> Template | None:
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

    flaws = Flaws()
    try:
        root = (_json if is_json else _yaml)(source, flaws, files)
    except Problem:
        # A file of another kind may contain a template as text, or the name of a type: then its errors don't matter.
        if _is_meant(source, is_json):
            raise
        return None
    if _is_template(root):
        return CloudFormationTemplate(source, root, files, flaws)
    transform = fields(root).get("Transform")
    if transform is not None and any(text(node) == "AWS::Include" for node in descend(transform)):
        span = root.key("Transform").span
        raise Problem(_INCLUDED, source.path, span.line, span.column)
    if _VERSION in fields(root) and "Organization" not in fields(root):  # org-formation lists accounts in that form.
        raise _misnamed(root, source) or Problem("the template has no Resources; add the section", source.path)
    return None


def _is_template(root: Node) -> bool:
    """Whether the resources have types of CloudFormation. Other errors are reported when the template is read."""
    resources = fields(root).get("Resources")
    content = resources.content if resources is not None else None
    if isinstance(content, Mapping) and content:
        typed = any("::" in (text(fields(node).get("Type")) or "") for node in content.values())
        return typed or any(name.startswith("Fn::") for name in content) or _VERSION in fields(root)
    # In CodeDeploy's AppSpec file, Resources is a list of mappings from name to resource.
    typed = isinstance(content, list) and any("::" in (text(fields(node).get("Type")) or "") for node in content)
    if isinstance(content, int) and _VERSION not in fields(root):  # A vocabulary numbers its words.
        return False
    return resources is not None and (typed or not SECTIONS.isdisjoint(fields(root)))


def _yaml(source: Source, flaws: Flaws, files: Files | None = None) -> Node:
    if files is not None and files.kept is not None:
        from awslint_memo.syntax import yaml_edited

        return yaml_edited.parse(source, flaws, files.kept, _RESOURCES)
    from awslint_memo.syntax import yaml_nodes

    return yaml_nodes.parse(source, flaws)


def _json(source: Source, flaws: Flaws, files: Files | None = None) -> Node:
    if files is not None and files.kept is not None:
        from awslint_memo.syntax import json_edited

        return json_edited.parse(source, flaws, files.kept, _RESOURCES)
    from awslint_memo.syntax import json_nodes

    return json_nodes.parse(source, flaws)


def _native(source: Source) -> Template | None:
    from awslint_memo.readers.terraform import native_files  # which runs over other templates don't need

    return native_files.template(source)


def _terraform(source: Source) -> Template | None:
    from awslint_memo.readers.terraform.configuration import TerraformConfiguration

    flaws = Flaws("only the last one is checked, so merge them or remove one")
    try:
        root = _json(source, flaws)
    except Problem:
        # The settings of other programs may have a "module" and comments too.
        if source.path.lower().endswith(JSON) or _TERRAFORM_RESOURCE.search(source.text):
            raise
        return None
    from awslint_memo.readers.terraform.blocks import BLOCK_TYPES, COMMENT

    is_named = source.path.lower().endswith(JSON)
    is_ours = is_named or {COMMENT, *BLOCK_TYPES}.issuperset(fields(root))
    return TerraformConfiguration(source, root, flaws) if is_ours else None
