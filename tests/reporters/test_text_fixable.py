"""The text's last line says how many findings a fix may mend."""

from pathlib import Path

import pytest
from tests.command import invoke

QUEUE = "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"
BEHIND = (
    "Parameters: {Wait: {Type: Number, Default: 0}}\nResources:\n"
    "  Orders: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}\n"
)


@pytest.mark.parametrize(
    ("text", "select", "end"),
    [
        (QUEUE, "sqs-*", "; --fix may mend 1, --unsafe-fixes 1 more"),
        (QUEUE, "sqs-long-polling", "; --fix may mend 1"),
        (QUEUE, "sqs-dead-letter-queue", "; --fix --unsafe-fixes may mend 1"),
        (BEHIND, "sqs-long-polling", ""),
    ],
)
def test_the_summary_says_what_may_be_mended(tmp_path: Path, text: str, select: str, end: str) -> None:
    (tmp_path / "q.yaml").write_text(text)
    shown = invoke("lint", "--select", select, "--advice", str(tmp_path)).stdout
    assert shown.splitlines()[-1].partition(" in 1 file")[2].partition("; 1 piece")[0] == end


def test_the_summary_promises_no_fix_in_what_a_framework_writes(tmp_path: Path) -> None:
    (tmp_path / ".serverless").mkdir()
    (tmp_path / ".serverless" / "cloudformation-template-update-stack.json").write_text(
        '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}'
    )
    shown = invoke("lint", "--select", "sqs-*", "--advice", str(tmp_path)).stdout
    assert "2 pieces of advice" in shown
    assert "mend" not in shown
