"""Reads what Terraform has written of a root module: plans and states in JSON."""

from __future__ import annotations

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.plan.snapshot import TerraformSnapshot
from awslint_memo.readers.state.kinds import is_readable
from awslint_memo.readers.state.state import TerraformState
from awslint_memo.syntax import json_nodes
from awslint_memo.syntax.node import Flaws, Node, fields

_OF_TEMPLATES = ("Resources", "AWSTemplateFormatVersion", "Transform")
"""Sections that make a template of CloudFormation; the keys of plans and states are in small letters."""


def snapshot(source: Source) -> TerraformSnapshot | None:
    """The plan or state in a file in JSON; None if it is none that can be read. Raises Problem for invalid JSON."""
    flaws = Flaws("the last value counts, so make the file again with terraform show -json")
    root = json_nodes.parse(source, flaws)
    # In a plan these keys are at the top level.
    is_plan = {"format_version", "planned_values"} <= set(fields(root))
    if not is_plan and not is_readable(root):
        return None
    _refuse_template(source, root, "plan" if is_plan else "state")
    return TerraformPlan(source, root, flaws) if is_plan else TerraformState(source, root, flaws)


def _refuse_template(source: Source, root: Node, kind: str) -> None:
    """Raise Problem for what is a template of CloudFormation too: whichever it was read as, the other would be hidden,
    and neither tool writes both."""
    key = next((name for name in _OF_TEMPLATES if name in fields(root)), None)
    if key is not None:
        span = root.key(key).span
        message = f"this is a {kind} of Terraform, and by {key} a template of CloudFormation; make two files of it"
        raise Problem(message, source.path, span.line, span.column)
