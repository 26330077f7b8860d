"""The time after a loss on the page: when each task of a runbook begins and ends, against the objective."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from awslint_memo.model.durations import compact
from awslint_memo.relations.recovery.runbooks.runbooks import Bar, Runbook
from awslint_memo.reporters import runbook_words as words
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.html.markup import EMPTY, LINE_END, Markup, element, joined, listed

_NAMES, _WIDE, _ROOM, _ROW, _TOP = 270, 460, 110, 30, 34
"""The width of the names, of the scale and of what stands right of it, the height of a row, and of what is above."""

_LONGEST = 40
"""The characters of a name that are shown."""

_STEPS = (1, 5, 15, 30, 60, 300, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800, 2592000)
"""Seconds between two marks of the scale; above, so many times the last."""

_MARKS = 6
"""At most so many marks."""

_NEAR = 26
"""So near to the objective no mark is written."""

_SHORTEST = 2.5
"""The least width of a bar."""


def timeline(runbook: Runbook) -> Markup:
    """The tasks in time, as a picture and in words."""
    bars = [bar for bar in runbook.bars if bar.task.phase not in ("decide", "check")]
    if not bars:
        return _steps(runbook) if runbook.questions else EMPTY
    picture = element(
        "div", _picture(runbook, bars), class_="scroll", tabindex=0, role="region", aria_label=_label(runbook)
    )
    return joined(element("p", words.time(runbook)), picture, _steps(runbook))


def _label(runbook: Runbook) -> str:
    return f"Time until {runbook.name} is back"


def _picture(runbook: Runbook, bars: Sequence[Bar]) -> Markup:
    rto = None if runbook.rto is None else runbook.rto[0]
    longest = max(runbook.known, rto or 0, 60) * 1.04
    high = _TOP + len(bars) * _ROW + 8
    parts = [*_scale(longest, high, rto), *(_bar(bar, number, longest) for number, bar in enumerate(bars))]
    if rto is not None:
        parts.append(_objective(rto, longest, high))
    wide = _NAMES + _WIDE + _ROOM
    sentences = [f"{bar.task.step.what}: {_takes(bar)}" for bar in bars]
    asked_for = "" if rto is None else f" The objective is {compact(rto)}."
    return element(
        "svg",
        element("title", f"{_label(runbook)}.{asked_for} {'; '.join(map(visible, sentences))}."),
        *parts,
        viewBox=f"0 0 {wide} {high}",
        width=wide,
        height=high,
        role="img",
        class_="picture timeline",
    )


def _takes(bar: Bar) -> str:
    who = "a person" if bar.task.step.by_person else "AWS"
    return f"{words.takes(bar.task)} ({who})"


def _at(seconds: float, longest: float) -> float:
    return round(_NAMES + seconds / longest * _WIDE, 1)


def _scale(longest: float, high: int, rto: float | None) -> Iterator[Markup]:
    """Marks below the names of times, so many that they can be read."""
    times = math.ceil(longest / _MARKS / _STEPS[-1])
    step = next((step for step in _STEPS if longest / step <= _MARKS), times * _STEPS[-1])
    for number in range(int(longest // step) + 1):
        x = _at(number * step, longest)
        if rto is None or abs(_at(rto, longest) - x) >= _NEAR:
            line = element("path", d=f"M{x:g} {_TOP - 6}V{high - 4}")
            text = element("text", compact(number * step), x=x, y=_TOP - 12, text_anchor="middle")
            yield element("g", line, text, class_="mark")


def _bar(bar: Bar, number: int, longest: float) -> Markup:
    y = _TOP + number * _ROW
    start, end = _at(bar.start, longest), _at(bar.end, longest)
    name = visible(bar.task.step.what)
    name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    is_told = bar.task.seconds is not None
    wide = max(end - start, _SHORTEST) if is_told else 56
    label = _takes(bar)
    x = start + wide + 6
    # Beside a late bar there is no room.
    is_left = x > _NAMES + _WIDE + _ROOM - 6.2 * len(label)
    text = element(
        *("text", label),
        x=start - 6 if is_left else x,
        y=y + 18,
        text_anchor="end" if is_left else "start",
        class_="takes",
    )
    return element(
        "g",
        element("title", visible(bar.task.step.what)),
        element("text", name, x=0, y=y + 18, class_="name"),
        element("rect", x=start, y=y + 6, width=round(wide, 1), height=_ROW - 12, rx=3),
        text,
        class_=f"bar {'told' if is_told else 'open'} {'person' if bar.task.step.by_person else 'by-aws'}",
    )


def _objective(rto: float, longest: float, high: int) -> Markup:
    x = _at(rto, longest)
    return element(
        "g",
        element("path", d=f"M{x:g} {_TOP - 22}V{high - 2}"),
        element("text", f"RTO {compact(rto)}", x=x - 5, y=_TOP - 23, text_anchor="end"),
        class_="objective",
    )


def _steps(runbook: Runbook) -> Markup:
    """The whole runbook in words."""
    parts = []
    questions = list(words.asked(runbook, differs=False))
    if questions:
        items = [element("li", *_question(question)) for question in questions]
        parts += [element("h4", words.UNKNOWN), element("ol", *items)]
    for title, tasks in words.written(runbook, differs=False):
        items = [element("li", *_told(task.what, task.lines, task.commands), value=task.number) for task in tasks]
        parts += [element("h4", title), element("ol", *items)]
    return element("details", element("summary", "What to do, step by step"), *parts, class_="runbook")


def _question(question: words.Asked) -> Iterator[Markup]:
    yield from _told(question.what, question.lines, question.commands)
    if question.then is not None:
        yield from _told(f"{question.answer}: {question.then.what}", question.then.lines, question.then.commands)


def _told(what: str, lines: Sequence[tuple[str, str]], commands: Sequence[str]) -> Iterator[Markup]:
    """A sentence, what belongs to it, and the commands."""
    said = [joined(element("b", name), f" {sentence}") for name, sentence in lines if name != "page"]
    said += [
        joined(element("b", "page"), " ", element("a", sentence, href=sentence))
        for name, sentence in lines
        if name == "page"
    ]
    yield element("p", what, class_="message")
    yield listed(said, class_="plain")
    if commands:
        yield element("pre", *(element("code", command, LINE_END) for command in commands), class_="listing")
