"""Files are recognized by their names or contents, quickly; broken files of other kinds are not templates."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cases import each_case
from tests.command import report

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.recognition import template
from awslint_memo.readers.state.state import TerraformState
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.configuration import NativeConfiguration, TerraformConfiguration
from awslint_memo.syntax import json_nodes, yaml_nodes

pytestmark = pytest.mark.usefixtures("polled_queues")


def recognised(text: str | bytes, path: str = "some.file") -> Template | None:
    return template(Source(path, text.encode() if isinstance(text, str) else text))


CLOUDFORMATION = [
    "Resources:\n  A:\n    Type: AWS::SQS::Queue\n",
    "Resources:\n  A:\n    Type: 'AWS::SQS::Queue'\n",
    "Resources:\n  A: {Properties: {}, Type: AWS::SQS::Queue}\n",
    "Resources:\n  A:\n    Type: Custom::Thing\n",
    "Resources:\n  A:\n    Type: AWS::Serverless::Function\n",
    "Resources:\n  A:\n    Type:\n      AWS::SQS::Queue\n",
    "'Resources':\n  A:\n    'Type': AWS::SQS::Queue\n",
    "# Type: nothing\nResources: # Type: x\n  A: # first\n    Type: AWS::SQS::Queue\n",
    "%YAML 1.1\n---\nResources:\n  A:\n    Type: AWS::SQS::Queue\n",
    '{"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}',
    ' \n{"Resources" : {"A" : {"Type" : "AWS::SQS::Queue"}}}',
    '{"Resources": {"Fn::ForEach::A": [], "B": {"Type": "AWS::SQS::Queue"}}}',
    "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\nOutputs: {A: {Type: AWS::SQS::Queue}}\n",
]


@each_case("text", CLOUDFORMATION)
def test_cloudformation(text: str) -> None:
    assert isinstance(recognised(text), CloudFormationTemplate)


def test_terraform() -> None:
    configuration = {"resource": {"aws_sqs_queue": {"a": {}}}, "//": "made by hand"}
    assert isinstance(recognised(json.dumps(configuration)), TerraformConfiguration)
    plan = {"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": [], "configuration": {}}
    assert isinstance(recognised(json.dumps(plan)), TerraformPlan)
    shown = {"format_version": "1.0", "values": {"root_module": {"resources": [{"address": "aws_sqs_queue.a"}]}}}
    stored = {"version": 4, "lineage": "a", "serial": 1, "resources": []}
    assert isinstance(recognised(json.dumps(shown)), TerraformState)
    assert isinstance(recognised(json.dumps(stored)), TerraformState)
    # Others have some of these words too.
    assert recognised(json.dumps({"items": [stored, shown]})) is None


APPSPEC = "<<EOT\nResources:\n  - Target:\n      Type: AWS::ECS::Service\nEOT\n"
NESTED = 'jsonencode({ Resources = { "Topic" : { "Type" : "AWS::SNS::Topic" } } })\n'


@pytest.mark.parametrize("value", [APPSPEC, NESTED], ids=["heredoc", "jsonencode"])
@pytest.mark.parametrize("name", ["main.tf", "MAIN.TF"])
def test_a_template_inside_of_configuration(name: str, value: str) -> None:
    assert isinstance(recognised(f'resource "aws_x" "x" {{\n  body = {value}}}\n', name), NativeConfiguration)


def test_a_template_inside_of_configuration_in_json() -> None:
    text = json.dumps({"locals": {"body": {"Resources": {"A": {"Type": "AWS::SQS::Queue"}}}}})
    assert isinstance(recognised(text, "main.tf.json"), TerraformConfiguration)


def test_configuration_inside_of_yaml() -> None:
    assert recognised('text: "\nresource \\"aws_sqs_queue\\" \\"x\\" {"\n', "x.yaml") is None
    assert recognised('run: |\n  a\nresource "aws_sqs_queue" "x" {\n', "x.yml") is None
    assert isinstance(recognised('resource "aws_sqs_queue" "x" {\n}\n', "x"), NativeConfiguration)


@pytest.mark.parametrize(("name", "data"), [("a.tf", b"x = \xe9\n"), ("a.tf", b"a\0b"), ("a.tf.json", b"")])
def test_what_is_surely_configuration_is_not_passed_over(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert [error["path"] for error in report(str(tmp_path))["errors"]] == [str(tmp_path / name)]


def test_the_name_of_configuration_in_json_decides_whatever_its_keys_are() -> None:
    text = json.dumps({"later": {}, "resource": {"aws_sqs_queue": {"q": {}}}})
    assert isinstance(recognised(text, "main.tofu.json"), TerraformConfiguration)
    assert recognised(text, "main.json") is None


OTHERS: dict[str, str] = {
    "empty": "",
    "white space": " \n\t\n",
    "list": "- Resources\n- Type: AWS::SQS::Queue\n",
    "text": "Resources of Type: AWS::SQS::Queue\n",
    "comments": "# Resources:\n#   Type: AWS::SQS::Queue\n---\n",
    "kubernetes": "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - resources: {limits: {cpu: 1}}\n",
    "several of kubernetes": "apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n",
    "kubernetes with a template as text": (
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  t: |\n    Resources:\n      A:\n"
        "        Type: AWS::SQS::Queue\n---\nkind: B\n"
    ),
    "github workflow": "on: push\njobs:\n  build:\n    steps:\n      - run: aws cloudformation deploy\n",
    "docker-compose": "services:\n  web:\n    image: nginx\n    ports: ['80:80']\n",
    "package.json": '{"name": "x", "type": "module", "scripts": {"test": "jest"}}',
    "openapi": "openapi: 3.0.0\npaths:\n  /resources:\n    get: {responses: {200: {description: Resources}}}\n",
    "buildspec": "version: 0.2\nphases:\n  build:\n    commands:\n      - aws cloudformation deploy\n",
    "appspec": "version: 0.0\nResources:\n  - Service:\n      Type: AWS::ECS::Service\n      Properties: {Port: 80}\n",
    "appspec.json": '{"version": 0.0, "Resources": [{"Fn": {"Type": "AWS::Lambda::Function", "Properties": {}}}]}',
    "serverless framework": "service: x\nresources:\n  Resources:\n    A:\n      Type: AWS::SQS::Queue\n",
    "serverless framework with a tab": "resources:\n  Resources:\n    A:\n      Type: AWS::SQS::Queue\n\t- b\n",
    "cdk manifest": '{"version": "36.0.0", "artifacts": {"A": {"type": "aws:cloudformation:stack", "Type": "A::B"}}}',
    "tfstate": json.dumps(
        {
            "version": 4,
            "terraform_version": "1.9.0",
            "resources": [{"module": "module.a", "mode": "managed", "type": "aws_sqs_queue"}],
        }
    ),
    "iam policy": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": ["*"], "Action": "sqs:*"}]}',
    "resource specification": '{"Resources": {"A": {"k": "x"}}, "PropertyTypes": {"T": {"Type": "AWS::SQS::Queue"}}}',
    "settings with comments": '{\n  // a comment\n  "module": {"kind": "es"}\n}\n',
    "module of something else": '{"module": {"kind": "es"}, "compilerOptions": {}}',
    "other tool": "{{- if .Values.x }}\nkind: A\n{{- end }}\n",
    "model of a service": '{"shapes": {"A": {"documentation": "<p>Resources: AWS::SQS::Queue. Resources# of it</p>"}}}',
    "types without resources": "Hooks:\n  A:\n    Type: AWS::CodeDeploy::BlueGreen\n",
    "resources without our types": "Resources:\n  A:\n    Type: queue\n  B:\n    Kind: 'Type: AWS::SQS::Queue'\n",
    "markdown": "# Resources\n\n- Type: AWS::SQS::Queue\n- it's `code`\n\tx: y\n",
}


@each_case("text", OTHERS.values(), ids=OTHERS.keys())
def test_files_that_are_not_templates(text: str) -> None:
    assert recognised(text) is None


NOT_PARSED = [
    *("empty", "comments", "kubernetes", "github workflow", "docker-compose", "package.json", "openapi", "buildspec"),
    *("cdk manifest", "tfstate", "iam policy", "model of a service"),
]


@pytest.mark.parametrize("name", NOT_PARSED)
def test_most_others_are_not_even_parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(_: Source) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr(yaml_nodes, "parse", parse)
    monkeypatch.setattr(json_nodes, "parse", parse)
    assert recognised(OTHERS[name]) is None


@each_case(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0Resources Type: AWS::SQS::Queue",
        b"PK\x03\x04\0",
        b"\xff\xfe\xff",
        "naïve: café".encode("latin-1"),
    ],
)
def test_what_is_no_text(data: bytes) -> None:
    assert recognised(data) is None


@pytest.mark.parametrize(
    "make",
    [
        lambda n: "Resources " + "x" * n,
        lambda n: "Resources:\n" + "  Type: a:\n" * (n // 10),
        lambda n: "Resources:\n" + " " * n,
        lambda n: '{"Resources": ' + '"Type": ' * (n // 8),
        lambda n: '"resource" : ' * (n // 12),
        lambda n: '{"a": "Resources", "module" : ' + " " * n,
        lambda n: "Resources # Type: A::B\n#" + " Type: A" * (n // 8),
        lambda n: "Resources\n" + "Type" * (n // 4),
        lambda n: "Resources\n" + "Type:" + "A" * n,
    ],
)
def test_recognition_of_a_long_file_terminates(make: Callable[[int], str]) -> None:
    """Inputs that take very long with a regular expression that backtracks."""
    made = recognised_or_problem(make(2_000_000).encode())
    assert made is None or isinstance(made, Problem)


TEMPLATE = """AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Env: {Type: String, AllowedValues: [a, b], Default: a}
Conditions:
  IsA: !Equals [!Ref Env, a]
Resources:
  Dead: &dead {Type: AWS::SQS::Queue}
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsA
    Properties:
      QueueName: !Sub "${Env}-q"
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: !If [IsA, 3, 5]}
"""
PIECES = [
    *("\t", "  ", "- ", ": ", "{", "}", "[", "]", "*dead", "&x ", "!Ref ", "!If ", "<<: ", '"', "'", "|\n", "~", "\n"),
    *("#", "\r", "\u2028", "\0"),
]
CHANGE = st.tuples(st.integers(0, len(TEMPLATE)), st.integers(0, 30), st.sampled_from(PIECES))


@given(st.binary(max_size=80))
def test_any_bytes(data: bytes) -> None:
    try_to_recognise(data)
    try_to_recognise(data + TEMPLATE.encode())


@given(st.lists(CHANGE, min_size=1, max_size=4))
@example([(0, 0, "{")])
def test_a_template_with_pieces_cut_out_and_put_in(changes: list[tuple[int, int, str]]) -> None:
    text = TEMPLATE
    for at, cut, put in changes:
        text = text[:at] + put + text[at + cut :]
    try_to_recognise(text.encode())


JSON_TEMPLATE = json.dumps(
    {
        "Parameters": {"Env": {"Type": "String"}},
        "Conditions": {"IsA": {"Fn::Equals": [{"Ref": "Env"}, "a"]}},
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Condition": "IsA", "Properties": {"DelaySeconds": 5}}},
    }
)
VALUES: st.SearchStrategy[Any] = (
    st.none() | st.integers() | st.text(max_size=3) | st.lists(st.text(max_size=3), max_size=2) | st.builds(dict)
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = list(data) if isinstance(data, dict) else list(range(len(data))) if isinstance(data, list) else []
    return [path, *(found for key in keys for found in places(data[key], (*path, key)))]


@given(st.lists(st.tuples(st.sampled_from(places(json.loads(JSON_TEMPLATE))[1:]), VALUES), min_size=1, max_size=3))
def test_a_template_with_anything_in_any_place(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = json.loads(JSON_TEMPLATE)
    for path, value in changes:
        inner = data
        for step in path[:-1]:
            inner = inner[step] if isinstance(inner, dict) and step in inner else inner
        if isinstance(inner, dict) and isinstance(path[-1], str):
            inner[path[-1]] = value
    try_to_recognise(json.dumps(data).encode())


def try_to_recognise(data: bytes) -> None:
    """Recognizing a file and reading its resources' properties may raise only Problem."""
    made = recognised_or_problem(data)
    if isinstance(made, Problem):
        assert made.line >= 1
        assert "\n" not in made.message
        return
    for deployment in made.deployments(None).deployments if made is not None else ():
        for resource in deployment.resources.values():
            for name in ("QueueName", "RedrivePolicy.deadLetterTargetArn", "DelaySeconds"):
                assert resource.get(name).place.span.line >= 1


def recognised_or_problem(data: bytes) -> Template | Problem | None:
    try:
        return recognised(data)
    except Problem as problem:
        return problem


_AT = "Resources:\n  A:\n    "
_QUEUE = "AWS::SQS::Queue"
OTHERWISE = {
    "a folded type": f"{_AT}Type: >-\n      {_QUEUE}\n",
    "a literal type": f"{_AT}Type: |-\n      {_QUEUE}\n",
    "a tag": f"{_AT}Type: !!str {_QUEUE}\n",
    "a whole tag": f"{_AT}Type: !<tag:yaml.org,2002:str> {_QUEUE}\n",
    "a tag of a handle": f"%TAG !e! tag:yaml.org,2002:\n---\n{_AT}Type: !e!str {_QUEUE}\n",
    "a tag of the usual handle": f"%TAG ! tag:yaml.org,2002:\n---\n{_AT}Type: !str {_QUEUE}\n",
    "an anchor": f"{_AT}Type: &type {_QUEUE}\n",
    "an alias": f"Metadata: {{a: &type '{_QUEUE}'}}\n{_AT}Type: *type\n",
    "aliases as keys": f"Metadata: {{a: &t Type, b: &r Resources}}\n*r :\n  A:\n    *t : {_QUEUE}\n",
    "an alias of all": f"Metadata: &all\n  A: {{Type: {_QUEUE}}}\nResources: *all\n",
    "a merge": f"Metadata: &all\n  A: {{Type: {_QUEUE}}}\nResources: {{<<: *all}}\n",
    "an escape in a key": f'{_AT}"Typ\\x65": {_QUEUE}\n',
    "escaped colons": f'{_AT}Type: "AWS\\x3a\\x3aSQS\\u003A\\u003aQueue"\n',
    "an escape in the section": f'"Resource\\U00000073":\n  A: {{Type: {_QUEUE}}}\n',
    "an escaped line break": f'{_AT}Type: "AWS::SQS::\\\n        Queue"\n',
    "a key by itself": f"? Resources\n: A:\n    ? Type\n    : {_QUEUE}\n",
    "a tag before a key": f"!!str Resources: !!map\n  A:\n    !!str Type: {_QUEUE}\n",
    "braces": f"{{Resources: {{A: {{Type: '{_QUEUE}'}}}}}}\n",
    "an odd line end in a comment": f"# \u2028Resources:\n  A: {{Type: {_QUEUE}}}\n",
    "a name that looks like a number": f"Resources:\n  0x0:\n    Type: >-\n      {_QUEUE}\n",
    "an escape in JSON": '{"Resources": {"A": {"Type": "\\u0041WS::SQS::Queue"}}}',
    "keys with escapes in JSON": '{"\\u0052esources": {"A": {"\\u0054ype": "AWS\\u003a\\u003aSQS::Queue"}}}',
}
"""Templates without a version whose words stand otherwise than people write them."""


@pytest.mark.parametrize("text", OTHERWISE.values(), ids=OTHERWISE)
def test_a_template_is_recognized_however_its_words_are_written(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(text.encode())
    made = report(str(tmp_path))
    assert made["errors"] == []
    assert "sqs-long-polling" in {one["rule"] for one in made["findings"]}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("text", [CLOUDFORMATION[0], CLOUDFORMATION[9]], ids=["YAML", "JSON"])
def test_encodings_need_no_byte_order_mark(text: str, encoding: str) -> None:
    assert isinstance(recognised(text.encode(encoding)), CloudFormationTemplate)


def test_a_template_with_a_nul_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"# \0\n" + CLOUDFORMATION[0].encode())
    (error,) = report(str(tmp_path))["errors"]
    assert error["message"].startswith("this has the byte 0x00")


@pytest.mark.parametrize("name", ["a.txt", "a.cfn", "a.TEMPLATE"])
def test_a_walk_finds_templates_under_odd_names(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(CLOUDFORMATION[0])
    (tmp_path / "notes.txt").write_text("Resources:\n - AWS::SQS::Queue: [\n")
    made = report(str(tmp_path))
    assert (made["errors"], "sqs-long-polling" in {one["rule"] for one in made["findings"]}) == ([], True)


def test_a_template_that_only_includes_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("Transform: {Name: AWS::Include, Parameters: {Location: s3://a/b}}\n")
    (error,) = report(str(tmp_path))["errors"]
    assert error["message"].startswith("the Resources are in what AWS::Include adds")


def test_the_vocabulary_of_a_model_is_no_template() -> None:
    words = {"::": 1, "AWS::": 2, "Type": 3, "Resources": 4, "Parameters": 5, "Outputs": 6}
    assert recognised(json.dumps(words), "vocab.json") is None
    with pytest.raises(Problem, match="Resources must be a mapping"):
        recognised(json.dumps({**words, "AWSTemplateFormatVersion": "2010-09-09"}), "a.json")
