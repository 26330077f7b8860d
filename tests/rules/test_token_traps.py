"""Traps of the rule on states that wait for their token."""

from __future__ import annotations

from pathlib import Path

from tests.command import report

MACHINE = """\
resource "aws_sqs_queue" "approvals" {}

resource "aws_sfn_state_machine" "orders" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 60
        Parameters     = { QueueUrl = aws_sqs_queue.approvals.engine, "MessageBody.$" = "$" }
        End            = true
      }
    }
  })
}
"""


def test_an_attribute_without_a_name_in_cloudformation_is_no_token(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(MACHINE)
    [finding] = report("--select", "statemachine-token-unsent", str(tmp_path))["findings"]
    assert (finding["rule"], finding["level"]) == ("statemachine-token-unsent", "error")
