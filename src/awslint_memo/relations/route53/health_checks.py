"""Route 53's health checks: what they check, and which records and checks use them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations import origins
from awslint_memo.relations.rds import databases
from awslint_memo.relations.route53.records import HOLDERS, Record, records
from awslint_memo.relations.route53.zones import normal

CHECK = "AWS::Route53::HealthCheck"

_PAGE = "Route53/latest/APIReference/API_HealthCheckConfig.html"

UNREACHABLE = fact(
    (
        *("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
        *("224.0.0.0/4", "::1/128", "fc00::/7", "fe80::/10", "ff00::/8"),
    ),
    page=_PAGE,
    read="2026-11-29",
)
"""Ranges of addresses, local, private or of groups, in which Route 53 checks nothing from the internet."""

DEFAULT_INTERVAL = fact(30, page=_PAGE, read="2026-11-29")
"""Seconds from one request of a checker to the next when nobody says how many."""

FAST_INTERVAL = fact(10, page=_PAGE, read="2026-11-29")
"""Seconds: the shortest such interval."""

DEFAULT_FAILURES = fact(3, page=_PAGE, read="2026-11-29")
"""How many checks in a row must fail when nobody says how many."""

ENDPOINTS = fact(
    frozenset(("HTTP", "HTTPS", "HTTPS_STR_MATCH", "HTTP_STR_MATCH", "TCP")), page=_PAGE, read="2026-11-29"
)
"""The types of health checks that send requests to an endpoint."""

NEEDS = fact(
    {
        "CALCULATED": "ChildHealthChecks",
        "CLOUDWATCH_METRIC": "AlarmIdentifier",
        "HTTPS_STR_MATCH": "SearchString",
        "HTTP_STR_MATCH": "SearchString",
        "RECOVERY_CONTROL": "RoutingControlArn",
    },
    page=_PAGE,
    read="2026-11-29",
)
"""By type of health check, the setting that it needs."""

MOST_FAILURES = fact(10, page=_PAGE, read="2026-11-30")
"""The greatest FailureThreshold."""

FEWEST_REGIONS = fact(3, page=_PAGE, read="2026-11-29")
"""From how many Regions checkers ask at least, where these are named."""


def setting(check: Resource, name: str, default: int | None = None) -> Value:
    """A setting of a health check."""
    return check.get(f"HealthCheckConfig.{name}", default=default)


def check_of(record: Record) -> Resource | None:
    """The health check of this deployment that a record surely uses; else None."""
    return record.holder.deployment.find(record.get("HealthCheckId"), CHECK)


def users(check: Resource) -> list[Record]:
    """The records of this deployment that surely use a health check."""
    return check.deployment.once(_users).get(check.name, [])


def is_used(check: Resource) -> bool:
    """Whether a record, a calculated health check or an endpoint of EventBridge surely uses a health check here."""
    return bool(users(check)) or check.name in check.deployment.once(_others)


def is_named_by(check: Resource, record: Record) -> bool:
    """Whether a health check surely sends its requests to whatever address a record's name has."""
    name = normal(check.deployment, setting(check, "FullyQualifiedDomainName")).key
    is_by_name = setting(check, "IPAddress").is_absent and setting(check, "Type").is_one_of(*ENDPOINTS)
    if not is_by_name or name is None or name != record.name.key:
        return False
    # A name of several labels that the internet is asked for is a whole one, whatever its zone is called.
    return not record.name.is_relative or name.contains(".")


def is_unreachable(address: str) -> bool:
    """Whether an IP address is in a range that Route 53 can't check from the internet."""
    try:
        known: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    return any(known in ip_network(written) for written in UNREACHABLE)


def private_target(check: Resource) -> tuple[str, Place] | None:
    """What a health check surely asks that has no public address, in words, and where that is written; None where it
    may have one (Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html)."""
    if "EndpointType" in check.get("HealthCheckConfig").fields or not setting(check, "Type").is_one_of(*ENDPOINTS):
        return None
    address, name = setting(check, "IPAddress"), setting(check, "FullyQualifiedDomainName")
    if not address.is_absent:
        is_private = address.text is not None and is_unreachable(address.text)
        return (f"the address {address.text}", address.place) if is_private else None
    balancer = origins.private_balancer(check.deployment, name)
    if balancer is not None:
        return f"{balancer.title}, which is internal", balancer.get("Scheme").place
    database = private_database(check.deployment, name)
    return None if database is None else (f"{database.title}, which is not publicly accessible", database.place)


def private_database(deployment: Deployment, name: Value) -> Resource | None:
    """The database whose own name a name surely is, and which surely has no public address; else None. Terraform sends
    false where nothing is written, while CloudFormation leaves it to the subnets."""
    database = deployment.find(name, databases.INSTANCE)
    if database is None:
        return None
    public = database.get("PubliclyAccessible")
    is_left = public.is_absent and database.language == "terraform" and not database.is_open
    return database if is_left or public.flag is False else None


def detection(check: Resource) -> int | float | None:
    """Seconds until a health check of an endpoint notices a failure; None where that is not known."""
    interval = setting(check, "RequestInterval", DEFAULT_INTERVAL).number
    failures = setting(check, "FailureThreshold", DEFAULT_FAILURES).number
    is_endpoint = setting(check, "Type").is_one_of(*ENDPOINTS)
    return interval * failures if is_endpoint and interval is not None and failures is not None else None


def _users(deployment: Deployment) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for holder in deployment.of_type(*HOLDERS):
        for record in records(holder):
            check = check_of(record)
            if check is not None:
                found.setdefault(check.name, []).append(record)
    return found


def _others(deployment: Deployment) -> frozenset[str]:
    """The health checks that calculated ones and endpoints of EventBridge surely use."""
    children = (child for check in deployment.of_type(CHECK) for child in _children_of(check))
    endpoints = deployment.of_type("AWS::Events::Endpoint")
    primaries = (endpoint.follow("RoutingConfig.FailoverConfig.Primary.HealthCheck", CHECK) for endpoint in endpoints)
    return frozenset(used.name for used in (*children, *primaries) if used is not None)


def _children_of(check: Resource) -> Iterator[Resource]:
    children = (check.deployment.find(item, CHECK) for item in setting(check, "ChildHealthChecks").items)
    return (child for child in children if child is not None)
