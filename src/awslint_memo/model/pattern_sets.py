"""Many patterns at once, as a configuration may have thousands: those without wildcards are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from awslint_memo.model.patterns import is_literal, matches, path_matches

T = TypeVar("T")


class NamePatterns:
    """Patterns of names with `*` and `?`, with the answers so far."""

    def __init__(self, patterns: Iterable[str]) -> None:
        every = list(patterns)
        self._literal = frozenset(filter(is_literal, every))
        self._others = [(pattern, _pieces(pattern)) for pattern in every if not is_literal(pattern)]
        self._known: dict[str, bool] = {}

    def match(self, name: str) -> bool:
        """Whether one of the patterns matches the whole name."""
        known = self._known.get(name)
        if known is None:
            may_fit = (pattern for pattern, pieces in self._others if _has(name, pieces))
            known = self._known[name] = name in self._literal or any(matches(pattern, name) for pattern in may_fit)
        return known


class PatternIndex(Generic[T]):
    """Things by the patterns of names that each has; one without patterns goes with every name.

    Patterns are looked up by what a name surely has: the whole name, its beginning, or its end.
    """

    def __init__(self, patterns: Iterable[tuple[T, Sequence[str]]]) -> None:
        self._things: list[T] = []
        self._literal: dict[str, list[int]] = {}
        self._beginning: dict[str, list[tuple[int, str]]] = {}
        self._ending: dict[str, list[tuple[int, str]]] = {}
        self._always: list[int] = []
        for number, (thing, own) in enumerate(patterns):
            self._things.append(thing)
            self._always += [] if own else [number]
            for pattern in own:
                self._add(number, pattern)
        self._lengths = [sorted({*map(len, by)}) for by in (self._beginning, self._ending)]
        self._known: dict[tuple[str, ...], list[T]] = {}

    def _add(self, number: int, pattern: str) -> None:
        if is_literal(pattern):
            self._literal.setdefault(pattern, []).append(number)
            return
        first, last, *_ = _pieces(pattern)
        by, piece = (self._beginning, first) if first or not last else (self._ending, last)
        by.setdefault(piece, []).append((number, pattern))

    def of(self, *names: str) -> list[T]:
        """The things of which a pattern matches one of the names, in their order."""
        if names not in self._known:
            fitting = {*self._always, *(number for name in names for number in self._fitting(name))}
            self._known[names] = [self._things[number] for number in sorted(fitting)]
        return self._known[names]

    def _fitting(self, name: str) -> Iterator[int]:
        yield from self._literal.get(name, ())
        beginnings, endings = self._lengths
        starts = (self._beginning.get(name[:length], ()) for length in beginnings if length <= len(name))
        ends = (self._ending.get(name[-length:], ()) for length in endings if length <= len(name))
        yield from (number for each in (*starts, *ends) for number, pattern in each if matches(pattern, name))


def _pieces(pattern: str) -> tuple[str, ...]:
    """The parts of a pattern without wildcards: the first, the last, and those between them."""
    first, *between = pattern.replace("?", "*").split("*")
    return (first, between[-1], *filter(None, between[:-1]))


def _has(name: str, pieces: Sequence[str]) -> bool:
    """Whether a name has what a pattern surely asks for; a quick look that leaves few."""
    return name.startswith(pieces[0]) and name.endswith(pieces[1]) and all(piece in name for piece in pieces[2:])


class PathPatterns:
    """Patterns of paths in the style of .gitignore, each with the folder that it is relative to."""

    def __init__(self, patterns: Sequence[tuple[str, str]]) -> None:
        self._names: dict[str, set[str]] = {}
        self._paths: dict[str, set[str]] = {}
        self._others: dict[str, list[str]] = {}
        for root, pattern in patterns:
            if root not in self._names:
                self._names[root], self._paths[root], self._others[root] = set(), set(), []
            steps = [step for step in pattern.split("/") if step not in ("", ".")]
            if not is_literal(pattern):
                self._others[root].append(pattern)
            elif "/" in pattern.rstrip("/"):
                self._paths[root].add("/".join(steps))
            elif steps:
                self._names[root].add(steps[0])

    def match(self, path: str, relative: Callable[[str, str], str]) -> bool:
        """Whether a path, or a folder above it, matches. relative: gives a path from a folder, with `/`."""
        return any(self._match_below(root, relative(path, root)) for root in self._names)

    def _match_below(self, root: str, below: str) -> bool:
        steps = [step for step in below.split("/") if step not in ("", ".")]
        if not self._names[root].isdisjoint(steps):
            return True
        if self._paths[root] and any("/".join(steps[:end]) in self._paths[root] for end in range(1, len(steps) + 1)):
            return True
        return any(path_matches(pattern, below) for pattern in self._others[root])


_MOST_KEPT = 64
_kept: dict[int, tuple[Sequence[tuple[str, str]], PathPatterns]] = {}


def path_patterns(patterns: Sequence[tuple[str, str]]) -> PathPatterns:
    """The patterns of a list, which is asked for each file; made once for the same list."""
    kept = _kept.get(id(patterns))
    if kept is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = _kept[id(patterns)] = patterns, PathPatterns(patterns)
    return kept[1]
