"""AWS Lambda: log groups that are meant for a function, and have another name than that to which it writes."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.name_words import name_words
from awslint_memo.model.patterns import TextPattern
from awslint_memo.relations.lambda_.functions import FUNCTION

GROUP = "AWS::Logs::LogGroup"

BEFORE = fact("/aws/lambda/", page="lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html", read="2026-12-01")
"""What stands before the name of a function in that of the log group to which it writes by default."""

_ROLES = ("aws", "fn", "func", "function", "group", "lambda", "log", "loggroup", "logs")
"""Words of the names of resources that say what they are, and not for what."""

_PSEUDO = "AWS::"


def owner(group: Resource) -> Resource | None:
    """The one function of here for which a log group is meant, by the names of both, where it surely has another name
    than the group of the function, and nobody else writes to it; else None."""
    name = group.get("LogGroupName").pattern
    if name is None or not name.startswith(BEFORE) or group.is_open or group.copies.number != 1:
        return None
    rest, functions = name.removeprefix(BEFORE), group.deployment.of_type(FUNCTION)
    # Functions at the edge write to groups with the Region before their name (us-east-1.orders).
    if rest.contains(".") or any(_may_have_name(function, rest) for function in functions):
        return None
    own = group.deployment.once(_grouped)
    meant = [one for one in functions if one.name not in own and _is_meant(group, rest, one)]
    return meant[0] if len(meant) == 1 and not _is_used(group) else None


def _may_have_name(function: Resource, name: TextPattern) -> bool:
    """Whether a function may have a name."""
    own = function.get("FunctionName")
    named = [
        one.name for one in function.deployment.of_type(FUNCTION) if any(gap.name == one.name for gap in name.gaps)
    ]
    if named:
        return function.name in named
    if own.is_absent:
        # CloudFormation makes a name that ends with random characters: only a parameter may have the whole of it.
        is_given = any(not gap.name.startswith(_PSEUDO) for gap in name.gaps)
        return is_given and not any(map(str.isalnum, name.filled("")))
    return own.pattern is None or not _differ(own.pattern, name)


def _differ(one: TextPattern, other: TextPattern) -> bool:
    """Whether two texts surely differ: in what is left of them without the pieces that both have at the ends."""
    mine, its = list(one.pieces), list(other.pieces)
    for at in (0, -1):
        while mine and its and mine[at] == its[at]:
            mine.pop(at)
            its.pop(at)
    if all(isinstance(piece, str) for piece in (*mine, *its)):
        return bool(mine or its)
    return one.differs_from(other)


def _is_meant(group: Resource, name: TextPattern, function: Resource) -> bool:
    """Whether a log group is called as a function is, but for words that say what it is, or one that was left out."""
    if _logs_elsewhere(function) or group.copies.number != function.copies.number:
        return False
    if _words(group.name.rpartition(".")[2]) == _words(function.name.rpartition(".")[2]) != []:
        return True
    own = function.get("FunctionName").pattern
    its, mine = [set(_words(text.filled(" "))) if text is not None else set() for text in (own, name)]
    return len(its & mine) > 1 and (its <= mine or mine <= its)


def _words(name: str) -> Sequence[str]:
    return [word for word in name_words(name) if word not in _ROLES]


def _logs_elsewhere(function: Resource) -> bool:
    return any(name.lower().replace("_", "").startswith("loggingconfig") for name, _ in function.everything())


def _grouped(deployment: Deployment) -> frozenset[str]:
    """The functions that have their log group here, or may have it."""
    names = [group.get("LogGroupName") for group in deployment.of_type(GROUP)]
    known = [name.pattern.removeprefix(BEFORE) for name in names if name.pattern is not None]
    is_open = any(name.is_unknown and name.pattern is None for name in names)
    every = deployment.of_type(FUNCTION)
    return frozenset(one.name for one in every if is_open or any(_may_have_name(one, name) for name in known))


def _is_used(group: Resource) -> bool:
    """Whether something of here may write to a log group by its name."""
    readers = ("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter")
    others = (one for one in group.deployment.resources.values() if one is not group and one.type not in readers)
    return any(group.may_be_named_by(value) for one in others for _, value in one.everything())
