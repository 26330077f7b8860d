"""Amazon EventBridge: whether the events that an archive is to keep are on the bus from which it takes them."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import event_targets, events
from awslint_memo.relations.events import BUS
from awslint_memo.syntax.embedded import each

RULE = "AWS::Events::Rule"
_DEFAULT = "default"

_WRITING = (
    "AWS::ECS::TaskDefinition",
    "AWS::Lambda::Function",
    "AWS::Pipes::Pipe",
    "AWS::Scheduler::Schedule",
    "AWS::StepFunctions::StateMachine",
)
"""What may put events on a bus that it names."""


@record(frozen=True, eq=False)
class Stray:
    """An archive of events that surely are meant for another bus. source: what their source is. bus: how the bus is
    called from which the archive takes. other: the bus that has them. place: a rule that waits for them there, or the
    other bus, which is named as their source."""

    source: Value
    bus: str
    other: str
    place: Resource


def stray(archive: Resource) -> Stray | None:
    """What an archive waits for that is on another bus: each rule of here for such events is there, or the other bus of
    here is named as their source. None where a rule on its own bus may match them, or somebody here may put them on it;
    or where that is not known."""
    deployment = archive.deployment
    named = archive.get("SourceArn")
    own, sources = _bus(deployment, named), events.pattern(archive).get("source").items
    texts = [source.text or "" for source in sources]
    if own is None or deployment.is_open or not texts or not all(texts) or any(one.startswith("aws.") for one in texts):
        return None
    rules = [one for one in deployment.of_type(RULE) if any(events.waits_for(one, text) for text in texts)]
    if any(_may_bring(one, own, deployment) for one in rules) or _is_written_to(own, deployment):
        return None
    found = _by_rules(rules, deployment) or _by_name(texts, own, deployment)
    if found is None or found[0] == own:
        return None
    return Stray(sources[0], _title(own, deployment), _title(found[0], deployment), found[1])


def _bus(deployment: Deployment, named: Value) -> str | None:
    """The bus that a value names: a bus of here by its name in the template, any other one by its own name; None where
    that is not known."""
    if named.is_absent:
        return _DEFAULT
    bus = deployment.find(named, BUS)
    if bus is not None:
        return bus.name
    name = event_targets.bus_name(deployment, named)
    buses = [one for one in deployment.of_type(BUS) if one.get("Name").text == name]
    return buses[0].name if name and len(buses) == 1 else name


def _title(bus: str, deployment: Deployment) -> str:
    resource = deployment.resource(bus)
    return f"the {bus} bus" if resource is None else resource.title


def _may_bring(event_rule: Resource, own: str, deployment: Deployment) -> bool:
    """Whether a rule is on a bus, or may be, or may hand events on to it."""
    if _bus(deployment, event_rule.get("EventBusName")) in (None, own):
        return True
    return any(_is_bus(target.get("Arn"), deployment) for target in each(event_rule, "Targets"))


def _is_bus(arn: Value, deployment: Deployment) -> bool:
    """Whether a value names a bus, or may."""
    resource = deployment.find(arn)
    if resource is not None:
        return resource.type == BUS
    return arn.is_unknown or ":event-bus/" in "".join(piece.text or "" for piece in arn.pieces)


def _is_written_to(own: str, deployment: Deployment) -> bool:
    """Whether something of here that may put events on a bus of here names it."""
    bus = deployment.resource(own)
    if bus is None:
        return False
    writers = deployment.of_type(*_WRITING)
    return any(bus.may_be_named_by(value) for one in writers for _, value in one.everything())


def _by_rules(rules: list[Resource], deployment: Deployment) -> tuple[str, Resource] | None:
    """The bus on which all of some rules surely are, and the first of them."""
    waiting = [one for one in rules if not events.pattern(one).get("source").is_absent]
    buses = {_bus(deployment, one.get("EventBusName")) for one in waiting}
    bus = buses.pop() if len(buses) == 1 else None
    return None if bus is None or len(waiting) != len(rules) else (bus, waiting[0])


def _by_name(texts: list[str], own: str, deployment: Deployment) -> tuple[str, Resource] | None:
    """The bus of here with whose name all of some sources end, where that of the other bus is nowhere in them."""
    taken = deployment.resource(own)
    name = None if taken is None else taken.get("Name").text
    if not name or any(set(name_words(name)) & set(name_words(text)) for text in texts):
        return None
    return next(_ending(texts, deployment), None)


def _ending(texts: list[str], deployment: Deployment) -> Iterator[tuple[str, Resource]]:
    for bus in deployment.of_type(BUS):
        name = bus.get("Name").text
        if name and all(text.rpartition(".")[2] == name for text in texts):
            yield bus.name, bus
