"""Files of variables below or beside a root module are its deployments, without an option."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import report

pytestmark = pytest.mark.usefixtures("polled_queues")

RULE = ("--select", "sqs-long-polling", "--advice")
MAIN = """
variable "wait" {
  default = 20
}
variable "name" {
  default = "orders"
}
resource "aws_sqs_queue" "orders" {
  name                      = var.name
  receive_wait_time_seconds = var.wait
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def linted(files: dict[str, str], *options: str, paths: tuple[str, ...] = (".",)) -> dict[str, Any]:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return report(*RULE, *options, *paths)


def found(files: dict[str, str], *options: str) -> list[tuple[str, str | None]]:
    return [(one["level"], one["deployment"]) for one in linted(files, *options)["findings"]]


def notices(files: dict[str, str], *options: str) -> list[str]:
    every: list[str] = linted(files, *options)["summary"]["notices"]
    return every


@pytest.mark.parametrize(
    ("name", "deployment"),
    [
        ("prod.tfvars", "prod.tfvars"),
        ("environments/prod/blue/variables.tfvars", "environments/prod/blue/variables.tfvars"),
        ("env/prod/terraform.tfvars", "env/prod/terraform.tfvars"),
        ("profiles/prod-eu-west-2/vars", "profiles/prod-eu-west-2/vars"),
    ],
)
def test_a_file_below_a_root_is_a_deployment(name: str, deployment: str) -> None:
    assert found({"main.tf": MAIN, name: "wait = 0\n"}) == [("warning", None)]
    other = name.replace("prod", "dev")
    assert found({other: "wait = 20\n"}) == [("warning", f"in {deployment}")]
    assert found({name: "wait = 20\n", other: "wait = 0\n"}) == [("advice", f"in {deployment.replace('prod', 'dev')}")]


def test_files_in_json_and_beside_a_root_are_deployments() -> None:
    files = {"root/main.tf": MAIN, "vars/prod.tfvars.json": '{"wait": 0}', "vars/dev.tfvars": "wait = 20\n"}
    assert found(files) == [("warning", "in ../vars/prod.tfvars.json")]


def test_files_named_as_the_folder_of_a_root_are_for_it() -> None:
    files = {
        "deployments/orders/main.tf": MAIN,
        "deployments/bills/main.tf": MAIN.replace("orders", "bills"),
        "variables/prod/orders.tfvars": "wait = 0\n",
        "variables/prod/common.tfvars": 'name = "common"\n',
        "variables/dev/orders.tfvars": "wait = 20\n",
    }
    [finding] = linted(files)["findings"]
    assert (finding["resource"], finding["deployment"]) == (
        "aws_sqs_queue.orders", "in ../../variables/prod/orders.tfvars",
    )  # fmt: skip


def test_files_of_one_folder_that_set_different_variables_are_one_deployment() -> None:
    files = {"main.tf": MAIN, "env/prod/a.tfvars": "wait = 0\n", "env/prod/b.tfvars": 'name = "x"\n'}
    assert found({**files, "env/dev/a.tfvars": "wait = 20\n"}) == [("warning", "in env/prod")]


def test_common_values_are_those_of_each_environment() -> None:
    files = {"main.tf": MAIN, "common.tfvars": "wait = 0\n", "prod.tfvars": 'name = "p"\n', "dev.tfvars": "wait = 20\n"}
    assert found(files) == [("warning", "in prod.tfvars")]


def test_a_default_is_judged_where_no_file_sets_it() -> None:
    files = {"main.tf": MAIN.replace("20", "0"), "prod.tfvars": 'name = "p"\n', "dev.tfvars": 'name = "d"\n'}
    made = linted(files)
    assert [one["deployment"] for one in made["findings"]] == [None]
    assert "(default of wait)" in made["findings"][0]["message"]


def test_a_variable_without_value_is_still_chosen() -> None:
    """Files of environments leave open what they do not set: a workspace, or a variable of the command."""
    main = (
        MAIN
        + """
resource "aws_sqs_queue" "chosen" {
  receive_wait_time_seconds = terraform.workspace == "prod" ? 0 : 20
}
"""
    )
    made = linted({"main.tf": main, "a.tfvars": "wait = 20\n"})
    assert [one["resource"] for one in made["findings"]] == ["aws_sqs_queue.chosen"]


def test_a_notice_says_which_files_were_taken() -> None:
    [notice] = notices({"main.tf": MAIN, "prod.tfvars": "wait = 20\n", "dev.tfvars": "wait = 20\n"})
    assert notice == (
        "judged as deployments, not the default values alone: dev.tfvars and prod.tfvars; name yours with --var-file"
    )


def test_a_notice_names_files_that_fit_no_root() -> None:
    files = {"main.tf": MAIN, "env/prod.tfvars": "size = 3\nplace = 1\nwait = 0\n"}
    made = linted({**files, "env/backend.tfvars": 'bucket = "b"\n'})
    assert made["findings"] == []
    assert made["summary"]["notices"] == [
        "env/prod.tfvars fits no root module here, so not judged; name it with --var-file"
    ]


@pytest.mark.parametrize("options", [("--var-file", "dev.tfvars"), ("--parameters", "dev.tfvars")])
def test_what_the_user_names_counts_alone(options: tuple[str, ...]) -> None:
    files = {"main.tf": MAIN, "prod.tfvars": "wait = 0\n", "dev.tfvars": "wait = 20\n"}
    assert found(files, *options) == []
    assert notices(files, *options) == []


@pytest.mark.parametrize("configured", ["var-file: dev.tfvars", "deployments: {d: dev.tfvars}"])
def test_what_the_configuration_names_counts_alone(configured: str) -> None:
    files = {"main.tf": MAIN, "prod.tfvars": "wait = 0\n", "dev.tfvars": "wait = 20\n"}
    assert found({**files, ".awslint-memo.yaml": configured}) == []


@pytest.mark.parametrize("name", ["terraform.tfvars", "x.auto.tfvars"])
def test_what_terraform_reads_by_itself_is_no_deployment_of_its_own(name: str) -> None:
    assert found({"main.tf": MAIN, name: "wait = 0\n"}) == [("warning", None)]
    assert notices({}) == []
    assert found({"prod.tfvars": "wait = 20\n"}) == []


def test_a_file_that_can_not_be_read_is_no_deployment() -> None:
    made = linted({"main.tf": MAIN, "prod.tfvars": "wait = \n", "other.tfvars": "wait = 0\n"})
    assert [one["deployment"] for one in made["findings"]] == [None]


def test_the_default_values_are_judged_too_if_all_files_are_of_development() -> None:
    files = {"main.tf": MAIN.replace("20", "0"), "dev.tfvars": "wait = 20\n"}
    assert found(files) == [("warning", "in the default values")]


def test_files_of_another_root_are_not_taken() -> None:
    files = {"main.tf": MAIN, "inner/main.tf": MAIN.replace("orders", "x"), "inner/env/prod.tfvars": "wait = 0\n"}
    assert [one["resource"] for one in linted(files)["findings"]] == ["aws_sqs_queue.x"]


def test_a_file_is_found_whatever_another_root_looked_for() -> None:
    files = {"app/env/orders/main.tf": MAIN, "app/env/a/b/c/d/e/f/orders.tfvars": "wait = 0\n"}
    assert found(files) == [("warning", None)]
    # The bills look through the folder "env" too, and less deep.
    bills = MAIN.replace("wait", "pause").replace("receive_pause", "receive_wait").replace("pause_time", "wait_time")
    assert found({"app/bills/main.tf": bills, **files}) == [("warning", None)]


@pytest.mark.parametrize("installed", [".terraform/modules/m/examples", "node_modules/m", "venv/share"])
def test_files_that_came_with_what_was_installed_are_no_deployments(installed: str) -> None:
    made = linted({"main.tf": MAIN, f"{installed}/prod.tfvars": "wait = 0\n"})
    assert (made["findings"], made["summary"]["notices"]) == ([], [])


def test_what_can_not_be_read_of_several_deployments_is_told_once() -> None:
    root = MAIN + 'module "m" {\n  source = "./m"\n  name   = var.name\n}\n'
    files = {
        "main.tf": root,
        "m/main.tf": 'variable "name" {}\nresource "aws_sns_topic" "t" {\n  name = 1\n  name = 2\n}\n',
        "dev.tfvars": "wait = 10\n",
    }
    made = linted({**files, "prod.tfvars": "wait = 0\n"}, paths=(".",))
    assert [(one["path"], one["line"]) for one in made["errors"]] == [("./m/main.tf", 4)]
    assert [one["resource"] for one in made["findings"]] == ["aws_sqs_queue.orders"]


FREE = """
variable "name" {
}
resource "aws_sqs_queue" "orders" {
  name                      = var.name == "orders" ? "o" : "x"
  receive_wait_time_seconds = var.wait
}
"""


def test_files_of_variables_are_told_apart_where_they_leave_a_variable_open() -> None:
    files = {"main.tf": 'variable "wait" {\n}\n' + FREE, "dev.tfvars": "wait = 0\n", "prod.tfvars": "wait = 20\n"}
    assert found(files) == [("advice", "in dev.tfvars")]
    assert found({"dev.tfvars": "wait = 20\n", "prod.tfvars": "wait = 0\n"}) == [("warning", "in prod.tfvars")]


WORKSPACE = """
locals {
  is_live = contains(["dev", "live"], terraform.workspace)
}
variable "name" {
}
resource "aws_sqs_queue" "orders" {
  name                      = var.name
  receive_wait_time_seconds = local.is_live ? 20 : 0
}
"""


def test_what_the_workspace_decides_is_not_said_of_the_files_of_variables() -> None:
    files = {"main.tf": WORKSPACE, "preprod.tfvars": 'name = "a"\n', "prod.tfvars": 'name = "b"\n'}
    assert found(files) == [("advice", "when terraform.workspace is not dev or live")]


def test_what_a_file_and_the_workspace_decide_names_both() -> None:
    main = WORKSPACE.replace("local.is_live", 'local.is_live || var.name == "b"')
    files = {"main.tf": main, "preprod.tfvars": 'name = "a"\n', "prod.tfvars": 'name = "b"\n'}
    told = "in preprod.tfvars when terraform.workspace is not dev or live"
    assert found(files) == [("advice", told)]


def test_a_workspace_of_another_environment_is_no_production_whatever_the_file() -> None:
    main = WORKSPACE.replace("local.is_live", 'terraform.workspace != "dev" && terraform.workspace != "test"')
    files = {"main.tf": main, "prod.tfvars": 'name = "b"\n'}
    assert found(files) == [("advice", "when terraform.workspace is dev or test")]
    live = main.replace("? 20 : 0", "? 0 : 20")
    assert found({"main.tf": live}) == [("warning", "when terraform.workspace is not dev or test")]


def test_a_folder_that_only_sets_a_backend_is_no_root_of_its_own() -> None:
    backend = 'terraform {\n  backend "s3" {\n    key = "prod"\n  }\n}\n'
    files = {"main.tf": MAIN, "prod/backend_config.tf": backend, "prod/orders.tfvars": "wait = 0\n"}
    assert found(files) == [("warning", None)]
    Path("prod/backend_config.tf").write_text(f'{backend}\nmodule "other" {{\n  source = "../other"\n}}\n')
    assert found({}) == []


def test_a_file_without_an_ending_is_told_as_one_of_variables() -> None:
    [told] = notices({"main.tf": MAIN, "profiles/prod/vars": "wait = 0\n"})
    assert "judged as deployments, not the default values alone" in told


@pytest.mark.parametrize("name", ["XXXXX", "orders-xxxx", "<name>", "YOUR_QUEUE"])
def test_a_value_that_somebody_is_to_fill_in_is_not_known(name: str) -> None:
    """Two of the same are not the same."""
    record = (
        'resource "aws_route53_record" "{}" {{\n  zone_id = "Z1"\n  name = var.{}\n'
        '  type = "CNAME"\n  ttl = 60\n  records = ["x"]\n}}\n'
    )
    main = "".join(f'variable "{one}" {{}}\n' + record.format(one, one) for one in ("a", "b"))
    for text, rules in ((name, []), ("orders", ["route53-routing-policy"])):
        files = {"main.tf": main, "terraform.example.tfvars": f'a = "{text}"\nb = "{text}"\n'}
        told = linted(files, "--select", "route53-routing-policy")
        assert [one["rule"] for one in told["findings"]] == rules


def test_nor_are_values_to_fill_in_inside_a_list_or_an_object() -> None:
    """The subnets of three zones, in a file that somebody copies, are not one subnet."""
    group = (
        'variable "{0}" {{}}\nresource "aws_autoscaling_group" "{0}" {{\n'
        "  max_size = 4\n  vpc_zone_identifier = var.{0}{1}\n}}\n"
    )
    main = group.format("flat", "") + group.format("deep", ".ids")
    for text, expected in (("subnet-XXXXXXXX", []), ("subnet-0a1b2c3d", ["autoscaling-single-az"] * 2)):
        ids = f'["{text}", "{text}"]'
        files = {"main.tf": main, "terraform.tfvars": f"flat = {ids}\ndeep = {{ ids = {ids} }}\n"}
        told = linted(files, "--select", "autoscaling-single-az")
        assert [one["rule"] for one in told["findings"]] == expected
