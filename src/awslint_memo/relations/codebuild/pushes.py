"""Which tags the builds of CodeBuild push to repositories of ECR, as far as their buildspecs tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, buildspec

REPOSITORY = "AWS::ECR::Repository"
PROJECT = "AWS::CodeBuild::Project"

SOURCE_TAG = fact("latest", page="codepipeline/latest/userguide/action-reference-ECR.html", read="2026-12-01")
"""The tag of the image that a source action takes where it names none."""

_REFERENCE = regex(r"(?P<name>[^:]+):(?P<tag>[^:/]+)")
_VARIABLE = regex(r"\$(?:(\w+)|\{(\w+)[^}/:.]*\})$")
"""What the name of a repository ends with: behind a variable, more of a name is that of another repository."""

_PART = regex(r"\$\{[^}]*\}|\$\([^)]*\)|`[^`]*`|\$\w+|\ue000")
_OTHERWISE = regex(
    r"--all-tags|put-image|batch-delete-image|describe-images|list-images|manifest|buildx|bake|buildctl|compose push"
    r"|\b(?:crane|skopeo|kaniko|podman|jib|pack|ko)\b|\b(?:make|npm|yarn|task|sh|bash)\b[^\n]*(?:push|publish|release|image)"
)
"""What a build may push or delete by in other ways, or asks what is there before."""

_GOES_ON = regex(
    r"\bpush\b[^\n]*(?:\|\||;)|\|\|[^\n]*\bpush\b|\bset \+e\b|\bon-failure: *[\"']?CONTINUE", re.IGNORECASE
)
"""Where a build may go on although a push is refused, or pushes only after another command failed."""


@record(frozen=True, eq=False)
class Push:
    """A tag that a build surely pushes. tag: as written, with variables. pattern: the same, with * for those."""

    project: Resource
    tag: str
    pattern: str

    @property
    def is_same(self) -> bool:
        """Whether each build pushes the same tag, which has no number of a version either."""
        return self.pattern == self.tag and not any(letter.isdigit() for letter in self.tag)


def of_repository(repository: Resource) -> Sequence[Push] | None:
    """What the builds of this deployment push to a repository, in the order of the template; None where that is not
    wholly known, as for scripts that may push too."""
    pushed = repository.deployment.once(_by_repository).get(repository.name, [])
    return None if None in pushed else [one for one in pushed if one is not None]


def of_project(project: Resource) -> tuple[Resource, Sequence[Push]] | None:
    """The one repository to which the builds of a project surely push, and what; None where that is not known."""
    spec = buildspec(project)
    named = _repositories(project) if spec is not None else {}
    if spec is None or len(named) != 1 or _OTHERWISE.search(spec.text) or "batch" in spec.data:
        return None
    repository, every = next(iter(named.items()))
    # What a command sets is another value.
    names = {name for name in every if f"{name}=" not in spec.text}
    pushed = [_push(project, names, command.words) for command in spec.commands if _pushes(command.words)]
    found = project.deployment.resource(repository)
    return (found, [one for one in pushed if one]) if found is not None and pushed and all(pushed) else None


def ends_builds(project: Resource) -> bool:
    """Whether a build of a project surely fails where a push of it is refused."""
    spec = buildspec(project)
    return spec is not None and _GOES_ON.search(spec.text) is None


def _pushes(words: Sequence[str]) -> bool:
    return words[:2] == ("docker", "push") or words[:3] == ("docker", "image", "push")


def _push(project: Resource, names: set[str], words: Sequence[str]) -> Push | None:
    """What a command surely pushes to the repository that these variables hold, or the text itself."""
    match = _REFERENCE.fullmatch(words[-1])
    variable = None if match is None else _VARIABLE.search(match["name"])
    is_named = variable is not None and (variable[1] or variable[2]) in names
    if match is None or not (is_named or ("" in names and match["name"].endswith(UNKNOWN))):
        return None
    return Push(project, match["tag"], _PART.sub("*", match["tag"]))


def _repositories(project: Resource) -> Mapping[str, set[str]]:
    """By repository of this deployment, the variables of a project whose values name it; "" for its buildspec."""
    found: dict[str, set[str]] = {}
    values = [
        (item.get("Name").text or "?", item.get("Value"))
        for item in project.get("Environment.EnvironmentVariables").items
    ]
    known = {repository.name for repository in project.deployment.of_type(REPOSITORY)}
    for name, value in (*values, ("", project.get("Source.BuildSpec"))):
        for link in value.mentions():
            if link.resource in known:
                found.setdefault(link.resource, set()).add(name)
    return found


def _by_repository(deployment: Deployment) -> Mapping[str, list[Push | None]]:
    found: dict[str, list[Push | None]] = {}
    for project in deployment.of_type(PROJECT):
        named, pushed = _repositories(project), of_project(project)
        for repository in named:
            found.setdefault(repository, []).extend([None] if pushed is None else pushed[1])
    return found


def may_have(pushed: Sequence[Push], tag: str) -> bool:
    """Whether one of these pushes may be of a tag."""
    return any(matches(one.pattern, tag) for one in pushed)
