"""Variables of the Serverless Framework, which are filled in before CloudFormation gets a template."""

from __future__ import annotations

import pytest
from tests.command import report

from awslint_memo.files.source import Source
from awslint_memo.readers import recognition

QUEUE = """\
Parameters: {{S: {{Type: String}}}}
Resources:
  env: {{Type: AWS::SQS::Queue}}
  Q:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: {}
      FifoQueue: true
"""


def errors(name: str) -> list[str]:
    return [each["message"] for each in report("-", stdin=QUEUE.format(name))["findings"] if each["level"] == "error"]


@pytest.mark.parametrize(
    "name",
    [
        "${self:custom.emailQueue}",
        "shop-${self:custom.emailQueue}",
        "${self:custom.queues.${opt:stage, 'dev'}}",
        "${self:custom.queues.${opt:stage, self:custom.of.${env:USER}}}",
        "${file(config.${opt:stage}.yml):queue}",
        "${cf.eu-west-1:queues.name}",
        "${cf(eu-west-1):queues.name}",
        "${ssm:/shop/queue}",
        "${param:queue}",
        '!Sub "${S}-${self:custom.queues.${opt:stage}}"',
        '!Join ["-", [shop, "${sls:stage}"]]',
        "${self:custom.emailQueue}.fifo",
    ],
)
def test_what_a_variable_gives_is_not_known(name: str) -> None:
    assert errors(name) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("${self:custom.emailQueue}-queue", "QueueName"),
        ('!Sub "${self:custom.queues.${opt:stage}}-queue"', "QueueName"),
        # A resource may be called as a source of variables is, and policies of IAM have variables too.
        ('!Sub "${env.QueueName}-queue"', "QueueName"),
        ("${aws:username}", "QueueName ${aws:username}"),
        ("${self:custom", "QueueName ${self:custom"),
    ],
)
def test_what_stands_behind_a_variable_is_known(name: str, shown: str) -> None:
    [message] = errors(name)
    assert message.startswith(f"{shown} of Q does not end in .fifo")


def test_the_same_variable_is_the_same_text() -> None:
    template = """\
Resources:
  A: {Type: AWS::SQS::Queue, Properties: {QueueName: "${self:custom.queue}"}}
  B: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub "${self:custom.queue}"}}
  C: {Type: AWS::SQS::Queue, Properties: {QueueName: "${self:custom.other}"}}
"""
    read = recognition.template(Source("a.yaml", template.encode()))
    assert read is not None
    [deployment] = read.deployments(None).deployments
    names = [queue.get("QueueName") for queue in deployment.of_type("AWS::SQS::Queue")]
    assert [names[0].is_same_as(name) for name in names] == [True, True, None]
