"""Arguments that the pinned version of the AWS provider lacks, which no fix adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

SERVICE = """resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "web"
  task_definition = "web:1"
  desired_count   = 2
}
"""
SELECT = ("--advice", "--select", "ecs-deployment")


def required(version: str) -> str:
    return f"terraform {{\n  required_providers {{\n    aws = {version}\n  }}\n}}\n"


def provider(version: str) -> str:
    return f'provider "aws" {{\n  region  = "eu-west-1"\n  version = "{version}"\n}}\n'


LOCK = 'provider "registry.terraform.io/hashicorp/aws" {{\n  version = "{}"\n}}\n'
ENTRY = '{{ source = "hashicorp/aws", version = "{}" }}'


@pytest.mark.parametrize(
    ("name", "text", "asked"),
    [
        ("providers.tf", provider("~> 2.42.0"), "~> 2.42.0"),
        ("providers.tf", provider("~> 1.60"), "~> 1.60"),
        ("versions.tf", required(ENTRY.format(">= 2.7, < 3.0")), ">= 2.7, < 3.0"),
        ("versions.tf", required('"= 3.10.0"'), "= 3.10.0"),
        ("../versions.tf", required('"<= 3.32"'), "<= 3.32"),
        (".terraform.lock.hcl", LOCK.format("2.70.0"), "2.70.0"),
    ],
)
def test_what_the_pinned_provider_lacks_is_not_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str, asked: str
) -> None:
    folder = tmp_path / "web"
    (folder / ".." / ".git").resolve().mkdir(parents=True)
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    (folder / "main.tf").write_text(SERVICE)
    (folder / name).resolve().write_text(text)
    done = invoke("lint", "--fix", *SELECT, "web")
    assert (folder / "main.tf").read_text() == SERVICE
    needs = "deployment_circuit_breaker needs version 3.33.0 of the AWS provider or a later one"
    assert f"{needs}, and " in done.stderr
    assert f" asks for {asked}; upgrade first" in done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("providers.tf", provider("~> 3.0")),
        ("providers.tf", provider(">= 2.42")),
        ("versions.tf", required(ENTRY.format("~> 5.0"))),
        ("versions.tf", required('"!= 2.1.0"')),
        (".terraform.lock.hcl", LOCK.format("5.60.0")),
        # The nearest one counts: the folder above is another root.
        ("versions.tf", required('">= 4"')),
        ("versions.tf", required("var.odd")),
    ],
)
def test_what_the_provider_may_have_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "web"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    (folder / "main.tf").write_text(SERVICE)
    (folder / name).write_text(text)
    if "4" in text:
        (tmp_path / "old.tf").write_text(required('"~> 2.0"'))
    invoke("lint", "--fix", *SELECT, "web")
    assert "deployment_circuit_breaker {" in (folder / "main.tf").read_text()


def test_what_is_written_already_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a stale lock file says, the provider has what is in use."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    block = "\n  deployment_circuit_breaker {\n    enable   = true\n    rollback = false\n  }\n}\n"
    (tmp_path / "main.tf").write_text(SERVICE.rstrip("}\n") + "\n" + block)
    (tmp_path / ".terraform.lock.hcl").write_text(LOCK.format("2.70.0"))
    invoke("lint", "--fix", "--unsafe-fixes", *SELECT, ".")
    assert "rollback = true" in (tmp_path / "main.tf").read_text()


def test_files_in_json_are_asked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    text = '{"resource": {"aws_ecs_service": {"web": {"name": "web", "desired_count": 2}}}}\n'
    (tmp_path / "main.tf.json").write_text(text)
    (tmp_path / "versions.tf").write_text(required('"~> 2.0"'))
    done = invoke("lint", "--fix", *SELECT, ".")
    assert (tmp_path / "main.tf.json").read_text() == text
    assert "deployment_circuit_breaker needs version 3.33.0" in done.stderr
