"""Modules that terraform init or tofu init has downloaded are judged like local ones, at the call that brings them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests import command
from tests.readers.workspace import report, write

QUEUE = """
variable "visibility" {
  type    = number
  default = 30
}
variable "name" {}
resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = var.visibility
}
output "arn" { value = aws_sqs_queue.this.arn }
"""

ROOT = """
provider "aws" {}

module "orders" {
  source     = "terraform-aws-modules/sqs/aws"
  version    = "~> 4.2"
  name       = "orders"
  visibility = 31
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = module.orders.arn
  function_name    = aws_lambda_function.worker.arn
}
"""


def manifest(**folders: str) -> str:
    """The list that `terraform init` writes, with these keys (`__` stands for a dot) and folders."""
    listed = [{"Key": "", "Source": "", "Dir": "."}]
    listed += [{"Key": key.replace("__", "."), "Source": "any", "Dir": folder} for key, folder in folders.items()]
    return json.dumps({"Modules": listed})


def initialised(root: str, modules: str, **files: str) -> Mapping[str, str]:
    """The files of a root module with its list of modules and the files of `.terraform/modules`, `/` as `__`."""
    below = {f".terraform/modules/{name.replace('__', '/')}.tf": text for name, text in files.items()}
    return {"main.tf": root, ".terraform/modules/modules.json": modules, **below}


def places(folder: Path, rule: str) -> list[tuple[str, int, str]]:
    """The file, line and resource of each finding of a rule."""
    return [
        (Path(one["path"]).relative_to(folder).as_posix(), one["line"], one["resource"])
        for one in report(str(folder))["findings"]
        if one["rule"] == rule
    ]


def test_a_downloaded_module_is_judged_with_its_root(tmp_path: Path) -> None:
    """What the caller gives is reported at the argument, and the place in the module is a related one."""
    write(tmp_path, initialised(ROOT, manifest(orders=".terraform/modules/orders"), orders__main=QUEUE))
    (one,) = (f for f in report(str(tmp_path))["findings"] if f["rule"] == "sqs-visibility-below-processing-time")
    assert (Path(one["path"]).name, one["line"]) == ("main.tf", 8)
    assert one["path"] == str(tmp_path / "main.tf")
    assert one["resource"] == "module.orders.aws_sqs_queue.this"
    assert ".terraform/modules/orders/main.tf" in one["related"][0]["path"]


def test_what_the_module_decides_is_reported_at_its_call(tmp_path: Path) -> None:
    """A default of the module, and what it does not set, stand at the module block: nobody edits the module."""
    root = ROOT.replace("  visibility = 31\n", "")
    write(tmp_path, initialised(root, manifest(orders=".terraform/modules/orders"), orders__main=QUEUE))
    assert places(tmp_path, "sqs-visibility-below-processing-time") == [
        ("main.tf", 4, "module.orders.aws_sqs_queue.this")
    ]
    assert places(tmp_path, "sqs-dead-letter-queue") == [("main.tf", 4, "module.orders.aws_sqs_queue.this")]
    (one,) = (f for f in report(str(tmp_path))["findings"] if f["rule"] == "sqs-dead-letter-queue")
    assert one["related"][0]["path"].endswith(".terraform/modules/orders/main.tf")
    assert one["related"][0]["line"] == 7


def test_a_suppression_at_the_call_works(tmp_path: Path) -> None:
    """The module block is where a person can write one."""
    root = ROOT.replace(
        'module "orders"', '# awslint-memo: ignore[sqs-dead-letter-queue] -- no retries\nmodule "orders"'
    )
    write(tmp_path, initialised(root, manifest(orders=".terraform/modules/orders"), orders__main=QUEUE))
    assert places(tmp_path, "sqs-dead-letter-queue") == []
    assert report(str(tmp_path))["summary"]["suppressed"] == 1


NESTED = 'module "inner" {\n  source = "./modules/queue"\n  name   = "inner"\n}\n'
OTHER = 'module "inner" {\n  source = "git::https://example.com/queue.git"\n  name   = "inner"\n}\n'


@pytest.mark.parametrize(
    ("outer", "folder"),
    [(NESTED, "orders__modules__queue"), (OTHER, "orders.inner")],
    ids=["local in a downloaded one", "downloaded by a downloaded one"],
)
def test_modules_of_a_downloaded_module_are_read(tmp_path: Path, outer: str, folder: str) -> None:
    """Findings of all of them stand at the call in the user's own file."""
    root = 'provider "aws" {}\nmodule "orders" {\n  source = "a/b/c"\n}\n'
    where = ".terraform/modules/" + folder.replace("__", "/")
    listed = manifest(orders=".terraform/modules/orders", orders__inner=where)
    write(tmp_path, {**initialised(root, listed, orders__main=outer), f"{where}/main.tf": QUEUE})
    assert places(tmp_path, "sqs-dead-letter-queue") == [
        ("main.tf", 2, "module.orders.module.inner.aws_sqs_queue.this")
    ]


def test_a_local_module_finds_its_downloads_with_the_root(tmp_path: Path) -> None:
    """The list stands at the root, and the call that a person can change in the local module."""
    local = 'module "queue" {\n  source = "a/b/c"\n  name   = "q"\n}\n'
    root = 'provider "aws" {}\nmodule "shop" {\n  source = "./shop"\n}\n'
    listed = manifest(shop="shop", shop__queue=".terraform/modules/shop.queue")
    write(
        tmp_path,
        {
            **initialised(root, listed),
            "shop/main.tf": local,
            ".terraform/modules/shop.queue/main.tf": QUEUE,
        },
    )
    assert places(tmp_path, "sqs-dead-letter-queue") == [
        ("shop/main.tf", 1, "module.shop.module.queue.aws_sqs_queue.this")
    ]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """The list may be older than the folder; the module counts as one that was not looked at."""
    write(tmp_path, initialised(ROOT, manifest(orders=".terraform/modules/orders")))
    made = report(str(tmp_path))
    assert made["errors"] == []
    assert any("module orders" in notice for notice in made["summary"]["notices"])


ROOT_BESIDE = (
    ROOT
    + """
resource "aws_sqs_queue" "waiting" {
  receive_wait_time_seconds = module.orders.wait > 3 ? 20 : 5
}

resource "aws_sqs_queue" "known" {
  receive_wait_time_seconds = 20
}
"""
)


def test_what_a_module_that_is_not_downloaded_costs(tmp_path: Path) -> None:
    """The rules that could not tell are named with the file of their resources, in the text and as numbers."""
    write(tmp_path, {"main.tf": ROOT_BESIDE})
    made = report(str(tmp_path), "--select", "sqs-long-polling,sqs-fifo-*")
    path = tmp_path / "main.tf"
    notice = f"without what was not looked at, these rules can't tell: sqs-long-polling for 1 resource ({path})"
    assert notice in made["summary"]["notices"]
    assert notice in command.printed("lint", str(tmp_path), "--select", "sqs-long-polling,sqs-fifo-*", exits=0)
    by_rule = {one["rule"]: one["checks"]["muted"] for one in made["coverage"]["rules"]}
    assert by_rule["sqs-long-polling"] == 1
    write(tmp_path, initialised(ROOT_BESIDE, manifest(orders=".terraform/modules/orders"), orders__main=QUEUE))
    assert not any("can't tell" in one for one in report(str(tmp_path))["summary"]["notices"])


@pytest.mark.parametrize("text", ["{", "[]", '{"Modules": 3}', "\x00"])
def test_a_broken_list_is_an_error_at_its_place(tmp_path: Path, text: str) -> None:
    """The rest is judged."""
    write(tmp_path, initialised(ROOT, text, orders__main=QUEUE))
    made: dict[str, Any] = report(str(tmp_path))
    assert [Path(one["path"]).name for one in made["errors"]] == ["modules.json"]
    command.printed("lint", str(tmp_path), exits=2)


@pytest.mark.parametrize("entry", [3, {}, {"Key": "orders"}, {"Key": 1, "Dir": "x"}, {"Key": "orders", "Dir": []}])
def test_an_odd_entry_is_no_module(tmp_path: Path, entry: Any) -> None:
    """It is passed over like a module that is not in the list."""
    write(tmp_path, initialised(ROOT, json.dumps({"Modules": [entry]}), orders__main=QUEUE))
    made = report(str(tmp_path))
    assert made["errors"] == []
    assert any("module orders" in notice for notice in made["summary"]["notices"])


def versioned(version: str, folder: str = ".terraform/modules/orders") -> str:
    return json.dumps({"Modules": [{"Key": "orders", "Source": "any", "Version": version, "Dir": folder}]})


@pytest.mark.parametrize(
    ("asked", "version", "said"),
    [
        ("~> 4.2", "4.9.1", ""),
        ("~> 4.2", "3.3.0", "is version 3.3.0, but the call asks for ~> 4.2; run terraform get -update"),
        (">= 4.0, < 5.0", "5.0.0", "is version 5.0.0, but the call asks for >= 4.0, < 5.0; run terraform get -update"),
        ("latest", "5.0.0", ""),
        ("~> 4.2", "", ""),
    ],
)
def test_a_copy_of_another_version_than_the_call_asks_for(asked: str, version: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, initialised(ROOT.replace("~> 4.2", asked), versioned(version), orders__main=QUEUE))
    made = report(str(tmp_path))
    sources = [notice for notice in made["summary"]["notices"] if "module orders" in notice]
    assert [one.partition(": not checked: ")[2] for one in sources] == (
        [f"module orders (terraform-aws-modules/sqs/aws; its copy in .terraform/modules {said})"] * bool(said)
    )
    found = places(tmp_path, "sqs-visibility-below-processing-time")
    assert [resource for _, _, resource in found] == ["module.orders.aws_sqs_queue.this"] * (not said)


def test_a_copy_that_has_no_variable_of_an_argument(tmp_path: Path) -> None:
    older = QUEUE.replace('variable "visibility"', 'variable "visibility_seconds"').replace("var.visibility", "31")
    write(tmp_path, initialised(ROOT, versioned("4.3.0"), orders__main=older))
    made = report(str(tmp_path))
    [notice] = [one for one in made["summary"]["notices"] if "module orders" in one]
    wanted = "its copy in .terraform/modules has no variable visibility; run terraform get or remove the argument)"
    assert notice.endswith(wanted)
    assert places(tmp_path, "sqs-visibility-below-processing-time") == []


def test_arguments_that_every_module_call_has(tmp_path: Path) -> None:
    every = 'count = 1\n  depends_on = [aws_lambda_function.worker]\n  providers = {}\n  name       = "orders"'
    root = ROOT.replace('name       = "orders"', every)
    write(tmp_path, initialised(root, versioned("4.3.0"), orders__main=QUEUE))
    assert not any("module orders" in one for one in report(str(tmp_path))["summary"]["notices"])


DATABASE = """
variable "skip_final_snapshot" { default = false }
%s
resource "aws_db_instance" "this" {
  engine                    = "postgres"
  backup_retention_period   = 7
  skip_final_snapshot       = var.skip_final_snapshot
  %s
}
"""
DATABASE_ROOT = """
provider "aws" {}

module "orders" {
  source              = "%s"
  skip_final_snapshot = true
}
"""


@pytest.mark.parametrize(
    ("variable", "argument", "downloaded", "local"),
    [
        ("", "", "set it to false", "set it to false and final_snapshot_identifier to a name"),
        (
            'variable "final_snapshot_identifier" { default = null }',
            "",
            "set it to false and final_snapshot_identifier to a name",
            "set it to false and final_snapshot_identifier to a name",
        ),
        (
            'variable "final_snapshot_identifier" { default = null }',
            'final_snapshot_identifier = var.skip_final_snapshot ? null : "last"',
            "set it to false",
            "set it to false",
        ),
    ],
)
def test_a_remedy_names_no_argument_that_the_call_does_not_have(
    variable: str, argument: str, downloaded: str, local: str, tmp_path: Path
) -> None:
    module = DATABASE % (variable, argument)
    away = initialised(
        DATABASE_ROOT % "example/rds/aws", manifest(orders=".terraform/modules/orders"), orders__main=module
    )
    beside = {"main.tf": DATABASE_ROOT % "./m", "m/main.tf": module}
    for number, (files, remedy) in enumerate(((away, downloaded), (beside, local))):
        folder = tmp_path / str(number)
        write(folder, files)
        [message] = [one["message"] for one in report(str(folder), "--select", "rds-final-snapshot")["findings"]]
        assert message.endswith(f"; {remedy}")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("git::https://example.com/q.git?token=hunter2", "git::https://example.com/q.git"),
        ("git::https://example.com/q.git?depth=1&ref=v1.2", "git::https://example.com/q.git?ref=v1.2"),
    ],
)
def test_a_source_is_named_without_what_it_asks_for(tmp_path: Path, source: str, named: str) -> None:
    """Behind a question mark there may be a token; only the revision is shown."""
    write(tmp_path, {"main.tf": ROOT.replace("terraform-aws-modules/sqs/aws", source)})
    notices = report(str(tmp_path))["summary"]["notices"]
    assert any(f"({named})" in notice for notice in notices)
    assert "hunter2" not in command.printed("lint", str(tmp_path))


HOSTILE = ROOT.replace("terraform-aws-modules/sqs/aws", "acme/queue/aws")


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ("/etc", "outside of the root"),
        ("/dev/zero", "outside of the root"),
        ("../../../../etc", "outside of the root"),
        (".git", "outside of the root"),
        ("a\0b", "outside of the root"),
        (".", "its copy in .terraform/modules has no variable name"),
        ("", "its copy in .terraform/modules has no variable name"),
        ("main.tf", "reads it"),
        ("a/" * 5000, "outside of the root"),
        ("a" * 5000, "outside of the root"),
        ("a\ud800b", "reads it"),
        ("\x1b[31m\n::error::a", "reads it"),
        (".terraform/modules/link", "outside of the root"),
    ],
)
def test_a_hostile_folder_ends_in_a_sentence(tmp_path: Path, folder: str, sentence: str) -> None:
    """The list names a folder that nobody would download to; the call is not read, which is told."""
    root = tmp_path / "root"
    write(root, initialised(HOSTILE, manifest(orders=folder), orders__main=QUEUE))
    write(tmp_path / "away", {"main.tf": QUEUE})
    (root / ".terraform/modules/link").symlink_to(tmp_path / "away")
    text = command.printed("lint", "--root", str(root), str(root), exits=0)
    told = [line for line in text.splitlines() if "module orders (acme/queue/aws" in line]
    assert any(sentence in line for line in told), text
    assert "1 module not read" in text
    assert "\x1b" not in text


def test_a_module_that_a_list_says_to_call_itself_is_read_once(tmp_path: Path) -> None:
    inner = 'module "orders" {\n  source = "acme/queue/aws"\n  name   = "x"\n}\nmodule "self" {\n  source = "./"\n}\n'
    folders = {"orders" + "__orders" * number: ".terraform/modules/orders" for number in range(300)}
    write(tmp_path, initialised(HOSTILE, manifest(**folders), orders__main=QUEUE + inner))
    text = command.printed("lint", str(tmp_path), "--advice", exits=1)
    assert text.count("it calls this one") == 2


@pytest.mark.parametrize("data", [".terraform-prod", "../data/prod", "absolute"])
def test_modules_under_the_folder_that_the_environment_names(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is as .terraform is: findings stand at the call, and its files are no roots."""
    where = str(tmp_path / "data") if data == "absolute" else data
    monkeypatch.setenv("TF_DATA_DIR", where)
    (tmp_path / ".git").mkdir()
    folder = Path(os.path.normpath(tmp_path / "live" / where)) / "modules"
    written = os.path.relpath(folder / "orders", tmp_path / "live")
    write(tmp_path / "live", {"main.tf": ROOT})
    write(
        folder, {"modules.json": manifest(orders=written), "orders/main.tf": QUEUE, "orders/examples/x/main.tf": ROOT}
    )
    found = report(str(tmp_path), "--select", "sqs-dead-letter-queue")
    assert [(one["path"], one["line"]) for one in found["findings"]] == [(str(tmp_path / "live/main.tf"), 4)]
    assert not any("orders" in one for one in found["summary"]["notices"])
    monkeypatch.delenv("TF_DATA_DIR")
    assert any("module orders" in one for one in report(str(tmp_path / "live"))["summary"]["notices"])


def test_a_data_folder_outside_of_the_root_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, data = tmp_path / "repository", tmp_path / "data"
    (repository / ".git").mkdir(parents=True)
    monkeypatch.setenv("TF_DATA_DIR", str(data))
    write(repository, {"main.tf": ROOT})
    write(data / "modules", {"modules.json": manifest(orders=str(data / "modules/orders")), "orders/main.tf": QUEUE})
    notices = report(str(repository))["summary"]["notices"]
    assert any(
        f"{data}/modules/modules.json: not checked: TF_DATA_DIR is outside of the root" in one for one in notices
    )
    found = report(str(repository), "--root", str(tmp_path), "--select", "sqs-dead-letter-queue")["findings"]
    assert [one["line"] for one in found] == [4]


def test_without_a_list_there_the_usual_one_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_DATA_DIR", "elsewhere")
    write(tmp_path, initialised(ROOT, manifest(orders=".terraform/modules/orders"), orders__main=QUEUE))
    assert places(tmp_path, "sqs-dead-letter-queue") == [("main.tf", 4, "module.orders.aws_sqs_queue.this")]
