"""What scalars and tags of YAML mean in CloudFormation's dialect."""

from __future__ import annotations

from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Scalar
from awslint_memo.syntax.node import Content, Made, Node
from awslint_memo.syntax.pyyaml import yaml

PLAIN, QUOTED = "plain", "quoted"
"""The tags of scalars that have none of their own."""

_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NUMBER = regex(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")


def tagged(tag: str, bare: Node) -> Content:
    """What a node with a tag such as !Ref stands for: its long form."""
    if tag in ("Ref", "Condition"):
        return {tag: bare}
    if tag == "GetAtt" and isinstance(bare.content, str):
        resource, _, attribute = bare.content.partition(".")
        return {"Fn::GetAtt": Made([Made(resource, bare), Made(attribute, bare)], bare)}
    return {f"Fn::{tag}": bare}


def scalar(node: yaml.ScalarNode) -> Scalar:
    """The value of a scalar."""
    written: str = node.value
    # The argument of a short tag is a name or text, even if it looks like a number.
    if node.tag != PLAIN:
        return written
    if written in ("", "~", "null", "Null", "NULL"):
        return None
    if written.lower() in _BOOLEANS and written in (written.lower(), written.upper(), written.title()):
        return _BOOLEANS[written.lower()]
    return _number(written) if _NUMBER.fullmatch(written) else written


def _number(written: str) -> int | float | str:
    """The number, or its text if Python would write it differently (8.10, +5); Value.number converts both."""
    if len(written) > 300:
        return written
    number = int(written) if written.lstrip("-+").isdigit() else float(written)
    return number if str(number) == written else written
