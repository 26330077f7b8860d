"""Where a heredoc of Terraform ends, which decides what is a resource behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

TABLES = """\
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    note = <<EOT
text
%s
  }
}
resource "aws_dynamodb_table" "others" {
  name         = "others"
  billing_mode = "PAY_PER_REQUEST"
  tags = {
    note = <<EOT
text
EOT
  }
  point_in_time_recovery {
    enabled = true
  }
}
"""


@pytest.mark.parametrize("blank", [" ", "\t", "\x0b", "\x0c", "\x85", "\xa0", "\u2003", "\u3000"])
@pytest.mark.parametrize("line", ["%sEOT", "EOT%s"])
def test_white_space_beside_its_marker_ends_a_heredoc(tmp_path: Path, line: str, blank: str) -> None:
    """So it does for HCL, whatever white space that is, which nobody sees in a diff."""
    (tmp_path / "main.tf").write_text(TABLES % (line % blank), encoding="utf-8", newline="\n")
    made = report("--advice", "--select", "dynamodb-point-in-time-recovery", str(tmp_path))
    assert [finding["resource"] for finding in made["findings"]] == ["aws_dynamodb_table.orders"]
