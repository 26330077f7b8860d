"""Patterns with `*`, `**` and `?`, for rule ids, addresses and paths. Nothing else in them is special.

Python's own `fnmatch` takes `b[0]` of a Terraform address for a set of characters, and a regular expression made of a
pattern can be made to run for hours; these can't.
"""

from __future__ import annotations

from collections.abc import Sequence


def is_literal(pattern: str) -> bool:
    """Whether the pattern can only mean one thing."""
    return "*" not in pattern and "?" not in pattern


def matches(pattern: str, text: str) -> bool:
    """Whether `text` as a whole fits: `*` stands for any characters, `?` for one."""
    return _fits(pattern, text, any_run="*", any_one="?")


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path, relative and with `/`, fits a pattern as .gitignore knows them, or lies in a folder that does.

    Without a slash the pattern is the name of a file or folder at any depth; with one it counts from the top. `*`
    stays within a name, `**` stands for any number of folders.
    """
    steps = [step for step in path.split("/") if step not in ("", ".")]
    wanted = [step for step in pattern.split("/") if step not in ("", ".")]
    while len(wanted) > 1 and wanted[-1] == "**":
        wanted.pop()
    if "/" not in pattern.rstrip("/"):
        return any(matches(wanted[0], step) for step in steps) if wanted else False
    return any(_path_fits(wanted, steps[:end]) for end in range(1, len(steps) + 1))


def _path_fits(wanted: Sequence[str], steps: Sequence[str]) -> bool:
    return _fits(wanted, steps, any_run="**", any_one="")


def _fits(pattern: Sequence[str], text: Sequence[str], *, any_run: str, any_one: str) -> bool:
    """Greedy matching that goes back to the last run only, so that it takes at most length times length steps."""
    at = place = 0
    run, resume = -1, 0
    while place < len(text):
        if at < len(pattern) and pattern[at] == any_run:
            run, resume = at, place
            at += 1
        elif at < len(pattern) and _one_fits(pattern[at], text[place], any_one):
            at += 1
            place += 1
        elif run >= 0:
            resume += 1
            at, place = run + 1, resume
        else:
            return False
    return all(step == any_run for step in pattern[at:])


def _one_fits(wanted: str, given: str, any_one: str) -> bool:
    return matches(wanted, given) if not any_one else wanted in (any_one, given)
