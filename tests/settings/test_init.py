"""`init` writes a configuration that loads and changes nothing, and never overwrites; the schema is published."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.command import invoke, printed

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.files.rule_files import packaged
from awslint_memo.model.record import replace
from awslint_memo.settings.listing import EXAMPLES, example
from awslint_memo.settings.loading import load
from awslint_memo.settings.settings import Settings
from awslint_memo.settings.validation import SCHEMA

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def test_it_writes_a_configuration_that_changes_nothing() -> None:
    assert printed("init") == ".awslint-memo.yaml: written; every setting in it is a comment or the default\n"
    written = Path(".awslint-memo.yaml").read_text(encoding="utf-8")
    assert written.startswith("# yaml-language-server: $schema=https://")
    assert len(written.splitlines()) == 10
    made = load("", None, api.rules(), Files())
    assert replace(made, path="", root="", documents=()) == Settings()


def test_the_example_of_each_setting_can_be_read() -> None:
    schema = json.loads(packaged(SCHEMA).text)
    assert EXAMPLES.keys() == schema["properties"].keys()
    Path("base.yaml").write_text("")
    Path("parameters").mkdir()
    Path("parameters/prod.json").write_text("{}")
    text = "".join(f"# {key}:{example(key)}\n" for key in EXAMPLES)
    Path(".awslint-memo.yaml").write_text(re.sub(r"(?m)^# ", "", text), encoding="utf-8")
    made = load("", None, api.rules(), Files())
    (document, _) = made.documents
    assert document.data.keys() == schema["properties"].keys()


@pytest.mark.parametrize("name", [".awslint-memo.yaml", ".awslint-memo.yml", "pyproject.toml"])
def test_it_never_overwrites(name: str) -> None:
    Path("b").mkdir()
    text = "[tool.awslint-memo]\n" if name.endswith(".toml") else "profile: all\n"
    Path("b", name).write_text(text)
    result = invoke("init", "b")
    assert result.exit_code == 2
    assert result.stderr == f"b/{name}: there is a configuration already; it was not changed\n"
    assert Path("b", name).read_text() == text
    assert len(list(Path("b").iterdir())) == 1


def test_a_link_to_nothing_is_not_followed() -> None:
    Path("b").mkdir()
    Path("b/.awslint-memo.yaml").symlink_to("../elsewhere")
    assert invoke("init", "b").exit_code == 2
    assert not Path("elsewhere").exists()
    assert invoke("init", "nothing").stderr == "nothing: no such folder\n"


def test_the_schema_is_published_as_it_is_in_the_package() -> None:
    schema = json.loads(packaged(SCHEMA).text)
    assert json.loads((DOCS / "settings.schema.json").read_text(encoding="utf-8")) == schema
    assert schema["$id"].endswith("/docs/settings.schema.json")
