"""Findings in a module that others call: what holds by the default of a variable is the callers' business."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.finding import Finding
from awslint_memo.model.reads import Reads
from awslint_memo.model.record import replace


def softened(finding: Finding, reads: Reads) -> Finding:
    """A finding in a reusable module, as advice that names the variables whose defaults it holds by, if it does.

    reads: what its check was given. A finding about the whole resource is about what is absent there.
    """
    names = _of_module(finding.defaults)
    if not finding.route:
        absent = (value for (name, _), value in reads.values.items() if name == finding.name and value.is_absent)
        names += [name for value in absent for name in _of_module(value.origin.defaults) if name not in names]
    if not names:
        return finding
    return replace(finding, level="advice", deployment=f"unless the caller sets {' and '.join(names[:_MOST])}")


_MOST = 3
"""How many variables a finding names."""


def _of_module(names: Iterable[str]) -> list[str]:
    """Those that a caller can set: the variables of the module itself, and not of those that it calls."""
    return [name for name in dict.fromkeys(names) if "." not in name]
