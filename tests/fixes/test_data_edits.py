"""Edits of YAML and JSON keep everything else: comments, order, quotes, indentation and line ends."""

import json

import pytest
import yaml
from tests.cases import each_case

from awslint_memo.fixes.data_edits import DataFile
from awslint_memo.fixes.edit import Refused, applied
from awslint_memo.fixes.writing_data import Names
from awslint_memo.model.fix import Reference, Setable, steps_of

BLOCK = """\
Resources:
  # The queue of the shop.
  Q:   # a comment
    Type: AWS::SQS::Queue
    Properties:
      QueueName: "q"  # its name

      Tags: []
      # the end
  Next:
    Type: AWS::SNS::Topic
"""


def test_a_property_is_put_behind_the_last_one() -> None:
    assert changed(BLOCK, "Wait", 20) == BLOCK.replace("Tags: []\n", "Tags: []\n      Wait: 20\n")


@each_case(
    ("before", "after"),
    [
        ("Q:\n    Type: T\n", "Q:\n    Type: T\n    Properties:\n      Wait: 20\n"),
        ("Q:\n    Type: T", "Q:\n    Type: T\n    Properties:\n      Wait: 20"),
        ("Q: {Type: T}\n", "Q: {Type: T, Properties: {Wait: 20}}\n"),
        ("Q: { Type: T, Properties: {} }\n", "Q: { Type: T, Properties: {Wait: 20} }\n"),
        ("Q:\n    Type: T\n    Properties:\n", "Q:\n    Type: T\n    Properties:\n      Wait: 20\n"),
        ("Q:\n    Properties: # none\n    Type: T\n", "Q:\n    Properties: # none\n      Wait: 20\n    Type: T\n"),
        ("Q:\n    Properties: null # none\n", "Q:\n    Properties:\n      Wait: 20 # none\n"),
        ("Q:\n    Properties: {A: 1,}\n", "Q:\n    Properties: {A: 1, Wait: 20,}\n"),
        ("Q:\n    Properties: {\n      A: 1\n    }\n", "Q:\n    Properties: {\n      A: 1,\n      Wait: 20\n    }\n"),
        ("Q:\n    Properties: {Wait: 0} # c\n", "Q:\n    Properties: {Wait: 20} # c\n"),
        ("Q:\r\n    Type: T\r\n", "Q:\r\n    Type: T\r\n    Properties:\r\n      Wait: 20\r\n"),
    ],
)
def test_yaml(before: str, after: str) -> None:
    head = "Resources:\r\n  " if "\r" in before else "Resources:\n  "
    assert changed(head + before, "Wait", 20) == head + after


@each_case(
    ("before", "after"),
    [
        ("Wait: '0'\n", "Wait: '20'\n"),
        ("Wait:\n      A: 1\n", "Wait: 20\n      A: 1\n"),
        ("A: |\n        x\n\n", "A: |\n        x\n      Wait: 20\n\n"),
        ("A: |+\n        x\n\n", "Wait: 20\n      A: |+\n        x\n\n"),
        ("A: !Sub\n        - x\n        - B: c\n", "A: !Sub\n        - x\n        - B: c\n      Wait: 20\n"),
        ("A: 'x\n        y' # z\n", "A: 'x\n        y' # z\n      Wait: 20\n"),
        ("A: {B: 'ä'}\n", "A: {B: 'ä'}\n      Wait: 20\n"),
    ],
)
def test_properties_in_yaml(before: str, after: str) -> None:
    head = "Resources:\n  Q:\n    Properties:\n      "
    assert changed(head + before, "Wait", 20) == head + after


@each_case(
    ("before", "after"),
    [
        ('{"Type":"T"}', '{"Type":"T", "Properties":{"Wait":20}}'),
        ('{"Type": "T", "Properties": {"Wait": "0"}}', '{"Type": "T", "Properties": {"Wait": "20"}}'),
        ('{\n "Type": "T"\n}', '{\n "Type": "T",\n "Properties": {\n  "Wait": 20\n }\n}'),
        ('{"Properties": {\n\t\t"A" : 1\n}}', '{"Properties": {\n\t\t"A" : 1,\n\t\t"Wait" : 20\n}}'),
        ('{"Properties": {}}', '{"Properties": {"Wait": 20}}'),
    ],
)
def test_json(before: str, after: str) -> None:
    text = changed(f'{{"Resources": {{"Q": {before}}}}}', "Wait", 20)
    assert json.loads(text)["Resources"]["Q"]["Properties"]["Wait"] in (20, "20")
    assert text == f'{{"Resources": {{"Q": {after}}}}}'


@each_case(
    ("written", "reason"),
    [
        ("Properties: {Wait: !Ref W}", "!Ref decides it; change that by hand"),
        ("Properties: {Wait: {Ref: W}}", "Ref decides it; change that by hand"),
        ("Properties: !If [A, {Wait: 1}, {}]", "!If decides it; change that by hand"),
        ("Properties: {'Fn::If': [A, {Wait: 1}, {}]}", "Fn::If decides it; change that by hand"),
        ("Properties: {<<: {Wait: 1}}", "<< may give it; set it by hand"),
        ("Properties: {A: 1, 'Fn::Transform': {}}", "a function of CloudFormation may give it; set it by hand"),
        ("Properties: &p {A: 1}\n  R: {Properties: *p}", "*p repeats it elsewhere; change both by hand"),
        ("Properties: []", "Wait can't be set, as this is no mapping"),
    ],
)
def test_what_is_not_plainly_written_is_refused(written: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        changed(f"Resources:\n  Q:\n    {written.replace(chr(10), chr(10))}\n", "Wait", 20)
    assert str(refused.value) == reason


def test_an_alias_is_refused() -> None:
    text = "Resources:\n  P: &p {Properties: {A: 1}}\n  Q: *p\n"
    with pytest.raises(Refused, match="it is an alias of &p; change it there"):
        changed(text, "Wait", 20)


def test_a_mapping_is_merged_with_what_is_there() -> None:
    text = "Resources:\n  Q:\n    Properties:\n      D: {A: 1, B: 2} # kept\n"
    assert changed(text, "D", {"A": 3, "C": True}) == text.replace("{A: 1, B: 2}", "{A: 3, B: 2, C: true}")


def test_a_resource_is_put_behind_another_one_with_what_refers_to_it() -> None:
    file = DataFile(BLOCK, is_json=False)
    file.names = Names(lambda _: "QFailed")
    edits = [
        *file.set(("Resources", "Q", "Properties", "Redrive"), {"arn": Reference("Arn")}),
        *file.add(("Resources", "Q"), "QFailed", {"Type": "AWS::SQS::Queue"}),
    ]
    text = applied(BLOCK, edits)
    assert text == BLOCK.replace("Tags: []\n", "Tags: []\n      Redrive:\n        arn: !GetAtt QFailed.Arn\n").replace(
        "# the end\n", "# the end\n  QFailed:\n    Type: AWS::SQS::Queue\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Properties:\n      A: 1\n      Wait: 2 # c\n      B: 3\n", "Properties:\n      A: 1\n      B: 3\n"),
        ("Properties: {A: 1, Wait: 2, B: 3}\n", "Properties: {A: 1, B: 3}\n"),
        ("Properties: {Wait: 2, B: 3}\n", "Properties: {B: 3}\n"),
    ],
)
def test_a_property_is_removed(before: str, after: str) -> None:
    head = "Resources:\n  Q:\n    "
    file = DataFile(head + before, is_json=False)
    assert applied(head + before, file.remove(("Resources", "Q", "Properties", "Wait"))) == head + after


@each_case("value", ["a", "yes", "12", "", "a: b", "#x", "AWS::SQS::Queue", "ä", "x:"])
def test_a_text_means_itself(value: str) -> None:
    text = changed("Resources:\n  Q:\n    Type: T\n", "Wait", value)
    assert yaml.safe_load(text)["Resources"]["Q"]["Properties"]["Wait"] == value


def test_a_route_is_split_into_steps() -> None:
    assert steps_of("Targets[0].DeadLetterConfig.Arn") == ("Targets", 0, "DeadLetterConfig", "Arn")


def changed(text: str, name: str, value: Setable) -> str:
    file = DataFile(text, is_json=text.startswith("{"))
    return applied(text, file.set(("Resources", "Q", "Properties", name), value))


LISTS = """\
Resources:
  Q:
    Properties:
      Arns: # names
      - a
      - b # the second one
      Flow: [a, b]
      Items:
      - {Id: x}
      - Id: y
        # a comment
        Other: 1
    Type: T
"""


@each_case(
    ("path", "value", "before", "after"),
    [
        ("Arns", "c", "one\n", "one\n      - c\n"),
        ("Arns", {"A": 1, "B": [2]}, "one\n", "one\n      - A: 1\n        B:\n        - 2\n"),
        ("Flow", {"Fn::Sub": "${A}"}, "[a, b]", '[a, b, !Sub "${A}"]'),
        ("New", "c", "    Type: T\n", "      New:\n      - c\n    Type: T\n"),
    ],
)
def test_an_item_is_added_to_a_list(path: str, value: Setable, before: str, after: str) -> None:
    file = DataFile(LISTS, is_json=False)
    text = applied(LISTS, file.append(("Resources", "Q", "Properties", path), value))
    assert text == LISTS.replace(before, after)


@each_case(
    ("before", "after"),
    [
        ('{"Q": {"A": [1, 2]}}', '{"Q": {"A": [1, 2, 3]}}'),
        ('{"Q": {"A": [\n\t1,\n\t2\n]}}', '{"Q": {"A": [\n\t1,\n\t2,\n\t3\n]}}'),
        ('{"Q": {}}', '{"Q": {"A": [3]}}'),
        ('{\r\n "Q": {\r\n  "B": 1\r\n }\r\n}', '{\r\n "Q": {\r\n  "B": 1,\r\n  "A": [\r\n   3\r\n  ]\r\n }\r\n}'),
    ],
)
def test_an_item_is_added_to_a_list_of_json(before: str, after: str) -> None:
    assert applied(before, DataFile(before, is_json=True).append(("Q", "A"), 3)) == after


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_item_of_a_list_is_reached_by_its_number(end: str) -> None:
    text = LISTS.replace("\n", end)
    file = DataFile(text, is_json=False)
    steps = ("Resources", "Q", "Properties", "Items")
    edits = [edit for number in (0, 1) for edit in file.set((*steps, number, "D"), {"A": True})]
    assert applied(text, edits) == text.replace("{Id: x}", "{Id: x, D: {A: true}}").replace(
        f"Other: 1{end}", f"Other: 1{end}        D:{end}          A: true{end}"
    )


@each_case(
    ("items", "reason"),
    [
        ("[{Id: x}]", "it is not written as an item of a list; change it by hand"),
        ("[!If [C, {Id: x}, !Ref AWS::NoValue], {Id: y}]", "!If decides it; change that by hand"),
        ("[{'Fn::If': [C, {Id: x}, {Id: z}]}, {Id: y}]", "Fn::If decides it; change that by hand"),
        ("{Id: x}", "it is not written as an item of a list; change it by hand"),
    ],
)
def test_an_item_whose_number_is_not_sure_is_refused(items: str, reason: str) -> None:
    file = DataFile(f"Resources:\n  Q: {{Properties: {{Items: {items}}}}}\n", is_json=False)
    with pytest.raises(Refused) as refused:
        file.set(("Resources", "Q", "Properties", "Items", 1, "D"), 1)
    assert str(refused.value) == reason


def test_an_attribute_stands_behind_the_type() -> None:
    text = "Resources:\n  Q:\n    Type: T # kept\n    Properties: {A: 1}\n"
    made = DataFile(text, is_json=False).set(("Resources", "Q", "DeletionPolicy"), "Snapshot")
    assert applied(text, made) == text.replace("# kept\n", "# kept\n    DeletionPolicy: Snapshot\n")
    json_text = '{\n  "Q": {\n    "Type": "T",\n    "Properties": {}\n  }\n}'
    made = DataFile(json_text, is_json=True).set(("Q", "DeletionPolicy"), "Snapshot")
    assert applied(json_text, made) == json_text.replace('"T",', '"T",\n    "DeletionPolicy": "Snapshot",')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    Type: T\n    Properties:\n      Wait: 2\n", "    Type: T\n"),
        ("    Type: T\n    Properties: {Wait: 2}\n", "    Type: T\n"),
        ("    Properties: {Wait: 2}\n    Type: T\n", "    Type: T\n"),
    ],
)
def test_a_mapping_that_would_be_empty_is_removed(before: str, after: str) -> None:
    head = "Resources:\n  Q:\n"
    made = DataFile(head + before, is_json=False).remove(("Resources", "Q", "Properties", "Wait"))
    assert applied(head + before, made) == head + after


def test_what_is_not_there_is_not_removed() -> None:
    file = DataFile("Resources:\n  Q:\n    Properties: {A: {Wait: 2}}\n", is_json=False)
    with pytest.raises(Refused, match="Wait is not written in the file"):
        file.remove(("Resources", "Q", "Properties", "Wait"))


def test_an_added_resource_has_the_condition_of_the_other_one_and_the_gaps_of_the_file() -> None:
    text = (
        "Resources:\n\n  # One.\n  A:\n    Type: T\n    Condition: C\n\n  # Two.\n  B: {Type: T}\n\n"
        "  # Three.\n  D: {Type: T}\n"
    )
    made = DataFile(text, is_json=False).add(("Resources", "A"), "New", {"Type": "U"})
    assert applied(text, made) == text.replace(
        "Condition: C\n", "Condition: C\n\n  New:\n    Type: U\n    Condition: C\n"
    )


@each_case(
    ("written", "read"),
    [
        ("!Ref T", "!Ref T"),
        ("{Ref: T}", "{Ref: T}"),
        ('"a b"', '"a b"'),
        ("\n        Ref: T", ""),
        ("|\n        a", ""),
    ],
)
def test_what_another_property_says_is_read_as_it_stands(written: str, read: str) -> None:
    file = DataFile(f"Resources:\n  Q:\n    Properties:\n      A: {written}\n", is_json=False)
    if read:
        assert file.source(("Resources", "Q", "Properties", "A")) == read
    else:
        with pytest.raises(Refused, match="A is not written in one line"):
            file.source(("Resources", "Q", "Properties", "A"))


@each_case(
    ("before", "after"),
    [
        # What stands below a key is indented as what is written beside it, whatever the rest of the file does.
        (
            "            Deployment:\n              Max: 1\n",
            "            Deployment:\n              Max: 1\n              Breaker:\n                Enable: true\n",
        ),
        (
            "            Deployment:\n                Max: 1\n",
            "            Deployment:\n                Max: 1\n"
            "                Breaker:\n                    Enable: true\n",
        ),
    ],
)
def test_what_is_new_is_indented_as_what_stands_beside_it(before: str, after: str) -> None:
    head = "Resources:\n    Q:\n        Properties:\n"
    file = DataFile(head + before, is_json=False)
    edits = file.set(("Resources", "Q", "Properties", "Deployment", "Breaker", "Enable"), value=True)
    assert applied(head + before, edits) == head + after


def test_a_property_stands_beside_what_is_about_the_same() -> None:
    head = "Resources:\n  Q:\n    Properties:\n      AllocatedStorage: 20\n"
    text = head + "      Engine: a\n"
    assert changed(text, "MaxAllocatedStorage", 30) == f"{head}      MaxAllocatedStorage: 30\n      Engine: a\n"


def test_an_item_stands_in_lines_as_the_one_before_it_that_begins_behind_the_bracket() -> None:
    text = '{\n  "Tables": [ {\n    "Name": "a"\n  } ]\n}\n'
    made = DataFile(text, is_json=True).append(("Tables",), {"Name": "b", "Keys": ["c"]})
    after = '{\n  "Tables": [ {\n    "Name": "a"\n  }, {\n    "Name": "b",\n    "Keys": [\n      "c"\n    ]\n  } ]\n}\n'
    assert applied(text, made) == after
