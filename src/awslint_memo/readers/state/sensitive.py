"""What nobody may see in a state: what it marks itself, and what providers keep there without a mark.

Older versions of Terraform mark in what they store only what sensitive variables went into, and not what the schema of
a provider calls sensitive. Names of secrets are known everywhere; these are those that other things have too.
"""

from __future__ import annotations

from typing import Any

_UNMARKED = {
    "aws_api_gateway_api_key": ("value",),
    "aws_appsync_api_key": ("key",),
    "aws_iam_access_key": ("secret", "ses_smtp_password_v4", "encrypted_secret"),
    "aws_iam_service_specific_credential": ("service_password",),
    "aws_instance": ("password_data",),
    "aws_secretsmanager_secret_version": ("secret_string", "secret_binary"),
    "aws_ssm_activation": ("activation_code",),
    "aws_ssm_parameter": ("value",),
    "random_password": ("result", "bcrypt_hash"),
    "random_id": ("b64_std", "b64_url", "dec", "hex"),
    "random_string": ("result",),
    "tls_private_key": ("private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"),
}
"""Attributes that hold secrets under names that other things have too."""


def is_unmarked_secret(type_: str, name: str) -> bool:
    """Whether an attribute holds a secret whatever the state marks."""
    return name in _UNMARKED.get(type_, ())


def marked(paths: Any) -> Any:
    """The paths in `sensitive_attributes` as a tree: True where nobody may see anything; all, if they are not read."""
    if not isinstance(paths, list):
        return True
    tree: dict[str | int, Any] = {}
    for path in paths:
        steps = [_step(step) for step in path] if isinstance(path, list) else []
        known = [step for step in steps if step is not None]
        if not known or len(known) < len(steps):
            return True
        below = tree
        for step in known[:-1]:
            inner = below.setdefault(step, {})
            if inner is True:
                break
            below = inner
        else:
            below[known[-1]] = True
    return tree


def _step(step: Any) -> str | int | None:
    """A name or an index; None if it is neither."""
    value = step.get("value") if isinstance(step, dict) else None
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, bool):
        return None
    return value if isinstance(value, (str, int)) else None
