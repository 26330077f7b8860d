"""Notifications of a bucket in Terraform: of one resource they exclude each other, whatever they are sent to."""

from __future__ import annotations

from typing import Any

from tests.linting import found, terraform

RULE = "delivery-bucket-notification"
QUEUE = {"queue_arn": "arn:aws:sqs:eu-west-1:123456789012:a", "events": ["s3:ObjectCreated:Put"]}
FUNCTION = {
    "lambda_function_arn": "arn:aws:lambda:eu-west-1:123456789012:function:a",
    "events": ["s3:ObjectCreated:*"],
    "filter_prefix": "in/",
}


def bucket(**told: dict[str, Any]) -> dict[str, Any]:
    named = {name: {"bucket": "${aws_s3_bucket.papers.id}", **one} for name, one in told.items()}
    return terraform(aws_s3_bucket={"papers": {}}, aws_s3_bucket_notification=named)


def test_a_function_and_a_queue_of_one_resource_are_told_of() -> None:
    for prefix, told in (("in/2025/", 1), ("out/", 0)):
        template = bucket(papers={"lambda_function": FUNCTION, "queue": {**QUEUE, "filter_prefix": prefix}})
        assert len(found(RULE, template)) == told
    of_queues = bucket(papers={"topic": {**QUEUE, "filter_suffix": ".csv"}, "queue": QUEUE})
    assert [finding.level for finding in found(RULE, of_queues)] == ["error"]


def test_those_of_two_resources_replace_each_other() -> None:
    assert found(RULE, bucket(papers={"lambda_function": FUNCTION}, others={"queue": QUEUE})) == []
