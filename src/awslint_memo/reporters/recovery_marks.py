"""How the verdicts on objectives are shown, and which of them fail a run."""

from __future__ import annotations

from awslint_memo.relations.recovery import figures

MARKS = {
    "met": "✓",
    "typically-met": "~",
    "expected-met": "=",
    "typically-missed": "!",
    "expected-missed": "≠",
    "unmet": "✗",
    "unknown": "?",
}
ASCII = {**MARKS, "met": "ok", "expected-missed": "!=", "unmet": "NO"}
"""The marks where a terminal shows ASCII only."""

WORDS = {
    "met": "met",
    "typically-met": "typically met",
    "expected-met": "expected to be met",
    "typically-missed": "typically missed",
    "expected-missed": "expected to be missed",
    "unmet": "unmet",
    "unknown": "not told",
}
"""The verdicts in words, for counts."""

LEGEND = {
    "met": "met, by a bound or a drill",
    "typically-met": "met by what AWS documents as typical",
    "expected-met": "met by arithmetic",
    "typically-missed": "typically missed",
    "expected-missed": "missed by arithmetic",
    "unmet": "surely unmet",
    "unknown": "not told",
}
"""What the marks mean."""

FAILING = {
    "unmet": ("unmet",),
    "missed": figures.MISSED,
    "unknown": (*figures.MISSED, "unknown"),
    "never": (),
}
"""The verdicts that fail a run, by the value of the option."""
