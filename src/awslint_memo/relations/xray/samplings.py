"""Which requests the sampling rules of X-Ray fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.patterns import covers
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

RULE = "AWS::XRay::SamplingRule"

RANGES = fact(
    {"FixedRate": (0, 1), "Priority": (1, 9999)}, page="xray/latest/api/API_SamplingRule.html", read="2026-11-30"
)
"""The least and the most that X-Ray takes for a setting of a rule."""

CRITERIA = ("HTTPMethod", "Host", "ResourceARN", "ServiceName", "ServiceType", "URLPath")
"""The patterns of a rule that a request has to match, all of them."""

_LETTERS = 400
"""How many pairs of letters take as long as a comparison of two texts."""


def fits_all(sampling: Value) -> bool:
    """Whether a rule surely fits every request. sampling: its SamplingRule."""
    return _has_no_attributes(sampling) and all(sampling.get(name).text == "*" for name in CRITERIA)


def that_fit_all_of(late: Resource) -> Iterator[Resource]:
    """The rules of the template with a lower priority that surely fit each request that this one fits."""
    priority = late.get("SamplingRule.Priority").number
    texts = _texts(late.get("SamplingRule"))
    length = _length(texts)
    if priority is None:
        return
    for early in late.deployment.once(_without_attributes):
        if not spend("comparisons", 1 + early.length * length // _LETTERS):
            return
        if early.priority < priority and all(map(_fits, early.texts, texts)):
            yield early.resource


@record(frozen=True, eq=False)
class _Known:
    """A rule that no attribute limits, with its priority and the texts of its patterns, as far as they are known."""

    resource: Resource
    priority: float
    texts: Sequence[str | None]
    length: int


def _without_attributes(deployment: Deployment) -> list[_Known]:
    found: list[_Known] = []
    for resource in deployment.own_of_type(RULE):
        sampling = resource.get("SamplingRule")
        priority = sampling.get("Priority").number
        if priority is not None and _has_no_attributes(sampling):
            texts = _texts(sampling)
            found.append(_Known(resource, priority, texts, _length(texts)))
    return found


def _texts(sampling: Value) -> Sequence[str | None]:
    return [sampling.get(name).text for name in CRITERIA]


def _length(texts: Sequence[str | None]) -> int:
    return sum(len(text or "") for text in texts)


def _fits(mine: str | None, its: str | None) -> bool:
    return mine == "*" or (mine is not None and its is not None and covers(mine, its))


def _has_no_attributes(sampling: Value) -> bool:
    attributes = sampling.get("Attributes")
    return attributes.is_absent or attributes.surely(lambda content: content == {})
