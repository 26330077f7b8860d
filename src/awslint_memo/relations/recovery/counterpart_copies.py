"""Whether a secret, a key or images are replicated to another Region."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.families import Family


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
    if target.type == "AWS::KMS::Key":
        return _key_copy(target, family, region)
    if target.type == "AWS::ECR::Repository":
        return _image_copy(target, family, region)
    return None


def _key_copy(target: Resource, family: Family, region: str) -> tuple[bool | None, str] | None:
    replicas = [
        member.resource
        for member in family.members("AWS::KMS::ReplicaKey")
        if member.resource.deployment.find(member.resource.get("PrimaryKeyArn"), target.type) is target
    ]
    by_region = {family.region(replica): replica for replica in replicas}
    if region in by_region:
        return True, f"{by_region[region].title} is its replica"
    if None in by_region:
        return None, f"the Region of its replica {by_region[None].title}"
    return (False, f"{replicas[0].title} is its replica in another Region") if replicas else None


def _image_copy(target: Resource, family: Family, region: str) -> tuple[bool | None, str] | None:
    name = target.get("RepositoryName").text or ""
    answers = {
        _is_for_images(rule, name)
        for member in family.members("AWS::ECR::ReplicationConfiguration")
        for rule in member.resource.get("ReplicationConfiguration.Rules").items
        if region in [item.get("Region").text for item in rule.get("Destinations").items]
    }
    if True in answers:
        return True, "images are replicated there from now on"
    return (None, "whether the replication of images is for it") if answers else None


def _is_for_images(rule: Value, name: str) -> bool:
    """Whether a rule of replication surely is for the images of a repository: without a filter it is for all."""
    filters = rule.get("RepositoryFilters")
    starts = [item.get("Filter").text for item in filters.items]
    return filters.is_absent or any(start and name.startswith(start) for start in starts)
