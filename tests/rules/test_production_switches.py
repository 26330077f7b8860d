"""What the values of production switch off, in files of variables as people write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from awslint_memo.cli import main

QUEUE = """
variable "active" { default = true }

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "work"
  enabled          = var.active
}
"""

JOBS = """
variable "jobs" {
  type = map(object({ state = optional(string, "ENABLED") }))
}

resource "aws_scheduler_schedule" "job" {
  for_each            = var.jobs
  name                = each.key
  schedule_expression = "rate(1 day)"
  state               = each.value.state
}
"""

RULE = """
variable "state" { default = "ENABLED" }

resource "aws_cloudwatch_event_rule" "health" {
  event_pattern = jsonencode({ source = ["aws.health"] })
  state         = var.state
}

resource "aws_cloudwatch_event_target" "health" {
  rule = aws_cloudwatch_event_rule.health.name
  arn  = "arn:aws:sqs:eu-west-1:111122223333:notices"
}
"""


@pytest.mark.parametrize(
    ("template", "production", "staging", "rule", "lines"),
    [
        (QUEUE, "active = false", "active = true", "lambda-mapping-off", [1]),
        (QUEUE, "active = true", "active = false", "lambda-mapping-off", []),
        (RULE, 'state = "DISABLED"', "", "events-rule-idle", [1]),
        (RULE, "", 'state = "DISABLED"', "events-rule-idle", []),
        (JOBS, 'jobs = {\n  a = { state = "DISABLED" }\n  b = {}\n}', "jobs = { a = {} }", "events-rule-idle", [2]),
        (JOBS, 'jobs = {\n  stop = { state = "DISABLED" }\n  b = {}\n}', "jobs = {}", "events-rule-idle", []),
        (JOBS, 'jobs = {\n  a = { state = "DISABLED" }\n  b = { state = "DISABLED" }\n}', "", "events-rule-idle", []),
    ],
)
def test_values_of_production_switch_off(
    template: str, production: str, staging: str, rule: str, lines: list[int], tmp_path: Path
) -> None:
    (tmp_path / "main.tf").write_text(template)
    (tmp_path / "prod.tfvars").write_text(f"{production}\n")
    (tmp_path / "staging.tfvars").write_text(f"{staging}\n")
    told = _findings(tmp_path, rule)
    assert [(Path(one["path"]).name, one["line"]) for one in told] == [("prod.tfvars", line) for line in lines]


def test_a_rule_that_production_switches_off_is_judged_too(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(RULE)
    (tmp_path / "prod.tfvars").write_text('state = "DISABLED"\n')
    (told,) = _findings(tmp_path, "events-dead-letter")
    assert told["resource"] == "aws_cloudwatch_event_rule.health"


def _findings(folder: Path, rule: str) -> list[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        command = ["lint", "--advice", "--format", "json", "--select", rule, "."]
        said = json.loads(CliRunner().invoke(main, command).stdout)
    return list(said["findings"])
