"""Whether an action of a pipeline tests what it is given, and what holds a change back before a stage.

A command is a test where it says so. It surely is none where it is one of the commands that only fetch, build, copy or
deploy; of all others (scripts, make) nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, Command, written
from awslint_memo.relations.codebuild.shell import Argv
from awslint_memo.relations.codepipeline.pipelines import Action, Stage
from awslint_memo.relations.naming import is_named_like

TEST_NAMES = (
    *("acceptance", "check", "checks", "e2e", "integration", "lint", "qa", "quality", "scan", "smoke", "test"),
    *("testing", "tests", "uat", "validate", "validation", "verification", "verify"),
)
"""What a stage or an action is called that tests."""

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


def tests(action: Action) -> bool | None:
    """Whether an action surely tests (True) or surely does not (False); None where that is not known.

    An action of the category Test does, whatever it runs.
    """
    if action.category in ("Approval", "Deploy", "Source"):
        return False
    if action.category == "Test":
        return True
    if action.product == "AWS/ECRBuildAndPublish":
        return False
    runs_unknown = any(written(item) is None for item in action.value.get("Commands").items)
    if action.provider == "Commands":
        return _any_tests(action.commands, is_whole=not runs_unknown)
    if action.buildspec is None:
        return None
    has_reports = bool(action.buildspec.data.get("reports"))
    is_whole = isinstance(action.buildspec.data.get("phases"), Mapping) and "batch" not in action.buildspec.data
    return True if has_reports else _any_tests(action.commands, is_whole=is_whole)


def guards(stage: Stage) -> bool:
    """Whether conditions decide if a pipeline enters a stage, or may."""
    return not stage.value.get("BeforeEntry").is_absent


def releases_on_conditions(stage: Stage) -> bool:
    """Whether conditions decide if a pipeline goes on after a stage, or may."""
    return not stage.value.get("OnSuccess").is_absent


def is_named_test(stage: Stage, action: Action) -> bool:
    """Whether the name of a stage or of an action says that it tests; also True where a name is not known."""
    names = (stage.value.get("Name"), action.value.get("Name"))
    return any(name.text is None or is_named_like(name, TEST_NAMES) for name in names)


def _any_tests(commands: tuple[Command, ...], *, is_whole: bool) -> bool | None:
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
