"""Fixes for databases that are deleted without a final snapshot."""

from __future__ import annotations

import re

from awslint_memo.model.deployment import Resource
from awslint_memo.model.fix import Fix

NAME = "final_snapshot_identifier"
"""Terraform's argument for the name of the snapshot."""


def taken(database: Resource, *policies: str) -> Fix | None:
    """The fix that lets CloudFormation take a snapshot where one of these attributes (DeletionPolicy …) says what is
    done."""
    return Fix.of_all(database.set(f"@{policy}", "Snapshot") for policy in policies)


def not_skipped(database: Resource, *, is_named: bool) -> Fix:
    """The fix that lets Terraform take a snapshot, with a name if it has none."""
    kept = database.set("@skip_final_snapshot", False)
    return kept if is_named else kept + named(database)


def named(database: Resource) -> Fix:
    """The fix that gives the snapshot the name of the database's resource."""
    name = re.sub(r"[^a-z0-9]+", "-", database.written.rpartition(".")[2].lower()).strip("-")
    return database.set(f"@{NAME}", f"{name}-final", unsafe="chooses the snapshot's name, which must be unique")
