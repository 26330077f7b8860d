"""AWS CodeArtifact: what repositories take from outside, and which packages a command installs, from where."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, Buildspec, Command, buildspec
from awslint_memo.relations.codebuild.shell import Argv
from awslint_memo.relations.iam.statements import allowing, is_anybody

CONNECTIONS: Mapping[str, str] = fact(
    {"gradle": "public:maven", "mvn": "public:maven", "npm": "public:npmjs", "pip": "public:pypi"},
    page="codeartifact/latest/APIReference/API_AssociateExternalConnection.html",
    read="2026-11-26",
)
"""How the external connections begin that hold packages for a tool, by the tool's program."""


DOMAIN = "AWS::CodeArtifact::Domain"
REPOSITORY = "AWS::CodeArtifact::Repository"
PACKAGE_GROUP = "AWS::CodeArtifact::PackageGroup"


def connections(repository: Resource) -> list[Value]:
    """The external connections of a repository; empty where it has none, or they are not known."""
    connected = repository.get("ExternalConnections")
    return connected.items if connected.is_known else []


def may_be_upstream(repository: Resource) -> bool:
    """Whether another repository of the deployment takes packages through this one, or may."""
    deployment = repository.deployment
    others = [resource for resource in deployment.of_type(REPOSITORY) if resource is not repository]
    return any(
        repository.may_be_named_by(upstream) or upstream.is_unknown
        for other in others
        for upstream in other.get("Upstreams").items
    )


def direct_user(repository: Resource) -> Resource | None:
    """The first CodeBuild project whose buildspec surely takes packages from a repository itself; None without one.

    A buildspec names it in `aws codeartifact login` or `get-repository-endpoint`
    (codeartifact/latest/ug/tokens-authentication.html).
    """
    name = repository.get("RepositoryName").text
    for project in repository.deployment.of_type("AWS::CodeBuild::Project"):
        read = buildspec(project)
        if name is not None and read is not None and any(_uses(command.words, name) for command in read.commands):
            return project
    return None


def _uses(words: Argv, name: str) -> bool:
    is_asked = words[:2] == ("aws", "codeartifact") and words[2:3] in (("login",), ("get-repository-endpoint",))
    pairs = [f"{option}={value}" for option, value in pairwise(words)]
    return is_asked and f"--repository={name}" in (*words, *pairs)


TOKEN_SECONDS = fact(
    (900, 43200), page="codeartifact/latest/APIReference/API_GetAuthorizationToken.html", read="2026-11-30"
)
"""For how many seconds a token is valid at least and at most where it is not as long as the role's credentials (0)."""

TOKEN_ACTION = fact(
    "sts:GetServiceBearerToken",
    page="codeartifact/latest/APIReference/API_GetAuthorizationToken.html",
    read="2026-11-30",
)
"""What only the role itself can be allowed of what it needs for a token; the policy of a domain may allow it the other
action, codeartifact:GetAuthorizationToken."""

_TOKENS = (("login",), ("get-authorization-token",))
_DURATION = "--duration-seconds"


def token_command(command: Command) -> Argv:
    """The words of a command that gets a token; empty for any other."""
    words = command.words
    return words if words[:2] == ("aws", "codeartifact") and words[2:3] in _TOKENS else ()


def token_seconds(words: Argv) -> int | None:
    """For how long a command wants its token to be valid; None where it does not say, or that is not known."""
    pairs = (f"{option}={value}" for option, value in pairwise(words))
    written = next((word for word in (*words, *pairs) if word.startswith(f"{_DURATION}=")), "").partition("=")[2]
    return whole(written) if written.isdecimal() else None


_OTHER_CREDENTIALS = regex(r"assume-role|AWS_PROFILE|AWS_ACCESS_KEY_ID|AWS_ROLE_ARN|aws configure|--profile\b")


def may_have_other_credentials(spec: Buildspec) -> bool:
    """Whether a build may get its token with credentials of another role than its own."""
    said = (" ".join(command.words) for command in spec.commands)
    return any(_OTHER_CREDENTIALS.search(text) for text in (spec.text, *said))


def may_control_origins(deployment: Deployment) -> bool:
    """Whether a package group of the deployment decides from where packages may come, or may."""
    return any(not resource.get("OriginConfiguration").is_absent for resource in deployment.of_type(PACKAGE_GROUP))


def open_statement(policy: Value) -> Value | None:
    """The first statement of a policy that surely allows everybody something without a condition; else None."""
    for statement in allowing(policy):
        if is_anybody(statement.get("Principal")) and statement.get("Condition").is_absent:
            return statement
    return None


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


_PIP = regex(r"pip[0-9.]*")
_PYTHON = regex(r"py(thon[0-9.]*)?")
_PIP_VALUED = _words(
    "-b -c -d -e -f -i -r -t --build --cache-dir --cert --client-cert --config-settings --constraint --editable",
    "--exists-action --extra-index-url --find-links --global-option --implementation --index-url --log --no-binary",
    "--only-binary --platform --prefix --progress-bar --proxy --python-version --report --requirement --retries --root",
    "--src --target --timeout --trusted-host --upgrade-strategy",
)
_PIP_NAME = regex(r"([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^\]]*\])?(.*)", re.DOTALL)
_PIP_TOOLS = _words("build hatch pdm pip pip-tools pipenv pipx poetry setuptools uv virtualenv wheel")
"""What installs packages itself: pip and those that bring a lock file."""

_NPM_INSTALL = _words("add i in ins inst install isntall")
_NPM_CI = _words("ci clean-install install-clean")
_NPM_VALUED = _words(
    "-C -w --cache --include --loglevel --omit --prefix --registry --userconfig --workspace",
)
_EXACT = regex(r"(@[^@/]+/)?[^@/]+@v?[0-9]+\.[0-9]+\.[0-9]+\S*")
"""A package of npm with a whole version, and perhaps a scope: @types/node@22.1.0."""

_JAVA_VALUED = _words("-P -b -f -p -pl -s -t -x --exclude-task --file --projects --settings --toolchains")
_JAVA = {"gradle": "gradle", "gradlew": "gradle", "mvn": "mvn", "mvnw": "mvn"}


@record(frozen=True)
class Installation:
    """One command that installs packages.

    tool: pip, npm, mvn or gradle. title: the command as people call it ("npm install"). loose: the packages that it
    names without an exact version. ignores_lock: it takes what is newest although a lock file could be obeyed.
    """

    tool: str
    title: str
    loose: tuple[str, ...] = ()
    ignores_lock: bool = False


def installation(words: Argv) -> Installation | None:
    """What a command installs from a package registry; None where it installs nothing, or that is not sure."""
    program, arguments = words[0], list(words[1:])
    if program == "uv" and arguments[:1] == ["pip"]:
        return _pip(arguments[1:])
    if _PYTHON.fullmatch(program) and arguments[:2] == ["-m", "pip"]:
        return _pip(arguments[2:])
    if _PIP.fullmatch(program):
        return _pip(arguments)
    if program == "npm":
        return _npm(arguments)
    goals = _plain(arguments, _JAVA_VALUED)
    if program in _JAVA and goals:
        return Installation(_JAVA[program], f"{_JAVA[program]} {goals[-1]}")
    return None


def _pip(arguments: list[str]) -> Installation | None:
    command, given = _subcommand(arguments, _PIP_VALUED)
    if command != "install" or "--no-index" in given:
        return None
    is_constrained = any(one in ("-c", "--constraint") or one.startswith("--constraint=") for one in given)
    loose = () if is_constrained else tuple(filter(None, map(_loose_requirement, _plain(given, _PIP_VALUED))))
    return Installation("pip", "pip install", loose)


def _loose_requirement(written: str) -> str | None:
    """The name of a requirement that is no path or address and leaves its version open."""
    match = _PIP_NAME.fullmatch(written)
    if match is None or "/" in written or written.endswith((".whl", ".gz", ".zip")) or "==" in written:
        return None
    is_unknown = UNKNOWN in written or "$" in written or "`" in written
    return None if is_unknown or match[1].lower() in _PIP_TOOLS else match[1]


def _npm(arguments: list[str]) -> Installation | None:
    command, given = _subcommand(arguments, _NPM_VALUED)
    if command in _NPM_CI:
        return Installation("npm", "npm ci")
    if command not in _NPM_INSTALL:
        return None
    # A program for the whole machine is no dependency of the project: no lock file speaks of it.
    if any(one in ("-g", "--global", "--location=global") for one in given):
        return Installation("npm", "npm install -g")
    named = _plain(given, _NPM_VALUED)
    loose = tuple(one for one in named if _is_loose_package(one))
    return Installation("npm", "npm install", loose, ignores_lock=not named)


def _is_loose_package(written: str) -> bool:
    is_elsewhere = written.startswith((".", "/", "~")) or ":" in written or written.endswith((".tgz", ".gz"))
    is_path = "/" in written and not written.startswith("@")
    return not (is_elsewhere or is_path or UNKNOWN in written or "$" in written or _EXACT.fullmatch(written))


def _subcommand(arguments: list[str], valued: frozenset[str]) -> tuple[str, list[str]]:
    """The subcommand and all options and words around it."""
    before: list[str] = []
    rest = arguments
    while rest and rest[0].startswith("-"):
        width = 2 if rest[0] in valued else 1
        before, rest = before + rest[:width], rest[width:]
    return (rest[0], before + rest[1:]) if rest else ("", before)


def _plain(arguments: list[str], valued: frozenset[str]) -> list[str]:
    """The words that are neither options nor their values."""
    found: list[str] = []
    rest = arguments
    while rest:
        if not rest[0].startswith("-"):
            found.append(rest[0])
        rest = rest[2:] if rest[0] in valued else rest[1:]
    return found


_CHOICE = regex(
    r"codeartifact|index.url|extra.index|find-links|no-index|registr(y|ies)|pip\.conf|pip[ _]config|npmrc|userconfig"
    r"|npm_config|npm (config|set)|settings|init.script|\.m2|GRADLE_|MAVEN_|PIP_|--offline|proxy",
    re.IGNORECASE,
)
"""What may say, in a buildspec or as the name of a variable, that packages come from another place."""


def may_choose_registry(project: Resource, buildspec: Buildspec) -> bool:
    """Whether a build may install from another place than the public registry: it says so, its variables may say so,
    or it runs what is not known."""
    variables = project.get("Environment.EnvironmentVariables")
    names = [item.get("Name") for item in variables.items]
    is_told = any(name.text is None or _CHOICE.search(name.text) for name in names)
    runs_unknown = any(
        UNKNOWN in command.words[0] or command.words[0] in (".", "source") or command.words[0].endswith(".sh")
        for command in buildspec.commands
    )
    runs_script = any(word.endswith(".sh") for command in buildspec.commands for word in command.words[:2])
    return is_told or runs_unknown or runs_script or _CHOICE.search(buildspec.text) is not None


def may_hold(repositories: Sequence[Resource], tool: str) -> bool:
    """Whether one of these AWS::CodeArtifact::Repository resources may hold packages for a tool. Their external
    connections tell for which; where they have none, they may hold any."""
    connections = [item for repository in repositories for item in repository.get("ExternalConnections").items]
    return not connections or any(connection.starts_with(CONNECTIONS[tool]) is not False for connection in connections)
