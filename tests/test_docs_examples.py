"""Every example of the documentation is true: commands print what the pages show, templates and settings can be read.

docs/examples.py follows a page; `make docs` writes what the commands print.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docs.build_site import EXTRA
from docs.examples import STEP, followed
from docs.settings_page import settings_page
from jsonschema import Draft202012Validator
from tests.cases import each_case
from tests.command import invoke

from awslint_memo import api
from awslint_memo.cli import main
from awslint_memo.files.rule_files import packaged
from awslint_memo.files.source import Source
from awslint_memo.settings.listing import DEFAULTS
from awslint_memo.settings.settings import mistaken
from awslint_memo.settings.validation import SCHEMA
from awslint_memo.syntax import toml_tables, yaml_nodes
from awslint_memo.syntax.node import plain

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *(ROOT / name for name in EXTRA), *sorted((ROOT / "docs").glob("*.md"))]
}
SETTINGS = json.loads(packaged(SCHEMA).text)


class Listing(NamedTuple):
    """A listing that no command of its page uses."""

    page: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def listings() -> Iterator[Listing]:
    for page, text in PAGES.items():
        for found in STEP.finditer(text):
            if not found["name"] and not found["hidden"]:
                shown = re.sub(rf"^{found['indent']}", "", found["text"], flags=re.M)
                yield Listing(page, text[: found.start()].count("\n") + 1, found["language"], shown)


LISTINGS = list(listings())


def of(*languages: str) -> list[Listing]:
    return [one for one in LISTINGS if one.language in languages]


@pytest.mark.parametrize("page", [name for name, text in PAGES.items() if "```console" in text])
def test_the_commands_print_what_the_page_shows(page: str) -> None:
    assert followed(PAGES[page]) == PAGES[page], "write it anew: make docs"


def test_the_main_pages_have_examples() -> None:
    shown = {page for page in PAGES if "\n$ awslint-memo " in PAGES[page]}
    guides = ["index", "cloudformation", "sam", "cdk", "terraform", "configuration", "own-rules", "recovery"]
    assert {"README.md", *(f"docs/{name}.md" for name in guides)} <= shown


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("```console\n$ rm -r x\n```\n", "use sh for others"),
        ("```console\nno command\n```\n", "use sh for others"),
        ("<!-- folder: fixtures -->\n<!-- file: a -->\n```yaml\na\n```\n", "has no files of its own"),
    ],
)
def test_what_can_not_be_followed_is_an_error(page: str, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        followed(page)


def test_what_a_command_prints_takes_the_place_of_what_the_page_shows() -> None:
    queue = "{Q: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}}"
    file = f"<!-- file: a.yaml\nResources: {queue}\n-->\n"
    page = f"{file}```console\n$ awslint-memo lint a.yaml\nold\n```\n"
    made = followed(page)
    assert "old" not in made
    assert "a.yaml:1:13: warning[sqs-long-polling]" in made
    assert followed(made) == made


@pytest.mark.parametrize("listing", of("yaml", "json", "toml"), ids=str)
def test_templates_and_settings_can_be_read(listing: Listing, tmp_path: Path) -> None:
    data = parsed(listing)
    assert data is not None
    if "Resources" in data:
        is_read(tmp_path / f"template.{listing.language}", listing.text)
    for settings in settings_in(data):
        assert [error.message for error in Draft202012Validator(SETTINGS).iter_errors(settings)] == []
        known = {**api.rules(), "queue-encryption": api.rules()["sqs-long-polling"]}
        named = [*settings.get("select", ()), *settings.get("ignore", ()), *settings.get("rules", ())]
        named += [pattern for one in settings.get("suppress", ()) for pattern in one["rules"]]
        assert [wrong for one in named if (wrong := mistaken(one, known, takes_theirs=True))] == []


@pytest.mark.parametrize("listing", of("hcl"), ids=str)
def test_terraform_can_be_read(listing: Listing, tmp_path: Path) -> None:
    is_read(tmp_path / "main.tf", listing.text)


@pytest.mark.parametrize("listing", of("python"), ids=str)
def test_python_can_be_read(listing: Listing) -> None:
    ast.parse(listing.text)


@each_case("listing", of("sh", "yaml"), ids=str)
def test_commands_and_options_exist(listing: Listing) -> None:
    for line in listing.text.replace("\\\n", " ").splitlines():
        for called in re.findall(r"(?<![\w-])awslint-memo (?!==)([a-z].*)", re.split(r"\s#|[|;`]|&&", line)[0]):
            name, *words = shlex.split(called)
            assert name in main.commands, line
            known = {option for parameter in main.commands[name].params for option in parameter.opts}
            assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, line


def test_each_listing_has_a_language_that_is_looked_at() -> None:
    others = {"console", "lisp", "lua", "mermaid", "ts", "text"}
    assert {one.language for one in LISTINGS} == {"sh", "yaml", "json", "toml", "hcl", "python", *others}


def test_the_page_of_the_configuration_has_every_key_with_its_default() -> None:
    page = PAGES["docs/configuration.md"]
    assert page == settings_page(page), "write it anew: make docs"
    assert re.findall(r"^### `(.+)`$", page, re.M) == list(SETTINGS["properties"])
    said = {name: one["default"] for name, one in SETTINGS["properties"].items() if "default" in one}
    assert said == {**DEFAULTS, "preview": False}


def parsed(listing: Listing) -> Any:
    if listing.language == "toml":
        return toml_tables.parse(Source("a.toml", listing.text.encode()))
    if listing.language == "json":
        return json.loads(listing.text)
    return plain(yaml_nodes.parse(Source("a.yaml", listing.text.encode())))


def settings_in(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The configuration that a listing is or holds."""
    if data.keys() <= SETTINGS["properties"].keys():
        yield data
    elif "tool" in data and "awslint-memo" in data["tool"]:
        yield data["tool"]["awslint-memo"]


def is_read(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    result = invoke("lint", str(path))
    assert result.exit_code in (0, 1), result.output
