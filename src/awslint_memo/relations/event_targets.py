"""Amazon EventBridge: what rules and schedules say of their targets that it refuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.value import Value
from awslint_memo.relations.events import BUS, is_on_default_bus
from awslint_memo.syntax.embedded import each

MOST = fact(5, page="eventbridge/latest/APIReference/API_PutTargets.html", read="2026-11-30")
"""How many targets a rule may have."""

_RULE, _SCHEDULE = "AWS::Events::Rule", "AWS::Scheduler::Schedule"

_READING = fact(
    (
        *("get", "describe", "list", "poll", "receive", "search", "scan", "query", "select", "read", "lookup"),
        *("discover", "validate", "batchGet", "batchDescribe", "batchRead", "transactGet", "adminGet", "adminList"),
        *("testMigration", "retrieve", "testConnection", "translateDocument", "isAuthorized", "invokeModel"),
    ),
    page="scheduler/latest/UserGuide/managing-targets-universal.html",
    read="2026-11-30",
)
"""How the operations begin that EventBridge Scheduler does not call, most of which only read."""

_CALL = regex(r"(?:arn:[\w-]+)?:scheduler:::aws-sdk:[\w-]+:(\w+)")
"""The ARN of a universal target; of one with a partition that is not known, what follows that."""

_NEEDED: Mapping[str, tuple[str, str, str]] = fact(
    {
        "ecs": ("AWS::ECS::Cluster", "EcsParameters.TaskDefinitionArn", "a cluster of ECS"),
        "events": ("AWS::Events::EventBus", "EventBridgeParameters.DetailType", "an event bus"),
        "kinesis": ("AWS::Kinesis::Stream", "KinesisParameters.PartitionKey", "a data stream"),
    },
    page="scheduler/latest/UserGuide/managing-targets-templated.html",
    read="2026-11-30",
)
"""By service of a schedule's target: its type, what the schedule must say for it, and how it is called."""


def elsewhere(event_rule: Resource) -> list[Value]:
    """The targets of a rule on a bus that is not the default one, where surely none of them names a bus.

    In Terraform alone a target names the bus itself; without one it means the default bus, where the rule is not.
    """
    targets = list(each(event_rule, "Targets"))
    if event_rule.language != "terraform" or not targets or is_on_default_bus(event_rule) is not False:
        return []
    written = [name for name, _ in event_rule.everything()]
    # One bus is that of the rule itself.
    is_unnamed = "rule" in written and written.count("event_bus_name") == 1
    return targets if is_unnamed and not _has_namesake(event_rule) else []


def _has_namesake(event_rule: Resource) -> bool:
    """Whether another rule may have the name of this one, on another bus, so that a target may be its."""
    name = event_rule.get("Name").pattern
    return name is not None and event_rule.deployment.once(_rule_names)[name] > 1


def _rule_names(deployment: Deployment) -> Counter[TextPattern | None]:
    """How many rules have each name: hundreds would each be compared with all others."""
    return Counter(one.get("Name").pattern for one in deployment.of_type(_RULE))


def bus_name(deployment: Deployment, named: Value) -> str | None:
    """The name of the bus that a value names, by its ARN too; None where it is not known."""
    bus = deployment.find(named, BUS)
    # An ARN ends in the name, whatever its Region and account are.
    last = named.pieces[-1].text if bus is None else bus.get("Name").text
    if last is None or (bus is None and len(named.pieces) > 1 and "/" not in last):
        return None
    return last.rpartition("/")[2]


def uncalled(arn: Value) -> tuple[str, str] | None:
    """The operation that a schedule is to call by the ARN of a universal target, and how those begin that it does not
    call, if this is one of them."""
    match = _CALL.fullmatch(arn.pieces[-1].text or "")
    operation = match[1] if match else ""
    for begin in _READING:
        if operation.startswith(begin) and not operation[len(begin) :][:1].islower():
            return operation, begin
    return None


def lacking(schedule: Resource) -> Iterator[tuple[str, str]]:
    """What a schedule surely does not say of its target, which needs it, and how the target is called."""
    arn = schedule.get("Target.Arn")
    for service, (type_, path, called) in _NEEDED.items():
        is_of_service = service_of(arn) == service or schedule.deployment.find(arn, type_) is not None
        if schedule.get(f"Target.{path}").is_absent and (is_of_service or _is_told(schedule, arn, path)):
            yield path, called


def _is_told(schedule: Resource, arn: Value, path: str) -> bool:
    """Whether another schedule says for the same target what this one does not."""
    target = arn.pattern
    return target is not None and (path, target) in schedule.deployment.once(_told)


def _told(deployment: Deployment) -> set[tuple[str, TextPattern | None]]:
    """What schedules say of their targets, with these: hundreds would each be compared with all others."""
    schedules = [(one, one.get("Target.Arn").pattern) for one in deployment.of_type(_SCHEDULE)]
    paths = [path for _, path, _ in _NEEDED.values()]
    return {(path, target) for one, target in schedules for path in paths if one.get(f"Target.{path}").is_known}
