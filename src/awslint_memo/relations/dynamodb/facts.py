"""Facts about DynamoDB."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

DEFAULT_BILLING_MODE = Fact(
    "PROVISIONED", page="AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html", read="2026-11-25"
)
"""The billing mode of a table when nobody says one."""

STREAM_RETENTION = Fact(24, page="amazondynamodb/latest/developerguide/Streams.html", read="2026-11-25")
"""Hours that a table's stream keeps a record."""
