"""The file of a baseline: YAML with one finding a line in a fixed order, so that git merges what two branches add or
remove.

Each line is read by itself as JSON, which YAML includes, so an error has its line and no line depends on others; with
`merge=union` in `.gitattributes` git needs no help at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.judging.report import Entry
from awslint_memo.model.record import values
from awslint_memo.model.secret import without_secrets
from awslint_memo.model.span import Problem

VERSION = 1

_HEAD = f"""\
# Findings that are known, so that `awslint-memo lint --baseline` does not report them; one a line.
# `--write-baseline` writes this file, `--prune-baseline` takes out what is mended.
version: {VERSION}
findings:
"""
_BESIDE = "# no finding: "
"""How a line begins that names a resource without findings; older versions pass over it."""

_VERSION = re.compile(r"version:\s*(\S+)\s*")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_TEXTS = ("rule", "root", "resource", "route", "fingerprint")
_MEMBERS = ("root", "rule", "resource", "route", "count", "fingerprint")
_MORE = ("type", "called", "like", "home")
"""What an entry may have besides; older versions pass over it."""

_AGAIN = "write it anew with --write-baseline"


def text_of(entries: Iterable[Entry], beside: Iterable[tuple[str, str]] = ()) -> str:
    """The text of a baseline. beside: the roots and names of the resources without findings that look like others."""
    lines = [f"- {without_secrets(json.dumps(_shown(entry)))}\n" for entry in sorted(entries)]
    others = ({"root": root, "resource": name} for root, name in sorted(beside))
    return _HEAD + "".join([*lines, *(f"{_BESIDE}{without_secrets(json.dumps(other))}\n" for other in others)])


def beside_in(source: Source) -> set[tuple[str, str]]:
    """The roots and names of the resources without findings that a baseline names."""
    found = set()
    for line in source.lines:
        if line.startswith(_BESIDE):
            try:
                members = json.loads(line.removeprefix(_BESIDE))
                found.add((str(members["root"]), str(members["resource"])))
            except (ValueError, RecursionError, TypeError, KeyError):
                continue  # A comment that somebody wrote is none of ours.
    return found


def _shown(entry: Entry) -> dict[str, Any]:
    words = values(entry)
    return {name: words[name] for name in _MEMBERS} | {name: words[name] for name in _MORE if words[name]}


def entries_in(source: Source) -> list[Entry]:
    """The entries of a baseline. Of lines with the same fingerprint, which a merge may leave, the largest counts.

    Raises Problem, with the line, for a file that is none, or one of another version.
    """
    entries: dict[str, Entry] = {}
    is_versioned = is_begun = False
    for number, line in enumerate(source.lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(_CONFLICT):
            raise Problem("this is a conflict of git; keep the lines of both sides", source.path, number)
        if not is_versioned:
            is_versioned = _check_version(line, source.path, number)
        elif not is_begun and line.rstrip() in ("findings:", "findings: []"):
            is_begun = True
        else:
            entry = _entry(line, source.path, number) if is_begun else None
            if entry is None:
                raise Problem(f"this line is no finding of a baseline; {_AGAIN}", source.path, number)
            entries[entry.fingerprint] = max(entry, entries.get(entry.fingerprint, entry), key=lambda each: each.count)
    if not is_begun:
        raise Problem(f"this is no baseline; {_AGAIN}", source.path)
    return list(entries.values())


def _check_version(line: str, path: str, number: int) -> bool:
    match = _VERSION.fullmatch(line)
    if match is None:
        raise Problem(f"this is no baseline: it does not begin with its version; {_AGAIN}", path, number)
    if match[1] != str(VERSION):
        version = match[1] if len(match[1]) < 10 else f"{match[1][:9]}…"
        message = (
            f"the baseline has version {version}, but this program reads {VERSION}; update the program, or {_AGAIN}"
        )
        raise Problem(message, path, number)
    return True


def _entry(line: str, path: str, number: int) -> Entry | None:
    try:
        members = json.loads(line.removeprefix("- ")) if line.startswith("- ") else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(members, dict):
        return None
    missing = next((name for name in _TEXTS if not isinstance(members.get(name), str)), None)
    count = members.get("count")
    if missing is not None:
        raise Problem(f"the entry has no {missing}; {_AGAIN}", path, number)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise Problem(f"count must be a whole number of at least 1; correct it, or {_AGAIN}", path, number)
    if _FINGERPRINT.fullmatch(members["fingerprint"]) is None:
        raise Problem(f"the fingerprint must be 16 digits of 0-9 and a-f; {_AGAIN}", path, number)
    return Entry(**{name: members[name] for name in _TEXTS}, count=count, **_described(members))


def _described(members: Mapping[str, Any]) -> dict[str, str]:
    """What an entry says of its resource; nothing if a part of that is of another kind."""
    texts = {name: members.get(name, "") for name in _MORE}
    return texts if all(isinstance(each, str) for each in texts.values()) else {}
