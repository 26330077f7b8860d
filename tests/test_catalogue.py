"""The rules are those of the catalogue. An id is for ever: the list only grows."""

import json
from pathlib import Path

from docs.generate import add_to_catalogue
from tests.command import printed

CATALOGUE = (
    (Path(__file__).resolve().parents[1] / "src" / "awslint_memo" / "manual" / "catalogue.txt")
    .read_text(encoding="utf-8")
    .split()
)


def test_the_rules_are_those_of_the_catalogue() -> None:
    listed = json.loads(printed("rules", "--format", "json"))["rules"]
    ids = [rule["id"] for rule in listed]
    formerly = [alias for rule in listed for alias in rule["aliases"]]
    assert set(ids) <= set(CATALOGUE), "run make docs"
    assert set(CATALOGUE) <= {*ids, *formerly}, "a rule that is renamed keeps its old id in aliases"
    assert len(CATALOGUE) == len(set(CATALOGUE))
    assert len(ids) == len(set(ids))


def test_new_ids_are_added_and_none_is_taken_away(tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue.txt"
    add_to_catalogue(catalogue, ["b", "a"])
    add_to_catalogue(catalogue, ["c", "a"])
    assert catalogue.read_text(encoding="utf-8") == "b\na\nc\n"
