"""Whether the policy of a resource lets a role do what the role's own policies do not.

A statement lets a role do something only if it allows the action for the resource and names the role or everybody; one
that names the account leaves it to the role's own policies, or not, by the service. One about a service, or about
another role, changes nothing for the role
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html, read on 2026-11-29).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.resource_policies import BUCKET, QUEUE, TOPIC, policies
from awslint_memo.relations.iam.statements import Request, action_fits, every, resource_fits, some, statements

_OWN = {"AWS::DynamoDB::Table": "ResourcePolicy.PolicyDocument", "AWS::Events::EventBus": "Policy"}
"""By type, where it has its policy itself."""

_OF_SECRETS = ("AWS::SecretsManager::ResourcePolicy", "SecretId", "ResourcePolicy")

_APART: Mapping[str, tuple[str, str, str]] = {
    "AWS::Events::EventBus": ("AWS::Events::EventBusPolicy", "EventBusName", "Statement"),
    "AWS::Kinesis::Stream": ("AWS::Kinesis::ResourcePolicy", "ResourceArn", "ResourcePolicy"),
    "AWS::RDS::DBCluster": _OF_SECRETS,
    "AWS::RDS::DBInstance": _OF_SECRETS,
    "AWS::SecretsManager::Secret": _OF_SECRETS,
}
"""By type, the one that gives it, or its secret, a policy, where that names it, and where it has the policy."""

_UNTRANSLATED = {"AWS::Kinesis::Stream": "aws_kinesis_resource_policy"}
"""The types of Terraform that give policies and of which nothing else is known."""


def may_let(target: Resource, role: Resource, action: str) -> bool:
    """Whether a policy of a resource may let a role do an action that the role's own policies do not allow."""
    answer = target.told(_asked(role, action), _lets(target, role, action))
    return answer is not False


def _asked(role: Resource, action: str) -> str:
    return f"whether its policies let {without_instance_keys(role.name)} do {action}"


def may_let_use(key: Resource, role: Resource, action: str) -> bool:
    """The same of a key of KMS, whose policy leaves it to a role's own policies where it names the account."""
    document = key.get("KeyPolicy")
    written = [] if document.is_absent else [statements(document)]
    answer = lets(written, role, action, key, is_whole=True, account=False)
    return key.told(_asked(role, action), answer) is not False


def _lets(target: Resource, role: Resource, action: str) -> bool | None:
    if target.type in (QUEUE, TOPIC, BUCKET):
        known = policies(target)
        return lets([known.statements], role, action, target, is_whole=known.is_whole or not known.holders)
    documents = [target.terraform.policy, *([target.get(_OWN[target.type])] if target.type in _OWN else [])]
    apart, is_whole = _apart(target), True
    if apart is not None:
        documents += apart
        others = target.deployment.untranslated(target.deployment)
        is_whole = not any(one.is_absent for one in apart)
        is_whole = is_whole and not any(one.type == _UNTRANSLATED.get(target.type) for one in others)
    written = [statements(document) for document in documents if not document.is_absent]
    return lets(written, role, action, target, is_whole=is_whole)


def _apart(target: Resource) -> list[Value] | None:
    """The policies that other resources may give a resource, absent where they are not known; None where none can."""
    if target.type not in _APART:
        return None
    type_, name, path = _APART[target.type]
    holders = target.deployment.of_type(type_)
    named = ((holder, target.deployment.find(holder.get(name), target.type)) for holder in holders)
    return [holder.get(path) for holder, of in named if of is None or of is target]


def lets(
    written: Sequence[Sequence[Value]],
    role: Resource,
    action: str,
    target: Resource,
    *,
    is_whole: bool,
    account: bool | None = None,
) -> bool | None:
    """Whether the statements of the policies of a resource surely let a role do an action with it (True) or surely not
    (False). is_whole: whether these surely are all. account: what a statement for the whole account means."""
    every_one = (statement for document in written for statement in document)
    answer = some(_grants(statement, role, action, target, account) for statement in every_one)
    return None if answer is False and not is_whole else answer


def _grants(statement: Value, role: Resource, action: str, target: Resource, account: bool | None) -> bool | None:
    if not statement.is_known or not spend("comparisons"):
        return None
    effect, fits = statement.get("Effect").text, action_fits(statement, action)
    if effect == "Deny" or fits is False:
        return False
    resource = resource_fits(statement, Request((action,), target.deployment, target))
    condition = True if statement.get("Condition").is_absent else None
    is_named = _names(statement, role, account)
    return every((fits, is_named, resource, condition, True if effect == "Allow" else None))


def _names(statement: Value, role: Resource, account: bool | None) -> bool | None:
    """Whether a statement of a resource's policy surely is about a role (True) or surely about others (False)."""
    if not statement.get("NotPrincipal").is_absent:
        return None
    principal = statement.get("Principal")
    if principal.is_absent:
        return False  # Such a statement has no effect, or the policy is refused.
    if not principal.fields:
        return True if principal.text == "*" else None
    return some(_is_role(value, role, account) for value in _accounts_and_roles(principal))


def _accounts_and_roles(principal: Value) -> Iterator[Value]:
    """What a principal names under AWS; services, and users of others, are no roles of here."""
    return (value for kind, named in principal.fields.items() if kind.lower() == "aws" for value in named.items)


_OTHERS = (roles.ROLE, "AWS::IAM::User", "AWS::CloudFront::CloudFrontOriginAccessIdentity")
"""The types whose resources are somebody else, where they are not the role itself."""


def _is_role(value: Value, role: Resource, account: bool | None) -> bool | None:
    """Whether what a principal names is a role, or everybody."""
    if value.text == "*":
        return True
    if isinstance(value, Link):
        named = role.deployment.resource(value.resource)
        if named is role:
            return True if value.attribute == "Arn" else None
        return False if named is not None and named.type in _OTHERS else None
    ends = value.pieces[-1].text or ""
    if ":user/" in ends or ends.endswith(".amazonaws.com"):
        return False
    if ends.endswith(":root"):
        return account
    _, is_named, path = ends.partition(":role/")
    own = role.get("RoleName").text
    return False if is_named and own is not None and path.rpartition("/")[2] != own else None
