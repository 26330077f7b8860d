"""The version stands in pyproject.toml alone: what is installed takes it from there, and the pages name that one."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import pytest
from tests.cases import each_case
from tests.command import printed, report

from awslint_memo.reporters import tool

ROOT = Path(__file__).resolve().parents[1]
VERSION = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[0]
CHANGES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PAGES = ["README.md", "action.yml", "src/awslint_memo/settings/settings.schema.json"]
PAGES += [
    f"docs/{name}"
    for name in ("ci.md", "fleet.md", "developing/formats.md", "index.md", "json.md", "settings.schema.json")
]
OURS = r"""(?x) (?: rev:\ v | awslint-memo== | awslint-memo@COMMIT\ \#\ v | awslint-memo[-/:]v?
    | awslint_memo- | download\ v
    | this\ repository,\ such\ as\ | "semanticVersion":\ "
    | "name":\ "awslint-memo",\s+"version":\ " ) (\d+\.\d+\.\d+)"""
"""Where a text names a version of awslint-memo, and not that of another format or program."""


@each_case("path", PAGES)
def test_a_page_names_the_version_that_is_released_next(path: str) -> None:
    named = re.findall(OURS, (ROOT / path).read_text(encoding="utf-8"))
    assert named
    assert set(named) == {VERSION}, f"{path} names other versions than pyproject.toml"


def test_no_other_page_names_one() -> None:
    pages = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*"),
        ROOT / "docs" / "developing" / "formats.md",
        *(ROOT / "src").rglob("*.*"),
        ROOT / ".pre-commit-hooks.yaml",
    ]
    texts = [path for path in pages if path.suffix in (".md", ".py", ".json", ".txt", ".yaml", ".yml", ".js")]
    naming = {str(path.relative_to(ROOT)) for path in texts if re.search(OURS, path.read_text(encoding="utf-8"))}
    assert naming | {"action.yml"} == set(PAGES)


def test_every_output_takes_it_from_what_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda name: f"7.8.9+{name}")
    tool.cache_clear()
    try:
        assert printed("--version") == "awslint-memo 7.8.9+awslint-memo\n"
        assert report("fixtures/queue")["tool"]["version"].startswith("7.8.9")
        sarif = printed("lint", "--format", "sarif", "--fail-on", "never", "fixtures/queue")
        assert '"semanticVersion": "7.8.9+awslint-memo"' in sarif
    finally:
        tool.cache_clear()


def test_a_checkout_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", missing)
    tool.cache_clear()
    try:
        assert printed("--version") == "awslint-memo runs from a checkout that is not installed\n"
    finally:
        tool.cache_clear()


def test_the_changes_have_a_section_for_each_version_the_newest_first() -> None:
    heads = re.findall(r"^## (.+)$", CHANGES, re.M)
    assert heads[0] == "[Unreleased]"
    matches = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in heads[1:]]
    dated = [(tuple(map(int, one.groups()[:3])), one[4]) for one in matches if one is not None]
    assert len(dated) == len(heads) - 1
    assert dated == sorted(dated, reverse=True)
    # What pyproject.toml names is the newest one, or what Unreleased will be.
    assert tuple(map(int, VERSION.split("."))) >= dated[0][0]


def test_changes_are_of_the_kinds_that_their_form_has() -> None:
    for section in CHANGES.split("\n## ")[1:]:
        kinds = re.findall(r"^### (.+)$", section, re.M)
        known = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
        assert kinds == [kind for kind in known if kind in kinds]
        assert kinds or section.startswith("[Unreleased]\n")
