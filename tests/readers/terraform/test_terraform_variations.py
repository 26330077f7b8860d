"""A variable without value that decides something is looked at in all ways; a finding says for which it holds."""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linting import found, lint_with
from tests.readers.workspace import report, write

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.registry import rules
from awslint_memo.model.finding import Finding
from awslint_memo.readers.recognition import template

MULTI_AZ = "rds-multi-az"
RETENTION = "rds-backup-retention"
"""A rule that is no question of costs alone: what a variable decides of it is told by a whole run too."""


def database(multi_az: str, more: str = "") -> str:
    """A database beside the variables `env` and `flag`."""
    return f"""
variable "env" {{}}
variable "flag" {{ type = bool }}
{more}
resource "aws_db_instance" "db" {{
  engine   = "postgres"
  multi_az = {multi_az}
}}
"""


@pytest.mark.parametrize(
    ("multi_az", "when"),
    [
        ('var.env == "prod"', "when env is not prod"),
        ('var.env != "dev"', "when env is dev"),
        ('"dev" != var.env', "when env is dev"),
        ('var.env == "prod" ? true : false', "when env is not prod"),
        ('contains(["prod", "stage"], var.env)', "when env is not prod or stage"),
        ("{ prod = true, dev = false }[var.env]", "when env is dev"),
        ("lookup({ prod = true }, var.env, false)", "when env is not prod"),
        ("var.flag ? true : false", "when flag is false"),
        ("!(var.flag && true)", "when flag is true"),
        ("local.multi", "when env is not prod"),
        ("var.env == null ? false : true", "when env is null"),
        ('var.flag || var.env == "prod" ? true : false', "when env is not prod and flag is false"),
    ],
)
def test_what_a_variable_decides(multi_az: str, when: str) -> None:
    """By comparison, as a condition, as a key, and through locals."""
    template = database(multi_az, 'locals {\n multi = var.env == "prod"\n}')
    (one,) = lint_with(MULTI_AZ, template)
    assert (one.level, one.deployment) == ("advice", when)


@pytest.mark.parametrize("more", ["", 'resource "aws_sqs_queue" "q" {\n  count = var.env == "prod" ? 1 : 0\n}'])
def test_what_a_variable_decides_of_what_is_terraforms_own(more: str) -> None:
    """An argument that is no property, also where a resource makes deployments of the same variable."""
    own = 'true\n  final_snapshot_identifier = "db"\n  skip_final_snapshot = var.env == "prod"'
    (one,) = lint_with("rds-final-snapshot", database(own, more))
    assert one.deployment == "when env is prod"


MAPS = "locals {\n m = { prod = true, dev = false, default = false }\n}"


@pytest.mark.parametrize(
    ("multi_az", "when"),
    [
        ('terraform.workspace == "prod"', "when terraform.workspace is not prod"),
        ("local.m[terraform.workspace]", "when terraform.workspace is not prod"),
        ("lookup(local.m, terraform.workspace, false)", "when terraform.workspace is not prod"),
        ('try(local.m[terraform.workspace], local.m["default"])', "when terraform.workspace is not prod"),
        (
            'contains(keys(local.m), terraform.workspace) ? local.m[terraform.workspace] : local.m["default"]',
            "when terraform.workspace is not prod",
        ),
        ('contains(keys(local.m), var.env) ? local.m[var.env] : local.m["default"]', "when env is not prod"),
        ("local.m[var.env]", "when env is not prod"),
    ],
)
def test_what_the_workspace_decides(multi_az: str, when: str) -> None:
    """As a variable without value, of which each entry of a map is one deployment."""
    (one,) = lint_with(MULTI_AZ, database(multi_az, MAPS))
    assert (one.level, one.deployment) == ("advice", when)


QUEUE = 'resource "aws_sqs_queue" "q" {\n  count = contains(["prod", "dev", "default"], terraform.workspace) ? 0 : 1\n'


@pytest.mark.parametrize(
    ("reads", "is_told"),
    [
        ("locals {\n n = local.m[terraform.workspace]\n}", False),
        ("locals {\n w = terraform.workspace\n n = { a = [local.m[local.w]] }\n}", False),
        ('provider "aws" {\n profile = local.m[terraform.workspace]\n}', False),
        ('module "n" {\n source = "./n"\n a = local.m[terraform.workspace]\n}', False),
        ('resource "aws_sns_topic" "n" {\n count = local.m[terraform.workspace] ? 1 : 0\n}', False),
        # None of these is an error, or is evaluated, in any workspace.
        ("locals {\n n = try(local.m[terraform.workspace], false)\n}", True),
        ("locals {\n n = lookup(local.m, terraform.workspace, false)\n}", True),
        ('provider "aws" {\n alias = "n"\n profile = local.m[terraform.workspace]\n}', True),
        ('resource "aws_sns_topic" "n" {\n count = 0\n name = local.m[terraform.workspace]\n}', True),
    ],
)
def test_a_workspace_without_an_entry_in_a_map_is_none(reads: str, is_told: bool) -> None:
    """Terraform can't plan the module there, so a resource that only such a workspace has does not exist."""
    said = lint_with("sqs-dead-letter-queue", f"{MAPS}\n{reads}\n{QUEUE}}}\n")
    assert [one.resource for one in said] == ["aws_sqs_queue.q[0]"] * is_told


def test_a_workspace_that_is_only_used_is_no_choice() -> None:
    """As a part of a name it decides nothing."""
    (one,) = lint_with(MULTI_AZ, database('"${terraform.workspace}-a" == null'))
    assert one.deployment is None


def test_a_workspace_decides_in_called_modules(tmp_path: Path) -> None:
    """Each module of a root has the same."""
    child = CHILD.replace("var.stage", "terraform.workspace").replace('variable "stage" {}', "")
    write(tmp_path, {"main.tf": 'module "m" {\n  source = "./m"\n}\n', "m/main.tf": child})
    (one,) = (one for one in report(str(tmp_path))["findings"] if one["rule"] == RETENTION)
    assert one["deployment"] == "when terraform.workspace is not none or europe"


def test_a_variable_that_is_only_used_is_no_choice() -> None:
    """Its value is not known, and nothing tells what it may be."""
    assert found(MULTI_AZ, database("var.flag")) == []


def test_a_condition_that_only_some_deployments_have_forgets_no_value() -> None:
    """That `flag` is a condition shows only where it is not null, while others with null are still to be made."""
    local = "locals {\n  on = var.flag != null ? var.flag : false\n}\n"
    queues = [
        f'resource "aws_sqs_queue" "{name}" {{\n  count = {condition} ? 1 : 0\n}}\n'
        for name, condition in (("a", 'var.env == "prod"'), ("b", "local.on"))
    ]
    said = lint_with("sqs-dead-letter-queue", database("true", local + "".join(queues)))
    assert [(one.resource, one.deployment) for one in said] == [
        ("aws_sqs_queue.a[0]", "when env is prod"),
        ("aws_sqs_queue.b[0]", "when flag is true"),
    ]


def test_a_validation_excludes_values() -> None:
    """The values that a validation allows are the only ones."""
    said = 'variable "x" {\n validation {\n  condition = contains(["a", "b"], var.x)\n  error_message = "a or b"\n }\n}'
    (one,) = lint_with(MULTI_AZ, database('var.x == "a"', said))
    assert one.deployment == "when x is b"
    assert lint_with(MULTI_AZ, database('contains(["a", "b", "c"], var.x)', said)) == []


@pytest.mark.parametrize("also", ["var.env", "local.env"])
def test_a_validation_may_ask_for_another_variable(also: str) -> None:
    """What it says of a value of its own variable is then another thing in another deployment."""
    said = f"""
variable "env" {{}}
locals {{
  env = var.env
}}
variable "x" {{
  validation {{
    condition     = {also} != "prod" || var.x == "b"
    error_message = "b in prod"
  }}
}}
"""
    assert lint_with(MULTI_AZ, database('!(var.x == "c" && var.env == "prod")', said)) == []
    (one,) = lint_with(MULTI_AZ, database('!(var.x == "c" && var.env == "dev")', said))
    assert one.deployment == "when env is dev and x is c"


@pytest.mark.parametrize(
    ("condition", "level", "when"),
    [
        ('contains(["mysql", "postgres"], var.engine)', "warning", None),
        ('var.engine == "mysql" || var.engine == "postgres"', "warning", None),
        ('contains(["mysql", "aurora-mysql"], var.engine)', "advice", "when engine is mysql"),
        ('contains(["mysql", "db2-ce"], var.engine)', "advice", "when engine is mysql"),
        ('var.engine != "mysql"', None, None),
        ("length(var.engine) > 2", None, None),
    ],
)
def test_a_validation_names_the_values_that_a_variable_has(condition: str, level: str | None, when: str | None) -> None:
    """Then each is looked at, although nothing else compares the variable."""
    validation = f'validation {{\n  condition = {condition}\n  error_message = "no"\n }}'
    own = 'resource "aws_db_instance" "db" {\n  engine = var.engine\n  multi_az = false\n}\n'
    template = f'variable "engine" {{\n {validation}\n}}\nprovider "aws" {{}}\n{own}'
    expected = [] if level is None else [(level, when)]
    assert [(one.level, one.deployment) for one in lint_with(MULTI_AZ, template)] == expected


@pytest.mark.parametrize("text", ['env = "prod"\n', 'env = "dev"\n'])
def test_a_file_of_variables_decides(text: str, tmp_path: Path) -> None:
    """Then the finding holds, or does not, without condition; by a file of development it is advice."""
    made = database('var.env == "prod"')
    write(tmp_path, {"main.tf": made, "terraform.tfvars": text})
    there = [one for one in report(str(tmp_path))["findings"] if one["rule"] == MULTI_AZ]
    assert [(one["level"], one["deployment"]) for one in there] == (
        [] if "prod" in text else [("advice", "with env dev in terraform.tfvars")]
    )


TWO = """
variable "env" {}
resource "aws_sqs_queue" "own" {
  count          = var.env == "prod" ? 1 : 0
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead[0].arn, maxReceiveCount = 5 })
}
resource "aws_sqs_queue" "dead" {
  count                     = var.env == "OTHER" ? 1 : 0
  message_retention_seconds = 1209600
}
"""


def test_a_validation_that_no_value_passes_is_said(tmp_path: Path) -> None:
    variable = (
        'variable "env" {\n  validation {\n    condition     = contains(["prod"], 3)\n    error_message = "prod"\n'
    )
    write(tmp_path, {"main.tf": f'{variable}  }}\n}}\nresource "aws_db_instance" "one" {{\n  multi_az = false\n}}\n'})
    [error] = report(str(tmp_path))["errors"]
    assert "each value of the variable env fails its validation (prod), so nothing was checked" in error["message"]
    assert error["line"] == 1


def test_resources_that_exclude_each_other_never_meet() -> None:
    """The queue is a dead-letter queue only in a deployment that has both."""
    (apart,) = lint_with("sqs-dead-letter-queue", TWO.replace("OTHER", "dev"))
    assert (apart.resource, apart.deployment) == ("aws_sqs_queue.dead[0]", "when env is dev")
    assert lint_with("sqs-dead-letter-queue", TWO.replace("OTHER", "prod")) == []


@pytest.mark.parametrize("repeated", ["count = var.n", "for_each = var.n", "count = length(data.aws_subnets.all.ids)"])
def test_a_finding_on_a_resource_that_may_not_exist_says_so(repeated: str) -> None:
    """How many there are is not known, and no comparison tells: it holds wherever there is one."""
    template = f'variable "n" {{}}\nresource "aws_sqs_queue" "q" {{\n  {repeated}\n}}\n'
    (one,) = lint_with("sqs-dead-letter-queue", template)
    assert (one.level, one.deployment) == ("advice", "if count or for_each makes it")


CHILD = """
variable "stage" {}
resource "aws_db_instance" "db" {
  count                   = var.stage == "none" ? 0 : 1
  engine                  = "postgres"
  backup_retention_period = var.stage == "europe" ? 14 : 1
}
"""


def test_a_choice_reaches_into_called_modules(tmp_path: Path) -> None:
    """As far as the root's variable is given unchanged."""
    root = 'variable "env" {}\nmodule "m" {\n  source = "./m"\n  stage  = var.env\n}\n'
    write(tmp_path, {"main.tf": root, "m/main.tf": CHILD})
    (one,) = (one for one in report(str(tmp_path))["findings"] if one["rule"] == RETENTION)
    assert one["deployment"] == "when env is not none or europe"


VALUES = ("a", "b", "c", "other")


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """A condition on the variables x and y."""
    name = draw(st.sampled_from(["x", "y"]))
    value = draw(st.sampled_from(["a", "b"]))
    leaf = draw(st.sampled_from(['var.N == "V"', 'var.N != "V"', 'contains(["V", "c"], var.N)', "local.N_is_a"]))
    written = leaf.replace("N", name).replace("V", value)
    if draw(st.booleans()):
        return f"{written} {draw(st.sampled_from(['&&', '||']))} {draw(conditions())}"
    return written


@st.composite
def configurations(draw: st.DrawFn) -> str:
    """Two databases and two queues that depend on x and y."""
    resource: dict[str, Any] = {"aws_db_instance": {}, "aws_sqs_queue": {}}
    for name in ("one", "two"):
        resource["aws_db_instance"][name] = {
            "engine": "postgres",
            "multi_az": f"${{{draw(conditions())}}}",
            "backup_retention_period": f"${{{draw(conditions())} ? 7 : 1}}",
            "count": f"${{{draw(conditions())} ? 1 : 0}}",
        }
    policy = "${jsonencode({deadLetterTargetArn = one(aws_sqs_queue.dead[*].arn), maxReceiveCount = 5})}"
    resource["aws_sqs_queue"]["own"] = {"redrive_policy": policy}
    resource["aws_sqs_queue"]["dead"] = {"count": f"${{{draw(conditions())} ? 1 : 0}}"}
    local = {"x_is_a": '${var.x == "a"}', "y_is_a": '${var.y == "a" ? true : false}'}
    return json.dumps({"variable": {"x": {}, "y": {}}, "locals": local, "resource": resource})


def judged(text: str, parameters: dict[str, str] | None) -> list[Finding]:
    """The findings of a few rules."""
    some = [rules()[name] for name in (MULTI_AZ, "rds-backup-retention", "sqs-dead-letter-queue", "sqs-long-polling")]
    made = template(Source("main.tf.json", text.encode()))
    assert made is not None
    return check_template(made, CheckOptions(some, parameters=parameters))[0]


def resources(text: str, parameters: dict[str, str]) -> set[str]:
    """The names of the resources that there are."""
    made = template(Source("main.tf.json", text.encode()))
    assert made is not None
    return {resource.written for resource in made.deployments(parameters).deployments[0].own.values()}


@settings(max_examples=40)
@given(configurations())
def test_every_deployment_has_what_is_said_of_it(text: str) -> None:
    """What is found without values is what is found in some deployment with values, and in all where it says so."""
    deployments = [dict(zip("xy", values, strict=True)) for values in product(VALUES, repeat=2)]
    every = [{(one.rule, one.resource) for one in judged(text, values)} for values in deployments]

    @cache
    def existing(number: int) -> set[str]:
        return resources(text, deployments[number])

    said = judged(text, None)
    assert {(one.rule, one.resource) for one in said} == set().union(*every)
    for one in said:
        if one.deployment is None:
            assert all((one.rule, one.resource) in found for found in every), one
        else:
            lacking = [number for number, found in enumerate(every) if (one.rule, one.resource) not in found]
            assert lacking, one
            # What holds wherever the resource exists is no less than the rule says.
            assert one.level == "advice" or not any(one.resource in existing(number) for number in lacking), one
