"""Resources of Terraform of which nobody can tell any more whether there are any."""

from __future__ import annotations

import os

from awslint_memo.comparing.written_parts import Writings
from awslint_memo.files.files import Files
from awslint_memo.judging.comparison import Gone
from awslint_memo.judging.inventory import Inventory, name_of
from awslint_memo.model.deployment_words import IF_MADE
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record

_UNKNOWN_NOW = "whether count or for_each makes it is not known any more"


@record(frozen=True)
class Existence:
    """What there is to ask. past, files: the files of then and of now. then: what was looked at then."""

    past: Files
    files: Files
    then: Inventory

    def why_new(self, finding: Finding) -> str:
        """Why nobody can tell whether a finding is new: a default made none of its resource, and decides no more."""
        home = os.path.abspath(finding.home_path)
        was_off = (home, name_of(finding)) in self.then.off
        is_unknown = was_off and IF_MADE in (finding.deployment or "")
        return _UNKNOWN_NOW if is_unknown and self._is_as_written(finding) else ""

    def _is_as_written(self, finding: Finding) -> bool:
        """Whether the same is written of a resource of a root module."""
        path, address = finding.home_path, without_instance_keys(finding.resource)
        then, now = (Writings(files).block(path, address) for files in (self.past, self.files))
        return now is not None and then == now


def is_off(gone: Gone, now: Inventory) -> bool:
    """Whether the resource of a finding that seems gone is there, and the default of a variable makes none of it. now:
    what was looked at now."""
    name, folder = name_of(gone.finding), os.path.dirname(os.path.abspath(gone.finding.home_path))
    return gone.why == "resource" and any(each == name and os.path.dirname(path) == folder for path, each in now.off)
