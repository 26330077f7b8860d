"""Facts about EC2 Auto Scaling and placement groups."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.fact import Fact

DEFAULT_COOLDOWN = Fact(300, page="autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html", read="2026-11-25")
"""Seconds that a group waits after a step of simple scaling when nobody says how long."""

DEFAULT_CAPACITY_TYPE = Fact(
    "units", page="autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html", read="2026-11-26"
)
"""What the sizes of a group count when nobody says it: instances. The others are vcpu and memory-mib."""

HEALTH_CHECKS: Fact[Mapping[str, str]] = Fact(
    {"elb": "ELB", "elbv2": "ELB", "vpc-lattice": "VPC_LATTICE"},
    page="autoscaling/ec2/APIReference/API_TrafficSourceIdentifier.html",
    read="2026-11-25",
)
"""The health check that belongs to each type of traffic source."""

SPREADING_STRATEGIES = Fact(
    frozenset(("partition", "spread")), page="AWSEC2/latest/UserGuide/placement-strategies.html", read="2026-11-25"
)
"""Strategies of placement groups whose instances may be in several zones; those of the others are in one."""

MANAGING_TAGS: Mapping[str, Fact[tuple[str, ...]]] = {
    "Amazon ECS": Fact(
        ("AmazonECSManaged",), page="AmazonECS/latest/developerguide/cluster-auto-scaling.html", read="2026-11-25"
    ),
    "Amazon EKS": Fact(("eks:",), page="eks/latest/userguide/eks-using-tags.html", read=None),
    "Karpenter": Fact(("karpenter.",), page="https://karpenter.sh/docs/concepts/nodeclasses/", read=None),
    "Kubernetes": Fact(("k8s.io/", "kubernetes.io/"), page="eks/latest/userguide/cluster-autoscaler.html", read=None),
    "eksctl": Fact(("alpha.eksctl.io/",), page="eks/latest/eksctl/what-is-eksctl.html", read=None),
}
"""How the tags begin that tell who decides the size of a group."""

TRAFFIC_SOURCES = Fact(
    (
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        "AWS::VpcLattice::TargetGroup",
    ),
    page="autoscaling/ec2/APIReference/API_TrafficSourceIdentifier.html",
    read="2026-11-26",
)
"""The types of what can be attached to a group so that it sends requests."""
