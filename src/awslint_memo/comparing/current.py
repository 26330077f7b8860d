"""The run of now, as far as another landscape has to be judged like it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source
from awslint_memo.judging.reading import STANDARD_INPUT
from awslint_memo.judging.report import Report
from awslint_memo.judging.run import Run
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.settings.loading import Nearest

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage

Prepare: TypeAlias = "Callable[..., Run]"
"""Makes a run like the one of now of other files, settings and standard input."""

Bounds: TypeAlias = "Callable[..., Root]"
"""Makes what may be opened of the `disk` that it is given."""


@record(frozen=True)
class Current:
    """The request of the run of now, and what it needed.

    nearest: the settings of now; load: loads those that other files have. values: the files with values that the user
    named. validates: whether cfn-lint found things too. gate: whether what is looked at is compared too; None: if a
    policy stands, now or then. baseline: the path of the known findings; empty if there are none.
    """

    paths: Sequence[str]
    files: Files
    nearest: Nearest
    load: Callable[[Files], Nearest]
    values: Sequence[str]
    standard_input: Source | None
    shows_advice: bool
    prepare: Prepare
    bounds: Bounds
    validates: bool = False
    gate: bool | None = None
    baseline: str = ""


def report_of(
    current: Current,
    files: Files,
    nearest: Nearest,
    more: Sequence[str] = (),
    *,
    coverage: Coverage | None = None,
    only: Collection[str] = (),
) -> Report:
    """The report of the files of another time. more: the paths of further ones. coverage: receives what is checked.

    only: the ids of the rules that are applied; empty: all that are so now.
    """
    given = current.standard_input
    there = given is not None and files.is_file(given.path)
    paths = [path for path in current.paths if path != STANDARD_INPUT or there]
    if current.paths and not paths:
        return Report()
    source = files.read(given.path) if given is not None and there else None
    return current.prepare(files, nearest, source, coverage=coverage, only=only).report([*paths, *more])


def coverage_of(current: Current, files: Files, nearest: Nearest, rules: Collection[str]) -> Coverage:
    """What the checks of some rules, by their ids, were given in the files of another time; no others are applied."""
    from awslint_memo.judging.coverage import Coverage

    coverage = Coverage(followed=frozenset(rules))
    report_of(current, files, nearest, coverage=coverage, only=rules)
    return coverage


def top_of(current: Current, words: str) -> str:
    """The top of the repository of all paths to lint."""
    given = None if current.standard_input is None else current.standard_input.path
    paths = [given or path if path == STANDARD_INPUT else path for path in current.paths or [""]]
    folders = [path if os.path.isdir(path or os.curdir) else os.path.dirname(path) for path in paths]
    tops = list(dict.fromkeys(str(current.files.root_above(os.path.join(folder, "_"))) for folder in folders))
    if len(tops) > 1:
        where = listed([path_from(top) for top in tops])
        raise LookupError(f"--against {words}: the paths are in several repositories ({where}); compare one at a time")
    return tops[0]
