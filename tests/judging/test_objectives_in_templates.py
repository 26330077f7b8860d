"""Objectives of recovery that templates state, and what is said of those that are malformed."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from awslint_memo import api
from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.model.objectives import Stated
from awslint_memo.readers.recognition import template

TABLE = "{Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}"

YAML = f"""\
Metadata: {{awslint-memo: {{recovery: {{rpo: 1h, region: {{rpo: none}}}}}}}}
Resources:
  # awslint-memo: recovery[rpo=15m, zone.rto=1h]
  A: {TABLE}
  B:
    Type: AWS::DynamoDB::Table
    Metadata: {{awslint-memo: {{recovery: {{rebuildable: "yes, from A"}}}}}}
  # awslint-memo: recovery[rebuildable=again, from A]
  C: {TABLE}
"""

JSON = """{
 "Metadata": {"awslint-memo": {"recovery": {"rpo": "1h"}}},
 "Resources": {"A": {"Type": "AWS::DynamoDB::Table", "Metadata": {"awslint-memo": {"recovery": {"rpo": 900}}}}}
}"""

NATIVE = """\
# awslint-memo: recovery[rpo=15m]
resource "aws_dynamodb_table" "a" {
  count = 2
  name  = "a"
}
"""

TERRAFORM_JSON = """{
 "//": "awslint-memo: recovery[rpo=1h]",
 "resource": {"aws_dynamodb_table": {"a": {"//": "awslint-memo: recovery[rpo=15m]", "name": "a"}}}
}"""


def objectives_in(path: str, text: str) -> Stated:
    made = template(Source(path, text.encode()))
    assert made is not None
    declared = CheckOptions([]).deployments(made).declared
    assert declared is not None
    assert declared.stated is not None
    return declared.stated


def entries(found: Stated) -> Any:
    return {name: [dict(layer.entries) for layer in layers] for name, layers in found.resources.items()}


def test_yaml_states_in_metadata_and_comments() -> None:
    found = objectives_in("a.yaml", YAML)
    assert dict(found.files["a.yaml"].entries) == {"rpo": 3600.0, "region.rpo": None}
    assert entries(found) == {
        "A": [{"rpo": 900.0, "az.rto": 3600.0}],
        "B": [{"rebuildable": "yes, from A"}],
        "C": [{"rebuildable": "again, from A"}],
    }
    assert found.resources["A"][0].place == "a.yaml:3"


def test_json_states_in_metadata() -> None:
    found = objectives_in("a.json", JSON)
    assert dict(found.files["a.json"].entries) == {"rpo": 3600.0}
    assert entries(found) == {"A": [{"rpo": 900.0}]}


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [("main.tf", NATIVE, ["[0]", "[1]"]), ("main.tf.json", TERRAFORM_JSON, [""])],
)
def test_terraform_states_in_comments(path: str, text: str, names: list[str]) -> None:
    found = objectives_in(path, text)
    assert {name: one[-1:] for name, one in entries(found).items()} == {
        f"aws_dynamodb_table.a{name}": [{"rpo": 900.0}] for name in names
    }
    assert bool(found.files) == path.endswith("json")


def test_who_states_nothing_has_no_objectives() -> None:
    made = template(Source("a.yaml", f"# recovery\nResources: {{A: {TABLE}}}".encode()))
    assert made is not None
    assert CheckOptions([]).deployments(made).declared is None


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "  # awslint-memo: recovery[rpo=soon]\n  A:",
            'rpo must be a length of time such as 15m, 1h, PT1H or 0, not "soon"',
        ),
        ("  # awslint-memo: recovery[rpoo=1h]\n  A:", "rpoo is no objective; did you mean rpo?"),
        ("  # awslint-memo: recovery[region.keep=1h]\n  A:", "region.keep is no objective"),
        ("  # awslint-memo: recovery[rpo]\n  A:", 'has "rpo", which is no objective; write rpo=15m'),
        ("  # awslint-memo: recovery rpo=1h\n  A:", "is not understood; write awslint-memo: recovery["),
        ("  # awslint-memo: recovery[rpo=1h]\n\n  A:", "stands above no resource"),
        ("  A:\n    Metadata: {awslint-memo: {recovery: {strategy: hot}}}", "strategy must be"),
        ("  A:\n    Metadata: {awslint-memo: {recovery: {rebuildable: a, rpo: 1h}}}", "rebuildable stands beside rpo"),
        ("  A:\n    Metadata: {awslint-memo: {recovery: {}}}", "has recovery without objectives"),
        ("  A:\n    Metadata: {awslint-memo: 'recovery[rpo=soon]'}", "rpo must be a length of time"),
    ],
)
def test_what_is_malformed_is_told(statement: str, said: str) -> None:
    text = f"Resources:\n{statement}\n    Type: AWS::DynamoDB::Table\n"
    report = api.lint(["a.yaml"], select=["suppression-*"], unsaved={"a.yaml": text})
    assert [one.rule for one in report.findings] == ["suppression-malformed"]
    assert said in report.findings[0].message


def test_a_resource_stands_over_its_template() -> None:
    text = YAML.replace("region: {rpo: none}", "software: {rpo: 2h}")
    found = api.lint(["a.yaml"], select=["recovery-no-backup"], advice=True, unsaved={"a.yaml": text}).findings
    assert [(one.resource, "(a.yaml:3)" in one.message) for one in found] == [("A", True)]


def test_without_objectives_nothing_of_recovery_is_loaded() -> None:
    """A process of its own, as the modules stay loaded."""
    script = (
        "import sys; from awslint_memo import api\n"
        "for text in (sys.argv[1], sys.argv[2]):\n"
        "    api.lint(['a.yaml'], advice=True, unsaved={'a.yaml': text})\n"
        "    print(any('.recovery.' in one or '.objectives' in one for one in sys.modules))\n"
    )
    plain, stating = f"Resources:\n  A: {TABLE}\n", YAML
    done = subprocess.run([sys.executable, "-c", script, plain, stating], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("given", ["eu-west-1", "cn-north-1"])
def test_a_region_is_a_parameter(given: str) -> None:
    name = '!Sub "${AWS::Region}/${AWS::Partition}"'
    text = f"Resources:\n  A: {{Type: AWS::DynamoDB::Table, Properties: {{TableName: {name}}}}}\n"
    made = template(Source("a.yaml", text.encode()))
    assert made is not None
    [deployment] = made.deployments({"AWS::Region": given}).deployments
    assert deployment.region is not None
    assert deployment.region.text == given
    partition = "aws-cn" if given.startswith("cn-") else "aws"
    assert deployment.own["A"].get("TableName").text == f"{given}/{partition}"
    assert made.deployments(None).deployments[0].region is None


def test_nested_stacks_share_the_region() -> None:
    parent = "Resources:\n  N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml}}\n"
    child = "Resources:\n  A: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Ref AWS::Region}}\n"
    found = api.recovery(
        ["p.yaml"], parameters=["AWS::Region=eu-west-1"], unsaved={"p.yaml": parent, "child.yaml": child}
    )
    assert [entry.resource.get("TableName").text for family in found.families for entry in family.entries] == [
        "eu-west-1"
    ]


def test_a_mistyped_pseudo_parameter_is_told() -> None:
    text = f"Resources:\n  A: {TABLE}\n"
    notices = api.lint(["a.yaml"], parameters=["AWS::Regio=a"], unsaved={"a.yaml": text}).notices
    assert any(
        "no template has the parameter AWS::Regio" in one and "did you mean AWS::Region?" in one for one in notices
    )
    assert not api.lint(["a.yaml"], parameters=["AWS::Region=a"], unsaved={"a.yaml": text}).notices
