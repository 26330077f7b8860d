"""Runbooks for the loss of a zone: what starts nothing, what is turned off, and what follows a restored store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.reporters.test_runbook import NETWORK, REGIONS, REPLICA, SERVICES, SIZES, runbooks, steps
from tests.reporters.test_runbook_controls import AWAY, HOME, control, name
from tests.reporters.test_runbook_controls import TABLE as CONTROLLED


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


GROUP = """\
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {AutoScalingGroupName: web, MinSize: "2", MaxSize: "2", VPCZoneIdentifier: [%s],
      LaunchTemplate: {LaunchTemplateId: lt-1, Version: "1"}}
"""
GROUP_TF = """\
variable "subnet" {}
resource "aws_autoscaling_group" "web" {
  name                = "web"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = [%s]
}
"""


@pytest.mark.parametrize(
    ("kind", "text", "one", "several"),
    [
        ("a_yaml", GROUP, '!ImportValue "network-subnet-a"', "subnet-1, subnet-2"),
        ("main_tf", GROUP_TF, "var.subnet", '"subnet-1", "subnet-2"'),
    ],
)
def test_whether_a_group_of_one_item_has_a_zone_left_is_asked(
    here: Path, kind: str, text: str, one: str, several: str
) -> None:
    [runbook] = runbooks("az", REGIONS, **{kind: text % one})
    [question] = [each for each in runbook["questions"] if "has a subnet in another zone" in each["what"]]
    assert question["then"]["what"].endswith("give it a subnet in another one: all its instances are in one")
    assert "--auto-scaling-group-names web" in question["commands"][0]
    assert not any(task["what"].startswith("Wait: Auto Scaling") for task in runbook["tasks"])
    waits = [task["what"] for task in steps("az", REGIONS, **{kind: text % several})]
    assert any(what.startswith("Wait: Auto Scaling starts") for what in waits)


def _parts(*checks: str) -> str:
    weights = [name(f"Part{check}", "www", "Weight: 1", HOME, f"{check}Check") for check in checks]
    return CONTROLLED + "".join(control(each) for each in ("One", "Two")) + "".join(weights)


def test_the_control_of_the_lost_zone_is_turned_off(here: Path) -> None:
    [runbook] = runbooks("az", REGIONS, a_yaml=_parts("One", "Two"))
    [question] = runbook["questions"]
    assert question["what"] == "which of the routing controls One and Two is for the zone that is lost, if one is"
    [call] = question["then"]["commands"]
    assert "update-routing-control-states" in call
    assert call.endswith("RoutingControlState=Off")


def test_a_control_of_another_region_is_for_no_zone(here: Path) -> None:
    away = name("PartTwo", "www", "Weight: 1", AWAY, "TwoCheck")
    every = runbooks("az", REGIONS, a_yaml=_parts("One") + away)
    assert not any("for the zone" in each["what"] for runbook in every for each in runbook["questions"])


ALONE = REPLICA.replace("multi_az                = true", "multi_az                = false")
STACK = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceIdentifier: orders, Engine: postgres, DBInstanceClass: db.t3.large, BackupRetentionPeriod: 7}
  Copy: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Orders}}
"""


@pytest.mark.parametrize(
    ("kind", "text", "copy"),
    [("main_tf", ALONE, "aws_db_instance.copy"), ("a_yaml", STACK, "Copy")],
)
@pytest.mark.parametrize("disruption", ["az", "software"])
def test_a_restored_instance_takes_the_name_once_nothing_writes_and_gets_new_replicas(
    here: Path, disruption: str, kind: str, text: str, copy: str
) -> None:
    tasks: list[Any] = steps(disruption, REGIONS, **{kind: text})
    [restored] = [task for task in tasks if "beside itself" in task["what"] and copy not in task["what"]]
    assert any(
        note.startswith("Stop what writes to it before the old one gives up its name") for note in restored["notes"]
    )
    follows = f"{copy} follows the old instance: make it anew as a replica of the restored one, or no copy is kept."
    assert follows in restored["notes"]


GLOBAL = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_rds_global_cluster" "all" {
  global_cluster_identifier = "all"
  engine                    = "aurora-postgresql"
}
resource "aws_rds_cluster" "orders" {
  cluster_identifier        = "orders"
  engine                    = "aurora-postgresql"
  master_username           = "orders"
  backup_retention_period   = 7
  global_cluster_identifier = LED
}
"""


def test_a_restored_cluster_is_in_no_global_one(here: Path) -> None:
    note = "The restored cluster is in no global cluster: its secondaries follow the old one until they are made anew."
    for led, expected in (("aws_rds_global_cluster.all.id", True), ("null", False)):
        tasks = steps("software", REGIONS, main_tf=GLOBAL.replace("LED", led))
        assert any(note in task["notes"] for task in tasks) == expected


def test_a_nat_gateway_is_waited_for_before_routes_lead_to_it(here: Path) -> None:
    [task] = [each for each in steps("az", SIZES, a_yaml=SERVICES + NETWORK) if "make it again" in each["what"]]
    assert [command.split()[2] for command in task["commands"]] == ["create-nat-gateway", "wait", "replace-route"]


UNTOLD = """\
variable "second" {}
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = var.second
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}
resource "aws_ecs_service" "home" {
  name          = "home"
  desired_count = 2
}
resource "aws_ecs_service" "other" {
  provider      = aws.second
  name          = "other"
  desired_count = 2
}
"""


def test_what_may_be_in_another_region_is_waited_for_only_where_it_is_in_this(here: Path) -> None:
    waits = [task for task in steps("az", REGIONS, main_tf=UNTOLD) if task["what"].startswith("Wait: ECS")]
    noted = {task["what"].split()[5]: [note for note in task["notes"] if "which is not told" in note] for task in waits}
    assert noted["aws_ecs_service.home"] == []
    [note] = noted["aws_ecs_service.other"]
    assert note.startswith("Only where aws_ecs_service.other is in eu-west-1, which is not told: ")


ON_INSTANCES = """\
Resources:
  Api:
    Type: AWS::ECS::Service
    Properties: {ServiceName: api, Cluster: shop, DesiredCount: 2, LaunchType: %s%s}
"""
IN_TWO = ", NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-1, subnet-2]}}"
OWN_GROUP = GROUP.partition("\n")[2] % "subnet-1, subnet-2"


@pytest.mark.parametrize(
    ("launch", "more", "is_asked"), [("EC2", "", True), ("EC2", OWN_GROUP, False), ("FARGATE", "", False)]
)
def test_tasks_on_instances_that_were_not_read_are_not_said_to_start(
    here: Path, launch: str, more: str, is_asked: bool
) -> None:
    [runbook] = runbooks("az", REGIONS, a_yaml=ON_INSTANCES % (launch, IN_TWO) + more)
    what = "whether the cluster of Api has instances with room in a zone that is left"
    [*asked] = [each for each in runbook["questions"] if each["what"] == what]
    assert bool(asked) is is_asked
    assert any(task["what"].startswith("Wait: ECS") for task in runbook["tasks"]) is not is_asked
    if asked:
        assert "ecs list-attributes" in asked[0]["commands"][0]
        assert "--cluster shop" in asked[0]["commands"][0]


ENVIRONMENT = """\
Resources:
  Web: {Type: AWS::ElasticBeanstalk::Environment, Properties: {ApplicationName: shop, EnvironmentName: web}}
"""


def test_whether_an_environment_has_a_zone_left_is_asked(here: Path) -> None:
    [runbook] = runbooks("az", REGIONS, a_yaml=ENVIRONMENT)
    [question] = runbook["questions"]
    assert question["what"] == "whether Web has a subnet in another zone than that of its instances"
    [group] = runbook["fill_in"]
    assert "elasticbeanstalk describe-environment-resources" in group["find"]
    assert "--environment-name web" in group["find"]


MACHINE = """\
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-1, CidrBlock: 10.0.0.0/24}}
  Node: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, SubnetId: !Ref Subnet}}
  Data: {Type: AWS::EC2::Volume, Properties: {Size: 9, AvailabilityZone: !GetAtt Node.AvailabilityZone}}
  Joined: {Type: AWS::EC2::VolumeAttachment, Properties: {InstanceId: !Ref Node, VolumeId: !Ref Data}}
  Name: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: node.example.com, Type: A, TTL: "300",
    ResourceRecords: [!GetAtt Node.PublicIp]}}
"""
MACHINE_TF = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_subnet" "own" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.0.0/24"
}
resource "aws_instance" "node" {
  ami       = "ami-1"
  subnet_id = aws_subnet.own.id
}
resource "aws_ebs_volume" "data" {
  size              = 9
  availability_zone = "eu-west-1a"
}
resource "aws_volume_attachment" "data" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data.id
  instance_id = aws_instance.node.id
}
resource "aws_route53_record" "node" {
  zone_id = "Z1"
  name    = "node.example.com"
  type    = "A"
  ttl     = 300
  records = [aws_instance.node.public_ip]
}
"""


@pytest.mark.parametrize(
    ("kind", "text", "volume"), [("a_yaml", MACHINE, "Data"), ("main_tf", MACHINE_TF, "aws_ebs_volume.data")]
)
def test_what_an_instance_leaves_behind_in_its_zone_is_told(here: Path, kind: str, text: str, volume: str) -> None:
    [task] = [task for task in steps("az", REGIONS, **{kind: text}) if "make it again in another one" in task["what"]]
    attached, subnet, address = task["notes"]
    assert attached.startswith(f"{volume} is attached to it, and a volume can be attached in its own zone alone")
    assert subnet.startswith("Its subnet is in the zone too")
    assert "see that node.example.com (kept for 5m), which has the address of this one, leads to that" in address
    alone = text.replace("ResourceRecords: [!GetAtt Node.PublicIp]", "ResourceRecords: [192.0.2.1]")
    alone = alone.replace("[aws_instance.node.public_ip]", '["192.0.2.1"]')
    [task] = [task for task in steps("az", REGIONS, **{kind: alone}) if "make it again in another" in task["what"]]
    assert len(task["notes"]) == 2


def test_a_gateway_that_is_made_again_needs_a_public_subnet_and_has_another_address(here: Path) -> None:
    tasks = steps("az", SIZES, shop_yaml=SERVICES + NETWORK)
    [task] = [task for task in tasks if "lead the routes to it" in task["what"]]
    first, second = task["notes"]
    assert first.startswith("If no public subnet is left, make one first")
    assert second.startswith("It has another address than before")
