"""Whether a secret, a key or images are replicated to another Region."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.families import Family

_KEY = "AWS::KMS::Key"
_REPLICA = "AWS::KMS::ReplicaKey"
_ORIGINAL = "PrimaryKeyArn"


def of(target: Resource, family: Family, region: str) -> tuple[bool | None, str] | None:
    """Whether a replica of something is in another Region; None where nothing replicates it."""
    if target.type == "AWS::SecretsManager::Secret":
        written = target.get("ReplicaRegions")
        names = [item.get("Region").text for item in written.items]
        if region in names:
            return True, "is replicated there"
        if family.region(target) in names:  # None is replicated to where it is: its Region is another one.
            return None, "in which Regions its replicas are"
        return (None, "its replicas, which are not known") if written.is_unknown or None in names else None
    if target.type == _KEY:
        return _key_copy(target, family, region)
    if target.type == _REPLICA:
        return _of_replica(target, family, region)
    if target.type == "AWS::ECR::Repository":
        return _image_copy(target, family, region)
    return None


def _of_replica(target: Resource, family: Family, region: str) -> tuple[bool | None, str] | None:
    """The same of a key that is a replica itself: its original may be there, or another replica of that."""
    original = target.deployment.find(target.get(_ORIGINAL), _KEY)
    if original is None:
        return None, "the Region of the key that it is a replica of"
    home = family.region(original)
    if home == region:
        return True, f"it is a replica of {original.title}"
    found = _key_copy(original, family, region)
    if home is None and (found is None or found[0] is not True):
        return None, f"the Region of {original.title}, which it is a replica of"
    is_nowhere = found is not None and found[0] is False
    return (False, f"it is a replica of {original.title} in {home}") if is_nowhere else found


def _key_copy(target: Resource, family: Family, region: str) -> tuple[bool | None, str] | None:
    every = [member.resource for member in family.members(_REPLICA)]
    originals = [replica.deployment.find(replica.get(_ORIGINAL), _KEY) for replica in every]
    replicas = [replica for replica, original in zip(every, originals, strict=True) if original is target]
    unclear = [replica for replica, original in zip(every, originals, strict=True) if original is None]
    by_region = {family.region(replica): replica for replica in replicas}
    if region in by_region:
        return True, f"{by_region[region].title} is a replica of {target.title}"
    if None in by_region:
        return None, f"the Region of {by_region[None].title}, a replica of {target.title}"
    is_copied = target.get("MultiRegion").is_unknown or target.get("MultiRegion").flag is True
    may_be = next((replica for replica in unclear if family.region(replica) == region), None)
    if may_be is not None and is_copied:
        given = may_be.in_file_words(_ORIGINAL)
        return None, f"whether {may_be.title} there is a replica of {target.title}; give what its {given} names"
    return (False, f"{replicas[0].title} is a replica of {target.title} in another Region") if replicas else None


def _image_copy(target: Resource, family: Family, region: str) -> tuple[bool | None, str] | None:
    name = target.get("RepositoryName").text or ""
    answers = {_is_for_images(rule, name) for rule in _rules(family, region, family.region(target))}
    if True in answers:
        return True, "images are replicated there from now on"
    return (None, "whether the replication of images is for it") if None in answers else None


def _rules(family: Family, region: str, home: str | None) -> Iterator[Value]:
    """The rules of replication out of the Region of a repository that lead to another one, or may."""
    for member in family.members("AWS::ECR::ReplicationConfiguration"):
        if home is not None and family.region(member.resource) not in (home, None):
            continue  # Each Region has its own registry.
        written = member.resource.get("ReplicationConfiguration.Rules")
        for rule in written.items:
            if _may_lead(rule, region):
                yield rule


def _may_lead(rule: Value, region: str) -> bool:
    """Whether a rule leads to a Region, or may as nobody knows where it leads."""
    listed = rule.get("Destinations")
    return rule.is_unknown or listed.is_unknown or region in _regions(listed) or None in _regions(listed)


def _regions(destinations: Value) -> list[str | None]:
    return [item.get("Region").text for item in destinations.items]


def _is_for_images(rule: Value, name: str) -> bool | None:
    """Whether a rule of replication surely is for the images of a repository (True), or surely not (False): without a
    filter it is for all."""
    filters = rule.get("RepositoryFilters")
    starts = [item.get("Filter").text for item in filters.items]
    if rule.is_unknown or rule.get("Destinations").is_unknown or None in _regions(rule.get("Destinations")):
        return None
    if filters.is_absent or any(start and name.startswith(start) for start in starts):
        return True
    return False if starts and all(start and _WILDCARD in start for start in starts) else None


_WILDCARD = "*"
"""A filter is the beginning of a name, in which AWS allows no wildcard
(https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_RepositoryFilter.html)."""


def refused_filter(family: Family, region: str) -> str | None:
    """The filter of a rule of replication to a Region that is for nothing, as it has a wildcard; None without one."""
    rules = _rules(family, region, None)
    every = (item.get("Filter").text or "" for rule in rules for item in rule.get("RepositoryFilters").items)
    return next((text for text in every if _WILDCARD in text), None)
