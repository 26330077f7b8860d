"""Types and arguments that newer versions of the AWS provider have, as rules read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.workspace import report, write

ALARM = """
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "Shop"
  metric_name         = "Errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Sum"
  threshold           = 0
}
"""

USERS = (
    """
resource "aws_arczonalshift_zonal_autoshift_configuration" "web" {
  resource_arn           = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/1"
  zonal_autoshift_status = "ENABLED"
  outcome_alarms {
    type             = "CLOUDWATCH"
    alarm_identifier = aws_cloudwatch_metric_alarm.errors.arn
  }
}
""",
    """
resource "aws_arcregionswitch_plan" "web" {
  name              = "web"
  execution_role    = "arn:aws:iam::123456789012:role/switch"
  recovery_approach = "activeActive"
  regions           = ["us-east-1", "us-west-2"]
  associated_alarms {
    map_block_key       = "errors"
    alarm_type          = "applicationHealth"
    resource_identifier = aws_cloudwatch_metric_alarm.errors.arn
  }
}
""",
    """
resource "aws_ecs_daemon" "agent" {
  name                       = "agent"
  daemon_task_definition_arn = "arn:aws:ecs:us-east-1:123456789012:daemon-task-definition/agent:1"
  capacity_provider_arns     = ["arn:aws:ecs:us-east-1:123456789012:capacity-provider/web"]
  deployment_configuration {
    alarms {
      enable      = true
      alarm_names = [aws_cloudwatch_metric_alarm.errors.alarm_name]
    }
  }
}
""",
)


def found(folder: Path, text: str, rule: str) -> list[dict[str, str]]:
    write(folder, {"main.tf": text})
    made = report(str(folder), "--advice")
    assert made["errors"] == []
    return [one for one in made["findings"] if one["rule"] == rule]


@pytest.mark.parametrize("user", USERS)
def test_an_alarm_on_whose_state_a_newer_type_acts_is_used(tmp_path: Path, user: str) -> None:
    (alone,) = found(tmp_path, ALARM, "alarm-without-action")
    assert alone["resource"] == "aws_cloudwatch_metric_alarm.errors"
    assert found(tmp_path, ALARM + user, "alarm-without-action") == []


TABLE = """
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5
}

resource "aws_dynamodb_global_secondary_index" "by_date" {
  table_name = aws_dynamodb_table.orders.name
  index_name = "by-date"
  provisioned_throughput {
    read_capacity_units  = 7
    write_capacity_units = 7
  }
}
"""


def test_an_index_that_is_a_resource_of_its_own_is_one_of_its_table(tmp_path: Path) -> None:
    (one,) = found(tmp_path, TABLE, "dynamodb-capacity-scaling")
    assert one["resource"] == "aws_dynamodb_table.orders"
    assert "reads of the index by-date (7/s)" in one["message"]


GROUP = """
resource "aws_autoscaling_group" "web" {
  min_size           = 2
  max_size           = 4
  availability_zones = ["eu-west-1a"]
  placement_group    = aws_placement_group.web.name
}

resource "aws_placement_group" "web" {
  name     = "web"
  strategy = "%s"
}
"""


@pytest.mark.parametrize(("strategy", "findings"), [("spread", 1), ("partition", 1), ("cluster", 0)])
def test_a_placement_group_says_whether_a_group_needs_one_zone(tmp_path: Path, strategy: str, findings: int) -> None:
    assert len(found(tmp_path, GROUP % strategy, "autoscaling-single-az")) == findings


RECORD = """
resource "aws_route53_record" "web" {
  zone_id = aws_route53_zone.main.zone_id
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 300
  records = [%s.dns_name]
}

resource "aws_route53_zone" "main" {
  name = "example.com"
}
"""
BALANCER = """
resource "aws_elb" "web" {
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}
"""
ACCELERATOR = """
resource "aws_globalaccelerator_accelerator" "web" {
  name = "web"
}
"""


@pytest.mark.parametrize(
    ("name", "target"), [("aws_elb.web", BALANCER), ("aws_globalaccelerator_accelerator.web", ACCELERATOR)]
)
def test_a_record_of_names_that_could_be_an_alias(tmp_path: Path, name: str, target: str) -> None:
    (one,) = found(tmp_path, RECORD % name + target, "route53-apex-cname")
    assert one["resource"] == "aws_route53_record.web"
    assert name in one["message"]
