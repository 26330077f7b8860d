"""Amazon VPC: endpoints that are refused for their kind, and gateways that no route table leads to."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

GATEWAY, INTERFACE = "Gateway", "Interface"

DEFAULT = fact(GATEWAY, page="AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html", read="2026-12-01")
"""What kind of endpoint one is where nobody says so."""

BY_GATEWAY = fact(
    ("dynamodb", "s3", "s3express"), page="vpc/latest/privatelink/gateway-endpoints.html", read="2026-12-01"
)
"""How the names of the services end that have gateway endpoints. EC2 refuses one for another service
(https://github.com/hashicorp/terraform-provider-aws/issues/2697)."""

_ISSUES = "https://github.com/"

OF_OTHERS: Mapping[str, Fact[str]] = {
    GATEWAY: Fact("SubnetIds", page=f"{_ISSUES}nanlabs/terraform-aws-starter/issues/18", read="2026-12-01"),
    INTERFACE: Fact("RouteTableIds", page=f"{_ISSUES}ansible-collections/amazon.aws/issues/576", read="2026-12-01"),
}
"""By kind, the property that only endpoints of other kinds have."""

_ASSOCIATION = "aws_vpc_endpoint_route_table_association"


@record(frozen=True, eq=False)
class Refused:
    """What does not fit the kind of an endpoint: the service, or a property that only other kinds have. value: it.
    name: of the property. kind: that of the endpoint."""

    value: Value
    name: str
    kind: Value


def refused(endpoint: Resource) -> Refused | None:
    """What surely does not fit the kind of an endpoint, so that EC2 refuses it; None where all may fit."""
    kind, service = endpoint.get("VpcEndpointType", default=DEFAULT), endpoint.get("ServiceName")
    pattern = service.pattern
    last = None if pattern is None or not pattern.startswith("com.amazonaws.") else pattern.after_last(".").literal
    if kind.text == GATEWAY and last is not None and last not in BY_GATEWAY:
        return Refused(service, "ServiceName", kind)
    other = OF_OTHERS.get(kind.text or "")
    if other is None:
        return None
    value = endpoint.get(other.value)
    # What is not known may be empty.
    return Refused(value, other.value, kind) if value.is_known and value.items else None


def is_unrouted(endpoint: Resource) -> bool:
    """Whether an endpoint surely is a gateway, and surely no route table leads to it."""
    tables = endpoint.get("RouteTableIds")
    is_gateway = endpoint.get("VpcEndpointType", default=DEFAULT).text == GATEWAY
    if not is_gateway or not (tables.is_absent or (tables.is_known and not tables.items)):
        return False
    # Terraform alone has a resource that adds a table, which may stand in another root.
    return endpoint.language != "terraform" or not (endpoint.is_open or endpoint.is_exposed() or _is_added_to(endpoint))


def _is_added_to(endpoint: Resource) -> bool:
    deployment = endpoint.deployment
    associations = (one for one in deployment.untranslated(deployment) if one.type == _ASSOCIATION)
    named = (value for one in associations for name, value in one.everything() if name == "vpc_endpoint_id")
    return any(_may_be(endpoint, value) for value in named)


def _may_be(endpoint: Resource, value: Value) -> bool:
    return endpoint.may_be_named_by(value) or (value.is_unknown and endpoint.deployment.find(value) is None)
