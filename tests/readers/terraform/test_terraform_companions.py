"""Terraform resources that are properties of another resource in CloudFormation."""

import json
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.value import Value
from awslint_memo.readers.recognition import template

QUEUE = "aws_sqs_queue"


def read(document: Any) -> Deployment:
    made = template(Source("main.tf.json", json.dumps(document).encode()))
    assert made is not None
    return made.deployments(None, frozenset()).deployments[0]


class TestCompanions:
    COMPANION = "aws_sqs_queue_redrive_policy"

    def read(self, queue: Any, companion: Any, **sections: Any) -> Value:
        document = {"resource": {QUEUE: {"q": queue, "d": {}}, self.COMPANION: {"c": companion}}, **sections}
        return read(document).resources["aws_sqs_queue.q"].get("RedrivePolicy")

    def companion(self, **more: Any) -> dict[str, Any]:
        policy = "${jsonencode({deadLetterTargetArn = aws_sqs_queue.d.arn, maxReceiveCount = 7})}"
        return {"queue_url": "${aws_sqs_queue.q.id}", "redrive_policy": policy, **more}

    def test_gives_what_its_owner_lacks(self) -> None:
        assert self.read({}, self.companion()).get("maxReceiveCount").number == 7

    def test_may_give_it(self) -> None:
        assert self.read({}, self.companion(queue_url="${var.q}"), variable={"q": {}}).is_unknown
        assert self.read({}, self.companion(count="${var.q}"), variable={"q": {}}).is_unknown

    def test_gives_nothing_to_others(self) -> None:
        assert self.read({}, self.companion(count=0)).is_absent
        assert self.read({}, self.companion(queue_url="${aws_sqs_queue.d.id}")).is_absent

    def test_stands_alone_without_its_owner(self) -> None:
        document = {"resource": {self.COMPANION: {"c": self.companion(queue_url="https://sqs/1/x", **{"//": "note"})}}}
        alone = read(document).resources["aws_sqs_queue_redrive_policy.c"]
        assert (alone.type, alone.attribute("//").text) == ("AWS::SQS::Queue", "note")
        assert alone.get("RedrivePolicy.maxReceiveCount").number == 7
        assert alone.get("QueueName").is_unknown
