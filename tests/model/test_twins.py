"""Queues of one name in two Regions or accounts: whose alarm, policy or mapping is whose."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

PROVIDERS = """\
provider "aws" {
  region = "us-east-2"
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
"""
QUEUES = """\
resource "aws_sqs_queue" "dead_{name}" {{
  name = "dead"
  {place}
}}
resource "aws_sqs_queue" "{name}" {{
  name = "orders"
  {place}
  redrive_policy = jsonencode({{ deadLetterTargetArn = aws_sqs_queue.dead_{name}.arn, maxReceiveCount = 5 }})
}}
"""
ALARM = """\
resource "aws_cloudwatch_metric_alarm" "dead" {{
  alarm_name          = "dead"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = {{ QueueName = "dead" }}
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  {place}
}}
"""
OTHER = ['region = "us-west-2"', "provider = aws.west"]


@pytest.mark.parametrize("other", OTHER)
@pytest.mark.parametrize("order", [("east", "west"), ("west", "east")])
@pytest.mark.parametrize("watched", ["east", "west"])
def test_an_alarm_watches_the_queue_of_its_own_region(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watched: str, order: tuple[str, str], other: str
) -> None:
    monkeypatch.chdir(tmp_path)
    places = {"east": "", "west": other}
    queues = "".join(QUEUES.format(name=name, place=places[name]) for name in order)
    write(tmp_path, {"main.tf": PROVIDERS + queues + ALARM.format(place=places[watched])})
    found = report("--advice", "--select", "sqs-dead-letter-alarm")["findings"]
    assert [one["resource"] for one in found] == [f"aws_sqs_queue.dead_{'west' if watched == 'east' else 'east'}"]


def test_nobody_can_tell_which_of_two_of_one_region_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    queues = "".join(QUEUES.format(name=name, place="") for name in ("east", "west"))
    write(tmp_path, {"main.tf": PROVIDERS + queues + ALARM.format(place="")})
    assert report("--advice", "--select", "sqs-dead-letter-alarm")["findings"] == []
