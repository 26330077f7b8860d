"""What a run says of findings that are advice, or are left out, since they are of no production."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from awslint_memo.judging.nonproduction import OfNoProduction
from awslint_memo.model.finding import LEVELS, Level
from awslint_memo.model.phrases import counted, listed_in_line

_LOWERED = 3
"""How many folders the notice about advice on what is of no production names."""


def told(counts: OfNoProduction, *, shows_advice: bool) -> list[str]:
    """The notices of how many errors and warnings are advice, and how many findings are left out: pieces of advice
    only where the run shows such."""
    notices = [*_lowered(counts.lowered), *_explained(counts.explained)]
    if counts.made:
        levels = Counter(counts.made)
        those = " and ".join(counted(levels[level], level) for level in LEVELS if levels[level])
        are, what = ("is", "it is") if len(counts.made) == 1 else ("are", "they are")
        notices.append(f"{those} {are} advice, as the manifest of an app says that the CDK makes what {what} about")
    advice = counts.left_out if shows_advice else 0
    if advice or counts.graver:
        pieces = ["1 piece of advice" if advice == 1 else f"{advice} pieces of advice"] if advice else []
        what = " and ".join([*([counted(counts.graver, "finding")] if counts.graver else []), *pieces])
        notices.append(f"{what} on what is of no production: left out (`environments: false` tells all)")
    if counts.replaced:
        values = "a default value" if counts.replaced == 1 else "default values"
        what = f"{counted(counts.replaced, 'finding')} by {values}"
        notices.append(f"{what} that files here replace: left out (`environments: false` tells all)")
    if counts.combined:
        what = f"{counted(counts.combined, 'piece')} of advice by other choices than the default values"
        notices.append(f"{what}: left out (`environments: false` tells all)")
    return notices


def _lowered(levels: Sequence[tuple[Level, str]]) -> Iterator[str]:
    """The notices of how many errors and warnings are advice. levels: of each, its level, and the folder, file or
    default value for which it is; empty if empty values are."""
    named = [one for one in levels if one[1]]
    if named:
        names = listed_in_line(list(dict.fromkeys(name for _, name in named)), _LOWERED)
        are = "is advice, as it is" if len(named) == 1 else "are advice, as they are"
        yield f"{_those(named)} {are} of no production: {names} (environments)"
    if empty := len(levels) - len(named):
        hold = "is advice, as it holds" if empty == 1 else "are advice, as they hold"
        yield f"{counted(empty, 'error')} {hold} by empty values only"


def _explained(levels: Sequence[tuple[Level, str]]) -> Iterator[str]:
    """The notice of how many errors and warnings are advice since comments explain them; the gravest are named."""
    if levels:
        told = sorted(levels, key=lambda one: LEVELS.index(one[0]))
        are = "is advice, as a comment explains it" if len(levels) == 1 else "are advice, as comments explain them"
        yield f"{_those(levels)} {are}: {listed_in_line([name for _, name in told], _LOWERED)}"


def _those(levels: Sequence[tuple[Level, str]]) -> str:
    """How many there are of each level: "1 error and 2 warnings"."""
    counts = Counter(level for level, _ in levels)
    return " and ".join(counted(counts[level], level) for level in LEVELS if counts[level])
