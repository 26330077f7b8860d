"""The complete list of rule ids. Ids are never removed, so this list only grows."""

import json
from pathlib import Path

from tests.command import printed

CATALOGUE = Path(__file__).with_name("catalogue.txt").read_text(encoding="utf-8").split()


def test_the_rules_are_those_of_the_catalogue() -> None:
    listed = json.loads(printed("rules", "--format", "json"))["rules"]
    ours = [rule["id"] for rule in listed if rule["service"] != "suppression"]
    assert sorted(ours) == sorted(CATALOGUE)
    assert len(set(ours)) == len(ours)
