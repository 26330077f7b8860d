"""Finds what a change of one resource silently costs another: a finding that is gone though nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bench.fuzz_canary import Kept
from bench.fuzz_inputs import Input
from bench.fuzz_mutations import plain

from awslint_memo import api
from awslint_memo.judging.report import Report

PERHAPS = "perhaps lost"
"""How a loss begins that may be right: what is not known of one resource may concern another one."""


def losses(report: Report, made: Input) -> Iterator[str]:
    """What is silently lost in an input."""
    said = _said(report)
    reported = {(one.rule, one.resource) for one in (*report.findings, *(one.finding for one in report.suppressed))}
    if not said:
        yield from (f"lost: {rule} on {resource}" for rule, resource in sorted(made.kept - reported))
        yield from _passed_over(report, made)
    if made.original is not None and made.named:
        before, told = _before(*made.original, made.named[0])
        lost = sorted(before - reported)
        if lost and said <= told:
            yield f"{PERHAPS}: {lost[0][0]} on {lost[0][1]}"


def _said(report: Report) -> frozenset[str]:
    """What explains a finding that is gone."""
    return frozenset((*(one.message for one in report.errors), *report.notices))


@lru_cache(maxsize=5_000)
def _before(original: bytes, alone: bytes, name: str) -> tuple[Kept, frozenset[str]]:
    """The findings that the copy has alone and beside what is changed, and what is said about it."""
    path = str(Path(name).resolve())
    one, both = (
        api.lint([path], advice=True, profile="all", unsaved={path: text.decode()}) for text in (alone, original)
    )
    found = [frozenset((one.rule, one.resource) for one in report.findings) for report in (one, both)]
    return found[0] & found[1], _said(one) | _said(both)


def _passed_over(report: Report, made: Input) -> Iterator[str]:
    """The resources of a template that are neither counted nor named in anything that is said."""
    if report.coverage is None or len(made.files) != 1 or not made.named[0].endswith(("t.json", "t.yaml")):
        return
    data = plain(made.files[made.named[0]].decode("utf-8", "replace"))
    resources = data.get("Resources") if isinstance(data, dict) else None
    seen = {name for _, name in report.coverage.resources}
    for name, one in resources.items() if isinstance(resources, dict) else ():
        # What has a condition may never be there, and what has a mapping as its type is made by another tool.
        is_left_out = isinstance(one, dict) and ("Condition" in one or isinstance(one.get("Type"), dict))
        if isinstance(name, str) and name.isalnum() and name not in seen and not is_left_out:
            yield f"passed over: {name}: {str(one)[:60]}"
