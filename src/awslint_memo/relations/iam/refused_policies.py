"""Policies that IAM or KMS surely refuses, and what in them makes it so."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import attributes
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.arns import is_misnamed
from awslint_memo.relations.iam.statements import action_fits, is_anybody, refused, statements
from awslint_memo.syntax.embedded import parse_embedded

PROFILE = "AWS::IAM::InstanceProfile"

_NAMED = {
    PROFILE: ("Roles",),
    roles.MANAGED: ("Groups", "Roles", "Users"),
    "AWS::IAM::Policy": ("Groups", "Roles", "Users"),
    "AWS::IAM::RolePolicy": ("RoleName",),
}
"""By type, the properties that name whose a policy or profile is."""


@record(frozen=True, eq=False)
class Refused:
    """A value for which IAM refuses a policy. says: what is wrong with it; remedy: what to write."""

    value: Value
    says: str
    remedy: str


def of_role(holder: Resource) -> Iterator[Refused]:
    """What in the policies of a role or user, or in whom they name, makes IAM surely refuse them."""
    for document in () if holder.type == PROFILE else attributes.documents(holder):
        for value in refused(document, is_of_role=True):
            route = str(value.route)
            # A condition may compare with any text.
            if not (value.is_encoded and ".Condition." in route):
                yield _refused(value, route.rpartition(".")[2])
    for path in _NAMED.get(holder.type, ()):
        for named in holder.get(path).items:
            target = holder.deployment.find(named) if is_misnamed(named) else None
            if isinstance(named, Link) and target is not None:
                kind = "ARN" if named.attribute == "Arn" else "id"
                yield Refused(named, f"is the {kind} of {target.title}", "write its name")


def _refused(value: Value, name: str) -> Refused:
    if value.is_encoded:
        return Refused(value, "is the text of a list or mapping", "write the list or mapping itself")
    if name == "Version":
        return Refused(value, f"is {value.text}, which is no version of the policy language", 'write "2012-10-17"')
    return Refused(
        value,
        "is not taken in a policy of a role or user",
        "leave it out, or move the statement to the policy of the resource",
    )


CHANGES = fact("kms:PutKeyPolicy", page="kms/latest/APIReference/API_CreateKey.html", read="2026-12-02")
"""What the policy of a key has to allow whoever sets it, unless BypassPolicyLockoutSafetyCheck is true."""


def locks_out(key: Resource) -> bool:
    """Whether the policy of a key surely lets nobody change it again, and KMS checks that."""
    document = parse_embedded(key.get("KeyPolicy"))
    written = statements(document) if document.is_known and document.get("Statement").is_known else []
    if not written or not all(one.fields for one in written):
        return False
    # A replica in CloudFormation has no such property.
    bypass = key.get("BypassPolicyLockoutSafetyCheck") if key.type == "AWS::KMS::Key" else None
    is_checked = bypass is None or bypass.is_absent or bypass.flag is False
    return is_checked and (not any(_may_let_change(one) for one in written) or any(map(_denies_change, written)))


def _may_let_change(statement: Value) -> bool:
    """Whether a statement may let an account, a user or a role change the policy; who sets it is no service."""
    kinds = statement.get("Principal").fields
    is_for_services = bool(kinds) and all(kind == "Service" for kind in kinds)
    return (
        statement.get("Effect").text != "Deny" and action_fits(statement, CHANGES) is not False and not is_for_services
    )


def _denies_change(statement: Value) -> bool:
    is_for_all = is_anybody(statement.get("Principal")) and statement.get("Condition").is_absent
    return is_for_all and statement.get("Effect").text == "Deny" and action_fits(statement, CHANGES) is True
