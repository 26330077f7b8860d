"""What adds resources to a template and is not followed is told in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

LOOP = "  Fn::ForEach::Names:\n    - Name\n    - {over}\n    - Topic${{Name}}: {{Type: 'AWS::SNS::Topic'}}\n"
PARAMETERS = "Parameters:\n  Pw: {Type: String, NoEcho: true, Default: abcd}\n  Names: {Type: CommaDelimitedList}\n"


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (LOOP.format(over="!Ref Names"), "the loop Fn::ForEach::Names"),
        (LOOP.format(over="[!Ref Pw]"), "the loop Fn::ForEach::Names"),
        ("  Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/a}}\n", "what Fn::Transform adds"),
    ],
)
@pytest.mark.parametrize("is_nested", [False, True])
def test_a_loop_or_include_that_is_not_followed(tmp_path: Path, added: str, said: str, *, is_nested: bool) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"{PARAMETERS}Resources:\n  Kept: {{Type: 'AWS::SNS::Topic'}}\n{added}")
    outer = tmp_path / "outer.yaml"
    outer.write_text(
        "Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: a.yaml}\n"
    )
    notices = report(str(outer if is_nested else path))["summary"]["notices"]
    assert [one for one in notices if one.startswith(f"{path}:6: not checked: {said}")]


def test_a_loop_that_is_followed_needs_no_word(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"Resources:\n{LOOP.format(over='[A, B]')}")
    assert report(str(path))["summary"]["notices"] == []


@pytest.mark.parametrize("transform", ["Own", "[AWS::Serverless-2016-10-31, Own]", "{Name: Own}"])
def test_a_macro_that_may_change_everything(tmp_path: Path, transform: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"Resources:\n  Q: {{Type: AWS::SQS::Queue}}\nTransform: {transform}\n")
    said = f"{path}:3: not checked: what the macro Own adds and changes"
    assert said in report(str(path))["summary"]["notices"]


def test_transforms_of_aws_need_no_word(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    transforms = "Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]\n"
    path.write_text(f"{transforms}Resources: {{T: {{Type: 'AWS::SNS::Topic'}}}}\n")
    assert report(str(path))["summary"]["notices"] == []


WHOLE = """Conditions: {Is: !Equals [!Ref 'AWS::Region', eu-west-1]}
"""
PARTS = {
    "If": "Q: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [Is, a, b]}}",
    "Condition": "Q: {Type: AWS::SQS::Queue, Condition: Is}",
    "deep": "Q: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: a, Value: !Sub ['${A}', {A: !If [Is, a, b]}]}]}}",
}


@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
@pytest.mark.parametrize("whole", ["", WHOLE], ids=["part", "whole"])
def test_a_part_of_a_template(tmp_path: Path, part: str, whole: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"{whole}Resources:\n  {part}\n")
    said = f"{path}:2: not checked: the rest of the template that this is a part of, with the condition Is"
    assert (said in report(str(path))["summary"]["notices"]) is (not whole)


def test_a_condition_of_a_policy_is_none_of_the_template(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    policy = "{PolicyDocument: {Statement: [{Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}"
    path.write_text(f"Resources:\n  P: {{Type: AWS::SNS::TopicPolicy, Properties: {policy}}}\n")
    assert report(str(path))["summary"]["notices"] == []


FUNCTION = """Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties: {AutoPublishAlias: live, FunctionName: !If [Is, orders, !Ref AWS::NoValue]}
"""


@pytest.mark.parametrize("whole", ["", WHOLE], ids=["part", "whole"])
def test_globals_may_stand_in_another_part(tmp_path: Path, whole: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(whole + FUNCTION)
    found = {one["rule"] for one in report("--advice", str(path))["findings"]}
    assert found == ({"lambda-alias-shift"} if whole else set())


def test_another_part_may_have_any_resource(tmp_path: Path) -> None:
    path, alarm = (
        tmp_path / "a.yaml",
        "  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Lost}}\n",
    )
    chosen = ("--select", "alarm-without-action", str(path))
    path.write_text(f"Resources:\n{alarm}")
    assert [one["rule"] for one in report(*chosen)["findings"]] == ["alarm-without-action"]
    path.write_text(f"Resources:\n{alarm}  Topic: {{Type: AWS::SNS::Topic, Condition: Is}}\n")
    assert report(*chosen)["findings"] == []


def test_what_several_files_have_is_one_notice(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.yaml").write_text(f"Resources:\n  {PARTS['Condition']}\n")
    notice, *_ = report(str(tmp_path))["summary"]["notices"]
    words = "a.yaml:2: not checked: the rest of the template that this is a part of, with the condition Is"
    assert notice.endswith(f"{words}; so it is in 2 other places")
