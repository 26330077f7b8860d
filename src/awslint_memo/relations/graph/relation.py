"""How one resource hangs together with another in one deployment, and what a value names there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Link, Text, Unknown, Value
from awslint_memo.relations.lambda_.functions import FUNCTION, QUALIFIED, function_of

End: TypeAlias = "tuple[str, str]"
"""The name of a resource, and of a part of it that a picture shows on its own; empty for the resource itself."""


@record(frozen=True, slots=True)
class Relation:
    """An edge by the names of resources. See `Edge`. is_weak: whether any other relation of the two says more.

    is_literal: whether it is the same in every deployment that has both, as no condition, parameter or variable decides
    it. far: the target, where it is a resource of another deployment.
    """

    source: End
    target: End
    label: str
    place: Place
    is_sure: bool = True
    is_plain: bool = False
    is_weak: bool = False
    is_literal: bool = field(default=False, compare=False)
    far: Resource | None = field(default=None, compare=False)
    via: str = ""


@record(frozen=True)
class Named:
    """A resource that a value names, and whether it surely does. is_literal: whether nothing decides that elsewhere."""

    resource: Resource
    is_sure: bool
    is_literal: bool = False


def joined(
    source: End, target: End, label: str, place: Place, one: Named, *, is_plain: bool = False, is_weak: bool = False
) -> Relation:
    """A relation that is as sure as what one of its ends is named by."""
    return Relation(source, target, label, place, one.is_sure, is_plain, is_weak, one.is_literal)


def end(resource: Resource, part: str = "") -> End:
    """A resource, or a part of it, as an end of a relation."""
    return resource.name, part


def resource_of(deployment: Deployment, name: str) -> Resource | None:
    """The resource of a name, also one of a type that only Terraform has."""
    return deployment.resource(name) or untranslated(deployment).get(name)


def untranslated(deployment: Deployment) -> Mapping[str, Resource]:
    """The resources of types that only Terraform has, by address."""
    return deployment.once(_untranslated)


def named(deployment: Deployment, value: Value, *types: str) -> list[Named]:
    """The resources that a value names, by reference, ARN, URL or name; of one of these types, if some are given.

    An alias or a version stands for its function, where functions are asked for.
    """
    resource = deployment.find(value, *types)
    if (resource is None or resource.type in QUALIFIED) and (not types or FUNCTION in types):
        resource = function_of(deployment, value) or resource
    resource = resource or _of_name(deployment, value, types)
    if resource is not None:
        return [Named(resource, True, value.is_literal)]
    mentioned = [one for one in mentioned_in(deployment, value) if _fits(one.resource, types)]
    if isinstance(value, Known) and not value.text:
        return mentioned
    # A text that is made of one resource's name is about that resource; what may come of several is not sure.
    return mentioned if len(mentioned) == 1 else [Named(one.resource, False) for one in mentioned]


_NAMES: Mapping[str, str] = {
    "AWS::ApiGateway::RestApi": "Name",
    "AWS::Backup::BackupVault": "BackupVaultName",
    "AWS::CodeCommit::Repository": "RepositoryName",
    "AWS::CodeDeploy::DeploymentGroup": "DeploymentGroupName",
    "AWS::DocDB::DBCluster": "DBClusterIdentifier",
    "AWS::ECR::Repository": "RepositoryName",
    "AWS::ECS::Cluster": "ClusterName",
    "AWS::ECS::Service": "ServiceName",
    "AWS::EKS::Cluster": "Name",
    "AWS::Events::EventBus": "Name",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::Neptune::DBCluster": "DBClusterIdentifier",
}
"""The property with a resource's name, of types that no rule looks up by name."""


def _of_name(deployment: Deployment, value: Value, types: tuple[str, ...]) -> Resource | None:
    """The only resource of some types whose name a value surely is."""
    text = value.pattern
    if text is None or text.is_empty:
        return None
    known = deployment.once(_by_name)
    resources = [resource for type_ in types if type_ in _NAMES for resource in known.get((type_, text), ())]
    return resources[0] if len(resources) == 1 else None


def _by_name(deployment: Deployment) -> dict[tuple[str, TextPattern], list[Resource]]:
    found: dict[tuple[str, TextPattern], list[Resource]] = {}
    for resource in deployment.of_type(*_NAMES):
        name = resource.get(_NAMES[resource.type]).pattern
        if name is not None and not name.is_empty:
            found.setdefault((resource.type, name), []).append(resource)
    return found


def _fits(resource: Resource, types: tuple[str, ...]) -> bool:
    return not types or resource.type in types


def mentioned_in(deployment: Deployment, value: Value) -> list[Named]:
    """Every resource that is named by reference anywhere in a value, each once, in their order."""
    content = value.content if isinstance(value, Known) else None
    if not isinstance(content, (list, Mapping)):
        return _mentioned(deployment, value)
    # Many resources may share what a variable or a local of Terraform holds.
    known = deployment.once(_by_content)
    found = known.get(id(content))
    if found is None:
        found = known[id(content)] = content, _mentioned(deployment, value)
    return found[1]


def _by_content(_: Deployment) -> dict[int, tuple[object, list[Named]]]:
    """What was found in the contents of values, by their `id`, which they keep."""
    return {}


def cut(deployment: Deployment) -> set[str]:
    """Sentences about what is named too often to be drawn; whoever leaves something out adds one."""
    return deployment.once(_cut)


def _cut(_: Deployment) -> set[str]:
    return set()


def _mentioned(deployment: Deployment, value: Value) -> list[Named]:
    found: dict[str, Named] = {}
    others = untranslated(deployment)
    for name, is_sure, is_literal in _references(value, others):
        if len(found) >= _MOST_NAMED:
            cut(deployment).add(f"a property names more than {_MOST_NAMED} resources, of which no more are drawn")
            break
        known = found.get(name)
        if known is None or (is_sure and not known.is_sure):
            resource = resource_of(deployment, name)
            if resource is not None:
                found[name] = Named(resource, is_sure, is_literal)
    return [*found.values()]


def _references(value: Value, others: Mapping[str, Resource]) -> Iterator[tuple[str, bool, bool]]:
    """The names of what is named inside of a value, each with whether that is sure, and literal."""
    for one, is_sure in _inside(value):
        if isinstance(one, Link):
            yield one.resource, is_sure, value.is_literal and one.is_literal
        elif isinstance(one, Unknown) and one.attribute is not None:
            yield one.attribute.resource, is_sure, value.is_literal and one.is_literal
        if others:
            words = [one.key] if isinstance(one, Unknown) and one.key else []
            words += [step.words for step in one.origin.steps if "." in step.words]
            for name in filter(None, (_address(word, others) for word in words)):
                yield name, is_sure, False


def _inside(value: Value) -> Iterator[tuple[Value, bool]]:
    """A value and all that is inside, each once, in the order of the file."""
    stack = [(value, True)]
    seen: dict[int, Value] = {}
    while stack:
        one, is_sure = stack.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        yield one, is_sure
        if isinstance(one, Known):
            content = one.content
            inner = content if isinstance(content, list) else content.values() if isinstance(content, Mapping) else ()
            stack += [(each, is_sure) for each in reversed([*inner])]
        elif isinstance(one, Text):
            stack += [(each, is_sure) for each in reversed(one.parts)]
        elif isinstance(one, Unknown):
            stack += [(each, False) for each in reversed(one.may_come_from)]
            stack += [(each, is_sure) for each in reversed(one.made_of)]


_MOST_NAMED = 1_000
"""How many resources that a property names are drawn."""

_LONGEST = 12
"""The maximum number of steps behind an address, such as those of an attribute in a block."""


def _address(word: str, others: Mapping[str, Resource]) -> str | None:
    """The address of a resource with which a reference of Terraform's begins."""
    for _ in range(_LONGEST):
        if word in others:
            return word
        word = word[: max(word.rfind("."), word.rfind("["))] if "." in word or "[" in word else ""
        if not word:
            return None
    return None


def _untranslated(deployment: Deployment) -> dict[str, Resource]:
    return {resource.name: resource for resource in deployment.untranslated(deployment)}
