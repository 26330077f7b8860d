"""How far a selection of an AWS Backup plan reaches, whatever the store: by tags, by wildcards, or by names alone."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value


def asks_for_tags(selection: Resource) -> bool:
    """Whether a selection asks for tags, or may."""
    selected = selection.get("BackupSelection")
    by_tag = (selected.get(name) for name in ("ListOfTags", "Conditions"))
    return any(not each.is_absent and (not each.is_known or bool(each.items)) for each in by_tag)


def names_its_own(selection: Resource) -> bool:
    """Whether a selection surely selects resources of its own template alone: it names each, and asks for no tag."""
    own, named = selection.deployment.own, selection.get("BackupSelection.Resources").items
    is_own = bool(named) and all(any(link.resource in own for link in name.mentions()) for name in named)
    return is_own and not any(map(has_wildcards, named)) and not asks_for_tags(selection)


def has_wildcards(name: Value) -> bool:
    """Whether an entry of a selection is written with a wildcard, also beside what is not known."""
    return any("*" in (piece.text or "") for piece in name.pieces)
