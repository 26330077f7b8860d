"""Scripts and pages that a repository has for a failover, by their names: what they do is in no step of a runbook."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.scripts import Procedures
from awslint_memo.model.deployment import Deployment
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
    whole = family.deployment.declared.landscape
    others = set() if whole is None else whole.once(_templates) - {os.path.abspath(path) for path in paths}
    near = [each for each in found if any(_is_near(each, path) for path in paths) or _is_common(each, top, others)]
    if near:
        names = listed([relative(each, top) for each in near], NAMED)
        one = len(near) == 1
        yield (
            f"{names} may be for a failover, by {'its name' if one else 'their names'}: read"
            f" {'it' if one else 'them'} first, as what {'it does' if one else 'they do'} beside these steps was not"
            " read here."
        )


def _templates(every: Iterable[Sequence[Deployment]]) -> set[str]:
    """The paths of all templates of the run."""
    each = (deployment for deployments in every for deployment in deployments)
    return {os.path.abspath(resource.place.span.path) for one in each for resource in one.own.values()}


def _is_near(procedure: str, template: str) -> bool:
    """Whether a file is beside a template, or above it, or in a folder of documents or scripts there."""
    folder = os.path.dirname(os.path.abspath(procedure))
    return any(_is_below(template, each) for each in (folder, os.path.dirname(folder)))


def _is_common(procedure: str, top: str, others: Iterable[str]) -> bool:
    """Whether a file is in a folder two below the top, of a folder that has no template of another design."""
    above = os.path.dirname(os.path.dirname(os.path.abspath(procedure)))
    return os.path.dirname(above) == os.path.abspath(top) and not any(_is_below(other, above) for other in others)


def _is_below(path: str, folder: str) -> bool:
    return os.path.abspath(path).startswith(os.path.join(folder, ""))
