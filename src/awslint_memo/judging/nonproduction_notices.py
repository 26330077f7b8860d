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
    notices = [*_lowered(counts.lowered, counts.blank if shows_advice else 0), *_lessened(counts)]
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


def _lowered(levels: Sequence[tuple[Level, str]], blank: int) -> Iterator[str]:
    """The notices of how many errors and warnings are advice. levels: of each, its level, and the folder, file or
    default value for which it is; empty if empty values are. blank: how many of those are left out."""
    named = [one for one in levels if one[1]]
    if named:
        names = listed_in_line(list(dict.fromkeys(name for _, name in named)), _LOWERED)
        are = "is advice, as it is" if len(named) == 1 else "are advice, as they are"
        yield f"{_those(named)} {are} of no production: {names} (environments)"
    if empty := len(levels) - len(named):
        hold = "is advice, as it holds" if empty == 1 else "are advice, as they hold"
        which = "it" if blank == 1 else "them"
        more = f"; {blank} beside others of the same values: left out (--profile all tells {which})"
        yield f"{counted(empty, 'error')} {hold} by empty values only{more if blank else ''}"


_BY_COMMENT = ("as a comment explains it", "as comments explain them")
_BY_MANIFEST = (
    "as the manifest of an app says that the CDK makes what it is about",
    "as the manifest of an app says that the CDK makes what they are about",
)


def _lessened(counts: OfNoProduction) -> Iterator[str]:
    """The notices of how many errors and warnings are advice since comments explain them, or since the CDK makes what
    they are about; the gravest are named."""
    for reason, words in (("comment", _BY_COMMENT), ("made", _BY_MANIFEST)):
        levels = [(level, name) for level, why, name in counts.lessened if why == reason]
        if levels:
            names = [name for _, name in sorted(levels, key=lambda one: LEVELS.index(one[0]))]
            are = f"is advice, {words[0]}" if len(levels) == 1 else f"are advice, {words[1]}"
            yield f"{_those(levels)} {are}: {listed_in_line(names, _LOWERED)}"


def _those(levels: Sequence[tuple[Level, str]]) -> str:
    """How many there are of each level: "1 error and 2 warnings"."""
    counts = Counter(level for level, _ in levels)
    return " and ".join(counted(counts[level], level) for level in LEVELS if counts[level])
