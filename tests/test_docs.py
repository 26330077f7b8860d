"""The committed manual is what the rules and relations say now."""

from pathlib import Path

import pytest
from docs.generate import RELATIONS, facts_of, relations_page

from awslint_memo.manual.page import every_rule, pages
from awslint_memo.reporters.example_output import example_output

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "rules"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages(every_rule(), example_output)


def test_every_rule_has_a_page_and_every_page_a_rule(made: dict[str, str]) -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(made)


def test_the_pages_are_fresh(made: dict[str, str]) -> None:
    stale = [name for name, page in made.items() if (FOLDER / name).read_text(encoding="utf-8") != page]
    assert not stale, "write them anew: make docs"


def test_the_page_of_the_relations_is_fresh() -> None:
    assert (DOCS / "developing" / "relations.md").read_text(encoding="utf-8") == relations_page(), (
        "write it anew: make docs"
    )


def test_the_page_of_the_relations_has_every_service_module_and_fact() -> None:
    page = relations_page()
    for package in (path.parent for path in RELATIONS.glob("*/__init__.py")):
        assert f"\n## {package.name.rstrip('_')}\n" in page
        modules = {path.stem for path in package.glob("*.py")} - {"__init__", "facts"}
        assert all(f"\n### `{name}`" in page for name in modules)
        if (package / "facts.py").exists():
            assert all(f"\n- `{name}`: " in page for name in facts_of(package / "facts.py"))


def test_the_page_of_the_relations_shows_a_function_and_a_fact() -> None:
    page = relations_page()
    assert "\n- `is_fifo(queue: Resource) -> bool | None`: Whether a queue is FIFO; None where " in page
    fact = next(line for line in page.splitlines() if line.startswith("- `MAX_VISIBILITY`"))
    assert fact.startswith("- `MAX_VISIBILITY`: `43200`. Seconds: the longest that a queue can hide a message. [API_")
    assert "](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/" in fact
