"""A provider that asks for a resource, whose region and tags it gives, is unknown and costs no finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = 'resource "aws_sqs_queue" "{}" {{\n{}}}\n'
REGION = "  region = aws_sqs_queue.{}.region\n"


@pytest.mark.parametrize(
    "text",
    [
        'provider "aws" {\n  region = aws_sqs_queue.a.arn\n}\n' + QUEUE.format("a", ""),
        'provider "aws" {\n  region = aws_sqs_queue.a.region\n}\n' + QUEUE.format("a", ""),
        'provider "aws" {\n  default_tags {\n    tags = { a = aws_sqs_queue.a.arn }\n  }\n}\n' + QUEUE.format("a", ""),
        'provider "aws" {\n  default_tags {\n    tags = aws_sqs_queue.a.tags_all\n  }\n}\n' + QUEUE.format("a", ""),
        QUEUE.format("a", "  region = aws_sqs_queue.b.region\n")
        + QUEUE.format("b", "  region = aws_sqs_queue.a.region\n"),
        QUEUE.format("a", "  region = aws_sqs_queue.a.region\n"),
    ],
)
def test_nothing_is_asked_in_a_circle(tmp_path: Path, text: str) -> None:
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    made = report(str(tmp_path))
    assert made["errors"] == []
    assert {one["rule"] for one in made["findings"]} == {"sqs-long-polling", "sqs-dead-letter-queue"}
