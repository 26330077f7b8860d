"""A sound resource that is put beside what the fuzzing changes: its finding must stay, or something must be said."""

from __future__ import annotations

from typing import Any

NAME = "Canary"
RULE = "rds-multi-az"
"""A rule that reads nothing but the resource's own properties, so no other resource can change what it says."""

_CLOUDFORMATION = {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql", "MultiAZ": False}}
_PLANNED = {
    "address": f"aws_db_instance.{NAME}",
    "mode": "managed",
    "type": "aws_db_instance",
    "name": NAME,
    "change": {"actions": ["create"], "before": None, "after": {"engine": "mysql", "multi_az": False}},
}
_TERRAFORM = f'\nresource "aws_db_instance" "{NAME}" {{\n  engine   = "mysql"\n  multi_az = false\n}}\n'
_ADDRESS = f"aws_db_instance.{NAME}"

Kept = frozenset[tuple[str, str]]
"""The rule and resource of findings that must stay."""


def add(data: Any) -> Kept:
    """Put the resource into the plain data of a template, if that has a place for it."""
    if not isinstance(data, dict) or _has_macro(data.get("Transform")):
        return frozenset()
    resources, changes, configured = data.get("Resources"), data.get("resource_changes"), data.get("resource")
    if isinstance(resources, dict) and any(_is_typed(one) for one in resources.values()):
        resources[NAME] = _CLOUDFORMATION
        return frozenset({(RULE, NAME)})
    if isinstance(changes, list) and "format_version" in data and "planned_values" in data:
        changes.append(_PLANNED)
        return frozenset({(RULE, _ADDRESS)})
    if isinstance(configured, dict) and "Resources" not in data:
        of_type = configured.setdefault("aws_db_instance", {})
        if isinstance(of_type, dict):
            of_type[NAME] = {"engine": "mysql", "multi_az": False}
            return frozenset({(RULE, _ADDRESS)})
    return frozenset()


def _has_macro(transform: Any) -> bool:
    """Whether something may change the resource that nobody sees."""
    named = transform if isinstance(transform, list) else [] if transform is None else [transform]
    return not all(isinstance(one, str) and one.startswith("AWS::") for one in named)


def _is_typed(resource: Any) -> bool:
    return isinstance(resource, dict) and "::" in str(resource.get("Type"))


def after(text: str) -> tuple[str, Kept]:
    """A text of Terraform's native language with the resource at its end."""
    return text + _TERRAFORM, frozenset({(RULE, _ADDRESS)})
