"""The committed manual is what the rules and relations say now."""

import ast
import re
from pathlib import Path

import pytest
from docs.generate import facts_of, relations_page, services, words_of
from tests.judged_examples import judged
from tests.sources import parsed

from awslint_memo.judging.examples import Example
from awslint_memo.manual.page import every_rule, pages
from awslint_memo.reporters.page_text import example_output

DOCS = Path(__file__).parents[1] / "docs"
FOLDER = DOCS / "rules"

MOST_WORDS = 25_000
"""Words of the pages for users, those of the rules not counted: what somebody can read who wants to know all of it."""


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    known = {example: findings for rule in every_rule() for example, findings in judged(rule).bad}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Example, "findings", lambda example: known[example])
        return pages(every_rule(), example_output)


def test_every_rule_has_a_page_and_every_page_a_rule(made: dict[str, str]) -> None:
    assert sorted(file.name for file in FOLDER.iterdir()) == sorted(made)


def test_the_pages_are_fresh(made: dict[str, str]) -> None:
    stale = [name for name, page in made.items() if (FOLDER / name).read_text(encoding="utf-8") != page]
    assert not stale, "write them anew: make docs"


def test_the_pages_for_users_are_no_longer_than_somebody_reads() -> None:
    words = {path.name: len(path.read_text(encoding="utf-8").split()) for path in DOCS.glob("*.md")}
    longest = sorted(words.items(), key=lambda item: -item[1])[:5]
    assert sum(words.values()) <= MOST_WORDS, (
        f"docs/developing/pages-and-formats.md says what may go; longest: {longest}"
    )


def test_messages_about_terraform_have_paths_of_terraform_only(made: dict[str, str]) -> None:
    """A path whose first part is one plain word is translated as a whole too: Schedule.ScheduleExpression."""
    messages = [line for page in made.values() for line in page.splitlines() if line.startswith("main.tf:")]
    assert len(messages) > 100
    assert [line for line in messages if re.search(r"\b[A-Z][A-Za-z]+\.[a-z]+_", line)] == []


@pytest.fixture(scope="module")
def of_relations() -> str:
    return relations_page()


def test_the_page_of_the_relations_is_fresh(of_relations: str) -> None:
    page = (DOCS / "developing" / "relations.md").read_text(encoding="utf-8")
    assert page == of_relations, "write it anew: make docs"


def test_the_page_of_the_relations_has_every_service_module_and_fact(of_relations: str) -> None:
    page = of_relations
    for service, modules in services().items():
        assert f"\n## {service.rstrip('_')}\n" in page
        for path in modules:
            tree = parsed(path)
            functions = [one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name[0] != "_"]
            assert all(f"\n- `{name}(" in page for name in functions)
            assert all(f"`{word}`" in page for word in words_of(path) if functions)
            assert all(f"\n- `{name}`: " in page for name in facts_of(path))


def test_the_page_of_the_relations_shows_a_function_and_a_fact(of_relations: str) -> None:
    page = of_relations
    assert "\n### `dynamodb`, `tables`\n" in page
    assert "\n### `autoscaling_sizing` (for other relations)\n" in page
    assert "\n- `is_fifo(queue: Resource) -> bool | None`: Whether a queue is FIFO; None where " in page
    fact = next(line for line in page.splitlines() if line.startswith("- `MAX_VISIBILITY`"))
    assert fact.startswith("- `MAX_VISIBILITY`: `43200`. Seconds: the longest that a queue can hide a message. [API_")
    assert "](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/" in fact
