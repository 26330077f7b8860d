"""What keeps a resource from being deleted, by type: a switch that is on where it does."""

from __future__ import annotations

from collections.abc import Mapping

PROTECTIONS: Mapping[str, str] = {
    "AWS::DynamoDB::Table": "DeletionProtectionEnabled",
    "AWS::RDS::DBCluster": "DeletionProtection",
    "AWS::RDS::DBInstance": "DeletionProtection",
}
"""The property of a type that is the switch."""
