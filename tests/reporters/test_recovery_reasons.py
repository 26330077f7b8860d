"""What `recovery` says of what it can't tell: why, and which file, variable or option would tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, printed
from tests.reporters.recovery_tables import rows, starting

DATABASE = """\
variable "standby" {
  type = bool
}

resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  multi_az                = var.standby
  backup_retention_period = 7
}
"""
CLOUDFORMATION = """\
Parameters: {Standby: {Type: String}}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: !Ref Standby, BackupRetentionPeriod: 7}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_standby_by_a_variable_is_no_miss_and_names_what_gives_it(here: Path) -> None:
    for name, text, words, option in (
        ("a.tf", DATABASE, "multi_az is not known, as the variable standby has no default", "by --var-file"),
        ("a.yaml", CLOUDFORMATION, "MultiAZ is not known, as parameter Standby has no default", "with --parameters"),
    ):
        wanted = "recovery: {rpo: 1h, rto: 10m, complete: true}\n"
        [line] = [row for row in rows(here, {name: text}, "--disruption", "az", configuration=wanted) if " az " in row]
        assert "5m typically, or less 1h ~ restore 10m ?" in line
        assert f"{words} (give it {option})" in line
        (here / name).unlink()


def test_what_a_broken_file_leaves_unknown_is_asked_of_that_file(here: Path) -> None:
    files = {
        "main.tf": 'provider "aws" {\n  region = var.region\n}\nmodule "data" {\n  source = "./modules/data"\n}\n',
        "variables.tf": 'variable "region" { type = string, default = "eu-west-1" }\n',
        "modules/data/main.tf": DATABASE.partition("\n\n")[2].replace("7", "var.days"),
        "modules/data/variables.tf": '\nvariable "days" { type = number, default = 7 }\n',
    }
    for name, text in files.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text, encoding="utf-8")
    (here / ".awslint-memo.yaml").write_text("recovery: {rpo: 1h}\n", encoding="utf-8")
    result = invoke("recovery")
    assert result.exit_code == 2
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    [zone] = [line for line in lines if line.startswith("RDS postgres hardware, az")]
    assert "mend modules/data/variables.tf:2, which could not be read" in zone
    assert "not told: the Region (mend variables.tf:1, which could not be read, or declare `regions`)" in lines
    [region] = [line for line in lines if line.startswith("region not told")]
    assert "not told: what modules/data/variables.tf holds, which could not be read (mend its line 2)" in region


POLICY = """\
  Copies:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: copies
      PolicyDocument:
        Statement: [{Effect: Allow, Action: "%s", Resource: "*"}]
"""
TABLE = "Resources:\n  Orders:\n    Type: AWS::DynamoDB::Table\n"
POLICY_TF = """\
resource "aws_dynamodb_table" "orders" {}
resource "aws_iam_role_policy" "copies" {
  role   = "r"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "%s", Resource = "*" }] })
}
"""


def test_a_program_that_may_make_copies_is_named_by_its_policy(here: Path) -> None:
    for name, text, at in (
        ("a.yaml", TABLE + POLICY % "dynamodb:CreateBackup", 9),
        ("a.tf", POLICY_TF % "dynamodb:CreateBackup", 4),
    ):
        [line] = [line for line in rows(here, {name: text}, "--disruption", "software") if " software " in line]
        assert f"{name}:{at} a policy that lets a program make copies" in line
        doubt = f"which copies a program makes by the policy at {name}:{at} (declare them under `elsewhere`)"
        assert f"not told: {doubt}" in line
        (here / name).unlink()


def test_a_program_that_may_make_a_table_global_keeps_from_saying_that_it_has_no_copy(here: Path) -> None:
    for name, text, title in (
        ("a.yaml", TABLE + POLICY % "dynamodb:CreateGlobalTable", "Orders"),
        ("a.tf", POLICY_TF % "dynamodb:CreateGlobalTable", "aws_dynamodb_table.orders"),
    ):
        lines = rows(here, {name: text})
        assert f"whether {title} has a copy in eu-central-1 is not told" in starting(lines, "strategy:")
        (here / name).unlink()


def test_a_policy_that_is_not_known_is_told_from_one_that_allows_it(here: Path) -> None:
    text = TABLE + POLICY.partition("        Statement")[0].replace(
        "      PolicyDocument:\n", "      PolicyDocument: !Ref Document\n"
    )
    text = "Parameters: {Document: {Type: String}}\n" + text
    [line] = [line for line in rows(here, {"a.yaml": text}, "--disruption", "software") if " software " in line]
    assert "a policy that is not known, which may let a program make copies" in line


DATABASE_TF = 'resource "aws_db_instance" "orders" {\n  engine = "postgres"\n  backup_retention_period = 7\n}\n'
FILLED_IN = """\
variable "partition" {}
data "template_file" "policy" {
  template = file("${path.module}/policy.json")
  vars     = { partition = var.partition }
}
resource "aws_iam_policy" "bucket" {
  policy = data.template_file.policy.rendered
}
"""
TEMPLATE = """\
{"Statement": [{
  "Effect": "Allow", "Action": "%s",
  "Resource": "arn:${partition}:s3:::orders/$${aws:username}/*"
}]}
"""


@pytest.mark.parametrize(("action", "lets"), [("s3:PutObject", False), ("rds:CopyDBSnapshot", True)])
def test_a_policy_in_a_template_beside_it_is_read(here: Path, action: str, lets: bool) -> None:
    files = {"main.tf": DATABASE_TF + FILLED_IN, "policy.json": TEMPLATE % action}
    text = "\n".join(rows(here, files, "--disruption", "region"))
    assert "aws_db_instance.orders" in text
    assert "not known, which may let" not in text
    assert ("a policy that lets a program make copies" in text) is lets


BRANCHES_TF = """\
data "aws_partition" "here" {}
data "aws_iam_policy_document" "mail" {
  statement {
    actions   = ["ses:*"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "other" {
  statement {
    actions   = ["%s"]
    resources = ["*"]
  }
}
locals {
  is_special = data.aws_partition.here.partition == "aws-us-gov"
}
resource "aws_iam_policy" "mail" {
  policy = local.is_special ? data.aws_iam_policy_document.mail.json : data.aws_iam_policy_document.other.json
}
"""
BRANCHES = """\
Conditions: {IsSpecial: !Equals [!Ref AWS::Partition, aws-us-gov]}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: 7}
  Mail:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: mail
      PolicyDocument: !If
        - IsSpecial
        - Statement: [{Effect: Allow, Action: "ses:*", Resource: "*"}]
        - Statement: [{Effect: Allow, Action: "%s", Resource: "*"}]
"""


@pytest.mark.parametrize(("action", "lets"), [("route53:ListHostedZones", False), ("rds:CreateDBSnapshot", True)])
def test_of_a_policy_that_is_one_of_two_both_are_read(here: Path, action: str, lets: bool) -> None:
    for name, text in (("main.tf", DATABASE_TF + BRANCHES_TF % action), ("main.yaml", BRANCHES % action)):
        table = "\n".join(rows(here, {name: text}, "--disruption", "region"))
        assert "RDS postgres" in table
        assert "not known, which may let" not in table
        assert ("a policy that lets a program make copies" in table) is lets
        (here / name).unlink()


def test_a_policy_with_actions_that_are_not_known_is_not_said_to_let(here: Path) -> None:
    variable = 'variable "action" {}\n'
    for name, text in (
        ("a.yaml", "Parameters: {Action: {Type: String}}\n" + TABLE + POLICY.replace('"%s"', "!Ref Action")),
        ("a.tf", variable + POLICY_TF.replace('"%s"', "var.action")),
    ):
        [line] = [line for line in rows(here, {name: text}, "--disruption", "software") if " software " in line]
        assert "a policy that is not known, which may let a program make copies" in line
        (here / name).unlink()


TASK = "  Copy: {Type: AWS::DataSync::Task, Properties: {SourceLocationArn: x, DestinationLocationArn: y}}\n"


def test_a_service_that_may_copy_is_named(here: Path) -> None:
    bucket = "Resources:\n  Files: {Type: AWS::S3::Bucket}\n" + TASK
    [line] = [line for line in rows(here, {"a.yaml": bucket}, "--disruption", "region") if " region " in line]
    assert "a.yaml:3 Copy may make copies; not told: which copies Copy makes (declare them under `elsewhere`)" in line
    text = 'resource "aws_s3_bucket" "files" {}\nresource "aws_datasync_task" "copy" {}\n'
    (here / "a.yaml").unlink()
    [line] = [line for line in rows(here, {"a.tf": text}, "--disruption", "region") if " region " in line]
    assert "which copies aws_datasync_task.copy makes (declare them under `elsewhere`)" in line


def test_a_store_in_a_region_that_a_variable_gives_is_not_said_to_have_no_copy(here: Path) -> None:
    text = """\
    variable "first" {}
    variable "second" {}
    provider "aws" {
      region = var.first
    }
    provider "aws" {
      alias  = "second"
      region = var.second
    }
    resource "aws_s3_bucket" "files" {}
    resource "aws_s3_bucket" "others" {
      provider = aws.second
    }
    """
    lines = rows(here, {"a.tf": text})
    strategy = starting(lines, "strategy:")
    assert "whether aws_s3_bucket.files and aws_s3_bucket.others have a copy in eu-central-1 is not told" in strategy
    assert "not told: the Region (give var.first and var.second by --var-file)" in lines
    values = 'first = "eu-west-1"\nsecond = "eu-central-1"\n'
    (here / "live.tfvars").write_text(values, encoding="utf-8")
    strategy = starting(rows(here, {"a.tf": text}, "--var-file", "live.tfvars"), "strategy:")
    assert "aws_s3_bucket.files has no copy in eu-central-1 by what was read" in strategy
    assert "others" not in strategy


def test_a_store_of_several_deployments_is_named_once_in_a_strategy(here: Path) -> None:
    text = 'variable "size" {}\nresource "aws_s3_bucket" "files" {\n  bucket = var.size\n}\n'
    files = {"a.tf": text, "env/one.tfvars": 'size = "a"\n', "env/two.tfvars": 'size = "b"\n'}
    strategy = starting(rows(here, files), "strategy:")
    assert strategy.count("aws_s3_bucket.files") == 1


def test_files_of_values_that_were_taken_or_not_are_told(here: Path) -> None:
    """A file of an environment that sets one more than the root has a variable for is of that root all the same."""
    names = [f"v{number}" for number in range(20)]
    text = "".join(f'variable "{name}" {{}}\n' for name in names) + 'resource "aws_s3_bucket" "files" {}\n'
    given = "".join(f'{name} = "x"\n' for name in names)
    files = {"live/a.tf": text, "env/prod.tfvars": f'{given}gone = "x"\n', "env/other.tfvars": 'gone = "x"\nv1 = "x"\n'}
    rows(here, files, "live")
    told = invoke("recovery", "live").stderr
    assert "judged as deployments, not the default values alone: env/prod.tfvars; name yours with --var-file" in told
    assert "env/other.tfvars fits no root module here, so not judged; name it with --var-file" in told


SEARCH = """\
Resources:
  Search:
    Type: AWS::%s::Domain
    Properties: {%s: {InstanceCount: 2, ZoneAwarenessEnabled: true}}
"""
SEARCH_TF = """\
resource "aws_%s_domain" "search" {
  cluster_config {
    instance_count         = 2
    zone_awareness_enabled = true
  }
}
"""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "a.yaml",
            SEARCH % ("OpenSearchService", "ClusterConfig"),
            "InstanceCount 2; a.yaml:4 ZoneAwarenessEnabled true",
        ),
        ("a.yaml", SEARCH % ("Elasticsearch", "ElasticsearchClusterConfig"), "InstanceCount 2; a.yaml:4"),
        (
            "a.tf",
            SEARCH_TF % "opensearch",
            "cluster_config.instance_count 2; a.tf:4 cluster_config.zone_aw",
        ),
        (
            "a.tf",
            SEARCH_TF % "elasticsearch",
            "cluster_config.instance_count 2; a.tf:4 cluster_config.zone_aw",
        ),
    ],
)
def test_a_domain_of_search_tells_its_nodes_and_whom_to_ask_for_replicas(
    here: Path, name: str, text: str, words: str
) -> None:
    [line] = [line for line in rows(here, {name: text}, "--disruption", "az") if " az " in line]
    assert words in line
    assert "not told: how many replicas each index has, by default 1 (ask the domain: GET _cat/indices)" in line
    page = "opensearch-service/latest/developerguide/managedomains-multiaz.html"
    assert page in printed("recovery", "--format", "json", "--disruption", "az")


def test_the_engine_of_a_version_that_is_looked_up_is_known(here: Path) -> None:
    text = """\
    data "aws_rds_engine_version" "this" {
      engine  = "aurora-postgresql"
      version = "13.13"
    }
    locals {
      is_mysql = data.aws_rds_engine_version.this.engine == "aurora-mysql"
    }
    resource "aws_rds_cluster" "orders" {
      engine                  = data.aws_rds_engine_version.this.engine
      engine_version          = data.aws_rds_engine_version.this.version
      backtrack_window        = local.is_mysql ? 3600 : 0
      backup_retention_period = 7
    }
    """
    line = starting(rows(here, {"a.tf": text}), "aws_rds_cluster.orders software")
    assert "5m typically, 7d back" in line
    assert "backtrack" not in line


CACHE = """\
variable "nodes" {}
provider "aws" {
  region = "eu-west-1"
}
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  automatic_failover_enabled = %s
  %s
}
"""
NOT_COUNTED = "not told: whether there is a replica that takes over: how many there are is not known"


@pytest.mark.parametrize(
    ("fails_over", "nodes", "reason", "back"),
    [
        # ElastiCache makes no group of one node that is to fail over.
        ("true", "num_cache_clusters = var.nodes", "not told: how far a replica is behind", "failover"),
        ("true", "replicas_per_node_group = var.nodes", f"{NOT_COUNTED} (write replicas_per_node_group", "not told"),
        ("var.nodes", "num_cache_clusters = var.nodes", "as the variable nodes has no default (give it by", "not told"),
    ],
)
def test_a_replica_is_told_by_the_number_of_nodes(
    here: Path, fails_over: str, nodes: str, reason: str, back: str
) -> None:
    lines = rows(here, {"main.tf": CACHE % (fails_over, nodes)})
    [line] = [line for line in lines if line.startswith("ElastiCache") and " hardware " in line]
    assert reason in line
    assert f"1h ? {back} " in line
    zone = starting(lines, "az ")
    assert "MultiAZEnabled" not in zone
    assert "elsewhere" not in line.partition(reason)[2]
