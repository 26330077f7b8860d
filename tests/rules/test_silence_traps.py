"""What is not reported because of one condition of a rule alone, where the examples of the rule do not show it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.linting import IMPORTED, arn, found, resource, stack

READERS = {
    f"Reader{n}": resource("Lambda::EventSourceMapping", EventSourceArn=arn("Clicks"), FunctionName=f"f{n}")
    for n in range(5)
}


def stream(mode: Any) -> dict[str, Any]:
    return resource("Kinesis::Stream", ShardCount=2, StreamModeDetails={"StreamMode": mode})


@pytest.mark.parametrize(
    ("rule", "resources"),
    [
        # Five readers are too many for an on-demand stream, which these surely are not.
        ("kinesis-shared-throughput", {"Clicks": stream("PROVISIONED"), **READERS}),
        ("kinesis-shared-throughput", {"Clicks": stream(IMPORTED), **READERS}),
        # No traffic can be moved from $LATEST.
        (
            "lambda-alias-shift",
            {"Live": resource("Lambda::Alias", FunctionName="f", FunctionVersion="$LATEST", Name="prod")},
        ),
        # Without an engine it may be Aurora's, whose cluster keeps the backups.
        ("rds-backup-retention", {"Db": resource("RDS::DBInstance", BackupRetentionPeriod=3)}),
        # The source keeps the backups.
        (
            "rds-backup-retention",
            {
                "Db": resource(
                    "RDS::DBCluster", Engine="mysql", BackupRetentionPeriod=0, ReplicationSourceIdentifier="r"
                )
            },
        ),
    ],
)
def test_one_condition_keeps_it_silent(rule: str, resources: dict[str, Any]) -> None:
    assert found(rule, stack(**resources)) == []
