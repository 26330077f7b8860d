"""What a program may use by the policies of its role, as far as they name it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.graph import terraform
from awslint_memo.relations.graph.relation import Relation, end, mentioned_in, named
from awslint_memo.relations.iam.permissions import MANAGED, ROLE
from awslint_memo.syntax.embedded import each, parse_embedded

ROLES: Mapping[str, str] = {
    "AWS::CodeBuild::Project": "ServiceRole",
    "AWS::ECS::TaskDefinition": "TaskRoleArn",
    "AWS::Lambda::Function": "Role",
    "AWS::StepFunctions::StateMachine": "RoleArn",
}
"""Where each type names the role with which its program acts."""

_APART: Mapping[str, str] = {"AWS::IAM::Policy": "Roles", "AWS::IAM::RolePolicy": "RoleName", MANAGED: "Roles"}

_BESIDE = ("AWS::EC2::", "AWS::IAM::", "AWS::KMS::", "AWS::Logs::", "AWS::CodeBuild::", "AWS::CodeStar")

ACCESS = ("may read", "may use")

_READING = ("batchget", "describe", "get", "head", "list", "query", "read", "receive", "scan", "select", "view")


def of_program(program: Resource) -> Iterator[Relation]:
    """What a program may use."""
    role = program.deployment.find(terraform.value(program, ROLES[program.type]), ROLE)
    if role is None:
        return
    for statement in program.deployment.once(_statements).get(role.name, []):
        words = [(one.text or "").partition(":")[2].lower() for one in statement.get("Action").items]
        is_reading = bool(words) and all(word.startswith(_READING) for word in words)
        for value in statement.get("Resource").items:
            for one in mentioned_in(program.deployment, value):
                if one.resource is not program and not one.resource.type.startswith(_BESIDE):
                    label = "may read" if is_reading else "may use"
                    yield Relation(end(program), end(one.resource), label, value.place, one.is_sure, is_weak=True)


def _statements(deployment: Deployment) -> dict[str, list[Value]]:
    """What the policies of each role allow, those that are resources of their own among them."""
    found: dict[str, list[Value]] = {}
    for role in deployment.of_type(ROLE):
        inline = found.setdefault(role.name, [])
        for document in each(role, "Policies.PolicyDocument"):
            inline += _allowing(document)
        for arn in role.get("ManagedPolicyArns").items:
            policy = deployment.find(arn, MANAGED)
            inline += [] if policy is None else _allowing(policy.get("PolicyDocument"))
    for policy in deployment.of_type(*_APART):
        roles = [one for value in policy.get(_APART[policy.type]).items for one in named(deployment, value, ROLE)]
        for one in roles:
            if one.is_sure:
                for document in _documents(policy):
                    found.setdefault(one.resource.name, []).extend(_allowing(document))
    return found


def _documents(policy: Resource) -> Iterator[Value]:
    """The documents of a policy, or of those that an attachment of Terraform names."""
    attached = policy.terraform.attached_policy
    if attached.is_absent:
        yield policy.get("PolicyDocument")
    for arn in attached.items:
        other = policy.deployment.find(arn, MANAGED)
        if other is not None:
            yield other.get("PolicyDocument")


def _allowing(document: Value) -> list[Value]:
    return [one for one in parse_embedded(document).get("Statement").items if one.get("Effect").text == "Allow"]
