"""The metrics that metric filters of a deployment write: of what, and which of them an alarm nearly names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import Declared
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record, replace
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import alarms, filtered, namespaces
from awslint_memo.relations.cloudwatch.filtered import Written
from awslint_memo.relations.cloudwatch.metrics import RESERVED
from awslint_memo.relations.iam.roles import allowed_resources

_VARIABLES = {"AWS::ECS::TaskDefinition": "ContainerDefinitions", "AWS::Lambda::Function": "Environment.Variables"}
"""Where programs are told the namespace of the metrics that they write."""

_COUNTING = regex(r"(?i:^number[_-]?of)|(Count|_count|-count)$")

_LIKE = 0.85  # chosen: TransferRejected and TransferRejects are alike, Errors4xx and Errors are not


_SIGNS = ("/", "-", "_", ".", ":")
"""What stands between a namespace and an environment."""

_MATCHING = 5
"""How many comparisons of texts take as long as to match the letters of two."""


def meant(metric: alarms.Metric, deployment: Deployment) -> Written | None:
    """The metric of a filter that an alarm surely means: nothing here writes the alarm's own, a name of this one is
    nearly the same, and no alarm watches it. None where that is not so, or where not all is known that filters write.

    A program may still write the alarm's metric (see `programs_may_write`).
    """
    where, called = metric.namespace.text, metric.name.text
    if where is None or called is None or where.startswith(RESERVED) or where in namespaces.names():
        return None
    filters = deployment.once(_filters)
    if filters is None or (where, called) in filters.written:
        return None
    near = filters.by_namespace.get((where, _digits(called)), ())
    pair = _first_like(near, called, lambda pair: pair.texts[1])
    if pair is not None:
        return pair
    near = filters.by_name.get((_digits(where), called), ())
    pair = _first_like(near, where, lambda pair: pair.texts[0])
    return None if pair is None else replace(pair, is_other_name=False)


def of_an_environment(metric: alarms.Metric, deployment: Deployment) -> Written | None:
    """The metric of a filter that an alarm surely means whose namespace has the environment too, as in Shop/prod where
    the alarm has Shop: the filter writes a metric of the same name, and no alarm watches that. None where that is not
    so, or where a filter may write the alarm's own."""
    where, called = metric.namespace.text, metric.name.text
    if where is None or called is None or where.startswith(RESERVED) or where in namespaces.names():
        return None
    surely, perhaps = filtered.makers(metric, deployment)
    # What has the environment in it surely is not the alarm's own.
    if surely or not all(_adds_environment(pair, where, deployment.declared) for pair in perhaps):
        return None
    near = deployment.once(_of_environments).get((where, called), ())
    pair = next((pair for pair in near if not _is_watched(pair, deployment)), None)
    return None if pair is None else replace(pair, is_other_name=False)


def _of_environments(deployment: Deployment) -> Mapping[tuple[str, str], Sequence[Written]]:
    """What filters write to namespaces with an environment, by the namespace without it and the name."""
    found: dict[tuple[str, str], list[Written]] = {}
    for pair in deployment.once(filtered.written):
        shown, name = pair.shown, pair.name.text
        cuts = [place for place, sign in enumerate(shown) if sign in _SIGNS] if name is not None else []
        for where in {part for place in cuts for part in (shown[:place], shown[place + 1 :])}:
            if _adds_environment(pair, where, deployment.declared):
                found.setdefault((where, name or ""), []).append(pair)
    return found


def _adds_environment(pair: Written, where: str, declared: Declared) -> bool:
    """Whether a namespace is another one with the name of an environment behind it or before it."""
    shown = pair.shown
    behind, before = shown.removeprefix(where), shown.removesuffix(where)
    rest = behind[1:] if shown != behind and behind[:1] in _SIGNS else before[:-1] if before[-1:] in _SIGNS else ""
    is_open = rest.startswith("${") and rest.find("}") == len(rest) - 1
    return bool(rest and where) and (is_open or rest.lower() in (*declared.production, *declared.development))


def _is_watched(pair: Written, deployment: Deployment) -> bool:
    """Whether an alarm may watch the metric of a filter, whose name is known; True too where it takes too much work to
    find that out, which the run tells."""
    for metric in filtered.named(deployment.once(filtered.watched_by_name), pair):
        if not spend("comparisons"):
            return True
        is_near = _adds_environment(pair, metric.namespace.text or "", deployment.declared)
        named = (metric.name.is_same_as(pair.name), metric.namespace.is_same_as(pair.namespace))
        if False not in named and not is_near:
            return True
    return False


def is_made_of_matches(metric: alarms.Metric, deployment: Deployment) -> bool:
    """Whether metric filters of this deployment surely write a metric, and only for lines of logs that match: none of
    them has a default value, or may have one."""
    surely, perhaps = filtered.makers(metric, deployment)
    return bool(surely) and all(pair.made.get("DefaultValue").is_absent for pair in (*surely, *perhaps))


def least_of_matches(metric: alarms.Metric, deployment: Deployment) -> float:
    """The least that the matching lines surely add up to in a metric that filters make; minus infinity where a line
    tells the value, which may be below 0, or is below 0 itself."""
    surely, perhaps = filtered.makers(metric, deployment)
    numbers = [pair.made.get("MetricValue").number for pair in (*surely, *perhaps)]
    return min((-inf if number is None or number < 0 else number for number in numbers), default=-inf)


def other_dimensions(metric: alarms.Metric, deployment: Deployment) -> Sequence[str] | None:
    """The names of the dimensions with which the only filters of this deployment that write a metric write it, where an
    alarm has others, or none: CloudWatch adds nothing up over them. None where the same ones, or not all are known."""
    surely, perhaps = filtered.makers(metric, deployment)
    own = {dimension.name.text for dimension in metric.dimensions}
    if not surely or perhaps or None in own:
        return None
    written = [_keys(pair.made.get("Dimensions")) for pair in surely]
    if any(keys is None or own == set(keys) for keys in written):
        return None
    return written[0]


def _keys(dimensions: Value) -> list[str] | None:
    """The names of dimensions, of CloudFormation's list or Terraform's map; None where one is not known."""
    if dimensions.fields or dimensions.is_absent:
        return [*dimensions.fields]
    keys = [item.get("Key").text for item in dimensions.items if item.is_known]
    known = [key for key in keys if key is not None]
    return known if len(known) == len(dimensions.items) else None


def programs_may_write(metric: alarms.Metric, deployment: Deployment) -> bool:
    """Whether a program of this deployment may write metrics of a namespace: a policy lets one do so, or a variable of
    a function or a container has its name."""
    if deployment.is_open or allowed_resources(deployment, "cloudwatch:PutMetricData"):
        return True
    programs = deployment.of_type(*_VARIABLES)
    values = (value for program in programs for value in _scalars(program.get(_VARIABLES[program.type])))
    return any(value.text == metric.namespace.text for value in values)


def _scalars(value: Value) -> Iterator[Value]:
    inner = [*value.fields.values()] or [item for item in value.items if item is not value]
    if not inner:
        yield value
    for item in inner:
        yield from _scalars(item)


def _digits(name: str) -> str:
    """The digits of a name: those of two names that differ by a slip are the same."""
    return "".join(character for character in name if character.isdigit())


def _first_like(pairs: Sequence[Written], named: str, part: Callable[[Written], str]) -> Written | None:
    """The first of some metrics of which a part has a name that differs from another one, with the same digits, as by
    a slip or by the word Count; None too where it takes too much work to find it, which the run tells."""
    counted = _counted(named)
    for pair in pairs:
        if not spend("comparisons"):
            return None
        written = part(pair)
        if counted and counted == _counted(written):
            return pair
        # What the ratio can be at most, of names of these lengths.
        if 2 * min(len(written), len(named)) < _LIKE * (len(written) + len(named)):
            continue
        if not spend("comparisons", _MATCHING):
            return None
        if _is_like(written.lower(), named.lower()):
            return pair
    return None


def _is_like(written: str, named: str) -> bool:
    """Whether two names hold nearly the same letters."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, written, named)
    # The quick ones are never smaller.
    return all(ratio() >= _LIKE for ratio in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio))


def _counted(name: str) -> str:
    """What a metric counts, by its name: "error" of Errors, error_count and NumberOfErrors."""
    return _COUNTING.sub("", name).strip("_-. ").lower().removesuffix("s")


@record(frozen=True, eq=False)
class _Filters:
    """What metric filters write, as pairs of a namespace and a name.

    by_namespace: what no alarm watches, by the namespace and the digits of the name. by_name: the same by the digits of
    the namespace and the name.
    """

    written: set[tuple[str, str]]
    by_namespace: Mapping[tuple[str, str], Sequence[Written]]
    by_name: Mapping[tuple[str, str], Sequence[Written]]


def _filters(deployment: Deployment) -> _Filters | None:
    """What the filters of a deployment write; None where that, or what alarms watch, is not known of all."""
    written = deployment.once(filtered.written)
    watched = deployment.once(_watched)
    if watched is None or any("" in pair.texts for pair in written):
        return None
    by_namespace: dict[tuple[str, str], list[Written]] = {}
    by_name: dict[tuple[str, str], list[Written]] = {}
    for pair in written:
        namespace, name = pair.texts
        if (namespace, name) in watched:
            continue
        by_namespace.setdefault((namespace, _digits(name)), []).append(pair)
        by_name.setdefault((_digits(namespace), name), []).append(pair)
    return _Filters({pair.texts for pair in written}, by_namespace, by_name)


def _watched(deployment: Deployment) -> set[tuple[str, str]] | None:
    """The metrics that alarms watch, by namespace and name; None where one is not known."""
    watched = [metric for alarm in deployment.of_type(alarms.ALARM) for metric in alarms.metrics(alarm)]
    named = {(metric.namespace.text or "", metric.name.text or "") for metric in watched}
    return None if any("" in pair for pair in named) else named
