"""How soon Route 53 notices that what a record leads to is lost: by checks of endpoints, calculated checks, alarms,
routing controls, and the health of an alias's target.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import alarms
from awslint_memo.relations.recovery import families, regions, timeline_facts
from awslint_memo.relations.recovery.recovery_paths import because, stands
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.route53 import health_checks, records
from awslint_memo.relations.route53.health_checks import setting
from awslint_memo.relations.route53.records import Record
from awslint_memo.relations.route53.zones import normal

_DEEPEST = 3
"""How many calculated checks of calculated checks, or aliases of aliases, are followed."""

_UNSEEN = Step("detection", "")
"""A check that is not in this run."""


def of_record(record: Record, depth: int = 0) -> Step | None:
    """How a record is found to lead to what is lost; None if surely nothing checks it, so that somebody has to."""
    ways = [step for step in (_by_check(record), _by_target(record, depth)) if step is not None]
    if len(ways) < 2:
        return ways[0] if ways else None
    # Either of them is enough: the sooner one counts.
    sooner = min(ways, key=lambda step: step.least)
    return replace(
        sooner,
        what=", or ".join(f"{step.what} ({compact(step.least)})" if step.least else step.what for step in ways),
        untold=[*ways[0].untold, *ways[1].untold],
        limits=[*ways[0].limits, *ways[1].limits],
        by_person=all(step.by_person for step in ways) or any(step.limits for step in ways),
    )


def _by_check(record: Record) -> Step | None:
    named = record.get("HealthCheckId")
    if named.is_absent or named.text == "":
        return None
    check = health_checks.check_of(record)
    if check is None:
        shown = f" {named.text}" if named.text else ""
        what, may_be = f"the health check{shown} fails", held(record)
        titles = listed([each.title for each in may_be], 4)
        if not may_be:
            may_be = _held_apart(record)
            titles = listed([f"{each.title} of {each.place.span.path}" for each in may_be], 4)
        if not may_be:
            return Step("detection", what, untold=[f"how soon {what}, which is not in this run"])
        reasons = tuple(reason for each in may_be for reason in stands(each, each.title))
        untold = [f"how soon {what}: whether it is one of {titles}"]
        limit = f"if it is one of {titles}, it fails only once somebody turns a routing control Off"
        page = timeline_facts.ROUTING_CONTROL.page
        return Step("detection", what, by_person=True, page=page, because=reasons, untold=untold, limits=[limit])
    step = of_check(check)
    if health_checks.is_named_by(check, record):
        reason = f"whether {check.title} fails: it asks for the very name that it decides about (give it another name)"
        return replace(step, untold=[*step.untold, reason])
    return step


def held(record: Record) -> list[Resource]:
    """The checks with the states of routing controls of which one may be that of a record, as nothing tells which check
    that is: those of the family that no record is known to use."""
    named = record.get("HealthCheckId")
    if named.is_absent or named.text == "" or health_checks.check_of(record) is not None:
        return []
    with noted():  # What is read of others is no question about the deployment at hand.
        every = [member.resource for member in families.family_of(record.holder).members(health_checks.CHECK)]
        free = [each for each in every if not health_checks.is_used(each)]
        return [each for each in free if setting(each, "Type").text == "RECOVERY_CONTROL"]


def _held_apart(record: Record) -> list[Resource]:
    """The same of other templates of the run, where the identifier of a record's check comes from elsewhere, as by a
    secret or a parameter, so that it is not told which check it is."""
    whole = record.holder.deployment.declared.landscape
    if whole is None or record.get("HealthCheckId").text is not None:
        return []
    found: list[Resource] = whole.once(_all_held)
    own = {resource.place.span.path for resource in record.holder.deployment.own.values()}
    by_place = {each.place.span: each for each in reversed(found) if each.place.span.path not in own}
    return list(by_place.values())[::-1]


def _all_held(every: Iterable[Sequence[Deployment]]) -> list[Resource]:
    with noted():
        each = (
            one
            for deployments in every
            for deployment in deployments
            for one in deployment.own_of_type(health_checks.CHECK)
        )
        free = [check for check in each if not health_checks.is_used(check)]
        return [check for check in free if setting(check, "Type").text == "RECOVERY_CONTROL"]


def _by_target(record: Record, depth: int) -> Step | None:
    """By the health of an alias's target: records of one name are unhealthy together when each of them is, which one
    that nothing checks never is."""
    if record.get("AliasTarget.EvaluateTargetHealth", default=False).flag is False:
        return None
    if record.get("AliasTarget").is_absent or records.is_cloudfront(record) is True:
        return None
    steps = [of_record(other, depth + 1) for other in targets(record)] if depth <= _DEEPEST else []
    if steps:
        known = [step for step in steps if step is not None]
        return _together(known) if len(known) == len(steps) else None
    target = record.holder.deployment.find(record.get("AliasTarget.DNSName"))
    name = "its target" if target is None else target.title
    reason = f"how soon Route 53 learns that {name} is unhealthy: AWS has no figure (a health check of its own has one)"
    page = timeline_facts.ALIAS_HEALTH.page
    reasons = because(record.holder, "AliasTarget.EvaluateTargetHealth", record.get("AliasTarget.EvaluateTargetHealth"))
    return Step("detection", f"{name} is unhealthy", page=page, because=reasons, untold=[reason])


def _together(steps: Sequence[Step]) -> Step:
    """How soon all of some records are found to be lost, of which one alone would still answer."""
    last = max(steps, key=lambda step: step.least)
    words = list(dict.fromkeys(step.what for step in steps))
    every = f"each of the {len(steps)} records that it leads to is unhealthy ({'; '.join(words)})"
    return replace(
        last,
        what=words[0] if len(words) == 1 else every,
        untold=list(dict.fromkeys(reason for step in steps for reason in step.untold)),
        by_person=any(step.by_person for step in steps),
    )


def targets(record: Record) -> Sequence[Record]:
    """The records of this deployment, of one zone, that an alias surely leads to; none if it leads elsewhere."""
    deployment, value = record.holder.deployment, record.get("AliasTarget.DNSName")
    holder = deployment.find(value, records.RECORD)
    if holder is not None:
        known = [other for first in records.records(holder) for other in records.record_set(first)]
        # A reference to a record is but its name, which records of other types have too.
        return [other for other in known if other.type in (record.type, None)] or _named(record, known[0].name.key)
    return _named(record, normal(deployment, value).key)


def _named(record: Record, name: TextPattern | None) -> Sequence[Record]:
    """The records of the type and the zone of another one that surely have a name."""
    deployment = record.holder.deployment
    if name is None or name.gaps or record.zone.key is None:
        return ()
    every = (other for holder in deployment.of_type(*records.HOLDERS) for other in records.records(holder))
    return [
        other
        for other in every
        if other.type == record.type and other.zone.key == record.zone.key and other.name.key == name
    ]


def of_check(check: Resource, depth: int = 0) -> Step:
    """How soon a health check fails when what it checks is lost."""
    type_ = setting(check, "Type")
    if check.terraform.disabled.flag is True:
        return Step("decision", f"somebody changes a record, as {check.title} is disabled", by_person=True)
    if not (setting(check, "Inverted").is_absent or setting(check, "Inverted").flag is False):
        reason = f"how soon {check.title} fails, which is inverted"
        return Step("detection", f"{check.title} fails", because=stands(check, check.title), untold=[reason])
    if type_.is_one_of(*health_checks.ENDPOINTS):
        return _of_endpoint(check)
    if type_.text == "CALCULATED" and depth < _DEEPEST:
        return _of_children(check, depth)
    if type_.text == "CLOUDWATCH_METRIC":
        return _of_alarm_check(check)
    if type_.text == "RECOVERY_CONTROL":
        what = f"somebody, or a program, turns the routing control of {check.title} off"
        page, reason = (
            timeline_facts.ROUTING_CONTROL.page,
            "when somebody turns the routing control off: it checks nothing (write down who does, and how soon)",
        )
        return Step("decision", what, by_person=True, page=page, because=stands(check, what), untold=[reason])
    reason = f"how soon {check.title} fails: its type is not known"
    return Step("detection", f"{check.title} fails", because=stands(check, check.title), untold=[reason])


_PRIVATE = "Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html"


def _of_endpoint(check: Resource) -> Step:
    interval = setting(check, "RequestInterval", health_checks.DEFAULT_INTERVAL)
    failures = setting(check, "FailureThreshold", health_checks.DEFAULT_FAILURES)
    seconds = health_checks.detection(check)
    reasons = (
        *because(check, "HealthCheckConfig.RequestInterval", interval),
        *because(check, "HealthCheckConfig.FailureThreshold", failures),
    )
    page = timeline_facts.CHECKS.page
    private = health_checks.private_target(check)
    if private is not None:
        what, place = private
        why = f"{check.title} asks {what}: Route 53 asks from outside of the VPC, so it fails at all times"
        untold = [f"what this leads by its health: {why} (check an alarm in its place)"]
        return Step("detection", f"{check.title} fails", page=_PRIVATE, because=((place, what),), untold=untold)
    if seconds is None or interval.number is None or failures.number is None:
        reason = f"how often {check.title} asks (give the parameters of its interval and threshold)"
        return Step("detection", f"{check.title} fails", page=page, because=reasons, untold=[reason])
    what = f"{failures.number:g} checks of {check.title} fail, {interval.number:g} s apart"
    return Step("detection", what, least=seconds + timeline_facts.CHECKS.value, page=page, because=reasons)


def _of_children(check: Resource, depth: int) -> Step:
    """A calculated check fails when fewer children than its threshold are healthy: so many of them have to fail."""
    below, threshold = setting(check, "ChildHealthChecks"), setting(check, "HealthThreshold").number
    children = [check.deployment.find(item, health_checks.CHECK) for item in below.items]
    steps = [_UNSEEN if child is None else of_check(child, depth + 1) for child in children]
    reasons = because(check, "HealthCheckConfig.HealthThreshold", setting(check, "HealthThreshold"))
    page = timeline_facts.CHECKS.page
    needed = None if threshold is None else math.trunc(len(steps) - threshold + 1)
    is_unseen = None in children or not below.is_known
    if needed is None or not 0 < needed <= len(steps):
        reason = f"how many of the checks below {check.title} have to fail"
        return Step("detection", f"{check.title} fails", page=page, because=reasons, untold=[reason])
    failing = sorted(steps, key=lambda step: step.least)[:needed]
    untold = list(dict.fromkeys(reason for step in steps for reason in step.untold))
    untold += [f"how soon the checks below {check.title} fail that are not in this run"] if is_unseen else []
    what = f"{needed} of {len(steps)} checks below {check.title} fail"
    if failing[-1].what:
        what = f"{what} ({failing[-1].what})"
    by_person = all(step.by_person for step in failing)
    return Step("detection", what, failing[-1].least, by_person=by_person, page=page, because=reasons, untold=untold)


def _of_alarm_check(check: Resource) -> Step:
    named = setting(check, "AlarmIdentifier.Name")
    alarm = check.deployment.find(named, alarms.ALARM)
    if alarm is None:
        shown = f"the alarm {named.text}" if named.text else "the alarm"
        reason = f"how soon {shown} of {check.title} notices, which is not in this run"
        return Step("detection", f"{shown} notices", because=stands(check, check.title), untold=[reason])
    step = of_alarm(alarm)
    kept = setting(check, "InsufficientDataHealthStatus")
    status = timeline_facts.INSUFFICIENT.value if kept.is_absent else kept.text
    home = setting(check, "AlarmIdentifier.Region").text or regions.name(alarm)
    if status != "Unhealthy" and home is not None:
        shown = "not known" if status is None else status
        reason = (
            f"whether {alarm.title} notices, if CloudWatch of {home} is lost too: without data the check is {shown}"
        )
        return replace(step, untold=[*step.untold, f"{reason} (InsufficientDataHealthStatus Unhealthy)"])
    return step


def of_alarm(alarm: Resource) -> Step:
    """How soon an alarm notices: as many datapoints have to breach its threshold, one for each period."""
    reasons, page = stands(alarm, alarm.title), timeline_facts.ALARM_PERIODS.page
    if alarm.type != alarms.ALARM:
        reason = f"how soon {alarm.title} notices: it watches other alarms"
        return Step("detection", f"{alarm.title} notices", page=page, because=reasons, untold=[reason])
    periods = [metric.period for metric in alarms.metrics(alarm)]
    points = alarm.get("DatapointsToAlarm")
    points = alarm.get("EvaluationPeriods") if points.is_absent else points
    seconds = _longest(periods)
    if seconds is None or points.number is None:
        reason = f"how soon {alarm.title} notices: its periods are not known"
        return Step("detection", f"{alarm.title} notices", page=page, because=reasons, untold=[reason])
    what = (
        f"{points.number:g} {'period' if points.number == 1 else 'periods'} of {compact(seconds)} breach {alarm.title}"
    )
    least = seconds * points.number * timeline_facts.ALARM_PERIODS.value
    return Step("detection", what, least, page=page, because=reasons)


def _longest(periods: Sequence[Value]) -> float | None:
    known = [period.number for period in periods]
    return max((seconds for seconds in known if seconds is not None), default=None) if None not in known else None
