"""Findings in a module that others call: what holds by the default of a variable is the callers' business."""

from __future__ import annotations

from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace


def softened(finding: Finding) -> Finding:
    """A finding in a reusable module, as advice that names the variables whose defaults it holds by, if it does.

    A caller can set the variables of the module itself, and not those of the modules that it calls.
    """
    names = [name for name in finding.defaults if "." not in name]
    if not names:
        return finding
    return replace(finding, level="advice", deployment=f"unless the caller sets {' and '.join(names[:_MOST])}")


_MOST = 3
"""How many variables a finding names."""
