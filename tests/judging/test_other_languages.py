"""Sources of other tools: a run says that it did not read them, and how what they make is judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, printed

from awslint_memo.files.left_out import PROGRAMS, may_be_read
from awslint_memo.judging.other_languages import BY_NAME, BY_PLACE

QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"

SOURCES = {
    "serverless.yml": ("service: a\nprovider: {name: aws}\n", "serverless package"),
    "api/serverless.ts": ("export default {}\n", "serverless package"),
    "api/serverless.yaml": ("service: a\ncustom: {docs: {apiVersion: v1}}\n", "serverless package"),
    "cdktf.json": ('{"app": "node main.js"}', "cdktf synth"),
    "Pulumi.yaml": ("name: a\nruntime: nodejs\n", "neither CloudFormation nor Terraform"),
    "sst.config.ts": ("export default {}\n", "sst build"),
    "copilot/.workspace": ("application: a\n", "copilot svc package"),
    "amplify/backend.ts": ("defineBackend({})\n", "get-template"),
    ".chalice/config.json": ('{"version": "2.0"}', "chalice package"),
    "queue.yaml": ("apiVersion: sqs.aws.upbound.io/v1beta1\nkind: Queue\n", "Crossplane"),
    "ack.yaml": ("kind: Queue\napiVersion: 'sqs.services.k8s.aws/v1alpha1'\n", "Controllers for Kubernetes"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def notes() -> list[str]:
    return [line for line in invoke("lint").stderr.splitlines() + printed("lint").splitlines() if "not checked" in line]


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_of_another_tool_is_not_passed_over_in_silence(folder: Path, name: str) -> None:
    text, words = SOURCES[name]
    put(folder, name, text)
    (note,) = set(notes())
    assert name in note
    assert words in note


@pytest.mark.parametrize("name", ["backend.ts", ".workspace", "config.json", "deployment.yaml", "src/backend.ts"])
def test_files_of_other_programs_are_none(folder: Path, name: str) -> None:
    put(folder, name, "apiVersion: apps/v1\nkind: Deployment\n")
    assert notes() == []


def test_a_source_whose_output_is_judged_is_not_told(folder: Path) -> None:
    put(folder, "serverless.yml", "service: a\n")
    put(
        folder,
        ".serverless/cloudformation-template-update-stack.json",
        '{"Resources": {"Q": {"Type": "AWS::SQS::Queue"}}}',
    )
    assert notes() == []
    assert "sqs-dead-letter-queue" in printed("lint", "--advice")


def test_many_sources_of_a_tool_are_told_once_beside_templates(folder: Path) -> None:
    put(folder, "t.yaml", QUEUE)
    for number in range(5):
        put(folder, f"{number}/serverless.yml", "service: a\n")
    (note,) = set(notes())
    assert "0/serverless.yml, 1/serverless.yml and 3 others" in note


def test_a_source_that_is_named_is_an_error_that_says_what_to_name_instead(folder: Path) -> None:
    put(folder, "serverless.yml", "service: a\n")
    result = invoke("lint", "serverless.yml")
    assert result.exit_code == 2
    assert "this is a source of the Serverless Framework; run serverless package" in result.output
    assert "not checked" not in result.output


def test_a_walk_meets_every_file_by_which_a_tool_is_known() -> None:
    names = {*BY_NAME, *(name for _, name in BY_PLACE)}
    assert {name for name in names if not may_be_read(name)} == PROGRAMS
