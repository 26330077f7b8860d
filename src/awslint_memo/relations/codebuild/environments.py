"""Which settings of a CodeBuild project go together: its source, its artifacts and its environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, buildspec

OF_PIPELINE = fact("CODEPIPELINE", page="codebuild/latest/APIReference/API_ProjectSource.html", read="2026-11-29")
"""The type of a source and of artifacts that a pipeline hands over."""

WITH_WEBHOOK = fact(
    ("BITBUCKET", "GITHUB", "GITHUB_ENTERPRISE", "GITLAB", "GITLAB_SELF_MANAGED"),
    page="codebuild/latest/APIReference/API_CreateWebhook.html",
    read="2026-11-29",
)
"""The types of sources that have webhooks; a runner of Buildkite has one too, and no source."""

LOCATED = fact(
    ("BITBUCKET", "CODECOMMIT", "GITHUB", "GITHUB_ENTERPRISE", "GITLAB", "GITLAB_SELF_MANAGED", "S3"),
    page="codebuild/latest/APIReference/API_ProjectSource.html",
    read="2026-11-29",
)
"""The types of sources that have a location."""

TIMES: Mapping[str, tuple[int, int]] = fact(
    {"QueuedTimeoutInMinutes": (5, 480), "TimeoutInMinutes": (5, 2160)},
    page="codebuild/latest/APIReference/API_CreateProject.html",
    read="2026-12-03",
)
"""By property, the least and the most minutes that CodeBuild takes: for a build to wait, and to run."""

_AGENT_TOKEN = fact(
    "CODEBUILD_CONFIG_BUILDKITE_AGENT_TOKEN",
    page="codebuild/latest/userguide/sample-runner-buildkite-CLI.html",
    read="2026-11-29",
)
"""The environment variable by which a project is a runner of Buildkite."""

STORES: Mapping[str, str] = fact(
    {"PARAMETER_STORE": "parameter-store", "SECRETS_MANAGER": "secrets-manager"},
    page="codebuild/latest/userguide/build-spec-ref.html",
    read="2026-11-30",
)
"""By the type of a variable that is read from elsewhere, the key in a buildspec for such variables."""

REPORTING = fact(
    ("codebuild:CreateReport", "codebuild:UpdateReport", "codebuild:BatchPutTestCases"),
    page="codebuild/latest/userguide/test-permissions.html",
    read="2026-12-01",
)
"""What the role of a project needs for each report of tests; another action makes a group that is not there yet."""

_NOT_ON_LAMBDA: Sequence[str] = fact(
    (
        *("BadgeEnabled", "Cache.Type", "Environment.PrivilegedMode", "FileSystemLocations", "VpcConfig"),
        *("QueuedTimeoutInMinutes", "TimeoutInMinutes"),
    ),
    page="codebuild/latest/userguide/lambda.html",
    read="2026-12-02",
)
"""What the page says that Lambda compute does not support. A cache and a timeout are refused ("Cannot specify cache for
lambda compute"); https://github.com/aws/aws-cdk, packages/aws-cdk-lib/aws-codebuild, takes no badge, privileged mode or
timeout of the queue with it either."""

_NOT_SENT = ("QueuedTimeoutInMinutes", "TimeoutInMinutes")
"""What Terraform sends for servers alone."""

_LAMBDA_SIZES = "BUILD_LAMBDA_"
_OF_AWS = "aws/codebuild/"


@record(frozen=True)
class Misfit:
    """A value of an environment that does not go with its Type: what it is for, as "Arm processors"."""

    value: Value
    is_for: str


@record(frozen=True, eq=False)
class Secret:
    """A parameter of Systems Manager, or a secret, that is read for a resource. name: its name or ARN. value: where the
    resource names it, or its buildspec. place: where the name itself stands.
    """

    is_parameter: bool
    name: Value
    value: Value
    place: Place | Value


def secrets(project: Resource) -> Iterator[Secret]:
    """The parameters and secrets that the builds of a project read into variables, as far as they are known."""
    for item in project.get("Environment.EnvironmentVariables").items:
        kind, value = item.get("Type").text, item.get("Value")
        if kind in STORES:
            yield Secret(kind == "PARAMETER_STORE", value, value, value)
    spec = buildspec(project)
    env = None if spec is None else spec.data.get("env")
    for kind, key in STORES.items():
        named = env.get(key) if isinstance(env, Mapping) else None
        for variable, name in named.items() if isinstance(named, Mapping) else ():
            if spec is not None and isinstance(name, str) and UNKNOWN not in name:
                place = spec.place("env", key, str(variable))
                yield Secret(kind == "PARAMETER_STORE", Known(name, spec.value.place), spec.value, place)


def is_runner(project: Resource) -> bool:
    """Whether a project runs the jobs of Buildkite, or may: it has no source, and its builds no buildspec."""
    names = variables(project)
    is_unknown = project.get("Environment.EnvironmentVariables").is_unknown
    return not project.get("Triggers").is_absent or is_unknown or None in names or _AGENT_TOKEN in names


def variables(project: Resource) -> list[str | None]:
    """The names of a project's environment variables; None for one that is not known."""
    return [item.get("Name").text for item in project.get("Environment.EnvironmentVariables").items]


def is_on_lambda(project: Resource) -> bool:
    """Whether the builds of a project surely run on Lambda compute; on machines of a fleet, the type is ignored."""
    environment = project.get("Environment")
    return "LAMBDA" in (environment.get("Type").text or "") and environment.get("Fleet").is_absent


def not_on_lambda(project: Resource) -> Iterator[tuple[str, Value]]:
    """What a project on Lambda compute surely has that there is only on servers: each property, and its value."""
    left_out = _NOT_SENT if project.language == "terraform" else ()
    for path in _NOT_ON_LAMBDA if is_on_lambda(project) else ():
        if path in left_out:
            continue
        value = project.get(path)
        has_content = bool(value.fields) or any(item.fields for item in value.items)
        is_on = value.flag is True or value.number is not None or value.text not in (None, "", "NO_CACHE", "false")
        if has_content or is_on:
            yield path, value


def misfit(project: Resource) -> Misfit | None:
    """The image or compute type of a project that surely does not go with the Type of its environment; else None."""
    environment = project.get("Environment")
    kind, size, image = (environment.get(name) for name in ("Type", "ComputeType", "Image"))
    # On machines of a fleet, the type of the environment is ignored.
    if kind.text is None or not environment.get("Fleet").is_absent:
        return None
    is_lambda = "LAMBDA" in kind.text
    if size.text is not None and "BUILD_" in size.text and size.text.startswith(_LAMBDA_SIZES) != is_lambda:
        return Misfit(size, "servers" if is_lambda else "Lambda")
    name = image.text or ""
    if not name.startswith(_OF_AWS) or not any(word in name for word in ("amazonlinux", "/standard:")):
        return None
    if ("-lambda-" in name) != is_lambda:
        return Misfit(image, "servers" if is_lambda else "Lambda")
    if ("aarch64" in name) != kind.text.startswith("ARM_"):
        return Misfit(image, "Arm processors" if "aarch64" in name else "x86 processors")
    return None
