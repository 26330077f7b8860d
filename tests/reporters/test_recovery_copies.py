"""What `recovery` says of stores that are copies of others, or may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.recovery_tables import rows, starting

GLOBAL = """\
resource "aws_rds_global_cluster" "main" {
  global_cluster_identifier = "orders"
}

resource "aws_rds_cluster" "orders" {
  engine                        = "aurora-postgresql"
  global_cluster_identifier     = %s
  replication_source_identifier = %s
  master_username               = %s
  backup_retention_period       = 7
}

resource "aws_elasticache_replication_group" "sessions" {
  description                 = "sessions"
  global_replication_group_id = %s
  node_type                   = %s
  snapshot_retention_limit    = 7
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_cluster_that_may_be_the_primary_of_a_global_database_has_rows(here: Path) -> None:
    whole, user = "aws_rds_global_cluster.main.id", "data.external.settings.result.user"
    lines = rows(here, {"a.tf": GLOBAL % (whole, "null", user, "null", '"cache.t4g.small"')})
    assert "5m typically, or less, 7d back" in starting(lines, "aws_rds_cluster.orders software")
    [region] = [line for line in lines if line.startswith("region not told") and "global database" in line]
    assert "not told: whether it is a secondary of a global database, or a replica" in region
    assert not any("aws_rds_cluster.orders - a" in line for line in lines)
    assert any("whether aws_rds_cluster.orders" in line for line in lines if line.startswith("strategy"))


def test_a_cluster_that_surely_is_a_copy_has_no_rows_but_what_it_is_a_copy_of(here: Path) -> None:
    for whole, source, what in (
        ("aws_rds_global_cluster.main.id", "null", "a secondary of a global database"),
        ("null", '"arn:aws:rds:eu-central-1:111122223333:cluster:orders"', "a replica of another cluster"),
        ("data.external.settings.result.whole", "null", "a secondary of a global database"),
    ):
        lines = rows(here, {"a.tf": GLOBAL % (whole, source, "null", "null", '"cache.t4g.small"')})
        assert starting(lines, "aws_rds_cluster.orders -") == f"aws_rds_cluster.orders - {what}"


def test_a_cache_has_rows_unless_it_surely_is_a_secondary(here: Path) -> None:
    unknown = "data.external.settings.result.whole"
    for whole, node, is_copy in (
        (unknown, '"cache.t4g.small"', False),
        (unknown, "null", True),
        ('"ldgnf-sessions"', "null", True),
    ):
        lines = rows(here, {"a.tf": GLOBAL % ("null", "null", '"u"', whole, node)})
        line = starting(lines, "aws_elasticache_replication_group.sessions")
        assert (line == "aws_elasticache_replication_group.sessions - a secondary of a global datastore") == is_copy
        if not is_copy:
            assert "24h or more expected, or less" in line


DATABASE = """\
resource "aws_db_instance" "orders" {
  engine                  = "mysql"
  replicate_source_db     = data.external.settings.result.source
  username                = %s
  backup_retention_period = 7
}
"""


def test_a_database_with_a_user_may_be_no_read_replica(here: Path) -> None:
    line = starting(rows(here, {"a.tf": DATABASE % '"u"'}), "aws_db_instance.orders")
    assert "5m typically, or less, 7d back 1h ~, keep 14d ? restore" in line
    assert "whether it is a read replica" in line
    line = starting(rows(here, {"a.tf": DATABASE % "null"}), "aws_db_instance.orders")
    assert line == "aws_db_instance.orders - a read replica"


def test_nothing_that_may_be_a_copy_misses_an_objective(here: Path) -> None:
    wanted = "recovery: {rpo: 1m, rto: 1m, keep: 30d, regions: [eu-west-1, eu-central-1], complete: true}\n"
    lines = rows(here, {"a.tf": DATABASE % '"u"'}, configuration=wanted)
    assert "✗" not in "".join(lines)
    assert "≠" not in "".join(lines)


CONDITIONAL = """\
Parameters:
  Role: {Type: String, AllowedValues: [FIRST, SECOND]}
Conditions:
  IsFirst: !Equals [!Ref Role, FIRST]
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Condition: IsFirst
    Properties: {Engine: mysql, MasterUsername: u, BackupRetentionPeriod: 7}
"""


def test_a_store_that_exists_under_a_condition_is_told_with_it(here: Path) -> None:
    lines = rows(here, {"a.yaml": CONDITIONAL})
    assert "when Role is FIRST region not told" in " ".join(lines)


SERVICE = """\
Parameters:
  Primary: {Type: String, AllowedValues: ["true", "false"]}
Conditions:
  IsPrimary: !Equals [!Ref Primary, "true"]
Resources:
  Key:
    Type: AWS::KMS::Key
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      ReplicaRegions: [{Region: !If [IsPrimary, eu-central-1, eu-west-1]}]
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: a.b
      CodeUri: s3://code/a.zip
      KmsKeyArn: !GetAtt Key.Arn
      Environment: {Variables: {SECRET: !Ref Password}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: shop
          Image: shop
          Secrets: [{Name: USER, ValueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop:username::"}]
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}
"""
REGIONAL = "recovery: {rpo: 1h, region: {rto: 8h}, regions: [eu-west-1, eu-central-1]}\n"
OTHER = "Resources:\n  %s:\n    Type: AWS::KMS::Key\n"


def test_what_is_needed_elsewhere_leaves_out_what_the_stack_makes(here: Path) -> None:
    needed = [line for line in rows(here, {"a.yaml": SERVICE}, configuration=REGIONAL) if line.startswith("needed")]
    assert not any(" role " in line for line in needed)
    assert any("secret shop for Task" in line for line in needed)
    assert not any(line.startswith("needed in eu-central-1, not there: secret") for line in needed)


def test_a_key_that_another_template_makes_under_the_same_name_may_stand_for_it(here: Path) -> None:
    for name, expected in (("Key", "not told: key Key"), ("Another", "not there: key Key")):
        lines = rows(here, {"a.yaml": SERVICE, "b.yaml": OTHER % name}, configuration=REGIONAL)
        [line] = [line for line in lines if line.startswith("needed") and " key Key " in line]
        assert expected in line


BACKTRACKED = """\
variable "region" {
  type = string
}

provider "aws" {
  region = var.region
}

resource "aws_rds_cluster" "orders" {
  engine                  = "%s"
  master_username         = "u"
  backup_retention_period = 7
  backtrack_window        = data.external.settings.result.window
}
"""


def test_aurora_postgresql_has_no_backtracking_to_ask_for(here: Path) -> None:
    for engine, is_asked in (("aurora-postgresql", False), ("aurora-mysql", True)):
        line = starting(rows(here, {"a.tf": BACKTRACKED % engine}), "aws_rds_cluster.orders software")
        assert ("backtrack_window" in line) == is_asked
        assert ("or less" in line) == is_asked


_REGIONS = {
    'region = "eu-${var.region}-${var.number}"': "give var.region and var.number by --var-file, or declare `regions`",
    "region = var.region": "give var.region by --var-file, or declare `regions`",
    "region = data.external.settings.result.region": (
        "write the Region in the provider, in place of data.external.settings.result.region, or declare `regions`"
    ),
    "": "give `region` of the provider a value, or declare `regions`",
}


@pytest.mark.parametrize(("written", "way"), _REGIONS.items())
def test_the_region_of_a_root_is_asked_for_by_what_gives_it(here: Path, written: str, way: str) -> None:
    root = (BACKTRACKED % "aurora-mysql").replace("region = var.region", written)
    root += 'variable "number" {\n  type = number\n}\n'
    lines = rows(here, {"a.tf": root}, configuration="recovery: {rpo: 1h}\n")
    assert starting(lines, "not told: the Region") == f"not told: the Region ({way})"
    assert not any("AWS::Region" in line for line in lines)


STANDBY = """\
Parameters: {Whole: {Type: String, Default: orders}}
Resources:
  Copy:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Whole}
"""


def test_a_standby_whose_region_nobody_gives_is_not_in_the_first_of_those_declared(here: Path) -> None:
    wanted = "recovery: {region: {rpo: 1h}, regions: [eu-west-1, eu-central-1]}\n"
    lines = rows(here, {"copy.yaml": STANDBY}, configuration=wanted)
    assert lines[0] == "copy.yaml"
    given = f"{wanted}deployments: {{there: {{AWS::Region: eu-central-1}}}}\n"
    lines = rows(here, {"copy.yaml": STANDBY}, configuration=given)
    assert lines[0].startswith("copy.yaml eu-central-1")
    provider = 'provider "aws" {\n  region = "eu-central-1"\n}\n'
    text = provider + GLOBAL.partition("\n\n")[2] % ('"orders"', "null", "null", "null", "null")
    (here / "copy.yaml").unlink()
    assert rows(here, {"a.tf": text}, configuration=wanted)[0].startswith(". eu-central-1")


def test_a_stack_of_the_other_region_alone_reaches_no_strategy(here: Path) -> None:
    wanted = "recovery: {region: {rpo: 1h}, regions: [eu-west-1, eu-central-1]}\n"
    named = f"{wanted}deployments: {{there: {{AWS::Region: eu-central-1}}}}\n"
    lines = rows(here, {"a.yaml": "Resources:\n  Files: {Type: AWS::S3::Bucket}\n"}, configuration=named)
    away = "what of it is in eu-west-1, as all that was read is in another Region (declare its own `regions`)"
    assert starting(lines, "strategy:") == f"strategy: not told, as is {away}"
    (here / "a.yaml").unlink()
    text = 'provider "aws" {\n  region = "eu-central-1"\n}\nresource "aws_s3_bucket" "files" {}\n'
    lines = rows(here, {"a.tf": text}, configuration=wanted)
    assert starting(lines, "strategy:") == f"strategy: not told, as is {away}"


KEPT = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "away"
  region = "eu-central-1"
}
resource "random_password" "orders" {
  length = 32
}
resource "random_password" "other" {
  length = 32
}
resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
%s}
resource "aws_secretsmanager_secret_version" "orders" {
  secret_id     = aws_secretsmanager_secret.orders.id
  secret_string = %s
}
resource "aws_db_instance" "orders" {
  identifier = "orders"
  engine     = "postgres"
  password   = random_password.orders.result
}
resource "aws_db_instance" "copy" {
  provider            = aws.away
  identifier          = "copy"
  replicate_source_db = aws_db_instance.orders.arn
}
"""


@pytest.mark.parametrize(
    ("replica", "value", "is_told"),
    [
        ("", "random_password.orders.result", "not there"),
        ("", 'jsonencode({ host = "orders", password = random_password.orders.result })', "not there"),
        ('  replica {\n    region = "eu-central-1"\n  }\n', "random_password.orders.result", "there"),
        ("", "random_password.other.result", ""),
    ],
)
def test_the_secret_with_the_password_of_a_database_is_needed_where_that_is_promoted(
    here: Path, replica: str, value: str, is_told: str
) -> None:
    told = [line for line in rows(here, {"a.tf": KEPT % (replica, value)}) if line.startswith("needed in eu-central-1")]
    named = "secret aws_secretsmanager_secret.orders for aws_db_instance.orders"
    assert [line for line in told if named in line] == [
        line for line in told if is_told and line.startswith(f"needed in eu-central-1, {is_told}: {named} ")
    ]
    assert bool(is_told) is any(named in line for line in told)
