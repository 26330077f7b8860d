"""A check of a session leaves nothing that only a search for garbage frees, whatever it reads."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import inputs

from awslint_memo import api

_CHECKS = 4
_MOST = 5 * _CHECKS
"""What a single circle leaves in so many checks is more."""

FIXTURES = (
    "cdk/cdk.out/assembly-Test/TestOrdersC225794E.template.json",
    "cloudformation/includes/template.yaml",
    "cloudformation/loops/template.yaml",
    "cloudformation/nested-stacks/template.yaml",
    "orders/cdktf/cdk.tf.json",
    "plans/modules/plan.json",
    "queue/template.yaml",
    "terraform/modules/main.tf",
    "terraform/stacks/deployments.tfdeploy.hcl",
    "terraform/terragrunt/live/prod/orders/terragrunt.hcl",
)

CHOSEN = """
variable "stage" {
  validation {
    condition     = contains(["dev", "prod"], var.stage)
    error_message = "dev or prod"
  }
}
resource "aws_sqs_queue" "orders" {
  count                      = var.stage == "prod" ? 1 : 0
  visibility_timeout_seconds = 1
}
module "remote" {
  source = "example.com/remote"
  queue  = aws_sqs_queue.orders
}
"""


@pytest.fixture(autouse=True)
def _without_search() -> Iterator[None]:
    # What was frozen stays so: all that other tests keep would be searched by each test that follows.
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


def _left(path: str, text: str) -> int:
    """What checks of a text leave, after the first ones."""
    session = api.Session(advice=True)
    for number in range(_CHECKS + 2):
        if number == 2:
            gc.collect()
        session.lint([path], unsaved={path: text + "\n" * number})
    return gc.collect()


@pytest.mark.parametrize("path", FIXTURES)
def test_a_check_of_a_fixture_leaves_nothing(path: str) -> None:
    where = Path("fixtures") / path
    assert _left(str(where), where.read_text(encoding="utf-8")) < _MOST


@pytest.mark.parametrize("language", [*inputs.FORMS])
def test_a_check_leaves_nothing(tmp_path: Path, language: str) -> None:
    name, make = inputs.FORMS[language]
    assert _left(str(tmp_path / name), make(40)) < _MOST


def test_a_check_of_what_is_chosen_leaves_nothing(tmp_path: Path) -> None:
    assert _left(str(tmp_path / "main.tf"), CHOSEN) < _MOST


@pytest.mark.parametrize(("language", "broken"), [("YAML", "a: [\n"), ("JSON", "}"), ("HCL", "x = {\n")])
def test_a_check_of_what_is_broken_leaves_nothing(tmp_path: Path, language: str, broken: str) -> None:
    name, make = inputs.FORMS[language]
    assert _left(str(tmp_path / name), make(12) + broken) < _MOST
