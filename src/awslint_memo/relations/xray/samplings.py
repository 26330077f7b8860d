"""Which requests the sampling rules of X-Ray fit."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.patterns import covers
from awslint_memo.model.value import Value

RULE = "AWS::XRay::SamplingRule"

RANGES = fact(
    {"FixedRate": (0, 1), "Priority": (1, 9999)}, page="xray/latest/api/API_SamplingRule.html", read="2026-11-30"
)
"""The least and the most that X-Ray takes for a setting of a rule."""

CRITERIA = ("HTTPMethod", "Host", "ResourceARN", "ServiceName", "ServiceType", "URLPath")
"""The patterns of a rule that a request has to match, all of them."""


def fits_all(sampling: Value) -> bool:
    """Whether a rule surely fits every request. sampling: its SamplingRule."""
    return _has_no_attributes(sampling) and all(sampling.get(name).text == "*" for name in CRITERIA)


def fits_all_of(early: Resource, late: Resource) -> bool:
    """Whether a rule surely fits each request that another one fits."""
    mine, its = early.get("SamplingRule"), late.get("SamplingRule")
    return _has_no_attributes(mine) and all(_fits(mine.get(name), its.get(name)) for name in CRITERIA)


def _fits(mine: Value, its: Value) -> bool:
    if mine.text == "*":
        return True
    return mine.text is not None and its.text is not None and covers(mine.text, its.text)


def _has_no_attributes(sampling: Value) -> bool:
    attributes = sampling.get("Attributes")
    return attributes.is_absent or attributes.surely(lambda content: content == {})
