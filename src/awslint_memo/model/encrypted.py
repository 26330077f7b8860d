"""Values in files that SOPS has encrypted: the file says that there is one, but not what it is.

https://getsops.io/docs/ (read on 2026-11-26): each value of a YAML or JSON file is encrypted by itself, and what SOPS
needs to decrypt them stands beside them under the key `sops`.
"""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.value import Known, Unknown, Value

SOPS = "sops"
"""The key in an encrypted file that is none of its values."""

ENCRYPTED = "encrypted by SOPS"
"""Why an encrypted value is not known."""


def is_encrypted(text: str | None) -> bool:
    """Whether a text is a value that SOPS has encrypted."""
    return text is not None and text.startswith("ENC[AES256_GCM,")


def readable(value: Value) -> Value:
    """The value, where what is encrypted is not known."""
    if not isinstance(value, Known):
        return value
    content = value.content
    if isinstance(content, str):
        return Unknown(ENCRYPTED, value.place, origin=value.origin) if is_encrypted(content) else value
    if isinstance(content, list):
        items = [readable(item) for item in content]
        is_same = all(one is other for one, other in zip(items, content, strict=True))
        return value if is_same else Known(items, value.place, value.origin, defaulted=value.defaulted)
    if isinstance(content, Mapping):
        fields = {key: readable(child) for key, child in content.items()}
        is_same = all(fields[key] is child for key, child in content.items())
        return value if is_same else Known(fields, value.place, value.origin, defaulted=value.defaulted)
    return value
