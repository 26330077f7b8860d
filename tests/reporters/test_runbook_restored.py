"""What restores a store comes to its end: it waits as long as the data ask for, and what is restored is given what the
next step needs.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import CLUSTER_BACKUPS, REGIONS, asked, commands, steps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


HOME = "recovery: {complete: true, regions: [eu-west-1], rpo: 1h, rto: 2h}\n"
TABLE = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: orders, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
"""
TABLE_IN_TERRAFORM = """\
resource "aws_dynamodb_table" "orders" {
  name = "orders"
  point_in_time_recovery {
    enabled = true
  }
}
"""


@pytest.mark.parametrize(("name", "text"), [("a_yaml", TABLE), ("main_tf", TABLE_IN_TERRAFORM)])
def test_a_restored_table_is_waited_for_longer_than_a_waiter_does(here: Path, name: str, text: str) -> None:
    _, wait = commands(steps("software", HOME, **{name: text}))
    assert wait == (
        "while state=$(aws dynamodb describe-table --region eu-west-1 --table-name orders-restored --query"
        ' Table.TableStatus --output text) && [ "$state" != ACTIVE ]; do sleep 15; done'
    )


INSTANCE = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, BackupRetentionPeriod: 7}
"""
WAREHOUSE = """\
Resources:
  Orders: {Type: AWS::Redshift::Cluster, Properties: {ClusterIdentifier: orders, NodeType: ra3.large}}
"""


@pytest.mark.parametrize(("text", "state"), [(INSTANCE, "available"), (WAREHOUSE, "completed")])
def test_other_restores_are_waited_for_to_their_end_too(here: Path, text: str, state: str) -> None:
    every = commands(steps("software", HOME, a_yaml=text))
    assert any(f"!= {state} ]" in line for line in every)
    assert not any(" wait " in line for line in every)


SERVERLESS = """\
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {DBClusterIdentifier: orders, Engine: aurora-mysql%s}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-mysql, DBInstanceClass: %s}
"""
SERVERLESS_IN_TERRAFORM = """\
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}
resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
  instance_class     = "db.serverless"
}
"""
RANGE = ", ServerlessV2ScalingConfiguration: {MinCapacity: 0.5, MaxCapacity: 4}"


@pytest.mark.parametrize(
    ("name", "text", "capacity"),
    [
        ("a_yaml", SERVERLESS % (RANGE, "db.serverless"), "MinCapacity=0.5,MaxCapacity=4"),
        ("a_yaml", SERVERLESS % ("", "db.serverless"), '"${ORDERS_CAPACITY:?MinCapacity=,MaxCapacity= with the'),
        ("a_yaml", SERVERLESS % ("", "db.r6g.large"), ""),
        ("main_tf", SERVERLESS_IN_TERRAFORM, "MinCapacity=0.5,MaxCapacity=4"),
    ],
)
def test_a_restored_serverless_cluster_has_its_capacity_range(here: Path, name: str, text: str, capacity: str) -> None:
    restored, made, _ = commands(steps("software", HOME, **{name: text}))
    assert "create-db-instance" in made
    _, _, given = restored.partition(" --serverless-v2-scaling-configuration ")
    assert given.startswith(capacity)
    assert bool(given) == bool(capacity)


def test_a_serverless_cluster_from_a_vault_gets_its_range_before_its_instance(here: Path) -> None:
    text = CLUSTER_BACKUPS.replace("BackupRetentionPeriod: 7}", f"BackupRetentionPeriod: 7{RANGE}}}", 1)
    text = text.replace("db.r6g.large", "db.serverless")
    [restored] = [
        one["then"] for one in asked("region", REGIONS, shop_yaml=text).values() if one["resource"] == "Orders"
    ]
    *_, job, scaled, made, _ = restored["commands"]
    assert "describe-restore-job" in job
    assert "rds modify-db-cluster" in scaled
    assert scaled.endswith("--serverless-v2-scaling-configuration MinCapacity=0.5,MaxCapacity=4")
    assert "create-db-instance" in made


DOCUMENTS = """\
Resources:
  Orders: {Type: AWS::DocDB::DBCluster, Properties: {DBClusterIdentifier: orders}}
"""


def test_documents_may_be_serverless_too(here: Path) -> None:
    [task] = [task for task in steps("software", HOME, a_yaml=DOCUMENTS) if task["phase"] == "data"]
    assert any("--serverless-v2-scaling-configuration" in note for note in task["notes"])


FILES = """\
Resources:
  Files:
    Type: AWS::EFS::FileSystem
    Properties: {BackupPolicy: {Status: ENABLED}}
"""
FILES_IN_TERRAFORM = """\
resource "aws_efs_file_system" "files" {
}
resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id
  backup_policy {
    status = "ENABLED"
  }
}
"""


@pytest.mark.parametrize(("name", "text"), [("a_yaml", FILES), ("main_tf", FILES_IN_TERRAFORM)])
def test_restored_files_are_in_a_folder_of_a_file_system_that_nothing_mounts(here: Path, name: str, text: str) -> None:
    [task] = [task for task in steps("software", HOME, **{name: text}) if task["phase"] == "data"]
    notes = " ".join(task["notes"])
    assert "give newFileSystem true, and a text of your own as CreationToken." in notes
    assert "in a folder aws-backup-restore_DATE" in notes
    assert "mount targets" in notes
    assert "new name" not in notes


CACHE = """\
Resources:
  Pages:
    Type: AWS::ElastiCache::ServerlessCache
    Properties: {ServerlessCacheName: pages, Engine: valkey, SnapshotRetentionLimit: 7}
"""
CACHE_IN_TERRAFORM = """\
resource "aws_elasticache_serverless_cache" "pages" {
  name                     = "pages"
  engine                   = "valkey"
  snapshot_retention_limit = 7
}
"""


@pytest.mark.parametrize(("name", "text"), [("a_yaml", CACHE), ("main_tf", CACHE_IN_TERRAFORM)])
def test_a_serverless_cache_is_made_again_from_its_snapshots(here: Path, name: str, text: str) -> None:
    look, made, shown = commands(steps("software", HOME, **{name: text}))
    assert look.endswith("describe-serverless-cache-snapshots --region eu-west-1 --serverless-cache-name pages")
    assert "create-serverless-cache --region eu-west-1 --serverless-cache-name pages-restored --engine valkey" in made
    assert "--snapshot-arns-to-restore" in made
    assert "describe-serverless-caches" in shown


@pytest.mark.parametrize("disruption", ["az", "hardware"])
@pytest.mark.parametrize(("name", "text"), [("a_yaml", CACHE), ("main_tf", CACHE_IN_TERRAFORM)])
def test_a_serverless_cache_fails_over_by_itself(here: Path, name: str, text: str, disruption: str) -> None:
    [task] = [task for task in steps(disruption, HOME, **{name: text}) if task["phase"] == "data"]
    assert task["what"].startswith("Wait: AWS fails")
    assert "copies in three zones" in task["what"]
    assert not asked(disruption, HOME, **{name: text})


MYSQL = """\
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {DBClusterIdentifier: orders, Engine: aurora-mysql, BacktrackWindow: 86400}
"""
MYSQL_IN_TERRAFORM = """\
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
  engine             = "aurora-mysql"
  backtrack_window   = 86400
}
"""


@pytest.mark.parametrize(("name", "text"), [("a_yaml", MYSQL), ("main_tf", MYSQL_IN_TERRAFORM)])
def test_a_cluster_is_set_back_in_minutes_by_aws(here: Path, name: str, text: str) -> None:
    [task] = [task for task in steps("software", HOME, **{name: text}) if task["phase"] == "data"]
    assert task["commands"][0].startswith("aws rds backtrack-db-cluster --region eu-west-1")
    assert "AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html" in printed("recovery", "--runbook", "software")
    assert any("set forward again" in note for note in task["notes"])
    told = printed("recovery", "--disruption", "software")
    assert "a start of what is missing" not in told
    Path(".awslint-memo.yaml").write_text(HOME.replace("rto: 2h", "rto: 10m"), encoding="utf-8")
    assert 'how long it takes: AWS says "in minutes"' in printed("recovery", "--disruption", "software")
