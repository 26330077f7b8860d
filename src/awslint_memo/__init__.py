"""awslint-memo: says where AWS templates depart from the memo. These names are all that a rule may import."""

from awslint_memo.finding import Finding
from awslint_memo.relations import (
    alarms,
    buildspecs,
    caches,
    databases,
    dead_letters,
    deliveries,
    instances,
    metrics,
    naming,
    pipelines,
    queues,
    records,
    streams,
    subscriptions,
    tables,
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
    "buildspecs",
    "caches",
    "databases",
    "dead_letters",
    "deliveries",
    "each",
    "instances",
    "metrics",
    "naming",
    "pipelines",
    "queues",
    "records",
    "rule",
    "streams",
    "subscriptions",
    "tables",
]
