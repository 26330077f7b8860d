"""Amazon CloudFront: which behaviors send the host of the viewer to an origin that answers for its own host only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations import origins
from awslint_memo.syntax.embedded import each

MANAGED: Mapping[str, str] = fact(
    {
        "AllViewer": "216adef6-5c7f-47e4-b989-5492eafa07d3",
        "AllViewerAndCloudFrontHeaders-2022-06": "33f36d7e-f396-46d9-90e0-52428a34d9dc",
        "HostHeaderOnly": "bf0718e1-ba1e-49d1-88b1-f726733018ae",
    },
    page="AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html",
    read="2026-12-03",
)
"""AWS's policies for requests to origins that send the header Host, by name. The page says that an API or a function
with a URL needs its own."""

INSTEAD = "AllViewerExceptHostHeader (b689b0a8-53d0-40ab-baf2-68738e2966ac)"
"""AWS's policy that sends all but the header Host."""

_POLICY = "AWS::CloudFront::OriginRequestPolicy"
_HEADERS = "OriginRequestPolicyConfig.HeadersConfig"
_ALL = ("allViewer", "allViewerAndWhitelistCloudFront")

_OF_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage")
_OF_URLS = ("AWS::Lambda::Url",)
_DOMAINS = ("AWS::ApiGateway::DomainName", "AWS::ApiGateway::DomainNameV2", "AWS::ApiGatewayV2::DomainName")
_DOMAIN_OF_TERRAFORM = "_domain_name"


@record(frozen=True, eq=False)
class Forwarded:
    """A behavior that sends the host of the viewer. value: what says so, as how says. origin: the domain name of the
    origin. answers: what that answers. do: the remedy."""

    value: Value
    how: str
    origin: Value
    answers: str
    do: str


def forwarded(distribution: Resource) -> Iterator[Forwarded]:
    """The behaviors of a distribution that surely send the host of the viewer to an origin that refuses it."""
    domains = {one.get("Id").text: one.get("DomainName") for one in each(distribution, "DistributionConfig.Origins")}
    signed = {id(domain) for _, domain in origins.signed(distribution)}
    for behavior in origins.behaviors(distribution):
        target = behavior.get("TargetOriginId").text
        domain = None if target is None else domains.get(target)
        sent = None if domain is None else _sent(distribution, behavior)
        # A function may write the header anew.
        runs = any(not behavior.get(name).is_absent for name in origins.RUNNING)
        if domain is None or sent is None or runs:
            continue
        answers = _answers(distribution, domain)
        if not answers and id(domain) in signed:
            answers = "the bucket, for which CloudFront signs the request with it, refuses that (SignatureDoesNotMatch)"
        if answers:
            yield Forwarded(sent[0], sent[1], domain, answers, sent[2])


def _sent(distribution: Resource, behavior: Value) -> tuple[Value, str, str] | None:
    """What in a behavior surely sends the header Host to the origin, how, and what to do; None where nothing does."""
    named = behavior.get("OriginRequestPolicyId")
    managed = next((name for name, known in MANAGED.items() if named.text == known), None)
    if managed is not None:
        return named, f"{managed} as its OriginRequestPolicyId", f"use {INSTEAD}"
    policy = distribution.deployment.find(named, _POLICY)
    if policy is not None:
        kind, listed = policy.get(f"{_HEADERS}.HeaderBehavior"), policy.get(f"{_HEADERS}.Headers")
        if kind.text in _ALL or (kind.text == "whitelist" and _names_host(listed)):
            return named, f"{policy.title} as its OriginRequestPolicyId", f"use {INSTEAD}"
    headers = behavior.get("ForwardedValues.Headers")
    if _names_host(headers, "*"):
        do = "name the headers that the origin needs, without Host"
        return headers, "Host among the Headers of ForwardedValues", do
    return None


def _names_host(headers: Value, *others: str) -> bool:
    return any((header.text or "").lower() in ("host", *others) for header in headers.items)


def _answers(distribution: Resource, domain: Value) -> str:
    """What an API or a function with a URL answers to a request for another host; empty where the domain name surely is
    of neither, or that is not known."""
    written = domain.pattern
    named = [] if not isinstance(domain, Unknown) else [*domain.mentions()]
    found = [distribution.deployment.find(link) for link in named]
    types = {None if one is None else one.type for one in found}
    is_url = written is not None and written.contains(".lambda-url.")
    if is_url or (types and types <= {*_OF_URLS}):
        return "the URL of the function answers with 403"
    is_api = written is not None and written.contains(".execute-api.") and domain.starts_with("d-") is not True
    is_api = is_api or (bool(types) and types <= {*_OF_APIS})
    return "API Gateway answers with 403" if is_api and not distribution.deployment.once(_has_domain) else ""


def _has_domain(deployment: Deployment) -> bool:
    """Whether API Gateway answers for another host too."""
    others = (one.type for one in deployment.untranslated(deployment))
    return bool(deployment.of_type(*_DOMAINS)) or any(_DOMAIN_OF_TERRAFORM in kind for kind in others)
