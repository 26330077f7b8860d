"""What runbooks say of what stands in which Region, and of what may be a copy there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting
from tests.reporters.runbook_commands import wrong_in

LOST_HOME = "recovery: {regions: [us-east-1, us-west-2]}\n"
PROVIDERS = """\
    provider "aws" {
      region = "us-east-1"
    }
    provider "aws" {
      alias  = "control"
      region = "us-east-2"
    }
    """
TABLE = """\
    resource "aws_dynamodb_table" "orders" {
      name     = "orders"
      hash_key = "id"
    }
    """
STATES = """\
    resource "aws_sfn_state_machine" "failover" {
      %s
      name       = "regional-failover"
      role_arn   = "arn:aws:iam::123456789012:role/states"
      definition = "{}"
    }
    """
SELF = {
    "main.tf": """\
    resource "aws_s3_bucket" "files" {
      bucket = "files"
    }
    resource "aws_s3_bucket_logging" "files" {
      bucket        = aws_s3_bucket.files.id
      target_bucket = aws_s3_bucket.files.id
      target_prefix = "logs/"
    }
    """,
    "template.yaml": """\
    Resources:
      Files:
        Type: AWS::S3::Bucket
        Properties: {BucketName: files, LoggingConfiguration: {DestinationBucketName: files}}
    """,
}
ROLE = """\
    Resources:
      Role:
        Type: AWS::IAM::Role
        Properties: {RoleName: shop, AssumeRolePolicyDocument: {Statement: []}}
      Work:
        Type: AWS::Lambda::Function
        Properties:
          Role: !GetAtt Role.Arn
          Handler: a.b
          Runtime: python3.13
          Code: {S3Bucket: "%%BUCKET%%", S3Key: a}
      Files:
        Type: AWS::S3::Bucket
        Properties:
          BucketName: !Join ["-", [files, !Select [2, !Split ["/", !Ref AWS::StackId]]]]
      Db:
        Type: AWS::RDS::DBInstance
        Properties: {DBInstanceClass: db.t4g.small, DBSnapshotIdentifier: orders-base}
    """


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("provider", "where"), [("provider = aws.control", "us-east-2"), ("", "us-west-2")])
def test_a_program_for_a_failover_is_sought_where_it_stands(here: Path, provider: str, where: str) -> None:
    rows(here, {"main.tf": PROVIDERS + TABLE + STATES % provider}, configuration=LOST_HOME)
    told = printed("recovery", "--runbook", "region")
    assert f"aws stepfunctions start-execution --region {where}" in told
    what = "whether the state machine aws_sfn_state_machine.failover"
    is_declared = f"{what}, declared in {where}, is for this" in told
    assert is_declared is bool(provider)
    assert is_declared or f"{what} is for this, and is there in {where}" in told


@pytest.mark.parametrize("name", sorted(SELF))
def test_a_bucket_that_logs_to_itself_is_a_store(here: Path, name: str) -> None:
    lines = rows(here, {name: SELF[name]})
    assert not any("takes access logs" in line for line in lines)
    assert any(" software" in line for line in lines)


def test_a_deployment_says_what_stands_in_its_way(here: Path) -> None:
    rows(here, {"template.yaml": ROLE}, configuration=LOST_HOME)
    told = printed("recovery", "--runbook", "region")
    assert "The control plane of IAM is in us-east-1: this may fail until it is back" in told
    assert "A build fills in %%BUCKET%%: build the template first" in told
    assert "BucketName of Files" not in told
    assert "It makes Files anew and empty" in told
    assert "It makes Db from the snapshot that DBSnapshotIdentifier names: copy that to us-west-2 first." in told
    rows(here, {"template.yaml": ROLE}, configuration=LOST_HOME.replace("us-east-1", "eu-west-1"))
    assert "The control plane of IAM" not in printed("recovery", "--runbook", "region")


COPIES = {
    "AWS::RDS::DBInstance": ["rds describe-db-instance-automated-backups", "rds describe-db-instances"],
    "AWS::RDS::DBCluster": ["rds describe-global-clusters", "rds describe-db-clusters"],
    "AWS::DocDB::DBCluster": ["docdb describe-global-clusters"],
    "AWS::DynamoDB::Table": ["dynamodb describe-table"],
    "AWS::S3::Bucket": ["s3api get-bucket-replication"],
    "AWS::EC2::Volume": ["ec2 describe-snapshots"],
}


@pytest.mark.parametrize("type_", COPIES)
def test_questions_after_copies_ask_for_each_kind_of_copy(here: Path, type_: str) -> None:
    rows(here, {"template.yaml": f"Resources: {{Data: {{Type: {type_}}}}}"}, configuration=LOST_HOME)
    shape = json.loads(printed("recovery", "--runbook", "region", "--format", "json"))
    [question] = [each for each in shape["runbooks"][0]["questions"] if each["what"].startswith("whether Data has")]
    calls = [" ".join(command.split()[1:3]) for command in question["commands"]]
    assert set(COPIES[type_]) <= set(calls)
    assert "dynamodb list-backups" not in calls
    # It knows global tables of version 2017.11.29 alone.
    assert "dynamodb list-global-tables" not in calls


def test_one_of_several_instances_is_listed_before_it_is_shown(here: Path) -> None:
    several = 'variable "sites" {}\n' + 'resource "aws_s3_bucket" "files" {\n  for_each = var.sites\n}\n'
    rows(here, {"main.tf": PROVIDERS + several}, configuration=LOST_HOME)
    told = printed("recovery", "--runbook", "region")
    assert "terraform state list aws_s3_bucket.files" in told
    assert "terraform state show aws_s3_bucket.files" not in told


def test_a_root_whose_stores_are_all_elsewhere_has_no_strategy(here: Path) -> None:
    lines = rows(here, {"main.tf": PROVIDERS.replace("us-east-1", "ap-northeast-2") + TABLE}, configuration=LOST_HOME)
    assert starting(lines, "strategy: ").startswith("strategy: not told, as is what of it is in us-east-1")


REPLICATED = """\
    Resources:
      Orders:
        Type: AWS::DynamoDB::GlobalTable
        Properties:
          TableName: orders
          AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
          KeySchema: [{AttributeName: id, KeyType: HASH}]
          BillingMode: PAY_PER_REQUEST
          StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
          Replicas: [{Region: us-east-1}, {Region: us-west-2}]
      Carts:
        Type: AWS::DynamoDB::Table
        Properties:
          KeySchema: [{AttributeName: id, KeyType: HASH}]
      Work:
        Type: AWS::Lambda::Function
        Properties: {Handler: a.b}
    """
ROOT = """\
    provider "aws" {
      region = "us-east-1"
    }
    provider "aws" {
      alias  = "west"
      region = "us-west-2"
    }
    resource "aws_dynamodb_table" "orders" {
      name             = "orders"
      hash_key         = "id"
      billing_mode     = "PAY_PER_REQUEST"
      stream_enabled   = true
      stream_view_type = "NEW_AND_OLD_IMAGES"
      replica {
        region_name = "us-west-2"
      }
    }
    resource "aws_dynamodb_table" "carts" {
      name     = "carts"
      hash_key = "id"
    }
    resource "aws_db_instance" "main" {
      identifier              = "main"
      engine                  = "postgres"
      instance_class          = "db.m7g.large"
      backup_retention_period = 7
    }
    resource "aws_db_instance_automated_backups_replication" "main" {
      provider               = aws.west
      source_db_instance_arn = aws_db_instance.main.arn
      retention_period       = 7
    }
    resource "aws_backup_vault" "away" {
      provider = aws.west
      name     = "away"
    }
    resource "aws_lambda_function" "work" {
      function_name = "work"
      role          = "arn:aws:iam::123456789012:role/work"
    }
    """


def test_a_deployment_leaves_out_the_replica_that_is_there(here: Path) -> None:
    rows(here, {"template.yaml": REPLICATED}, configuration=LOST_HOME)
    told = printed("recovery", "--runbook", "region")
    replica = "Orders is in us-west-2 already, as a replica of that name: leave it out of the deployment"
    assert replica in told
    assert "It makes Carts anew and empty." in told
    assert "Where Carts is restored, leave it out of the first deployment, and have a second one import it" in told
    # A replica in a third Region stands in nobody's way.
    elsewhere = REPLICATED.replace("us-west-2", "eu-west-1")
    rows(here, {"template.yaml": elsewhere}, configuration=LOST_HOME)
    told = printed("recovery", "--runbook", "region")
    assert "already, as a replica of that name" not in told


def test_a_root_makes_neither_what_is_there_nor_what_is_restored(here: Path) -> None:
    wanted = "recovery: {complete: true, regions: [us-east-1, us-west-2]}\n"
    rows(here, {"main.tf": ROOT}, configuration=wanted)
    told = printed("recovery", "--runbook", "region")
    assert "aws_dynamodb_table.orders is in us-west-2 already, as a replica of that name: leave it out" in told
    assert (
        "It makes aws_db_instance.main anew and empty, and by the name under which it is restored: leave it out of it,"
        " and import it into its state (terraform import) once it is restored." in told
    )
    assert "It makes aws_dynamodb_table.carts anew and empty." in told
    assert "By a provider of us-west-2, aws_backup_vault.away" in told
    assert "another password" not in told
    engine = '      engine                  = "postgres"\n'
    generated = ROOT.replace(engine, f"{engine}      password = random_password.main.result\n{SUBNETS}")
    generated += 'resource "aws_db_subnet_group" "main" {\n  subnet_ids = ["subnet-1", "subnet-2"]\n}\n'
    rows(here, {"main.tf": generated + 'resource "random_password" "main" {\n  length = 20\n}\n'}, configuration=wanted)
    told = printed("recovery", "--runbook", "region")
    # What the root makes beside the store is there once that is applied; what has the value at home says it.
    assert "# at its step: AWS_DB_INSTANCE_MAIN_DB_SUBNET_GROUP_NAME=" in told
    assert (
        "    AWS_DB_INSTANCE_MAIN_DB_INSTANCE_CLASS=    # db instance class in us-west-2, at home db.m7g.large" in told
    )
    assert "random_password.main makes another password in that state: once aws_db_instance.main is restored" in told


SUBNETS = "      db_subnet_group_name = aws_db_subnet_group.main.name\n"
STANDBY = """\
    variable "source_arn" {}
    provider "aws" {
      region = "us-west-2"
    }
    resource "aws_db_instance" "replica" {
      identifier          = "orders-replica"
      replicate_source_db = var.source_arn
      instance_class      = "db.m7g.large"
    }
    resource "aws_s3_bucket" "files" {
    }
    """


def test_a_root_that_stands_by_has_its_replica_promoted(here: Path) -> None:
    rows(here, {"main.tf": STANDBY}, configuration=LOST_HOME)
    told = printed("recovery", "--runbook", "region")
    assert "Recovered in: us-west-2." in told
    assert "which of us-west-2 is the primary Region" not in told
    assert "Promote the read replica aws_db_instance.replica in us-west-2 to a database of its own" in told
    assert "aws rds promote-read-replica --region us-west-2 --db-instance-identifier orders-replica" in told
    assert "not told: how far it is behind its source" in told
    # Where it is lost itself, it takes nothing over.
    rows(here, {"main.tf": STANDBY}, configuration="recovery: {regions: [us-west-2, us-east-1]}\n")
    assert "promote-read-replica" not in printed("recovery", "--runbook", "region")


LIVE = {
    "DynamoDB": """\
    resource "aws_dynamodb_table" "data" {
      name = "data"
      replica {
        region_name = "us-west-2"
      }
    }
    """,
    "Aurora DSQL": """\
    resource "aws_dsql_cluster" "data" {
    }
    resource "aws_dsql_cluster_peering" "data" {
      identifier     = aws_dsql_cluster.data.identifier
      clusters       = ["arn:aws:dsql:us-west-2:111122223333:cluster/abcdefghijklmnopqrstuvwxyz"]
      witness_region = "us-east-2"
    }
    """,
    "Aurora DSQL in a root": """\
    resource "aws_dsql_cluster" "data" {
    }
    resource "aws_dsql_cluster" "peer" {
      region = "us-west-2"
    }
    resource "aws_dsql_cluster_peering" "data" {
      identifier     = aws_dsql_cluster.data.identifier
      clusters       = [aws_dsql_cluster.peer.arn]
      witness_region = "us-east-2"
    }
    """,
    "Keyspaces": """\
    resource "aws_keyspaces_keyspace" "all" {
      name = "shop"
      replication_specification {
        region_list          = ["us-east-1", "us-west-2"]
        replication_strategy = "MULTI_REGION"
      }
    }
    resource "aws_keyspaces_table" "data" {
      keyspace_name = aws_keyspaces_keyspace.all.name
      table_name    = "data"
    }
    """,
    "MemoryDB": """\
    resource "aws_memorydb_cluster" "data" {
      name                      = "data"
      multi_region_cluster_name = "shop"
    }
    resource "aws_memorydb_cluster" "peer" {
      region                    = "us-west-2"
      name                      = "peer"
      multi_region_cluster_name = "shop"
    }
    """,
}
READER = """\
    resource "aws_lambda_function" "reader" {
      function_name = "reader"
      environment {
        variables = { DATA = %s.id }
      }
    }
    """


@pytest.mark.parametrize("kind", LIVE)
def test_a_copy_that_takes_requests_already_is_used_without_a_person_as_the_table_says(here: Path, kind: str) -> None:
    address = LIVE[kind].partition("resource ")[2].partition(" {")[0].replace('" "', ".").strip('"')
    address = "aws_keyspaces_table.data" if kind == "Keyspaces" else address
    told = rows(here, {"main.tf": PROVIDERS + LIVE[kind] + READER % address}, configuration=LOST_HOME)
    table = told[next(number for number, line in enumerate(told) if line.startswith(f"{address} ")) :]
    assert " nothing " in next(line for line in table if line.startswith("region ")).partition(";")[0]
    shape = json.loads(printed("recovery", "--runbook", "region", "--format", "json"))
    [runbook] = shape["runbooks"]
    [task] = [each for each in runbook["tasks"] if each["what"].startswith("Use the ")]
    assert task["what"].endswith(" in us-west-2: it takes reads and writes already")
    assert (task["by_person"], task["commands"] != []) == (False, True)
    assert "the call that does it" not in json.dumps(runbook)
    # Each cluster has an address of its own, while a table is found by its name.
    told_of = [each for each in runbook["tasks"] if each["what"].startswith("See that what runs in us-west-2 finds")]
    assert bool(told_of) is (kind not in ("DynamoDB", "Keyspaces"))
    assert list(wrong_in(runbook)) == []


SECOND = {
    "Aurora": """\
    resource "aws_rds_cluster" "%s" {
      cluster_identifier            = "%s"
      engine                        = "aurora-mysql"
      replication_source_identifier = %s
    }
    """,
    "RDS": """\
    resource "aws_db_instance" "%s" {
      identifier          = "%s"
      engine              = "mysql"
      replicate_source_db = %s
    }
    """,
}


@pytest.mark.parametrize("kind", SECOND)
def test_a_copy_of_another_root_is_asked_for_in_a_sentence(here: Path, kind: str) -> None:
    type_ = SECOND[kind].partition('"')[2].partition('"')[0]
    home = PROVIDERS + SECOND[kind] % ("main", "shop", "null")
    # What somebody passes may be any cluster.
    away = PROVIDERS.replace("us-east-1", "us-west-2") + 'variable "of" {}\n' + SECOND[kind] % ("copy", "c", "var.of")
    configuration = (
        "recovery: {regions: [us-east-1, us-west-2], complete: true, applications: {all: {paths: ['**']}}}\n"
    )
    rows(here, {"home/main.tf": home, "away/main.tf": away}, configuration=configuration)
    text = printed("recovery", "--runbook", "region")
    assert f"whether {type_}.main has a replica, {type_}.copy of another root" in text
    told = "\n".join(rows(here, {"home/main.tf": home, "away/main.tf": away}, configuration=configuration))
    assert "another stack" not in text + told


def test_a_secondary_that_is_not_told_has_an_article(here: Path) -> None:
    group = "{Type: AWS::ElastiCache::ReplicationGroup, Properties: {Engine: valkey, NumCacheClusters: 2}}"
    members = "Properties: {Members: [{ReplicationGroupId: !Ref Cache, Role: PRIMARY}]}"
    whole = f"{{Type: AWS::ElastiCache::GlobalReplicationGroup, {members}}}"
    files = {"a.yaml": f"Resources:\n  Cache: {group}\n  Whole: {whole}\n"}
    told = rows(here, files, configuration=LOST_HOME)
    text = " ".join(told) + printed("recovery", "--runbook", "region")
    assert "whether Cache has a secondary of the global datastore" in text
    assert "has secondary" not in text
    assert "there is secondary" not in text


MOVER = "Resources: {Mover: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders-failover}}}\n"
ORDERS = "Resources: {Orders: {Type: AWS::SQS::Queue}, Files: {Type: AWS::S3::Bucket}}\n"
_COMPLETE = "recovery: {regions: [us-east-1, us-west-2], complete: true}\n"


@pytest.mark.parametrize("regions", [["us-east-1", "us-west-2"], ["us-east-1"] * 5 + ["us-west-2"]])
def test_what_another_template_has_in_the_other_region_is_not_lost(here: Path, regions: list[str]) -> None:
    """However many deployments it has, and whatever of them is in the Region that is lost."""
    movers = [f"  mover{at}: {{AWS::Region: {each}, paths: [mover.yaml]}}\n" for at, each in enumerate(regions)]
    orders = "deployments:\n  orders: {AWS::Region: us-east-1, paths: [orders.yaml]}\n"
    rows(here, {"orders.yaml": ORDERS, "mover.yaml": MOVER}, configuration=f"{orders}{''.join(movers)}{_COMPLETE}")
    told = printed("recovery", "--runbook", "region")
    assert "whether the function Mover, declared in us-west-2, is for this" in told
    assert "lost with it" not in told
    assert "none was read in us-west-2" not in told


@pytest.mark.parametrize("is_told", [True, False])
def test_what_is_in_a_region_that_nobody_tells_is_not_said_to_be_lost(here: Path, is_told: bool) -> None:
    mover = 'variable "region" {}\nprovider "aws" {\n  region = %s\n}\nresource "aws_lambda_function" "mover" {\n'
    mover = mover % ('"us-east-1"' if is_told else "var.region") + '  function_name = "failover"\n}\n'
    home = PROVIDERS + 'resource "aws_s3_bucket" "files" {\n  bucket = "files"\n}\n'
    rows(here, {"home/main.tf": home, "mover/main.tf": mover}, configuration=_COMPLETE)
    told = printed("recovery", "--runbook", "region").partition("Runbook of mover")[0]
    assert ("is for this: it is in us-east-1, and lost with it" in told) is is_told
    assert ("is for this, and is there in us-west-2" in told) is not is_told
