"""docs/support.md names the fixture of every feature, and no fixture is missing there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUPPORT = (ROOT / "docs" / "support.md").read_text(encoding="utf-8")


def test_every_fixture_of_a_feature_is_named_and_has_its_output() -> None:
    named = set(re.findall(r"\]\(\.\./fixtures/([\w/-]+)\)", SUPPORT))
    there = {
        f"{language}/{folder.name}"
        for language in ("cloudformation", "terraform")
        for folder in (ROOT / "fixtures" / language).glob("*")
        if folder.is_dir()
    }
    assert named
    assert named == there
    for name in named:
        assert list((ROOT / "fixtures" / name).glob("*.out")), f"{name} has no output"
