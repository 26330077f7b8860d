"""What `recovery` claims of stores as estates have them: no more than AWS's pages and the templates say."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from tests.command import printed

WANTED = "recovery: {rpo: 1h, keep: 14d, regions: [eu-west-1, eu-central-1]}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(here: Path, files: dict[str, str], *options: str, configuration: str = WANTED) -> list[str]:
    """The lines of the table for some files, each with single spaces."""
    for name, text in {".awslint-memo.yaml": configuration, **files}.items():
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return [" ".join(line.split()) for line in printed("recovery", *options).splitlines()]


def starting(lines: list[str], start: str) -> str:
    """The one line that begins with some words."""
    [line] = [line for line in lines if line.startswith(start)]
    return line


def test_no_objective_is_met_by_versions_that_expire_before(here: Path) -> None:
    template = """\
    Resources:
      Files:
        Type: AWS::S3::Bucket
        Properties:
          VersioningConfiguration: {Status: Enabled}
          LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpirationInDays: 8}]}
    """
    line = starting(rows(here, {"a.yaml": template}), "Files software")
    assert "nothing, 8d back 1h ✓, keep 14d ?" in line


CACHE = """\
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {Engine: valkey, NumCacheClusters: %d, AutomaticFailoverEnabled: %s, SnapshotRetentionLimit: %d}
"""


def test_each_node_of_a_cache_may_be_backed_up_twenty_times_a_day_by_others(here: Path) -> None:
    cases = [
        (1, "false", 0, "1h 12m or more 1h ✗"),
        (2, "true", 0, "not told 1h ?"),
        (2, "true", 1, "24h or more expected"),
    ]
    for nodes, failover, kept, expected in cases:
        line = starting(rows(here, {"a.yaml": CACHE % (nodes, failover, kept)}), "Sessions software")
        assert expected in line
        assert ("✗" in line) == (nodes == 1)


def test_a_replica_with_automatic_failover_takes_over_by_itself(here: Path) -> None:
    for failover, expected in (
        ("true", "AutomaticFailoverEnabled true"),
        ("false", "which does not take over by itself"),
    ):
        text = CACHE % (2, failover, 0)
        line = starting(rows(here, {"a.yaml": text}, "--disruption", "az"), "Sessions az")
        assert expected in line
        assert "in which zones the replicas are" in line


STORES = """\
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Volume: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 8}}
  Files: {Type: AWS::EFS::FileSystem}
  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, BackupRetentionPeriod: 0}}
"""


def test_no_least_loss_is_claimed_of_what_anybody_may_back_up_at_any_time(here: Path) -> None:
    configuration = "recovery: {rpo: 1m, regions: [eu-west-1]}\n"
    lines = rows(here, {"a.yaml": STORES}, "--disruption", "software", configuration=configuration)
    for name in ("Table", "Volume", "Files", "Db"):
        assert f"{name} software not told 1m ?" in starting(lines, f"{name} software")
    lines = rows(here, {"a.yaml": STORES}, "--disruption", "az", configuration=configuration)
    assert "Db az not told 1m ?" in starting(lines, "Db az")
