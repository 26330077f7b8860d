"""The hooks for pre-commit and prek: each takes the files that it is for, and its command finds what is in them."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.command import invoke

pytestmark = pytest.mark.usefixtures("polled_queues")

HOOKS: dict[str, dict[str, Any]] = {
    one["id"]: one for one in yaml.safe_load((Path(__file__).parents[1] / ".pre-commit-hooks.yaml").read_text())
}

TEMPLATES = ["template.yaml", "a/b.yml", "stack.JSON", "network.template"]
TERRAFORM = ["main.tf", "a/x.tf.json", "x.tofu", "x.tofu.json", "prod.tfvars", "prod.tfvars.json", "a/terragrunt.hcl"]
STACKS = ["x.tfcomponent.hcl", "x.tfdeploy.hcl"]
PLANS = ["plan.json", "out/prod.tfplan.json"]
NEITHER = ["README.md", "app.py", "x.tf.bak", "packer.hcl", "yaml", "Makefile"]


def taken(hook: str, paths: list[str]) -> list[str]:
    """The files that a hook gets, as pre-commit chooses them."""
    return [path for path in paths if re.search(HOOKS[hook]["files"], path)]


def test_each_hook_takes_its_files_and_no_others() -> None:
    every = [*TEMPLATES, *TERRAFORM, *STACKS, *PLANS, *NEITHER]
    assert taken("awslint-memo", every) == [*TEMPLATES, *TERRAFORM, *STACKS, *PLANS]
    assert taken("awslint-memo-cloudformation", every) == [*TEMPLATES, *PLANS]  # whose names tell nothing
    assert taken("awslint-memo-terraform", every) == [*TERRAFORM, *STACKS]
    assert taken("awslint-memo-plan", every) == PLANS
    assert len(HOOKS) == 4


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_the_manifest_is_one_of_pre_commit(hook: dict[str, Any]) -> None:
    known = import_module("pre_commit.clientlib").MANIFEST_HOOK_DICT.items
    assert hook.keys() <= {item.key for item in known if hasattr(item, "key")}
    assert hook["language"] == "python"
    assert hook["require_serial"]  # One process sees all files, so that none is judged twice.


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_reports_what_is_found_and_passes_over_other_files(
    hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("package-plan.json").write_text('{"name": "x"}')
    Path("main.tf").write_text('resource "aws_sqs_queue" "orders" {}\n')
    name, *arguments = shlex.split(HOOKS[hook]["entry"])
    assert name == "awslint-memo"
    assert invoke(*arguments, "package-plan.json").exit_code == 0
    assert "sqs-dead-letter-queue" in invoke(*arguments, "package-plan.json", "main.tf").output
