"""Tests for comments that explain a value of which a rule of taste speaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

QUEUES = """
resource "aws_sqs_queue" "failed" {}
resource "aws_sqs_queue" "q" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    %s
    maxReceiveCount = 2%s
  })
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = "f"
}
"""


@pytest.mark.parametrize(
    ("above", "beside", "level"),
    [
        ("", "", None),
        ("", " # the vendor charges for each try", "advice"),
        ("# the vendor charges for each try", "", "advice"),
        ("", " # todo", None),
    ],
)
def test_a_comment_that_explains(tmp_path: Path, above: str, beside: str, level: str | None) -> None:
    (tmp_path / "main.tf").write_text(QUEUES % (above, beside))
    [finding] = report("--advice", "--select", "sqs-max-receive-count", str(tmp_path))["findings"]
    is_explained = level == "advice"
    expected = ("advice", "a comment explains it") if is_explained else ("warning", None)
    assert (finding["level"], finding["deployment"]) == expected
