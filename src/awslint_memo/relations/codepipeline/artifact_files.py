"""The files that actions of a pipeline look for in artifacts, and those that a build puts into an artifact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN
from awslint_memo.relations.codepipeline.artifacts import Artifact, outputs
from awslint_memo.relations.codepipeline.pipelines import Action, actions

FILES: Mapping[str, Sequence[tuple[str, str, str]]] = fact(
    {
        "ECS": [("", "FileName", "imagedefinitions.json")],
        "CodeDeployToECS": [
            ("AppSpecTemplateArtifact", "AppSpecTemplatePath", "appspec.yaml"),
            ("TaskDefinitionTemplateArtifact", "TaskDefinitionTemplatePath", "taskdef.json"),
        ],
    },
    page="codepipeline/latest/userguide/file-reference.html",
    read="2026-11-30",
)
"""By provider, the files that a deploy action reads: the setting with the name of the artifact (empty for the only
one), the setting with the file's name, and what that is where nobody sets it."""

IN_ARTIFACTS: Mapping[str, Sequence[str]] = fact(
    {
        "CloudFormation": ("TemplatePath", "TemplateConfiguration"),
        "CloudFormationStackSet": ("TemplatePath", "Parameters"),
    },
    page="codepipeline/latest/userguide/action-reference-CloudFormation.html",
    read="2026-11-30",
)
"""By provider, the settings that name an artifact and a file in it, as in Built::template.yaml."""


@record(frozen=True, eq=False)
class LackingFile:
    """A file that an action reads and that the build of its artifact surely does not put there.

    name: the setting that names the file, and value its value. files: what the build lists, and where it does.
    """

    action: Action
    name: str
    value: Value
    file: str
    maker: Action
    files: Sequence[str]
    place: Place | Value


def lacking(pipeline: Resource) -> Iterator[LackingFile]:
    """The files that actions of a pipeline surely do not find in the artifacts that they take from builds."""
    makers: dict[str | None, list[Artifact]] = {}
    for artifact in outputs(pipeline):
        makers.setdefault(artifact.name.text, []).append(artifact)
    for action in actions(pipeline):
        for artifact_name, name, value, file in _read(action):
            several = [] if None in makers else makers.get(artifact_name, [])
            found = _handed_on(several[0]) if len(several) == 1 else None
            if found is not None and not any(_may_be(pattern, file, found.is_flat) for pattern in found.files):
                yield LackingFile(action, name, value, file, several[0].action, found.files, found.place)


def _read(action: Action) -> Iterator[tuple[str, str, Value, str]]:
    """The files that an action reads: the artifact, the setting that names the file, its value, and the file."""
    taken = [item.get("Name").text for item in action.value.get("InputArtifacts").items]
    for named_by, name, usual in FILES.get(action.provider or "", ()):
        value = action.configuration.get(name)
        artifact = action.configuration.get(named_by).text if named_by else taken[0] if len(taken) == 1 else None
        file = usual if value.is_absent else value.text
        if artifact is not None and file is not None:
            yield artifact, name, value, file
    for name in IN_ARTIFACTS.get(action.provider or "", ()):
        value = action.configuration.get(name)
        artifact, colons, file = (value.text or "").partition("::")
        if artifact in taken and colons and file:
            yield artifact, name, value, file


@record(frozen=True, eq=False)
class _HandedOn:
    """The files that a buildspec puts into an artifact, whether it drops their folders, and where it lists them."""

    files: Sequence[str]
    is_flat: bool
    place: Place | Value


def _handed_on(artifact: Artifact) -> _HandedOn | None:
    """What the build puts into an artifact; None where that is not known, as for a batch of builds."""
    spec = artifact.action.buildspec
    artifacts = None if spec is None or "batch" in spec.data else spec.data.get("artifacts")
    if spec is None or not isinstance(artifacts, Mapping):
        return None
    name, secondary = artifact.name.text or "", artifacts.get("secondary-artifacts")
    section: Any = artifacts
    keys = ["artifacts", "files"]
    if isinstance(secondary, Mapping) and secondary:
        section, keys = secondary.get(name), ["artifacts", "secondary-artifacts", name, "files"]
    elif secondary is not None or len(artifact.action.value.get("OutputArtifacts").items) > 1:
        return None
    files = _texts(section.get("files")) if isinstance(section, Mapping) else None
    if not files:
        return None
    return _HandedOn(files, str(section.get("discard-paths", "no")).lower() != "no", spec.place(*keys))


def _texts(written: Any) -> list[str] | None:
    """The texts of a list; None where it has other items, or variables and pieces that are not known."""
    items = written if isinstance(written, list) else [written]
    texts = [item for item in items if isinstance(item, str) and "$" not in item and UNKNOWN not in item]
    return texts if len(texts) == len(items) else None


def _may_be(pattern: str, file: str, is_flat: bool) -> bool:
    """Whether a pattern in a buildspec may bring a file to a path in the artifact. is_flat: whether folders are
    dropped."""
    from fnmatch import fnmatchcase

    path, wanted = pattern.removeprefix("./").rstrip("/").replace("**/", "*"), file.removeprefix("./")
    if fnmatchcase(wanted, path) or wanted.startswith(f"{path}/") or path == ".":
        return True
    return is_flat and fnmatchcase(wanted, path.rpartition("/")[2] or path)
