"""Which texts Terraform converts to booleans: "true", "false", "1" and "0" (cty/convert/conversion_primitive.go)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

INSTANCE = """
variable "ha" {
  type    = bool
  default = "0"
}
resource "aws_db_instance" "orders" {
  engine            = "mysql"
  instance_class    = "db.m6g.large"
  allocated_storage = 9
  multi_az          = %s
}
"""


@pytest.mark.parametrize(
    ("value", "is_found"),
    [
        ('"0"', True),
        ('"false"', True),
        ('tobool("0")', True),
        ("var.ha", True),
        ('"0" ? true : false', True),
        ('"1"', False),
        ('"true"', False),
        ('tobool("1")', False),
        ("!var.ha", False),
        ("0", False),
    ],
)
def test_a_text_that_is_a_boolean(tmp_path: Path, value: str, is_found: bool) -> None:
    write(tmp_path, {"main.tf": INSTANCE % value})
    findings = report(str(tmp_path), "--advice")["findings"]
    assert ("rds-multi-az" in [finding["rule"] for finding in findings]) == is_found
