"""Runbooks of roots of Terraform that have what they are of from the same module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.reporters.test_runbook import REGIONS, runbooks

SERVICE = """\
variable "name" {
}
resource "aws_ecs_service" "api" {
  name          = var.name
  desired_count = 2
}
resource "aws_dynamodb_table" "orders" {
  name     = var.name
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
"""
ROOT = """\
provider "aws" {
  region = "%s"
}
module "service" {
  source = "../service"
  name   = "%s"
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for folder in ("service", "shop", "pay", "there"):
        (tmp_path / folder).mkdir()
    return tmp_path


def _of(**roots: tuple[str, str]) -> dict[str, Any]:
    files = {f"{folder}/main_tf": ROOT % region_and_name for folder, region_and_name in roots.items()}
    every = runbooks("region", REGIONS, **{"service/main_tf": SERVICE, **files})
    return {runbook["name"]: runbook for runbook in every}


def test_each_root_has_its_own_runbook(here: Path) -> None:
    """Roots that call one module are no deployments of one template."""
    every = _of(shop=("eu-west-1", "shop"), pay=("eu-west-1", "pay"))
    assert sorted(every) == ["pay", "shop"]
    assert not any(runbook["differs"] for runbook in every.values())


def test_what_another_root_has_there_is_not_made_beside_it(here: Path) -> None:
    runbook = _of(shop=("eu-west-1", "shop"), there=("eu-central-1", "shop"))["shop"]
    assert not any(task["what"].startswith("Make in eu-central-1") for task in runbook["tasks"])
    what = "whether there has module.service.aws_ecs_service.api running in eu-central-1 for this"
    [question] = [each for each in runbook["questions"] if each["what"] == what]
    assert question["notes"][0].startswith("If so, scale what runs there to what ran at home, and make nothing beside")
    alone = _of(shop=("eu-west-1", "shop"), there=("eu-west-1", "shop"))["shop"]
    assert any("Make in eu-central-1" in task["what"] for task in alone["tasks"])
