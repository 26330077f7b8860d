"""What belongs together over stacks, Regions and plans: names with pseudo parameters, replicas, and who is selected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke

SHOP = """\
deployments:
  first: {AWS::Region: us-east-1, paths: [first.yaml]}
  second: {AWS::Region: us-west-2, paths: [second.yaml]}
recovery:
  region: {rpo: 24h}
  regions: [us-east-1, us-west-2]
  complete: true
  applications: {shop: {paths: ['*.yaml', '*/**']}}
"""
REGIONS = "recovery: {region: {rpo: 36h}, regions: [us-east-1, us-west-2], complete: true%s}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def stores(configuration: str, **files: str) -> dict[str, Any]:
    """What the command says of each store, by its name; `a_yaml` is the file a.yaml, `x__main_tf` x/main.tf."""
    Path(".awslint-memo.yaml").write_text(configuration)
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_yaml", ".yaml").replace("_tf", ".tf"))
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    result = invoke("recovery", "--format", "json")
    assert result.exit_code == 0, result.stderr
    return {store["resource"]: store for family in json.loads(result.stdout)["families"] for store in family["stores"]}


def back(store: Any, disruption: str = "region") -> str:
    row: dict[str, str] = store["disruptions"][disruption]
    return row["way_back"]


def untold(store: Any) -> list[tuple[str, str]]:
    """What is not told of a store after the loss of its Region, and what to do."""
    return [(each["why"], each["do"]) for each in store["disruptions"]["region"]["not_told"]]


def yaml(name: str, type_: str, properties: str) -> str:
    return f"Resources:\n  {name}:\n    Type: {type_}\n    Properties: {{{properties}}}\n"


ACCOUNT = "${AWS::AccountId}"


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        (f'!Sub "arn:${{AWS::Partition}}:rds:us-east-1:{ACCOUNT}:db:orders"', True),
        (f'!Sub "arn:aws:rds:us-east-1:{ACCOUNT}:db:other"', False),
        (f'!Sub "arn:aws:rds:us-east-1:{ACCOUNT}:db:${{Name}}"', None),
    ],
)
def test_a_source_is_named_with_pseudo_parameters(source: str, is_found: bool | None) -> None:
    instance = "AWS::RDS::DBInstance"
    second = "Parameters: {Name: {Type: String}}\n" + yaml("Copy", instance, f"SourceDBInstanceIdentifier: {source}")
    first = yaml("Orders", instance, "Engine: postgres, DBInstanceIdentifier: orders, BackupRetentionPeriod: 1")
    made = stores(SHOP, first_yaml=first, second_yaml=second)
    assert back(made["Orders"]) == ("promote" if is_found else "unknown" if is_found is None else "none")


RULE = "ReplicationConfiguration: {Role: r, Rules: [{Status: Enabled, %sDestination: {Bucket: %s}}]}"
TO = f'!Sub "arn:aws:s3:::copies-{ACCOUNT}"'


@pytest.mark.parametrize(
    ("part", "name", "way"),
    [
        ("", f'!Sub "copies-{ACCOUNT}"', "promote"),
        ("Filter: {Prefix: ''}, ", f'!Sub "copies-{ACCOUNT}"', "promote"),
        ("Filter: {Prefix: logs/}, ", f'!Sub "copies-{ACCOUNT}"', "unknown"),
        ("Prefix: logs/, ", f'!Sub "copies-{ACCOUNT}"', "unknown"),
        ("", f'!Sub "copies-{ACCOUNT}-${{AWS::Region}}"', "unknown"),
    ],
)
def test_a_bucket_is_replicated_to_one_of_another_stack(part: str, name: str, way: str) -> None:
    first = yaml("Files", "AWS::S3::Bucket", RULE % (part, TO))
    made = stores(SHOP, first_yaml=first, second_yaml=yaml("Copies", "AWS::S3::Bucket", f"BucketName: {name}"))
    assert back(made["Files"]) == way
    is_replica = "Region" not in name
    assert made["Copies"]["note"] == ("a replica of Files" if is_replica else None)


BUCKETS = """\
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias  = "second"
  region = "us-west-2"
}
resource "aws_s3_bucket" "files" {}
resource "aws_s3_bucket" "copies" {
  provider = aws.%s
}
resource "aws_s3_bucket_replication_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  rule {
    status = "Enabled"
    filter {
      prefix = "%s"
    }
    destination {
      bucket = aws_s3_bucket.copies.arn
    }
  }
}
"""
BACK = """\
resource "aws_s3_bucket_replication_configuration" "back" {
  provider = aws.second
  bucket   = aws_s3_bucket.copies.id
  rule {
    status = "Enabled"
    destination {
      bucket = aws_s3_bucket.files.arn
    }
  }
}
"""


def test_a_bucket_that_is_only_replicated_to_has_no_data_of_its_own() -> None:
    made = stores(REGIONS % "", main_tf=BUCKETS % ("second", ""))
    assert made["aws_s3_bucket.copies"]["note"] == "a replica of aws_s3_bucket.files"
    assert back(made["aws_s3_bucket.files"]) == "promote"
    because = [way["because"][0]["text"] for way in made["aws_s3_bucket.files"]["disruptions"]["region"]["ways"]]
    assert because == [
        "a replication rule to aws_s3_bucket.copies in us-west-2; it does not copy objects that were there before it"
    ]
    made = stores(REGIONS % "", main_tf=BUCKETS % ("second", "logs/"))
    assert back(made["aws_s3_bucket.files"]) == "unknown"
    [way] = made["aws_s3_bucket.files"]["disruptions"]["region"]["ways"]
    assert "a replication rule for logs/* to aws_s3_bucket.copies in us-west-2" in way["because"][0]["text"]
    made = stores(REGIONS % "", main_tf=BUCKETS % ("second", "") + BACK)
    assert made["aws_s3_bucket.copies"]["note"] is None


GROUP = "AWS::ElastiCache::ReplicationGroup"
WHOLE = """\
Resources:
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties: {Engine: valkey, NumCacheClusters: 2, AutomaticFailoverEnabled: true}
  Whole:
    Type: AWS::ElastiCache::GlobalReplicationGroup
    Properties: {GlobalReplicationGroupIdSuffix: shop, Members: [{ReplicationGroupId: !Ref Cache, Role: PRIMARY}]}
"""


@pytest.mark.parametrize(("named", "way"), [("ldgnf-shop", "promote"), ("sgaui-shop", "none"), ("ldgnf-other", "none")])
def test_a_secondary_names_its_datastore_with_the_prefix_of_the_primarys_region(named: str, way: str) -> None:
    second = yaml("Copy", GROUP, f"GlobalReplicationGroupId: {named}, NumCacheClusters: 2")
    made = stores(SHOP, first_yaml=WHOLE, second_yaml=second)
    every = made["Cache"]["disruptions"]["region"]["ways"]
    assert any("a secondary, Copy of another stack" in each["how"] and each["sure"] for each in every) is (
        way == "promote"
    )
    # That it is read leaves no doubt whether there is one.
    is_in_doubt = any(each["how"] == "secondary of the global datastore" and not each["sure"] for each in every)
    assert is_in_doubt is (way == "none")


PLAN = """\
resource "aws_dynamodb_table" "carts" {
  name = "carts"
  tags = { Backup = "daily" }
}
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
  tags   = { Backup = "daily" }
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    schedule          = "cron(0 5 * * ? *)"
    copy_action {
      destination_vault_arn = "arn:aws:backup:us-west-2:123456789012:backup-vault:copies"
    }
  }
}
resource "aws_backup_selection" "daily" {
  name         = "daily"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = aws_backup_plan.daily.id
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}
"""
SETTINGS = """\
resource "aws_backup_region_settings" "here" {
  resource_type_opt_in_preference = {
    "Aurora"   = true
    "DynamoDB" = false
  }
}
"""


def test_the_regions_settings_decide_what_is_selected_by_a_tag() -> None:
    made = stores(REGIONS % "", main_tf=PLAN)
    assert back(made["aws_dynamodb_table.carts"]) == "unknown"
    assert untold(made["aws_dynamodb_table.carts"]) == [
        ("whether its Region's settings opt in to DynamoDB", "declare `backup-opt-in: [DynamoDB]`")
    ]
    made = stores(REGIONS % "", main_tf=PLAN + SETTINGS)
    assert back(made["aws_rds_cluster.orders"]) == "restore"
    assert back(made["aws_dynamodb_table.carts"]) == "none"
    made = stores(REGIONS % ", backup-opt-in: [Aurora]", main_tf=PLAN)
    assert back(made["aws_rds_cluster.orders"]) == "restore"
    assert back(made["aws_dynamodb_table.carts"]) == "none"


OF_TEMPLATE = """\
Parameters: {Key: {Type: String}}
Resources:
  Carts:
    Type: AWS::DynamoDB::Table
    Properties: {TableName: carts, Tags: [{Key: Backup, Value: daily}]}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: Default
            CopyActions: [{DestinationBackupVaultArn: "arn:aws:backup:us-west-2:123456789012:backup-vault:copies"}]
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection: {SelectionName: s, IamRoleArn: "arn:aws:iam::123456789012:role/b", %s}
"""
TAGGED = "ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: %s, ConditionValue: daily}]"


@pytest.mark.parametrize(
    ("selected", "opt_in", "way", "why"),
    [
        (TAGGED % "Backup", "", "unknown", "whether its Region's settings opt in to DynamoDB"),
        (TAGGED % "Backup", ", backup-opt-in: [DynamoDB]", "restore", ""),
        (
            TAGGED % "!Ref Key",
            ", backup-opt-in: [DynamoDB]",
            "unknown",
            "whether it bears its tags of a plan's selection",
        ),
        (f'Resources: [!Sub "arn:aws:dynamodb:${{AWS::Region}}:{ACCOUNT}:table/carts"]', "", "restore", ""),
        (f'Resources: [!Sub "arn:aws:dynamodb:${{AWS::Region}}:{ACCOUNT}:table/*"]', "", "restore", ""),
        (f'Resources: [!Sub "arn:aws:dynamodb:${{AWS::Region}}:{ACCOUNT}:table/other"]', "", "none", ""),
        (
            'Resources: [!Sub "arn:aws:dynamodb:us-east-1:1:table/${Key}"]',
            "",
            "unknown",
            "whether the ARNs of a plan's selection name it",
        ),
    ],
)
def test_a_selection_says_why_it_may_not_select(selected: str, opt_in: str, way: str, why: str) -> None:
    made = stores(REGIONS % opt_in, a_yaml=OF_TEMPLATE % selected)
    assert back(made["Carts"]) == way
    if why:
        assert [words for words, _ in untold(made["Carts"])] == [why]


def test_no_service_is_opted_in_by_another_name() -> None:
    Path(".awslint-memo.yaml").write_text("recovery: {backup-opt-in: [Auroa]}\n")
    result = invoke("recovery")
    assert result.exit_code == 2
    assert 'recovery.backup-opt-in[0] must be a service such as Aurora, not "Auroa"' in result.stderr


GLOBAL = """\
Resources:
  Whole:
    Type: AWS::RDS::GlobalCluster
    Properties: {GlobalClusterIdentifier: shop, SourceDBClusterIdentifier: !Ref Db}
  Db: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, MasterUsername: u, ManageMasterUserPassword: true}}
"""


@pytest.mark.parametrize(
    ("named", "region", "is_refused"),
    [("shop", "us-east-1", True), ("shop", "us-west-2", False), ("x", "us-east-1", False)],
)
def test_two_stacks_have_clusters_of_one_global_database_in_one_region(
    named: str, region: str, is_refused: bool
) -> None:
    second = yaml("Copy", "AWS::RDS::DBCluster", f"Engine: aurora-mysql, GlobalClusterIdentifier: {named}")
    stores(SHOP.replace("us-west-2, paths", f"{region}, paths"), first_yaml=GLOBAL, second_yaml=second)
    found = json.loads(invoke("lint", "--format", "json", "--select", "aurora-global-members").stdout)["findings"]
    assert [(each["resource"], each["level"]) for each in found] == ([("Db", "error")] if is_refused else [])


ROOT = """\
provider "aws" {
  region = "%s"
}
resource "aws_rds_cluster" "%s" {
  engine                    = "aurora-mysql"
  global_cluster_identifier = "shop"
%s}
"""


@pytest.mark.parametrize(("region", "is_refused"), [("us-east-1", True), ("us-west-2", False)])
def test_two_roots_have_clusters_of_one_global_database_in_one_region(region: str, is_refused: bool) -> None:
    user = '  master_username = "u"\n  manage_master_user_password = true\n'
    files = {"one__main_tf": ROOT % ("us-east-1", "first", user), "two__main_tf": ROOT % (region, "second", "")}
    stores(SHOP, **files)
    found = json.loads(invoke("lint", "--format", "json", "--select", "aurora-global-members").stdout)["findings"]
    assert [each["resource"] for each in found] == (["aws_rds_cluster.first"] if is_refused else [])


@pytest.mark.parametrize(("service", "user"), [("DocDB", ", MasterUsername: a"), ("Neptune", "")])
@pytest.mark.parametrize(
    ("named", "way", "is_note"),
    [("whole", "promote", True), ("!Ref Name", "unknown", False), ("other", "unknown", False)],
)
def test_a_cluster_joins_the_global_one_of_another_stack(
    service: str, user: str, named: str, way: str, is_note: bool
) -> None:
    first = yaml("Whole", f"AWS::{service}::GlobalCluster", "GlobalClusterIdentifier: whole")
    properties = f"{{GlobalClusterIdentifier: !Ref Whole{user}}}"
    first += f"  First: {{Type: AWS::{service}::DBCluster, Properties: {properties}}}\n"
    second = (
        "Parameters: {Name: {Type: String}}\n"
        + yaml("Second", f"AWS::{service}::DBCluster", f"GlobalClusterIdentifier: {named}")
        + f"  Reader:\n    Type: AWS::{service}::DBInstance\n    Properties: {{DBClusterIdentifier: !Ref Second}}\n"
    )
    made = stores(SHOP, first_yaml=first, second_yaml=second)
    assert back(made["First"]) == way
    # A cluster of DocumentDB without a user is a secondary wherever its primary is.
    assert bool(made["Second"]["note"]) == (is_note or service == "DocDB")


@pytest.mark.parametrize(("control", "typical"), [("Enabled", 900), ("Disabled", None)])
def test_replication_to_another_stack_takes_as_long_as_its_control_says(control: str, typical: int | None) -> None:
    to = f"{{Bucket: 'arn:aws:s3:::copies', ReplicationTime: {{Status: {control}, Time: {{Minutes: 15}}}}}}"
    rule = f"ReplicationConfiguration: {{Role: r, Rules: [{{Status: Enabled, Destination: {to}}}]}}"
    first, second = yaml("Files", "AWS::S3::Bucket", rule), yaml("Copies", "AWS::S3::Bucket", "BucketName: copies")
    made = stores(SHOP, first_yaml=first, second_yaml=second)
    assert made["Files"]["disruptions"]["region"]["typical_in_secs"] == typical
