"""awslint-memo: says where AWS templates depart from the memo. These names are all that a rule may import."""

from awslint_memo import windows
from awslint_memo.finding import Finding
from awslint_memo.relations import (
    alarms,
    apis,
    buildspecs,
    caches,
    checks,
    database_classes,
    databases,
    dead_letters,
    deliveries,
    instances,
    metrics,
    naming,
    packages,
    pipelines,
    queues,
    records,
    releases,
    starts,
    streams,
    subscriptions,
    tables,
    traffic_policies,
)
from awslint_memo.rule import rule
from awslint_memo.template import Deployment, Resource
from awslint_memo.value import Absent, Known, Link, Unknown, Value
from awslint_memo.walk import each

__all__ = [
    "Absent",
    "Deployment",
    "Finding",
    "Known",
    "Link",
    "Resource",
    "Unknown",
    "Value",
    "alarms",
    "apis",
    "buildspecs",
    "caches",
    "checks",
    "database_classes",
    "databases",
    "dead_letters",
    "deliveries",
    "each",
    "instances",
    "metrics",
    "naming",
    "packages",
    "pipelines",
    "queues",
    "records",
    "releases",
    "rule",
    "starts",
    "streams",
    "subscriptions",
    "tables",
    "traffic_policies",
    "windows",
]
