"""AWS CodeDeploy: the tags by which a deployment group names its instances, and which instances bear them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    borne = group.deployment.once(_borne)
    for filters in _tag_groups(group):
        wanted = [(one.get("Key").text, one.get("Value").text) for one in filters]
        is_known = all(one.get("Type").text == "KEY_AND_VALUE" for one in filters) and None not in sum(wanted, ())
        if is_known and borne is not None and not any(pair in borne for pair in wanted):
            for (key, value), place in zip(wanted, filters, strict=True):
                near = next(((other, one) for (name, other), one in borne.items() if name == key), None)
                if near is not None:
                    yield Unborne(place, key or "", value or "", near[1], near[0])
                    break


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
