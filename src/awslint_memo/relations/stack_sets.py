"""AWS CloudFormation's StackSets: the capability that their template surely needs and they do not name."""

from __future__ import annotations

import re

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value

CUSTOM_ROLE = fact(
    "stacksets-exec-custom-", page="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html", read="2026-12-02"
)
"""How the name of an execution role begins with the permissions of the organization."""

_NAMED, _ANY = "CAPABILITY_NAMED_IAM", "CAPABILITY_IAM"

_NAMES = fact(
    {
        "Group": "GroupName",
        "InstanceProfile": "InstanceProfileName",
        "ManagedPolicy": "ManagedPolicyName",
        "Role": "RoleName",
        "User": "UserName",
    },
    page="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
    read="2026-11-30",
)
"""The types of IAM whose resources may have a name of their own, and the property with it."""

_UNNAMED = fact(
    ("AccessKey", "Policy", "UserToGroupAddition"),
    page="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
    read="2026-11-30",
)
"""The other types of IAM that need a capability."""

_TYPE = regex(r"""["']?\bType["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::([A-Za-z0-9:]+)""")

_CONDITIONAL = regex(r"""["']?\b(?:Condition|Conditions|Transform|Fn::[A-Za-z]+)["']?\s*:|!If\b""")
"""What may leave a resource or its name out."""


def units(stack_set: Resource) -> list[Value]:
    """The organizational units to which a StackSet goes, where some are written; one value for each group."""
    named = [targets.get("OrganizationalUnitIds") for targets in _targets(stack_set)]
    return [value for value in named if value.is_known and value.items]


def accounts_alone(stack_set: Resource) -> list[Value]:
    """The accounts to which a StackSet goes, where no organizational units stand beside them; one for each group."""
    alone = (targets for targets in _targets(stack_set) if targets.get("OrganizationalUnitIds").is_absent)
    return [value for value in (targets.get("Accounts") for targets in alone) if value.is_known and value.items]


def _targets(stack_set: Resource) -> list[Value]:
    return [group.get("DeploymentTargets") for group in stack_set.get("StackInstancesGroup").items]


def lacking_capability(stack_set: Resource) -> str | None:
    """The capability that what a StackSet's template makes of IAM surely needs and that it does not name; else None."""
    body, given = stack_set.get("TemplateBody").pattern, stack_set.get("Capabilities")
    if body is None or given.is_unknown or any(item.text is None for item in given.items):
        return None
    named = {item.text for item in given.items}
    written = re.sub(r"Fn::(?:Sub|GetAtt|Join)\b", "", str(body))
    if _NAMED in named or _CONDITIONAL.search(written):
        return None
    needed = _needed(written)
    return None if needed in named else needed


def _needed(body: str) -> str | None:
    """The capability that a template needs, of which no resource is on a condition."""
    types = list(_TYPE.finditer(body))
    ends = (*(match.start() for match in types[1:]), len(body))
    found = None
    for match, end in zip(types, ends, strict=False):  # A text that is no template yet has no type.
        _, _, kind = match[1].rpartition("IAM::") if match[1].startswith("IAM::") else ("", "", "")
        name = _NAMES.get(kind)
        if name is not None and re.search(rf"""["']?\b{name}["']?\s*:\s*[^\s]""", body[match.end() : end]):
            return _NAMED
        if name is not None or kind in _UNNAMED:
            found = _ANY
    return found
