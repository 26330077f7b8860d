"""Every fixture gives the output in its .out file; the same architecture has the same findings in every language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command import report
from tests.fixture_outputs import FIXTURES, OUTPUTS, command, said

LANGUAGES = (
    "template.yaml",
    "template.json",
    "sam.yaml",
    "cdk.template.json",
    "terraform/main.tf.json",
    "native",
    "cdktf/cdk.tf.json",
    "plan/plan.json",
)


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda path: str(path.relative_to(FIXTURES)))
def test_a_fixture_gives_its_output(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES)
    assert said(command(output)) == output.read_text(encoding="utf-8")


def findings(path: str) -> set[tuple[str, str, str]]:
    made = report(path, "--advice")
    assert made["errors"] == []
    return {(one["rule"], one["level"], plain(one.get("generated", one["resource"]))) for one in made["findings"]}


def plain(name: str) -> str:
    """The name of a resource from its logical id (without the CDK's hash) or address."""
    last = re.sub(r"[0-9A-F]{8}$", "", name.rpartition(".")[2])
    return last.replace("_", "").lower()


@pytest.mark.parametrize("name", LANGUAGES[1:])
def test_one_architecture_gives_the_same_findings_in_every_language(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES / "orders")
    expected = findings(LANGUAGES[0])
    assert len(expected) > 15
    assert findings(name) == expected
