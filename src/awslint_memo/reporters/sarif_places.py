"""Places in SARIF: URIs from the repository's root, regions, fixes, and GitHub's fingerprints of lines."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache, partial
from operator import mul
from pathlib import Path
from struct import unpack
from typing import Any, TypeAlias
from urllib.parse import quote

from awslint_memo.fixes.suggestion import Suggestion
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible

BASE = "%SRCROOT%"
"""The base of relative URIs in SARIF."""


Locate: TypeAlias = "Callable[[str], dict[str, str]]"
"""Gives SARIF's artifactLocation for a path."""


def locator(home: str) -> Locate:
    """Gives what `artifact` does, worked out once for each path of one report."""
    return cache(partial(artifact, home=home))


def artifact(path: str, home: str) -> dict[str, str]:
    """SARIF's artifactLocation for a path, which is relative to the working folder.

    A path outside of `home` gives an absolute file URI.
    """
    # Not resolved: a symbolic link in the repository counts as a file of the repository.
    whole = Path(os.path.abspath(path))
    if whole.is_relative_to(home):
        # ":" is encoded too: in the first segment of a relative URI, the text before it would be a scheme.
        return {"uri": quote(os.fsencode(whole.relative_to(home).as_posix())), "uriBaseId": BASE}
    return {"uri": whole.as_uri()}


def in_repository(path: str, home: str) -> str:
    """The path of a file from the repository's top, with `/`; of one outside of it, the absolute path.

    Build servers want it so, whatever folder a run was started in.
    """
    whole = Path(os.path.abspath(path))
    return (whole.relative_to(home) if whole.is_relative_to(home) else whole).as_posix()


def region(span: Span) -> dict[str, int]:
    """SARIF's region of a span."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def fixes(suggestion: Suggestion | None, locate: Locate) -> dict[str, Any]:
    """The member `fixes` of a result; none if nothing can be changed in its files."""
    if suggestion is None or not suggestion.edits:
        return {}
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in suggestion.edits:
        replacement = {"deletedRegion": region(edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.span.path, []).append(replacement)
    why = f" ({suggestion.unsafe}, so a person should decide)" if suggestion.unsafe else ""
    artifacts = [{"artifactLocation": locate(path), "replacements": ones} for path, ones in changes.items()]
    return {"fixes": [{"description": {"text": visible(f"{suggestion.title}{why}")}, "artifactChanges": artifacts}]}


_UNITS = 100
_FACTOR = 37
_POWERS = [_FACTOR**power & 0xFFFF_FFFF_FFFF_FFFF for power in reversed(range(_UNITS))]
_END = "\uffff"
"""Marks the end of the file; zeros follow it."""
_WITHOUT_SPACE = {ord(" "): None, ord("\t"): None}


def fingerprints(lines: Sequence[str], numbers: Collection[int]) -> dict[int, str]:
    """The fingerprints of the `wanted` lines of a file, by line number from 1.

    The last item of `lines` is the text after the file's last line feed, which is often empty.
    """
    squeezed = "\n".join(lines).translate(_WITHOUT_SPACE).split("\n")
    whole = [row + "\n" for row in squeezed[:-1]] + [squeezed[-1] + _END]
    rows = [row.encode("utf-16-be", "surrogatepass") for row in whole]
    text = b"".join(rows)
    seen: Counter[bytes] = Counter()
    hashes: dict[int, str] = {}
    start = 0
    for number, row in enumerate(rows, 1):
        window = text[start : start + 2 * _UNITS]
        start += len(row)
        seen[window] += 1
        if number in numbers:
            hashes[number] = f"{_hash(window)}:{seen[window]}"
    return hashes


def _hash(window: bytes) -> str:
    units = unpack(f">{_UNITS}H", window.ljust(2 * _UNITS, b"\0"))
    return f"{sum(map(mul, units, _POWERS)) & 0xFFFF_FFFF_FFFF_FFFF:x}"
