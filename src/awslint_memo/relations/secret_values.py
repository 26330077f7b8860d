"""Secrets of which the template does not tell the text."""

from __future__ import annotations

from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Unknown, Value

_MADE = regex(
    r"(?:.*\.)?(?:random_(?:password|string)\..+\.result|data\.aws_secretsmanager_secret_version\..+\.secret_string"
    r"|data\.aws_ssm_parameter\..+\.value)"
)
"""The attributes of Terraform's resources that are secrets which something makes or keeps, and never empty."""


def is_some(value: Value) -> bool:
    """Whether a token or a list of groups of users surely is there: one that is written and not empty, or a secret of
    which the template does not tell the text."""
    name = ""
    if isinstance(value, Unknown):
        link = value.attribute
        name = value.key if link is None else f"{link.resource}.{link.attribute}"
    is_secret = value.why == "a dynamic reference" or _MADE.fullmatch(name) is not None
    return is_secret or (value.is_known and value.text != "" and bool(value.items))
