"""What roles may do with resources by both their policies: what that of a queue, topic, bucket or key denies to those
whom their own allow it, and what it does not let those do whose own do not."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.resource_policies import BUCKET, KEY, QUEUE, TOPIC, policies
from awslint_memo.relations.iam.statements import Request, every, fit, is_anybody, some


def may(role: Resource, *actions: str, resource: Resource | None) -> bool | None:
    """The same as `roles.may`, but None where the policy of the resource surely denies what the role's own allow: that
    is no want of the role's, and nor is it let."""
    is_denied = False if resource is None else _is_denied(role, actions, resource)
    answer = roles.may(role, *actions, resource=resource)
    told = role.told("what the policy of its target denies", None if is_denied is not False else True)
    # A denial with a condition may hold: who asks whether something is mended is told that nobody knows.
    return every((answer, told)) if is_denied else answer


def refuses(role: Resource, action: str, target: Resource) -> bool:
    """Whether a role surely may not do an action with a resource: none of its own policies allows it, and none of the
    resource's may."""
    if may(role, action, resource=target) is not False:
        return False
    from awslint_memo.relations.iam import grants  # Few roles lack anything.

    return not (grants.may_let_use if target.type == KEY else grants.may_let)(target, role, action)


def _is_denied(role: Resource, actions: Sequence[str], target: Resource) -> bool | None:
    """Whether the policy of a resource surely denies one of some actions to a role (True), or denies none (False); None
    where it does so on a condition."""
    if target.type not in (QUEUE, TOPIC, BUCKET, KEY):
        return False
    denying = target.deployment.once(_Denying(target.name))
    if not denying or not spend("comparisons", len(denying) * len(actions)):
        return False
    request = Request(actions, target.deployment, target)
    return some(
        statement.get("Condition").is_absent or None
        for statement in denying
        for action in actions
        if (parts := fit(statement, request, action)).action
        and parts.resource
        and (is_anybody(statement.get("Principal")) or _names(statement, role))
    )


def _names(statement: Value, role: Resource) -> bool:
    """Whether a statement surely is about a role."""
    named = statement.get("Principal.AWS").items
    return any(role.deployment.find(value, role.type) is role for value in named)


@record(frozen=True)
class _Denying:
    """The statements of the policies of a resource that deny something, but to those who do not encrypt."""

    target: str

    def __call__(self, deployment: Deployment) -> Sequence[Value]:
        written = policies(deployment.resources[self.target]).statements
        denying = (one for one in written if one.is_known and one.get("Effect").text == "Deny")
        return [one for one in denying if not _is_of_encryption(one.get("Condition"))]


def _is_of_encryption(conditions: Value) -> bool:
    """Whether conditions only hold for requests without TLS, or with an old version of it, which no service makes."""
    tests = [(test.lower(), keys.fields) for test, keys in conditions.fields.items()]
    named = [(test, key.lower(), value) for test, keys in tests for key, value in keys.items()]
    return any(
        (key == "aws:securetransport" and test.startswith("bool") and value.flag is False)
        or (key == "s3:tlsversion" and test.startswith("numericlessthan"))
        for test, key, value in named
    )
