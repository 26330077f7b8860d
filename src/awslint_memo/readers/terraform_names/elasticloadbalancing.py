"""Elastic Load Balancing: load balancers and their target groups."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_BALANCER = TypeMap(
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    {"Name": PropertyMap("name")},
    attributes={"arn": "Ref", "arn_suffix": "LoadBalancerFullName", "dns_name": "DNSName", "id": "Ref"},
)

_TARGETS = TypeMap(
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    {"Name": PropertyMap("name"), "Protocol": PropertyMap("protocol")},
    attributes={"arn": "Ref", "arn_suffix": "TargetGroupFullName", "id": "Ref", "name": "TargetGroupName"},
)

TYPE_MAPS = {
    "aws_alb": _BALANCER,
    "aws_alb_target_group": _TARGETS,
    "aws_elb": TypeMap(
        "AWS::ElasticLoadBalancing::LoadBalancer", {}, attributes={"dns_name": "DNSName", "id": "Ref", "name": "Ref"}
    ),
    "aws_lb": _BALANCER,
    "aws_lb_target_group": _TARGETS,
}
