"""Creates the custom domain of an API: the domain name, its mappings to the API, and its Route 53 records."""

from __future__ import annotations

import re
from collections.abc import Mapping

from awslint_memo.model.record import record
from awslint_memo.readers.sam.nodes import Sayable, get_att, given, hashed, is_false, is_true, make, ref
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Made, Node, fields, text

CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every CloudFront distribution, which SAM writes for an edge-optimized domain."""

WAY = "Domain"


@record(frozen=True)
class _Domain:
    """The domain of an API: its properties, its logical id, and the kind of its endpoint ("REGIONAL" by default)."""

    macro: Macro
    node: Node
    said: Mapping[str, Node]
    name: str
    endpoint: str

    def same(self, *names: str) -> dict[str, Sayable]:
        """Those of these properties that are set."""
        return {name: given(self.said, name) for name in names}

    def add(self, name: str, type_: str, properties: Mapping[str, Sayable], part: str, way: str | None = None) -> str:
        return self.macro.add(name, type_, properties, self.node, part, way)


def add_domain(macro: Macro, *, is_rest: bool) -> None:
    """Create the resources for the property Domain of a REST API, or of an HTTP or WebSocket API."""
    node = macro.given("Domain")
    said = fields(node)
    called = given(said, "DomainName")
    if node is None or called is None:
        return
    endpoint = text(said.get("EndpointConfiguration")) or "REGIONAL"
    prefix = "ApiGatewayDomainName" if is_rest and endpoint != "PRIVATE" else "ApiGatewayDomainNameV2"
    name = f"{prefix}{hashed(macro.translation.default(called))}"
    domain = _Domain(macro, node, said, name, endpoint)
    if not is_rest:
        _http(domain)
    elif endpoint == "PRIVATE":
        _private(domain)
    else:
        _rest(domain)
    _add_records(domain, is_private=is_rest and endpoint == "PRIVATE")


def _rest(domain: _Domain) -> None:
    certificate = "RegionalCertificateArn" if domain.endpoint == "REGIONAL" else "CertificateArn"
    properties: dict[str, Sayable] = {
        **domain.same("DomainName", "EndpointAccessMode", "MutualTlsAuthentication"),
        **domain.same("OwnershipVerificationCertificateArn", "Policy", "SecurityPolicy"),
        certificate: given(domain.said, "CertificateArn"),
        "EndpointConfiguration": _endpoint(domain),
    }
    domain.add(domain.name, "AWS::ApiGateway::DomainName", properties, "custom domain", WAY)
    stage, api = ref(f"{domain.macro.name}.Stage", domain.node), ref(domain.macro.name, domain.node)
    for name, path in _paths(domain, "BasePathMapping", "[^A-Za-z0-9]"):
        mapping: dict[str, Sayable] = {"DomainName": ref(domain.name, domain.node), "BasePath": path}
        whole: dict[str, Sayable] = {**mapping, "RestApiId": api, "Stage": stage}
        domain.add(name, "AWS::ApiGateway::BasePathMapping", whole, _mapped(path))


def _private(domain: _Domain) -> None:
    properties: dict[str, Sayable] = {
        **domain.same("CertificateArn", "DomainName", "EndpointAccessMode", "Policy", "SecurityPolicy"),
        "EndpointConfiguration": _endpoint(domain),
    }
    arn = ref(domain.name, domain.node)
    domain.add(domain.name, "AWS::ApiGateway::DomainNameV2", properties, "custom domain", WAY)
    stage, api = ref(f"{domain.macro.name}.Stage", domain.node), ref(domain.macro.name, domain.node)
    for name, path in _paths(domain, "BasePathMapping", "[^A-Za-z0-9]"):
        mapping: dict[str, Sayable] = {"DomainNameArn": arn, "BasePath": path, "RestApiId": api, "Stage": stage}
        domain.add(name, "AWS::ApiGateway::BasePathMappingV2", mapping, _mapped(path))
    endpoint = given(fields(domain.said.get("AccessAssociation")), "VpcEndpointId")
    if endpoint is not None:
        source: dict[str, Sayable] = {"AccessAssociationSource": endpoint, "AccessAssociationSourceType": "VPCE"}
        name = f"DomainNameAccessAssociation{hashed(endpoint, make(domain.name, domain.node))}"
        type_ = "AWS::ApiGateway::DomainNameAccessAssociation"
        domain.add(name, type_, {**source, "DomainNameArn": arn}, "access association")


def _http(domain: _Domain) -> None:
    chosen: dict[str, Sayable] = {
        **domain.same("CertificateArn", "OwnershipVerificationCertificateArn", "SecurityPolicy"),
        "EndpointType": domain.endpoint,
    }
    properties: dict[str, Sayable] = {
        **domain.same("DomainName", "MutualTlsAuthentication"),
        "DomainNameConfigurations": [chosen],
    }
    domain.add(domain.name, "AWS::ApiGatewayV2::DomainName", properties, "custom domain", WAY)
    stage, api = ref(f"{domain.macro.name}.Stage", domain.node), ref(domain.macro.name, domain.node)
    for name, path in _paths(domain, "ApiMapping", "[-_/]"):
        mapping: dict[str, Sayable] = {"DomainName": ref(domain.name, domain.node), "ApiMappingKey": path}
        domain.add(name, "AWS::ApiGatewayV2::ApiMapping", {**mapping, "ApiId": api, "Stage": stage}, _mapped(path))


def _endpoint(domain: _Domain) -> Sayable:
    written = given(domain.said, "EndpointConfiguration")
    kind: Sayable = domain.endpoint if written is None else written
    return {"Types": [kind], "IpAddressType": given(domain.said, "IpAddressType")}


def _paths(domain: _Domain, suffix: str, dropped: str) -> list[tuple[str, Node | None]]:
    """The base paths, each with the logical id of its mapping; one without a path if none are written."""
    written = given(domain.said, "BasePath")
    paths = [] if written is None else written.content if isinstance(written.content, list) else [written]
    found: list[tuple[str, Node | None]] = []
    for path in paths:
        said = text(path) or ""
        is_kept = suffix == "ApiMapping" or is_false(domain.said.get("NormalizeBasePath"))
        key = said.strip("/") if suffix == "ApiMapping" else said if is_kept else re.sub(dropped, "", said)
        found.append((f"{domain.macro.name}{re.sub(dropped, '', said)}{suffix}", Made(key, path)))
    return found or [(f"{domain.macro.name}{suffix}", None)]


def _mapped(path: Node | None) -> str:
    return f"mapping of path {text(path)}" if path is not None and text(path) else "mapping"


def _add_records(domain: _Domain, *, is_private: bool) -> None:
    """Create the records for the domain, in the group that holds those of all APIs for the same hosted zone."""
    node = given(domain.said, "Route53")
    said = fields(node)
    zone = given(said, "HostedZoneId") or given(said, "HostedZoneName")
    called = domain.said["DomainName"]
    if node is None or zone is None:
        return
    default = domain.macro.translation.default
    is_apart = is_true(said.get("SeparateRecordSetGroup"))
    keys = [default(zone), default(called)] if is_apart else [default(zone)]
    name = f"RecordSetGroup{hashed(*keys)}"
    routing: dict[str, Sayable] = {key: given(said, key) for key in ("Region", "SetIdentifier")}
    whole: dict[str, Sayable] = {"Name": called, "AliasTarget": _target(domain, said, is_private), **routing}
    nodes = [make({**whole, "Type": "A"}, node)]
    if is_true(said.get("IpV6")):
        nodes.append(make({**whole, "Type": "AAAA"}, node))
    translation = domain.macro.translation
    if name in translation.zones:
        translation.zones[name] += nodes
        return
    translation.zones[name] = nodes
    group: dict[str, Sayable] = {key: given(said, key) for key in ("HostedZoneId", "HostedZoneName")}
    properties = {**group, "RecordSets": Made(nodes, node)}
    domain.add(name, "AWS::Route53::RecordSetGroup", properties, "record set group", f"{WAY}.Route53")


def _target(domain: _Domain, said: Mapping[str, Node], is_private: bool) -> Sayable:
    health = given(said, "EvaluateTargetHealth")
    if is_private:
        zone: Sayable = given(said, "VpcEndpointHostedZoneId")
        host: Sayable = given(said, "VpcEndpointDomainName")
    elif domain.endpoint == "EDGE":
        written = given(said, "DistributionDomainName")
        zone = CLOUDFRONT_ZONE
        host = get_att(domain.name, "DistributionDomainName", domain.node) if written is None else written
    else:
        zone = get_att(domain.name, "RegionalHostedZoneId", domain.node)
        host = get_att(domain.name, "RegionalDomainName", domain.node)
    return {"DNSName": host, "HostedZoneId": zone, "EvaluateTargetHealth": health}
