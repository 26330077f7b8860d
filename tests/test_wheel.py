"""The wheel contains all rules and data files; without rules it would find nothing and exit with 0."""

import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from awslint_memo.files import rule_files
from awslint_memo.judging import registry, rule_index
from awslint_memo.judging.rule import Rule

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("wheel")
    return next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))


def test_the_wheel_holds_all_rules_and_data(wheel: str) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"awslint_memo/{path.relative_to(ROOT)}" for path in (ROOT / "rules").rglob("*.py")}
    package = ROOT / "src"
    data = {
        str(path.relative_to(package))
        for pattern in ("*.css", "*.js", "*.json", "*.py", "*.yaml", "py.typed")
        for path in package.rglob(pattern)
    }
    assert len(rules) > 100
    assert rules | data <= packed
    index = f"awslint_memo/rules/{rule_files.OWN_INDEX}"
    assert {name for name in packed if name.startswith("awslint_memo/rules/")} == rules | {index}


def test_the_index_in_the_wheel_gives_the_rules_that_their_files_declare(
    wheel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    folder = tmp_path / "awslint_memo" / "rules"
    read = {one.id: declared(one) for one in registry.rules.__wrapped__().values()}
    monkeypatch.setattr(rule_files, "FOLDER", str(folder))
    text = (folder / rule_files.OWN_INDEX).read_text()
    assert text == rule_index.module(list(rule_index.entries(str(folder))))
    written = registry.rules.__wrapped__()
    assert [*written] == [*read]
    assert {one.id: declared(one) for one in written.values()} == read
    # It is what is read, and not the files.
    (folder / rule_files.OWN_INDEX).write_text(text.replace("sqs-long-polling", "sqs-longest"))
    assert "sqs-longest" in registry.rules.__wrapped__()


def declared(rule: Rule) -> tuple[object, ...]:
    return rule.level, rule.resource, rule.aliases, rule.language, rule.service, rule.is_core, rule.fix


def test_the_source_distribution_builds_the_same(tmp_path: Path) -> None:
    archive = next(iter(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {str(path.relative_to(ROOT)) for path in (ROOT / "rules").rglob("*.py")} <= names
    assert {
        "README.md",
        "LICENSE",
        "pyproject.toml",
        "bench/hatch_build.py",
        "tests/test_wheel.py",
        "src/awslint_memo/manual/memo.yaml",
    } <= names
