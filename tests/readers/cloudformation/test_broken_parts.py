"""A broken part of a template is told, what it may be is unknown, and the rest is judged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.command import invoke, report

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "  Orders:\n    Type: AWS::SQS::Queue\n"
UNWATCHED = "sqs-dead-letter-queue"
POLLING = "sqs-long-polling"
FUNCTION = "    Type: AWS::Serverless::Function\n    Properties: {Handler: a.b, Runtime: python3.12, CodeUri: .}\n"
SAM = "Transform: AWS::Serverless-2016-10-31\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**files: str) -> None:
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text)


def judged(text: str, *rules: str, name: str = "a.yaml") -> tuple[list[tuple[int, int]], list[tuple[str, str, str]]]:
    """The places of the errors, and rule, resource and level of the findings, with advice."""
    Path(name).write_text(text)
    chosen = ["--select", ",".join(rules)] if rules else []
    made = report(name, "--advice", *chosen)
    assert made["summary"]["files"] == 1
    findings = [(one["rule"], one["resource"], one["level"]) for one in made["findings"]]
    return [(one["line"], one["column"]) for one in made["errors"]], findings


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Resources:\n" + QUEUE + "    Properties:\n      DelaySeconds: 1\n      DelaySeconds: 2\n", [(6, 7)]),
        ("Resources:\n" + QUEUE + "    Properties: {Tags: [{Key: a, Value: b, Key: c}]}\n", [(4, 44)]),
        ("Metadata: {a: 1, a: 2}\nResources:\n" + QUEUE, [(1, 18)]),
        ("Description: a\nDescription: b\nDescription: c\nResources:\n" + QUEUE, [(2, 1), (3, 1)]),
        ("Resources:\n" + QUEUE + "    Type: AWS::SQS::Queue\n" + QUEUE, [(4, 5), (5, 3)]),
    ],
)
def test_each_duplicate_key_is_told_and_the_rest_judged(text: str, places: Sequence[tuple[int, int]]) -> None:
    assert judged(text, POLLING) == (places, [(POLLING, "Orders", "warning")])


@pytest.mark.parametrize("name", ["a.yaml", "a.json"])
def test_the_last_value_of_a_duplicate_key_counts(name: str) -> None:
    text = '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Properties": {%s}}}}'
    long, short = '"ReceiveMessageWaitTimeSeconds": 20', '"ReceiveMessageWaitTimeSeconds": 0'
    if name.endswith("yaml"):
        text = "# YAML\n" + text
    assert judged(text % f"{short}, {long}", POLLING, name=name)[1] == []
    errors, findings = judged(text % f"{long}, {short}", POLLING, name=name)
    assert (len(errors), findings) == (1, [(POLLING, "Orders", "warning")])


def test_a_finding_stands_at_the_last_of_two_resources_with_one_name() -> None:
    Path("a.yaml").write_text("Resources:\n" + QUEUE + "  Other: {Type: AWS::SNS::Topic}\n" + QUEUE)
    made = report("a.yaml", "--select", POLLING)
    assert [(one["line"], one["column"]) for one in made["findings"]] == [(5, 3)]


def test_a_duplicate_key_says_what_it_repeats_and_what_to_do() -> None:
    write(a="Resources:\n" + QUEUE + QUEUE)
    result = invoke("lint", "a.yaml")
    assert result.exit_code == 2
    assert result.stdout.endswith("; 1 file has errors\n")
    assert result.stderr == (
        "a.yaml:4:3: error: duplicate key Orders (first on line 2); "
        "CloudFormation takes the last value, so remove one of them\n"
    )


def test_a_key_beside_a_merge_is_no_duplicate() -> None:
    text = "Resources:\n  A: &a\n    Type: AWS::SNS::Topic\n    DeletionPolicy: Retain\n  Orders:\n    <<: *a\n"
    assert judged(text + "    Type: AWS::SQS::Queue\n", POLLING) == ([], [(POLLING, "Orders", "warning")])


def test_duplicates_in_an_anchor_are_told_once() -> None:
    text = "Resources:\n  A: &a {Type: AWS::SQS::Queue, Type: AWS::SQS::Queue}\n  B: *a\n"
    assert judged(text, POLLING)[0] == [(2, 33)]


def test_duplicates_of_nested_templates_and_included_files_are_told_once() -> None:
    stack = "  %s: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml}}\n"
    include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./part.yaml}}\n"
    write(
        outer="Resources:\n" + stack % "One" + stack % "Two",
        inner=f"Resources:\n{QUEUE}    Properties:\n      DelaySeconds: 1\n      DelaySeconds: 2\n      {include}",
        part="VisibilityTimeout: 60\nVisibilityTimeout: 30\n",
    )
    for paths in (["outer.yaml"], ["."], ["outer.yaml", "inner.yaml"]):
        made = report(*paths, "--select", POLLING)
        assert sorted((Path(one["path"]).name, one["line"]) for one in made["errors"]) == [
            ("inner.yaml", 6),
            ("part.yaml", 2),
        ]
        assert made["findings"]


@pytest.mark.parametrize(
    "paths", [["."], ["outer.yaml"], ["./outer.yaml", "inner.yaml"], ["inner.yaml", "./outer.yaml"]]
)
def test_a_nested_template_that_can_not_be_read_is_told_once(paths: list[str]) -> None:
    stack = "  %s: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml}}\n"
    write(outer="Resources:\n" + stack % "One" + stack % "Two", inner=f"Resources:\n{QUEUE}\tA: b\n")
    assert [(Path(one["path"]).name, one["line"]) for one in report(*paths)["errors"]] == [("inner.yaml", 4)]


@pytest.mark.parametrize("text", ["a: [b\n", "- a\n"])
def test_an_included_file_that_is_broken_is_told_and_its_contents_unknown(text: str) -> None:
    write(part=text)
    include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./part.yaml}}"
    Path("a.yaml").write_text(f"Resources:\n{QUEUE}    Properties:\n      {include}\n")
    made = report("a.yaml")
    assert [one["path"] for one in made["errors"]] == ["part.yaml"]
    assert made["findings"] == []


@pytest.mark.parametrize(
    ("other", "place"),
    [
        ("  Other:\n", (4, 9)),
        ("  Other: text\n", (4, 10)),
        ("  Other: [Type]\n", (4, 10)),
        ("  Other: {Properties: {}}\n", (4, 10)),
        ("  Other: {Type: [a]}\n", (4, 17)),
        ("  Other: {Type: !GetAtt Orders.Arn}\n", (4, 17)),
        ("  Other: {Type: {Fn::Sub: AWS::SQS::Queue}}\n", (4, 17)),
        ("  Other: {Type: Queue}\n", (4, 17)),
        ("  Other: {Type: AWS::SQS}\n", (4, 17)),
        ("  Other: {Type: 'AWS::SQS::Queue '}\n", (4, 17)),
        ("  Other: {Type: AWS::SQS::Queue::Other}\n", (4, 17)),
        ("  Fn::ForEach::Others: [N, [A, B], {'Other${N}': [a]}]\n", (4, 50)),
        ("  Fn::ForEach::Others: [N, [A, B], {'Other${N}': {Type: !Sub 'AWS::SQS::${N}'}}]\n", (4, 57)),
        ("  Fn::ForEach::Others: [N, [A, B], {Fn::ForEach::Inner: [M, [C], text]}]\n", (4, 57)),
        ("  Fn::ForEach::Others: [N, {'Other${N}': {Type: AWS::SQS::Queue}}]\n", (4, 24)),
        ("  Fn::ForEach::Others: [[N], [A, B], {'Other${N}': {Type: AWS::SQS::Queue}}]\n", (4, 24)),
        ("  Other: {Type: AWS::SQS::Queue, Properties: [a]}\n", (4, 46)),
        ("  ? [a]\n  : {Type: AWS::SQS::Queue}\n", (4, 5)),
    ],
)
def test_a_broken_resource_may_be_anything(other: str, place: tuple[int, int]) -> None:
    # The broken one may be the source queue of Orders, and Orders a dead-letter queue.
    assert judged(f"Resources:\n{QUEUE}{other}", POLLING, UNWATCHED) == ([place], [(POLLING, "Orders", "advice")])


@pytest.mark.parametrize("type_", ["!Rain::Module ./queue.yaml", "{Rain::Module: ./queue.yaml}"])
def test_a_resource_that_another_tool_replaces_may_be_anything_and_is_no_mistake(type_: str) -> None:
    text = f"Resources:\n{QUEUE}  Other:\n    Type: {type_}\n"
    assert judged(text, POLLING, UNWATCHED) == ([], [(POLLING, "Orders", "advice")])


@pytest.mark.parametrize(
    ("head", "other"),
    [
        ("", "  Other: {Type: 'Custom::Other_one@2-b'}\n"),
        ("", "  Other: {Type: Mine::Other::Kind::MODULE}\n"),
        ("Transform: Short\n", "  Other: {Type: Queue}\n"),
        ("Transform: [AWS::LanguageExtensions, {Name: Short}]\n", "  Other: {Type: Queue}\n"),
        ("", "  Fn::ForEach::Others: [N, [Topic, QueuePolicy], {'Other${N}': {Type: 'AWS::SQS::${N}'}}]\n"),
    ],
)
def test_a_type_that_may_be_one_is_no_mistake(head: str, other: str) -> None:
    assert judged(f"{head}Resources:\n{QUEUE}{other}", POLLING)[0] == []


@pytest.mark.parametrize("broken", ["[a]", "text", "{<<: text}", "{[a]: b}"])
def test_broken_properties_are_unknown(broken: str) -> None:
    errors, findings = judged(f"Resources:\n{QUEUE}    Properties: {broken}\n")
    assert (len(errors), findings) == (1, [])


def test_why_says_that_properties_can_not_be_read() -> None:
    write(a=f"Resources:\n{QUEUE}    Properties: [a]\n")
    said = invoke("why", POLLING, "Orders", "a.yaml").output
    assert "unknown: what is written here can't be read\n      a.yaml:4:17" in said


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("Conditions: [a]\n", (1, 13)),
        ("Conditions:\n  Live: text\n", (2, 9)),
        ("Conditions:\n  Live:\n", (2, 8)),
        ("Conditions:\n  Live: !Not [!Condition Live]\n", (2, 9)),
        ("Conditions:\n  Live: !Condition Other\n  Other: !Condition Live\n", (2, 9)),
        ("Conditions:\n  ? [a]\n  : !Equals [a, a]\n", (2, 5)),
    ],
)
def test_a_broken_condition_may_be_true_or_false(section: str, place: tuple[int, int]) -> None:
    text = f"{section}Resources:\n{QUEUE}    Condition: Live\n"
    assert judged(text, POLLING) == ([place], [(POLLING, "Orders", "warning")])
    within = f"{section}Resources:\n{QUEUE}    Properties:\n      ReceiveMessageWaitTimeSeconds: !If [Live, 0, 20]\n"
    assert judged(within, POLLING) == ([place], [(POLLING, "Orders", "warning")])


def test_every_cycle_of_conditions_is_told_and_the_other_conditions_hold() -> None:
    text = "Conditions:\n  A: !Condition A\n  B: !Condition C\n  C: !Condition B\n  Never: !Equals [a, b]\nResources:\n"
    assert judged(f"{text}{QUEUE}    Condition: Never\n", POLLING) == ([(2, 6), (3, 6)], [])


def test_cycles_that_share_a_condition_are_all_broken() -> None:
    either = "!Or [!Condition %s, !Condition %s]"
    conditions = {"A": either % ("B", "C"), "B": either % ("A", "C"), "C": either % ("A", "B")}
    written = "".join(f"  {name}: {condition}\n" for name, condition in conditions.items())
    errors, findings = judged(f"Conditions:\n{written}Resources:\n{QUEUE}    Condition: C\n", POLLING)
    assert (len(errors), findings) == (1, [(POLLING, "Orders", "warning")])


def test_many_conditions_in_a_row_and_in_a_cycle() -> None:
    row = "".join(f"  A{number}: !Condition A{(number + 1) % 3000}\n" for number in range(3000))
    assert judged(f"Conditions:\n{row}Resources:\n{QUEUE}", POLLING) == ([(2, 7)], [(POLLING, "Orders", "warning")])


@pytest.mark.parametrize(
    ("section", "place"),
    [
        ("Parameters: [a]\n", (1, 13)),
        ("Parameters:\n  Wait: [a]\n", (2, 9)),
        ("Mappings: [a]\n", (1, 11)),
        ("Mappings:\n  Waits: a\n", (2, 10)),
    ],
)
def test_what_refers_to_a_broken_section_is_unknown(section: str, place: tuple[int, int]) -> None:
    value = "!Ref Wait" if "Param" in section else "!FindInMap [Waits, a, b]"
    text = f"{section}Resources:\n{QUEUE}    Properties:\n      ReceiveMessageWaitTimeSeconds: {value}\n"
    assert judged(text, POLLING) == ([place], [])
    assert judged(f"{section}Resources:\n{QUEUE}", POLLING) == ([place], [(POLLING, "Orders", "warning")])


@pytest.mark.parametrize("section", ["Outputs: [a]\n", "Metadata: a\n", "Rules: [a]\n", "Hooks: a\n"])
def test_other_broken_sections_cost_nothing_else(section: str) -> None:
    errors, findings = judged(f"{section}Resources:\n{QUEUE}", POLLING)
    assert (len(errors), findings) == (1, [(POLLING, "Orders", "warning")])


@pytest.mark.parametrize("outputs", ["[a]", "{Wait: text}"])
def test_a_broken_output_of_a_nested_stack_is_unknown(outputs: str) -> None:
    write(inner=f"Outputs: {outputs}\nResources:\n  T: {{Type: AWS::SNS::Topic}}\n")
    stack = "  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./inner.yaml}}\n"
    wait = "    Properties: {ReceiveMessageWaitTimeSeconds: !GetAtt Inner.Outputs.Wait}\n"
    write(outer=f"Resources:\n{stack}{QUEUE}{wait}")
    made = report("outer.yaml", "--select", POLLING, "--advice")
    assert [one["path"] for one in made["errors"]] == ["inner.yaml"]
    assert made["findings"] == []


@pytest.mark.parametrize("globals_", ["[a]", "{Function: [a]}"])
def test_broken_globals_leave_properties_unknown(globals_: str) -> None:
    rule = "xray-lambda-tracing"
    assert judged(f"{SAM}Resources:\n  F:\n{FUNCTION}", rule)[1] == [(rule, "F", "advice")]
    errors, findings = judged(f"{SAM}Globals: {globals_}\nResources:\n  F:\n{FUNCTION}", rule)
    assert (len(errors), findings) == (1, [])


def test_all_broken_parts_are_told_in_the_order_of_the_text() -> None:
    text = f"Parameters: [a]\nResources:\n  A:\n  B: c\n{QUEUE}Outputs: d\n"
    assert judged(text, POLLING)[0] == [(1, 13), (3, 5), (4, 6), (7, 10)]


@pytest.mark.parametrize(
    ("transform", "places"),
    [
        ("null", [(1, 12)]),
        ('""', [(1, 12)]),
        ("{}", [(1, 12)]),
        ("[[], AWS::Serverless-2016-10-31, {Name: }]", [(1, 13), (1, 45)]),
    ],
)
def test_a_transform_without_a_name_is_told_because_it_may_change_anything(
    transform: str, places: Sequence[tuple[int, int]]
) -> None:
    assert judged(f"Transform: {transform}\nResources:\n{QUEUE}", POLLING) == (places, [])


@pytest.mark.parametrize("transform", ["Own", "[Own]", "{Name: 'AWS::Include', Parameters: {Location: a}}", "[]"])
def test_a_transform_with_a_name_is_sound(transform: str) -> None:
    assert judged(f"Transform: {transform}\nResources:\n{QUEUE}", POLLING)[0] == []


def test_an_empty_type_is_told() -> None:
    text = "Resources:\n" + QUEUE + "  Other:\n    Type: ''\n"
    assert judged(text, POLLING)[0] == [(5, 11)]


@pytest.mark.parametrize(
    ("events", "place", "said"),
    [
        ("[a]", (8, 15), "Events of F must be a mapping, not a list"),
        ("{A: [a]}", (8, 19), "the event A of F must be a mapping with a Type, not a list"),
        ("{A: }", (8, 19), "the event A of F must be a mapping with a Type, not empty"),
        ("{A: {Typ: Api}}", (8, 19), "the event A of F has no Type"),
        ("{A: {Type: [Api]}}", (8, 26), "the Type of event A of F must be text such as SQS, not a list"),
        ("{A: {Type: Api, Properties: [a]}}", (8, 43), "the Properties of event A of F must be a mapping, not a list"),
    ],
)
def test_a_broken_event_may_create_anything(events: str, place: tuple[int, int], said: str) -> None:
    # It may be an alias of the queue's dead-letter queue, and the API of events that name none.
    text = (
        f"{SAM}Resources:\n{QUEUE}  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events: {events}\n"
    )
    assert judged(text, UNWATCHED, POLLING, "apigateway-endpoint-type") == ([place], [(POLLING, "Orders", "advice")])
    assert report("a.yaml")["errors"][0]["message"].startswith(said)


@pytest.mark.parametrize("events", ["", "{}", "{A: {Type: NewInSam}}", "{A: !If [C, {Type: SQS}, {Type: SNS}]}"])
def test_an_event_that_may_be_one_is_no_mistake(events: str) -> None:
    head = f"{SAM}Conditions: {{C: !Equals [!Ref AWS::Region, a]}}\nResources:\n{QUEUE}"
    text = f"{head}  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events: {events}\n"
    assert judged(text, POLLING)[0] == []


@pytest.mark.parametrize(
    ("other", "place", "said"),
    [
        ("Type: AWS::Serverless::Connector", (6, 5), "the connector C has no Source"),
        (
            "{Type: AWS::Serverless::Connector, Properties: {Source: {Id: Orders}, Destination: }}",
            (5, 53),
            "the connector C has no Destination among its Properties",
        ),
        ("{Type: AWS::SNS::Topic, Connectors: [a]}", (5, 42), "Connectors of C must be a mapping, not a list"),
        ("{Type: AWS::SNS::Topic, Connectors: {A: [a]}}", (5, 46), "the connector A of C has no Destination"),
        ("{Type: AWS::SNS::Topic, Connectors: {A: {Properties: {}}}}", (5, 59), "the connector A of C has no"),
    ],
)
def test_a_broken_connector_may_allow_anything(other: str, place: tuple[int, int], said: str) -> None:
    head = "  C:" if other.startswith("{") else "  C:\n   "
    errors, findings = judged(f"{SAM}Resources:\n{QUEUE}{head} {other}\n", UNWATCHED, POLLING)
    assert (errors[0], findings) == (place, [(POLLING, "Orders", "advice")])
    assert report("a.yaml")["errors"][0]["message"].startswith(said)
