"""How large the instances of a database are, by the names of their classes (db.r6g.2xlarge), and which one Aurora
promotes."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import facts

SERVERLESS = "db.serverless"

_CLASS = regex(r"db\.([a-z])\w*\.(?:(\d*)(x?large)|(nano|micro|small|medium))")


def is_smaller(instance: Value, other: Value) -> bool:
    """Whether a class surely has less memory than another and no more vCPUs; False where they can't be compared.

    A smaller size of a family with more memory (db.r6g.large beside db.m6g.xlarge) is no smaller class.
    """
    one, two = _measures(instance), _measures(other)
    return one is not None and two is not None and one[0] < two[0] and one[1] <= two[1]


def _measures(named: Value) -> tuple[float, int] | None:
    """The size of a class and the rank of its family. Sizes below large have less memory than it and no more vCPUs."""
    match = _CLASS.fullmatch((named.text or "").lower())
    if match is None or match[1] not in facts.FAMILIES_BY_MEMORY.value:
        return None
    below = facts.SIZES_BELOW_LARGE.value
    size = below[match[4]] if match[4] else 1.0 if match[3] == "large" else 2.0 * int(match[2] or 1)
    return size, facts.FAMILIES_BY_MEMORY.value[match[1]]


def promotion_tier(instance: Resource) -> int | None:
    """The promotion tier of an Aurora instance, of which 0 goes first; None where it is not known."""
    tier = instance.get("PromotionTier", default=facts.DEFAULT_PROMOTION_TIER.value).number
    return None if tier is None else int(tier)


def promoted_instead(writer: Resource, instances: list[Resource]) -> Resource | None:
    """The instance that Aurora surely promotes when the writer fails, or one of those that it may choose among.

    The lowest tier goes first and, within it, the largest class. None where tiers, classes or numbers are not known.
    """
    if any(one.copies.number != 1 or promotion_tier(one) is None for one in instances):
        return None
    others = [one for one in instances if one is not writer]
    first = min((promotion_tier(one) or 0 for one in others), default=None)
    candidates = [one for one in others if (promotion_tier(one) or 0) == first]
    if any(_measures(one.get("DBInstanceClass")) is None for one in candidates):
        return None
    for one in candidates:
        mine = one.get("DBInstanceClass")
        if not any(is_smaller(mine, other.get("DBInstanceClass")) for other in candidates):
            return one
    return None
