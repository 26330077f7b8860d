"""Matches patterns with `*`, `**` and `?` against rule ids, addresses and paths. No other character is special.

`fnmatch` would read `b[0]` in a Terraform address as a set of characters, and a pattern that is converted to a regular
expression could take exponential time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from awslint_memo.model.regex import regex

_INSTANCE_KEY = regex(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]', re.DOTALL)


def is_literal(pattern: str) -> bool:
    """Whether the pattern has no wildcards."""
    return "*" not in pattern and "?" not in pattern


def matches(pattern: str, text: str) -> bool:
    """Whether the whole `text` matches: `*` matches any number of characters, `?` exactly one."""
    if is_literal(pattern):
        return pattern == text
    return _fits(pattern, text, any_run="*", any_one="?")


def without_instance_keys(address: str) -> str:
    """A Terraform address without the keys of `count` and `for_each`: "module.m.aws_sqs_queue.q" of "…m[0].…q["a"]"."""
    return _INSTANCE_KEY.sub("", address)


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path (relative, with `/`) or a folder above it matches a pattern in the style of .gitignore.

    A pattern without a slash is compared with the name of the file and of every folder above it; one with a slash is
    compared with the whole path. `*` does not match a slash; `**` matches any number of folders.
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
    """Match with backtracking to the last wildcard only, so that the time is at most quadratic."""
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


def is_of_cfn_lint(pattern: str) -> bool:
    """Whether the id or pattern of a rule is one of cfn-lint's: "E3002", "W*"."""
    rest = pattern[1:].removesuffix("*")
    is_number = len(rest) <= 4 and all(one in "0123456789?" for one in rest)
    return pattern[:1] in ("E", "W", "I") and len(pattern) > 1 and is_number
