"""Reads what Terraform has written of a root module: plans and states in JSON."""

from __future__ import annotations

from awslint_memo.files.source import Source
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.plan.snapshot import TerraformSnapshot
from awslint_memo.readers.state.kinds import is_readable
from awslint_memo.readers.state.state import TerraformState
from awslint_memo.syntax import json_nodes
from awslint_memo.syntax.node import Flaws, fields


def snapshot(source: Source) -> TerraformSnapshot | None:
    """The plan or state in a file in JSON; None if it is none that can be read. Raises Problem for invalid JSON."""
    flaws = Flaws("the last value counts, so make the file again with terraform show -json")
    root = json_nodes.parse(source, flaws)
    # In a plan these keys are at the top level.
    if {"format_version", "planned_values"} <= set(fields(root)):
        return TerraformPlan(source, root, flaws)
    return TerraformState(source, root, flaws) if is_readable(root) else None
