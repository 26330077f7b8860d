"""The wheel contains all rules and data files; without rules it would find nothing and exit with 0."""

import tarfile
import zipfile
from pathlib import Path

from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[1]


def test_the_wheel_holds_all_rules_and_data(tmp_path: Path) -> None:
    wheel = next(iter(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    packed = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"awslint_memo/{path.relative_to(ROOT)}" for path in (ROOT / "rules").rglob("*.py")}
    package = ROOT / "src"
    data = {
        str(path.relative_to(package))
        for pattern in ("*.py", "*.yaml", "*.json", "py.typed")
        for path in package.rglob(pattern)
    }
    assert len(rules) > 100
    assert rules | data <= packed
    assert {name for name in packed if name.startswith("awslint_memo/rules/")} == rules


def test_the_source_distribution_builds_the_same(tmp_path: Path) -> None:
    archive = next(iter(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    with tarfile.open(archive) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {str(path.relative_to(ROOT)) for path in (ROOT / "rules").rglob("*.py")} <= names
    assert {
        "README.md",
        "LICENSE",
        "pyproject.toml",
        "tests/test_wheel.py",
        "src/awslint_memo/manual/memo.yaml",
    } <= names
