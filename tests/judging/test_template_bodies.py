"""Templates that stand as texts in others are told, once each; what Terraform reads from a file is looked at anyway."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

SET = "Resources: {Set: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: s, TemplateBody: %s}}}\n"
STACK = 'resource "aws_cloudformation_stack" "s" {\n  name = "s"\n  %s\n}\nresource "aws_sns_topic" "t" {}\n'


def notices(path: Path, name: str, text: str) -> list[str]:
    write(path, {name: text})
    told: list[str] = report()["summary"]["notices"]
    return [notice for notice in told if "not checked" in notice]


@pytest.mark.parametrize("body", ["'{\"Resources\": {}}'", "!Sub '${AWS::Region}'", "!Ref AWS::StackName"])
def test_a_body_of_a_stack_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert notices(tmp_path, "a.yaml", SET % body) == ["a.yaml:1: not checked: the template in TemplateBody of Set"]


def test_none_where_the_template_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert notices(tmp_path, "a.yaml", (SET % "./b.yaml").replace("TemplateBody", "TemplateURL")) == []
    assert notices(tmp_path, "a.tf", STACK % 'template_body = file("a.yaml")') == []
    assert notices(tmp_path, "a.tf", STACK % 'template_body = file("${path.module}/a.json")') == []


def test_what_brings_a_template_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = notices(tmp_path, "a.yaml", (SET % "https://a/b.yaml").replace("TemplateBody", "TemplateURL"))
    assert told == ["a.yaml:1: not checked: the template in TemplateURL of Set"]
    told = notices(
        tmp_path, "a.yaml", "Resources: {Own: {Type: 'Our::S3::Bucket::MODULE'}, T: {Type: AWS::SNS::Topic}}\n"
    )
    assert told == ["a.yaml:1: not checked: the template in the module Own (Our::S3::Bucket::MODULE)"]
    Path("a.yaml").unlink()
    for argument in ('template_url = "https://a/b"', 'template_body = file("a.md")'):
        (notice,) = notices(tmp_path, "a.tf", STACK % argument)
        assert notice.startswith(f"a.tf:1: not checked: the template in {argument.split()[0]}")


def test_a_body_in_terraform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = notices(tmp_path, "a.tf", STACK % "template_body = jsonencode({ Resources = {} })")
    assert told == ["a.tf:1: not checked: the template in template_body of aws_cloudformation_stack.s"]


def test_the_first_of_several_bodies_is_told_in_each_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    resource = (
        'resource "aws_serverlessapplicationrepository_cloudformation_stack" "{}" {{\n  application_id = "x"\n}}\n'
    )
    told = notices(tmp_path, "a.tf", 'resource "aws_sns_topic" "t" {}\n' + "".join(map(resource.format, "abcdefgh")))
    assert [notice.partition(" in ")[0] for notice in told] == ["a.tf:2: not checked: the templates"]
