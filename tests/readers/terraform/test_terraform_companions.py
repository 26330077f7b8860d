"""Terraform resources that are properties of another resource in CloudFormation."""

import json
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.identity import NAMES
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform.instances import Instance
from awslint_memo.readers.terraform.resources import terraform_deployment
from awslint_memo.readers.terraform_names import COMPANIONS
from awslint_memo.syntax.json_nodes import parse

QUEUE = "aws_sqs_queue"


def read(document: Any) -> Deployment:
    made = template(Source("main.tf.json", json.dumps(document).encode()))
    assert made is not None
    return made.deployments(None).deployments[0]


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

    def test_what_it_may_give_refers_to_nothing_else(self) -> None:
        other = "${jsonencode({deadLetterTargetArn = aws_sqs_queue.e.arn})}"
        one, two = self.companion(count="${var.n}"), self.companion(count="${var.m}", redrive_policy=other)
        given = {self.COMPANION: {"a": one, "b": two}}
        queues: dict[str, Any] = {"q": {}, "d": {}, "e": {}, "f": {}}
        here = read({"resource": {QUEUE: queues, **given}, "variable": {"n": {}, "m": {}}}).resources
        policy = here["aws_sqs_queue.q"].get("RedrivePolicy")
        assert policy.is_unknown
        assert [name for name in "def" if here[f"aws_sqs_queue.{name}"].may_be_named_by(policy)] == ["d", "e"]

    def test_may_give_what_is_not_known_or_an_address(self) -> None:
        def names_any(target: str) -> bool:
            targets = {"a": {"rule": "${aws_cloudwatch_event_rule.r.name}", "arn": target, "count": "${var.n}"}}
            rules = {"aws_cloudwatch_event_rule": {"r": {}}, "aws_cloudwatch_event_target": targets}
            here = read({"resource": {QUEUE: {"q": {}}, **rules}, "variable": {"n": {}}}).resources
            return here["aws_sqs_queue.q"].may_be_named_by(here["aws_cloudwatch_event_rule.r"].get("Targets"))

        assert names_any("arn:aws:sqs:eu-west-1:111122223333:orders")
        assert names_any("${aws_sqs_queue.q.arn}")
        assert not names_any("${aws_sfn_state_machine.s.arn}")

    def test_gives_nothing_to_others(self) -> None:
        assert self.read({}, self.companion(count=0)).is_absent
        assert self.read({}, self.companion(queue_url="${aws_sqs_queue.d.id}")).is_absent

    def test_stands_alone_without_its_owner(self) -> None:
        document = {"resource": {self.COMPANION: {"c": self.companion(queue_url="https://sqs/1/x", **{"//": "note"})}}}
        alone = read(document).resources["aws_sqs_queue_redrive_policy.c"]
        assert (alone.type, alone.terraform.note.text) == ("AWS::SQS::Queue", "note")
        assert alone.get("RedrivePolicy.maxReceiveCount").number == 7
        assert alone.get("QueueName").is_unknown

    def test_surely_belong_to_their_owner_or_not(self) -> None:
        given = {self.COMPANION: {"a": self.companion(), "b": self.companion(count="${var.n}")}}
        document = {"resource": {QUEUE: {"q": {"//": "note"}, "d": {}}, **given}, "variable": {"n": {}}}
        here = read(document).resources
        owner = here["aws_sqs_queue.q"]
        assert list(owner.companions) == ["aws_sqs_queue_redrive_policy.a"]
        assert owner.terraform.note.text == "note"
        assert here["aws_sqs_queue.d"].companions == {}


def test_no_companion_gives_a_name_that_owners_are_found_by() -> None:
    given = {(one.type, one.into or word) for one in COMPANIONS.values() for word in one.properties}
    assert given
    assert not {(type_, name) for type_, (_, name) in NAMES.items()} & given


def test_a_resource_is_read_once_whatever_companions_it_has() -> None:
    place = parse(Source("main.tf.json", b"{}"))
    asked: list[tuple[str, str]] = []

    def instance(type_: str, **arguments: str) -> Instance:
        def read(name: str) -> Value:
            asked.append((type_, name))
            return Known(arguments[name], place) if name in arguments else Absent(place)

        return Instance(f"{type_}.a", type_, place, read)

    rule = instance("aws_cloudwatch_event_rule", name="nightly")
    target = instance("aws_cloudwatch_event_target", rule="nightly", arn="arn:aws:sqs:us-east-1:123456789012:q")
    alias = instance("aws_lambda_alias", name="live")
    here = terraform_deployment([target, rule, alias])
    owner = here.resources["aws_cloudwatch_event_rule.a"]
    assert (owner.deployment, len(here.resources)) == (here, 2)
    assert owner.get("Targets").items[0].get("Arn").text == "arn:aws:sqs:us-east-1:123456789012:q"
    assert owner.get("Name").text == "nightly"
    assert asked.count(("aws_cloudwatch_event_rule", "name")) == 1
    assert asked.count(("aws_lambda_alias", "provider")) == 1


def test_what_a_companion_gives_has_its_words_in_messages() -> None:
    target = {"rule": "${aws_cloudwatch_event_rule.r.name}", "role_arn": "a"}
    given = {"aws_cloudwatch_event_rule": {"r": {"name": "r"}}, "aws_cloudwatch_event_target": {"t": target}}
    alone = {"aws_cloudwatch_event_target": {"t": {**target, "rule": "elsewhere"}}}
    for resources, name in ((given, "aws_cloudwatch_event_rule.r"), (alone, "aws_cloudwatch_event_target.t")):
        rule = read({"resource": resources}).resources[name]
        finding = rule.finding(rule.get("Targets").items[0].get("RoleArn"), "but it has no RoleArn")
        assert finding.message == f"role_arn of {name} is a, but it has no role_arn"
