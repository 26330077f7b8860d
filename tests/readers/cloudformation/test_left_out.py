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
    assert [one for one in notices if f"not checked: {said}" in one and f"(line 6 of {path})" in one]


def test_a_loop_that_is_followed_needs_no_word(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"Resources:\n{LOOP.format(over='[A, B]')}")
    assert report(str(path))["summary"]["notices"] == []


@pytest.mark.parametrize("transform", ["Own", "[AWS::Serverless-2016-10-31, Own]", "{Name: Own}"])
def test_a_macro_that_may_change_everything(tmp_path: Path, transform: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f"Resources:\n  Q: {{Type: AWS::SQS::Queue}}\nTransform: {transform}\n")
    said = f"{path}: not checked: what the macro Own adds and changes (line 3 of {path})"
    assert said in report(str(path))["summary"]["notices"]


def test_transforms_of_aws_need_no_word(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    transforms = "Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]\n"
    path.write_text(f"{transforms}Resources: {{T: {{Type: 'AWS::SNS::Topic'}}}}\n")
    assert report(str(path))["summary"]["notices"] == []
