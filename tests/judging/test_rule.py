"""A rule with several checks: each is given its own types, and its own options."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.linting import resource, stack, text

from awslint_memo import Deployment, Finding, Resource, rule
from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.rule import Rule
from awslint_memo.readers.recognition import template

TEMPLATE = stack(
    Orders=resource("SQS::Queue"),
    Events=resource("SNS::Topic"),
    Alerts=resource("SNS::Subscription"),
    Files=resource("S3::Bucket"),
)


def messaging() -> Rule:
    """A rule of queues, and with a check of its own of topics and subscriptions."""

    @rule("sqs-test", level="warning", resource="AWS::SQS::Queue", memo="", aws="")
    def check(queue: Resource, *, days: int = 4) -> Iterator[Finding]:
        yield queue.finding(queue, f"is a queue of {days} days")

    @check.on("AWS::SNS::Topic", "AWS::SNS::Subscription")
    def topic(topic: Resource, *, days: int = 4, words: str = "none") -> Iterator[Finding]:
        yield topic.finding(topic, f"is of {topic.type} with {days} and {words}", level="error")

    return check


def said(made: Rule, **options: object) -> set[tuple[str, str, str | None]]:
    read = template(Source("template", text(TEMPLATE).encode()))
    assert read is not None
    check_options = CheckOptions([made], options={made.id: options})
    findings, _ = check_template(read, check_options)
    return {(one.resource, one.message.removeprefix(f"{one.resource} "), one.level) for one in findings}


def test_each_resource_goes_to_the_check_of_its_type() -> None:
    assert said(messaging()) == {
        ("Orders", "is a queue of 4 days", "warning"),
        ("Events", "is of AWS::SNS::Topic with 4 and none", "error"),
        ("Alerts", "is of AWS::SNS::Subscription with 4 and none", "error"),
    }


def test_each_check_gets_the_options_that_it_takes() -> None:
    assert said(messaging(), days=9, words="some") == {
        ("Orders", "is a queue of 9 days", "warning"),
        ("Events", "is of AWS::SNS::Topic with 9 and some", "error"),
        ("Alerts", "is of AWS::SNS::Subscription with 9 and some", "error"),
    }


def test_a_rule_knows_the_types_and_options_of_all_its_checks() -> None:
    made = messaging()
    assert made.resource == ("AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::SNS::Subscription")
    assert made.options == {"days": 4, "words": "none"}
    assert [types for types, _ in made.checks] == [made.resource[:1], made.resource[1:]]


def test_two_checks_of_one_type_are_both_applied() -> None:
    made = messaging()

    @made.on("AWS::SQS::Queue")
    def again(queue: Resource) -> Iterator[Finding]:
        yield queue.finding(queue, "is a queue still")

    assert {message for name, message, _ in said(made) if name == "Orders"} == {
        "is a queue of 4 days",
        "is a queue still",
    }
    assert made.resource.count("AWS::SQS::Queue") == 1


def test_an_option_has_one_default() -> None:
    made = messaging()

    def check(bucket: Resource, *, days: int = 5) -> Iterator[Finding]:
        yield bucket.finding(bucket, f"{days}")

    with pytest.raises(ValueError, match="sqs-test: the option days has two defaults"):
        made.on("AWS::S3::Bucket")(check)
    assert "AWS::S3::Bucket" not in made.resource


def test_a_further_check_names_its_types() -> None:
    with pytest.raises(ValueError, match=r"sqs-test: \.on adds types"):
        messaging().on()


def test_a_rule_of_deployments_has_no_check_of_resources() -> None:
    @rule("sqs-whole", level="warning", memo="", aws="")
    def check(deployment: Deployment) -> Iterator[Finding]:
        yield from ()

    with pytest.raises(ValueError, match=r"sqs-whole: \.on adds types"):
        check.on("AWS::SQS::Queue")
