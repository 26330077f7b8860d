"""What was found in a part of a resource that is deleted, an event, an item or a block, is gone and not mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.command import printed
from tests.comparing.test_against import changes
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


FUNCTION = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  News: {Type: AWS::SNS::Topic}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: a.b
      CodeUri: src
      Events:
"""
EVENT = "        Arrived:\n          Type: SNS\n          Properties: {Topic: !Ref News$MORE}\n"
OTHER = "        Called: {Type: Api, Properties: {Path: /, Method: get}}\n"
QUEUE = ", RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}"
DEAD = "  Dead: {Type: AWS::SQS::Queue}\n"
ASYNC, DROPPED = "lambda-async-failure Work", "sns-subscription-dead-letter Work"
GONE = {"no_longer_applies": [f"{ASYNC} event Arrived of Work is gone"], "gone": [f"{DROPPED} part"]}
FAILURE = "      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Dead.Arn}\n"
PLAIN = EVENT.replace("$MORE", "")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (FUNCTION + OTHER, GONE),
        (FUNCTION.replace("      Events:\n", ""), GONE),
        (FUNCTION.replace("python3.12", "python3.13").replace("      Events:\n", ""), GONE),
        (FUNCTION + "".join(f"#{line}\n" for line in PLAIN.splitlines()) + OTHER, GONE),
        (FUNCTION + PLAIN.replace("Arrived", "Named"), {"new": [DROPPED], "mended": [DROPPED], "unchanged": 1}),
        (FUNCTION + EVENT.replace("$MORE", QUEUE) + DEAD, {"mended": [DROPPED], "unchanged": 1}),
        (
            FUNCTION + EVENT.replace("$MORE", QUEUE).replace("Arrived", "Named") + DEAD,
            {"mended": [DROPPED], "unchanged": 1},
        ),
        (
            FUNCTION.replace("      Events:\n", FAILURE) + DEAD,
            {"mended": [ASYNC], "gone": [f"{DROPPED} part"]},
        ),
        (
            FUNCTION.replace("      Events:\n", FAILURE + "      Events:\n") + PLAIN + DEAD,
            {"mended": [ASYNC], "unchanged": 1},
        ),
    ],
)
def test_an_event_that_is_deleted_takes_its_findings_with_it(
    repository: Repository, after: str, expected: Mapping[str, Sequence[str]]
) -> None:
    repository.commit({"t.yaml": FUNCTION + PLAIN})
    write(repository.path, {"t.yaml": after})
    assert changes(
        "--select", "lambda-async-failure,sns-subscription-dead-letter", "--advice", "--against", "HEAD"
    ) == (expected)


def test_the_text_says_that_a_part_is_gone(repository: Repository) -> None:
    repository.commit({"t.yaml": FUNCTION + PLAIN})
    write(repository.path, {"t.yaml": FUNCTION + OTHER})
    shown = printed("lint", "--select", "sns-subscription-dead-letter", "--advice", "--against", "HEAD")
    assert "gone: t.yaml:11: sns-subscription-dead-letter on Work (that part of the resource is gone)" in shown


RULE = """\
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets:
"""
WORK = "  Work: {Type: AWS::StepFunctions::StateMachine}\n"
FIRST, SECOND = (f"        - {{Id: {name}, Arn: !GetAtt Work.Arn}}\n" for name in ("first", "second"))
THIRD = SECOND.replace("second", "third")
SOUND = FIRST.replace("}", ", RoleArn: 'arn:aws:iam::123456789012:role/start'}")
ROLE = "events-target-role Nightly"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (FIRST + SECOND, SECOND, {"gone": [f"{ROLE} part"], "unchanged": 1}),
        (FIRST + SECOND, FIRST, {"gone": [f"{ROLE} part"], "unchanged": 1}),
        (FIRST + SECOND + THIRD, SECOND, {"gone": [f"{ROLE} part"] * 2, "unchanged": 1}),
        (FIRST + SECOND, SOUND + SECOND, {"mended": [ROLE], "unchanged": 1}),
        (FIRST + SECOND, SOUND, {"mended": [ROLE], "gone": [f"{ROLE} part"]}),
        (FIRST + SECOND, SOUND.replace("first", "new"), {"mended": [ROLE], "gone": [f"{ROLE} part"]}),
    ],
)
def test_an_item_that_is_deleted_takes_its_findings_with_it(
    repository: Repository, before: str, after: str, expected: Mapping[str, Sequence[str]]
) -> None:
    repository.commit({"t.yaml": RULE + before + WORK})
    write(repository.path, {"t.yaml": RULE + after + WORK})
    assert changes("--select", "events-target-role", "--against", "HEAD") == expected


def test_where_an_item_goes_that_of_the_item_is_told(repository: Repository) -> None:
    """The finding of the second one has the number of the first one now."""
    repository.commit({"t.yaml": RULE + FIRST + SECOND + WORK})
    write(repository.path, {"t.yaml": RULE + SECOND + WORK})
    assert "gone: t.yaml:7: events-target-role" in printed(
        "lint", "--select", "events-target-role", "--against", "HEAD"
    )


PIPELINE = """\
resource "aws_codepipeline" "release" {
  name = "release"
  stage {
    name = "Source"
$ACTIONS  }
  stage {
    name = "Deploy"
  }
}
"""
ACTION = """\
    action {{
      name     = "{name}"
      category = "Source"
      owner    = "ThirdParty"
      provider = "GitHub"
      configuration = {{
        Branch = "main"{more}
      }}
    }}
"""
APP, SITE = ACTION.format(name="App", more=""), ACTION.format(name="Site", more="")
PUSHED = ACTION.format(name="App", more='\n        PollForSourceChanges = "false"\n        OAuthToken = var.token')
POLLS = "pipeline-polls-source aws_codepipeline.release"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (APP + SITE, SITE, {"gone": [f"{POLLS} part"], "unchanged": 1}),
        (APP + SITE, APP, {"gone": [f"{POLLS} part"], "unchanged": 1}),
        (APP, "", {"gone": [f"{POLLS} part"]}),
        (APP + SITE, PUSHED + SITE, {"mended": [POLLS], "unchanged": 1}),
    ],
)
def test_a_block_that_is_deleted_takes_its_findings_with_it(
    repository: Repository, before: str, after: str, expected: Mapping[str, Sequence[str]]
) -> None:
    repository.commit({"main.tf": PIPELINE.replace("$ACTIONS", before)})
    write(repository.path, {"main.tf": PIPELINE.replace("$ACTIONS", after)})
    assert changes("--select", "pipeline-polls-source", "--against", "HEAD") == expected


QUEUES = """\
variable "name" {
}
resource "aws_sqs_queue" "all" {
  name = var.name
}
resource "aws_lambda_event_source_mapping" "all" {
  event_source_arn = aws_sqs_queue.all.arn
  function_name    = "work"
}
"""


def test_what_is_as_before_is_counted_as_the_report_counts_it(repository: Repository) -> None:
    calls = "".join(f'module "{name}" {{\n  source = "./queue"\n  name = "{name}"\n}}\n' for name in "abc")
    repository.commit({"main.tf": calls, "queue/main.tf": QUEUES})
    options = "--select", "sqs-dead-letter-queue"
    assert printed("lint", *options, "--fail-on", "never").count("warning[") == 1
    assert "no change against HEAD; 1 finding as before" in printed("lint", *options, "--against", "HEAD")


def test_what_grew_graver_says_where_it_held_before(repository: Repository) -> None:
    queue = 'resource "aws_sqs_queue" "q" {\n  visibility_timeout_seconds = 30\n}\n'
    table = 'variable "recovered" {\n  default = false\n}\nresource "aws_dynamodb_table" "t" {\n  name = "t"\n'
    table += "  point_in_time_recovery {\n    enabled = var.recovered\n  }\n}\n"
    repository.commit({"main.tf": queue + table})
    write(repository.path, {"backend.tf": 'terraform {\n  backend "s3" {\n  }\n}\n'})
    options = "--select", "dynamodb-point-in-time-recovery", "--against", "HEAD"
    shown = printed("lint", *options, exits=1)
    assert "(was advice at HEAD: unless the caller sets recovered)" in shown
    assert changes(*options) == {"graver": ["dynamodb-point-in-time-recovery aws_dynamodb_table.t advice"]}


def test_what_is_left_out_as_no_production_is_not_mended(repository: Repository) -> None:
    queue = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: orders\n"
    repository.commit({"t.yaml": queue})
    write(repository.path, {"t.yaml": f"{queue}      Tags: [{{Key: Environment, Value: dev}}]\n"})
    why = "it still holds, and is left out now; `environments: false` tells all"
    options = "--select", "sqs-long-polling", "--advice", "--against", "HEAD"
    assert changes(*options) == {"no_longer_applies": [f"sqs-long-polling Orders {why}"]}
    write(repository.path, {"t.yaml": f"{queue}      ReceiveMessageWaitTimeSeconds: 20\n"})
    assert changes(*options) == {"mended": ["sqs-long-polling Orders"]}


def test_what_was_left_out_as_no_production_is_not_new(repository: Repository) -> None:
    """The reverse of what is left out now. Where it weighs more now, it grew graver, which fails the run."""
    queue = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: orders\n"
    repository.commit({"t.yaml": f"{queue}      Tags: [{{Key: Environment, Value: dev}}]\n"})
    write(repository.path, {"t.yaml": queue})
    options = "--select", "sqs-long-polling", "--advice", "--against", "HEAD"
    assert changes(*options, exits=0) == {"unchanged": 1}
    shown = printed("lint", *options)
    assert "1 finding of HEAD held before and is not left out any more: t.yaml: sqs-long-polling on Orders" in shown
    other = queue.replace("Orders", "Bills").replace("orders", "bills").partition("\n")[2]
    write(repository.path, {"t.yaml": queue + other})
    assert changes(*options)["new"] == ["sqs-long-polling Bills"], "what came is new"


SHIFTED = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    AutoPublishAlias: live
    DeploymentPreference: {Type: AllAtOnce}
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.13, Handler: a.b, CodeUri: a}
"""


def test_what_a_transform_makes_no_more_is_gone_with_its_findings(repository: Repository) -> None:
    """Nobody mended a deployment group that is not made any more; one that moves traffic in steps is mended."""
    repository.commit({"t.yaml": SHIFTED})
    options = "--select", "deploy-all-at-once", "--advice", "--against", "HEAD"
    write(repository.path, {"t.yaml": SHIFTED.replace("    DeploymentPreference: {Type: AllAtOnce}\n", "")})
    assert changes(*options) == {"gone": ["deploy-all-at-once Work part"]}
    write(repository.path, {"t.yaml": SHIFTED.replace("AllAtOnce", "Canary10Percent5Minutes")})
    assert changes(*options) == {"mended": ["deploy-all-at-once Work"]}
    renamed = SHIFTED.replace("AllAtOnce", "Canary10Percent5Minutes").replace("Work:", "Task:")
    write(repository.path, {"t.yaml": renamed})
    assert changes(*options) == {"mended": ["deploy-all-at-once Work"]}, "its function is called otherwise"


STAGES = """\
Resources:
  Orders:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
"""
SOURCE = """\
        - Name: Source
          Actions:
            - {Name: Get, ActionTypeId: {Category: Source, Provider: S3}, OutputArtifacts: [{Name: Code}]}
"""
TAG = """\
            - Name: Tag
              ActionTypeId: {Category: Build, Provider: CodeBuild}
              InputArtifacts: [{Name: Code}]
              Configuration: {ProjectName: tag, EnvironmentVariables: '[{"name": "A", "value": "#{Hashes.A}"}]'}
"""


def staged(*stages: tuple[str, str]) -> str:
    return STAGES + SOURCE + "".join(f"        - Name: {name}\n          Actions:\n{text}" for name, text in stages)


def test_what_is_in_another_part_now_is_mended(repository: Repository) -> None:
    """The action is in another stage, behind one that gives what it lacked."""
    hash_ = (
        TAG.split("              Configuration")[0].replace("Tag", "Hash") + "              Namespace: Hashes\n"
        "              Configuration: {ProjectName: hash}\n"
    )
    repository.commit({"t.yaml": staged(("Tags", TAG), ("Deploy", hash_.replace("Hashes", "Others")))})
    write(repository.path, {"t.yaml": staged(("Deploy", hash_ + TAG + "              RunOrder: 2\n"))})
    assert changes("--select", "pipeline-variables", "--against", "HEAD") == {"mended": ["pipeline-variables Orders"]}
