"""Tables that AWS Backup backs up."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

PLANNED = """\
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    schedule          = "cron(0 5 * * ? *)"
    lifecycle {
      delete_after = 30
    }
  }
}
resource "aws_backup_selection" "tables" {
  name         = "tables"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [%s]
}
"""


@pytest.mark.parametrize(
    ("selected", "level"),
    [
        ("aws_dynamodb_table.orders.arn", "advice"),
        ('"arn:aws:dynamodb:eu-west-1:123456789012:table/others"', "warning"),
    ],
)
def test_a_plan_that_selects_a_table_makes_its_finding_advice(tmp_path: Path, selected: str, level: str) -> None:
    (tmp_path / "main.tf").write_text(PLANNED % selected)
    [finding] = report("--advice", "--select", "dynamodb-point-in-time-recovery", str(tmp_path))["findings"]
    assert (finding["level"], "fix" in finding) == (level, level == "warning")
