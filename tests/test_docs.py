"""The committed manual is up to date with the rules."""

from pathlib import Path

import pytest

from awslint_memo.manual.page import every_rule, pages
from awslint_memo.reporters.example_output import example_output

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages(every_rule(), example_output)


def test_every_rule_has_a_page_and_every_page_a_rule(made: dict[str, str]) -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(made)


def test_the_pages_are_fresh(made: dict[str, str]) -> None:
    stale = [name for name, page in made.items() if (FOLDER / name).read_text(encoding="utf-8") != page]
    assert not stale, "write them anew: make docs"
