"""What configurations leave out of walks over folders, and what policies don't let them leave out."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.record import record


@record(frozen=True)
class Patterns:
    """What a configuration leaves out of walks: path patterns, each with the folder that it is relative to.

    `exclude` leaves out files and folders; `include` searches folders that are skipped by default. place: where exclude
    stands. guards: the policies that don't let everything be excluded.
    """

    exclude: Sequence[tuple[str, str]] = ()
    include: Sequence[tuple[str, str]] = ()
    place: str = ""
    guards: Sequence[Guard] = ()


@record(frozen=True)
class Guard:
    """A policy that locks rules. free: path patterns of what may be excluded, each with its folder."""

    name: str
    free: Sequence[tuple[str, str]] = ()
