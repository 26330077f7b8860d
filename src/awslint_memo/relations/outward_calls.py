"""What functions and builds surely ask of what is outside of their VPC, by their variables and their source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.networks import ENDPOINT
from awslint_memo.relations.route53.zones import ZONE

BY_GATEWAY = fact(
    ("AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table", "AWS::S3::Bucket"),
    page="prescriptive-guidance/latest/aws-startup-security-baseline/wkld-12.html",
    read="2026-12-01",
)
"""What the gateway endpoints of a VPC lead to."""

CALLED = (
    "AWS::Events::EventBus",
    "AWS::Kinesis::Stream",
    "AWS::KinesisFirehose::DeliveryStream",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SSM::Parameter",
    "AWS::SecretsManager::Secret",
    "AWS::StepFunctions::StateMachine",
)
"""What is in no VPC, and is called at an address of AWS."""

HOSTS = fact(
    ("BITBUCKET", "CODECOMMIT", "GITHUB", "GITLAB"),
    page="codebuild/latest/APIReference/API_ProjectSource.html",
    read="2026-12-01",
)
"""Types of sources that CodeBuild fetches from addresses outside of any VPC."""

_FOR_LINKS = ("DomainName", "DualStackDomainName", "RegionalDomainName", "WebsiteURL")
"""Attributes of buckets that programs put into addresses for browsers."""

_RECORD, _GROUP = "AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup"

_CALLABLE = regex(r"(^|_)(api|endpoint|webhook)(_|$)", re.I)
_ADDRESS = regex(r"(^|_)(feed|source|upstream|ur[il])(_|$)", re.I)
_VERBS = r"\b(?:crawl|download|fetch|import|poll|pull|scrap|synchroni[sz]|quer)(?:e[ds]?|es|ies|ing|s)?\b"
_FETCHES = regex(_VERBS, re.I)
"""What a function does that calls the addresses it is given, by its description."""

_FETCHES_OF_AWS = regex(
    rf"{_VERBS}(?:(?!\b(?:and|in|into|to)\b)[^.,;])*\b(?:s3|sqs|dynamodb|rds|aurora|redis|kinesis"
    r"|(?:bucket|cache|database|db|queue|stream|table|topic)s?)\b"
    r"|\bdownload links?\b",
    re.I,
)
"""The same of what has no such address, or is for people."""

_NO_CALL = regex(
    r"(^|_)(allowed|audience|callback|cors|docs|frontend|issuer|origins?|proxy|public|redirect)(_|$)", re.I
)
_FOR_PEOPLE = regex(
    r"(^|_)(app|base|console|dashboard|home|icon|image|link|login|logo|portal|shop|site|website)(_|$)", re.I
)
_PROXY = regex(r"(^|_)proxy(_|$)", re.I)
_WORD = regex(r"(?<=[a-z])(?=[A-Z])")
_PUBLIC = regex(r"(?:https|wss)://((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[:/?]|$)", re.I)
"""An address with the whole name of a host."""

_INSIDE = regex(r"\.(?:amazonaws\.com|amazonaws\.com\.cn|corp|home|internal|intranet|lan|local|private)$")
"""Names that no public server has, or that may be of a VPC."""


@record(frozen=True, eq=False)
class Call:
    """What a function surely calls outside of its VPC. value: the variable that names it. words: what it is, for a
    message. is_public: whether it is a server on the internet, and not a service of AWS."""

    value: Value
    words: str
    is_public: bool


def outside(function: Resource) -> Iterator[Call]:
    """What the variables of a function name that it surely calls outside of its VPC; nothing where a proxy may stand
    between."""
    variables = function.get("Environment.Variables").fields
    if any(_PROXY.search(name) for name in variables):
        return
    for name, value in variables.items():
        service, server = _called(function.deployment, value), _public_address(function, name, value)
        if service or server:
            yield Call(value, service or server, not service)


def called_anywhere(function: Resource, name: str, value: Value) -> str:
    """What a variable names that a function surely calls, in its VPC or outside of it; empty for what may be for
    people."""
    words, begin = _WORD.sub("_", name), value.pieces[0].text or ""
    is_called = _CALLABLE.search(words) or (_ADDRESS.search(words) and not _FOR_PEOPLE.search(words))
    is_address = begin.startswith(("http://", "https://")) and is_called and not _NO_CALL.search(words)
    linked = function.deployment.find(value, *CALLED, *BY_GATEWAY)
    is_link = isinstance(value, Link) and value.attribute in _FOR_LINKS
    return f"what {name} names" if is_address else "" if linked is None or is_link else linked.title


def _called(deployment: Deployment, value: Value) -> str:
    """What of AWS a variable names that is in no VPC."""
    by_gateway = () if deployment.of_type(ENDPOINT) else BY_GATEWAY
    called = deployment.find(value, *CALLED, *by_gateway)
    is_link = isinstance(value, Link) and value.attribute in _FOR_LINKS
    return "" if called is None or is_link else called.title


def _public_address(function: Resource, name: str, value: Value) -> str:
    """The public address that a variable gives a program to call."""
    words, deployment = _WORD.sub("_", name), function.deployment
    if value.text is None or _NO_CALL.search(words):
        return ""
    is_address = _ADDRESS.search(words) and not _FOR_PEOPLE.search(words)
    does = function.get("Description").text or ""
    fetches = is_address and _FETCHES.search(does) and not _FETCHES_OF_AWS.search(does)
    if not _CALLABLE.search(words) and not fetches:
        return ""
    match = _PUBLIC.match(value.text)
    if match is None or _INSIDE.search(match[1].lower()) or _may_be_private(deployment, match[1].lower()):
        return ""
    return f"https://{match[1]}" if value.text.lower().startswith("https") else match[1]


def _may_be_private(deployment: Deployment, host: str) -> bool:
    """Whether a private zone of the deployment may have a name, or a record of here, which may lead into the VPC from a
    public zone too: to an internal load balancer, for example."""
    zones = [one.get("Name").text for one in deployment.of_type(ZONE) if not one.get("VPCs").is_absent]
    if any(name is None or f".{host}".endswith("." + name.lower().rstrip(".")) for name in zones):
        return True
    records: list[Resource | Value] = [*deployment.of_type(_RECORD)]
    for group in deployment.of_type(_GROUP):
        records += group.get("RecordSets").items
    names = [record.get("Name").text for record in records]
    # In Terraform a name may go on with that of its zone.
    return any(name is None or matches(f"{name.lower().rstrip('.')}.*", f"{host}.") for name in names)


def fetched(project: Resource) -> str:
    """Where a build surely fetches its source from outside of its VPC; empty where it may not, or by a proxy."""
    kind = project.get("Source.Type").text or ""
    variables = project.get("Environment.EnvironmentVariables")
    has_proxy = variables.is_unknown or any(
        (name := item.get("Name").text) is None or _PROXY.search(name) for item in variables.items
    )
    return kind if kind in HOSTS and not has_proxy else ""
