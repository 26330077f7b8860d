"""AWS CodeDeploy: the tags by which a deployment group names its instances, and which instances bear them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.autoscaling_zones import GROUP


@record(frozen=True, eq=False)
class Unborne:
    """A tag that a group wants of its instances, and that no instance of here bears. bearer: one with another value."""

    place: Value
    key: str
    value: str
    bearer: Resource
    other: str


def unborne(group: Resource) -> Iterator[Unborne]:
    """The tags of which a group wants one, where surely no instance or Auto Scaling group of here bears any of them,
    and some bear the key with another value."""
    for filters in _tag_groups(group):
        tags, borne = _pairs(filters), group.deployment.once(_borne)
        if borne is None or any((key, value) in borne for key, value, _ in tags):
            continue
        others = (
            Unborne(place, key, value, bearer, other)
            for key, value, place in tags
            for (name, other), bearer in borne.items()
            if name == key
        )
        yield from islice(others, 1)


def _pairs(filters: Sequence[Value]) -> list[tuple[str, str, Value]]:
    """The keys and values of filters, each with its place; none where one filter is not known or takes any value."""
    tags: list[tuple[str, str, Value]] = []
    for item in filters:
        key, value = item.get("Key").text, item.get("Value").text
        if key is None or value is None or item.get("Type").text != "KEY_AND_VALUE":
            return []
        tags.append((key, value, item))
    return tags


def _tag_groups(group: Resource) -> list[list[Value]]:
    """The filters of a group of which an instance has to fit one; of each list of the result, that is."""
    found = [group.get("Ec2TagFilters").items]
    found += [one.get("Ec2TagGroup").items for one in group.get("Ec2TagSet.Ec2TagSetList").items]
    return [filters for filters in found if filters]


def _borne(deployment: Deployment) -> Mapping[tuple[str, str], Resource] | None:
    """The tags of the instances and Auto Scaling groups of a deployment, each with one that bears it; None where they
    are not all known."""
    found: dict[tuple[str, str], Resource] = {}
    templates = deployment.of_type("AWS::EC2::LaunchTemplate")
    bearers = deployment.of_type("AWS::EC2::Instance", GROUP)
    if not all(one.get("LaunchTemplateData.TagSpecifications").is_absent for one in templates):
        return None
    for bearer in bearers:
        for tag in bearer.get("Tags").items:
            key, value = tag.get("Key").text, tag.get("Value").text
            if key is None or value is None:
                return None
            found.setdefault((key, value), bearer)
    return found
