"""How a rule's words become a finding: what the value is, the property's name, and the remedy apart."""

from __future__ import annotations

import pytest
from tests.cases import each_case

from awslint_memo import api
from awslint_memo.model.deployment import Resource
from awslint_memo.model.origin import Route
from awslint_memo.model.span import Span
from awslint_memo.model.value import Absent, Known, Unknown, Value

PLACE = Span("template.yaml", 3, 5, 3, 9)


def resource(**values: Value) -> Resource:
    def read(name: str) -> Value:
        return values.get(name, Absent(PLACE)).reached(Route("Orders").below(name))

    return Resource("Orders", "AWS::SQS::Queue", PLACE, read)


def test_a_message_that_follows_on_says_what_the_value_is() -> None:
    queue = resource(VisibilityTimeout=Known("30", PLACE))
    finding = queue.finding(queue.get("VisibilityTimeout"), "but it may run for 60 s", unit="s", do="set it to 360")
    assert finding.message == "VisibilityTimeout of Orders is 30 s, but it may run for 60 s; set it to 360"
    assert finding.do == "set it to 360"


def test_a_default_is_said_to_be_one() -> None:
    value = resource().get("VisibilityTimeout", default=30)
    finding = resource().finding(value, "and is short", do="raise it")
    assert finding.message == "VisibilityTimeout of Orders is 30 (default) and is short; raise it"


def test_a_path_in_container_definitions_has_the_names_of_their_json() -> None:
    names = {"ContainerDefinitions": "container_definitions"}
    task = Resource("web", "AWS::X::Y", PLACE, lambda _: Absent(PLACE), language="terraform", property_names=names)
    told = task.in_file_words("ContainerDefinitions[0].PortMappings[1].HostPort")
    assert told == "container_definitions[0].portMappings[1].hostPort"


def test_what_is_absent_has_the_name_of_the_file() -> None:
    names = {"Statistic": "statistic", "ExtendedStatistic": "extended_statistic"}
    alarm = Resource("it", "AWS::X::Y", PLACE, lambda _: Absent(PLACE), language="terraform", property_names=names)
    absent = alarm.get("Statistic").reached(Route("it").below("Statistic"))
    finding = alarm.finding(absent, "and no ExtendedStatistic", do="add one")
    assert finding.message == "it has no statistic and no extended_statistic; add one"


def test_what_is_absent_is_not_there() -> None:
    queue = resource()
    finding = queue.finding(queue.get("RedrivePolicy"), "so messages are lost")
    assert (finding.message, finding.do) == ("Orders has no RedrivePolicy, so messages are lost", "")


def test_a_value_can_be_shown_otherwise_and_have_another_name() -> None:
    queue = resource(MessageRetentionPeriod=Known(345600, PLACE))
    finding = queue.finding(queue.get("MessageRetentionPeriod"), "which is long", shown="4 days", of="Retention")
    assert finding.message == "Retention of Orders is 4 days, which is long"


def test_any_other_message_is_said_as_it_is() -> None:
    queue = resource(VisibilityTimeout=Known(30.5, PLACE))
    value = queue.get("VisibilityTimeout")
    assert queue.finding(value, "is short").message == "Orders is short"
    assert queue.finding(value, "is short", of="VisibilityTimeout").message == "VisibilityTimeout of Orders is short"
    assert queue.finding(queue, "so it is").message == "Orders so it is"
    assert queue.finding(value, "so it is").message == "VisibilityTimeout of Orders is 30.5, so it is"


def test_what_is_not_known_has_no_message_of_its_own() -> None:
    queue = resource(VisibilityTimeout=Unknown("a parameter", PLACE))
    with pytest.raises(TypeError, match="VisibilityTimeout is not known"):
        queue.finding(queue.get("VisibilityTimeout"), "but it is")


@pytest.mark.parametrize(("content", "words"), [([], "is a list, but it is"), ({}, "is a map, but it is")])
def test_what_is_no_text_is_told_by_its_kind(content: list[Value] | dict[str, Value], words: str) -> None:
    queue = resource(VisibilityTimeout=Known(content, PLACE))
    assert words in queue.finding(queue.get("VisibilityTimeout"), "but it is").message


def test_a_sentence_about_all_has_a_remedy_too() -> None:
    finding = resource().finding(PLACE, "has none", do="add one", together="have none; add one to each")
    assert finding.plural is not None
    assert finding.plural.do == "add one to each"
    told = resource().finding(PLACE, "has none", together="have none").plural
    assert told is not None
    assert told.do == ""


@each_case(
    ("value", "below", "above", "is_one_of"),
    [
        (Known(30, PLACE), True, False, False),
        (Known("40", PLACE), False, False, True),
        (Known(50, PLACE), False, True, False),
        (Known("text", PLACE), False, False, False),
        (Unknown("a parameter", PLACE), False, False, False),
        (Absent(PLACE), False, False, False),
    ],
)
def test_verbs_answer_only_on_what_is_surely_so(value: Value, below: bool, above: bool, is_one_of: bool) -> None:
    assert (value.below(40), value.above(40), value.is_one_of("40", "None")) == (below, above, is_one_of)


def test_a_place_that_stands_for_several_resources_is_named_once() -> None:
    """Each alarm of a block is in the same place, and a report had it as many times."""
    text = (
        'resource "aws_sns_topic" "told" {\n  kms_master_key_id = "alias/aws/sns"\n}\n\n'
        'resource "aws_cloudwatch_metric_alarm" "late" {\n  for_each      = toset(["a", "b", "c"])\n'
        "  alarm_name    = each.key\n  alarm_actions = [aws_sns_topic.told.arn]\n}\n"
    )
    report = api.lint(["main.tf"], select=["delivery-key-not-allowed"], unsaved={"main.tf": text})
    [finding] = report.findings
    assert [related.span.line for related in finding.related] == [5]
