"""A definition that S3 has now is read by nobody, so what was found in it is not mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

RETRIED = '[{"ErrorEquals": ["%s", "States.ALL"]}]'
TASK = '{"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": %s, "End": true}'
BUSY = f'{{"StartAt": "A", "States": {{"A": {TASK % (RETRIED % "Busy")}}}}}'
MACHINE = "Resources: {Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, %s}}}\n"
SAM = "Transform: AWS::Serverless-2016-10-31\nResources: {Work: {Type: AWS::Serverless::%s, Properties: {%s}}}\n"
OBJECT = "{Bucket: b, Key: k}"
API = """\
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: a, %s}}
  Fn: {Type: AWS::Lambda::Function, Properties: {Timeout: 100}}
"""
URI = "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations"
INTEGRATION = f'{{type: AWS_PROXY, httpMethod: POST, timeoutInMillis: 40000, uri: !Sub "{URI}"}}'
BODY = f"Body: {{openapi: 3.0.1, paths: {{/a: {{get: {{x-amazon-apigateway-integration: {INTEGRATION}}}}}}}}}"
PROJECT = (
    "Resources: {Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: %s}}}}\n"
)
SPEC = '"{version: 0.2, phases: {build: {commands: [{echo Built: now}]}}}"'
PROJECT_OF_TERRAFORM = """\
resource "aws_codebuild_project" "web" {
  source {
    type      = "CODEPIPELINE"
    buildspec = %s
  }
}
"""
DRAIN = "  Drain: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.12, Handler: index.a, Code: %s}}\n"
FUNCTION = "Resources:\n" + DRAIN
PYTHON_2 = "{ZipFile: \"def a(event, context):\\n    print 'a'\\n    return 1\\n\"}"

MOVED = {
    "a text": (MACHINE % f"DefinitionString: '{BUSY}'", MACHINE % f"DefinitionS3Location: {OBJECT}"),
    "a mapping": (MACHINE % f"Definition: {BUSY}", MACHINE % f"DefinitionS3Location: {OBJECT}"),
    "a mapping of SAM": (
        SAM % ("StateMachine", f"Role: r, Definition: {BUSY}"),
        SAM % ("StateMachine", "Role: r, DefinitionUri: s3://b/k"),
    ),
    "an API": (API % BODY, API % f"BodyS3Location: {OBJECT}"),
    "a buildspec": (PROJECT % SPEC, PROJECT % "arn:aws:s3:::b/buildspec.yml"),
    "a program": (FUNCTION % PYTHON_2, FUNCTION % "{S3Bucket: b, S3Key: k}"),
    "an image": (FUNCTION % PYTHON_2, FUNCTION % "{ImageUri: a}"),
}


def against(folder: Path, before: dict[str, str], after: dict[str, str], *options: str) -> tuple[int, str]:
    """The exit code and the output after a change of files in a new repository."""
    made(folder).commit(before)
    write(folder, after)
    result = invoke("lint", "--against", "HEAD", *options)
    return result.exit_code, result.output


@pytest.mark.parametrize("options", [(), ("--gate",)])
@pytest.mark.parametrize("way", [*MOVED, "Terraform's"])
def test_what_moves_to_s3_can_not_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    if way in MOVED:
        before, after = ({"t.yaml": text} for text in MOVED[way])
    else:
        places = (SPEC, '"arn:aws:s3:::b/buildspec.yml"')
        before, after = ({"main.tf": PROJECT_OF_TERRAFORM % place} for place in places)
    code, output = against(tmp_path, before, after, *options)
    assert "mended:" not in output
    told = "can't be told any more" if options else "not comparable:"
    assert (code, told in output) == (1 if options else 0, True), output


def test_what_moves_into_a_file_is_read_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = {"t.yaml": SAM % ("StateMachine", f"Role: r, Definition: {BUSY}")}
    after = {
        "t.yaml": SAM % ("StateMachine", "Role: r, DefinitionUri: d.json"),
        "d.json": BUSY.replace('"Busy", ', ""),
    }
    code, output = against(tmp_path, before, after, "--gate")
    assert (code, "mended: t.yaml" in output) == (0, True), output


def test_what_was_in_s3_is_no_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    function = FUNCTION.replace("Handler", "Timeout: 60, Handler") % "{S3Bucket: b, S3Key: k}"
    queue = "  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: %d}}\n"
    mapping = "{FunctionName: !Ref Drain, EventSourceArn: !GetAtt Orders.Arn}"
    mapped = f"  Map: {{Type: AWS::Lambda::EventSourceMapping, Properties: {mapping}}}\n"
    before, after = ({"t.yaml": function + queue % hidden + mapped} for hidden in (30, 360))
    code, output = against(tmp_path, before, after, "--gate")
    assert (code, "mended: t.yaml" in output) == (0, True), output
