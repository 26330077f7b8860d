"""DNS records in their three shapes, as the tests of the rules on Route 53 write them."""

from __future__ import annotations

from typing import Any

from tests.linting import resource, stack
from tests.linting import terraform as configuration

HERE = {"Ref": "Zone"}
ZONE = {"Zone": resource("Route53::HostedZone", Name="example.com")}
BALANCER = {"DNSName": "x.elb.amazonaws.com", "HostedZoneId": "Z3"}
CLOUDFRONT = {"DNSName": "d1.cloudfront.net", "HostedZoneId": "Z2FDTNDATAQYW2"}


def www(**properties: Any) -> dict[str, Any]:
    return {"HostedZoneId": "Z1", "Name": "www.example.com", "Type": "A", **properties}


def records(*given: dict[str, Any], others: dict[str, Any] | None = None) -> dict[str, Any]:
    """Records that are resources of their own, called R0, R1 and so on."""
    made = {f"R{number}": resource("Route53::RecordSet", **one) for number, one in enumerate(given)}
    return stack(**made, **(others or {}))


def group(*given: dict[str, Any], others: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """The same records in one group, called Group."""
    made = resource("Route53::RecordSetGroup", **properties, RecordSets=list(given))
    return stack(Group=made, **(others or {}))


BLOCKS = {
    "Failover": ("failover_routing_policy", "type"),
    "Region": ("latency_routing_policy", "region"),
    "Weight": ("weighted_routing_policy", "weight"),
}
WORDS = {
    "HealthCheckId": "health_check_id",
    "HostedZoneId": "zone_id",
    "Name": "name",
    "ResourceRecords": "records",
    "SetIdentifier": "set_identifier",
    "TTL": "ttl",
    "Type": "type",
}


def terraform(*given: dict[str, Any], zone: str = "", **more: Any) -> dict[str, Any]:
    """The same records in Terraform, called r0, r1 and so on; `more` are arguments of each."""
    made = {}
    for number, one in enumerate(given):
        arguments = {WORDS[key]: value for key, value in one.items() if key in WORDS}
        arguments.update({BLOCKS[key][0]: {BLOCKS[key][1]: value} for key, value in one.items() if key in BLOCKS})
        if zone:
            arguments["zone_id"] = "${aws_route53_zone.main.zone_id}"
        made[f"r{number}"] = {**arguments, **more}
    zones = {"aws_route53_zone": {"main": {"name": zone}}} if zone else {}
    return configuration(aws_route53_record=made, **zones)


PRIMARY = {"SetIdentifier": "one", "Failover": "PRIMARY"}
SECONDARY = {"SetIdentifier": "two", "Failover": "SECONDARY"}
