"""How much of a template is judged: so many resources, and so many checks of them. What is left out is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from awslint_memo.judging.rule import Rule
from awslint_memo.model.budget import left, refuse
from awslint_memo.model.facts import POLICIES, Declared
from awslint_memo.readers.template import Deployments

_OF_A_STACK = 25
_STACKS = 120
"""How many more resources are judged for each nested stack, which may be one of several of the same file."""

_CHECKED = 10
"""How many checks of each of these are run."""

RECOVERY = "recovery"
"""The service of the rules that judge against declared objectives, and are not even loaded without any."""


def applied(judged: Deployments, rules: Sequence[Rule], declared: Declared) -> list[Rule]:
    """The rules that have something to check. declared: what the run declares, if the template's deployments don't."""
    here = judged.by_type.keys()
    has_objectives = (judged.declared or declared).has_objectives or not here.isdisjoint(POLICIES)
    return [
        rule
        for rule in rules
        if (rule.service != RECOVERY or has_objectives) and not (rule.resource and here.isdisjoint(rule.resource))
    ]


def cut(judged: Deployments, rules: Sequence[Rule]) -> Collection[str] | None:
    """The names of the first resources, if there are more than are judged; None if all are. rules: those applied."""
    stacks = {name.rpartition("/")[0] for name in judged.having} - {""}
    more = _OF_A_STACK * min(len(stacks), _STACKS)
    most, room = left("judged") + more, left("checks") + _CHECKED * more
    checks = [types for rule in rules for types, _ in rule.checks]
    if len(judged.having) <= most and len(judged.having) * len(checks) <= room:
        return None
    kept = set(islice(_within(judged, checks, room), most))
    if len(kept) == len(judged.having):
        return None
    refuse("judged")
    return kept


def _within(judged: Deployments, checks: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """The names of the first resources that have no more checks than there is room for. checks: the types of each."""
    each = Counter(type_ for types in checks for type_ in set(types))
    of = {name: each[type_] for type_, names in judged.by_type.items() for name in names}
    for name in judged.having:
        room -= of.get(name, 0)
        if room < 0:
            return
        yield name
