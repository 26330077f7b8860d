"""Amazon ECS: what it refuses of a strategy of capacity providers, of a service or as the default of a cluster."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value

_PAGE = "AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html"

WITH_BASE = fact(1, page=_PAGE, read="2026-12-02")
"""How many capacity providers of a strategy may have a base above 0."""

DEFAULT_WEIGHT = fact(0, page=_PAGE, read="2026-12-02")
"""The weight of a capacity provider for which none is given. Of several in a strategy, one needs a greater one."""

_SERVICE = "AWS::ECS::Service"


def refused(user: Resource) -> Iterator[tuple[Value, str, str, Value | None]]:
    """What is surely refused of the strategy of a service or cluster: the value, why, what to do, and another place."""
    strategy = user.get("CapacityProviderStrategy" if user.type == _SERVICE else "DefaultCapacityProviderStrategy")
    providers = strategy.items
    bases = [base for item in providers if (base := item.get("Base")).above(0)]
    if len(bases) > WITH_BASE:
        message = "but another capacity provider of the strategy has a Base too, and ECS takes one"
        yield bases[1], message, "remove it, or that of the other one", bases[0]
    weights = [item.get("Weight") for item in providers]
    is_unweighted = all(weight.is_absent or weight.number == DEFAULT_WEIGHT for weight in weights)
    if len(providers) > 1 and is_unweighted and all(item.fields for item in providers):
        message = "has several capacity providers of weight 0, so ECS refuses to start tasks with it"
        yield strategy, message, "give one of them a Weight above 0", None
