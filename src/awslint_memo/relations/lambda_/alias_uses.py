"""Whether an alias is invoked: who names it, who names its function without it, and what could do so unseen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_ import namings
from awslint_memo.relations.lambda_.admissions import PERMISSION
from awslint_memo.relations.lambda_.aliases import (
    ALIAS,
    LATEST,
    URL,
    is_moved_by_others,
    may_be_published,
    url_of,
    weights,
)
from awslint_memo.relations.lambda_.functions import attribute_of, called_while_deploying, function_of
from awslint_memo.relations.lambda_.namings import Naming

_WARM = "aws_lambda_provisioned_concurrency_config"

State: TypeAlias = Literal["used", "bypassed", "deploy-time", "unknown"]
"""used: something here names the alias. bypassed: what invokes the function here names the function or a version.
deploy-time: only custom resources and macros call the function. unknown: callers may be elsewhere."""


@record(frozen=True, eq=False)
class Use:
    """How an alias is used. past: the naming by which it is bypassed. is_sure: nobody else can know the function."""

    state: State
    past: Naming | None = None
    is_sure: bool = True


def use(alias: Resource) -> Use:
    """How an alias of this deployment is used."""
    deployment, name = alias.deployment, alias.get("Name").text
    function = function_of(deployment, alias.get("FunctionName"))
    if function is None or name is None or alias.is_open:
        return Use("unknown")
    invokers = deployment.once(namings.invokers)
    invoking = invokers.by_function.get(function.name, ())
    if _is_of(alias, name, invoking) or any(f":{name}" in arn for arn in invokers.arns):
        return Use("used")
    past = [naming for naming in invoking if naming.is_past_aliases]
    is_unclear = invokers.may_name_any or any(naming.qualifier is None for naming in invoking if not naming.alias)
    if is_unclear or not (past or function.name in called_while_deploying(deployment)):
        return Use("unknown")
    telling = deployment.once(namings.tellers).get(function.name, ())
    if _is_of(alias, name, telling):
        return Use("used")
    # A module that is not read and knows the function may name the alias.
    is_told = bool(telling) or function.is_open
    if not past:
        return Use("unknown" if is_told else "deploy-time")
    direct = [naming for naming in past if naming.resource is not None and naming.resource.type != PERMISSION]
    return Use("bypassed", (direct or past)[0], not is_told and function.get("FunctionName").text is None)


def is_moot(alias: Resource) -> bool:
    """Whether it surely makes no difference to users how an alias moves to a new version."""
    return use(alias).state in ("bypassed", "deploy-time")


def only_publishes(alias: Resource) -> bool:
    """Whether the template tells others of versions of an alias's function alone, as for CloudFront, which takes no
    alias, and nothing here invokes either: SAM publishes a version for an alias only."""
    deployment, name = alias.deployment, alias.get("Name").text
    function = function_of(deployment, alias.get("FunctionName"))
    if function is None or name is None or alias.is_open or function.is_open:
        return False
    invokers = deployment.once(namings.invokers)
    invoking = invokers.by_function.get(function.name, ())
    if invoking or invokers.may_name_any or any(f":{name}" in arn for arn in invokers.arns):
        return False
    told = [one for one in deployment.once(namings.tellers).get(function.name, ()) if one.resource is None]
    return bool(told) and all(one.qualifier == "*" and not one.alias for one in told)


def is_started_rarely(alias: Resource) -> bool:
    """Whether surely nothing but schedules invokes an alias, once an hour at most: while its traffic moves in steps,
    nothing comes that could fail."""
    from awslint_memo.relations.schedules import runs_rarely  # Few aliases are asked for this.

    deployment, function = alias.deployment, function_of(alias.deployment, alias.get("FunctionName"))
    invokers = deployment.once(namings.invokers)
    if function is None or invokers.may_name_any or alias.is_open or function.is_open:
        return False
    invoking = invokers.by_function.get(function.name, ())
    starting = [one.resource for one in invoking if one.resource is None or one.resource.type != PERMISSION]
    told = deployment.once(namings.tellers).get(function.name, ())
    return bool(starting) and not told and all(one is not None and runs_rarely(one) for one in starting)


def steps(alias: Resource) -> Value | None:
    """What moves the traffic of an alias to a new version: CodeDeploy's settings or weights; None if nothing does."""
    policy = alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate")
    if policy.fields:
        return policy
    return weights(alias) if weights(alias).surely(bool) else None


def remedy(invoker: Resource, published: Sequence[Resource]) -> str:
    """What to do with a resource that invokes a function past its published aliases.

    An alias can have one URL only, so where it has one, another URL can't name it.
    """
    alias, *others = published
    url = url_of(alias) if invoker.type == URL and not others else None
    if url is None:
        return "name an alias" if others else "name the alias"
    made = "FunctionUrlConfig already makes" if url.part else f"{url.title} already is"
    return f"remove it; {made} one for the alias {alias.get('Name').text or alias.name}"


def past_aliases(resource: Resource) -> list[tuple[Resource, Value]]:
    """The functions with aliases that a resource surely invokes without one, each with a value that names it."""
    deployment = resource.deployment
    if not deployment.of_type(ALIAS):
        return []
    by_resource = deployment.once(_past_by_resource)
    return list(by_resource.get(resource.name, {}).values())


def is_only_permitted(permission: Resource, function: Resource) -> bool:
    """Whether nothing but permissions surely names a function without a version or alias, this one among them.

    Not so where its principal, or one that is not known, is permitted to invoke a version or alias too: a principal
    with both permissions may use only that one. Nor where its source is of here and names the function: what the source
    invokes is then told of the source.
    """
    deployment, source = function.deployment, permission.follow("SourceArn")
    principals, named_by = deployment.once(_known_by)[function.name]
    if None in named_by or (source is not None and source.name in named_by):
        return False
    principal = permission.get("Principal").text
    if principal == "apigateway.amazonaws.com" and permission.get("SourceArn").is_absent:
        return False  # What is left of an API that calls no more: those that call are told themselves.
    return principal is None or principals.isdisjoint((principal, None))


def runs_unpublished(function: Resource) -> str:
    """Why surely only unpublished code of a function runs, in words; empty where a version may run."""
    deployment = function.deployment
    invokers = deployment.once(namings.invokers)
    if invokers.may_name_any or function.is_open or may_be_published(function) is None:
        return ""
    if not may_be_published(function):
        return "nothing publishes a version"
    invoking = invokers.by_function.get(function.name, ())
    direct = [naming for naming in invoking if naming.resource is not None and naming.resource.type != PERMISSION]
    is_told = bool(deployment.once(namings.tellers).get(function.name))
    is_latest = all(not naming.alias and naming.qualifier in ("", LATEST) for naming in invoking)
    return direct[0].words if direct and is_latest and not is_told else ""


def _is_of(alias: Resource, name: str, known: Iterable[Naming]) -> bool:
    return any(naming.alias == alias.name or (not naming.alias and naming.qualifier == name) for naming in known)


def _known_by(deployment: Deployment) -> dict[str, tuple[set[str | None], set[str | None]]]:
    """By function, the principals that may invoke a version or alias of it, and the names of what else names it: None
    stands for a principal that is not known, and for somebody who names the function itself."""
    known: dict[str, tuple[set[str | None], set[str | None]]] = {}
    for function, invoking in deployment.once(namings.invokers).by_function.items():
        principals, named_by = known.setdefault(function, (set(), set()))
        for naming in invoking:
            is_itself = naming.is_past_aliases and not naming.qualifier
            if naming.resource is None or naming.resource.type != PERMISSION:
                named_by.add(None if is_itself or naming.resource is None else naming.resource.name)
            elif not is_itself:
                principals.add(naming.resource.get("Principal").text)
    return known


def _past_by_resource(deployment: Deployment) -> dict[str, dict[str, tuple[Resource, Value]]]:
    by_resource: dict[str, dict[str, tuple[Resource, Value]]] = {}
    for function, invoking in deployment.once(namings.invokers).by_function.items():
        for naming in invoking:
            if naming.resource is not None and naming.is_past_aliases and not naming.qualifier:
                past = deployment.resources[function], naming.value
                by_resource.setdefault(naming.resource.name, {}).setdefault(function, past)
    return by_resource


def runs_the_same(function: Resource, published: Sequence[Resource]) -> bool:
    """Whether it is all the same that a function is named and not its aliases: SAM surely publishes each new code by
    them, and they have nothing else."""
    is_plain = function.language != "terraform" and function.get("SnapStart").is_absent
    return is_plain and all(alias.name != alias.written and _only_follows(alias) for alias in published)


def words(published: Sequence[Resource]) -> str:
    """The names of aliases, for a message: "alias live"."""
    return (
        f"alias{'es' if len(published) > 1 else ''} {listed([one.get('Name').text or one.name for one in published])}"
    )


def same_code(invoker: Resource, function: Resource, published: Sequence[Resource]) -> str:
    """That a function itself runs the code of its aliases, as words behind it: these surely follow the versions that
    each apply of Terraform publishes, without weights. Empty where it may be another one, and where instances are kept
    warm for an alias, unless it is a schedule that invokes the function: nobody waits for that."""
    is_rule = invoker.type == "AWS::Events::Rule" and not invoker.get("ScheduleExpression").is_absent
    is_schedule = is_rule or invoker.type == "AWS::Scheduler::Schedule"
    is_same = function.terraform.publish.flag is True and all(
        _is_latest_published(alias, function)
        and alias.get("RoutingConfig").is_absent
        and not is_moved_by_others(alias)
        and (is_schedule or not function.deployment.once(_keeps_warm))
        for alias in published
    )
    return ", the same code until somebody moves the alias back" if is_same else ""


def _keeps_warm(deployment: Deployment) -> bool:
    """Whether resources of Terraform keep instances of functions warm."""
    return any(one.type == _WARM for one in deployment.untranslated(deployment))


def _is_latest_published(alias: Resource, function: Resource) -> bool:
    link = attribute_of(alias.get("FunctionVersion"))
    return link is not None and (link.resource, link.attribute) == (function.name, "version")


def _only_follows(alias: Resource) -> bool:
    """Whether an alias surely moves to a new version at once, and keeps no instances warm."""
    kept = (alias.get("ProvisionedConcurrencyConfig"), alias.get("RoutingConfig"), alias.attribute("UpdatePolicy"))
    return all(value.is_absent for value in kept)
