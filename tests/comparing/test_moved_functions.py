"""Functions that move to another template, where they are written without what SAM gave them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

NAMES = ("AppsIndex", "AppsShow")
API = """\
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.6, Timeout: 300}}
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: live}}
"""
HANDLER = """\
      Handler: handler.main
      Role: !Sub "arn:aws:iam::${AWS::AccountId}:role/apps"
      Environment: {Variables: {API_KEY: "{{resolve:ssm:/key}}"}}
"""
SELECT = ("--advice", "--select", "lambda-runtime-retired,apigateway-integration-timeout")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def of_sam(name: str) -> str:
    return f"""\
  {name}:
    Type: AWS::Serverless::Function
    Properties:
{HANDLER}      CodeUri: ./deploy/{name}.zip
      Events:
        Get: {{Type: Api, Properties: {{Path: /{name}, Method: get, RestApiId: !Ref Api}}}}
"""


def written(name: str) -> str:
    return f"""\
  {name}:
    Type: AWS::Lambda::Function
    Properties:
{HANDLER}      Code: ./deploy/{name}.zip
      MemorySize: 3008
      Runtime: python3.6
      Timeout: 300
"""


def test_functions_are_followed_into_another_template(repository: Repository) -> None:
    """That the API waits for them is told of none any more, and nobody sees whether it still does."""
    there = "Resources:\n" + written("Other")
    told = changed(
        repository,
        {"api.yaml": API + "".join(map(of_sam, NAMES)), "functions.yaml": there},
        {"api.yaml": API, "functions.yaml": there + "".join(map(written, NAMES))},
        *SELECT,
    )
    assert {*told} == {"not_comparable", "unchanged"}
    assert told["not_comparable"] == [
        f"apigateway-integration-timeout {name} Api is in another template than {name} now" for name in NAMES
    ]


def test_one_of_two_functions_of_a_name_is_not_followed_where_it_is_not_alike(repository: Repository) -> None:
    name = NAMES[0]
    told = changed(
        repository,
        {"api.yaml": API + of_sam(name), "more.yaml": API + of_sam(name)},
        {"api.yaml": API, "more.yaml": API, "functions.yaml": "Resources:\n" + written(name)},
        *SELECT,
    )
    assert told["new"] == [f"lambda-runtime-retired {name}"]
