"""The command `graph`: what is in a graph beside its lines, its formats, its options, and how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.command import invoke, printed
from tests.reporters.pages import by_id, with_class, words
from tests.reporters.syntax import page_tree
from tests.test_graph_edges import lines

from awslint_memo import api
from awslint_memo.files.rule_files import packaged
from awslint_memo.model import budget
from awslint_memo.relations.graph import relation
from awslint_memo.reporters import graph_drawings

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads(packaged("reporters/graph.schema.json").text)

SHOP = """\
Parameters:
  Kind: {Type: String, Default: prod, AllowedValues: [prod, test]}
Conditions:
  IsProd: !Equals [!Ref Kind, prod]
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 3}}
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Runtime: python3.13}}
  Role: {Type: AWS::IAM::Role}
  Watch:
    Type: AWS::CloudWatch::Alarm
    Condition: IsProd
    Properties:
      MetricName: ApproximateAgeOfOldestMessage
      Namespace: AWS/SQS
      Dimensions: [{Name: QueueName, Value: !GetAtt Orders.QueueName}]
"""

PIPELINE = """\
Resources:
  Source: {Type: AWS::CodeCommit::Repository, Properties: {RepositoryName: shop}}
  Build:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "phases: {build: {commands: [terraform apply]}}"}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Get
          Actions:
            - Name: Code
              ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: 1}
              Configuration: {RepositoryName: shop}
        - Name: Bring
          Actions:
            - Name: Stack
              RunOrder: 2
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: 1}
              Configuration: {ActionMode: CREATE_UPDATE, StackName: shop}
            - Name: Infrastructure
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: 1}
              Configuration: {ProjectName: !Ref Build}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*options: str, exits: int = 0) -> Any:
    found = json.loads(printed("graph", "--format", "json", *options, exits=exits))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(found)] == []
    return found


def test_the_page_shows_the_drawing_of_its_template(here: Path) -> None:
    page = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    [template] = re.findall(r"<!-- file: shop.yaml -->\n```yaml\n(.*?)^```$", page, re.S | re.M)
    [drawing] = re.findall(r"^```mermaid\n(.*?)^```$", page, re.S | re.M)
    (here / "shop.yaml").write_text(template, encoding="utf-8")
    assert printed("graph") == drawing, "copy what the command prints"


@pytest.mark.usefixtures("here")
def test_what_nothing_flows_to_is_left_out_and_counted() -> None:
    found = made()
    assert [one["name"] for one in found["nodes"]] == ["Orders", "Failed", "Watch"]
    assert [one["label"] for one in found["edges"]] == ["sends failed messages to", "watches"]
    assert found["summary"] == {"nodes": 3, "edges": 2, "hidden_nodes": 2, "nodes_of_other_services": 0}
    assert "2 resources that nothing flows to or from, left out here: --all shows them" in printed("graph")
    every = made("--all")
    assert [one["name"] for one in every["nodes"]] == ["Orders", "Failed", "Work", "Role", "Watch"]
    assert [one["label"] for one in every["edges"] if one["plain"]] == ["names in Role"]
    assert "left out" not in printed("graph", "--all")


@pytest.mark.usefixtures("here")
def test_a_node_says_what_it_is_and_where() -> None:
    nodes = {one["name"]: one for one in made("--all")["nodes"]}
    watch = nodes["Watch"]
    assert (watch["type"], watch["service"], watch["kind"]) == ("AWS::CloudWatch::Alarm", "CloudWatch", "alarm")
    assert (watch["path"], watch["line"]) == ("shop.yaml", 12)
    assert watch["deployments"] == ["when Kind is prod"]
    assert nodes["Orders"]["deployments"] == []
    assert nodes["Work"]["notes"] == [{"name": "runtime", "text": "python3.13"}]


@pytest.mark.usefixtures("here")
def test_only_services_that_one_asks_for_with_what_they_are_joined_to() -> None:
    found = made("--service", "cloudwatch")
    assert [one["name"] for one in found["nodes"]] == ["Orders", "Watch"]
    assert found["summary"]["nodes_of_other_services"] == 1
    result = invoke("graph", "--service", "Sqsx")
    assert result.exit_code == 0
    assert "no resource is of the service Sqsx; there are CloudWatch, IAM, Lambda, SQS" in result.stderr


def test_a_pipeline_is_a_group_of_stages_in_order(here: Path) -> None:
    (here / "shop.yaml").write_text(PIPELINE, encoding="utf-8")
    graph = api.graph()
    assert list(lines(graph)) == [
        "Source -> Code: gives the source to",
        "Release -> Code: begins with",
        "Infrastructure -> Build: runs",
        "Code -> Infrastructure: is followed by",
        "Infrastructure -> Stack: is followed by",
    ]
    groups = {one.id: one for one in graph.groups}
    assert [(one.kind, one.title) for one in graph.groups] == [
        ("root", "shop.yaml"),
        ("pipeline", "pipeline Release"),
        ("stage", "1 Get"),
        ("stage", "2 Bring"),
    ]
    nodes = {one.name: one for one in graph.nodes}
    stage = groups[nodes["Stack"].group]
    assert (stage.title, groups[stage.parent].kind) == ("2 Bring", "pipeline")
    told = {name: [(one.name, one.text) for one in nodes[name].notes] for name in ("Stack", "Infrastructure")}
    assert told["Stack"][1] == ("provisions", "CloudFormation CREATE_UPDATE")
    assert told["Infrastructure"][1] == ("provisions", "runs terraform apply")


def test_stacks_that_are_nested_or_linked_are_drawn_where_they_are_written(here: Path) -> None:
    (here / "inner.yaml").write_text(
        "Parameters: {To: {Type: String}}\nResources:\n  Bus:\n    Type: AWS::Lambda::Function\n"
        "    Properties: {DeadLetterConfig: {TargetArn: !Ref To}}\n",
        encoding="utf-8",
    )
    (here / "shop.yaml").write_text(
        "Resources:\n  Dead: {Type: AWS::SQS::Queue}\n  Part:\n    Type: AWS::CloudFormation::Stack\n"
        "    Properties: {TemplateURL: inner.yaml, Parameters: {To: !GetAtt Dead.Arn}}\n"
        "Outputs:\n  D: {Value: !GetAtt Dead.Arn, Export: {Name: dead}}\n",
        encoding="utf-8",
    )
    (here / "other.yaml").write_text(
        "Resources:\n  Far:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        "      RedrivePolicy: {deadLetterTargetArn: !ImportValue dead, maxReceiveCount: 3}\n",
        encoding="utf-8",
    )
    graph = api.graph()
    assert sorted(lines(graph, plain=False)) == [
        "Far -> Dead: sends failed messages to",
        "Part/Bus -> Dead: sends failed messages to",
    ]
    groups = {one.id: (one.title, one.path) for one in graph.groups}
    assert {one.name: groups[one.group] for one in graph.nodes} == {
        "Far": ("other.yaml", "other.yaml"),
        "Dead": ("shop.yaml", "shop.yaml"),
        "Part": ("shop.yaml", "shop.yaml"),
        "Part/Bus": ("Part", "inner.yaml"),
    }


def test_what_an_app_of_the_cdk_makes_has_the_name_of_its_construct() -> None:
    graph = printed("graph", "--format", "json", "fixtures/cdk/cdk.out")
    made = {one["construct"]: one["name"] for one in json.loads(graph)["nodes"] if "construct" in one}
    name = made["Prod/Orders/Failed/Resource"]
    drawn = printed("graph", "fixtures/cdk/cdk.out")
    assert '["Failed<br/>SQS queue' in drawn
    assert '["Shipping"]' in drawn
    assert '["Shipping/Parcels<br/>SQS queue' in drawn
    assert name.startswith("Failed")
    assert name not in drawn


def test_modules_are_groups_and_lines_lead_across(here: Path) -> None:
    (here / "shop.yaml").unlink()
    (here / "main.tf").write_text(
        'provider "aws" {\n  region = "eu-west-1"\n}\nmodule "dead" {\n  source = "./dead"\n}\n'
        'resource "aws_lambda_function" "work" {\n  dead_letter_config {\n    target_arn = module.dead.arn\n  }\n}\n'
    )
    (here / "dead").mkdir()
    (here / "dead" / "main.tf").write_text(
        'resource "aws_sqs_queue" "this" {\n  name = "dead"\n}\noutput "arn" {\n  value = aws_sqs_queue.this.arn\n}\n'
    )
    graph = api.graph()
    assert list(lines(graph)) == [
        "aws_lambda_function.work -> module.dead.aws_sqs_queue.this: sends failed messages to"
    ]
    groups = [(one.kind, one.title, one.path) for one in graph.groups]
    assert groups == [("root", ".", "."), ("region", "eu-west-1", "."), ("root", "module.dead", "dead/main.tf")]


def test_a_template_in_two_regions_is_drawn_in_each_with_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    graph = api.graph(["fixtures/recovery"], config="fixtures/recovery/configuration.yaml")
    groups = {one.id: one for one in graph.groups}
    webs = [(groups[one.group].title, list(one.deployments)) for one in graph.nodes if one.name == "Web"]
    assert webs == [("eu-west-1", ["ireland"]), ("eu-central-1", ["frankfurt"])]
    assert "Orders -> OrdersStandby: is replicated to" in list(lines(graph))


OWN = '''"""Queues should have a name.

Names are found again.

What to do: write one.
"""

from awslint_memo import rule


@rule("own-named", level="error", resource="AWS::SQS::Queue")
def check(queue):
    yield from ()


BAD = GOOD = ""
'''

HOSTILE = (
    'A"] --> B["x', "end", "%%{init: {}}%%", "`x`", "<script>alert(1)</script>", "a\nclick n1 href", "#quot;",
    "x\\", '\\"]', "a&quot;b", "]]", "{{", "|x|", "\x1b[31m", "‮x", "\\N\\G", "subgraph g9", "classDef x",
    "::error::x", "##[error]x", "words " * 20 + "end",
)  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["mermaid", "dot", "json"])
def test_names_are_texts_and_nothing_more(here: Path, form: str) -> None:
    dead = {"Fn::GetAtt": ["Dead", "Arn"]}
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {"deadLetterTargetArn": dead}}}
    resources = {"Dead": {"Type": "AWS::SQS::Queue"}, **dict.fromkeys(HOSTILE, queue)}
    (here / "shop.yaml").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
    text = printed("graph", "--format", form)
    assert all(one.isprintable() for one in text.splitlines())
    assert "##[" not in text
    assert not re.search(r"^\s*::", text, re.M)
    if form == "json":
        assert {one["name"] for one in json.loads(text)["nodes"]} == {"Dead", *HOSTILE}
    elif form == "mermaid":
        node = re.compile(r'n\d+\[\["[^"`<>{}|%\[\]]+<br/>SQS queue"\]\]')
        drawn = [line.strip() for line in text.splitlines() if "SQS queue" in line]
        assert len(drawn) == len(HOSTILE) + 1
        assert all(node.fullmatch(line.replace("#34;", "")) for line in drawn)
        rest = [line.strip() for line in text.splitlines() if "SQS queue" not in line]
        arrow = r'n\d+ -->\|"sends failed messages to"\| n\d+'
        assert all(re.fullmatch(rf'flowchart LR|subgraph g1\["shop.yaml"\]|end|{arrow}', line) for line in rest)
    else:
        label = re.compile(r'n\d+ \[label="(?:[^"\\&]|\\\\|\\"|&amp;|\\nSQS)+", shape=cds\]')
        drawn = [line.strip() for line in text.splitlines() if "SQS queue" in line]
        assert len(drawn) == len(HOSTILE) + 1
        assert all(label.fullmatch(line) for line in drawn)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("form", ["mermaid", "dot", "json"])
def test_no_secret_is_shown(here: Path, form: str) -> None:
    (here / "shop.yaml").write_text(
        "Parameters: {Pw: {Type: String, NoEcho: true, Default: hunter2}}\nResources:\n"
        "  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: !Ref Pw, MasterUserPassword: !Ref Pw}}\n"
        "  Copy: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Db}}\n",
        encoding="utf-8",
    )
    text = printed("graph", "--all", "--format", form)
    assert "Copy" in text
    assert "engine" not in text
    assert "hunter2" not in text


def test_what_can_not_be_read_is_said_and_the_rest_is_drawn(here: Path) -> None:
    (here / "broken.yaml").write_text("Resources: {A: {Type: AWS::SQS::Queue, Properties: [}}\n", encoding="utf-8")
    result = invoke("graph")
    assert result.exit_code == 2
    assert "broken.yaml:1" in result.stderr
    assert "sends failed messages to" in result.stdout
    assert [one["path"] for one in made(exits=2)["errors"]] == ["broken.yaml"]
    assert invoke("graph", "missing.yaml").exit_code == 2
    (here / ".awslint-memo.yaml").write_text("recovery: {rpo: soon}\n", encoding="utf-8")
    result = invoke("graph")
    assert (result.exit_code, result.stdout) == (2, "")


def test_what_is_not_drawn_is_said(here: Path) -> None:
    (here / "shop.yaml").write_text(
        "Resources:\n  Far: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/a.yaml}}\n",
        encoding="utf-8",
    )
    result = invoke("graph")
    assert result.exit_code == 0
    assert "shop.yaml: not drawn: the nested stack Far" in result.stderr
    assert "%% shop.yaml: not drawn: the nested stack Far" in result.stdout
    assert "there is nothing to draw; --all shows 1 resource that nothing flows to or from" in result.stderr


def test_it_writes_a_file_and_reads_standard_input(here: Path) -> None:
    text = printed("graph")
    assert printed("graph", "--output", "out.mmd") == ""
    assert (here / "out.mmd").read_text(encoding="utf-8") == text
    assert 'subgraph g1["#60;stdin#62;"]' in printed("graph", "-", stdin=SHOP)
    assert invoke("graph", "--output", "missing/out.mmd").exit_code == 2


@pytest.mark.usefixtures("here")
def test_the_inputs_are_those_of_every_command(here: Path) -> None:
    assert "Watch" not in printed("graph", "--parameters", "Kind=test", "shop.yaml")
    (here / "samconfig.toml").write_text('[prod.deploy.parameters]\nparameter_overrides = "Kind=prod"\n')
    assert "Watch" in printed("graph", "--parameters", "samconfig.toml", "--config-env", "prod", "shop.yaml")
    (here / "own").mkdir()
    (here / "own" / "named.py").write_text(OWN, encoding="utf-8")
    (here / "c.yaml").write_text("deployments:\n  a: {Kind: test}\n  b: {Kind: prod}\n", encoding="utf-8")
    nodes = {one["name"]: one for one in made("--config", "c.yaml", "--root", ".", "--rules", "own")["nodes"]}
    assert nodes["Watch"]["deployments"] == ["b"]
    (here / "p.yaml").write_text("rules: {}\n", encoding="utf-8")
    assert "Watch" in printed("graph", "--policy", "p.yaml")
    folder = here / "infrastructure"
    folder.mkdir()
    (folder / "main.tf").write_text(
        'variable "n" {\n  type = number\n}\n'
        'resource "aws_sqs_queue" "q" {\n  count = var.n\n  name  = "q${count.index}"\n}\n'
    )
    (here / "v.tfvars").write_text("n = 2\n", encoding="utf-8")
    assert len(made("--all", "--var-file", "v.tfvars", "--source", "infrastructure", "infrastructure")["nodes"]) == 2


@pytest.mark.usefixtures("here")
def test_a_drawing_that_mermaid_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert graph_drawings.MOST_EDGES == 500
    monkeypatch.setattr(graph_drawings, "MOST_EDGES", 1)
    result = invoke("graph")
    assert result.exit_code == 0
    assert "the drawing has 2 edges and" in result.stderr
    assert "sends failed messages to" in result.stdout
    assert invoke("graph", "--format", "dot").stderr == ""


def large(here: Path, folders: int) -> None:
    """Write templates, each with queues that send failed messages to one of them."""
    for folder in range(folders):
        names = "".join(
            f"  Q{at}: {{Type: AWS::SQS::Queue, Properties: {{RedrivePolicy: "
            f"{{deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}}}}}}\n"
            for at in range(60)
        )
        path = here / "apps" / f"team{folder % 3}" / f"app{folder}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Resources:\n  Dead: {{Type: AWS::SQS::Queue}}\n{names}", encoding="utf-8")


def test_what_is_more_than_mermaid_draws_is_drawn_by_groups(here: Path) -> None:
    large(here, 12)
    result = invoke("graph", "apps")
    assert result.exit_code == 0
    text = result.stdout
    assert len(text) <= 50_000
    arrows = re.findall(r" (?:-->|-\.->)", text)
    assert 0 < len(arrows) <= 500
    assert "large groups are one box each" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert len(re.findall(r"^ *%%", text, re.M)) == 1
    boxes = re.findall(r'^ *(\w+)\["app\d+\.yaml<br/>(\d+) resources"\]$', text, re.M)
    assert boxes
    assert len(boxes) * 61 + len(re.findall("SQS queue", text)) == 12 * 61, (
        "each resource is drawn, or counted in a box"
    )
    assert len(re.findall(r'subgraph \w+\["apps/team', text)) == 3
    dot = invoke("graph", "apps", "--format", "dot")
    assert dot.stderr == ""
    assert dot.stdout.count("SQS queue") == 12 * 61


def test_what_is_not_drawn_is_one_line(here: Path) -> None:
    stack = "{Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/a.yaml}}"
    stacks = "".join(f"  Far{at}: {stack}\n" for at in range(40))
    (here / "shop.yaml").write_text(f"{SHOP}{stacks}", encoding="utf-8")
    result = invoke("graph")
    assert len(result.stderr.splitlines()) == 1
    assert "the nested stack Far0" in result.stderr
    assert "and 39 more that are not drawn, in left_out of --format json" in result.stderr
    assert len(re.findall(r"^ *%%", result.stdout, re.M)) == 2
    assert len(re.findall(r"^ *//", printed("graph", "--format", "dot"), re.M)) == 2
    assert len(made()["left_out"]) == 40
    page = page_tree(printed("graph", "--format", "html"))
    assert words(by_id(page, "unseen")).count("the nested stack Far") == 40


def test_the_page_of_a_graph_has_the_pictures_of_the_report(here: Path) -> None:
    page = page_tree(printed("graph", "--format", "html"))
    report = page_tree(invoke("lint", "--format", "html").stdout)
    for name in ("node", "line"):
        shown = [[words(one) for one in with_class(each, name)] for each in (page, report)]
        assert shown[0] == shown[1]
        assert shown[0]
    assert "What the templates make" in words(page.find("body"))
    assert [one for one in page.iter() if one.get("id") in ("findings", "filters")] == []
    (here / "shop.yaml").write_text("Resources: {}\n", encoding="utf-8")
    assert "There is nothing to draw." in words(page_tree(printed("graph", "--format", "html")).find("body"))


def test_what_is_named_too_often_is_cut_with_a_sentence(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relation, "_MOST_NAMED", 2)
    variables = {f"V{number}": {"Ref": f"Q{number}"} for number in range(4)}
    resources: dict[str, Any] = {f"Q{number}": {"Type": "AWS::SQS::Queue"} for number in range(4)}
    resources["Work"] = {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables": variables}}}
    (here / "shop.yaml").write_text(json.dumps({"Resources": resources}), encoding="utf-8")
    result = invoke("graph")
    assert result.stdout.count("is told of") == 2
    assert "a property names more than 2 resources, of which no more are drawn" in result.stderr


def test_what_no_condition_decides_is_sure_also_where_deployments_are_too_many(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(budget._LIMITS, "looks", (1, 0))
    names = [f"C{number}" for number in range(6)]
    resources: dict[str, Any] = {
        "Dead": {"Type": "AWS::SQS::Queue"},
        "Orders": {
            "Type": "AWS::SQS::Queue",
            "Properties": {
                "RedrivePolicy": {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}},
                "Tags": [{"Fn::If": [name, {"Key": name, "Value": "a"}, {"Ref": "AWS::NoValue"}]} for name in names],
                "KmsMasterKeyId": {"Fn::If": ["C0", {"Ref": "Key"}, {"Ref": "AWS::NoValue"}]},
            },
        },
        "Key": {"Type": "AWS::KMS::Key"},
    }
    template = {
        "Parameters": {f"P{name}": {"Type": "String"} for name in names},
        "Conditions": {name: {"Fn::Equals": [{"Ref": f"P{name}"}, "a"]} for name in names},
        "Resources": resources,
    }
    (here / "shop.yaml").write_text(json.dumps(template), encoding="utf-8")
    graph = api.graph()
    assert graph.errors == []
    assert any("of its possible deployments were looked at" in sentence for sentence in graph.left_out)
    assert [one for one in lines(graph) if "failed" in one] == ["Orders -> Dead: sends failed messages to"]
