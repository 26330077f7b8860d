"""Edits of YAML and JSON keep everything else: comments, order, quotes, indentation and line ends."""

import json

import pytest
import yaml

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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("value", ["a", "yes", "12", "", "a: b", "#x", "AWS::SQS::Queue", "ä", "x:"])
def test_a_text_means_itself(value: str) -> None:
    text = changed("Resources:\n  Q:\n    Type: T\n", "Wait", value)
    assert yaml.safe_load(text)["Resources"]["Q"]["Properties"]["Wait"] == value


def test_a_route_is_split_into_steps() -> None:
    assert steps_of("Targets[0].DeadLetterConfig.Arn") == ("Targets", 0, "DeadLetterConfig", "Arn")


def changed(text: str, name: str, value: Setable) -> str:
    file = DataFile(text, is_json=text.startswith("{"))
    return applied(text, file.set(("Resources", "Q", "Properties", name), value))
