"""Lists of downloaded modules that git keeps: what they say is not what `terraform init` takes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from awslint_memo.files.disk import path_from
from awslint_memo.files.left_out import module_folders
from awslint_memo.files.revision import Revision
from awslint_memo.judging.inventory import Inventory
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.readers.terraform.directories import LIST, kept_places

_BY_LIST: Final = (
    "git keeps {}, which came or changed, and terraform init may take other modules than it lists; keep it out of git"
)


@record(frozen=True)
class CommittedModules:
    """The lists of downloaded modules in the index. then, now: what was looked at at the revision, and now."""

    revision: Revision
    then: Inventory
    now: Inventory

    def changed(self, path: str) -> str:
        """Says that a list of modules of a file's template, or what it lists in its folder, came or changed since the
        revision; empty if none did. path: absolute, of a file of now or then."""
        lists = self._lists
        owners = {*self.now.owners.get(path, ()), *self.then.owners.get(path, ())} if lists else ()
        listed = next((lists[owner] for owner in owners if owner in lists), "")
        return _BY_LIST.format(listed) if listed else ""

    @cached_property
    def _lists(self) -> Mapping[str, str]:
        """What came or changed, by template."""
        folders: dict[str, set[str]] = {}
        for file, owners in self.now.owners.items():
            folders.setdefault(os.path.dirname(file), set()).update(owners)
        found: dict[str, str] = {}
        for folder, owners in sorted(folders.items()):
            lists = (os.path.join(folder, below, LIST) for below in module_folders())
            changed = next((self._changed(path) for path in lists if os.path.isfile(path)), "")
            found |= dict.fromkeys(owners, changed) if changed else {}
        return found

    def _changed(self, listed: str) -> str:
        """What came or changed of a list; empty if nothing did."""
        top = self.revision.git.top
        for place in kept_places(listed):
            below = path_from(place, top).replace(os.sep, "/")
            for path, is_new in self.revision.changed.items():
                if is_new and (path == below or path.startswith(f"{below}/")):
                    return self.revision.place(path)
        return ""
