"""Secrets of which the template does not tell the text."""

from __future__ import annotations

from awslint_memo.model.lazy import regex
from awslint_memo.model.origin import DYNAMIC
from awslint_memo.model.value import Unknown, Value

_MADE = regex(
    r"(?:.*\.)?(?:random_(?:password|string)\..+\.result|data\.aws_secretsmanager_secret_version\..+\.secret_string"
    r"|data\.aws_ssm_parameter\..+\.value)"
)
"""The attributes of Terraform's resources that are secrets which something makes or keeps, and never empty."""


_RANDOM = regex(r"(?:.*\.)?random_(?:password|string)\..+\.result")


def random_name(value: Value) -> str:
    """Which resource of Terraform makes up a value at random, as another one for each; empty if none surely does."""
    name = _name(value)
    return name if _RANDOM.fullmatch(name) else ""


def is_made(value: Value) -> bool:
    """Whether a value is a secret that Terraform makes up, or reads."""
    return _MADE.fullmatch(_name(value)) is not None


def is_some(value: Value) -> bool:
    """Whether a token or a list of groups of users surely is there: one that is written and not empty, or a secret of
    which the template does not tell the text."""
    is_secret = value.why == DYNAMIC or is_made(value)
    return is_secret or (value.is_known and value.text != "" and bool(value.items))


def _name(value: Value) -> str:
    if not isinstance(value, Unknown):
        return ""
    link = value.attribute
    return value.key if link is None else f"{link.resource}.{link.attribute}"
