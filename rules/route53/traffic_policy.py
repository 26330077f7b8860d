"""The document of a traffic policy should be valid, and its failover rules able to fail over.

Route 53 rejects a document that is not JSON, that names no rule or endpoint to start with, or that refers to one that it
does not define. A failover rule needs a secondary, and a health check of its primary, without which it never fails over.

What to do: define what the document refers to, and give the primary of a failover rule a HealthCheck.
"""

from awslint_memo import Findings, Resource, rule, traffic_policies


@rule(
    level="error",
    resource="AWS::Route53::TrafficPolicy",
    memo="複数の Routing Policy を組み合わせて使用する場合に発生するレコード設定の複雑な階層構造管理をできるようにしてくれます",
    aws="Route53/latest/APIReference/api-policies-traffic-policy-document-format.html",
)
def check(policy: Resource) -> Findings:
    document = traffic_policies.document(policy)
    if document.text is not None:
        yield policy.finding(
            document, "has a document that is not a JSON object, which Route 53 rejects", do="write it as JSON"
        )
    if not document.fields:
        return
    if all(document.get(word).is_absent for word in traffic_policies.STARTS):
        message = "has neither StartRule nor StartEndpoint in its document, which Route 53 rejects; add one of them"
        yield policy.finding(document, message)
    for reference in traffic_policies.undefined(document):
        message = f"refers to {reference.name} by {reference.word}, but its {reference.kind} do not define it; add it to {reference.kind}"
        yield policy.finding(document, message)
    for name, failover in traffic_policies.failover_rules(document):
        if failover.get("Secondary").is_absent:
            message = f"has the failover rule {name} without a Secondary, so it can't fail over; add a Secondary"
            yield policy.finding(document, message, level="warning")
        elif traffic_policies.is_unchecked(document, failover.get("Primary")):
            message = f"has the failover rule {name}, whose Primary has no health check, so it never fails over"
            yield policy.finding(document, message, do="add a HealthCheck to the Primary", level="warning")


BAD = """
Resources:
  Policy: {Type: AWS::Route53::TrafficPolicy, Properties: {Name: shop, Document: "StartRule: web"}}
---
Resources:
  Policy: {Type: AWS::Route53::TrafficPolicy, Properties: {Name: shop, Document: '{"StartRule": "web", "Rules": {}}'}}
---
Resources:
  Policy: {Type: AWS::Route53::TrafficPolicy, Properties: {Name: shop, Document: '{"Endpoints": {"a": {"Type": "value", "Value": "192.0.2.1"}}}'}}
---
Resources:
  Policy:
    Type: AWS::Route53::TrafficPolicy
    Properties:
      Name: shop
      Document: '{"StartRule": "web", "Endpoints": {"a": {"Type": "value"}, "b": {"Type": "value"}},
        "Rules": {"web": {"RuleType": "failover", "Primary": {"EndpointReference": "a"}, "Secondary": {"EndpointReference": "b"}}}}'
---
resource "aws_route53_traffic_policy" "shop" {
  name = "shop"
  document = jsonencode({
    StartRule = "web"
    Endpoints = {
      a = {}
    }
    Rules = {
      web = {
        RuleType = "weighted"
        Items = [
          {
            EndpointReference = "b"
          },
        ]
      }
    }
  })
}
"""

GOOD = """
Parameters: {Document: {Type: String}, Check: {Type: String}, Balancer: {Type: String}}
Resources:
  Unknown: {Type: AWS::Route53::TrafficPolicy, Properties: {Name: shop, Document: !Ref Document}}
  Policy:
    Type: AWS::Route53::TrafficPolicy
    Properties:
      Name: shop
      Document: !Sub '{"StartRule": "web", "Endpoints": {"a": {"Type": "elastic-load-balancer", "Value": "${Balancer}"}, "b": {"Type": "value", "Value": "192.0.2.1"}},
        "Rules": {"web": {"RuleType": "failover", "Primary": {"EndpointReference": "a", "HealthCheck": "${Check}"}, "Secondary": {"EndpointReference": "b"}}}}'
---
variable "document" {}

resource "aws_route53_traffic_policy" "shop" {
  name     = "shop"
  document = var.document
}
"""
