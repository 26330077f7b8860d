"""Amazon CloudWatch Logs: how long it keeps logs; to what subscription filters deliver, and with which right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.relations.creation_order import stack, waits_for
from awslint_memo.relations.iam.arns import service_of_type
from awslint_memo.relations.lambda_.admissions import PERMISSION

_TAKES_ROLE: Mapping[str, bool] = fact(
    {"firehose": True, "kinesis": True, "lambda": False},
    page="AmazonCloudWatch/latest/logs/subscription-concepts.html",
    read="2026-11-29",
)
"""By service, whether CloudWatch Logs delivers to it with the role of the filter. A destination of another account has
a role of its own."""


RETENTIONS = fact(
    (
        *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288),
        3653,
    ),
    page="AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    read="2026-11-29",
)
"""Days for which a log group can keep logs."""


MOST = fact(2, page="AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html", read="2026-11-30")
"""Filters that a log group has at most; nobody can get more."""

_FUNCTION = "AWS::Lambda::Function"
_GROUP, _FILTER = "AWS::Logs::LogGroup", "AWS::Logs::SubscriptionFilter"


def before(subscription: Resource) -> Sequence[Resource]:
    """The filters of a deployment that surely are of the same log group as one, and stand before it."""
    group, position = subscription.deployment.once(_places).get(subscription.name, ((), 0))
    return group[:position]


def _places(deployment: Deployment) -> Mapping[str, tuple[Sequence[Resource], int]]:
    """By the filters that surely are there, each with a name of its own: those of its log group, and its place."""
    groups: dict[str, list[Resource]] = {}
    places: dict[str, tuple[Sequence[Resource], int]] = {}
    for subscription in deployment.of_type(_FILTER):
        named, name = subscription.get("LogGroupName"), subscription.get("FilterName")
        group = deployment.find(named, _GROUP)
        own = named if group is None else group.get("LogGroupName")
        key = own.text or (None if group is None else group.name)
        is_here = group is not None or (
            subscription.terraform.provider.is_absent and subscription.terraform.region.is_absent
        )
        # A group of which the number is not known stands for several.
        is_one = subscription.copies.number == 1 and (group is None or group.copies.number == 1)
        if key is not None and is_here and is_one:
            others = groups.setdefault(key, [])
            if not any(name.is_same_as(other.get("FilterName")) for other in others):
                places[subscription.name] = others, len(others)
                others.append(subscription)
    return places


def unawaited(subscription: Resource) -> Resource | None:
    """The permission by which CloudWatch Logs may invoke the function to which a filter sends, if CloudFormation surely
    is free to make it after the filter; None where the filter waits for one, or that is not known."""
    deployment = subscription.deployment
    function = deployment.find(subscription.get("DestinationArn"), _FUNCTION)
    permissions = (
        [] if function is None else [one for one in deployment.own_of_type(PERMISSION) if _is_of(one, function)]
    )
    if not permissions or any(stack(one) != stack(subscription) for one in permissions):
        return None
    waits = waits_for(subscription, lambda other: other.type == PERMISSION)
    return permissions[0] if waits is False else None


def _is_of(permission: Resource, function: Resource) -> bool:
    """Whether a permission surely lets CloudWatch Logs invoke a function."""
    principal = permission.get("Principal").pattern
    is_of_logs = principal is not None and principal.startswith("logs.")
    return is_of_logs and permission.follow("FunctionName", _FUNCTION) is function


def takes_role(subscription: Resource) -> bool | None:
    """Whether a filter surely needs a role (True) or surely takes none (False); None where that is not known."""
    destination = subscription.get("DestinationArn")
    receiver = subscription.deployment.find(destination)
    service = service_of(destination) if receiver is None else service_of_type(receiver.type)
    return _TAKES_ROLE.get(service or "")
