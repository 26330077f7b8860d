"""Which files a path may name that has the name of the workspace in it, or a variable without value.

`file("${path.module}/config/${terraform.workspace}.yaml")` reads one of the files that are there: their names are
candidates for what is chosen at deployment, as the keys of a map are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Text, Value
from awslint_memo.readers.terraform.local_files import LocalFiles, NotReadError
from awslint_memo.readers.terraform.scopes import Scope

_MOST = 20
"""How many files may be there: more are no environments."""


def note_files(path: Value, place: Place, scope: Scope, local: LocalFiles) -> None:
    """Note what may be chosen for the one part of a path that is not known, if files are there for it."""
    parts = path.parts if isinstance(path, Text) else ()
    open_parts = [number for number, part in enumerate(parts) if part.text is None]
    if len(open_parts) != 1:
        return
    at = open_parts[0]
    before, after = ("".join(part.text or "" for part in some) for some in (parts[:at], parts[at + 1 :]))
    try:
        names = list(dict.fromkeys(_fitting(before, after, local)))
    except NotReadError:
        return
    if 0 < len(names) <= _MOST:
        scope.compared(parts[at], [Known(name, place) for name in names])


def _fitting(before: str, after: str, local: LocalFiles) -> Iterator[str]:
    """What stands between two texts in the paths of files that exist."""
    folder, start = os.path.split(before)
    end, is_inside, inner = after.partition("/")
    here = local.path(folder or os.curdir)
    for name in local.files.listing(here).folders if is_inside else local.files.names(here):
        filled = name[len(start) : len(name) - len(end)] if name.startswith(start) and name.endswith(end) else ""
        if filled and (not is_inside or local.files.is_file(os.path.join(here, name, inner))):
            yield filled
