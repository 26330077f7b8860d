"""The edits of a finding, which may be refused by what the finding itself is."""

from __future__ import annotations

from awslint_memo.fixes.edit import Edit, Refused
from awslint_memo.fixes.places import Editor
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Addition, Fix


def edits_of(finding: Finding, editor: Editor) -> dict[str, list[Edit]]:
    """The edits by file. Raises Refused; a resource is added only for what all deployments lack."""
    fix = finding.fix or Fix(())
    if finding.chosen and any(isinstance(one, Addition) for one in fix.changes):
        raise Refused(f"it holds {finding.deployment or 'in some deployments only'}; add what is missing by hand")
    return editor.edits(fix)
