"""Parameters of nested stacks that their parents set and that nothing in their templates reads.

Numbers and switches only, as with the modules of Terraform.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack import StackDeployment
from awslint_memo.syntax.node import Node, descend, fields, text

_SWITCH = frozenset(("true", "false", "yes", "no", "on", "off", "enabled", "disabled"))
_IN_TEXT = regex(r"\$\{\s*([A-Za-z0-9]+)\s*\}")


def unread_parameters(stack: StackDeployment) -> Iterator[Unmet]:
    """The parameters that a stack gives to those nested in it and that nothing in these reads."""
    for name in filter(stack.has, stack.document.nested):
        inner = stack.nested.get(name)
        if inner is None:
            continue  # It was not read.
        document = inner.document
        given = fields(fields(stack.document.resources[name][1]).get("Properties")).get("Parameters")
        settings = [
            one for one in fields(given) if one in document.parameters and _is_setting(document.parameters[one])
        ]
        read = _names_read(document) if settings else None
        for one in () if read is None else [one for one in settings if one not in read]:
            node = fields(given)[one]
            value = stack.evaluated(node)
            if value.is_absent:
                continue  # AWS::NoValue gives nothing, so nobody relies on it.
            shown = "" if document.parameters[one].is_hidden(value.text) else value.text or ""
            names = [one, shown, f"{stack.use.prefix}{name}"]
            related = [(document.parameters[one].node, f"the parameter {one}")]
            of = os.path.basename(document.source.path)
            yield Unmet("input", names[2], ("Parameters", one), node, names, of, related=related)


def _is_setting(parameter: Parameter) -> bool:
    """Whether a parameter holds a number, or one of two words for a switch."""
    allowed = {one.lower() for one in parameter.allowed}
    return parameter.type == "Number" or (len(allowed) == 2 and allowed <= _SWITCH)


def _names_read(document: Document) -> set[str] | None:
    """The parameters that a template refers to, in any section but their own; None if that is not known."""
    if document.macro is not None or document.left_out or document.missing_condition is not None:
        return None
    found: set[str] = set()
    sections = [section for name, section in document.sections.items() if name not in ("Metadata", "Parameters")]
    for node in (child for section in sections for child in descend(section)):
        content = node.content
        if isinstance(content, Mapping):
            found.update(name for key in ("Ref", "Fn::ValueOf") for name in _texts(content.get(key)))
        elif isinstance(content, str) and "${" in content:
            found.update(_IN_TEXT.findall(content))
    return found


def _texts(node: Node | None) -> Iterator[str]:
    """The text of a node, or those in a list."""
    for one in node.content if node is not None and isinstance(node.content, list) else [node]:
        yield text(one) or ""
