"""Which objectives hold for a resource: those of the configuration, of tags, and of policies of Resilience Hub, of both
generations; and what was measured of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from awslint_memo.files.file_finder import relative
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import length
from awslint_memo.model.facts import POLICIES
from awslint_memo.model.lesser_objectives import asks_less, stricter
from awslint_memo.model.objectives import (
    Application,
    Entry,
    Layer,
    Measured,
    ObjectiveError,
    Objectives,
    Recovery,
    strategy,
)
from awslint_memo.model.patterns import matches, path_matches
from awslint_memo.model.record import record
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.recovery.tags import has, tags

_FIRST, _SECOND = POLICIES
_APP, _SERVICE = "AWS::ResilienceHub::App", "AWS::ResilienceHubV2::Service"
_POLICY_OF = {_APP: "ResiliencyPolicyArn", _SERVICE: "PolicyArn"}

_DISRUPTIONS = {"Software": "software", "Hardware": "hardware", "AZ": "az", "Region": "region"}
"""What a policy of the first generation calls the disruptions."""

_TARGETS = {"MultiAz": "az", "MultiRegion": "region"}
"""What a policy of the second generation calls the disruptions that it has two targets for."""


@record(frozen=True)
class Attached:
    """A policy with what attaches it: applications (first generation) and services (second) of Resilience Hub."""

    policy: Resource
    users: Sequence[Resource]


def attached(deployment: Deployment) -> Sequence[Attached]:
    """The policies that a deployment knows, each with what attaches it."""
    return deployment.once(_attached)


def _attached(deployment: Deployment) -> Sequence[Attached]:
    users = [
        (resource, resource.follow(_POLICY_OF[resource.type], *POLICIES))
        for resource in deployment.of_type(*_POLICY_OF)
    ]
    return [Attached(policy, [one for one, its in users if its is policy]) for policy in deployment.of_type(*POLICIES)]


def policy_layers(store: Resource) -> Iterator[Layer]:
    """The objectives of the policies that are surely meant for a store; else of the only one, if none is attached."""
    found = attached(store.deployment)
    for one in found:
        if any(_governs(user, store) for user in one.users):
            yield Layer(_entries(one.policy), _place(one.policy))
    if len(found) == 1 and is_assumed(found[0].policy):
        yield Layer(_entries(found[0].policy), f"by {found[0].policy.title}, if it is meant for this", is_assumed=True)


def named_layers(resource: Resource, application: Application) -> Iterator[Layer]:
    """The objectives of the policy that an application of the configuration names."""
    for one in attached(resource.deployment) if application.policy else ():
        if _is_policy(one.policy, application.policy):
            yield Layer(_entries(one.policy), _place(one.policy))


def applications_of_policy(policy: Resource) -> list[Application]:
    """The applications of the configuration that name a policy."""
    recovery = policy.deployment.declared.recovery
    return [
        application
        for application in (recovery.applications if recovery else ())
        if _is_policy(policy, application.policy)
    ]


def is_assumed(policy: Resource) -> bool:
    """Whether a policy is taken to be meant for what it stands beside: nothing attaches it or any other."""
    deployment = policy.deployment
    users = deployment.of_type(*_POLICY_OF)
    is_only = len(attached(deployment)) == 1 and policy.name in deployment.own
    return (
        is_only
        and all(user.get(_POLICY_OF[user.type]).is_absent for user in users)
        and not applications_of_policy(policy)
    )


def governed(one: Attached, stores: Sequence[Resource]) -> list[Resource]:
    """The stores that a policy is surely attached to."""
    return [store for store in stores if any(_governs(user, store) for user in one.users)]


def between_zones(policy: Resource) -> str:
    """The approach that a policy of the second generation names for several zones, which nothing here judges."""
    return (policy.get("MultiAz.DisasterRecoveryApproach").text or "") if policy.type == _SECOND else ""


def _is_policy(policy: Resource, name: str) -> bool:
    return name in policy.names


def _place(policy: Resource) -> str:
    return f"{policy.title}, {policy.place.span.path}:{policy.place.span.line}"


def _entries(policy: Resource) -> Mapping[str, Entry]:
    """The objectives of a policy, those left out that are not known."""
    return dict(_of_first(policy) if policy.type == _FIRST else _of_second(policy))


def _of_first(policy: Resource) -> Iterator[tuple[str, Entry]]:
    for name, disruption in _DISRUPTIONS.items():
        for key, objective in (("RpoInSecs", "rpo"), ("RtoInSecs", "rto")):
            seconds = policy.get(f"Policy.{name}.{key}").number
            if seconds is not None and seconds >= 0:
                yield f"{disruption}.{objective}", float(seconds)


def _of_second(policy: Resource) -> Iterator[tuple[str, Entry]]:
    for name, disruption in _TARGETS.items():
        for key, objective in (("RpoInMinutes", "rpo"), ("RtoInMinutes", "rto")):
            minutes = policy.get(f"{name}.{key}").number
            if minutes is not None and minutes >= 0:
                yield f"{disruption}.{objective}", minutes * 60.0
    between = policy.get("DataRecovery.TimeBetweenBackupsInMinutes").number
    if between is not None and between >= 0:
        yield "software.rpo", between * 60.0
    approach = policy.get("MultiRegion.DisasterRecoveryApproach").text
    if approach is not None:
        try:
            yield "strategy", strategy(approach)
        except ObjectiveError:
            return


def _governs(user: Resource, store: Resource) -> bool:
    """Whether an application or a service surely names the stack of a store, or the store itself."""
    if user.type == _APP:
        return any(_maps(item, user, store) for item in user.get("ResourceMappings").items)
    sources = [item.get("ResourceConfiguration") for item in user.get("InputSources").items]
    return any(_is_stack(source.get("CfnStackArn"), user, store) or _is_tagged(source, store) for source in sources)


def _maps(mapping: Value, app: Resource, store: Resource) -> bool:
    kind, identifier = mapping.get("MappingType").text, mapping.get("PhysicalResourceId.Identifier")
    if kind == "CfnStack":
        return _is_stack(identifier, app, store) or _is_stack(mapping.get("LogicalStackName"), app, store)
    return kind == "Resource" and store.deployment.find(identifier, store.type) is store


def _is_stack(value: Value, user: Resource, store: Resource) -> bool:
    """Whether a value surely is the ARN, the id or the name of the stack of a store."""
    if value.is_absent or store.language == "terraform":
        return False
    keys = {piece.key for piece in value.pieces if isinstance(piece, Unknown)}
    if keys & {"AWS::StackId", "AWS::StackName"}:
        # A reference in a nested stack, or from one to a store of another, means another stack.
        return user.name in user.deployment.own and _stack_of(user) == _stack_of(store)
    text = "".join(piece.text if piece.text is not None else "?" for piece in value.pieces)
    name = text.partition(":stack/")[2].partition("/")[0] if text.startswith("arn:") else text
    return name != "" and name == store.deployment.name and store.name in store.deployment.own


def _stack_of(resource: Resource) -> str:
    """The stacks that a resource is nested in, as its name begins with them."""
    return resource.name.rpartition("/")[0]


def _is_tagged(source: Value, store: Resource) -> bool:
    values = source.get("ResourceTags").items
    tags = {value.get("Key").text: [each.text for each in value.get("Values").items] for value in values}
    known = {key: [each for each in texts if each is not None] for key, texts in tags.items() if key is not None}
    return bool(known) and len(known) == len(values) and has(store, known) is True


def objectives(resource: Resource) -> Objectives:
    """The objectives of a resource: of policies, of all, of its applications, by its tags, of its file, and its own.

    Where a policy locks rules of recovery, what templates say counts only as far as it asks for more.
    """
    layers: list[Layer] = []
    is_locked = bool(resource.deployment.declared.recovery_lock)
    for layer, is_of_template in _layers(resource):
        layers.append(stricter(layer, Objectives(layers)) if is_of_template and is_locked else layer)
    return Objectives(tuple(layers))


def lessening(resource: Resource) -> list[str]:
    """Where templates say of a resource that less is to be recovered than the configuration asks for."""
    layers: list[Layer] = []
    places = []
    for layer, is_of_template in _layers(resource):
        if is_of_template and asks_less(Objectives([*layers, layer]), Objectives(layers)):
            places.append(layer.place)
        layers.append(layer)
    return places


def _layers(resource: Resource) -> Iterator[tuple[Layer, bool]]:
    """The layers of objectives from the lowest on, each with whether a template says it over the configuration."""
    declared = resource.deployment.declared
    for layer in policy_layers(resource):
        yield layer, False
    if declared.recovery is not None:
        yield declared.recovery.layer, False
        for application in applications(resource, declared.recovery):
            for layer in named_layers(resource, application):
                yield layer, True
            yield application.layer, False
        by_tags = {key: found for key, found, _ in of_tags(resource) if found is not None}
        if by_tags:
            yield Layer(by_tags, f"the tags of {resource.title}"), True
    if declared.stated is not None:
        own = declared.stated.files.get(resource.place.span.path)
        for layer in (*(() if own is None else (own,)), *declared.stated.resources.get(resource.name, ())):
            yield layer, True


def applications(resource: Resource, recovery: Recovery) -> list[Application]:
    """The applications that a resource belongs to, in the order of the file."""
    every = recovery.by_name.of(*resource.names) if recovery.applications else ()
    return [application for application in every if _belongs(resource, application, recovery)]


def _belongs(resource: Resource, one: Application, recovery: Recovery) -> bool:
    files = [relative(path, recovery.root) for path in (files_of(resource) if one.paths else ())]
    return (
        (not one.paths or any(path_matches(each, path) for each in one.paths for path in files))
        and (not one.stacks or any(matches(each, resource.deployment.name) for each in one.stacks))
        and (not one.tags or has(resource, one.tags) is True)
    )


def files_of(resource: Resource) -> Iterator[str]:
    """The files that a resource comes from: its own, those that call its module, and those of the stacks around it."""
    yield resource.place.span.path
    yield from resource.callers
    stack = _stack_of(resource) if resource.language == "cloudformation" else ""
    while stack:
        around = resource.deployment.own.get(stack)
        if around is not None:
            yield around.place.span.path
        stack = stack.rpartition("/")[0]


def unmatched(one: Application, recovery: Recovery, files: Iterable[str]) -> list[str]:
    """The paths of an application that match none of some files."""
    relatives = [relative(path, recovery.root) for path in files] if one.paths else []
    return [each for each in one.paths if not any(path_matches(each, path) for path in relatives)]


def is_named(resource: Resource, patterns: tuple[str, ...]) -> bool:
    """Whether a pattern matches the name of a resource, as it is written or in full."""
    return any(matches(each, name) for each in patterns for name in resource.names)


def of_tags(resource: Resource) -> Iterator[tuple[str, float | None, str]]:
    """The objectives that the tags of a resource hold: rpo or rto, its seconds (None if it is no length), the text."""
    recovery = resource.deployment.declared.recovery
    names = {} if recovery is None else recovery.tag_names
    written = tags(resource) if names else {}
    for key, name in names.items():
        text = written[name].text if name in written else None
        if text is not None:
            yield key, length(text), text


def measured(resource: Resource, disruption: str) -> Measured | None:
    """The latest drill with a resource and a disruption."""
    recovery = resource.deployment.declared.recovery
    drills = () if recovery is None else recovery.measured
    found = [drill for drill in drills if drill.disruption == disruption and is_named(resource, drill.resources)]
    return max(found, key=lambda one: one.on, default=None)


def is_complete(deployment: Deployment) -> bool:
    """Whether the user says that no backup exists which no template and no setting shows."""
    return deployment.declared.recovery is not None and deployment.declared.recovery.complete
