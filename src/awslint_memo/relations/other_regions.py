"""In which Regions a stack surely is not, by what it lists for other Regions."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations import commanded_regions
from awslint_memo.relations.recovery import regions

_OWN = "AWS::Region"

_LISTS = {"AWS::CodePipeline::Pipeline": "ArtifactStores", "AWS::DynamoDB::GlobalTable": "Replicas"}
"""By type, a list whose items are each of another Region. Beside the stack's own Region, the others are other ones."""

_REPLICAS = {"AWS::SecretsManager::Secret": "ReplicaRegions"}
"""By type, a list of Regions other than the stack's own: a replica in that is refused."""


def is_elsewhere(resource: Resource, region: Value) -> bool:
    """Whether a Region surely is another one than that of a resource.

    A provider, a deployment of the user, a command of the repository or the rest of the template tells so.
    """
    own, text = regions.told(resource), region.text
    if text is None or own is not None:
        return own is not None and None not in (own.text, text) and own.text != text
    if resource.language == "terraform" or resource.name not in resource.deployment.own:
        return False
    return text in resource.deployment.once(_others) or commanded_regions.elsewhere(resource, text, region) is not None


def _others(deployment: Deployment) -> frozenset[str]:
    return frozenset(_listed(deployment))


def _listed(deployment: Deployment) -> Iterator[str]:
    for type_, path in {**_LISTS, **_REPLICAS}.items():
        for resource in deployment.of_type(type_):
            named = [item.get("Region") for item in resource.get(path).items]
            has_own = any(isinstance(region, Unknown) and region.key == _OWN for region in named)
            if resource.name in deployment.own and (has_own or type_ in _REPLICAS):
                yield from (region.text for region in named if region.text is not None)
