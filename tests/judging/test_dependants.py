"""A run that is given the changed files only reports what is found at those who use them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report

from awslint_memo import api
from awslint_memo.files import files_by_name
from awslint_memo.files.files import Files
from awslint_memo.files.gitignore import GitIgnore
from awslint_memo.files.source import Source
from awslint_memo.judging import dependent_templates, reading
from awslint_memo.judging.dependants import dependants
from awslint_memo.model.record import replace

pytestmark = pytest.mark.usefixtures("polled_queues")

RULE = "sqs-visibility-below-processing-time"

QUEUE = """
Parameters:
  Visibility: {Type: Number, Default: 400}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: !Ref Visibility}
Outputs:
  Arn: {Value: !GetAtt Orders.Arn}
"""

EXPORTER = """
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 30}
Outputs:
  Arn: {Value: !GetAtt Orders.Arn, Export: {Name: orders-arn}}
"""


def reader(queue: str, others: str = "") -> str:
    return f"""
Resources:
{others}
  Reader:
    Type: AWS::Lambda::Function
    Properties: {{Timeout: 60, Handler: a.b, Runtime: python3.13, Role: "arn:aws:iam::123456789012:role/r"}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{EventSourceArn: {queue}, FunctionName: !Ref Reader}}
"""


def parent(url: str) -> str:
    return reader("!GetAtt Queue.Outputs.Arn", stack("Queue", url, "{Visibility: 30}"))


def stack(name: str, url: str, parameters: str = "{}") -> str:
    properties = f"{{TemplateURL: {url}, Parameters: {parameters}}}"
    return f"  {name}: {{Type: AWS::CloudFormation::Stack, Properties: {properties}}}\n"


MODULE = """
variable "wait" {}
resource "aws_sqs_queue" "orders" { visibility_timeout_seconds = var.wait }
output "arn" { value = aws_sqs_queue.orders.arn }
"""

ROOT = """
variable "wait" {}
module "queue" {
  source = "SOURCE"
  wait   = var.wait
}
resource "aws_lambda_function" "reader" { timeout = 60 }
resource "aws_lambda_event_source_mapping" "reader" {
  event_source_arn = module.queue.arn
  function_name    = aws_lambda_function.reader.arn
}
"""

TERRAFORM = {
    "live/main.tf": ROOT.replace("SOURCE", "../modules/queue"),
    "live/terraform.tfvars": "wait = 30\n",
    "modules/queue/main.tf": MODULE,
}


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def linted(*arguments: str, rules: str = RULE) -> dict[str, Any]:
    """The report of a run as hooks start it."""
    return report("--quiet-unknown", "--dependants", "--select", rules, *arguments)


def found(*arguments: str, rules: str = RULE) -> list[tuple[str, str]]:
    made = linted(*arguments, rules=rules)
    assert made["errors"] == []
    return [(one["path"], one["resource"]) for one in made["findings"]]


@pytest.mark.parametrize("changed", ["child.yaml", "parent.yaml"])
@pytest.mark.parametrize("url", ["./child.yaml", "https://bucket.s3.amazonaws.com/stacks/child.yaml"])
def test_a_nested_template_is_checked_with_its_parent(changed: str, url: str) -> None:
    write({"stacks/child.yaml": QUEUE, "stacks/parent.yaml": parent(url), "stacks/other.yaml": EXPORTER})
    assert found(f"stacks/{changed}") == [("stacks/parent.yaml", "Queue/Orders")]


def test_without_the_option_it_is_checked_alone() -> None:
    write({"child.yaml": QUEUE, "parent.yaml": parent("./child.yaml")})
    assert report("--quiet-unknown", "--select", RULE, "child.yaml")["findings"] == []


def test_the_parent_of_a_parent_is_checked_too() -> None:
    middle = "Resources:\n" + stack("Child", "./child.yaml", "{Visibility: 30}")
    middle += "Outputs:\n  Arn: {Value: !GetAtt Child.Outputs.Arn}\n"
    outer = reader("!GetAtt Middle.Outputs.Arn", stack("Middle", "./middle.yaml"))
    write({"child.yaml": QUEUE, "middle.yaml": middle, "outer.yaml": outer})
    assert found("child.yaml") == [("middle.yaml", "Middle/Child/Orders")]


def test_an_included_file_is_checked_with_the_template() -> None:
    including = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./queue.yaml}}"
    write(
        {"main.yaml": reader("!GetAtt Orders.Arn", f"  {including}"), "queue.yaml": "Orders: {Type: AWS::SQS::Queue}\n"}
    )
    assert found("queue.yaml") == [("queue.yaml", "Orders")]


@pytest.mark.parametrize("changed", ["exporter.yaml", "importer.yaml"])
def test_an_export_is_checked_with_its_importers(changed: str) -> None:
    write({"exporter.yaml": EXPORTER, "importer.yaml": reader("!ImportValue orders-arn")})
    assert found(changed) == [("exporter.yaml", "Orders")]


@pytest.mark.parametrize("key", ["Export:", '"Export":', "'Export' :", "? Export\n    :", "!!str Export:"])
def test_an_export_is_known_however_its_key_is_written(key: str) -> None:
    exporter = EXPORTER.replace(
        "{Value: !GetAtt Orders.Arn, Export: {", f"\n    Value: !GetAtt Orders.Arn\n    {key} {{"
    )
    write({"exporter.yaml": exporter.replace("}}", "}"), "importer.yaml": reader("!ImportValue orders-arn")})
    write({"other.yaml": EXPORTER.replace("Export:", "Exported:")})
    assert found("importer.yaml") == [("exporter.yaml", "Orders")]
    assert set(dependants(["importer.yaml"], (), Files()).paths) == {"exporter.yaml"}


def test_what_an_exporter_has_besides_is_not_reported_for_the_importer() -> None:
    rules = f"{RULE},sqs-dead-letter-queue"
    write({"exporter.yaml": EXPORTER, "importer.yaml": reader("!ImportValue orders-arn")})
    assert [one["rule"] for one in linted("importer.yaml", rules=rules)["findings"]] == [RULE]
    assert {one["rule"] for one in linted("exporter.yaml", rules=rules)["findings"]} == {RULE, "sqs-dead-letter-queue"}


def test_a_suppressed_finding_of_an_exporter_counts_only_for_itself() -> None:
    metadata = "Type: AWS::SQS::Queue\n    Metadata: {awslint-memo: {ignore: {sqs-long-polling: drained}}}"
    exporter = EXPORTER.replace("Type: AWS::SQS::Queue", metadata).replace("Timeout: 30", "Timeout: 400")
    exporter += "  Other: {Value: 1}\n"
    importer = "Resources:\n  Other: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !ImportValue orders-arn}}\n"
    write({"exporter.yaml": exporter, "importer.yaml": importer})
    assert linted("importer.yaml", rules="sqs-long-polling")["summary"]["suppressed"] == 0
    assert linted("exporter.yaml", rules="sqs-long-polling")["summary"]["suppressed"] == 1


@pytest.mark.parametrize("changed", TERRAFORM)
@pytest.mark.parametrize("is_absolute", [False, True])
def test_terraform_is_checked_from_its_roots(changed: str, is_absolute: bool) -> None:
    write(TERRAFORM)
    [(path, resource)] = found(str(Path(changed).absolute()) if is_absolute else changed)
    assert Path(path).name == "terraform.tfvars"
    assert resource == "module.queue.aws_sqs_queue.orders"


def test_the_files_of_one_folder_stay_one_module() -> None:
    write({**TERRAFORM, "live/other.tf": 'resource "aws_sqs_queue" "other" {}\n'})
    here = str(Path("live/main.tf").absolute())
    assert len(found(here)) == 1
    assert linted(here, "modules/queue/main.tf")["errors"] == []


def test_the_callers_of_callers_are_roots_too() -> None:
    calling = 'module "inner" {\n  source = "../queue"\n  wait = var.wait\n}\n'
    calling += 'output "arn" { value = module.inner.arn }\nvariable "wait" {}\n'
    write({**TERRAFORM, "live/main.tf": ROOT.replace("SOURCE", "../modules/middle"), "modules/middle/main.tf": calling})
    assert [resource for _, resource in found("modules/queue/main.tf")] == [
        "module.queue.module.inner.aws_sqs_queue.orders"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("live/main.tf.json", json.dumps({"module": {"queue": {"source": "../modules/queue", "wait": 30}}})),
        ("live/main.tofu", 'module "queue" {\n  source = "../modules/queue"\n  wait = 30\n}\n'),
        (
            "live/terragrunt.hcl",
            'terraform {\n  source = "${get_repo_root()}//modules/queue"\n}\ninputs = { wait = 30 }\n',
        ),
    ],
)
def test_every_language_that_calls_a_module_is_searched(name: str, text: str) -> None:
    write({name: text, "modules/queue/main.tf": MODULE})
    assert {one["root"] for one in linted("modules/queue/main.tf", rules="sqs-long-polling")["findings"]} == {"live"}


def test_a_circle_of_modules_ends() -> None:
    write({"a/main.tf": 'module "b" { source = "../b" }\n', "b/main.tf": 'module "a" { source = "../a" }\n'})
    assert found("a/main.tf") == []


VALUES = pytest.mark.parametrize("name", ["live/envs/prod.tfvars", "live/profiles/prod/vars"])


@VALUES
def test_values_that_the_configuration_names_are_checked_with_the_nearest_configuration(name: str) -> None:
    write({**TERRAFORM, "live/terraform.tfvars": "", name: "wait = 30\n"})
    write({".awslint-memo.yaml": f"deployments: {{prod: {name}}}\n"})
    assert found(name) == [(name, "module.queue.aws_sqs_queue.orders")]


@VALUES
def test_values_below_a_root_are_checked_with_it(name: str) -> None:
    write({**TERRAFORM, "live/terraform.tfvars": "", name: "wait = 30\n"})
    assert found(name) == [(name, "module.queue.aws_sqs_queue.orders")]


@pytest.mark.parametrize("name", ["values/prod.tfvars", "values/terraform.tfvars"])
def test_values_of_which_nobody_knows_the_taker_are_named(name: str) -> None:
    write({**TERRAFORM, name: "wait = 30\n"})
    result = invoke("lint", "--quiet-unknown", "--dependants", name)
    assert result.exit_code == 0
    assert (
        f"{name}: not checked: it is not known which configuration takes these values; name it under" in result.output
    )


def test_values_of_a_template_are_named() -> None:
    write({"prod.json": '{"Visibility": "30"}', "queue.yaml": QUEUE})
    write({".awslint-memo.yaml": "deployments: {prod: prod.json}\n"})
    said = "prod.json: not checked: the templates that take these values are not searched; name them too"
    assert linted("prod.json")["summary"]["notices"] == [said]


@pytest.mark.parametrize("name", ["parent.json", "parent.template"])
def test_an_application_of_sam_in_any_file_is_a_parent(name: str) -> None:
    application = {
        "Type": "AWS::Serverless::Application",
        "Properties": {"Location": "./child.yaml", "Parameters": {"Visibility": 30}},
    }
    read = {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["Queue", "Outputs.Arn"]}}}
    function = {"Handler": "a.b", "Runtime": "python3.13", "Timeout": 60, "Events": {"Read": read}}
    resources = {"Queue": application, "Reader": {"Type": "AWS::Serverless::Function", "Properties": function}}
    made = json.dumps({"Transform": "AWS::Serverless-2016-10-31", "Resources": resources})
    write({"child.yaml": QUEUE, name: made})
    assert found("child.yaml") == [(name, "Queue/Orders")]


def test_a_folder_that_is_named_is_linted_as_ever() -> None:
    write({"stacks/child.yaml": QUEUE, "parent.yaml": parent("./stacks/child.yaml")})
    assert found("stacks") == []


def test_what_can_not_be_read_elsewhere_is_said_and_costs_nothing() -> None:
    write({"child.yaml": QUEUE, "parent.yaml": parent("./child.yaml")})
    write({"broken.yaml": "Resources: {A: {Type: AWS::CloudFormation::Stack, TemplateURL: child.yaml\n"})
    made = linted("child.yaml")
    assert [one["path"] for one in made["findings"]] == ["parent.yaml"]
    [notice] = [one for one in made["summary"]["notices"] if "broken.yaml" in one]
    assert notice.startswith("not searched for what depends on other files: broken.yaml:")


def test_a_repository_with_too_many_files_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"child.yaml": QUEUE, "parent.yaml": parent("./child.yaml")})
    monkeypatch.setattr(files_by_name, "MAX_FILES", 1)
    assert (
        "too many files to search them for what depends on child.yaml" in linted("child.yaml")["summary"]["notices"][0]
    )


def test_too_many_templates_that_may_depend_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"exporter.yaml": EXPORTER, **{f"importer{n}.yaml": reader("!ImportValue orders-arn") for n in range(3)}})
    monkeypatch.setattr(dependent_templates, "MOST_PARSED", 2)
    made = linted("exporter.yaml")
    assert len(made["findings"]) == 1
    assert any(
        one.startswith("more than 2 templates may depend on each other here") for one in made["summary"]["notices"]
    )


def test_a_name_with_any_characters_is_found() -> None:
    write({"my child.yaml": QUEUE, "parent.yaml": parent("'./my child.yaml'")})
    assert found("my child.yaml") == [("parent.yaml", "Queue/Orders")]


def test_against_a_revision_both_sides_are_searched(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *who, *words], check=True, capture_output=True)

    (tmp_path / ".git").rmdir()
    git("init", "-q")
    write({"child.yaml": QUEUE, "parent.yaml": parent("./child.yaml").replace("Visibility: 30", "Visibility: 60")})
    git("add", "-A")
    git("commit", "-q", "-m", "before")
    arguments = ("lint", "--dependants", "--select", f"{RULE},sqs-dead-letter-queue", "child.yaml", "--against", "HEAD")
    assert invoke(*arguments).exit_code == 0
    write({"child.yaml": QUEUE.replace("!Ref Visibility", "30")})
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert "1 new error against HEAD; 1 finding as before" in result.stdout


def test_against_a_report_of_before_only_what_came_fails() -> None:
    write({"child.yaml": QUEUE, "parent.yaml": parent("./child.yaml")})
    made = invoke("lint", "--dependants", "--select", RULE, "child.yaml", "--format", "json", "--output", "before.json")
    assert made.exit_code == 1
    assert invoke("lint", "--dependants", "--select", RULE, "child.yaml", "--against", "before.json").exit_code == 0


def test_callers_are_found_from_a_working_folder_beside_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, elsewhere = tmp_path / "repository", tmp_path / "else" / "where"
    for folder in (repository / ".git", repository / "queue", elsewhere):
        folder.mkdir(parents=True)
    (repository / "main.tf").write_text('module "orders" {\n  source = "./queue"\n}\n')
    module = repository / "queue" / "main.tf"
    module.write_text('resource "aws_sqs_queue" "orders" {}\n')
    monkeypatch.chdir(elsewhere)
    found = api.lint([str(module)], dependants=True).files
    assert sorted(map(os.path.abspath, found)) == [str(repository / "main.tf"), str(module)]


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The files of each search from now on."""
    searches: list[tuple[str, ...]] = []
    having = reading.having

    def noted(paths: Mapping[str, str], *arguments: Any) -> Iterator[Source]:
        searches.append(tuple(sorted(paths.values())))
        return having(paths, *arguments)

    monkeypatch.setattr(dependent_templates, "having", noted)
    return searches


def test_all_is_searched_again_only_for_what_depends_on_dependants(monkeypatch: pytest.MonkeyPatch) -> None:
    write({"child.yaml": QUEUE, "other.yaml": EXPORTER, "parent.yaml": parent("./child.yaml")})
    every = ("child.yaml", "other.yaml", "parent.yaml")
    searches = looked_at(monkeypatch)
    assert found("parent.yaml") == [("parent.yaml", "Queue/Orders")]
    assert searches == [("parent.yaml",), every]
    searches.clear()
    assert found("child.yaml") == [("parent.yaml", "Queue/Orders")]
    assert searches == [("child.yaml",), every, every]


@pytest.mark.parametrize("others", [0, 2, 3, 60])
def test_dependants_are_the_same_however_many_files_are_named(others: int) -> None:
    middle = f"Resources:\n{stack('Child', './child.yaml')}"
    middle += "Outputs:\n  Arn: {Value: !GetAtt Child.Outputs.Arn, Export: {Name: arn}}\n"
    importer = reader("!ImportValue arn")
    write({"child.yaml": QUEUE, "middle.yaml": middle, "outer.yaml": f"Resources:\n{stack('M', './middle.yaml')}"})
    write({"importer.yaml": importer, "exporter.yaml": EXPORTER, "nobody.yaml": EXPORTER.replace("-arn", "-other")})
    write({"shared.yaml": reader("!ImportValue orders-arn", stack("I", "./importer.yaml"))})
    named = [f"more{number}.yaml" for number in range(others)]
    write(dict.fromkeys(named, QUEUE))
    beside = dependants(["child.yaml", *named], (), Files())
    assert set(beside.paths) == {"middle.yaml", "outer.yaml", "importer.yaml", "shared.yaml", "exporter.yaml"}
    assert beside.context == {os.path.abspath("exporter.yaml")}


def test_a_file_that_can_not_be_searched_is_told_once(tmp_path: Path) -> None:
    write({"child.yaml": QUEUE, "parent.yaml": parent("./child.yaml"), "gone.yaml": QUEUE})
    files = Files()
    assert files.around("child.yaml")
    (tmp_path / "gone.yaml").unlink()
    [told] = dependants(["child.yaml"], (), files).notices
    assert told == "not searched for what depends on other files: gone.yaml:1:1: no such file or directory"


@pytest.mark.parametrize(
    ("files", "changed", "other"),
    [({"a.yaml": QUEUE}, "a.yaml", "terraform.configuration"), (TERRAFORM, "live/main.tf", "cloudformation.template")],
)
def test_the_other_language_is_not_loaded(files: dict[str, str], changed: str, other: str) -> None:
    write(files)
    code = (
        f"import sys; from awslint_memo import api; report = api.lint([{changed!r}], dependants=True); "
        f"print({changed!r} in report.files, 'awslint_memo.readers.{other}' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert printed == "True False\n"


@pytest.mark.parametrize("is_git", [True, False])
@pytest.mark.parametrize(
    ("changed", "others"),
    [
        ("live/orders.yaml", ["live/new.yaml", "live/reader.yaml"]),
        ("live/reader.yaml", ["live/orders.yaml"]),
        ("modules/queue/main.tf", ["app/main.tf", "app/new.tf"]),
    ],
)
def test_the_same_depends_on_a_file_with_and_without_git(
    changed: str, others: list[str], is_git: bool, repository: Path
) -> None:
    (repository / ".git").rmdir()
    call = ROOT.replace("SOURCE", "../modules/queue")
    importer = reader("!ImportValue orders-arn")
    write({"live/orders.yaml": EXPORTER, "live/reader.yaml": importer, "live/gone.yaml": importer})
    write({"modules/queue/main.tf": MODULE, "app/main.tf": call})
    if is_git:
        subprocess.run(["git", "init", "-q"], check=True)
        subprocess.run(["git", "add", "."], check=True)
    write({"live/new.yaml": importer, "app/new.tf": "locals {}\n"})
    write(
        {"ignored/reader.yaml": importer, ".gitignore": "ignored/\n*.orig.yaml\n!kept*\n", "live/a.orig.yaml": importer}
    )
    if not is_git:  # No file of patterns counts there.
        for path in ("ignored/reader.yaml", "live/a.orig.yaml"):
            Path(path).unlink()
    Path("live/gone.yaml").unlink()
    files = Files()
    files.finder = replace(files.finder, git_ignore=lambda: GitIgnore(files.disk, files.bounds, {}))
    assert sorted(dependants([changed], (), files).paths) == sorted(others)
