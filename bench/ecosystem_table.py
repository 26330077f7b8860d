"""The table of what two revisions say of public repositories, in Markdown.

`python bench/ecosystem_table.py FILE` prints it of a file that `bench.ecosystem --json` wrote. That file may be from a
change that nobody has read: only numbers, and texts that are shown as code, come out of it, and no more than a comment
may hold. It needs nothing but Python's own library.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

SAMPLES = 3
"""Findings that are shown of each rule and kind."""

MARK = "<!-- ecosystem -->"
"""The first line, by which the comment is known again."""

_MOST = 60_000
"""Characters of a comment; GitHub takes 65,536."""
_WIDEST = 300
_KINDS = ("new", "gone", "other level", "other words")

Finding = Mapping[str, Any]
Difference = tuple[str, str, Finding]
"""The kind of a difference, the repository, and the finding as it is, or as it was if it is gone."""


def differences(result: Mapping[str, Any]) -> Iterator[Difference]:
    """What differs in a repository, finding by finding; those that have one fingerprint are paired in their order."""
    repository, before = str(result["repository"]), _by_fingerprint(result["before"]["findings"])
    after = _by_fingerprint(result["after"]["findings"])
    for fingerprint in sorted({*before, *after}):
        then, now = before.get(fingerprint, []), after.get(fingerprint, [])
        yield from (("new", repository, finding) for finding in now[len(then) :])
        yield from (("gone", repository, finding) for finding in then[len(now) :])
        for old, new in zip(then, now, strict=False):
            if old["level"] != new["level"]:
                yield "other level", repository, {**new, "message": f"{old['level']} before: {new['message']}"}
            elif old["message"] != new["message"]:
                yield "other words", repository, {**new, "message": f"{new['message']} (before: {old['message']})"}


def _by_fingerprint(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda each: (str(each["path"]), int(each["line"]), str(each["message"]))):
        groups.setdefault(str(finding["fingerprint"]), []).append(finding)
    return groups


def table(results: Sequence[Mapping[str, Any]], samples: int = SAMPLES) -> str:
    """What differs in all repositories: counts by rule, what could not be compared, and samples."""
    whole = [each for each in results if not (each["before"]["failure"] or each["after"]["failure"])]
    found = [difference for each in whole for difference in differences(each)]
    before, after = (sum(len(each[side]["findings"]) for each in whole) for side in ("before", "after"))
    touched = len({repository for _, repository, _ in found})
    head = f"Repositories compared: {len(whole)}. Findings: {before} before, {after} after; "
    head += f"{len(found)} differ, in {touched} of the repositories."
    parts = [MARK, f"## Findings of public repositories\n\n{head}", *_counts(found, whole), *_failures(results)]
    return _bounded([*parts, *_samples(found, {str(each["repository"]): each for each in whole}, samples)])


def _counts(found: Sequence[Difference], whole: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not found:
        return
    by_rule: dict[str, Counter[str]] = {}
    for kind, _, finding in found:
        by_rule.setdefault(str(finding["rule"]), Counter())[kind] += 1
    sides = [
        Counter(str(one["rule"]) for each in whole for one in each[side]["findings"]) for side in ("before", "after")
    ]
    rows = ["| rule | before | after | new | gone | other level | other words |", "|" + " --- |" * 7]
    for rule, kinds in sorted(by_rule.items()):
        numbers = [*(side[rule] for side in sides), *(kinds[kind] for kind in _KINDS)]
        rows.append(f"| {_code(rule)} | {' | '.join(map(str, numbers))} |")
    yield "\n".join(rows)


def _failures(results: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What was not compared, and files that one revision alone can't read."""
    lines = []
    for each in results:
        sides = {side: each[side] for side in ("before", "after")}
        name = _code(each["repository"])
        failed = [f"{side}: {_code(one['failure'])}" for side, one in sides.items() if one["failure"]]
        lines += [f"- {name} was not compared: {', '.join(failed)}"] if failed else []
        errors = {side: set(map(str, one["errors"])) for side, one in sides.items()}
        for side, other in (("before", "after"), ("after", "before")):
            only = sorted(errors[side] - errors[other])
            lines += [f"- {name}, error {side} only: {_code(error)}" for error in only[:SAMPLES] if not failed]
    if lines:
        yield "\n".join(["### What could not be read", "", *lines])


def _samples(found: Sequence[Difference], whole: Mapping[str, Mapping[str, Any]], most: int) -> Iterator[str]:
    """Some findings of each rule and kind, of as many repositories as there are."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for difference in found:
        groups.setdefault((str(difference[2]["rule"]), difference[0]), []).append(difference)
    for (rule, kind), members in sorted(groups.items()):
        lines = [_sample(each, whole[each[1]]) for each in _spread(members)[:most]]
        more = [f"- and {len(members) - most} more"] if len(members) > most else []
        yield "\n".join([f"#### {_code(rule)}: {kind}", "", *lines, *more])


def _spread(members: Sequence[Difference]) -> list[Difference]:
    """The differences, first one of each repository, then a second one, and so on."""
    seen: Counter[str] = Counter()
    order = []
    for place, (_, repository, _) in enumerate(members):
        seen[repository] += 1
        order.append((seen[repository], place))
    return [members[place] for _, place in sorted(order)]


def _sample(difference: Difference, result: Mapping[str, Any]) -> str:
    _, repository, finding = difference
    place = f"{repository}@{str(result['commit'])[:12]} {finding['path']}:{int(finding['line'])}"
    return f"- {_code(place)} {_code(finding['level'])} {_code(finding['message'])}"


def _code(text: object) -> str:
    """A text as code that nothing in it ends, in printable ASCII and of a bounded length."""
    plain = str(text).encode("ascii", "backslashreplace").decode()
    shown = "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in plain).replace("`", "'")
    shown = shown.replace("|", "\\x7c").strip() or "-"
    return f"`{shown if len(shown) <= _WIDEST else shown[: _WIDEST - 3] + '...'}`"


def _bounded(parts: Sequence[str]) -> str:
    kept: list[str] = []
    size = 0
    for part in parts:
        size += len(part) + 2
        if size > _MOST:
            kept.append(f"{len(parts) - len(kept)} more parts are left out.")
            break
        kept.append(part)
    return "\n\n".join(kept) + "\n"


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), end="")
