"""The records by which requests find a Region, apart from those for mail, checks of ownership, and delegation."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.relations.route53 import records
from awslint_memo.relations.route53.records import Record

LEADING = fact(
    ("A", "AAAA", "CNAME"),
    page="Route53/latest/DeveloperGuide/ResourceRecordTypes.html",
    read="2026-11-30",
)
"""The types of records whose value is where requests go. MX is for mail, TXT and CAA are statements, NS delegates."""


def of_holder(holder: Resource) -> Iterator[Record]:
    """The records of a resource by which requests find a Region, or may."""
    return (record for record in records.records(holder) if may_lead(record))


def may_lead(record: Record) -> bool:
    """Whether requests may find a Region by a record; True where its type is not known."""
    if record.type is not None and record.type.upper() not in LEADING:
        return False
    # Names of hosts have no underscore: _x.example.com proves that a domain is owned, x._domainkey signs mail.
    return not any(label.startswith("_") for label in record.name.shown.split("."))
