"""Which secrets a service reads for a resource with a role, and whether that role surely may not read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.model.deployment import Resource
from awslint_memo.model.identity import service_of
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.iam import denials, roles
from awslint_memo.relations.iam.statements import action_fits
from awslint_memo.syntax.embedded import each

if TYPE_CHECKING:
    from awslint_memo.relations.codebuild.environments import Secret

_PROJECT = "AWS::CodeBuild::Project"
_PROXY = "AWS::RDS::DBProxy"
_TASK = "AWS::ECS::TaskDefinition"


@record(frozen=True)
class Reader:
    """Where a resource names the role with which a service reads secrets for it, and these; what follows where it may
    not."""

    role: str
    secrets: Sequence[str]
    outcome: str


_ASKING, _PARAMETERS = "secretsmanager:GetSecretValue", "ssm:GetParameters"

READERS: Mapping[str, Reader] = {
    _TASK: Reader(
        "ExecutionRoleArn",
        (
            "ContainerDefinitions.Secrets.ValueFrom",
            "ContainerDefinitions.LogConfiguration.SecretOptions.ValueFrom",
            "ContainerDefinitions.RepositoryCredentials.CredentialsParameter",
        ),
        "so no task starts",
    ),
    _PROXY: Reader("RoleArn", ("Auth.SecretArn",), "so the proxy can't connect to a database"),
    _PROJECT: Reader("ServiceRole", (), "so each build fails"),
}
_READ = {
    "AWS::RDS::DBCluster": _ASKING,
    "AWS::RDS::DBInstance": _ASKING,
    "AWS::SecretsManager::Secret": _ASKING,
    "AWS::SSM::Parameter": _PARAMETERS,
}
"""What it takes to read a secret, by the type of its owner: RDS makes secrets of databases."""


@record(frozen=True, eq=False)
class Unread:
    """A secret or parameter that a role surely may not read. value: where its user names it. place: where its name is
    written. name: that, where it is known.

    owner: the resource of here whose it is; None where it is elsewhere. other: the role of the task, where that may
    read it instead, with the statement that allows it.
    """

    role: Resource
    action: str
    owner: Resource | None
    value: Value
    place: Place | Value
    name: str | None
    other: tuple[Resource, Value] | None = None


def unreadable(user: Resource) -> Iterator[Unread]:
    """The secrets and parameters that a resource names, and that the role which reads them surely may not."""
    deployment, role = user.deployment, user.follow(READERS[user.type].role, roles.ROLE)
    if role is None or roles.may_get_more(role):
        return
    other = user.follow("TaskRoleArn", roles.ROLE) if user.type == _TASK else None
    told: set[Value] = set()
    for secret in _named(user):
        value = secret.name
        attribute = value.attribute if isinstance(value, Unknown) else None
        owner = deployment.find(value if attribute is None else attribute, *_READ)
        action = _READ[owner.type] if owner is not None else _PARAMETERS if secret.is_parameter else _ASKING
        allowed = None if other is None or other is role else _allowed(other, action, value)
        reading = None if other is None or allowed is None else (other, allowed)
        # Of a buildspec with many parameters, one tells enough.
        if secret.value not in told and _is_refused(role, action, owner, has_other=reading is not None):
            told.add(secret.value)
            yield Unread(role, action, owner, secret.value, secret.place, value.text, reading)


def _named(user: Resource) -> Iterator[Secret]:
    # Few of those whose roles are known name secrets.
    from awslint_memo.relations.codebuild import environments

    if user.type == _PROJECT:
        yield from environments.secrets(user)
    for value in (value for path in READERS[user.type].secrets for value in each(user, path)):
        yield environments.Secret(_is_parameter(value), value, value, value)


def _is_refused(role: Resource, action: str, owner: Resource | None, *, has_other: bool) -> bool:
    if owner is not None:
        return denials.refuses(role, action, owner)
    # A policy of a secret that is elsewhere may let the role, but hardly where the other role has the permission.
    return (action == _PARAMETERS or has_other) and roles.may(role, action) is False


def _allowed(role: Resource, action: str, value: Value) -> Value | None:
    """The statement by which a policy of a role surely allows it an action with what a value names; else None."""
    allowing = [one for one in roles.policies(role).statements if one.get("Effect").text == "Allow"]
    speaking = (one for one in allowing if action_fits(one, action))
    return next((one for one in speaking if any(_begins(value, item) for item in one.get("Resource").items)), None)


def _begins(value: Value, named: Value) -> bool:
    """Whether a Resource of a statement surely names what a value does; of a secret, a key may follow the ARN."""
    first = value.pieces[0]
    is_text = named.text is not None and first.text is not None
    return matches(f"{named.text}*", first.text or "") if is_text else named.is_same_as(first) is True


def _is_parameter(value: Value) -> bool:
    """Whether a value surely names a parameter of Systems Manager: ECS takes its name too, but of a secret the ARN."""
    is_name = value.text is not None and ":" not in value.text and str(value.route).endswith("ValueFrom")
    return is_name or service_of(value) == "ssm"
