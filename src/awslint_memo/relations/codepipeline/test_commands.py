"""Which commands of a build test something, and which surely do not.

A command is a test where it says so. It surely is none where it is one of the commands that only fetch, build, copy or
deploy; of all others (scripts, make) nobody knows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from awslint_memo.model.lazy import regex
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, Command, started
from awslint_memo.relations.codebuild.shell import Argv

_TEST = regex(
    r"(?<!la)(?<!at)test|lint|check(?!out)|verif|valid|scan|audit|\b_?r?spec\b|coverage|sonar|e2e|smoke|health|localhost"
    r"|127\.0\.0\.1|cypress|playwright|postman|newman|jest|mocha|karma|phpunit|\btox\b|\bnox\b|mypy|flake8|ruff|bandit"
    r"|semgrep|trivy|snyk|tfsec|terrascan|checkov|cfn[-_]nag|cfn[-_]guard|\bvet\b",
    re.IGNORECASE,
)
_ONLY_SAY = frozenset(("cd", "echo", "export", "mkdir", "printf"))
"""Programs whose words are no sign of a test."""

_HARMLESS = frozenset(
    word
    for line in (
        ": [ [[ apk apt apt-get aws cat cd cdk chmod chown cp curl date dnf docker done echo env esac exit export",
        "false fi find git grep gunzip gzip head helm jq kubectl ls mkdir mv n nvm popd printenv printf pulumi pushd",
        "pwd rm sed set sleep sort tail tar tee terraform tofu touch tr true tsc uname unset unzip wc webpack wget",
        "which yq yum zip",
    )
    for word in line.split()
)
"""Programs that test nothing."""

_HARMLESS_COMMANDS = {
    "dotnet": ("build", "pack", "publish", "restore"),
    "go": ("build", "get", "install", "mod"),
    "npm": ("add", "ci", "config", "i", "install"),
    "pip": ("install", "wheel", "--version"),
    "pip3": ("install", "wheel", "--version"),
    "pnpm": ("add", "i", "install"),
    "sam": ("build", "deploy", "package"),
    "yarn": ("add", "install"),
}
"""Programs of which these subcommands test nothing."""

_RUN_SCRIPT = regex(r"(npm|pnpm|yarn)( run)?( -\S+)* (build|bundle|compile|dist|package)(:[\w:]+)?( .*)?")

_RUNS_TESTS = regex(r"(?<!la)(?<!at)test|\bspec\b|\be2e\b", re.IGNORECASE)
_TEST_PROGRAMS = frozenset(
    word
    for line in ("behave cypress jest karma mocha newman nox phpunit playwright pytest rspec tox vitest",)
    for word in line.split()
)
_BUILD_TOOLS = frozenset(
    word
    for line in (
        "bash bundle cargo composer dotnet go gradle gradlew just make mvn mvnw ng node nx php python python3 rake",
        "ruby sbt sh swift task turbo",
    )
    for word in line.split()
)
"""Programs that run what their arguments name, a test among them."""

_NO_RUN = frozenset(("add", "build", "download", "get", "install", "package", "remove", "restore", "uninstall"))
_NAMING = frozenset(("-C", "-f", "-p", "-pl", "-x", "--exclude-task", "--file", "--projects"))
"""Options whose value names what is used or left out, and says not what is run."""


def surely_tests(words: Argv) -> bool:
    """Whether a command surely runs tests: a program for that, a script that is called so, or a build tool that is told
    to. What only handles files or packages with the name of a test is none."""
    own = started(words)
    program = own[0]
    if program in _TEST_PROGRAMS:
        return True
    if program in ("docker", "podman"):
        return own[1:2] in (("run",), ("exec",), ("compose",)) and not _TEST_PROGRAMS.isdisjoint(own)
    if program in _BUILD_TOOLS:
        named = (word for option, word in pairwise(own) if option not in _NAMING and not word.startswith(("-", "http")))
        return _NO_RUN.isdisjoint(own) and any(word in _TEST_PROGRAMS or _RUNS_TESTS.search(word) for word in named)
    # The shell has a command test of its own, which compares.
    is_script = own != words or program.endswith((".js", ".py", ".sh"))
    return is_script and not program.startswith(("build", "package")) and _RUNS_TESTS.search(program) is not None


def any_tests(commands: tuple[Command, ...], *, is_whole: bool) -> bool | None:
    """Whether one of the commands tests; False where surely none does, None where that is not known.

    is_whole: whether these are all commands.
    """
    said = (" ".join(command.words) for command in commands if command.words[0] not in _ONLY_SAY)
    if any(_TEST.search(words) for words in said):
        return True
    return False if is_whole and all(_tests_nothing(command.words) for command in commands) else None


def _tests_nothing(words: Argv) -> bool:
    if any(UNKNOWN in word for word in words[:2]):
        return False
    if words[0] in ("source", "."):
        return words[-1].endswith("activate")
    if _RUN_SCRIPT.fullmatch(" ".join(words)):
        return True
    return words[0] in _HARMLESS or (len(words) > 1 and words[1] in _HARMLESS_COMMANDS.get(words[0], ()))
