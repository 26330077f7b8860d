"""The language of an example is detected from its text."""

import pytest
from tests.cases import each_case

from awslint_memo.judging.examples import Example, examples, fixed
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
