"""Recovery of every type of Terraform that is read: each property that it asks for has a word there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke

from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS


@pytest.mark.parametrize(
    "command",
    [("recovery",), ("recovery", "--runbook", "region"), ("recovery", "--runbook", "az"), ("lint", "--profile", "all")],
    ids=" ".join,
)
def test_no_type_lacks_a_word(command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = (f'resource "{type_}" "each" {{\n}}\n' for type_ in (*TYPE_MAPS, *COMPANIONS))
    (tmp_path / "main.tf").write_text("".join(blocks), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = invoke(*command)
    assert "LookupError" not in f"{done.stdout}{done.stderr}"
    assert "each" in done.stdout
