"""Lambda@Edge: which functions CloudFront runs at the edge, and what it refuses of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.iam.roles import trusts
from awslint_memo.relations.lambda_.aliases import ALIAS, LATEST, unpublished_of
from awslint_memo.relations.lambda_.functions import function_of, timeout, unqualified
from awslint_memo.syntax.embedded import each

_RESTRICTIONS = "AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html"
_QUOTAS = "AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html"

EDGE = fact(
    "edgelambda.amazonaws.com",
    page="AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html",
    read="2026-11-26",
)
"""The service that a role must trust for a function which runs at the edge."""

NOT_AT_EDGE = fact(
    ("Environment.Variables", "Layers", "VpcConfig.SubnetIds"),
    page=_RESTRICTIONS,
    read="2026-11-26",
)
"""Properties of a function that has something which Lambda@Edge does not take; nor does it take container images."""

EDGE_RUNTIMES = fact(("nodejs", "python"), page=_RESTRICTIONS, read="2026-11-26")
"""How the names of the runtimes begin that Lambda@Edge has."""

ONLY_AT_EDGE: Mapping[str, str] = fact(
    {"Architectures": "x86_64", "PackageType": "Zip"}, page=_RESTRICTIONS, read="2026-11-30"
)
"""What other properties of a function at the edge must be."""

UNSUPPORTED: Mapping[str, str] = fact(
    {"DeadLetterConfig.TargetArn": "", "TracingConfig.Mode": "Active"}, page=_RESTRICTIONS, read="2026-11-30"
)
"""What Lambda@Edge does not support besides, by property and value; no page says that CloudFront refuses it."""

EDGE_STORAGE = fact(512, page=_RESTRICTIONS, read="2026-11-30")
"""MB: the most ephemeral storage of a function that is supported at the edge; no page says that more is refused."""

EDGE_REGION = fact("us-east-1", page=_RESTRICTIONS, read="2026-11-30")
"""The Region in which functions for the edge are."""

LONGEST: Mapping[str, int] = fact({"origin": 30, "viewer": 5}, page=_QUOTAS, read="2026-11-30")
"""Seconds that a function may run at the edge, by the begin of its event type."""

VIEWER_MEMORY = fact(128, page=_QUOTAS, read="2026-11-30")
"""MB: the most memory of a function for events of viewers."""

DISTRIBUTION = "AWS::CloudFront::Distribution"

_BEHAVIORS = ("DistributionConfig.DefaultCacheBehavior", "DistributionConfig.CacheBehaviors")
_ARN = "LambdaFunctionARN"


@record(frozen=True, eq=False)
class Refusal:
    """What CloudFront refuses of a function at the edge: a value of the function, why, and the remedy. is_sure: whether
    it refuses it; else it only does nothing there."""

    value: Value
    why: str
    do: str
    is_sure: bool = True


def associations(distribution: Resource) -> Iterator[Value]:
    """The associations of a distribution with functions."""
    for path in _BEHAVIORS:
        yield from each(distribution, f"{path}.LambdaFunctionAssociations")


def is_at_edge(function: Resource) -> bool:
    """Whether a function runs at the edge: a CloudFront distribution of this deployment names it, or its role lets
    Lambda@Edge take it, which a distribution of another stack then does, and it has nothing that the edge refuses."""
    if function.name in function.deployment.once(_events):
        return True
    return _is_for_edge(function.follow("Role", "AWS::IAM::Role")) and not any(_features(function))


def refusals(function: Resource) -> Iterator[Refusal]:
    """What CloudFront surely refuses of a function with which a distribution of this deployment associates it."""
    events = function.deployment.once(_events).get(function.name)
    if events is None:
        return
    yield from _features(function)
    yield from _limits(function, events)
    for name, only in UNSUPPORTED.items():
        value = function.get(name)
        # A block that is not known may be there or not.
        is_open = "." in name and function.get(name.partition(".")[0]).is_unknown
        if value.text == only if only else not value.is_absent and value.text != "" and not is_open:
            yield Refusal(value, f"has {function.in_file_words(name)}", "remove it", is_sure=False)
    storage = function.get("EphemeralStorage.Size")
    if storage.above(EDGE_STORAGE):
        has = f"has {function.in_file_words('EphemeralStorage.Size')} {storage.text} MB{storage.note}"
        yield Refusal(storage, has, f"set it to at most {EDGE_STORAGE}", is_sure=False)
    region = _other_region(function)
    if region is not None:
        yield Refusal(function.get("FunctionName"), f"is in {region}, and not in {EDGE_REGION}", "create it there")


def _other_region(function: Resource) -> str | None:
    """The Region in which a function surely is, where that is none for the edge; else None."""
    # Few functions run at the edge.
    from awslint_memo.relations.cloudwatch.namespaces import OTHER_PARTITIONS
    from awslint_memo.relations.recovery import regions

    region = regions.told(function)
    # Who deploys it knows that the default Region is refused, and gives another one. Other partitions have other homes.
    if region is None or region.origin.defaults or region.text in (None, EDGE_REGION):
        return None
    return None if (region.text or "").startswith(OTHER_PARTITIONS) else region.text


def _features(function: Resource) -> Iterator[Refusal]:
    for name in NOT_AT_EDGE:
        if _has_content(function.get(name)):
            yield Refusal(function.get(name), f"has {function.in_file_words(name)}", "remove it")
    for name, only in ONLY_AT_EDGE.items():
        for value in function.get(name).items:
            if value.text not in (None, only):
                yield Refusal(value, f"has {function.in_file_words(name)} {value.text}", f"set it to {only}")
    runtime = function.get("Runtime")
    if runtime.text is not None and not runtime.text.startswith(EDGE_RUNTIMES):
        has = f"has {function.in_file_words('Runtime')} {runtime.text}"
        yield Refusal(runtime, has, "write it for Node.js or Python")


def _limits(function: Resource, events: Sequence[str]) -> Iterator[Refusal]:
    most = min(
        (seconds for begin, seconds in LONGEST.items() for event in events if event.startswith(begin)), default=0
    )
    memory = VIEWER_MEMORY if any(event.startswith("viewer") for event in events) else 0
    limits = [
        (timeout(function), "Timeout", most, "s"),
        (function.get("MemorySize"), "MemorySize", memory, "MB"),
    ]
    for value, name, limit, unit in limits:
        if limit and value.above(limit):
            has = f"has {function.in_file_words(name)} {value.text} {unit}{value.note}"
            yield Refusal(value, has, f"set it to at most {limit}")


def no_version(deployment: Deployment, arn: Value) -> str | None:
    """What an association names that surely is no numbered version of a function, in words; else None."""
    if deployment.find(arn, ALIAS) is not None:
        return "an alias"
    function = unpublished_of(deployment, arn)
    if function is not None:
        return f"{LATEST}, because {function.title} publishes no version"
    if unqualified(deployment, arn) is not None or (arn.text or "").endswith(f":{LATEST}"):
        return "the function without a version"
    return None


def _has_content(value: Value) -> bool:
    """Whether a list or map surely has something in it."""
    return isinstance(value, Known) and isinstance(value.content, (list, Mapping)) and bool(value.content)


def _is_for_edge(role: Resource | None) -> bool:
    return role is not None and trusts(role, EDGE) is True


def _events(deployment: Deployment) -> Mapping[str, Sequence[str]]:
    """By the functions that distributions name, the event types for which they do, as far as these are known."""
    events: dict[str, list[str]] = {}
    for distribution in deployment.of_type(DISTRIBUTION):
        for association in associations(distribution):
            function = function_of(deployment, association.get(_ARN))
            if function is not None:
                events.setdefault(function.name, []).append(association.get("EventType").text or "")
    return events
