"""Root modules that Terragrunt and Terraform Stacks make."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import command
from tests.command import singles
from tests.readers.workspace import report, write

from awslint_memo.readers.terraform.file_names import local_source

pytestmark = pytest.mark.usefixtures("polled_queues")

MODULE = """variable "wait" {
  default = 0
}

resource "aws_sqs_queue" "q" {
  receive_wait_time_seconds = var.wait
}
"""

SOURCE = 'terraform {\n  source = "../module"\n}\n'
WRITES = 'generate "values" {{\n  path     = "v.auto.tfvars"\n  contents = {}\n}}\n'
"""A file of variables that Terragrunt writes, with some contents."""
EXTRA = 'terraform {{\n  extra_arguments "a" {{\n    commands = ["apply"]\n    {}\n  }}\n}}\n'


def found(folder: Path, *paths: str) -> list[tuple[str, int, str]]:
    made = report(*(str(folder / path) for path in paths or ("",)), "--select", "sqs-long-polling", "--advice")
    return [(Path(one["path"]).name, one["line"], one["level"]) for one in made["findings"]]


def test_the_inputs_of_terragrunt_are_the_values_of_variables(tmp_path: Path) -> None:
    write(tmp_path, {"module/main.tf": MODULE, "live/terragrunt.hcl": SOURCE + "inputs = {\n  wait = 0\n}\n"})
    write(tmp_path, {".git/HEAD": ""})
    assert found(tmp_path, "live") == [("terragrunt.hcl", 5, "warning")]
    write(tmp_path, {"live/terragrunt.hcl": SOURCE + "inputs = { wait = 20 }\n"})
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    "more",
    [
        'include "root" {\n  path = find_in_parent_folders()\n}\n',
        'inputs = merge(local.x, { a = "b" })\nlocals {\n  x = read_terragrunt_config("x.hcl").inputs\n}\n',
        "inputs = { wait = dependency.queues.outputs.wait }\n",
        WRITES.format("<<E\nwait = ${local.wait}\nE"),
        WRITES.format("<<E\n${local.values}\nE"),
        WRITES.format("<<E\n${local.name} = 20\nE"),
        WRITES.format("<<E\n%{ if local.waits }\nwait = 20\n%{ endif }\nE"),
        WRITES.format('file("values.txt")'),
        WRITES.replace("tfvars", "tfvars.json").format("jsonencode({ wait = 20 })"),
    ],
)
def test_what_others_may_give_to_a_variable_is_not_known(tmp_path: Path, more: str) -> None:
    write(tmp_path, {"module/main.tf": MODULE, "live/terragrunt.hcl": SOURCE + more, ".git/HEAD": ""})
    assert found(tmp_path, "live") == []


ROOT = "find_in_parent_folders()"
COMMON = "${dirname(find_in_parent_folders())}/common.hcl"


@pytest.mark.parametrize(
    ("path", "more", "included", "levels"),
    [
        (ROOT, "", "inputs = { stage = local.stage }\n", ["warning"]),
        (ROOT, "", "inputs = { wait = 20 }\n", []),
        (ROOT, "inputs = { wait = 0 }\n", "inputs = { wait = 20 }\n", ["warning"]),
        ('"../terragrunt.hcl"', "", "", ["warning"]),
        ('"${get_repo_root()}/terragrunt.hcl"', "", "", ["warning"]),
        ('find_in_parent_folders("other.hcl")', "", "", []),
        ('find_in_parent_folders("other.hcl", "../terragrunt.hcl")', "", "", ["warning"]),
        ('format("%s/%s", dirname(find_in_parent_folders()), "terragrunt.hcl")', "", "", ["warning"]),
        ('"${get_original_terragrunt_dir()}/../terragrunt.hcl"', "", "", ["warning"]),
        ('"${local.root}/terragrunt.hcl"', "", "", []),
        (f'{ROOT}\n  merge_strategy = "deep"', "", "inputs = { wait = 0 }\n", ["warning"]),
        (f'{ROOT}\n  merge_strategy = "deep"', "inputs = { wait = 20 }\n", "inputs = { wait = 0 }\n", []),
        (f'{ROOT}\n  merge_strategy = "no_merge"', "", "inputs = { wait = 20 }\n", ["warning"]),
        (f"{ROOT}\n  merge_strategy = local.strategy", "", "inputs = { wait = 20 }\n", []),
        (ROOT, "", "inputs = merge(local.all.inputs, {})\n", []),
        (
            ROOT,
            "",
            EXTRA.format('arguments = ["-lock-timeout=${local.t}"]\n    env_vars = { TF_LOG = "x" }'),
            ["warning"],
        ),
        (ROOT, "", EXTRA.format('optional_var_files = ["a.tfvars"]'), []),
        (ROOT, "", EXTRA.format('arguments = ["-input=false", "-var-file=a.tfvars"]'), []),
        (ROOT, "", EXTRA.format('arguments = ["-var", "wait=20"]'), []),
        (ROOT, "", EXTRA.format('arguments = ["-var", "name=20"]'), ["warning"]),
        (ROOT, "", EXTRA.format('arguments = ["--var=wait=20"]'), []),
        (ROOT, "", EXTRA.format('arguments = ["${local.more}"]'), []),
        (ROOT, "", EXTRA.format("arguments = local.more"), []),
        (ROOT, "", EXTRA.format('env_vars = { TF_VAR_wait = "20" }'), []),
        (ROOT, "", EXTRA.format('env_vars = { TF_CLI_ARGS_apply = "-var wait=20" }'), []),
        (ROOT, "", EXTRA.format("env_vars = merge({}, {})"), []),
        (ROOT, "", 'include "more" {\n  path = "common.hcl"\n}\n', []),
        (ROOT, f'include "b" {{\n  path = "{COMMON}"\n}}\n', "inputs = { stage = 1 }\n", ["warning"]),
        (ROOT, f'include "b" {{\n  path = "{COMMON}"\n}}\n', "inputs = { name = 1, wait = 0 }\n", ["warning"]),
    ],
)
def test_what_terragrunt_includes_is_read(
    tmp_path: Path, path: str, more: str, included: str, levels: list[str]
) -> None:
    unit = f'{SOURCE}include "root" {{\n  path = {path}\n}}\n{more}'
    files = {"module/main.tf": MODULE, "live/terragrunt.hcl": unit, "common.hcl": "inputs = { name = 0 }\n"}
    write(tmp_path, {**files, "terragrunt.hcl": included, ".git/HEAD": ""})
    assert [level for _, _, level in found(tmp_path, "live")] == levels


QUEUES = """variable "queues" {
  type = map(object({ wait = number }))
}

resource "aws_sqs_queue" "q" {
  for_each                  = var.queues
  name                      = each.key
  receive_wait_time_seconds = each.value.wait
}
"""


@pytest.mark.parametrize(
    ("strategy", "names"),
    [("deep", ["a", "c"]), ("deep_map_only", ["a", "c"]), ("shallow", ["c"])],
)
def test_maps_of_terragrunt_are_merged_deep(tmp_path: Path, strategy: str, names: list[str]) -> None:
    unit = f'{SOURCE}include {{\n  path = {ROOT}\n  merge_strategy = "{strategy}"\n}}\n'
    own = "inputs = { queues = { b = { wait = 20 }, c = { wait = 0 } } }\n"
    above = "inputs = { queues = { a = { wait = 0 }, b = { wait = 0 } } }\n"
    write(tmp_path, {"module/main.tf": QUEUES, "live/terragrunt.hcl": unit + own, "terragrunt.hcl": above})
    write(tmp_path, {".git/HEAD": ""})
    made = report(str(tmp_path / "live"), "--select", "sqs-long-polling", "--advice")
    found = [name for one in made["findings"] for name in one.get("resources", [one["resource"]])]
    assert sorted(found) == [f'aws_sqs_queue.q["{name}"]' for name in names]


@pytest.mark.parametrize(
    ("source", "levels"),
    [("${get_repo_root()}/module", ["warning"]), ("../module", []), ("${local.base}/module", [])],
)
def test_the_module_may_be_named_where_terragrunt_includes(tmp_path: Path, source: str, levels: list[str]) -> None:
    above = f'terraform {{\n  source = "{source}"\n}}\n'
    files = {"live/terragrunt.hcl": f"include {{\n  path = {ROOT}\n}}\ninputs = {{ wait = 0 }}\n"}
    write(tmp_path, {"module/main.tf": MODULE, "terragrunt.hcl": above, ".git/HEAD": "", **files})
    assert [level for _, _, level in found(tmp_path, "live")] == levels


def test_what_terragrunt_includes_is_read_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = f'{SOURCE}include "root" {{\n  path = {ROOT}\n}}\ninclude "b" {{\n  path = "{COMMON}"\n}}\n'
    files = {"module/main.tf": MODULE, "terragrunt.hcl": "", "common.hcl": "", ".git/HEAD": ""}
    write(tmp_path, {**files, "live/a/terragrunt.hcl": unit.replace("../module", "../../module")})
    monkeypatch.chdir(tmp_path)
    made = report("live/a", "--select", "sqs-long-polling", "--advice")
    assert [one["level"] for one in made["findings"]] == ["warning"]


def test_of_two_includes_neither_stands_over_the_other(tmp_path: Path) -> None:
    both = f'include "a" {{\n  path = {ROOT}\n}}\ninclude "b" {{\n  path = "{COMMON}"\n}}\n'
    files = {"module/main.tf": MODULE, "terragrunt.hcl": "inputs = { wait = 0 }\n", ".git/HEAD": ""}
    write(tmp_path, {**files, "live/terragrunt.hcl": SOURCE + both, "common.hcl": "inputs = { wait = 0 }\n"})
    assert found(tmp_path, "live") == []


def test_inputs_that_are_no_variables_are_told(tmp_path: Path) -> None:
    unit = f"{SOURCE}include {{\n  path = {ROOT}\n}}\ninputs = {{\n  waits = 20\n}}\n"
    write(tmp_path, {"module/main.tf": MODULE, "live/terragrunt.hcl": unit, ".git/HEAD": ""})
    write(tmp_path, {"terragrunt.hcl": "inputs = { stage = 1 }\n"})
    (notice,) = report(str(tmp_path / "live"))["summary"]["notices"]
    assert notice.endswith(
        "terragrunt.hcl:8: the module has no variable waits, so the value has no effect; did you mean wait?"
    )
    # The module gets more variables.
    write(tmp_path, {"terragrunt.hcl": WRITES.format('<<E\nvariable "waits" {}\nE').replace("auto.tfvars", "tf")})
    assert report(str(tmp_path / "live"))["summary"]["notices"] == []


def test_what_terragrunt_writes_beside_what_it_fills_in_is_known(tmp_path: Path) -> None:
    write(tmp_path, {"module/main.tf": MODULE.replace("0", "20"), ".git/HEAD": ""})
    write(tmp_path, {"live/terragrunt.hcl": SOURCE + WRITES.format('<<E\nname = "${local.name}"\nwait = 0\nE')})
    assert found(tmp_path, "live") == [("terragrunt.hcl", 6, "warning")]


def test_without_a_source_the_files_beside_are_the_module(tmp_path: Path) -> None:
    write(tmp_path, {"live/main.tf": MODULE, "live/terragrunt.hcl": "inputs = { wait = 20 }\n"})
    assert found(tmp_path) == []
    write(tmp_path, {"live/terragrunt.hcl": "inputs = { wait = 0 }\n"})
    assert found(tmp_path) == [("terragrunt.hcl", 1, "warning")]


def test_each_unit_is_a_root_of_its_own(tmp_path: Path) -> None:
    units = {f"{name}/terragrunt.hcl": SOURCE for name in ("east", "west")}
    write(tmp_path, {"module/main.tf": MODULE, **units})
    made = report(str(tmp_path), "--select", "sqs-long-polling")
    assert [Path(one["root"]).name for one in singles(made)] == ["east", "west"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('terraform {\n  source = "tfr:///a/b/aws?version=1.0.0"\n}\n', "its module (tfr:///a/b/aws?version=1.0.0)"),
        ('include "root" {\n  path = "../root.hcl"\n}\n', "its module, which is named where it includes"),
        ('terraform {\n  source = "../missing"\n}\n', "its module (../missing)"),
    ],
)
def test_a_module_that_is_not_read_is_told(tmp_path: Path, text: str, what: str) -> None:
    write(tmp_path, {"live/terragrunt.hcl": text, ".git/HEAD": ""})
    made = report(str(tmp_path / "live"))
    assert made["summary"]["notices"] == [f"{tmp_path / 'live' / 'terragrunt.hcl'}: not checked: {what}"]


def test_what_units_only_include_is_no_root(tmp_path: Path) -> None:
    write(tmp_path, {"terragrunt.hcl": 'remote_state {\n  backend = "s3"\n}\n'})
    assert report(str(tmp_path))["summary"]["notices"] == []


def test_a_broken_file_is_an_error_and_the_others_are_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "module/main.tf": MODULE,
            "bad/terragrunt.hcl": "terraform {\n  source = \n",
            "stack/a.tfcomponent.hcl": 'component "q" {\n  source = \n',
            "live/terragrunt.hcl": SOURCE,
        },
    )
    done = command.invoke("lint", str(tmp_path), "--select", "sqs-long-polling")
    assert done.exit_code == 2
    assert "module/main.tf:" in done.stdout
    assert done.stderr.count("\n") == 2


@pytest.mark.parametrize(
    ("written", "folder"),
    [
        ("../m", "../m"),
        ("../m//a", "../m/a"),
        ("${get_terragrunt_dir()}/../m", "../m"),
        ("${get_repo_root()}/m", "../../m"),
        ("${local.modules}/m", None),
        ("git::https://git.example/m", None),
        ("/m", None),
    ],
)
def test_local_sources(written: str, folder: str | None, tmp_path: Path) -> None:
    assert local_source(written, str(tmp_path / "live" / "prod"), str(tmp_path)) == folder


COMPONENT = """variable "wait" {
}

component "queues" {
  source = "./module"
  inputs = { wait = var.wait }
}
"""

DEPLOYMENT = 'deployment "%s" {\n  inputs = { wait = %s }\n}\n'


def test_deployments_of_a_stack_have_their_inputs(tmp_path: Path) -> None:
    deployments = DEPLOYMENT % ("dev", 0) + DEPLOYMENT % ("prod", 20)
    write(tmp_path, {"s.tfcomponent.hcl": COMPONENT, "s.tfdeploy.hcl": deployments, "module/main.tf": MODULE})
    (one,) = report(str(tmp_path), "--select", "sqs-long-polling")["findings"]
    assert (one["resource"], one["deployment"], one["level"]) == ("module.queues.aws_sqs_queue.q", "in dev", "advice")
    assert (Path(one["path"]).name, one["line"]) == ("s.tfdeploy.hcl", 2)
    # A provider of a stack has two names.
    provider = 'provider "aws" "main" {\n  config {\n    region = "eu-west-1"\n  }\n}\n'
    write(
        tmp_path,
        {
            "s.tfcomponent.hcl": COMPONENT.replace(
                "wait = var.wait }\n", "wait = var.wait }\n  providers = { aws = provider.aws.main }\n"
            )
            + provider
        },
    )
    assert [each["line"] for each in report(str(tmp_path), "--select", "sqs-long-polling")["findings"]] == [2]
    # All files of the folder belong to the stack.
    assert found(tmp_path, "s.tfdeploy.hcl") == [("s.tfdeploy.hcl", 2, "advice")]


def test_a_stack_without_deployments_has_variables_without_value(tmp_path: Path) -> None:
    write(tmp_path, {"s.tfcomponent.hcl": COMPONENT, "module/main.tf": MODULE})
    assert found(tmp_path) == []
    write(tmp_path, {"s.tfcomponent.hcl": COMPONENT.replace("= var.wait", "= 0")})
    assert found(tmp_path) == [("s.tfcomponent.hcl", 6, "warning")]


def test_a_component_that_is_not_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"s.tfcomponent.hcl": COMPONENT.replace("./module", "a/b/aws"), "s.tfdeploy.hcl": ""})
    (notice,) = report(str(tmp_path))["summary"]["notices"]
    assert notice.endswith("not checked: module queues (a/b/aws)")


@pytest.mark.parametrize(
    ("type_", "value", "test", "levels"),
    [
        ("", "7", 'var.x == "7"', ["warning"]),
        ("", "7", "var.x == 7", []),
        ("", "true", 'var.x == "true"', ["warning"]),
        ("", '"a"', 'var.x == "a"', ["warning"]),
        ("", "[7]", "try(var.x[0], 0) == 7", []),
        ("", "{ a = 7 }", "try(var.x.a, 0) == 7", []),
        ("", "null", "var.x == null", []),
        ("", "1e30", 'var.x != ""', []),
        ("string", "7", 'var.x == "7"', ["warning"]),
        ("string", "[7]", 'var.x != ""', []),
        ("number", '"7"', "var.x == 7", ["warning"]),
        ("bool", '"true"', "var.x", ["warning"]),
        ("any", '"[7]"', "can(var.x[0])", []),
        ("any", '"[7]"', "!can(var.x[0])", []),
        ("any", "[7]", "var.x[0] == 7", ["warning"]),
        ("any", '["$${7}"]', 'var.x[0] == "$${7}"', []),
        ("list(number)", "[7]", "var.x[0] == 7", ["warning"]),
        ("list(string)", '"a"', 'try(var.x[0], "") == ""', []),
        ("map(string)", '{ "%%{a}" = "b" }', "length(var.x) == 1", []),
    ],
)
def test_inputs_are_variables_of_the_environment(
    tmp_path: Path, type_: str, value: str, test: str, levels: list[str]
) -> None:
    typed = f"  type = {type_}\n" if type_ else ""
    variable = f'variable "x" {{\n  default = "none"\n{typed}}}\n'.replace('"none"', "null" if type_ else '"none"')
    module = MODULE.replace("= var.wait", f"= {test} ? 0 : 20") + variable
    write(tmp_path, {"module/main.tf": module, "live/terragrunt.hcl": f"{SOURCE}inputs = {{ x = {value} }}\n"})
    write(tmp_path, {".git/HEAD": ""})
    assert [level for _, _, level in found(tmp_path, "live")] == levels


PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'


def generated(path: str, contents: str, more: str = "") -> str:
    return f'generate "g" {{\n  path = "{path}"\n  contents = {contents}\n  {more}\n}}\n'


def heredoc(text: str) -> str:
    return f"<<E\n{text}E"


@pytest.mark.parametrize(
    ("written", "told", "levels"),
    [
        (generated("provider.tf", heredoc(PROVIDER)), "", ["warning"]),
        (generated("provider.tf", "local.text"), "the template in the contents of generate g", ["warning"]),
        (generated("provider_override.tf", heredoc(PROVIDER)), "", ["warning"]),
        (generated("backend.tf", heredoc(PROVIDER), 'if_exists = "overwrite"'), "", ["warning"]),
        (generated("backend.tf", "local.text"), "the template in the contents of generate g", ["warning"]),
        (generated("main.tf", heredoc(PROVIDER), 'if_exists = "skip"'), "", ["warning"]),
        (generated("main.tf", heredoc(PROVIDER)), "what generate g writes over the module (main.tf)", []),
        (generated("main.tofu", heredoc(PROVIDER)), "what generate g writes over the module (main.tofu)", []),
        (generated("./main.tf", heredoc(PROVIDER)), "what generate g writes over the module (main.tf)", []),
        (generated("${get_terragrunt_dir()}/main.tf", heredoc(PROVIDER)), "over the module (main.tf)", []),
        (generated("${local.path}", heredoc("locals {\n}\n")), "over the module (path not known)", []),
        (generated("${local.path}", heredoc(PROVIDER)), "", ["warning"]),
        (generated("z_override.tf", heredoc("locals {\n  a = 1\n}\n")), "over the module (z_override.tf)", []),
        (generated("z_override.tf", heredoc("${local.text}\n")), "over the module (z_override.tf)", []),
        (generated("z_override.tf.json", "jsonencode({ locals = {} })"), "over the module (z_override.tf.json)", []),
        (generated("sub/main.tf", heredoc(PROVIDER)), "over the module (sub/main.tf)", []),
        (generated("days.txt", heredoc("20\n")), "over the module (days.txt)", []),
        ('generate = { g = { path = "z_override.tf", contents = "" } }\n', "", ["warning"]),
        ('generate = { g = { path = "main.tf", contents = "" } }\n', "what generate g writes over the module", []),
        ("generate = local.files\n", "what generate writes over the module (path not known)", []),
        ('remote_state {\n  backend = "s3"\n  generate = { path = "backend.tf" }\n}\n', "", ["warning"]),
        ('remote_state {\n  backend = "s3"\n  generate = { path = "main.tf" }\n}\n', "generate of remote_state", []),
    ],
)
@pytest.mark.parametrize("is_included", [False, True])
def test_a_module_is_not_known_over_which_terragrunt_writes(
    tmp_path: Path, written: str, told: str, levels: list[str], is_included: bool
) -> None:
    module = {"module/main.tf": MODULE, "module/backend.tf": "terraform {\n}\n", "module/days.txt": "0"}
    unit = SOURCE + (f'include "root" {{\n  path = {ROOT}\n}}\n' if is_included else written)
    write(tmp_path, {**module, "live/terragrunt.hcl": unit, ".git/HEAD": ""})
    write(tmp_path, {"terragrunt.hcl": written if is_included else ""})
    made = report(str(tmp_path / "live"), "--select", "sqs-long-polling", "--advice")
    assert [each["level"] for each in made["findings"]] == levels
    if not (is_included and told.startswith("the template")):
        assert told in " ".join(made["summary"]["notices"])
