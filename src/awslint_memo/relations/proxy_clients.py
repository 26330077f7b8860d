"""Programs that are told of a database proxy that wants IAM, and that surely may not log in to it."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs
from awslint_memo.relations.iam import managed_policies, roles
from awslint_memo.relations.iam.statements import action_fits
from awslint_memo.relations.rds import iam_logins
from awslint_memo.relations.store_clients import addresses, variables

_PROXY = "AWS::RDS::DBProxy"


@record(frozen=True, eq=False)
class Refused:
    """A proxy that surely refuses each connection of a program. told: what tells the program of it. allowed: what the
    role names instead, with what that is of; None where it may log in nowhere."""

    proxy: Resource
    told: Value
    role: Resource
    allowed: tuple[Value, Resource] | None


def refused(client: Resource) -> Iterator[Refused]:
    """The proxies of here of which a service of ECS or a function is told, that take IAM alone, and to which its role
    surely may not log in."""
    links = ((link, value) for value in variables(client) for link in addresses(value))
    told = {link.resource: value for link, value in links}
    for name, value in told.items():
        proxy = client.deployment.resource(name)
        wants = [] if proxy is None or proxy.type != _PROXY else proxy.get("Auth").items
        if proxy is None or not wants or any(one.get("IAMAuth").text != "REQUIRED" for one in wants):
            continue
        role = _role(client)
        allowed = None if role is None else _allowed(role)
        if role is not None and allowed is not None:
            yield Refused(proxy, value, role, next(iter(allowed), None))


def _role(client: Resource) -> Resource | None:
    """The role of a program, if it surely gets no more than is written: SAM lets no role log in to a database."""
    task = client.follow("TaskDefinition", ecs.TASK) if client.type == ecs.SERVICE else client
    role = None if task is None else task.follow("Role" if task is client else "TaskRoleArn", roles.ROLE)
    return None if role is None or role.is_exposed() else role


def _allowed(role: Resource) -> list[tuple[Value, Resource]] | None:
    """The databases of here to which alone a role may log in; None where there may be others, or that is not known."""
    known = _every_policy(role)
    if known is None or any(managed_policies.allows(arn, iam_logins.CONNECTS, role) is not False for arn in known.arns):
        return None
    allowing = [one for one in known.statements if action_fits(one, iam_logins.CONNECTS) is not False]
    named = [value for one in allowing for value in one.get("Resource").items or [one]]
    databases = [
        (value, database) for value in named if (database := iam_logins.named(role.deployment, value)) is not None
    ]
    return databases if len(databases) == len(named) else None


def _every_policy(role: Resource) -> roles.Policies | None:
    """All policies that a role has or may have; None where there may be some that are not seen."""
    known = roles.policies(role)
    if known.is_whole or known.others is None:
        return known if known.is_whole else None
    return roles.Policies([*known.statements, *known.others.statements], [*known.arns, *known.others.arns], True)
