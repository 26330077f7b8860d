"""The rules of load balancers' listeners: which requests they take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import TextPattern, covers
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"

CONFIGURATIONS: Mapping[str, str] = fact(
    {
        "host-header": "HostHeaderConfig",
        "http-header": "HttpHeaderConfig",
        "http-request-method": "HttpRequestMethodConfig",
        "path-pattern": "PathPatternConfig",
        "query-string": "QueryStringConfig.Values",
        "source-ip": "SourceIpConfig",
    },
    page="elasticloadbalancing/latest/APIReference/API_RuleCondition.html",
    read="2026-11-29",
)
"""The property that only a condition of a Field has, by that Field."""

_EVERYTHING = {"host-header": ("*",), "path-pattern": ("*", "/*")}
"""The patterns that fit each request."""

_PLAIN = ("host-header", "http-request-method", "path-pattern", "source-ip")
"""The conditions whose values are texts alone."""


@record(frozen=True)
class Condition:
    """One condition of a rule: its Field, and its values as texts. A host is in small letters."""

    field: str
    values: tuple[str, ...]

    @property
    def is_of_all(self) -> bool:
        """Whether it fits each request."""
        return any(value in _EVERYTHING.get(self.field, ()) for value in self.values)

    def covers(self, other: Condition) -> bool:
        """Whether it surely fits each request that another condition fits."""
        if self.field != other.field:
            return False
        has_wildcards = self.field in _EVERYTHING
        return all(
            any(covers(mine, its) if has_wildcards else mine == its for mine in self.values) for its in other.values
        )


@record(frozen=True)
class _Placed:
    """A rule with its number and its conditions, of which None is one that is not known, or not compared."""

    rule: Resource
    priority: float
    conditions: tuple[Condition | None, ...]

    def takes_all_of(self, other: _Placed) -> bool:
        """Whether each request that fits the other rule surely fits this one."""
        known = [condition for condition in other.conditions if condition is not None]
        return bool(self.conditions) and all(
            asks is not None and (asks.is_of_all or any(map(asks.covers, known))) for asks in self.conditions
        )


_QUERY = regex(r"\?[a-z_][\w.-]*=|(?:/\*|\.[a-z]{2,5})\?[a-z][\w.-]{2,}\*?$", re.IGNORECASE)


def asks_for_query(pattern: str) -> bool:
    """Whether a pattern for paths surely is meant for a query string too, which is no part of a path: name=value stands
    behind a question mark, or a word does so behind a file's ending. A question mark is any one character of a path."""
    return _QUERY.search(pattern) is not None


def queried(rule: Resource) -> Value | None:
    """A pattern for paths of a rule that surely is meant for a query string; else None."""
    for written in rule.get("Conditions").items:
        named = written.get("Field").text
        values: list[Value] = written.get(CONFIGURATIONS["path-pattern"]).get("Values").items
        values = values + (written.get("Values").items if named == "path-pattern" else [])
        for value in values:
            if value.text is not None and asks_for_query(value.text):
                return value
    return None


def taken_before(rule: Resource) -> Resource | None:
    """The rule of the same listener with a lower number that surely takes all requests of a rule; None where there is
    none, where both do the same, or where it answers with an error of its own, as one of maintenance does."""
    listener = rule.get("ListenerArn").pattern
    placed = [] if listener is None else rule.deployment.once(_by_listener).get(listener, [])
    for late in (each for each in placed if each.rule is rule):
        for early in placed:
            # One that may not be made takes nothing.
            is_early = early.priority < late.priority and bool(early.rule.copies.number)
            if is_early and early.takes_all_of(late) and not _is_error(early.rule) and not _do_same(early.rule, rule):
                return early.rule
    return None


def _by_listener(deployment: Deployment) -> dict[TextPattern, list[_Placed]]:
    placed: dict[TextPattern, list[_Placed]] = {}
    for rule in deployment.own_of_type(RULE):
        listener, priority = rule.get("ListenerArn").pattern, rule.get("Priority").number
        if listener is not None and priority is not None:
            placed.setdefault(listener, []).append(_Placed(rule, priority, tuple(_conditions(rule))))
    return placed


def _do_same(rule: Resource, other: Resource) -> bool:
    """Whether two rules surely forward to the same target group, and do nothing else."""
    mine, its = rule.get("Actions").items, other.get("Actions").items
    if len(mine) != 1 or len(its) != 1:
        return False
    return mine[0].get("TargetGroupArn").is_same_as(its[0].get("TargetGroupArn")) is True


def _is_error(rule: Resource) -> bool:
    """Whether a rule answers itself with an error of a server, or may."""
    codes = [action.get("FixedResponseConfig.StatusCode") for action in rule.get("Actions").items]
    return any(code.is_unknown or (code.text or "").startswith("5") for code in codes)


def _conditions(rule: Resource) -> Iterator[Condition | None]:
    """The conditions of a rule, all of which must fit; None for one that is not known, or not compared."""
    for written in rule.get("Conditions").items:
        named = written.get("Field")
        fields = [field for field, name in CONFIGURATIONS.items() if not written.get(name).is_absent]
        field = named.text or (fields[0] if named.is_absent and len(fields) == 1 else "")
        yield _condition(field, written) if field in _PLAIN else None


def _condition(field: str, written: Value) -> Condition | None:
    held = written.get(CONFIGURATIONS[field])
    values = [value.text for value in (*held.get("Values").items, *written.get("Values").items)]
    regexes = [written, held] if field in _EVERYTHING else []
    is_regex = any(not place.get("RegexValues").is_absent for place in regexes)
    if None in values or not values or is_regex:
        return None
    texts = (value or "" for value in values)
    return Condition(field, tuple(text.lower() if field == "host-header" else text for text in texts))
