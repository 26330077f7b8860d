"""Routing controls of the Application Recovery Controller: which of them have to be On and Off for requests to go to
another Region, by the records whose health checks have their states, calculated checks among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import field, record
from awslint_memo.relations.recovery import capacity, detections
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.spellings import spelled
from awslint_memo.relations.route53 import health_checks, records
from awslint_memo.relations.route53.health_checks import setting
from awslint_memo.relations.route53.records import Record

CONTROL = "AWS::Route53RecoveryControl::RoutingControl"

_DEEPEST = 3
"""How many calculated checks of calculated checks, or aliases of aliases, are followed."""


@record(frozen=True)
class Control:
    """A routing control. key: what is the same for the same one. check: a health check that has its state; None where
    none was read. resource: the control; None if it is not in this run."""

    key: object
    title: str
    check: Resource | None
    resource: Resource | None


@record(frozen=True)
class States:
    """What controls are to be. controls: all that decide about records. wanted: by their keys, whether On. unclear:
    those of which it is not told. shadowed: those that decide about nothing any more, as what leads to them is turned.
    names: the records that the others decide about."""

    controls: dict[object, Control] = field(default_factory=dict)
    wanted: dict[object, bool] = field(default_factory=dict)
    unclear: dict[object, Control] = field(default_factory=dict)
    shadowed: dict[object, Control] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


def of_check(check: Resource) -> Control:
    """The control of which a health check has the state."""
    named = setting(check, "RoutingControlArn")
    resource = check.deployment.find(named, CONTROL)
    if resource is not None:
        return of_resource(resource, check)
    return Control(named.text or (id(check.deployment), check.name), f"that of {check.title}", check, None)


def of_resource(resource: Resource, check: Resource | None = None) -> Control:
    """A control that is in this run."""
    return Control((id(resource.deployment), resource.name), resource.title, check, resource)


def states(sides: Sides) -> States:
    """What the controls of a family are to be once its primary Region is lost."""
    found = States()
    wishes: list[tuple[Resource, bool | None]] = []
    ruled = _ruled(sides)
    told = {id(each.item or each.holder): side(sides, each, check) for each, check in ruled}
    behind = _behind(each for each, _ in ruled if told[id(each.item or each.holder)] == "home")
    for each, check in ruled:
        leads = told[id(each.item or each.holder)]
        found.controls.update((control.key, control) for control in _controls(check))
        if leads == "home" and _key(each) in behind:
            found.shadowed.update((control.key, control) for control in _controls(check))
            continue
        wishes.append((check, {"home": False, "away": True, "both": True}.get(leads)))
        found.names.append(each.name.shown or each.holder.title)
    _fulfil(found, wishes)
    return found


def _ruled(sides: Sides) -> list[tuple[Record, Resource]]:
    """The records of a family whose checks have the states of routing controls, each with its check."""
    every = [each for member in sides.family.members(*records.HOLDERS) for each in records.records(member.resource)]
    checked = [(each, check) for each in every for check in [health_checks.check_of(each)] if check is not None]
    return [(each, check) for each, check in checked if any(_controls(check))]


def parts(sides: Sides) -> list[Control]:
    """The controls of what has a name in common and is in the primary Region all, as the cells of its zones: each
    record of that name has a control of its own."""
    by_name: dict[tuple[object, object], dict[object, Control]] = {}
    for each, check in _ruled(sides):
        if setting(check, "Type").text == "RECOVERY_CONTROL" and side(sides, each, check) == "home":
            control = of_check(check)
            by_name.setdefault(_key(each), {})[control.key] = control
    several = [controls for controls in by_name.values() if len(controls) > 1]
    return [*{key: control for controls in several for key, control in controls.items()}.values()]


def _fulfil(found: States, wishes: Sequence[tuple[Resource, bool | None]]) -> None:
    """Turn what has to be turned for checks to be as they are wished; what is not decided by that is unclear."""
    told = [(check, is_healthy) for check, is_healthy in wishes if is_healthy is not None]
    for _ in range(len(told) + 1):
        turned = len(found.wanted)
        for check, is_healthy in told:
            _want(found.wanted, check, is_healthy=is_healthy)
        if len(found.wanted) == turned:
            break
    settled = dict(found.wanted)
    for check, wish in wishes:
        healthy = None if wish is None else _healthy(settled, check)
        if healthy is not None and healthy is wish:
            continue
        for control in _controls(check):
            # One that would have to be both is for who knows what it is for.
            if healthy is not None or control.key not in settled:
                found.wanted.pop(control.key, None)
                found.unclear[control.key] = control
    for key in [*found.shadowed]:
        if key in found.wanted or key in found.unclear:
            del found.shadowed[key]


def _children(check: Resource) -> list[Resource | None]:
    return [check.deployment.find(item, health_checks.CHECK) for item in setting(check, "ChildHealthChecks").items]


def _controls(check: Resource, depth: int = 0) -> Iterator[Control]:
    """The controls by which a check is healthy or not."""
    if setting(check, "Type").text == "RECOVERY_CONTROL":
        yield of_check(check)
    elif setting(check, "Type").text == "CALCULATED" and depth < _DEEPEST:
        for child in _children(check):
            yield from () if child is None else _controls(child, depth + 1)


def decide(record: Record) -> bool:
    """Whether routing controls decide by a check where a record leads."""
    check = health_checks.check_of(record)
    return check is not None and any(_controls(check))


def _inverted(check: Resource) -> bool | None:
    written = setting(check, "Inverted")
    return False if written.is_absent else written.flag


def _want(wanted: dict[object, bool], check: Resource, depth: int = 0, *, is_healthy: bool) -> None:
    """Turn the controls without which a check is not as it is wished."""
    inverted, type_ = _inverted(check), setting(check, "Type").text
    if inverted is None or depth > _DEEPEST:
        return
    wish = is_healthy is not inverted
    if type_ == "RECOVERY_CONTROL":
        wanted.setdefault(of_check(check).key, wish)
        return
    threshold, children = setting(check, "HealthThreshold").number, _children(check)
    if type_ != "CALCULATED" or threshold is None or None in children:
        return
    known = [child for child in children if child is not None]
    needed = threshold if wish else len(known) - threshold + 1
    able = [child for child in known if _healthy(wanted, child, depth + 1) is not (not wish)]
    # Where more of them may do, nothing tells which.
    for child in able if len(able) == needed else ():
        _want(wanted, child, depth + 1, is_healthy=wish)


def _healthy(wanted: Mapping[object, bool], check: Resource, depth: int = 0) -> bool | None:
    """Whether a check is healthy once controls are turned; None where that is not known."""
    inverted, type_ = _inverted(check), setting(check, "Type").text
    if inverted is None or depth > _DEEPEST:
        return None
    healthy: bool | None = None
    if type_ == "RECOVERY_CONTROL":
        healthy = wanted.get(of_check(check).key)
    elif type_ == "CALCULATED":
        threshold = setting(check, "HealthThreshold").number
        below = [None if child is None else _healthy(wanted, child, depth + 1) for child in _children(check)]
        if threshold is not None and below.count(True) >= threshold:
            healthy = True
        elif threshold is not None and len(below) - below.count(False) < threshold:
            healthy = False
    return None if healthy is None else healthy is not inverted


def side(sides: Sides, each: Record, check: Resource | None) -> str:
    """Where what has a check leads: home, away, both; empty where nothing tells that."""
    reached = _reached(sides, each, check)
    if len(reached) == 1:
        return next(iter(reached))
    if reached:
        return "both"
    failover = (each.get("Failover").text or "").upper()
    return {"PRIMARY": "home", "SECONDARY": "away"}.get(failover, "")


def _reached(sides: Sides, each: Record, check: Resource | None, depth: int = 0) -> set[str]:
    """The sides to which a record leads, by Regions: that of its target, its own, or that which names of controls have;
    else those of the records that it is an alias of."""
    region = capacity.of_record(sides.family, each).region or each.get("Region").text
    if region is not None:
        return {"home"} if region == sides.primary else {"away"} if region == sides.region else set()
    below = {side for control in (_controls(check) if check is not None else ()) for side in _named(sides, control)}
    if below or depth > _DEEPEST:
        return below
    every = [_reached(sides, to, health_checks.check_of(to), depth + 1) for to in detections.targets(each)]
    return set().union(*every)


def _named(sides: Sides, control: Control) -> set[str]:
    """The side of a control by the Region in its name."""
    name = "" if control.resource is None else spelled(control.resource.get("Name"), control.resource) or ""
    named = {"home": sides.primary, "away": sides.region}
    found = {side for side, region in named.items() if region is not None and region in name}
    return found if len(found) == 1 else set()


def _key(each: Record) -> tuple[object, object]:
    return each.zone.key, each.name.key


def _behind(turned: Iterator[Record]) -> set[tuple[object, object]]:
    """The names behind records that are turned off, to which nothing leads then: they stay as they are."""
    names: set[tuple[object, object]] = set()
    rest = [(each, 0) for each in turned]
    while rest:
        each, depth = rest.pop()
        for to in detections.targets(each) if depth <= _DEEPEST else ():
            if _key(to) not in names:
                names.add(_key(to))
                rest.append((to, depth + 1))
    return names
