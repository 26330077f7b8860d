"""The language of an example is detected from its text."""

from pathlib import Path

import pytest
from tests.cases import each_case

from awslint_memo.judging.examples import Example, examples, fixed, fixed_text
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.span import Problem

RULE = rules()["sqs-long-polling"]

QUEUE = 'resource "aws_sqs_queue" "orders" {}\n'


@each_case(
    ("path", "text"),
    [
        ("main.tf", QUEUE),
        ("main.tf", f"\n  {QUEUE}"),
        ("main.tf", f"# A comment.\n\n# resource\n{QUEUE}"),
        ("main.tf", f"// A comment.\n/* And\n{{one}} */ /**/ {QUEUE}"),
        ("main.tf", 'variable "name" {}\n'),
        ("main.tf", f"locals {{\n  name = 1\n}}\n{QUEUE}"),
        ("main.tf", 'module "queues" {\n  source = "./queues"\n}\n'),
        ("main.tf", 'data "aws_region" "here" {}\n'),
        ("main.tf", 'provider "aws" {\n  region = "eu-west-1"\n}\n'),
        ("main.tf", "terraform {}\n"),
        ("main.tf", 'output "AWS::SQS::Queue" {}\n'),
        ("main.tf", "resource aws_sqs_queue orders {}\n"),
        ("main.tf", 'resource "aws_sqs_queue" "orders" {\n  never_closed = \n'),
        ("main.tf.json", '{"resource": {"aws_sqs_queue": {"orders": {}}}}\n'),
        (
            "main.tf.json",
            '{"resource": {"aws_config_config_rule": {"a": {"scope": {"types": ["AWS::SQS::Queue"]}}}}}\n',
        ),
        (
            "main.tf.json",
            '{"resource": {"aws_cloudformation_stack": {"a": {"template_body": "{\\"Resources\\": {}}"}}}}\n',
        ),
        ("template.yaml", "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"),
        ("template.yaml", "# variable {\nResources: {resource: {Type: AWS::SQS::Queue}}\n"),
        ("template.yaml", "Description: |\n  resource {\nResources: {}\n"),
        ("template.yaml", '{"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}\n'),
        ("template.yaml", '{"Parameters": {}, "Resources" : {"Mine": {"Type": "Custom::Own"}}}\n'),
    ],
)
def test_what_an_example_is_written_in(path: str, text: str) -> None:
    example = Example(RULE, text)
    assert example.path == path
    assert example.language == ("cloudformation" if path == "template.yaml" else "terraform")


def test_lines_of_three_hyphens_separate_examples() -> None:
    parts = examples(RULE, f"\nResources: {{}}\n\n---\n\n{QUEUE}")
    assert [(one.path, one.text) for one in parts] == [("template.yaml", "Resources: {}\n"), ("main.tf", QUEUE)]


def test_terraform_is_in_json_only_where_its_comments_are_the_point() -> None:
    every = [one for rule in rules().values() for some in (rule.bad, rule.good) for one in examples(rule, some)]
    assert [one.text for one in every if one.path == "main.tf.json" and '"//"' not in one.text] == []


def fixes(bad: str, changes: str) -> list[str]:
    return [example.text for example in fixed(Rule("a-b", "warning", bad=bad, fixed=changes))]


def test_what_fixes_make_is_told_by_its_changes() -> None:
    bad = "a: 1\nb: 2\n---\na: 3\nb: 4\n"
    assert fixes(bad, "-b: 2\n+b: 5\n+c: 6\n") == ["a: 1\nb: 5\nc: 6\n"]
    assert fixes(bad, " a: 3\n+x: 0\n") == ["a: 3\nx: 0\nb: 4\n"]
    assert fixes(bad, "-a: 1\n---\n-a: 3\n") == ["b: 2\n", "b: 4\n"]
    assert fixes(bad, "a: 7\n") == ["a: 7\n"]


def test_changes_of_what_is_not_there_are_a_problem() -> None:
    for changes in ("-c: 1\n+d: 1\n", "-b: 2\n---\n-a: 1\n", "-b: 2\n-a: 1\n"):
        with pytest.raises(Problem, match="FIXED changes lines that no further bad example has"):
            fixes("a: 1\nb: 2\n", changes)


FILES = "Resources: {}\n# --- buildspecs/web.yml\nversion: 0.2\n# --- src/app.py\ndef handler(): ...\n"


def test_lines_with_a_path_begin_the_files_beside_the_template() -> None:
    [example] = examples(RULE, f"\n{FILES}")
    assert example.path == "template.yaml"
    assert example.text == "Resources: {}\n"
    assert example.beside == (("buildspecs/web.yml", "version: 0.2\n"), ("src/app.py", "def handler(): ...\n"))
    assert example.files == {"template.yaml": "Resources: {}\n", **dict(example.beside)}
    assert example.whole == FILES
    assert example.lines("src/app.py")[0] == "def handler(): ..."


def test_an_example_has_the_files_beside_it_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outer.yaml").write_text(QUEUES)
    nested = "Resources:\n  Inner: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}}}}}\n"
    for path, count in (("inner.yaml", 2), ("outer.yaml", 1)):
        example = Example(RULE, nested.format(path), (("inner.yaml", QUEUES),))
        assert len(example.template.deployments(None).deployments[0].resources) == count


QUEUES = "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"


def test_what_lies_beside_is_joined_as_a_run_joins_it() -> None:
    module = 'module "queues" {\n  source = "./queues"\n}\n'
    [finding] = Example(RULE, module, (("queues/main.tf", QUEUE),)).findings()
    assert (finding.resource, finding.span.path) == ("module.queues.aws_sqs_queue.orders", "queues/main.tf")
    exported = f"{QUEUES}Outputs: {{A: {{Value: !GetAtt Orders.Arn, Export: {{Name: orders}}}}}}\n"
    importing = "Resources: {A: {Type: AWS::SNS::Subscription, Properties: {Endpoint: !ImportValue orders}}}\n"
    (deployment,) = Example(RULE, importing, (("queues.yaml", exported),)).template.deployments(None).deployments
    endpoint = deployment.resources["A"].get("Endpoint")
    assert deployment.find(endpoint, "AWS::SQS::Queue") is not None


def test_fixes_are_told_by_changes_of_any_file() -> None:
    assert fixes(f"{FILES}---\na: 1\n", "-version: 0.2\n+version: 0.1\n") == ["Resources: {}\n"]
    changed = FILES.replace("0.2", "0.1")
    assert fixed_text(Rule("a-b", "warning", bad=FILES, fixed="-version: 0.2\n+version: 0.1\n")) == changed
