"""What is known of recovery as JSON, in the structure of recovery.schema.json. What is not told is null."""

from __future__ import annotations

from math import inf, isfinite
from typing import Any

from awslint_memo.judging.store_entries import Entry
from awslint_memo.judging.survey import Family, Policy, Prepared, Survey
from awslint_memo.model.objectives import DISRUPTIONS, Objectives
from awslint_memo.model.secret import without_keys
from awslint_memo.relations.recovery import figures, losses, untold
from awslint_memo.relations.recovery.counterparts import Counterpart
from awslint_memo.relations.recovery.recovery_paths import Path
from awslint_memo.relations.recovery.strategies import Step
from awslint_memo.relations.recovery.verdicts import Judged
from awslint_memo.reporters import recovery_drills, recovery_entries, recovery_needs, runbook_json
from awslint_memo.reporters.json_writing import json_text
from awslint_memo.reporters.recovery import Wish, counts
from awslint_memo.reporters.recovery_untold import not_told

VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""


def report(survey: Survey, wish: Wish) -> str:
    """One JSON object in ASCII."""
    numbers = counts(survey)
    shape = {
        "version": VERSION,
        "families": [_family(family, wish) for family in wish.shown(survey)],
        **({"runbooks": runbook_json.runbooks(survey)} if survey.written.disruptions else {}),
        "errors": [
            {"path": problem.path, "line": problem.line, "message": problem.message} for problem in survey.errors
        ],
        "notices": list(survey.notices),
        "summary": {name.replace("-", "_"): numbers[name] for name in figures.VERDICTS},
    }
    return json_text(_shown(shape))


_QUOTED = frozenset(("path", "resource"))
"""What is named as it is."""


def _shown(shape: Any) -> Any:
    """A value of JSON without texts that look like a secret."""
    if isinstance(shape, dict):
        return {name: part if name in _QUOTED else _shown(part) for name, part in shape.items()}
    if isinstance(shape, (list, tuple)):
        return [_shown(part) for part in shape]
    return without_keys(shape) if isinstance(shape, str) else shape


def _family(family: Family, wish: Wish) -> dict[str, Any]:
    objectives = family.objectives
    return {
        "name": family.name,
        "regions": family.regions,
        "objectives": None if objectives is None else _objectives(objectives),
        "stores": [_store(entry, rows) for entry, rows in wish.entries(family)],
        "not_judged": [{"resource": name, "type": type_} for name, type_ in family.beside.not_judged],
        "in_transit": list(family.beside.in_transit),
        "policies": [_policy(policy) for policy in family.policies],
        "strategy": _strategy(family.prepared[0] if family.prepared else None),
        "strategies": [_strategy(prepared) for prepared in family.prepared],
        "together": [list(names) for names in family.together if len(names) > 1],
        "entries": recovery_entries.members(family.timelines),
        **recovery_drills.members(family),
        "unknown": list(not_told(family)),
    }


def _policy(policy: Policy) -> dict[str, Any]:
    span = policy.resource.place.span
    return {
        "resource": policy.resource.written,
        "type": policy.resource.type,
        "path": span.path,
        "line": span.line,
        "meant_for": policy.said,
    }


def _strategy(prepared: Prepared | None) -> dict[str, Any]:
    if prepared is None:
        return {"declared": None, "surely": None, "at_most": None, "missing": []}
    is_told, lacking = not prepared.least.untold, prepared.least.next
    return {
        "application": prepared.application,
        "primary": prepared.least.primary,
        "region": prepared.least.region,
        "declared": None if prepared.declared is None else prepared.declared.strategy,
        "surely": prepared.least.surely if is_told else None,
        "at_most": prepared.best.at_most if is_told else None,
        "missing": [] if lacking is None else [link.words for link in lacking.missing],
        "missing_for": None if lacking is None else lacking.strategy,
        "steps": [_step(step) for step in prepared.least.steps],
        "needed": [_need(need) for need in recovery_needs.needs(prepared)],
    }


def _need(need: Counterpart) -> dict[str, Any]:
    """Something that has to be in the other Region, and whether it is."""
    return {
        "kind": need.kind,
        "name": need.name,
        "there": need.is_there,
        "why": need.why,
        "used_by": [user.written for user in need.users],
        "path": need.place.span.path,
        "line": need.place.span.line,
        "source": need.page or None,
    }


def _step(step: Step) -> dict[str, Any]:
    """What one strategy asks for beside those before it, and whether it is there."""
    missing = [{"text": gap.words, "surely": gap.sure, "read": gap.is_read} for gap in step.missing]
    return {"strategy": step.strategy, "reached": step.is_told, "missing": missing}


def _objectives(objectives: Objectives) -> dict[str, Any]:
    return {
        "keep_in_secs": objectives.keep,
        "by_disruption": {
            name: {"rpo_in_secs": objectives.rpo(name), "rto_in_secs": objectives.rto(name)} for name in DISRUPTIONS
        },
        "strategy": objectives.strategy,
        "from": [layer.place for layer in objectives.layers if layer.entries],
    }


def _store(entry: Entry, rows: list[Judged]) -> dict[str, Any]:
    span = entry.resource.place.span
    return {
        "resource": entry.resource.written,
        "type": entry.resource.type,
        "kind": entry.kind,
        "path": span.path,
        "line": span.line,
        "region": entry.region,
        "deployment": entry.deployment,
        "note": entry.note or None,
        "disruptions": {row.disruption: _row(row) for row in rows},
    }


def _row(row: Judged) -> dict[str, Any]:
    bound, way = row.bound, row.bound.way
    return {
        "wanted_rpo_in_secs": row.rpo,
        "wanted_rto_in_secs": row.rto,
        "wanted_keep_in_secs": row.objectives.keep if row.disruption == "software" else None,
        "floor_in_secs": _finite(bound.floor),
        "typical_in_secs": bound.typical,
        "ceiling_in_secs": bound.ceiling,
        "figure": _figure(losses.figure(bound)),
        "reach_in_secs": _finite(bound.reach),
        "by_reach": [_reached(*step) for step in losses.by_reach(bound)] if row.disruption == "software" else [],
        "verdict": row.rpo_verdict,
        "rto_verdict": row.rto_verdict,
        "keep_verdict": row.keep_verdict,
        "way_back": bound.back,
        "back_typical_in_secs": None if way is None else way.back_typical,
        "back_typical_in_words": None if way is None else way.back_quoted or None,
        "measured_in_secs": None if row.drill is None else row.drill.took,
        "entry_floor_in_secs": None if row.entry is None else row.entry.least,
        "not_told": [
            {"objective": reason.objective, "why": reason.why, "do": reason.do} for reason in untold.reasons(row)
        ],
        "ways": [_way(path) for path in bound.ways],
    }


def _way(way: Path) -> dict[str, Any]:
    return {
        "how": way.how,
        "sure": way.sure,
        "seen": way.seen,
        "floor_in_secs": _finite(way.floor),
        "typical_in_secs": way.typical,
        "typical_in_words": way.quoted or None,
        "lag_in_secs": way.lag,
        "expected_in_secs": None if way.expected is None else list(way.expected),
        "ceiling_in_secs": way.ceiling,
        "reach_in_secs": _finite(way.reach),
        "keeps_for_ever": way.reach is not None and not isfinite(way.reach),
        "way_back": way.back.word,
        "back_typical_in_secs": way.back_typical,
        "back_typical_in_words": way.back_quoted or None,
        "because": [
            {"path": place.span.path, "line": place.span.line, "text": words}
            for place, words in (way.because if way.seen else ())
        ],
        "source": way.source or None,
        "read": figures.day_read(way.source),
    }


def _reached(figure: losses.Figure, reach: float | None) -> dict[str, Any]:
    known = {"reach_in_secs": None if reach is None else _finite(reach), "for_ever": reach == inf}
    return {"figure": _figure(figure), **known}


def _figure(figure: losses.Figure) -> dict[str, Any]:
    return {
        "kind": figure.kind,
        "in_secs": figure.seconds,
        "at_least": figure.is_least or figure.kind == losses.LEAST,
        "or_less": figure.may_be_less,
        "at_most_in_secs": figure.seconds if figure.kind == losses.BOUND else figure.most,
        "words": figure.words,
        "source": figure.page or None,
        "read": figures.day_read(figure.page),
    }


def _finite(seconds: float | None) -> float | None:
    return seconds if seconds is not None and isfinite(seconds) else None
