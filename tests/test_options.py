"""Every option of the command line, and every format, is documented and tested from the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import click
from docs.generate import command_page, formats_page, outputs_page
from tests.cases import each_case
from tests.fixture_outputs import OUTPUTS, command
from tests.reporters.syntax import check_syntax

from awslint_memo.cli import main
from awslint_memo.cli.groups import shown_names
from awslint_memo.reporters import FORMATS, REPORTERS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
OUTPUTS_PAGE = DOCS / "developing" / "formats.md"
OPTIONS = [
    (name, option)
    for name, one in main.commands.items()
    for parameter in one.params
    if isinstance(parameter, click.Option)
    for option in shown_names(parameter)
]
RUNNERS = {"invoke", "printed", "report", "in_every_format", "lint", "run", "shell"}
"""The functions of tests that may run a command."""


@cache
def invocations() -> list[list[str]]:
    """The words of each call in a test that may run a command, and of each fixture's command.

    A call that unpacks arguments, or names them in a variable, counts with the texts of the whole file.
    """
    found = [command(path) for path in OUTPUTS]
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if path != Path(__file__) and any(f"{name}(" in text for name in RUNNERS):
            found += _calls(ast.parse(text))
    return found


def _calls(tree: ast.Module) -> Iterator[list[str]]:
    every = _texts(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RUNNERS:
            is_whole = all(isinstance(one, ast.Constant) for one in node.args)
            yield _texts(node) if is_whole else every


def _texts(node: ast.AST) -> list[str]:
    texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [word.partition("=")[0] for text in texts for word in text.split()]


def test_every_option_is_run_by_a_test() -> None:
    # Several helpers of tests run `lint` without its name.
    run = [{*words, "lint"} for words in invocations()]
    assert [one for one in OPTIONS if not any(words.issuperset(one) for words in run)] == []


def test_an_option_that_no_test_runs_would_be_seen() -> None:
    assert not any("--" + "no-such-option" in words for words in invocations())
    assert ["lint", "queue.yaml", "--fail-on"] in [
        [word for word in words if word in ("lint", "queue.yaml", "--fail-on")] for words in invocations()
    ]


def test_every_option_has_its_place_in_the_documentation() -> None:
    """A line of its own, or, where it is an option of `lint` with the same help, its name."""
    page = (DOCS / "command.md").read_text(encoding="utf-8")
    chapters = {name: page.partition(f"\n## {name}\n")[2].partition("\n## ")[0] for name in main.commands}
    for name, option in OPTIONS:
        line = rf"^- (?:`[^:\n]*, )?`{option}`[^\n:]*: ([^\n]*)$"
        own, of_lint = (re.findall(line, chapters[one], re.M) for one in (name, "lint"))
        shared = chapters[name].partition("\nAs for `lint`: ")[2]
        told = of_lint if f"`{option}`" in shared else own
        assert [len(row) > 20 for row in told] == [True], (name, option)
        assert not (own and f"`{option}`" in shared and name != "lint"), (name, option)


def test_the_documents_explain_each_option_in_words() -> None:
    pages = [ROOT / "README.md", ROOT / "SECURITY.md", *DOCS.glob("*.md")]
    text = "".join(path.read_text(encoding="utf-8") for path in pages if path.name != "command.md")
    assert [option for _, option in OPTIONS if not re.search(rf"{option}(?![\w-])", text)] == []


def test_the_page_of_the_commands_is_fresh() -> None:
    assert (DOCS / "command.md").read_text(encoding="utf-8") == command_page(), "write it anew: make docs"


def test_the_pages_of_the_formats_are_fresh() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert page == formats_page(page), "write it anew: make docs"
    written = OUTPUTS_PAGE.read_text(encoding="utf-8")
    assert written == outputs_page(written), "write it anew: make docs"


def test_a_fence_in_an_output_does_not_end_its_block() -> None:
    page = OUTPUTS_PAGE.read_text(encoding="utf-8")
    outer, inner = re.findall(r"<!-- output: markdown -->\n(`+)markdown\n.*?^(`+)suggestion$", page, re.M | re.S)[0]
    assert len(outer) > len(inner)
    chapter = re.compile(rf"(<!-- output: markdown -->\n){outer}(markdown\n).*?^{outer}$", re.M | re.S)
    assert outputs_page(chapter.sub(r"\1```\2```", page)) == page


@each_case("form", FORMATS)
def test_each_format_has_a_chapter_and_its_output(form: str) -> None:
    assert f"\n## {form}\n" in (DOCS / "formats.md").read_text(encoding="utf-8")
    chapter = OUTPUTS_PAGE.read_text(encoding="utf-8").partition(f"\n## {form}\n")[2].partition("\n## ")[0]
    (output,) = re.findall(rf"<!-- output: {form} -->\n(`{{3,}})\w+\n(.*?)\n\1\n", chapter, re.DOTALL)
    made = check_syntax(form, f"{output[1]}\n")
    assert "sqs-visibility-below-processing-time" in output[1]
    assert made is not None


def test_each_format_has_a_function_and_a_test_of_its_own() -> None:
    assert list(REPORTERS) == list(FORMATS)
    assert len({form.function for form in FORMATS.values()}) == len(FORMATS)
    for form in FORMATS.values():
        module, _, function = form.function.partition(".")
        assert callable(getattr(import_module(f"awslint_memo.reporters.{module}"), function))
        name = module if function == "report" else function
        assert (ROOT / "tests" / "reporters" / f"test_{name}.py").exists()
