"""Tells what form a state has: as it is stored, or as `terraform show -json` prints it.

https://developer.hashicorp.com/terraform/internals/json-format, and `internal/states/statefile` of Terraform 1.15 for
what is stored (read on 2026-11-30).
"""

from __future__ import annotations

from awslint_memo.syntax.node import Node, fields

_SHOWN = frozenset(("format_version", "values"))
_STORED = frozenset(("lineage", "serial"))
_READ = 4
"""The version of stored states that is read; Terraform writes it since 0.12."""


def may_be_state(words: str) -> bool:
    """Whether a text in JSON has the words of a state, which other texts may have too."""
    is_shown = '"format_version"' in words and '"root_module"' in words and '"planned_values"' not in words
    return is_shown or ('"lineage"' in words and '"serial"' in words)


def is_shown(root: Node) -> bool:
    """Whether this is what `terraform show -json` prints of a state."""
    keys = fields(root).keys()
    return keys >= _SHOWN and "planned_values" not in keys


def is_readable(root: Node) -> bool:
    """Whether this is a state that can be read."""
    return is_shown(root) or (_is_stored(root) and unreadable(root) == "")


def unreadable(root: Node) -> str:
    """Why a state has no resources to read, with what to do; empty if it has, or if this is no state."""
    found = fields(root)
    if found.keys() <= {"format_version", "terraform_version"} and "format_version" in found:
        return "this is a state without resources; name that of a root module that is deployed"
    if not _is_stored(root):
        return ""
    version = found["version"].content if "version" in found else None
    if "encrypted_data" in found:
        return "this state is encrypted; name what tofu state pull prints"
    if version == _READ:
        return ""
    if isinstance(version, int) and not isinstance(version, bool) and 0 < version < _READ:
        return (
            f"this is a state of version {version}, which Terraform wrote before 0.12; "
            "write it anew with terraform state pull > state.json and name that"
        )
    return "this is a state of a version that is not known; name what terraform show -json prints"


def _is_stored(root: Node) -> bool:
    return fields(root).keys() >= _STORED
