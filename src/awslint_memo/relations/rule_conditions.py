"""Elastic Load Balancing: the conditions, actions and transforms of a listener's rules that it refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.listener_rules import CONFIGURATIONS

_QUOTAS = "elasticloadbalancing/latest/application/load-balancer-limits.html"
_CONDITIONS = "elasticloadbalancing/latest/application/rule-condition-types.html"
_CONDITION = "elasticloadbalancing/latest/APIReference/API_RuleCondition.html"

MOST_VALUES = fact(5, page=_QUOTAS, read="2026-12-02")
"""The values that all conditions of a rule may have together. No request raises it."""

MOST_WILDCARDS = fact(6, page=_QUOTAS, read="2026-12-02")
"""The wildcards that the values of a rule may have together; the page on conditions says 5."""

LONGEST_VALUE = fact(128, page=_CONDITION, read="2026-12-02")
"""The most characters of a value."""

MOST_GROUPS = fact(5, page=_QUOTAS, read="2026-12-02")
"""The target groups to which one action may forward. No request raises it."""

_ONCE = fact(("host-header", "http-request-method", "path-pattern", "source-ip"), page=_CONDITION, read="2026-12-02")
"""The conditions that a rule has once at most."""

_WITH_WILDCARDS = fact(
    ("host-header", "http-header", "path-pattern", "query-string"), page=_CONDITIONS, read="2026-12-02"
)
"""The conditions in whose values * and ? are wildcards."""

_WITH_REGEXES = fact(("host-header", "http-header", "path-pattern"), page=_CONDITION, read="2026-12-02")
"""The conditions that take regular expressions."""

_METHOD = fact("[A-Z_-]{1,40}", page=_CONDITION, read="2026-12-02")
"""A method of HTTP as a condition takes it: in capital letters, without wildcards."""

_NOT_IN_PATHS = fact(r"[\^|()\[\]{}<>\s]", page=_CONDITIONS, read="2026-12-02")
"""Characters of regular expressions, and others, that no pattern for paths may have."""

_METHODS, _SIGNS = regex(_METHOD), regex(_NOT_IN_PATHS)
_ADDRESS = regex(r"\d+(?:\.\d+){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+")

_NAMES: Mapping[str, str] = {**CONFIGURATIONS, "query-string": "QueryStringConfig"}


@record(frozen=True)
class Refused:
    """What is refused: the value, the name of its property, what a message says, what to do, and another value beside
    which it can't stand."""

    value: Value
    of: str
    message: str
    remedy: str
    beside: Value | None = None


@record(frozen=True)
class _Condition:
    field: str
    written: Value
    values: tuple[Value, ...]
    regexes: tuple[Value, ...]


def refused(rule: Resource) -> Iterator[Refused]:
    """What is surely refused of the conditions of a rule, of its actions and its transforms."""
    conditions = [condition for written in rule.get("Conditions").items for condition in _conditions(written)]
    yield from _too_many(rule.get("Conditions"), conditions)
    first: dict[str, Value] = {}
    for condition in conditions:
        if condition.field in _ONCE and condition.field in first:
            message = f"has two conditions of {condition.field}, and a rule has one at most"
            remedy = "write the values of both into one"
            yield Refused(condition.written, "", message, remedy, first[condition.field])
        first.setdefault(condition.field, condition.written)
        yield from _of_values(condition)
    kinds: set[str] = set()
    for transform in rule.get("Transforms").items:
        kind = transform.get("Type")
        if kind.text in kinds:
            yield Refused(kind, "Type", "but a rule has one transform of each type", "remove one of the two")
        kinds.add(kind.text or "")


def too_many_groups(actions: Value) -> Iterator[Refused]:
    """The target groups of an action that surely are more than it may have."""
    for action in actions.items:
        groups = action.get("ForwardConfig.TargetGroups")
        # An item that is not known may stand for any number of blocks, and for none.
        count = sum(bool(group.fields) for group in groups.items)
        if count > MOST_GROUPS:
            message = f"forwards to {count} target groups at once, and may to {MOST_GROUPS} at most"
            yield Refused(groups, "", message, "take away the rest")


def _conditions(written: Value) -> Iterator[_Condition]:
    """The condition that an item holds; a block of Terraform may hold several. Of an item that is not known none is
    sure: it may stand for any number of blocks, and for none."""
    named = written.get("Field").text
    for field, name in _NAMES.items():
        held = written.get(name)
        if named == field or (named is None and held.is_known and (held.fields or held.items)):
            places = [held, *([written] if named == field else [])]
            values = [value for place in places for value in _listed(place.get("Values"))]
            with_regexes = places if field in _WITH_REGEXES else []
            regexes = [value for place in with_regexes for value in _listed(place.get("RegexValues"))]
            if field == "query-string":
                values = [pair.get("Value") for pair in values]
            yield _Condition(field, written, tuple(values), tuple(regexes))


def _listed(values: Value) -> list[Value]:
    """The values of a list, known or not; none of a list of which not even their number is known."""
    return values.items if values.is_known else []


def _too_many(conditions: Value, known: list[_Condition]) -> Iterator[Refused]:
    """Where the values of all conditions are too many, or their wildcards."""
    count, wildcards = 0, 0
    for condition in known:
        every = (*condition.values, *condition.regexes)
        texts = {value.text for value in every if value.text is not None}
        count += len(texts) + sum(value.text is None and not value.is_absent for value in every)
        if condition.field in _WITH_WILDCARDS:
            plain = {value.text for value in condition.values if value.text is not None}
            wildcards += sum(text.count("*") + text.count("?") for text in plain)
    remedy = "split them into several rules with the same actions"
    if count > MOST_VALUES:
        message = f"has {count} values in its conditions, of which a rule has {MOST_VALUES} at most"
        yield Refused(conditions, "", message, remedy)
    elif wildcards > MOST_WILDCARDS:
        message = f"has {wildcards} wildcards in its conditions, of which a rule has {MOST_WILDCARDS} at most"
        yield Refused(conditions, "", message, remedy)


def _of_values(condition: _Condition) -> Iterator[Refused]:
    """The values of a condition that have another form than it takes."""
    for value in (*condition.values, *condition.regexes):
        if value.text is not None and len(value.text) > LONGEST_VALUE:
            message = f"but has {len(value.text)} characters, of which a value has {LONGEST_VALUE} at most"
            yield Refused(value, "Values", message, "shorten it")
    for value in condition.values:
        text = value.text or ""
        if condition.field == "http-request-method" and text and not _METHODS.fullmatch(text):
            remedy = f"write {text.upper()}" if _METHODS.fullmatch(text.upper()) else "name each method"
            yield Refused(value, "Values", "but a method has capital letters and no wildcards", remedy)
        elif condition.field == "path-pattern" and (found := _SIGNS.search(text)):
            message = f'but a pattern for paths may have no "{found[0]}"'
            yield Refused(value, "Values", message, "write a pattern with * and ?, or RegexValues")
        elif condition.field == "source-ip" and _ADDRESS.fullmatch(text):
            yield Refused(value, "Values", "but it must be a CIDR block", f"write {text}/{128 if ':' in text else 32}")
    name = condition.written.get("HttpHeaderConfig.HttpHeaderName")
    if condition.field == "http-header" and (name.text or "").lower() == "host":
        yield Refused(name, "HttpHeaderName", "but a condition of host-header is for it", "write that")
