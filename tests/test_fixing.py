"""--fix, --diff and --unsafe-fixes, as a user runs them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cases import each_case
from tests.command import invoke

from awslint_memo import api
from awslint_memo.files.source import Source
from awslint_memo.fixes.edit import Edit
from awslint_memo.fixes.editor import Editor
from awslint_memo.model.fix import Fix

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources:\n  Orders: # the shop's\n    Type: AWS::SQS::Queue\n"
FIXED = QUEUE + "    Properties:\n      ReceiveMessageWaitTimeSeconds: 20\n"
SELECT = ("--select", "sqs-long-polling")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def test_fix_changes_the_file_and_reports_what_is_left(folder: Path) -> None:
    template(folder)
    done = invoke("lint", "--fix", "template.yaml")
    assert (folder / "template.yaml").read_text() == FIXED
    assert done.exit_code == 1
    assert "sqs-dead-letter-queue" in done.stdout
    assert "sqs-long-polling" not in done.stdout
    assert done.stderr == (
        "sqs-dead-letter-queue needs --unsafe-fixes (1 finding): adds a queue\n"
        "mended 1 finding in 1 file; 1 more with --unsafe-fixes\n"
    )


def test_a_second_run_changes_nothing(folder: Path) -> None:
    template(folder)
    assert invoke("lint", "--fix", "--unsafe-fixes", ".").exit_code == 0
    before = (folder / "template.yaml").read_bytes()
    assert "OrdersDeadLetters:" in before.decode()
    done = invoke("lint", "--fix", "--unsafe-fixes", ".")
    assert done.stderr == "mended 0 findings\n"
    assert (folder / "template.yaml").read_bytes() == before


def test_diff_changes_nothing_and_exits_with_1(folder: Path) -> None:
    template(folder)
    done = invoke("lint", "--diff", *SELECT, ".")
    assert (folder / "template.yaml").read_text() == QUEUE
    assert done.exit_code == 1
    assert done.stdout == (
        "--- a/template.yaml\n+++ b/template.yaml\n@@ -1,3 +1,5 @@\n Resources:\n   Orders: # the shop's\n"
        "     Type: AWS::SQS::Queue\n+    Properties:\n+      ReceiveMessageWaitTimeSeconds: 20\n"
    )
    assert done.stderr == "would mend 1 finding in 1 file\n"
    template(folder, FIXED)
    assert invoke("lint", "--diff", *SELECT, ".").exit_code == 0


@pytest.mark.parametrize("tool", [("patch", "-p1", "--quiet", "-i"), ("git", "apply")])
@pytest.mark.parametrize(("step", "end"), [("  ", "\n"), ("\t", "\n"), ("  ", "\r\n")])
def test_a_difference_can_be_applied(folder: Path, tool: tuple[str, ...], step: str, end: str) -> None:
    text = f'resource "aws_sqs_queue" "orders" {{\n{step}name = "orders"\n}}\n'.replace("\n", end)
    (folder / "main.tf").write_bytes(text.encode())
    done = invoke("lint", "--diff", "--unsafe-fixes", "main.tf")
    (folder / "mend.diff").write_bytes(done.stdout_bytes)
    if tool[0] == "patch":
        tool = ("patch", "--binary", *tool[1:])
    subprocess.run([*tool, "mend.diff"], cwd=folder, check=True)
    applied = (folder / "main.tf").read_bytes()
    (folder / "main.tf").write_bytes(text.encode())
    invoke("lint", "--fix", "--unsafe-fixes", "main.tf")
    assert (folder / "main.tf").read_bytes() == applied != text.encode()


def test_a_difference_shows_no_secret_and_no_control_character(folder: Path) -> None:
    text = (
        "Resources:\n  Orders:\n    Metadata: {DbPassword: hunter2, Note: '\x85'}\n    Type: AWS::SQS::Queue # \u202e\n"
    )
    template(folder, text)
    done = invoke("lint", "--diff", *SELECT, ".")
    assert "hunter2" not in done.stdout
    assert "\u202e" not in done.stdout
    assert "ReceiveMessageWaitTimeSeconds" in done.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_encoding_and_mark_stay(folder: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    (folder / "template.yaml").write_bytes(mark + QUEUE.replace("shop", "Büro").encode(encoding))
    invoke("lint", "--fix", *SELECT, ".")
    data = (folder / "template.yaml").read_bytes()
    assert data == mark + FIXED.replace("shop", "Büro").encode(encoding)


def test_what_is_said_of_an_encoding_stays(folder: Path) -> None:
    (folder / "main.tf").write_bytes('resource "aws_sqs_queue" "orders" {\n}\n'.encode("utf-16"))
    done = invoke("lint", "--fix", "--advice", *SELECT, "main.tf")
    assert "receive_wait_time_seconds" in (folder / "main.tf").read_bytes().decode("utf-16")
    assert "main.tf:1:1: error: this is not UTF-8 text" in done.stderr
    assert (done.exit_code, invoke("lint", *SELECT, "main.tf").exit_code) == (2, 2)


def test_permissions_stay(folder: Path) -> None:
    template(folder)
    os.chmod("template.yaml", 0o640)
    invoke("lint", "--fix", *SELECT, ".")
    assert stat.S_IMODE(os.stat("template.yaml").st_mode) == 0o640
    assert [one.name for one in folder.iterdir() if one.name != ".git"] == ["template.yaml"]


def test_a_link_is_not_changed(folder: Path) -> None:
    (folder / "real.txt").write_text(QUEUE)
    os.symlink("real.txt", "template.yaml")
    done = invoke("lint", "--fix", *SELECT, "template.yaml")
    assert done.exit_code == 2
    assert "template.yaml:1:1: error: the file is not changed, as it is a symbolic link" in done.stderr
    assert (folder / "real.txt").read_text() == QUEUE
    assert os.path.islink("template.yaml")


def test_a_file_that_somebody_changes_meanwhile_stays(folder: Path) -> None:
    template(folder)
    fixed = api.fix(["template.yaml"])
    template(folder, QUEUE + "# new\n")
    (problem,) = api.save(fixed)
    assert "somebody else has changed it meanwhile" in problem.message
    assert (folder / "template.yaml").read_text() == QUEUE + "# new\n"


def test_of_several_files_one_that_cannot_be_written_stays(folder: Path) -> None:
    (folder / "real.txt").write_text(QUEUE)
    os.symlink("real.txt", "a.yaml")
    (folder / "b.yaml").write_text(QUEUE)
    done = invoke("lint", "--fix", *SELECT, "a.yaml", "b.yaml")
    assert (folder / "b.yaml").read_text() == FIXED
    assert (
        "mended 1 finding in 1 file\na.yaml:1:1: error: the file is not changed, as it is a symbolic link"
        in done.stderr
    )
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"template.yaml": "Parameters:\n  Wait: {Type: Number, Default: 0}\nResources:\n  Orders:\n"
             "    Type: AWS::SQS::Queue\n    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}\n"},
            "changes the default of Wait for all that give no value of their own",
        ),
        (
            {"main.tf": 'locals {\n  w = 1 - 1\n}\nresource "aws_sqs_queue" "q" {\n'
             "  receive_wait_time_seconds = local.w\n}\n"},
            "changes local.w",
        ),
        (
            {"cdk.out/Shop.template.json": '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}',
             "cdk.out/manifest.json": '{"version": "38.0.0", "artifacts": {}}'},
            "is made by the CDK; change the app",
        ),
        (
            {"template.yaml": "Base: &queue\n  Type: AWS::SQS::Queue\nResources:\n  Orders: *queue\n"},
            "it is an alias of &queue; change it there",
        ),
    ],
    ids=["parameter", "local", "cdk", "alias"],
)  # fmt: skip
def test_what_is_decided_elsewhere_is_not_edited(folder: Path, files: dict[str, str], reason: str) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    path = next(iter(files))
    done = invoke("lint", "--fix", "--advice", *SELECT, path)
    assert reason in done.stderr
    assert {name: (folder / name).read_text() for name in files} == files


def test_a_downloaded_module_is_not_edited(folder: Path) -> None:
    module = folder / ".terraform" / "modules" / "queue"
    module.mkdir(parents=True)
    resource = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
    (module / "main.tf").write_text(resource)
    (folder / "main.tf").write_text('module "queue" {\n  source = "example/queue/aws"\n}\n')
    key = '{"Modules": [{"Key": "queue", "Source": "x", "Dir": ".terraform/modules/queue"}]}'
    (folder / ".terraform" / "modules" / "modules.json").write_text(key)
    done = invoke("lint", "--fix", "--advice", *SELECT, ".")
    assert "is in a downloaded module; set the module's argument at ./main.tf:1" in done.stderr
    assert (module / "main.tf").read_text() == resource


def test_a_fix_that_would_bring_something_else_is_not_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = folder / "rules"
    rules.mkdir()
    for name, check in (
        ("short", 'if queue.get("VisibilityTimeout").number == 1:\n        yield queue.finding(queue, "is short", '
                  'fix=queue.set("VisibilityTimeout", 2))'),
        ("even", 'if queue.get("VisibilityTimeout").number == 2:\n        yield queue.finding(queue, "is even")'),
    ):  # fmt: skip
        (rules / f"{name}.py").write_text(
            f'"""A rule of a test."""\nfrom awslint_memo import rule\n@rule("own-{name}", level="warning", '
            f'resource="AWS::SQS::Queue", memo="", aws="", fix="safe")\ndef check(queue):\n    {check}\n'
        )
    text = QUEUE + "    Properties: {VisibilityTimeout: 1}\n"
    template(folder, text)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--rules", "rules", "--select", "own-*", "template.yaml")
    assert "own-short of Orders is not mended: it would bring own-even of Orders" in done.stderr
    assert (folder / "template.yaml").read_text() == text


@each_case(
    ("options", "said"),
    [
        (("--fix", "--diff", "."), "--fix changes files and --diff changes none; name one of them"),
        (("--diff", "--format", "json", "."), "leave out --format and --output"),
        (("--diff", "--output", "a.diff", "."), "leave out --format and --output"),
        (("--unsafe-fixes", "."), "--unsafe-fixes says which fixes are made; add --fix or --diff"),
        (("--fix", "-"), "standard input can't be changed; name a file, or take --diff"),
    ],
)
def test_options_that_do_not_fit(options: tuple[str, ...], said: str) -> None:
    done = invoke("lint", *options, stdin=QUEUE)
    assert done.exit_code == 2
    assert said in done.stderr


def test_advice_that_a_graver_finding_kept_silent_stops_no_fix(folder: Path) -> None:
    function = 'resource "aws_lambda_function" "orders" {\n  function_name = "orders"\n}\n'
    alias = 'resource "aws_lambda_alias" "live" {\n  name = "live"\n  function_name = "orders"\n'
    version = "  function_version = aws_lambda_function.orders.version\n}\n"
    (folder / "main.tf").write_text(function + alias + version)
    done = invoke("lint", "--fix", "--advice", "--select", "lambda-version-not-published,lambda-alias-shift", "main.tf")
    assert "publish       = true" in (folder / "main.tf").read_text()
    assert "advice[lambda-alias-shift]" in done.stdout


def test_a_broken_file_stays_and_the_others_are_mended(folder: Path) -> None:
    template(folder)
    (folder / "broken.yaml").write_text("Resources:\n\tQ:\n    Type: AWS::SQS::Queue\n")
    done = invoke("lint", "--fix", *SELECT, ".")
    assert done.exit_code == 2
    assert "broken.yaml:2:1" in done.stderr
    assert (folder / "template.yaml").read_text() == FIXED


def test_a_secret_is_not_written_into_the_file(folder: Path) -> None:
    function = "{Type: AWS::Lambda::Function, Properties: {Timeout: !Ref Secret}}"
    source = "{EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref F}"
    secret = "Parameters:\n  Secret: {Type: Number, NoEcho: true, Default: 77}\n"
    mapping = f"  F: {function}\n  M: {{Type: AWS::Lambda::EventSourceMapping, Properties: {source}}}\n"
    template(folder, secret + QUEUE + mapping)
    before = (folder / "template.yaml").read_text()
    invoke("lint", "--fix", "--unsafe-fixes", "--select", "sqs-visibility-*", "template.yaml")
    assert (folder / "template.yaml").read_text() == before


def test_a_suggestion_has_the_places_of_its_edits(folder: Path) -> None:
    template(folder)
    report = api.lint(["template.yaml"], select=["sqs-long-polling"])
    made = report.suggest(report.findings[0])
    assert (made.title, made.safety) == ("set ReceiveMessageWaitTimeSeconds of Orders to 20", "safe")
    (edit,) = made.edits
    assert (edit.span.line, edit.span.column, edit.span.end_line) == (3, 26, 3)
    assert edit.text == "\n    Properties:\n      ReceiveMessageWaitTimeSeconds: 20"


@pytest.mark.parametrize("form", ["json", "lines", "sarif", "rdjson"])
def test_the_edits_of_a_report_are_those_of_fix(folder: Path, form: str) -> None:
    rule = "sqs-long-polling" if form == "rdjson" else "sqs-dead-letter-queue"
    template(folder, QUEUE.replace("shop", "Büro"))
    report = invoke("lint", "--select", rule, "--format", form, "template.yaml").stdout
    text = (folder / "template.yaml").read_text()
    for start, end, new in sorted(edits_of(form, report), reverse=True):
        lines = text.split("\n")
        (first, column), (last, end_column) = start, end
        if form == "rdjson":  # Its columns are bytes.
            column, end_column = (
                len(lines[line - 1].encode()[: at - 1].decode()) + 1
                for line, at in ((first, column), (last, end_column))
            )
        before = "\n".join([*lines[: first - 1], lines[first - 1][: column - 1]])
        text = before + new + "\n".join([lines[last - 1][end_column - 1 :], *lines[last:]])
    invoke("lint", "--fix", "--unsafe-fixes", "--select", rule, "template.yaml")
    assert (folder / "template.yaml").read_text() == text


def edits_of(form: str, report: str) -> Iterator[tuple[tuple[int, int], tuple[int, int], str]]:
    """The edits of the one fix in a report: start and end as (line, column), and the new text."""
    made = json.loads(report.split("\n")[0] if form == "lines" else report)
    if form == "sarif":
        for one in made["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"]:
            at = one["deletedRegion"]
            yield (at["startLine"], at["startColumn"]), (at["endLine"], at["endColumn"]), one["insertedContent"]["text"]
    elif form == "rdjson":
        for one in made["diagnostics"][0]["suggestions"]:
            start, end = one["range"]["start"], one["range"]["end"]
            yield (start["line"], start["column"]), (end["line"], end["column"]), one["text"]
    else:
        for one in (made["findings"][0] if form == "json" else made)["fix"]["edits"]:
            yield (one["line"], one["column"]), (one["end_line"], one["end_column"]), one["text"]


def test_a_report_says_why_there_is_no_edit(folder: Path) -> None:
    template(folder, "Base: &queue\n  Type: AWS::SQS::Queue\nResources:\n  Orders: *queue\n")
    made = json.loads(invoke("lint", "--advice", *SELECT, "--format", "json", "template.yaml").stdout)
    fix = made["findings"][0]["fix"]
    assert fix["refused"] == "it is an alias of &queue; change it there"
    assert "edits" not in fix


def test_a_mistake_of_ours_costs_no_other_finding_its_fix(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template(folder)
    (folder / "other.yaml").write_text(QUEUE.replace("Orders", "Broken"))
    edits = Editor._edits

    def fails(self: Editor, fix: Fix) -> dict[str, list[Edit]]:
        if "Broken" in fix.names:
            raise KeyError("x")
        return edits(self, fix)

    monkeypatch.setattr(Editor, "_edits", fails)
    said = invoke("lint", *SELECT, "--format", "json", ".").stdout
    assert sum("internal error" in one["fix"].get("refused", "") for one in json.loads(said)["findings"]) == 1
    done = invoke("lint", "--fix", *SELECT, ".")
    assert "sqs-long-polling of Broken is not mended: internal error: KeyError: 'x'" in done.stderr
    assert (folder / "template.yaml").read_text() == FIXED


def test_an_unsaved_file_is_mended_in_memory() -> None:
    fixed = api.fix(["new.yaml"], unsaved={"new.yaml": QUEUE}, select=["sqs-long-polling"])
    assert fixed.texts == {"new.yaml": FIXED}
    assert fixed.sources["new.yaml"] == Source("new.yaml", QUEUE.encode())


def template(folder: Path, text: str = QUEUE) -> None:
    (folder / "template.yaml").write_text(text, newline="")


def test_a_difference_shows_no_secret_that_a_nested_stack_marks(folder: Path) -> None:
    (folder / "inner.yaml").write_text(
        "Parameters:\n  Alpha: {Type: String, NoEcho: true}\nResources:\n  T: {Type: 'AWS::SNS::Topic'}\n"
    )
    given = "      TemplateURL: inner.yaml\n      Parameters:\n        Alpha: hunter2\n"
    nested = f"  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n{given}"
    template(folder, f"Resources:\n{nested}  Orders:\n    Type: AWS::SQS::Queue\n")
    done = invoke("lint", "template.yaml", "--diff", *SELECT)
    assert "ReceiveMessageWaitTimeSeconds: 20" in done.stdout
    assert "         Alpha: …\n" in done.stdout
    assert "hunter2" not in done.output


@pytest.mark.parametrize("name", ["[[[[", "a.b", "", 'a\\"b'])
def test_a_name_that_terraform_refuses_costs_no_report(folder: Path, name: str) -> None:
    (folder / "main.tf").write_text(f'resource "aws_sqs_queue" "{name}" {{}}\n')
    for arguments in (["--format", "json"], ["--format", "text"], ["--diff", "--unsafe-fixes"], ["--format", "sarif"]):
        done = invoke("lint", *arguments, "main.tf")
        assert "internal error" not in done.output


def test_nothing_is_added_for_some_deployments_only(folder: Path) -> None:
    redrive = "!If [Keep, {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}, !Ref AWS::NoValue]"
    text = (
        "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}\nConditions: {Keep: !Equals [!Ref Env, prod]}\n"
        f"Resources:\n  Work: {{Type: AWS::SQS::Queue, Properties: {{RedrivePolicy: {redrive}}}}}\n"
        "  Failed: {Type: AWS::SQS::Queue}\n"
    )
    template(folder, text)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-dead-letter-queue", "template.yaml")
    assert "of Failed is not mended: it holds when Env is dev; add what is missing by hand" in done.stderr
    assert (folder / "template.yaml").read_text() == text


@pytest.mark.parametrize(
    ("controller", "condition", "is_left"),
    [
        ("!If [Live, CODE_DEPLOY, ECS]", "", True),
        ("CODE_DEPLOY", "", False),
        ("CODE_DEPLOY", "Condition: Live, ", False),
    ],
)
def test_what_other_deployments_need_is_not_removed(
    folder: Path, controller: str, condition: str, *, is_left: bool
) -> None:
    breaker = "{DeploymentCircuitBreaker: {Enable: true, Rollback: true}}"
    text = (
        "Parameters: {Env: {Type: String, AllowedValues: [dev, prod]}}\nConditions: {Live: !Equals [!Ref Env, prod]}\n"
        f"Resources:\n  Web: {{Type: AWS::ECS::Service, {condition}Properties: {{TaskDefinition: web, "
        f"DeploymentController: {{Type: {controller}}}, DeploymentConfiguration: {breaker}}}}}\n"
    )
    template(folder, text)
    done = invoke("lint", "--fix", "--select", "ecs-controller-ignored", "template.yaml")
    told = "is not mended: it holds when Env is prod; leave it out there alone by hand"
    assert (told in done.stderr) is is_left
    assert (breaker in (folder / "template.yaml").read_text()) is is_left


def test_what_other_deployments_of_terraform_need_is_not_removed(folder: Path) -> None:
    text = """variable "env" {}
resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = "web"
  deployment_controller {
    type = var.env == "prod" ? "CODE_DEPLOY" : "ECS"
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
"""
    (folder / "main.tf").write_text(text)
    done = invoke("lint", "--fix", "--select", "ecs-controller-ignored", "main.tf")
    assert "is not mended: it holds when env is prod; leave it out there alone by hand" in done.stderr
    assert (folder / "main.tf").read_text() == text


def test_yaml_that_is_written_in_braces_is_edited_as_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    queue = "{Type: 'AWS::SQS::Queue', Metadata: {Note: two words}}"
    database = "{Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, MultiAZ: false}}"
    Path("t.yaml").write_text(f"{{Resources: {{Orders: {queue},\n  Copies: {database}}}}}\n")
    result = invoke("lint", "--diff", "--unsafe-fixes", "--select", "rds-multi-az", "t.yaml")
    assert "internal error" not in result.stdout + result.stderr
    assert "+  Copies: " + database.replace("false", "true") in result.stdout
