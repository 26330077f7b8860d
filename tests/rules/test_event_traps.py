"""What makes a naive reading of buses, workflows and replication wrong: other stacks, languages and providers."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

LOGGING = "statemachine-logging"


@pytest.mark.parametrize(
    ("arn", "is_cut"),
    [
        ("aws_cloudwatch_log_group.work.arn", True),
        ('"${aws_cloudwatch_log_group.work.arn}:*"', False),
        ('join(":", [aws_cloudwatch_log_group.work.arn, "*"])', False),
        ('format("%s:*", aws_cloudwatch_log_group.work.arn)', False),
        ("data.aws_cloudwatch_log_group.work.arn", False),
        ("var.arn", False),
    ],
)
def test_terraforms_arn_of_a_log_group_ends_in_its_name(arn: str, is_cut: bool, tmp_path: Path) -> None:
    text = f"""
variable "arn" {{}}

data "aws_cloudwatch_log_group" "work" {{
  name = "work"
}}

resource "aws_cloudwatch_log_group" "work" {{}}

resource "aws_sfn_state_machine" "work" {{
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({{ StartAt = "Done", States = {{ Done = {{ Type = "Succeed" }} }} }})

  logging_configuration {{
    level           = "ERROR"
    log_destination = {arn}
  }}
}}
"""
    write(tmp_path, {"main.tf": text})
    assert len(report("--select", LOGGING, str(tmp_path))["findings"]) == is_cut
