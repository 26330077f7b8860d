"""AWS Cloud Map: the records and health checks that it refuses of a service."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value

PRIVATE = "AWS::ServiceDiscovery::PrivateDnsNamespace"

_RECORD = "cloud-map/latest/api/API_DnsRecord.html"

TOGETHER = fact(
    frozenset(("A", "AAAA", "SRV")), page="AmazonECS/latest/developerguide/service-discovery.html", read="2026-12-02"
)
"""The types of records that a service may have beside each other. Cloud Map's page leaves SRV out, but it takes it."""

_OF_CNAME = fact("WEIGHTED", page=_RECORD, read="2026-12-02")
"""The routing policy that records of type CNAME need."""

_WITHOUT_PATH = fact("TCP", page="cloud-map/latest/api/API_HealthCheckConfig.html", read="2026-12-02")
"""The type of health check that has no path."""

Refused = tuple[Value, str, str, str, Value]


def refused(service: Resource) -> Iterator[Refused]:
    """What Cloud Map surely refuses of a service: the value, its name, why, what to do, and what stands beside it."""
    yield from _records(service)
    checked, custom = service.get("HealthCheckConfig"), service.get("HealthCheckCustomConfig")
    if not checked.fields:
        return
    named = service.get("NamespaceId")
    namespace = service.follow("DnsConfig.NamespaceId" if named.is_absent else "NamespaceId", PRIVATE)
    if namespace is not None:
        message = f"is written, but Route 53 checks nothing in {namespace.title}, a private namespace"
        yield checked, "HealthCheckConfig", message, "write HealthCheckCustomConfig instead", namespace.get("Vpc")
    elif _is_written(custom):
        yield checked, "HealthCheckConfig", "is written beside HealthCheckCustomConfig", "remove one of them", custom
    kind, path = checked.get("Type"), checked.get("ResourcePath")
    if kind.is_one_of(_WITHOUT_PATH) and path.text:
        yield path, "ResourcePath", f"but a check of type {kind.text} has no path", "remove it", kind


def _records(service: Resource) -> Iterator[Refused]:
    policy, checked = service.get("DnsConfig.RoutingPolicy"), service.get("HealthCheckConfig")
    types = [record.get("Type") for record in service.get("DnsConfig.DnsRecords").items]
    known = [kind for kind in types if kind.text is not None]
    for kind in known[1:]:
        if kind.text != known[0].text and not TOGETHER.issuperset((known[0].text, kind.text)):
            message = f"but a service with records of type {known[0].text} can't have it too"
            yield kind, "Type", message, "write a service for each", known[0]
            break
    for kind in known:
        if kind.text == "CNAME" and policy.text not in (None, _OF_CNAME):
            yield policy, "RoutingPolicy", "but records of type CNAME need WEIGHTED", "set it to WEIGHTED", kind
        if kind.text == "CNAME" and checked.fields:
            message = "is written, but a service with records of type CNAME has no health check"
            yield checked, "HealthCheckConfig", message, "remove it", kind


def _is_written(custom: Value) -> bool:
    """Whether a health check of one's own is there, which may be empty."""
    return custom.is_known and not custom.is_absent
