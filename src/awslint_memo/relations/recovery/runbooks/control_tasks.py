"""The task that turns routing controls, so that requests go elsewhere, in the order that their safety rules ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.relations.recovery import detections, routing_controls, safety_rules
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import Reasons, stands
from awslint_memo.relations.recovery.routing_controls import Control, States
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    tabled,
    text_of,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.relations.recovery.safety_rules import SafetyRule
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.route53.health_checks import setting
from awslint_memo.relations.route53.records import HOLDERS, Record, records

_CONTROL_CONFIG = "us-west-2"
"""The Region in which the settings of routing controls are asked for; their states are in five others."""

_CHECKS = "us-east-1"
"""The Region in which health checks are asked for."""

_CONTROL_OF_CHECK = "HealthCheck.HealthCheckConfig.RoutingControlArn"

_TURNED = "r53recovery/latest/dg/getting-started-cli-routing.control-state.html"

CONTROLS = "controls"
"""The key of the question whether checks have the states of routing controls."""

_RULES = 10
"""So many safety rules are told."""


def controls(sides: Sides, *, is_early: bool) -> Iterator[Task]:
    """The routing controls that decide about records: those of the lost Region Off, those of the other one On.

    is_early: whether something looks at them before it brings the data back. Then those that lead requests to the other
    Region are turned by a task of their own, for after the data, where the rules ask for others that do not.
    """
    states = routing_controls.states(sides)
    if not states.wanted and not states.unclear:
        return
    rules = safety_rules.of_family(sides.family)
    wanted = dict(states.wanted)
    added = safety_rules.required(rules, wanted)
    every = {**added, **states.controls}
    calls = safety_rules.ordered(rules, wanted) if wanted else [[]]
    is_ordered = calls is not None
    batches = [[every[key] for key in keys] for keys in calls or [list(wanted)]]
    # What is not told is turned last, by whoever knows it.
    batches[-1] += states.unclear.values()
    notes = list(_about(states))
    turned = {*wanted, *states.unclear}
    notes += _ruled([rule for rule in rules if _is_about(rule, turned)], batches, is_ordered=is_ordered)
    first = next(iter(states.controls.values()))
    reasons = _reasons(first, [each for each in added.values() if each.key not in states.controls])
    late = batches.pop() if is_early and added and _is_last(batches, states, wanted) else []
    end = f"requests go to {sides.there}"
    aim = end if not late else f"what looks at them can bring the data back in {sides.there}"
    what = f"Turn the routing controls: {_said(batches, wanted)}, so that {aim}"
    untold = [
        f"whether the routing control {control.title} is for {sides.here}, and is to be turned Off, or not"
        for control in states.unclear.values()
    ]
    step = Step("switch", what, by_person=True, page=_TURNED, because=reasons, untold=untold)
    commands = [_turned(batch, wanted, first) for batch in batches]
    yield Task("requests", step, first.check, sides.region, "", commands, notes)
    if late:
        what = f"Turn the routing controls: {_said([late], wanted)}, so that {end}"
        step = Step("switch", what, by_person=True, page=_TURNED, because=_reasons(late[0], []))
        yield Task("requests", step, late[0].check, sides.region, "", (_turned(late, wanted, first),))


def perhaps(sides: Sides) -> Iterator[Question]:
    """Whether checks have the states of routing controls, where nothing tells which checks records have; these are
    turned then."""
    every = [each for member in sides.family.members(*HOLDERS) for each in records(member.resource)]
    asked = [(each, checks) for each in every for checks in [detections.held(each)] if checks]
    if not asked:
        return
    wanted = {"home": "Off", "away": "On"}
    entries = [_entry_of_check(each, wanted.get(routing_controls.side(sides, each, None))) for each, _ in asked]
    first, checks = asked[0]
    endpoint, region = _endpoint(checks[0])
    turn = aws(
        *("route53-recovery-cluster", "update-routing-control-states", region, "--endpoint-url", endpoint),
        *("--update-routing-control-state-entries", *entries),
    )
    what = f"Turn the routing controls of these health checks, so that requests go to {sides.there}"
    step = Step("switch", what, by_person=True, page=_TURNED)
    notes = next(iter(_about(States()))), "Nothing fails over before that: to wait is in vain."
    names = listed(list(dict.fromkeys(each.name.shown or each.holder.title for each, _ in asked)), NAMED)
    titles = listed([each.title for each in checks], NAMED)
    yield Question(
        f"whether the health checks of {names} have the states of routing controls, as {titles}",
        first.holder,
        [tabled(_check_of(each), "HealthCheck.HealthCheckConfig.[Type,RoutingControlArn]") for each, _ in asked],
        tuple(reason for each in checks for reason in stands(each, f"{each.title}, which no record is known to use")),
        page=_TURNED,
        then=Task("requests", step, first.holder, sides.region, "", (turn,), notes),
        key=CONTROLS,
    )


CLUSTERS = tabled(
    aws("route53-recovery-control-config", "list-clusters", _CONTROL_CONFIG),
    "Clusters[].ClusterEndpoints[].[Region,Endpoint]",
)
"""What lists the endpoints at which routing controls are turned."""


def unused(sides: Sides) -> Iterator[str]:
    """That routing controls may lead requests, though no record was read that they decide about."""
    every = [member.resource.title for member in sides.family.members(routing_controls.CONTROL)]
    titles = listed(list(dict.fromkeys(every)), NAMED)
    if titles:
        yield (
            f"{titles} may, by records elsewhere: then turn those of {sides.here} Off and those of {sides.there} On"
            " (aws route53-recovery-cluster update-routing-control-states). List the endpoints before anything is lost."
        )


def _entry_of_check(record: Record, state: str | None) -> Word:
    """The routing control of a check that is known by its identifier alone, with its state."""
    find = Command((*_check_of(record).words, "--query", _CONTROL_OF_CHECK, "--output", "text"))
    what = f"ARN of the routing control of the health check of {record.holder.title}"
    name = variable(record.holder.title, record.label, "control")
    if state is None:
        return Unfilled(
            name, f"{what}, then a comma and RoutingControlState= with Off or On", before="RoutingControlArn="
        )
    return Unfilled(name, what, find, before="RoutingControlArn=", after=f",RoutingControlState={state}")


def _check_of(record: Record) -> Command:
    """What shows the health check that a record names."""
    named = Unfilled(variable(record.holder.title, record.label, "check"), f"health check of {record.holder.title}")
    word: Word = text_of(record.get("HealthCheckId")) or named
    return aws("route53", "get-health-check", _CHECKS, "--health-check-id", word)


def _about(states: States) -> Iterator[str]:
    """Where controls are turned, and what they decide about."""
    yield "List the five endpoints of the cluster before anything is lost; try the next one where one does not answer."
    if states.names:
        yield f"They decide about {listed(list(dict.fromkeys(states.names)), 4)}."
    if states.shadowed:
        titles = [control.title for control in states.shadowed.values()]
        are = "it is" if len(titles) == 1 else "they are"
        yield f"Leave {listed(titles, NAMED)} as {are}: nothing leads there then."


def _is_last(batches: Sequence[Sequence[Control]], states: States, wanted: Mapping[object, bool]) -> bool:
    """Whether the last of several calls does nothing but to let records lead requests."""
    return len(batches) > 1 and all(each.key in states.controls and wanted.get(each.key) for each in batches[-1])


def after_zone(sides: Sides) -> Iterator[Question]:
    """Which of the controls of several parts of the primary Region is for the zone that is lost: it is turned Off."""
    every = routing_controls.parts(sides)
    if not every:
        return
    titles = listed([each.title for each in every], NAMED)
    rules = [rule for rule in safety_rules.of_family(sides.family) if _is_about(rule, {each.key for each in every})]
    arn = Unfilled(
        "ZONE_CONTROL_ARN",
        "ARN of the routing control of the zone that is lost",
        before="RoutingControlArn=",
        after=",RoutingControlState=Off",
        is_late=True,
    )
    endpoint, region = _endpoint(every[0].check)
    call = aws(
        *("route53-recovery-cluster", "update-routing-control-states", region, "--endpoint-url", endpoint),
        *("--update-routing-control-state-entries", arn),
    )
    reasons = tuple(reason for each in every[:NAMED] for reason in _reasons(each, []))
    step = Step("switch", "Turn that routing control Off, so that requests go to the other zones", by_person=True)
    notes = [*_ruled(rules, [], is_ordered=True), "Turn it On again once the zone is back and what is in it answers."]
    then = Task("requests", step, every[0].check, sides.primary, "", (call,), notes)
    entries = [_entry(each, False) for each in every]
    looks = [word.find for word in entries if isinstance(word, Unfilled) and word.find is not None]
    what = f"which of the routing controls {titles} is for the zone that is lost, if one is"
    yield Question(what, every[0].check, looks, reasons, page=_TURNED, then=then)


def _is_about(rule: SafetyRule, turned: set[object]) -> bool:
    """Whether a rule may refuse a change of what is turned."""
    return any(each.key in turned for each in (rule.targets or rule.asked))


def _said(batches: Sequence[Sequence[Control]], wanted: Mapping[object, bool]) -> str:
    """What is turned, call by call."""
    parts = [", ".join(f"{each.title} {_word(wanted.get(each.key))}" for each in batch) for batch in batches]
    return ", then ".join(parts)


def _word(state: bool | None) -> str:
    return "as its Region asks" if state is None else "On" if state else "Off"


def _ruled(rules: Sequence[SafetyRule], batches: Sequence[object], *, is_ordered: bool) -> Iterator[str]:
    """What the safety rules say of the changes."""
    yield from (rule.words for rule in rules[:_RULES])
    if len(rules) > _RULES:
        yield f"{len(rules) - _RULES} more safety rules are about them."
    if not is_ordered:
        yield "No order was found in which these rules allow all of it."
    wait = max((rule.wait for rule in rules), default=0)
    if wait and len(batches) > 1:
        yield f"Wait {compact(wait)} after each call: before that, the rules refuse the next one (WaitPeriodMs)."
    if rules:
        yield "A rule that is in the way is overridden with --safety-rules-to-override and the ARN in its refusal."


def _reasons(first: Control, added: Sequence[Control]) -> Reasons:
    """Why controls are turned: a check has the state of one, a rule asks for others."""
    reasons: Reasons = ()
    if first.check is not None:
        reasons = stands(first.check, f"{first.check.title} has the state of a routing control")
    for each in added[:NAMED]:
        if each.resource is not None:
            reasons = (*reasons, *stands(each.resource, f"{each.title}, which safety rules ask for"))
    return reasons


def _turned(batch: Sequence[Control], wanted: Mapping[object, bool], first: Control) -> Command:
    """The states of controls, changed in one call to one of the five endpoints of their cluster."""
    endpoint, region = _endpoint(first.check)
    return aws(
        *("route53-recovery-cluster", "update-routing-control-states", region, "--endpoint-url", endpoint),
        *("--update-routing-control-state-entries", *(_entry(each, wanted.get(each.key)) for each in batch)),
    )


def _entry(control: Control, state: bool | None) -> Word:
    """A control with its state, as the call takes it."""
    written = None if control.check is None else text_of(setting(control.check, "RoutingControlArn"))
    title = control.title if control.check is None or control.resource is not None else control.check.title
    if state is None:
        known = "" if written is None else f"RoutingControlArn={written},RoutingControlState="
        asked = f"RoutingControlArn=,RoutingControlState= with the ARN of {title}, and Off or On"
        return Unfilled(variable(title, "state"), "Off or On" if known else asked, before=known)
    ending = f",RoutingControlState={'On' if state else 'Off'}"
    if written is not None:
        return f"RoutingControlArn={written}{ending}"
    word = (
        unknown(control.resource, _CONTROL_CONFIG, "ARN")
        if control.resource is not None
        else Unfilled(variable(title, "control"), f"ARN of the routing control of {title}")
    )
    return replace(word, before="RoutingControlArn=", after=ending)


def _endpoint(check: Resource | None) -> tuple[Word, Word]:
    """An endpoint of the cluster of a control, and its Region."""
    control = None if check is None else routing_controls.of_check(check).resource
    named = None if control is None else control.get("ClusterArn")
    cluster = None if named is None or control is None else control.deployment.find(named)
    listing = aws("route53-recovery-control-config", "list-clusters", _CONTROL_CONFIG)
    find = tabled(listing, "Clusters[].[Name,ClusterArn]")
    arn: Word = Unfilled("ARC_CLUSTER", "ARN of the cluster of routing controls", find)
    if cluster is not None:
        arn = unknown(cluster, _CONTROL_CONFIG, "ARN")
    elif named is not None:
        arn = text_of(named) or arn
    describe = aws("route53-recovery-control-config", "describe-cluster", _CONTROL_CONFIG, "--cluster-arn", arn)
    look = tabled(describe, "Cluster.ClusterEndpoints[].[Region,Endpoint]")
    return (
        Unfilled("ARC_ENDPOINT", "one of the five endpoints of the cluster", look),
        Unfilled("ARC_REGION", "the Region of that endpoint", look),
    )
