"""What we tell people to install comes from this repository: on an index, the name may be a stranger's."""

from __future__ import annotations

import re
from importlib.metadata import requires
from pathlib import Path

from bench.owner import files
from tests.cases import each_case

ROOT = Path(__file__).resolve().parents[1]

OURS: frozenset[str] = frozenset()
"""The programs that install from an index on which the name is ours, such as pip once it is on PyPI."""

INSTALLERS = (
    *("pip", "pip3", "pipx", "uv", "uvx", "poetry", "pdm", "conda", "mamba", "pixi", "easy_install"),
    *("npm", "npx", "pnpm", "yarn", "brew", "apt-get", "apt", "choco", "scoop", "winget", "docker", "podman", "code"),
    *("mise", "aqua", "asdf", "gem", "cargo"),
)
NAMED = re.compile(
    rf"(?<![\w./-])({'|'.join(INSTALLERS)})\b(?:[ ][^\s`;|&#]+)*[ ]['\"]?"
    r"awslint[-_]memo(?=$|[\s'\"`\[=<>~!,;@)])(?!\s*@\s*git\+)",
    re.M,
)
"""A command that names the package by its name alone: no path, no address of a repository."""

NOT_FOR_USERS = ("docs/developing/release.md", "tests/", "CHANGELOG.md")
"""How the name becomes ours; the tests; and what was said before."""


def commands(text: str) -> list[str]:
    """The commands of a text that install the name from an index, without those from an index where it is ours."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    return [match[0] for match in NAMED.finditer(joined) if match[1] not in OURS]


def test_no_file_tells_to_install_the_name_from_an_index() -> None:
    texts = {path.relative_to(ROOT).as_posix(): path for path in files() if path.suffix not in (".csv", ".svg")}
    naming = {
        name: commands(path.read_text(encoding="utf-8", errors="replace"))
        for name, path in texts.items()
        if not name.startswith(NOT_FOR_USERS)
    }
    assert len(naming) > 500
    assert {name: lines for name, lines in naming.items() if lines} == {}


@each_case(
    "text",
    [
        "pip install awslint-memo",
        "run `pip install 'awslint-memo[server]'` first",
        ".venv/bin/python -m pip install --quiet awslint-memo==0.2.0",
        "uvx awslint-memo lint",
        "uv tool install awslint-memo",
        "pipx run awslint_memo",
        "npx awslint-memo@0.2.0",
        "pip install --upgrade \\\n    awslint-memo",
        "docker run awslint-memo",
    ],
)
def test_such_a_command_is_seen(text: str) -> None:
    assert len(commands(text)) == 1


@each_case(
    "text",
    [
        "pip install ./awslint-memo",
        "pip install './awslint-memo[server]'",
        "pip install -q . && .venv/bin/awslint-memo lint",
        "pip install git+https://github.com/acme/awslint-memo@COMMIT",
        "pip install 'awslint-memo @ git+https://github.com/acme/awslint-memo@COMMIT'",
        "brew install acme/tap/awslint-memo",
        "docker run --rm ghcr.io/acme/awslint-memo lint",
        "awslint-memo lint | pip install x",
    ],
)
def test_another_command_is_none(text: str) -> None:
    assert commands(text) == []


def test_messages_name_libraries_as_the_extras_ask_for_them() -> None:
    """A message that said awslint-memo[server] would send whoever runs it in another environment to the index."""
    asked = {name.partition(";")[0].strip() for name in requires("awslint-memo") or ()}
    told = [
        wanted
        for path in (ROOT / "src").rglob("*.py")
        for wanted in re.findall(r"pip install '([^']+)'", path.read_text(encoding="utf-8"))
    ]
    assert told
    assert set(told) <= asked
