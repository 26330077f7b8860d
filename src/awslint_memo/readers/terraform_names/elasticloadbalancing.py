"""Elastic Load Balancing: load balancers and their target groups."""

from awslint_memo.readers.property_maps import Translation, Word

_BALANCER = Translation(
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    {"Name": Word("name")},
    attributes={"arn": "Ref", "arn_suffix": "LoadBalancerFullName", "dns_name": "DNSName", "id": "Ref"},
)

_TARGETS = Translation(
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    {"Name": Word("name")},
    attributes={"arn": "Ref", "arn_suffix": "TargetGroupFullName", "id": "Ref"},
)

TRANSLATIONS = {
    "aws_alb": _BALANCER,
    "aws_alb_target_group": _TARGETS,
    "aws_lb": _BALANCER,
    "aws_lb_target_group": _TARGETS,
}
