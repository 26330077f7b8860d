"""Findings in modules that several roots call: those that a root has by itself too, and those of one caller only."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import TypeAlias

from awslint_memo.model.deployment_words import IF_MADE
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Template

_Key: TypeAlias = "tuple[str, object, str, str]"


def without_repeats(
    shown: list[Finding], unshown: list[Finding]
) -> tuple[list[Finding], list[Finding], frozenset[str]]:
    """Both without those in modules that a root's own ones say of the same line, as grave at least, and the shown ones
    each once: a folder may be a root of Terragrunt and of Terraform.

    Both have the file, the rule and the property in common; the caller names the resource with the module before it.
    The last that it returns are the fingerprints of what is left out.
    """
    every = *shown, *unshown
    shown, unshown = _once(shown, unshown)
    kept = {id(finding) for finding in (*shown, *unshown)}
    left = {finding.fingerprint for finding in every if id(finding) not in kept}
    told = {finding.fingerprint for finding in (*shown, *unshown)} if left else set()
    return shown, unshown, frozenset(left - told)


def _once(shown: list[Finding], unshown: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    shown = list({_whole(finding): finding for finding in shown}.values())
    shown = _without_lesser(shown)
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


def _without_lesser(shown: list[Finding]) -> list[Finding]:
    """The findings without those that hold in less than another one of the same line, which is as grave at least: of no
    production, unless a caller decides otherwise, or if there is an instance."""
    if not any(map(_is_less_sure, shown)):
        return shown
    sure: dict[_Key, int] = {}
    for finding in shown:
        if not _is_less_sure(finding):
            key = _key(finding)
            sure[key] = min(_grade(finding), sure.get(key, len(LEVELS)))
    return [one for one in shown if not _is_less_sure(one) or sure.get(_key(one), len(LEVELS)) > _grade(one)]


_OF_CALLERS = "unless the caller sets "


def _is_less_sure(finding: Finding) -> bool:
    only = finding.deployment or ""
    is_less = finding.level == "advice" and (finding.is_less or only.startswith(_OF_CALLERS))
    return not finding.others and (is_less or only.startswith(IF_MADE))


class Callers:
    """The roots in whose deployments each file of Terraform is, by its absolute path and by the roots' folders."""

    def __init__(self) -> None:
        self._roots: dict[str, set[str]] = {}
        self.reached: set[str] = set()
        """The absolute paths of the files that were checked as a part of a deployment so far, of any language."""

    def see(self, template: Template, reached: Collection[str]) -> None:
        """Note the files in the deployments of a template, by their absolute paths."""
        self.reached.update(reached)
        if template.language == "terraform":
            folder = os.path.dirname(os.path.abspath(template.source.path))
            for path in reached:
                self._roots.setdefault(path, set()).add(folder)

    def marked(self, findings: list[Finding]) -> list[Finding]:
        """The findings, those marked that stand in a module of which several roots call the file."""
        return [replace(one, is_shared=True) if self._is_shared(one) else one for one in findings]

    def _is_shared(self, finding: Finding) -> bool:
        if not _is_in_module(finding):
            return False
        path, shown = os.path.abspath(finding.home_path), os.path.abspath(finding.path)
        roots = self._roots.get(path, set()) - {os.path.dirname(path)}
        # A line of a root says itself which one it is.
        return len(roots) > 1 and os.path.dirname(shown) not in roots


def _is_in_module(finding: Finding) -> bool:
    return finding.name.startswith("module.")


def _key(finding: Finding) -> _Key:
    return finding.rule, finding.home or finding.span, str(finding.route), finding.apart


def _whole(finding: Finding) -> tuple[object, ...]:
    """What tells a finding from others in a report."""
    return finding.rule, finding.root, finding.name, finding.span, finding.message, finding.deployment, finding.level


def _grade(finding: Finding) -> int:
    return LEVELS.index(finding.level or "advice")
