"""Amazon EventBridge: what rules and schedules deliver to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.patterns import matches
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.iam.arns import service_of_type
from awslint_memo.relations.notices import only_tells_people
from awslint_memo.syntax.embedded import each, parse_embedded

_TARGETS = "eventbridge/latest/APIReference/API_PutTargets.html"

_KEEPERS = ("AWS::Logs::", "AWS::Events::EventBus", "AWS::EventsV2::")
"""Types that take every event: log groups and buses, which deliver it on by rules of their own."""


_SWITCHED = ("AWS::Events::Rule", "AWS::Scheduler::Schedule")
"""Types that have a State."""


def is_disabled(sender: Resource) -> bool:
    """Whether a rule or schedule surely delivers nothing, because it is switched off."""
    if sender.type == "AWS::IoT::TopicRule":
        return sender.get("TopicRulePayload.RuleDisabled").flag is True
    return sender.type in _SWITCHED and sender.get("State").text == "DISABLED"


def names(event_rule: Resource, some: Sequence[Value]) -> tuple[str, str]:
    """What tells some targets of a rule from its others: their Ids, for "Targets a and b of the rule", or where they
    deliver, for "Targets of the rule to Work and Mail". Both are empty where that is not known."""
    ids = _distinct([target.get("Id").text for target in some])
    others = len(list(each(event_rule, "Targets"))) > 1
    to = _distinct([_destination(event_rule, target) for target in some]) if others and not ids else ""
    return f" {ids}" if ids else "", f"to {to} " if to else ""


def _distinct(names: Sequence[str | None]) -> str:
    """Names as in a sentence; empty where not each is known and another one."""
    known = [name for name in names if name]
    return listed(known, most=3) if len(set(known)) == len(names) else ""


def _destination(event_rule: Resource, target: Value) -> str | None:
    arn = target.get("Arn")
    to = event_rule.deployment.find(arn)
    return arn.text if to is None else to.title


def needs_dead_letters(deployment: Deployment, target: Value) -> bool:
    """Whether a target surely can refuse an event of which more is lost than a notice: it is known, and neither a log
    group nor an event bus, nor a topic that only tells people."""
    resource = deployment.find(target)
    if resource is not None:
        return not only_tells_people(resource) and not resource.type.startswith(_KEEPERS)
    service = service_of(target)
    return bool(service) and service not in ("logs", "events", "*")


_DESTINATION = "AWS::Events::ApiDestination"
_IN_DESTINATIONS = ":api-destination/"
"""What the ARN of an API destination has, which tells it from a bus."""

ROLE_NEEDED: Mapping[str, Fact[str]] = {
    _DESTINATION: Fact(
        "call the API",
        page="https://github.com/terraform-aws-modules/terraform-aws-eventbridge/issues/41",
        read="2026-12-01",
    ),
    "batch": Fact(
        "submit the job", page="https://github.com/hashicorp/terraform-provider-aws/issues/27215", read="2026-11-29"
    ),
    "codebuild": Fact(
        "start the build", page="https://github.com/awsdocs/aws-cloudformation-user-guide/pull/1178", read="2026-11-29"
    ),
    "codepipeline": Fact(
        "start the pipeline", page="https://github.com/awsdocs/aws-codepipeline-user-guide/pull/18", read="2026-11-29"
    ),
    "kinesis": Fact("write to the stream", page=_TARGETS, read="2026-11-29"),
    "states": Fact("start the state machine", page=_TARGETS, read="2026-11-29"),
}
"""The services, and the type, to whose resources EventBridge delivers with the role of a target, and what it does
there. It refuses a target of these without a role."""


def acts_with_role(deployment: Deployment, target: Value) -> str:
    """What EventBridge surely does with a target by the role of that target; empty where it needs none, or that is not
    known."""
    resource = deployment.find(target)
    service = service_of(target) if resource is None else service_of_type(resource.type)
    written = "".join(piece.text or "" for piece in target.pieces)
    is_destination = _IN_DESTINATIONS in written if resource is None else resource.type == _DESTINATION
    needed = ROLE_NEEDED.get(_DESTINATION if is_destination else service or "")
    return "" if needed is None else needed.value


def is_log_group(deployment: Deployment, target: Value) -> bool:
    """Whether a target surely is a log group, to which EventBridge delivers by a policy of CloudWatch Logs only."""
    resource = deployment.find(target)
    return service_of(target) == "logs" if resource is None else resource.type == "AWS::Logs::LogGroup"


def silent_buckets(event_rule: Resource) -> list[Resource]:
    """The buckets for whose events a rule waits, where it is for no others and none of them sends any to EventBridge.

    What CloudTrail tells of calls is no event of the bucket.
    """
    asked = pattern(event_rule)
    kinds = [item.text for item in asked.get("detail-type").items]
    is_of_s3 = [item.text for item in asked.get("source").items] == ["aws.s3"]
    is_by_bucket = bool(kinds) and all(kind is not None and kind.startswith("Object ") for kind in kinds)
    on_default = event_rule.get("EventBusName").is_absent or event_rule.get("EventBusName").text == "default"
    if not (is_of_s3 and is_by_bucket and on_default) or is_disabled(event_rule):
        return []
    named = asked.get("detail.bucket.name").items
    buckets = [event_rule.deployment.find(value, "AWS::S3::Bucket") for value in named]
    silent = [bucket for bucket in buckets if bucket is not None and _is_silent(bucket)]
    return silent if len(silent) == len(named) else []


def _is_silent(bucket: Resource) -> bool:
    notifications = bucket.get("NotificationConfiguration")
    setting = notifications.get("EventBridgeConfiguration")
    enabled = setting.get("EventBridgeEnabled")
    is_terraform = bucket.language == "terraform"
    is_off = setting.is_absent or enabled.flag is False or (is_terraform and enabled.is_absent)
    # No other stack has a property for a bucket of this one.
    is_free = bucket.is_open or (is_terraform and bucket.is_exposed())
    return is_off and not is_free and not _is_told_to_custom(bucket)


_CUSTOM = ("AWS::CloudFormation::CustomResource", "Custom::")
"""How the types begin that call a function, which may turn on what it wants."""


def _is_told_to_custom(bucket: Resource) -> bool:
    resources = bucket.deployment.resources.values()
    custom = [resource for resource in resources if resource.type.startswith(_CUSTOM)]
    return any(bucket.may_be_named_by(value) for resource in custom for _, value in resource.everything())


BUS = "AWS::Events::EventBus"
_BUS_POLICY = "AWS::Events::EventBusPolicy"


def own_bus(event_rule: Resource) -> Resource | None:
    """The bus of this deployment on which a rule surely is, where surely nobody sends to it what the rule waits for: no
    partner, no rule that forwards such events, and no account by a policy; else None. Others may know it by an output.
    """
    deployment = event_rule.deployment
    named = event_rule.get("EventBusName")
    bus = deployment.find(named, BUS)
    if bus is None:
        buses = (one for one in deployment.of_type(BUS) if one.get("Name").is_same_as(named))
        bus = next(buses, None)
    if bus is None or not bus.get("EventSourceName").is_absent or bus.is_open:
        return None
    if not bus.get("Policy").is_absent or any(_may_let(one, event_rule) for one in deployment.of_type(_BUS_POLICY)):
        return None
    rules = deployment.of_type(event_rule.type)
    return None if any(_hands_on(one, bus, event_rule) for one in rules) else bus


def _may_let(policy: Resource, event_rule: Resource) -> bool:
    """Whether a policy of a bus may let others send what a rule waits for, and not only events of other sources."""
    opened = parse_embedded(policy.get("Statement"))
    inner = opened.get("Statement")
    written = [opened] if inner.is_absent else inner.items
    sources = [item.text or "" for item in pattern(event_rule).get("source").items]
    return not written or not all(_lets_others_alone(one, sources) for one in written)


def _lets_others_alone(statement: Value, sources: Sequence[str]) -> bool:
    """Whether a statement surely lets nobody send events of some sources: it denies, or names other ones."""
    if statement.get("Effect").text == "Deny":
        return True
    for operator, keys in statement.get("Condition").fields.items():
        for key, named in keys.fields.items():
            texts = [item.text for item in named.items]
            if (
                operator.lower() in ("stringequals", "stringlike")
                and key.lower() == "events:source"
                and None not in texts
            ):
                return not any(matches(text or "", source) for text in texts for source in sources)
    return False


def _is_to(event_rule: Resource, bus: Resource) -> bool:
    """Whether a target of a rule surely is a bus."""
    return any(bus.deployment.find(target.get("Arn"), BUS) is bus for target in each(event_rule, "Targets"))


def _hands_on(other: Resource, bus: Resource, event_rule: Resource) -> bool:
    """Whether a rule may hand on to a bus what another rule there waits for. One on this bus brings nothing new."""
    if bus.deployment.find(other.get("EventBusName"), BUS) is bus:
        return False
    may_be = _is_to(other, bus) or any(target.get("Arn").is_unknown for target in each(other, "Targets"))
    return may_be and all(_may_share(other, event_rule, key) for key in ("source", "detail-type"))


def _may_share(one: Resource, other: Resource, key: str) -> bool:
    """Whether an event may match what the patterns of two rules ask for under a key."""
    asked = [pattern(one).get(key), pattern(other).get(key)]
    if any(pattern(each_).is_unknown for each_ in (one, other)) or not all(value.is_known for value in asked):
        return True
    wanted = [{item.text for item in value.items} for value in asked]
    return any(None in texts for texts in wanted) or not wanted[0].isdisjoint(wanted[1])


def is_on_default_bus(event_rule: Resource) -> bool | None:
    """Whether a rule surely is on the default bus (True) or surely on another one (False); None where that is not
    known."""
    named = event_rule.get("EventBusName", default="default")
    if event_rule.deployment.find(named, BUS) is not None:
        return False
    return None if named.text is None else named.text.rpartition("/")[2] == "default"


def is_only_of_aws(event_rule: Resource) -> bool:
    """Whether a rule surely waits for events of AWS's services only."""
    sources = pattern(event_rule).get("source").items
    return bool(sources) and all((source.text or "").startswith("aws.") for source in sources)


def waits_for(event_rule: Resource, source: str) -> bool:
    """Whether a rule may be invoked by events of a source, such as aws.backup."""
    asked = pattern(event_rule)
    sources = asked.get("source")
    return asked.is_unknown or sources.is_unknown or any(one.text in (source, None) for one in sources.items)


KEYS = fact(
    ("account", "detail", "detail-type", "id", "region", "resources", "source", "time", "version", "replay-name"),
    page="eventbridge/latest/ref/events-structure.html",
    read="2026-11-29",
)
"""The keys at the top of an event."""

_OR = "$or"
"""What combines patterns, and is no key of events."""


def pattern(event_rule: Resource) -> Value:
    """The EventPattern of a rule as a mapping, also where it is written as JSON text; Absent for one without.

    A key such as detail.state is state in detail, as EventBridge takes it
    (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html, read on 2026-11-29).
    """
    return _nested(parse_embedded(event_rule.get("EventPattern")))


def _nested(value: Value) -> Value:
    """A value in which no key of a mapping has dots."""
    if not isinstance(value, Known) or not isinstance(value.content, Mapping):
        return value
    content: dict[str, Value] = {}
    for key, item in value.content.items():
        first, _, rest = key.partition(".")
        beside = content[first].fields if rest and first in content else {}
        content[first] = _nested(Known({**beside, rest: item}, item.place) if rest else item)
    return Known(content, value.place, value.origin)


def unknown_keys(event_rule: Resource) -> dict[str, Value]:
    """The keys at the top of a rule's pattern that no event has, with what they ask for."""
    return {key: value for key, value in pattern(event_rule).fields.items() if key not in (*KEYS, _OR)}


def alike_key(key: str) -> str | None:
    """The key of events that is meant by one that is written otherwise: detail-type by detailType or detail_type."""
    plain = key.replace("_", "").replace("-", "").lower()
    return next((known for known in KEYS if known.replace("-", "") == plain), None)
