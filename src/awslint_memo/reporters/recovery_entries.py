"""How long it takes until the entries of a family lead to another Region: lines for people, and members of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.model.durations import compact
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery import entries, figures
from awslint_memo.relations.recovery.timelines import Step, Timeline

_NAMED = 6
"""How many names a line has."""


def lines(timelines: Sequence[Timeline], marks: Mapping[str, str], *, only_unmet: bool = False) -> Iterator[str]:
    """A line for each entry: what has to happen until it leads elsewhere, and how long that takes at least."""
    single = [timeline for timeline in timelines if not entries.leads(timeline)]
    if single and not only_unmet:
        yield from _single(single)
    for timeline in timelines:
        verdict = entries.verdict(timeline)
        if timeline in single:
            continue
        if only_unmet and verdict != "unmet":
            continue
        if timeline.is_elsewhere:
            yield f"{_already(timeline)}{_at(timeline)}"
            continue
        steps = "; ".join(map(_words, timeline.steps))
        yield f"{_subject(timeline)}: {_sum(timeline, marks, verdict)}: {steps}{_at(timeline)}"
        if not only_unmet:
            yield from (f"  but {limit}" for limit in timeline.limits)
            yield from (f"  not told: {reason}" for reason in timeline.untold)


def _single(timelines: Sequence[Timeline]) -> Iterator[str]:
    """What leads to one Region alone, in a line, with what bounds how soon somebody can change it."""
    by_region: dict[str | None, list[Timeline]] = {}
    for timeline in timelines:
        by_region.setdefault(timeline.leads_from, []).append(timeline)
    for region, group in by_region.items():
        names = [f"{each.name} ({compact(each.least) if each.least else 'TTL not told'})" for each in group]
        yield f"names that lead to {region} alone, and their TTL: {listed(names, _NAMED)}"
        switches = [step for each in group for step in each.steps if step.kind == "switch"]
        takes = [step.typical for step in switches]
        known = max((seconds for seconds in takes if seconds is not None), default=None)
        words = f"which takes {compact(known)} typically, and then its TTL" if known is not None else ""
        if None in takes:
            words = f"which may not be possible until {region} is back, but for zones with accelerated recovery"
        yield f"  if one is to lead elsewhere, somebody changes it, {words}"


def _already(timeline: Timeline) -> str:
    """That nothing has to happen after a loss, since nothing leads there while all is well."""
    [step] = timeline.steps
    why = ", ".join(dict.fromkeys(words for _, words in step.because))
    return f"{_called(timeline)}: {step.what}, all to {timeline.leads_to or 'elsewhere'} already, by {why}"


def _called(timeline: Timeline) -> str:
    return f"{timeline.kind} {timeline.name}{_where(timeline)}"


def _where(timeline: Timeline) -> str:
    return f", {timeline.deployment}" if timeline.deployment is not None else ""


def _subject(timeline: Timeline) -> str:
    way = f"from {timeline.leads_from}" if timeline.leads_from is not None else "from a Region that is not told"
    way += f" to {timeline.leads_to}" if timeline.leads_to is not None else ""
    return f"{timeline.kind} {timeline.name}, {way}{_where(timeline)}"


def _sum(timeline: Timeline, marks: Mapping[str, str], verdict: str | None) -> str:
    """How long it surely takes, and what bounds it, with the mark of the RTO."""
    told = [f"{compact(timeline.least)} or more"] if timeline.least else ["how long is not told"]
    if timeline.most is not None:
        told.append(f"by its timeouts up to {compact(timeline.most)}")
    objective = entries.rto(timeline)
    if objective is not None and verdict is not None:
        told.append(f"rto {compact(objective[0])} {marks[verdict]}")
    return ", ".join(told)


def _words(step: Step) -> str:
    """A step with its time: "3 checks of Check fail, 30 s apart (90s)"."""
    times = [compact(step.least)] if step.least else []
    times += [f"{compact(step.typical)} typically"] if step.typical is not None else []
    times += [f"up to {compact(step.most)}"] if step.most is not None else []
    took = f" ({', '.join(times)})" if times else ""
    inner = f": {', '.join(map(_words, step.together))}" if step.together else ""
    return f"{step.what}{took}{inner}"


def _at(timeline: Timeline) -> str:
    place = timeline.holder.place.span
    return f" ({place.path}:{place.line})"


def members(timelines: Sequence[Timeline]) -> list[dict[str, Any]]:
    """The entries for JSON."""
    return [_member(timeline) for timeline in timelines]


def _member(timeline: Timeline) -> dict[str, Any]:
    span, objective = timeline.holder.place.span, entries.rto(timeline)
    return {
        "resource": timeline.holder.written,
        "name": timeline.name,
        "kind": timeline.kind,
        "deployment": timeline.deployment,
        "path": span.path,
        "line": span.line,
        "leads_from": timeline.leads_from,
        "leads_to": timeline.leads_to,
        "floor_in_secs": timeline.least,
        "most_in_secs": timeline.most,
        "by_person": timeline.by_person,
        "wanted_rto_in_secs": None if objective is None else objective[0],
        "verdict": entries.verdict(timeline),
        "steps": [_step(step) for step in timeline.steps],
        "limits": timeline.limits,
        "unknown": timeline.untold,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "what": step.what,
        "floor_in_secs": step.least,
        "typical_in_secs": step.typical,
        "most_in_secs": step.most,
        "by_person": step.by_person,
        "because": [{"path": place.span.path, "line": place.span.line, "text": words} for place, words in step.because],
        "source": step.page or None,
        "read": figures.day_read(step.page),
        "unknown": list(step.untold),
        "together": [_step(inner) for inner in step.together],
    }
