"""What `recovery` claims of stores as estates have them: no more than AWS's pages and the templates say."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.recovery_tables import rows, starting


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
    assert "nothing typically, 8d back 1h ~, keep 14d ?" in line


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


FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Parameters: {Environment: {Type: String}}
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {CodeUri: %s, Handler: a.b, Runtime: python3.13}}
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: %s, AssumeRolePolicyDocument: {}}}
  Data: {Type: AWS::S3::Bucket, Properties: {BucketName: !Sub "data-${AWS::AccountId}"}}
"""
ASSETS = "{Bucket: !Sub 'cdk-shop-assets-${AWS::AccountId}-eu-west-1', Key: a.zip}"
KEPT = "{Bucket: code, Key: a.zip}"


def test_code_on_ones_own_machine_is_packaged_before_it_is_deployed(here: Path) -> None:
    lines = rows(here, {"a.yaml": FUNCTION % ("src/", "a")}, "--runbook", "region")
    packaged, deployed = [
        line for line in lines if line.startswith(("$ aws cloudformation p", "$ aws cloudformation dep"))
    ]
    assert packaged.startswith("$ aws cloudformation package --region eu-central-1 --template-file a.yaml --s3-bucket")
    assert "deploy --region eu-central-1 --template-file packaged.yaml" in deployed


def test_assets_of_the_cdk_are_not_in_the_other_region(here: Path) -> None:
    lines = rows(here, {"a.yaml": FUNCTION % (ASSETS, "a")}, "--runbook", "region")
    assert not any(line.startswith(("$ aws cloudformation p", "$ aws cloudformation dep")) for line in lines)
    assert "bootstrap eu-central-1 (cdk bootstrap)" in starting(lines, "note: The code is among the assets of the CDK")


def test_a_large_template_is_deployed_by_a_bucket(here: Path) -> None:
    text = FUNCTION % (KEPT, "a")
    for filling, is_uploaded in (("", False), ("# filling\n" * 6000, True)):
        lines = rows(here, {"a.yaml": text + filling}, "--runbook", "region")
        assert ("--s3-bucket" in starting(lines, "$ aws cloudformation deploy")) == is_uploaded


def test_names_that_are_taken_in_every_region_are_told_before_a_deployment(here: Path) -> None:
    for name, told in (
        ('!Sub "shop-${Environment}"', "RoleName of Role and BucketName of Data are the same in every Region"),
        ('!Sub "shop-${AWS::Region}"', "BucketName of Data is the same in every Region"),
    ):
        lines = rows(here, {"a.yaml": FUNCTION % (KEPT, name)}, "--runbook", "region")
        assert starting(lines, f"note: {told}")


OF_HOME = """\
Parameters:
  Zones: {Type: "List<AWS::EC2::AvailabilityZone::Name>", Default: "eu-west-1a,eu-west-1b"}
  Image: {Type: AWS::EC2::Image::Id, Default: ami-0e2c8caa4b6378d8c}
  Size: {Type: String, Default: t3.micro}
  Data: {Type: String, Default: shop-data}
Resources:
  # Password: "{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:of-a-comment}}"
  Work: {Type: AWS::EC2::Instance, Properties: {ImageId: !Ref Image, InstanceType: !Ref Size}}
  Role: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub "${AWS::StackName}-web", AssumeRolePolicyDocument: {}}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref Data}}
"""


def test_what_is_of_home_is_asked_for_and_what_is_not_is_left(here: Path) -> None:
    configuration = "deployments: {main: {AWS::StackName: shop, AWS::Region: eu-west-1, paths: [a.yaml]}}\n"
    configuration += "recovery: {regions: [eu-west-1, eu-central-1]}\n"
    lines = rows(here, {"a.yaml": OF_HOME}, "--runbook", "region", configuration=configuration)
    call = starting(lines, "$ aws cloudformation deploy")
    for name, value in (
        ("Zones", " in eu-central-1, at home eu-west-1a,eu-west-1b"),
        ("Image", " in eu-central-1, at home ami-0e2c8caa4b6378d8c"),
        ("Data", ", at home shop-data"),
    ):
        assert f'{name}="${{PARAMETER_{name.upper()}:?value of the parameter {name}{value}' in call
    assert "Size=" not in call
    # The role's name has that of the stack in it, which the new one does not have.
    assert starting(lines, "note: BucketName shop-data is the same in every Region")
    assert not any("It resolves parameters" in line for line in lines)


PLAN = """\
provider "aws" {
  region = "eu-west-1"
}
variable "backed_up" { type = bool }
variable "vault" { type = string }
resource "aws_s3_bucket" "costs" { bucket = "costs" }
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
}
resource "aws_backup_plan" "daily" {
  count = var.backed_up ? 1 : 0
  name  = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    schedule          = "cron(0 7 * * ? *)"
    copy_action {
      destination_vault_arn = var.vault
    }
  }
}
resource "aws_backup_selection" "daily" {
  count        = var.backed_up ? 1 : 0
  name         = "daily"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = aws_backup_plan.daily[0].id
  resources    = [aws_dynamodb_table.orders.arn, data.aws_dynamodb_table.other.arn]
}
data "aws_dynamodb_table" "other" { name = "other" }
"""


def test_a_selection_of_the_same_root_is_that_of_no_other_stack(here: Path) -> None:
    files = {"main.tf": PLAN, "dev.tfvars": "backed_up = false\n", "pre-prod.tfvars": "backed_up = true\n"}
    assert "of another stack" not in "\n".join(rows(here, files))


def test_copies_in_a_vault_that_nobody_shows_may_have_to_be_copied_back(here: Path) -> None:
    lines = rows(here, {"main.tf": PLAN, "a.auto.tfvars": "backed_up = true\n"}, "--runbook", "region")
    assert any("No template has the vault of the copies" in line and "start-copy-job" in line for line in lines)
    assert "as targetTableName" in starting(lines, "note: Edit aws_dynamodb_table_orders-restore.json")


def test_the_loss_of_a_restore_is_not_that_of_a_promotion(here: Path) -> None:
    template = """\
    Resources:
      Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, BackupRetentionPeriod: 7}}
      Replica: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Db}}
    """
    line = starting(rows(here, {"a.yaml": template}, "--disruption", "hardware"), "Db hardware")
    assert "5m typically, or less 1h ~ promote; that loss by restore" in line


def test_a_copy_in_another_region_is_no_way_back_while_the_own_one_is_there(here: Path) -> None:
    root = """\
    provider "aws" { region = "eu-west-1" }
    provider "aws" {
      alias  = "away"
      region = "eu-central-1"
    }
    resource "aws_db_instance" "db" {
      engine                  = "postgres"
      backup_retention_period = 7
    }
    resource "aws_db_instance" "replica" {
      provider            = aws.away
      replicate_source_db = aws_db_instance.db.arn
    }
    """
    lines = rows(here, {"a.tf": root})
    assert " 5m typically, or less 1h ~ restore " in starting(lines, "RDS postgres hardware, az")
    assert " promote " in starting(lines, "region")


def test_of_a_replica_of_another_stack_its_lag_tells_what_is_lost(here: Path) -> None:
    stack = "    Resources:\n      Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, %s}}\n"
    files = {
        "home.yaml": stack % "DBInstanceIdentifier: db",
        "away.yaml": stack % "SourceDBInstanceIdentifier: 'arn:aws:rds:eu-west-1:111122223333:db:db'",
    }
    places = [
        f"{{region: {region}, paths: [{name}.yaml]}}"
        for name, region in {"home": "eu-west-1", "away": "eu-central-1"}.items()
    ]
    wanted = "recovery: {rpo: 1h, regions: [eu-west-1, eu-central-1], applications: {db: {paths: ['*.yaml']}}}\n"
    names = "".join(f"  {name}: {place}\n" for name, place in zip(("home", "away"), places, strict=True))
    lines = rows(here, files, "--disruption", "region", configuration=f"{wanted}deployments:\n{names}")
    doubt = "not told: how far the read replica is behind: AWS documents no figure (watch ReplicaLag)"
    assert [line for line in lines if "which is a copy of it" in line and doubt in line]


def test_nested_stacks_are_deployed_by_the_template_that_has_them(here: Path) -> None:
    stacks = "".join(
        f"  {name}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: ./{name}.yaml}}}}\n"
        for name in ("web", "work")
    )
    service = "{Type: AWS::ECS::Service, Properties: {DesiredCount: 2}}"
    child = f"Resources:\n  Run: {service}\n  Files: {{Type: AWS::S3::Bucket}}\n"
    files = {"master.yaml": f"Resources:\n{stacks}", "web.yaml": child, "work.yaml": child}
    lines = rows(here, files, "--runbook", "region")
    assert [line for line in lines if "Deploy " in line] == [
        "if not, as step 5: Deploy master.yaml in eu-central-1: web/Run and work/Run",
        "5. See Q4; if not: Deploy master.yaml in eu-central-1: web/Run and work/Run",
    ]
    assert [line for line in lines if "cloudformation deploy" in line and "NEW_STACK_MASTER" not in line] == []


def test_stages_of_development_are_no_family_with_those_of_production(here: Path) -> None:
    text = "{Resources: {Files: {Type: AWS::S3::Bucket}}}"
    stacks = ("Dev/DevOne", "Dev/DevTwo", "Prod/ProdOne", "Prod/ProdTwo")
    files = {f"cdk.out/assembly-{name}.template.json": text for name in stacks}
    lines = [line for line in rows(here, files, "cdk.out") if line.startswith("one family")]
    assert len(lines) == 4
    assert all(("Dev/" in line) != ("Prod/" in line) for line in lines)


def test_what_imports_is_deployed_behind_what_exports(here: Path) -> None:
    run = "Resources:\n  %s: {Type: AWS::ECS::Service, Properties: {DesiredCount: 2, Cluster: %s}}\n"
    exporting = run % ("Own", "own") + "Outputs: {C: {Value: shared, Export: {Name: cluster}}}\n"
    lines = rows(here, {"a.yaml": run % ("Run", "!ImportValue cluster"), "z.yaml": exporting}, "--runbook", "region")
    steps = [line.split()[3] for line in lines if line.startswith("if not: Deploy ")]
    assert steps == ["z.yaml", "a.yaml"] * (len(steps) // 2)
    assert any("It imports what other stacks export: deploy those first" in line for line in lines)


ENGINES = """\
Parameters:
  Engine: {Type: String, AllowedValues: [valkey, redis], Default: valkey}
  Standby: {Type: String, AllowedValues: ["true", "false"], Default: "false"}
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {Engine: !Ref Engine, NumCacheClusters: 1, SnapshotRetentionLimit: 0}
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !Ref Standby, BackupRetentionPeriod: 7}
"""
ENGINES_TF = """\
variable "engine" {
  default = "valkey"
  validation {
    condition     = contains(["valkey", "redis"], var.engine)
    error_message = "no"
  }
}
variable "standby" {
  type    = bool
  default = false
}
resource "aws_elasticache_replication_group" "sessions" {
  description        = "s"
  engine             = var.engine
  num_cache_clusters = 1
}
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  multi_az                = var.standby
  backup_retention_period = 7
}
"""


def test_a_store_is_told_once_where_only_its_engine_differs(here: Path) -> None:
    for name, text, title in (
        ("a.yaml", ENGINES, "Sessions"),
        ("a.tf", ENGINES_TF, "aws_elasticache_replication_group.sessions"),
    ):
        lines = rows(here, {name: text})
        line = starting(lines, f"{title} software")
        least = "nothing in what was read; snapshots that others make are 1h 12m apart at least"
        assert "1h 12m or more" in line
        assert least in line
        assert any(line.startswith("ElastiCache redis or valkey hardware, az") for line in lines) or name == "a.tf"
        (here / name).unlink()


def test_what_is_written_of_a_standby_is_a_reason_for_a_restore(here: Path) -> None:
    for name, text, words in (
        ("a.yaml", ENGINES, "MultiAZ false (default of Standby)"),
        ("a.tf", ENGINES_TF, "multi_az false (default of standby)"),
    ):
        lines = [line for line in rows(here, {name: text}) if "restore" in line and " hardware, az " in f" {line}"]
        assert any(words in line and "5m typically" in line for line in lines)
        (here / name).unlink()


REPLICATED = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}
resource "aws_dynamodb_table_replica" "orders" {
  provider         = aws.second
  global_table_arn = aws_dynamodb_table.orders.arn
}
"""


def test_a_replica_without_point_in_time_recovery_is_named(here: Path) -> None:
    """It is switched on for each replica: after a loss of the home Region, nothing goes back."""
    line = starting(rows(here, {"main.tf": REPLICATED}), "aws_dynamodb_table.orders software")
    assert "35d back" in line
    assert "the replica in eu-central-1 has no point-in-time recovery of its own" in line
    both = REPLICATED.replace("orders.arn\n", "orders.arn\n  point_in_time_recovery = true\n")
    line = starting(rows(here, {"main.tf": both}), "aws_dynamodb_table.orders software")
    assert "of its own" not in line


VERSIONED = """\
resource "aws_s3_bucket" "files" {
  bucket        = "files"
  force_destroy = %s
}
resource "aws_s3_bucket_versioning" "files" {
  bucket = aws_s3_bucket.files.id
  versioning_configuration {
    status = "Enabled"
  }
}
"""


@pytest.mark.parametrize("forced", ["true", "false"])
def test_versions_are_gone_with_a_bucket_that_is_destroyed_with_all_in_it(here: Path, forced: str) -> None:
    line = starting(rows(here, {"main.tf": VERSIONED % forced}), "aws_s3_bucket.files software")
    words = "force_destroy true: where Terraform destroys or replaces the bucket, its versions are gone too"
    assert (words in line) is (forced == "true")
