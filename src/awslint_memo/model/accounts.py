"""The accounts of resources, as far as the roles that providers of Terraform assume tell them apart."""

from __future__ import annotations

from awslint_memo.model.properties import TerraformSettings
from awslint_memo.model.value import Link, Value


def are_apart(one: Value, other: Value) -> bool | None:
    """Whether two providers surely are of different accounts (True) or surely of one (False); None if not known.

    one, other: what tells the account of each; see `TerraformSettings.account`.
    """
    if (one.is_absent and other.is_absent) or one.is_same_as(other) is True:
        return False
    mine, its = _account(one), _account(other)
    return None if mine is None or its is None else mine != its


def names_another(value: Value, asking: TerraformSettings | None, own: TerraformSettings, *, is_told: bool) -> bool:
    """Whether a value surely names something of another account than a resource that fits by its name.

    asking, own: the settings of the resource that has the value, and of the other. is_told: whether a `Ref`
    of that has the account in it, as an ARN or URL has; what names it so may be anybody's.
    """
    if isinstance(value, Link):
        has_account = value.attribute.lower().endswith(("arn", "url")) or (is_told and value.attribute == "Ref")
        return not has_account and asking is not None and are_apart(asking.account, own.account) is True
    if value.pattern is not None and value.pattern.startswith("https://"):
        return False
    if value.pattern is not None and value.pattern.startswith("arn:"):
        return None not in (named := {_account(value), _account(own.account)}) and len(named) > 1
    return asking is not None and are_apart(asking.account, own.account) is True


def _account(arn: Value) -> str | None:
    fields = () if arn.pattern is None else arn.pattern.split(":", 5)
    return fields[4].literal or None if len(fields) == 6 and fields[0].literal == "arn" else None
