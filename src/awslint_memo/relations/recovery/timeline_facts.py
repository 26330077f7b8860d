"""How long it takes until requests go elsewhere: figures in seconds, as AWS documents them, and where it says how."""

from __future__ import annotations

from awslint_memo.model.facts import Fact

CHECKS = Fact(
    0, page="Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html", read="2026-11-30"
)
"""What is added to the checks that have to fail: nothing. Checkers don't wait for each other; 18 percent of them that
find an endpoint healthy are too few."""

ALARM_PERIODS = Fact(1, page="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html", read="2026-11-30")
"""How many periods an alarm evaluates for each datapoint that has to breach its threshold."""

INSUFFICIENT = Fact("LastKnownStatus", page="Route53/latest/APIReference/API_HealthCheckConfig.html", read="2026-11-30")
"""What a health check on an alarm says without data where nobody says it: what it said last."""

KEPT = Fact(None, page="Route53/latest/APIReference/API_ResourceRecordSet.html", read="2026-11-30")
"""How long resolvers keep an answer: the TTL of the record."""

BALANCER_TTL = Fact(60, page="elasticloadbalancing/latest/application/load-balancer-delete.html", read="2026-11-30")
"""How long resolvers keep the answer of an alias to a load balancer."""

ALIAS_TTL = Fact(
    None, page="Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html", read="2026-11-30"
)
"""The TTL of an alias: that of the record that it leads to, or of the resource, which no page names."""

ALIAS_HEALTH = Fact(None, page="Route53/latest/APIReference/API_AliasTarget.html", read="2026-11-30")
"""How soon an alias takes over the health of its target: no page has a figure."""

PROPAGATION = Fact(60, page="Route53/latest/DeveloperGuide/resource-record-sets-editing.html", read="2026-12-02")
"""How long it takes until all name servers of Route 53 have a changed record."""

CONTROL_PLANE = Fact(
    "us-east-1", page="whitepapers/latest/aws-fault-isolation-boundaries/global-services.html", read="2026-11-30"
)
"""The Region without which no record of Route 53 is changed; names are answered nevertheless."""

ACCELERATED = Fact(3600, page="Route53/latest/DeveloperGuide/accelerated-recovery.html", read="2026-11-30")
"""About how long after AWS detects the loss of us-east-1 records can be changed again, with accelerated recovery."""

GLOBAL_SERVICES = Fact(
    ("Route 53", "CloudFront", "IAM"),
    page="whitepapers/latest/aws-fault-isolation-boundaries/global-services.html",
    read="2026-11-30",
)
"""Services whose control planes are in us-east-1 alone: what they have goes on without it, but can't be changed."""


def caution(service: str, region: str | None) -> list[str]:
    """What is to be known before a step that changes something of a service, where a Region is lost: in a list, as it
    is none where the service's control plane is elsewhere. Raises ValueError for a service that is not known."""
    if service not in GLOBAL_SERVICES.value:
        raise ValueError(service)
    if region != CONTROL_PLANE.value:
        return []
    return [
        f"The control plane of {service} is in {region}: this may fail until it is back; prepare what needs no change."
    ]


ROUTING_CONTROL = Fact(None, page="r53recovery/latest/dg/routing-control.about.html", read="2026-11-30")
"""How long a changed routing control takes: no page has a figure. It checks nothing by itself; somebody changes it."""

ACCELERATOR_CHECKS = Fact((30, 3), page="global-accelerator/latest/api/API_EndpointGroup.html", read="2026-11-30")
"""Seconds between two checks of an accelerator, and how many have to fail, when nobody says it."""

ACCELERATOR_BALANCERS = Fact(None, page="global-accelerator/latest/dg/about-endpoint-groups.html", read="2026-11-30")
"""How soon an accelerator notices that a load balancer is down: by the balancer's own checks; no page has a figure."""

ORIGIN_ATTEMPTS = Fact((3, 10), page="cloudfront/latest/APIReference/API_Origin.html", read="2026-11-30")
"""How often CloudFront tries to connect to an origin, and the seconds of each attempt, when nobody says it."""

ORIGIN_METHODS = Fact(
    ("GET", "HEAD", "OPTIONS"),
    page="AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
    read="2026-11-30",
)
"""The methods of requests that CloudFront sends to the second origin of a group."""

PLAN_EXECUTION = Fact(
    ("graceful", "ungraceful"), page="arc-region-switch/latest/api/API_StartPlanExecution.html", read="2026-12-01"
)
"""How a plan of a Region switch is executed. Ungraceful, blocks do something else than they say, or are skipped."""

STEP_TIMEOUT = Fact(
    60,
    page="cdk/api/v2/docs/aws-cdk-lib.aws_arcregionswitch.CfnPlan.ExecutionApprovalConfigurationProperty.html",
    read="2026-11-30",
)
"""Minutes that a step of a Region switch plan may take when nobody says how many."""

TEST_SCHEDULE = Fact(
    "cron(0 5 ? * * *)", page="aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html", read="2026-11-30"
)
"""When a restore testing plan runs when nobody says when."""

TESTED_TYPES = Fact(
    (
        "AWS::DocDB::DBCluster",
        "AWS::DynamoDB::GlobalTable",
        "AWS::DynamoDB::Table",
        "AWS::EC2::Volume",
        "AWS::EFS::FileSystem",
        "AWS::FSx::FileSystem",
        "AWS::Neptune::DBCluster",
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::S3::Bucket",
    ),
    page="aws-backup/latest/devguide/API_RestoreTestingSelectionForCreate.html",
    read="2026-11-30",
)
"""The types of stores that restore tests restore."""

SPREAD_GATEWAYS = Fact(("regional",), page="vpc/latest/userguide/nat-gateway-basics.html", read="2026-11-30")
"""The availability modes of NAT gateways that are in several zones; all others are in the zone of their subnet, and
what subnets of other zones send through one is lost with it."""
