"""What Terraform or CloudFormation surely refuses since a revision, so that what was deployed stays as it was."""

from __future__ import annotations

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.judging.inventory import MODULES, Inventory
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem


@record
class Refusals:
    """What is refused in the files of now and was not in those of then.

    now, then: what was looked at, in runs that asked what Terraform refuses.
    """

    files: Files
    past: Files
    now: Inventory
    then: Inventory
    _known: dict[str, str] = field(default_factory=dict)

    def why(self, path: str) -> str:
        """What is refused of what is deployed with an absolute path, in words; empty if nothing is."""
        owners = self.now.owners
        mine = owners.get(path, set())
        if path.endswith(MODULES):
            return next(filter(None, map(self._of_terraform, sorted(mine))), "")
        beside = [each for each, others in owners.items() if not mine.isdisjoint(others)]
        return next(filter(None, map(self._of, sorted({path, *beside}))), "")

    def _of_terraform(self, owner: str) -> str:
        then = {key for key, _ in self.then.refused.get(owner, ())}
        return min((why for key, why in self.now.refused.get(owner, ()) if key not in then), default="")

    def _of(self, path: str) -> str:
        if path not in self._known:
            shown = path_from(path)
            then = _refused(self.past, shown)
            self._known[path] = next((why for key, why in _refused(self.files, shown).items() if key not in then), "")
        return self._known[path]


def _refused(files: Files, path: str) -> dict[str, str]:
    """Why a template is refused, by what it has in common with others of its kind."""
    from awslint_memo.readers.cloudformation.refused import refused
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
    from awslint_memo.readers.recognition import template

    try:
        found = template(files.read(path), files) if files.is_file(path) else None
        return dict(refused(found)) if isinstance(found, CloudFormationTemplate) else {}
    except Problem:
        return {}
