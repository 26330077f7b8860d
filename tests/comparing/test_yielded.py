"""What held before, and is told now only as the finding that told its cause holds less surely, is not new."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

SELECT = ("--advice", "--select", "lambda-runtime-retired,xray-lambda-tracing")
TRACING = "xray-lambda-tracing aws_lambda_function"
RUNTIME = 'variable "runtime" {\n  default = "nodejs10.x"\n}\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def functions(runtime: str, *names: str) -> str:
    return "".join(
        f"""\
resource "aws_lambda_function" "{name}" {{
  handler     = "{name}.main"
  runtime     = {runtime}
  timeout     = 60
  memory_size = 256
}}
"""
        for name in names
    )


def test_what_a_variable_makes_less_sure_brings_nothing_that_held_before(repository: Repository) -> None:
    """A finding that holds by a default no longer hides what else is to be said of the function."""
    now = functions("var.runtime", "pay", "ship") + RUNTIME
    told = changed(repository, {"main.tf": functions('"nodejs10.x"', "pay", "ship")}, {"main.tf": now}, *SELECT)
    assert told == {"became_advice": ["lambda-runtime-retired aws_lambda_function.pay error"], "unchanged": 2}


def test_what_is_told_of_another_resource_is_new(repository: Repository) -> None:
    now = functions("var.runtime", "pay", "ship") + RUNTIME
    told = changed(repository, {"main.tf": functions('"nodejs10.x"', "pay")}, {"main.tf": now}, *SELECT)
    assert told["new"] == [f"{TRACING}.ship", "lambda-runtime-retired aws_lambda_function.ship"]
    assert told["unchanged"] == 2


def test_what_is_told_as_its_cause_is_mended_is_new(repository: Repository) -> None:
    now = {"main.tf": functions('"nodejs24.x"', "pay")}
    told = changed(repository, {"main.tf": functions('"nodejs10.x"', "pay")}, now, *SELECT)
    assert told["new"] == [f"{TRACING}.pay"]


def test_what_is_told_as_its_cause_is_mended_is_new_whatever_else_is_told(repository: Repository) -> None:
    """Only a rule to which another one yields keeps it from being told."""
    before, after = (
        functions(runtime, "pay").replace("  timeout", "  reserved_concurrent_executions = 0\n  timeout")
        for runtime in ('"nodejs10.x"', '"nodejs24.x"')
    )
    select = (*SELECT[:-1], f"{SELECT[-1]},lambda-reserved-zero")
    told = changed(repository, {"main.tf": before}, {"main.tf": after}, *select)
    assert told["new"] == [f"{TRACING}.pay"]


def test_what_is_told_of_an_instance_that_was_no_block_is_new(repository: Repository) -> None:
    every = 'for_each    = toset(["pay", "ship", "bill"])'
    now = functions("var.runtime", "each").replace("{\n", f"{{\n  {every}\n", 1) + RUNTIME
    told = changed(repository, {"main.tf": functions('"nodejs10.x"', "pay", "ship")}, {"main.tf": now}, *SELECT)
    assert sorted(told["new"]) == [
        'lambda-runtime-retired aws_lambda_function.each["bill"]',
        f'{TRACING}.each["bill"]',
    ]


def test_what_the_change_brings_beside_a_cause_that_holds_less_surely_is_new(repository: Repository) -> None:
    traced = functions('"nodejs10.x"', "pay").replace("}\n", '  tracing_config {\n    mode = "Active"\n  }\n}\n')
    now = functions("var.runtime", "pay") + RUNTIME
    assert changed(repository, {"main.tf": traced}, {"main.tf": now}, *SELECT)["new"] == [f"{TRACING}.pay"]
