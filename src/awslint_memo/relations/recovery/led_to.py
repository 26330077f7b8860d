"""What a record leads to: what takes requests in a Region, by a reference, a name or an attribute known later."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.relations.recovery.service_types import ENTRIES, ENVIRONMENT, INSTANCE
from awslint_memo.relations.route53 import records

_LED_TO = (*ENTRIES, INSTANCE, ENVIRONMENT, "AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName")
_REGION = regex(
    r"\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:elasticbeanstalk\.com|elb\.amazonaws\.com|amazonaws\.com|on\.aws)\.?$"
)
"""The Region in the host name of a load balancer, an API, a function's URL or an environment of Elastic Beanstalk."""


def of(record: records.Record) -> tuple[Value, Resource | None]:
    """What the answer of a record is made of, and what of the deployment that is, if it is known."""
    alias = record.get("AliasTarget.DNSName")
    listed = record.get("ResourceRecords").items
    value = alias if not alias.is_absent else listed[0] if len(listed) == 1 else record.get("Name")
    if value is not alias and len(listed) != 1:
        return Known("", value.place), None
    target = record.holder.deployment.find(value, *_LED_TO)
    if target is None:
        # An alias to a load balancer may begin with "dualstack.".
        linked = {link.resource for link in value.mentions()}
        mentioned = record.holder.deployment.resource(linked.pop()) if len(linked) == 1 else None
        target = mentioned if mentioned is not None and mentioned.type in _LED_TO else None
    return value, _untranslated(record.holder.deployment, value) if target is None else target


_OF_TERRAFORM = ("aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name", "aws_elastic_beanstalk_environment")
"""What requests are led to of Terraform's types, where no other words are known for them."""


def _untranslated(deployment: Deployment, value: Value) -> Resource | None:
    """What a value is an attribute of, which is known after it is made, among resources of Terraform's own types."""
    keys = {without_instance_keys(piece.key) for piece in value.pieces if isinstance(piece, Unknown) and piece.key}
    every = [one for one in deployment.untranslated(deployment) if one.type in _OF_TERRAFORM] if keys else []
    found = [one for one in every if any(key.startswith(f"{without_instance_keys(one.name)}.") for key in keys)]
    return found[0] if len(found) == 1 and len(keys) == 1 else None


def region_in(value: Value) -> str | None:
    """The Region in the host name of a load balancer, an API or the URL of a function."""
    match = _REGION.search(value.text or "")
    return match[1] if match else None
