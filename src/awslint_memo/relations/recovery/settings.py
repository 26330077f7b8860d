"""Terraform's resources that are settings of another one, and stand alone where that was not read."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import without_instance_keys

_OF_STORES = (
    "aws_s3_bucket_",
    "aws_db_instance_automated_",
    "aws_dynamodb_global_secondary_",
    "aws_efs_backup_",
    "aws_efs_replication_",
    "aws_redshift_snapshot_",
)
_OF_WHAT_COMPUTES = (
    "aws_autoscaling_attachment",
    "aws_autoscaling_group_tag",
    "aws_autoscaling_traffic_source_attachment",
    "aws_api_gateway_rest_api_",
)
"""How the types of settings begin. Other types of stores, groups and APIs don't begin so."""


def stands_alone(resource: Resource) -> bool:
    """Whether a resource is no store, group or API, but a setting of one that was not read."""
    if resource.language != "terraform":
        return False
    written = without_instance_keys(resource.name).rpartition(".")[0].rpartition(".")[2]
    return written.startswith((*_OF_STORES, *_OF_WHAT_COMPUTES))
