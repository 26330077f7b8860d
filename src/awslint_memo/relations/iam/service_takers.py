"""Roles that an AWS service alone can take, and the policies of these: no program does anything by them."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.iam.apart_policies import APART, ROLE
from awslint_memo.relations.iam.statements import statements


def is_only_for(holder: Resource, service: str) -> bool:
    """Whether what holds a policy surely gives it to roles alone that nobody but one AWS service can take."""
    named = [holder] if holder.type == ROLE else []
    if holder.type in APART:
        own = [holder.deployment.find(each, ROLE) for each in holder.get(APART[holder.type]).items]
        named = [each for each in own if each is not None]
        if len(named) < len(own) or holder.is_exposed():
            return False
    return bool(named) and all(_is_for_alone(role, service) for role in named)


def _is_for_alone(role: Resource, service: str) -> bool:
    trusted = list(statements(role.get("AssumeRolePolicyDocument")))
    principals = [each.get("Principal") for each in trusted if each.get("Effect").text != "Deny"]
    return bool(principals) and all(
        set(each.fields) == {"Service"} and all(item.text == service for item in each.get("Service").items)
        for each in principals
    )
