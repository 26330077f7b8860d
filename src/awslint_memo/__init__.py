"""awslint-memo: a best-practice linter for AWS templates. A rule's file may import the names below and no others.

Each name is imported when it is first used, so that a run loads only the modules that its templates need.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # Importing `typing` takes longer than all that stands before Ctrl-C is heeded.

if TYPE_CHECKING:
    from typing import Any

    from awslint_memo.judging.rule import rule
    from awslint_memo.model import durations, windows
    from awslint_memo.model.deployment import Deployment, Resource
    from awslint_memo.model.finding import Finding
    from awslint_memo.model.fix import Fix, Reference
    from awslint_memo.model.phrases import listed
    from awslint_memo.model.value import Absent, Known, Link, Text, Unknown, Value
    from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap, json_text
    from awslint_memo.relations import autoscaling as groups
    from awslint_memo.relations import autoscaling_zones as instances
    from awslint_memo.relations import backup as backups
    from awslint_memo.relations import codeartifact as installations
    from awslint_memo.relations import codeartifact as packages
    from awslint_memo.relations import codedeploy as releases
    from awslint_memo.relations import codeguru as profiling
    from awslint_memo.relations import codeguru as reviews
    from awslint_memo.relations import dynamodb as tables
    from awslint_memo.relations import ecs as containers
    from awslint_memo.relations import ecs as rollouts
    from awslint_memo.relations import elasticache as caches
    from awslint_memo.relations import events as targets
    from awslint_memo.relations import firehose as deliveries
    from awslint_memo.relations import iam as permissions
    from awslint_memo.relations import imagebuilder as images
    from awslint_memo.relations import kinesis as streams
    from awslint_memo.relations import naming
    from awslint_memo.relations import sns as subscriptions
    from awslint_memo.relations.apigateway import apis, integrations
    from awslint_memo.relations.cloudwatch import alarms, metrics
    from awslint_memo.relations.cloudwatch import metrics as owners
    from awslint_memo.relations.codebuild import buildspecs
    from awslint_memo.relations.codepipeline import pipelines, starts
    from awslint_memo.relations.codepipeline import pipelines as checks
    from awslint_memo.relations.lambda_ import aliases, functions, invocations
    from awslint_memo.relations.lambda_ import functions as filters
    from awslint_memo.relations.rds import clusters, databases
    from awslint_memo.relations.rds import clusters as database_classes
    from awslint_memo.relations.rds import databases as final_snapshots
    from awslint_memo.relations.recovery import dependencies, failovers, stores, strategies, vaults, verdicts, wanted
    from awslint_memo.relations.route53 import records, traffic_policies
    from awslint_memo.relations.sqs import dead_letters, queues
    from awslint_memo.relations.sqs import dead_letters as added_queues
    from awslint_memo.relations.sqs import dead_letters as senders
    from awslint_memo.relations.xray import tracers, tracing
    from awslint_memo.relations.xray import tracers as servers
    from awslint_memo.syntax.embedded import each

_OBJECTS = {
    "Absent": "model.value",
    "Companion": "readers.property_maps",
    "Deployment": "model.deployment",
    "Finding": "model.finding",
    "Fix": "model.fix",
    "Known": "model.value",
    "Link": "model.value",
    "PropertyMap": "readers.property_maps",
    "Reference": "model.fix",
    "Resource": "model.deployment",
    "Text": "model.value",
    "TypeMap": "readers.property_maps",
    "Unknown": "model.value",
    "Value": "model.value",
    "each": "syntax.embedded",
    "json_text": "readers.property_maps",
    "listed": "model.phrases",
    "rule": "judging.rule",
}
"""Classes and functions for authors of rules, each with the module that defines it."""

_MODULES = {
    "added_queues": "relations.sqs.dead_letters",
    "alarms": "relations.cloudwatch.alarms",
    "aliases": "relations.lambda_.aliases",
    "backups": "relations.backup",
    "apis": "relations.apigateway.apis",
    "buildspecs": "relations.codebuild.buildspecs",
    "caches": "relations.elasticache",
    "checks": "relations.codepipeline.pipelines",
    "containers": "relations.ecs",
    "clusters": "relations.rds.clusters",
    "database_classes": "relations.rds.clusters",
    "databases": "relations.rds.databases",
    "dead_letters": "relations.sqs.dead_letters",
    "dependencies": "relations.recovery.dependencies",
    "deliveries": "relations.firehose",
    "durations": "model.durations",
    "failovers": "relations.recovery.failovers",
    "filters": "relations.lambda_.functions",
    "final_snapshots": "relations.rds.databases",
    "functions": "relations.lambda_.functions",
    "groups": "relations.autoscaling",
    "images": "relations.imagebuilder",
    "installations": "relations.codeartifact",
    "instances": "relations.autoscaling_zones",
    "integrations": "relations.apigateway.integrations",
    "invocations": "relations.lambda_.invocations",
    "metrics": "relations.cloudwatch.metrics",
    "naming": "relations.naming",
    "owners": "relations.cloudwatch.metrics",
    "packages": "relations.codeartifact",
    "permissions": "relations.iam",
    "pipelines": "relations.codepipeline.pipelines",
    "profiling": "relations.codeguru",
    "queues": "relations.sqs.queues",
    "records": "relations.route53.records",
    "reviews": "relations.codeguru",
    "releases": "relations.codedeploy",
    "rollouts": "relations.ecs",
    "senders": "relations.sqs.dead_letters",
    "servers": "relations.xray.tracers",
    "starts": "relations.codepipeline.starts",
    "stores": "relations.recovery.stores",
    "strategies": "relations.recovery.strategies",
    "streams": "relations.kinesis",
    "subscriptions": "relations.sns",
    "tables": "relations.dynamodb",
    "targets": "relations.events",
    "tracers": "relations.xray.tracers",
    "tracing": "relations.xray.tracing",
    "traffic_policies": "relations.route53.traffic_policies",
    "vaults": "relations.recovery.vaults",
    "verdicts": "relations.recovery.verdicts",
    "wanted": "relations.recovery.wanted",
    "windows": "model.windows",
}
"""Modules for authors of rules (relations between resources, and helpers), each with its path in the package."""

__all__ = [
    "Absent",
    "Companion",
    "Deployment",
    "Finding",
    "Fix",
    "Known",
    "Link",
    "PropertyMap",
    "Reference",
    "Resource",
    "Text",
    "TypeMap",
    "Unknown",
    "Value",
    "added_queues",
    "alarms",
    "aliases",
    "apis",
    "backups",
    "buildspecs",
    "caches",
    "checks",
    "clusters",
    "containers",
    "database_classes",
    "databases",
    "dead_letters",
    "deliveries",
    "dependencies",
    "durations",
    "each",
    "failovers",
    "filters",
    "final_snapshots",
    "functions",
    "groups",
    "images",
    "installations",
    "instances",
    "integrations",
    "invocations",
    "json_text",
    "listed",
    "metrics",
    "naming",
    "owners",
    "packages",
    "permissions",
    "pipelines",
    "profiling",
    "queues",
    "records",
    "releases",
    "reviews",
    "rollouts",
    "rule",
    "senders",
    "servers",
    "starts",
    "stores",
    "strategies",
    "streams",
    "subscriptions",
    "tables",
    "targets",
    "tracers",
    "tracing",
    "traffic_policies",
    "vaults",
    "verdicts",
    "wanted",
    "windows",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        found = import_module(f"{__name__}.{_MODULES[name]}")
    elif name in _OBJECTS:
        found = getattr(import_module(f"{__name__}.{_OBJECTS[name]}"), name)
    else:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    globals()[name] = found
    return found
