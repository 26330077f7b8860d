"""The file of a baseline: one finding a line in a fixed order, so that git merges what two branches add or remove.

It is YAML. Each line is read by itself as JSON, which YAML includes, so an error has its line and no line depends on
others; with `merge=union` in `.gitattributes` git needs no help at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
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
_VERSION = re.compile(r"version:\s*(\S+)\s*")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_TEXTS = ("rule", "root", "resource", "route", "fingerprint")
_AGAIN = "write it anew with --write-baseline"


def text_of(entries: Iterable[Entry]) -> str:
    """The text of a baseline."""
    lines = (f"- {without_secrets(json.dumps(_shown(one)))}\n" for one in sorted(entries))
    return _HEAD + "".join(lines)


def _shown(entry: Entry) -> dict[str, Any]:
    words = values(entry)
    order = ("root", "rule", "resource", "route", "count", "fingerprint")
    return {name: words[name] for name in order}


def entries_in(source: Source) -> list[Entry]:
    """The entries of a baseline. Of lines with the same fingerprint, which a merge may leave, the largest counts.

    Raises Problem, with the line, for a file that is none, or one of another version.
    """
    found: dict[str, Entry] = {}
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
            one = _entry(line, source.path, number) if is_begun else None
            if one is None:
                raise Problem(f"this line is no finding of a baseline; {_AGAIN}", source.path, number)
            found[one.fingerprint] = max(one, found.get(one.fingerprint, one), key=lambda each: each.count)
    if not is_begun:
        raise Problem(f"this is no baseline; {_AGAIN}", source.path)
    return list(found.values())


def _check_version(line: str, path: str, number: int) -> bool:
    match = _VERSION.fullmatch(line)
    if match is None:
        raise Problem(f"this is no baseline: it does not begin with its version; {_AGAIN}", path, number)
    if match[1] != str(VERSION):
        said = match[1] if len(match[1]) < 10 else f"{match[1][:9]}…"
        message = f"the baseline has version {said}, but this program reads {VERSION}; update the program, or {_AGAIN}"
        raise Problem(message, path, number)
    return True


def _entry(line: str, path: str, number: int) -> Entry | None:
    try:
        said = json.loads(line.removeprefix("- ")) if line.startswith("- ") else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    missing = next((name for name in _TEXTS if not isinstance(said.get(name), str)), None)
    count = said.get("count")
    if missing is not None:
        raise Problem(f"the entry has no {missing}; {_AGAIN}", path, number)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise Problem(f"count must be a whole number of at least 1; correct it, or {_AGAIN}", path, number)
    if _FINGERPRINT.fullmatch(said["fingerprint"]) is None:
        raise Problem(f"the fingerprint must be 16 digits of 0-9 and a-f; {_AGAIN}", path, number)
    return Entry(said["root"], said["rule"], said["resource"], said["route"], said["fingerprint"], count)
