"""Facts about Kinesis Data Streams, and about Managed Service for Apache Flink, once Kinesis Data Analytics."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

DEFAULT_RETENTION = Fact(24, page="streams/latest/dev/kinesis-extended-retention.html", read="2026-11-25")
"""Hours that a stream keeps a record when nobody says for how long."""

NO_LIMIT = Fact(-1, page="lambda/latest/api/API_CreateEventSourceMapping.html", read="2026-11-25")
"""The retries and the age of records at which a poller gives up when nobody says any: never."""

READS_PER_SECOND = Fact(5, page="streams/latest/dev/service-sizes-and-limits.html", read="2026-11-25")
"""How often in a second a shard can be read by all readers without enhanced fan-out together."""

SQL_DELETED = Fact("2026-01-27", page="kinesisanalytics/latest/dev/discontinuation.html", read="2026-11-25")
"""The day from which AWS deletes SQL applications. Since 2025-10-15 no new ones can be created."""

RETIRED_FLINK = Fact(
    ("FLINK-1_6", "FLINK-1_8", "FLINK-1_11", "FLINK-1_13"),
    page="managed-flink/latest/java/earlier.html",
    read="2026-11-26",
)
"""Runtimes of Flink that AWS no longer runs."""
