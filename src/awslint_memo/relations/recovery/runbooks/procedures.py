"""Scripts and pages that a repository has for a failover, by their names: what they do is in no step of a runbook."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.scripts import Procedures
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.runbooks.tasks import NAMED


def notes(sides: Sides) -> Iterator[str]:
    """Which of them are near what a runbook is for, in words."""
    family = sides.family
    every = (family.deployment, *(kin.deployment for kin in family.kin))
    paths = list(dict.fromkeys(each.place.span.path for one in every for each in one.own.values()))
    beside = family.deployment.beside
    if not paths or not isinstance(beside, FilesBeside):
        return
    top = beside.files.root_above(paths[0])
    found = beside.files.once(Procedures(top))
    near = [each for each in found if any(_is_near(each, path, top) for path in paths)]
    if near:
        names = listed([relative(each, top) for each in near], NAMED)
        one = len(near) == 1
        yield (
            f"{names} may be for a failover, by {'its name' if one else 'their names'}: read"
            f" {'it' if one else 'them'} first, as what {'it does' if one else 'they do'} beside these steps was not"
            " read here."
        )


def _is_near(procedure: str, template: str, top: str) -> bool:
    """Whether a file is beside a template, or above it, or in a folder of documents or scripts there: not in that of
    another design."""
    folder = os.path.dirname(os.path.abspath(procedure))
    above = os.path.dirname(folder)
    home = os.path.abspath(template)
    is_near = any(home.startswith(os.path.join(each, "")) for each in (folder, above))
    return is_near or os.path.dirname(above) == os.path.abspath(top)
