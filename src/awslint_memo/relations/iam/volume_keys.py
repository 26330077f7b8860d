"""AWS KMS: the keys of the volumes with which groups of EC2 Auto Scaling launch instances."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.autoscaling import launch_template
from awslint_memo.relations.iam.resource_policies import KEY, policies
from awslint_memo.relations.iam.roles import ROLE

SCALING_ROLE = fact(
    "AWSServiceRoleForAutoScaling",
    page="autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html",
    read="2026-11-30",
)
"""How the name of the role begins with which EC2 Auto Scaling launches instances. Its own policy, which nobody can
change, lets it use no key of a customer."""

_GRANT = "aws_kms_grant"


def closed_keys(group: Resource) -> Iterator[tuple[Value, Resource]]:
    """The keys of here with which a group encrypts volumes, and whose policies surely do not name its role, each behind
    the value that names it. None where the template makes grants."""
    template = launch_template(group)
    devices = () if template is None else template.get("LaunchTemplateData.BlockDeviceMappings").items
    for device in devices:
        named = device.get("Ebs.KmsKeyId")
        key = group.deployment.find(named, KEY)
        if key is not None and not key.is_open and _is_closed(key) and not group.deployment.once(_grants):
            yield named, key


def _is_closed(key: Resource) -> bool:
    known = policies(key)
    return known.is_whole and not any(_may_be_role(key, one) for each in known.statements for one in _principals(each))


def _may_be_role(key: Resource, principal: Value) -> bool:
    """Whether a principal is the role of EC2 Auto Scaling, or may be: neither an account nor a role of here is."""
    text = principal.text
    if text is None:
        return not principal.ends_with(":root") and key.deployment.find(principal, ROLE) is None
    return text == "*" or SCALING_ROLE in text


def _principals(statement: Value) -> list[Value]:
    """Whom a statement names, and what stands there instead of a known mapping."""
    principal = statement.get("Principal")
    return principal.get("AWS").items if principal.fields else principal.items


def _grants(deployment: Deployment) -> bool:
    return any(one.type.startswith(_GRANT) for one in deployment.untranslated(deployment))
