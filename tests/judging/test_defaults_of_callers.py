"""What a called module makes only if the root gives a value is told as decided by the root's default."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.readers.workspace import report, write

ROOT = """
terraform {
  backend "s3" {}
}

variable "host" {
  default = %s
}

module "balancer" {
  source = "./balancer"
  host   = var.host
}

resource "aws_ecs_service" "chat" {
  load_balancer {
    target_group_arn = module.balancer.chat
    container_name   = "chat"
    container_port   = 80
  }
}
"""

BALANCER = """
variable "host" {}

resource "aws_lb_target_group" "chat" {}

resource "aws_lb_listener_rule" "chat" {
  count        = var.host == null ? 0 : 1
  listener_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/1/2"

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.chat.arn
  }
}

output "chat" {
  value = aws_lb_target_group.chat.arn
}
"""


@pytest.mark.parametrize(("default", "levels"), [("null", ["advice"]), ('"api.example.com"', [])])
def test_a_rule_that_a_default_leaves_out(tmp_path: Path, default: str, levels: list[str]) -> None:
    write(tmp_path, {"main.tf": ROOT % default, "balancer/main.tf": BALANCER})
    findings = report(str(tmp_path), "--select", "ecs-target-unattached", "--advice")["findings"]
    assert [finding["level"] for finding in findings] == levels
    assert all("default of host" in finding["message"] for finding in findings)
