"""What of a run could not be read or judged is told with what was: on standard output too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke

from awslint_memo.judging import survey
from awslint_memo.readers.template import Template

STACK = "Resources: {Files: {Type: AWS::S3::Bucket}}\n"
ROOT = 'provider "aws" {\n  region = "eu-west-1"\n}\nresource "aws_s3_bucket" "files" {}\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "live").mkdir()
    (tmp_path / "a.yaml").write_text(STACK)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [("b.yaml", "Resources: {A: {Type: AWS::S3::Bucket\n"), ("live/main.tf", 'resource "aws_s3_bucket"')],
)
def test_the_summary_tells_that_something_was_not_read(name: str, text: str) -> None:
    assert invoke("recovery").stdout.splitlines()[-1].startswith("1 store, no objective")
    Path(name).write_text(text)
    result = invoke("recovery")
    assert result.exit_code == 2
    assert result.stdout.splitlines()[-1].startswith("1 store in what was read, but 1 part was not, ")


@pytest.mark.parametrize(("name", "text"), [("b.yaml", STACK), ("live/main.tf", ROOT)])
def test_the_summary_tells_that_something_was_not_judged(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(name).write_text(text)
    add = survey.Survey.add

    def fails(self: survey.Survey, template: Template, *rest: Any, **more: Any) -> None:
        if template.source.path.endswith(name):
            raise LookupError("missing")
        add(self, template, *rest, **more)

    monkeypatch.setattr(survey.Survey, "add", fails)
    result = invoke("recovery")
    assert result.exit_code == 2
    assert result.stdout.splitlines()[-1].startswith("1 store in what was read, but 1 part was not, ")


def test_an_app_of_the_cdk_that_was_not_synthesised_is_told() -> None:
    Path("cdk.json").write_text('{"app": "npx ts-node app.ts"}')
    told = invoke("recovery").stderr
    assert (
        "cdk.json: not checked: this app of the CDK has no templates in cdk.out; run cdk synth, then this again" in told
    )


def test_an_included_file_that_is_there_is_not_said_to_be_none() -> None:
    body = "      Body: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.json}}}\n"
    Path("b.yaml").write_text(f"Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n{body}")
    Path("api.json").write_text('{"info": {"title": "a",},}')
    assert "no local file that AWS::Include names, or one that can't be read" in invoke("recovery").stderr
    Path("api.json").write_text('{"info": {"title": "a"}}')
    assert "AWS::Include" not in invoke("recovery").stderr
