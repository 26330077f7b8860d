"""What Resilience Hub assesses: the resources of a deployment that it has components for."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.relations.recovery import families

COMPONENTS: Mapping[str, str] = fact(
    {
        "AWS::ApiGateway::RestApi": "Compute",
        "AWS::ApiGatewayV2::Api": "Compute",
        "AWS::AutoScaling::AutoScalingGroup": "Compute",
        "AWS::Backup::BackupPlan": "Storage",
        "AWS::DocDB::DBCluster": "Database",
        "AWS::DynamoDB::Table": "Database",
        "AWS::EC2::Instance": "Compute",
        "AWS::EC2::NatGateway": "Networking",
        "AWS::EC2::Volume": "Storage",
        "AWS::ECS::Service": "Compute",
        "AWS::EFS::FileSystem": "Storage",
        "AWS::ElastiCache::CacheCluster": "Database",
        "AWS::ElastiCache::GlobalReplicationGroup": "Database",
        "AWS::ElastiCache::ReplicationGroup": "Database",
        "AWS::ElastiCache::ServerlessCache": "Database",
        "AWS::ElasticLoadBalancing::LoadBalancer": "Networking",
        "AWS::ElasticLoadBalancingV2::LoadBalancer": "Networking",
        "AWS::FSx::FileSystem": "Storage",
        "AWS::Lambda::Function": "Compute",
        "AWS::RDS::DBCluster": "Database",
        "AWS::RDS::DBInstance": "Database",
        "AWS::Route53::RecordSet": "Networking",
        "AWS::S3::Bucket": "Storage",
        "AWS::SNS::Topic": "Notification",
        "AWS::SQS::Queue": "Queue",
        "AWS::StepFunctions::StateMachine": "Compute",
    },
    page="resilience-hub/latest/userguide/AppComponent.html",
    read="2026-11-30",
)
"""By type of resource, the type of component that it may belong to."""


def components(deployment: Deployment) -> dict[str | None, list[Resource]]:
    """The resources of a deployment that Resilience Hub has components for, by their applications."""
    by_application: dict[str | None, list[Resource]] = {}
    for resource in deployment.own_of_type(*COMPONENTS):
        by_application.setdefault(families.application(resource), []).append(resource)
    return by_application
