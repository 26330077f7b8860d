"""Mends an input of the fuzzing, and says why the outcome is not acceptable."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.fuzz_inputs import Input

from awslint_memo import api
from awslint_memo.judging.report import Report
from awslint_memo.reporters.difference import difference


def unfixed(made: Input, before: Report, chance: random.Random) -> Iterator[str]:
    """What is wrong with the mending of an input that could be linted; its files are changed."""
    options = {**made.options, "advice": True, "profile": "all"}
    fixed = api.fix(made.named, unsafe=chance.random() < 0.5, **options)
    if any(not one.reason for one in fixed.left):
        yield "a fix is not made and nothing says why"
    yield from (one.reason for one in fixed.left if one.reason.startswith("internal error"))
    if len(fixed.report.errors) > len(before.errors):
        yield "the mended file can't be read"
    difference(fixed, color=chance.random() < 0.5)
    if api.save(fixed):
        return
    again = api.lint(made.named, **options)
    if _told(again) != _told(fixed.report):
        new = sorted(_told(again) ^ _told(fixed.report))
        yield f"the saved file is judged otherwise: {new[:1]}"
    if fixed.made and len(again.findings) + len(again.errors) > len(before.findings) + len(before.errors):
        yield "mending brings more findings than it removes"


def _told(report: Report) -> set[tuple[str, str, str]]:
    return {
        *((one.rule, one.resource, one.message) for one in report.findings),
        *(("", one.path, one.message) for one in report.errors),
    }
