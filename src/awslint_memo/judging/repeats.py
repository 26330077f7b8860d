"""Leaves out findings that a caller of a root module repeats, which the root module has by itself."""

from __future__ import annotations

from typing import TypeAlias

from awslint_memo.model.finding import LEVELS, Finding

_Key: TypeAlias = "tuple[str, object, str]"


def without_repeats(shown: list[Finding], unshown: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Both without those in modules that a root's own ones say of the same line, as grave at least.

    Both have the file, the rule and the property in common; the caller names the resource with the module before it.
    """
    if not any(map(_is_in_module, (*shown, *unshown))):
        return shown, unshown
    known: dict[_Key, list[Finding]] = {}
    for finding in (*shown, *unshown):
        if not _is_in_module(finding):
            for single in (finding, *finding.others):
                known.setdefault(_key(single), []).append(single)

    def is_repeat(finding: Finding) -> bool:
        if not _is_in_module(finding) or finding.others:
            return False
        return any(
            finding.name.endswith(f".{one.name}") and _grade(one) <= _grade(finding) and one.fail_on == finding.fail_on
            for one in known.get(_key(finding), ())
        )

    return [one for one in shown if not is_repeat(one)], [one for one in unshown if not is_repeat(one)]


def _is_in_module(finding: Finding) -> bool:
    return finding.name.startswith("module.")


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.home or finding.span, str(finding.route)


def _grade(finding: Finding) -> int:
    return LEVELS.index(finding.level or "advice")
