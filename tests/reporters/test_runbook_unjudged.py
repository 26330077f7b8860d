"""What runbooks and strategies say of users, messages and workloads, which no template has, and of networks; and that
deployments with the same steps have one runbook.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting
from tests.reporters.test_runbook import runbooks

APART = """\
recovery:
  {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h, strategy: hot-standby, applications: {shop: {paths: ["*"]}}}
deployments:
  home: {AWS::Region: eu-west-1, paths: [a.yaml]}
  away: {AWS::Region: eu-central-1, paths: [a.yaml]}
  pool: {AWS::Region: eu-west-1, paths: [b.yaml]}
"""
SERVED = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Work: {Type: AWS::Lambda::Function, Properties: {Handler: a.b}}
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {ProtocolType: HTTP}}
"""
POOL = "Resources:\n  Users: {Type: AWS::Cognito::UserPool}\n"
ROOT_POOL = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_cognito_user_pool" "users" {
  name = "users"
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def strategy(here: Path, files: dict[str, str], configuration: str = APART) -> str:
    return starting(rows(here, files, configuration=configuration), "strategy of shop:")


@pytest.mark.parametrize(
    ("files", "title"),
    [({"b.yaml": POOL}, "Users"), ({"main.tf": ROOT_POOL}, "aws_cognito_user_pool.users")],
)
def test_where_users_can_not_sign_in_nothing_is_surely_a_standby(here: Path, files: dict[str, str], title: str) -> None:
    """The users of a pool are in its Region, and whether it is replicated stands in no template."""
    assert "hot-standby (.awslint-memo.yaml:1); hot-standby by what was read" in strategy(here, {"a.yaml": SERVED})
    told = strategy(here, {"a.yaml": SERVED, **files})
    assert "between pilot-light and hot-standby by what was read; for warm-standby: whether users can sign in" in told
    assert f"the user pool {title} is in eu-west-1" in told


def test_a_pool_of_the_other_region_is_lost_with_no_other(here: Path) -> None:
    apart = APART.replace("pool: {AWS::Region: eu-west-1", "pool: {AWS::Region: eu-central-1")
    assert "sign in" not in strategy(here, {"a.yaml": SERVED, "b.yaml": POOL}, apart)


MORE = """\
  Events: {Type: AWS::MSK::Cluster, Properties: {ClusterName: events}}
  Kube: {Type: AWS::EKS::Cluster, Properties: {Name: kube}}
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties: {ClusterName: !Ref Kube, ScalingConfig: {MinSize: 2, DesiredSize: 2, MaxSize: 2}}
"""


def named(runbook: dict[str, Any], start: str) -> dict[str, Any]:
    [task] = [each for each in runbook["tasks"] if each["what"].startswith(start)]
    found: dict[str, Any] = task
    return found


def test_users_messages_and_workloads_have_steps(here: Path) -> None:
    [runbook] = runbooks("region", APART, a_yaml=SERVED, b_yaml=POOL + MORE)
    by_what = {each["what"]: each for each in runbook["questions"]}
    users = by_what["whether Users has a replica in eu-central-1, for users to sign in"]
    assert users["commands"][0].startswith("aws cognito-idp list-user-pool-replicas --region eu-west-1")
    assert "update-user-pool-replica --region eu-central-1" in users["then"]["commands"][0]
    assert any("passwords are in none, so each user sets a new one" in note for note in users["notes"])
    messages = by_what["whether a replicator copies Events to eu-central-1"]
    assert messages["then"]["commands"][0].startswith("aws kafka get-bootstrap-brokers --region eu-central-1")
    workloads = named(runbook, "See that what runs in Kube runs in the cluster of eu-central-1")
    assert workloads["commands"] == ["aws eks update-kubeconfig --region eu-central-1 --name kube"]
    made = named(runbook, "Deploy b.yaml in eu-central-1: Kube and Nodes")
    assert made["number"] < workloads["number"]
    told = printed("recovery", "--runbook", "region")
    assert (
        "asks whether Users has a replica in eu-central-1, for users to sign in; it has the commands, and says what"
        in told
    )


def test_a_root_has_the_same_steps(here: Path) -> None:
    root = ROOT_POOL + 'resource "aws_msk_cluster" "events" {\n  cluster_name = "events"\n}\n'
    root += 'resource "aws_lambda_function" "work" {\n  function_name = "work"\n  role = "work"\n}\n'
    root += 'resource "aws_eks_cluster" "kube" {\n  name = "kube"\n  role_arn = "kube"\n}\n'
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}\n"
    [runbook] = runbooks("region", configuration, main_tf=root)
    asked = [each["what"] for each in runbook["questions"]]
    assert "whether aws_cognito_user_pool.users has a replica in eu-central-1, for users to sign in" in asked
    assert "whether a replicator copies aws_msk_cluster.events to eu-central-1" in asked
    assert named(runbook, "See that what runs in aws_eks_cluster.kube runs in the cluster of eu-central-1")


DATABASE = """\
Resources:
  Net: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: a, SubnetIds: [subnet-1, subnet-2]}}
  Door: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: vpc-1}}
  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders
      Engine: postgres
      DBInstanceClass: db.m7g.large
      DBSubnetGroupName: !Ref Net
      VPCSecurityGroups: [!Ref Door]
      AutomaticBackupReplicationRegion: eu-central-1
"""
ROOT_DATABASE = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "away"
  region = "eu-central-1"
}
resource "aws_db_subnet_group" "net" {
  subnet_ids = ["subnet-1", "subnet-2"]
}
resource "aws_security_group" "door" {
  vpc_id = "vpc-1"
}
resource "aws_db_instance" "db" {
  identifier             = "orders"
  engine                 = "postgres"
  instance_class         = "db.m7g.large"
  backup_retention_period = 7
  db_subnet_group_name   = aws_db_subnet_group.net.name
  vpc_security_group_ids = [aws_security_group.door.id]
}
resource "aws_db_instance_automated_backups_replication" "db" {
  provider               = aws.away
  source_db_instance_arn = aws_db_instance.db.arn
}
"""


@pytest.mark.parametrize(
    ("name", "text", "net", "door"),
    [
        ("a.yaml", DATABASE, "Net", "Door"),
        ("main.tf", ROOT_DATABASE, "aws_db_subnet_group.net", "aws_security_group.door"),
    ],
)
def test_a_restored_database_needs_a_network_there(here: Path, name: str, text: str, net: str, door: str) -> None:
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}\n"
    lines = rows(here, {name: text}, configuration=configuration)
    assert starting(lines, f"needed in eu-central-1, not there: subnet group {net} for")
    assert starting(lines, f"needed in eu-central-1, not there: security group {door} for")
    [runbook] = runbooks("region", configuration, **{name.replace(".", "_"): text})
    network = named(runbook, f"See that eu-central-1 has the subnet group {net}")
    assert network["commands"][0].startswith("aws rds describe-db-subnet-groups --region eu-central-1")
    restore = next(each for each in runbook["tasks"] if each["what"].startswith("Restore "))
    assert network["number"] < restore["number"]


def test_a_network_that_is_there_is_not_asked_for(here: Path) -> None:
    there = ROOT_DATABASE.replace(
        'resource "aws_db_instance" "db"',
        'resource "aws_db_subnet_group" "away_net" {\n  provider = aws.away\n  subnet_ids = ["subnet-3"]\n}\n'
        'resource "aws_db_instance" "db"',
    ).replace('"aws_db_subnet_group" "away_net"', '"aws_db_subnet_group" "net_away"')
    lines = rows(here, {"main.tf": there}, configuration="recovery: {regions: [eu-west-1, eu-central-1]}\n")
    assert not any("not there: subnet group" in line for line in lines)


PAIR = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}\n"
LONE = "".join(ROOT_DATABASE.partition('resource "aws_db_instance_automated')[:1])
LONE_IN_A_STACK = DATABASE.replace("      AutomaticBackupReplicationRegion: eu-central-1\n", "")


def test_what_may_be_restored_needs_its_network_first(here: Path) -> None:
    [runbook] = runbooks("region", PAIR, main_tf=LONE)
    tasks = [each["what"] for each in runbook["tasks"]]
    restored = next(at for at, what in enumerate(tasks) if "has a backup or copy" in what)
    made = [at for at, what in enumerate(tasks) if "has the subnet group" in what or "has the security group" in what]
    assert len(made) == 2
    assert max(made) < restored
    notes = [note for each in runbook["questions"] for note in each["notes"]]
    assert "A restore there needs a subnet group and a security group of eu-central-1 first." in notes


def test_a_stack_makes_the_network_of_what_may_be_restored(here: Path) -> None:
    home = "deployments: {home: {AWS::Region: eu-west-1}}\n"
    [runbook] = runbooks("region", home + PAIR, a_yaml=LONE_IN_A_STACK)
    notes = [note for each in runbook["questions"] for note in each["notes"]]
    needs = "A restore there needs a subnet group and a security group of eu-central-1 first"
    assert f"{needs}, which the deployment there makes: deploy that without Db before." in notes


def test_what_may_be_restored_is_left_out_of_the_first_apply(here: Path) -> None:
    root = LONE + 'resource "aws_ecs_service" "shop" {\n  name = "shop"\n  desired_count = 2\n}\n'
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}\n"
    [runbook] = runbooks("region", configuration, main_tf=root)
    made = named(runbook, "Make in eu-central-1")
    assert any(
        note.startswith("Where aws_db_instance.db is restored or promoted, leave it out") for note in made["notes"]
    )
    notes = " ".join(note for each in runbook["questions"] for note in each["notes"])
    assert "which the deployment there makes: deploy that without aws_db_instance.db before" in notes


def test_a_network_of_another_region_is_none_of_a_database(here: Path) -> None:
    doors = """\
    variable "place" {
    }
    resource "aws_security_group" "away_door" {
      provider = aws.away
      vpc_id   = "vpc-2"
    }
    locals {
      doors = { first = aws_security_group.door.id, second = aws_security_group.away_door.id }
    }
    """
    by_key = ROOT_DATABASE.replace("aws_security_group.door.id", "local.doors[var.place]") + doors
    lines = rows(here, {"main.tf": by_key}, configuration="recovery: {regions: [eu-west-1, eu-central-1]}\n")
    needed = [line for line in lines if line.startswith("needed in") and "security group" in line]
    assert len(needed) == 1
    assert "aws_security_group.door for aws_db_instance.db" in needed[0]


SEVERAL = """\
recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h}
deployments:
  one: {AWS::Region: eu-west-1, Size: small, paths: [a.yaml]}
  two: {AWS::Region: eu-west-1, Size: small, paths: [a.yaml]}
  three: {AWS::Region: eu-west-1, Size: small, paths: [a.yaml]}
"""
SIZED = """\
Parameters: {Size: {Type: String}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, BackupRetentionPeriod: 7}
"""


def test_deployments_with_the_same_steps_have_one_runbook(here: Path) -> None:
    every = runbooks("software", SEVERAL, a_yaml=SIZED)
    assert [each["deployments"] for each in every] == [["one"], ["two"], ["three"]]
    for form in ("text", "markdown"):
        told = printed("recovery", "--runbook", "software", "--format", form)
        assert told.count("Runbook of a.yaml, deployed as one: ") == told.count("Runbook of a.yaml") == 1
        assert "Also for: two and three; each by itself, with its own identifiers." in told
        assert "An account has one of a name in a Region (orders): each needs its own account." in told
    # What differs in its steps has its own.
    other = SIZED.replace("DBInstanceIdentifier: orders", "DBInstanceIdentifier: !Ref Size")
    runbooks("software", SEVERAL.replace("small, paths", "large, paths", 1), a_yaml=other)
    told = printed("recovery", "--runbook", "software")
    assert told.count("Runbook of a.yaml") == 2
    assert "Also for: three; each by itself" in told
