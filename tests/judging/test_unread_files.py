"""Which files that are no templates end a run with exit code 2: if named, in a hook, or found in a folder."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import pytest
from tests.command import invoke

from awslint_memo import api
from awslint_memo.files.source import Source

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {ReceiveMessageWaitTimeSeconds: 20}\n"
VERSION = "AWSTemplateFormatVersion: '2010-09-09'\n"

OTHER = {
    "compose.yaml": "services: {}\n",
    "empty.yaml": "",
    "comments.yaml": "# Type: AWS::SQS::Queue\n",
    "list.yaml": "- a\n",
    "documents.yaml": "a: 1\n---\nb: 2\n",
    "chart.yaml": "{{- if .Values.on }}\na: b\n{{- end }}\n",
    "serverless.yml": "service: a\nresources:\n  Resources:\n    A: {Type: AWS::SQS::Queue}\n",
    "appspec.yml": "version: 0.0\nResources:\n  - F:\n      Type: AWS::Lambda::Function\n",
    "part.yaml": "Orders:\n  Type: AWS::SQS::Queue\n",
    "config-map.yaml": f"data:\n  template: |\n    {VERSION}    Resources:\n      A: {{Type: AWS::SQS::Queue}}\n",
    "settings.json": '{"a": 1}',
    "comments.json": '{"a": 1 /* one */}',
    "accounts.yaml": "AWSTemplateFormatVersion: '2010-09-09-OC'\nOrganization:\n  A: {Type: OC::ORG::Account}\n",
    "procedure.txt": '# Apply\n\nRun `terraform apply`. It makes:\n\nresource "aws_sqs_queue" "a" {\n  name = ...\n}\n',
    "tree.json": '{"tree": {"aws:cdk:cloudformation:type": "AWS::SQS::Queue"}}',
}
"""Files of other kinds."""

BROKEN = {
    "tab.yaml": (
        "Orders:\n  Type: AWS::SQS::Queue\n\tA: b\n",
        "3:1: could not be read: YAML does not allow a tab here",
    ),
    "latin.yaml": ("Orders:\n  Type: AWS::SQS::Queue\n  A: \udce9\n", "3:6: could not be read: byte 0xe9 is not UTF-8"),
    "engine.yaml": (f"{VERSION}{{% for a in b %}}\n", "2:1: could not be read: {% is for a template engine"),
    "comma.json": ('{"A": {"Type": "AWS::SQS::Queue",}}', "1:33: could not be read: JSON does not allow a comma"),
}
"""Broken files that look like templates, and what is said."""

SURE = {
    "resources.yaml": (f"Resources:\n{QUEUE}\tA: b\n", "5:1: could not be read: YAML does not allow a tab here"),
    "version.yaml": (f"{VERSION}Parameters: {{}}\n", "1:1: could not be read: the template has no Resources; add the"),
    "resource.yaml": (f"{VERSION}Resource:\n{QUEUE}", "2:1: could not be read: Resource is no section of a template"),
    "null.yaml": (f"{VERSION}Resources:\n", "2:11: could not be read: Resources is empty; add a resource"),
    "documents.yaml": (
        f"Resources:\n{QUEUE}---\na: b\n",
        "5:1: could not be read: the file has several YAML documents",
    ),
    "version.json": ('{"AWSTemplateFormatVersion": "2010-09-09",}', "1:42: could not be read: JSON does not allow a"),
}
"""Broken files that surely are templates."""

SOUND = {
    "resources.yaml": f"{VERSION}Resources: {{}}\n",
    "types.yaml": f"{VERSION}Resources:\n  A: {{Type: Custom::Thing}}\n",
    "empty.tf": "",
    "comments.tf": "# nothing\n",
}
"""Templates without anything to judge."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(name: str, text: str, *options: str) -> tuple[int, str]:
    Path(name).write_text(text, errors="surrogateescape")
    result = invoke("lint", *options)
    return result.exit_code, result.stderr


@pytest.mark.parametrize("name", OTHER)
def test_a_file_of_another_kind_is_an_error_only_if_a_person_names_it(name: str) -> None:
    code, said = lint(name, OTHER[name], name)
    assert (code, said.count("\n")) == (2, 1)
    assert said.startswith(f"{name}:1:")
    assert lint(name, OTHER[name], name, "--quiet-unknown") == (0, "")
    assert lint(name, OTHER[name], ".") == (0, "")


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_that_looks_like_a_template_is_an_error_by_name_and_in_a_hook(name: str) -> None:
    text, message = BROKEN[name]
    for options in ([name], [name, "--quiet-unknown"]):
        code, said = lint(name, text, *options)
        assert (code, said.count("\n")) == (2, 1)
        assert said.startswith(f"{name}:{message}")


@pytest.mark.parametrize("name", SURE)
def test_a_broken_template_is_always_an_error(name: str) -> None:
    text, message = SURE[name]
    for options in ([name], [name, "--quiet-unknown"], ["."]):
        code, said = lint(name, text, *options)
        assert (code, said.count("\n")) == (2, 1)
        assert said.removeprefix("./").startswith(f"{name}:{message}")


@pytest.mark.parametrize("name", SOUND)
def test_a_template_without_resources_to_judge_is_no_error(name: str) -> None:
    for options in ([name], [name, "--quiet-unknown"], ["."]):
        assert lint(name, SOUND[name], *options) == (0, "")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.bin", "\0\1", "this is not text; name a template or a plan in JSON"),
        ("a.tfvars", "a = 1\n", "this has values of variables; give it with --var-file beside the configuration"),
        ("a.yaml", "", "the file is empty"),
        ("b.yaml", "# a\n", "the file has no content"),
        (
            "README.md",
            "a: b: c\n",
            "this is not a CloudFormation or SAM template, Terraform configuration or a Terraform "
            "plan or state in JSON; name one of these",
        ),
    ],
)
def test_a_person_who_names_a_file_reads_what_is_wrong_with_it(name: str, text: str, message: str) -> None:
    assert lint(name, text, name) == (2, f"{name}:1:1: could not be read: {message}\n")


def test_other_named_files_are_judged_beside_an_unknown_one() -> None:
    Path("queue.yaml").write_text("Resources:\n  A: {Type: AWS::SQS::Queue}\n")
    Path("compose.yaml").write_text("services: {}\n")
    result = invoke("lint", "compose.yaml", "queue.yaml")
    assert result.exit_code == 2
    assert "queue.yaml:2:3: warning[sqs-long-polling]" in result.stdout


@pytest.mark.parametrize("more", ["", "Resources"])
def test_nothing_is_kept_of_a_file_that_is_no_template(tmp_path: Path, more: str) -> None:
    """A folder may hold many and large ones. more: what makes a file one that is looked at by itself."""
    for number in range(3):
        (tmp_path / f"{number}.json").write_text(json.dumps({"of no template": more}))
    (tmp_path / "template.yaml").write_text(f"{VERSION}Resources:\n{QUEUE}")
    report = api.lint([str(tmp_path)])
    kept = [one for one in gc.get_objects() if isinstance(one, Source) and one.path.startswith(str(tmp_path))]
    assert (report.files, len(report.passed_over)) == ([str(tmp_path / "template.yaml")], 3)
    assert [one.path for one in kept if "of no template" in one.text] == []
    assert [one.path for one in kept if "Orders" in one.text] == report.files
