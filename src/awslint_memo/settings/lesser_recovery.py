"""What a configuration takes away from the objectives of recovery that there would be without it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.lesser_objectives import asks_less
from awslint_memo.model.objectives import Application, Elsewhere, Layer, Objectives, Recovery
from awslint_memo.model.phrases import listed_in_line
from awslint_memo.model.record import replace

_NAMED = 3


def lessened(recovery: Recovery | None, before: Recovery | None) -> Iterator[str]:
    """How objectives ask for less than those of before (None: none), a phrase for each way.

    Backups that no template shows count as less too: nobody can see whether there are any.
    """
    if recovery is None:
        if before is not None:
            yield "no objectives of recovery"
        return
    known = before or Recovery(Layer({}, ""))
    if asks_less(_all(recovery.layer), _all(known.layer)):
        yield "lesser objectives of recovery"
    others = [_bare(each) for each in known.applications]
    mine = [_bare(each) for each in recovery.applications]
    less = [each.name for each in recovery.applications if _bare(each) not in others and _is_less(each, recovery.layer)]
    less += [each.name for each in known.applications if _bare(each) not in mine]
    if less:
        yield f"other objectives of {listed_in_line(list(dict.fromkeys(less)), _NAMED)} (recovery.applications)"
    if {_of_nowhere(each) for each in recovery.elsewhere} - {_of_nowhere(each) for each in known.elsewhere}:
        yield "backups that no template shows (recovery.elsewhere)"
    if set(recovery.opted_in) - set(known.opted_in):
        yield "services that AWS Backup is said to back up (recovery.backup-opt-in)"
    yield from _facts(recovery, known)


def without_less(recovery: Recovery, before: Recovery | None) -> Recovery | None:
    """The objectives for all, with those of before for some; None if even these ask for less."""
    known = before or Recovery(Layer({}, ""))
    bare = replace(recovery, applications=known.applications, elsewhere=known.elsewhere, opted_in=known.opted_in)
    return None if any(lessened(bare, before)) else bare


def _facts(recovery: Recovery, known: Recovery) -> Iterator[str]:
    if known.complete and not recovery.complete:
        yield "recovery.complete is false"
    if known.regions and recovery.regions != known.regions:
        yield "other recovery.regions"
    if known.tag_names and recovery.tag_names != known.tag_names:
        yield "other recovery.tag-names"


def _all(layer: Layer) -> Objectives:
    return Objectives([layer])


def _is_less(application: Application, top: Layer) -> bool:
    return asks_less(Objectives([top, application.layer]), Objectives([top]))


def _bare(application: Application) -> Application:
    return replace(application, layer=replace(application.layer, place=""))


def _of_nowhere(backups: Elsewhere) -> tuple[object, ...]:
    tags: Sequence[object] = sorted(backups.tags.items())
    return backups.every, backups.keep, backups.copies, backups.types, tuple(tags)
