"""The files that actions of a pipeline look for in artifacts, and what a build puts into these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, Buildspec
from awslint_memo.relations.codebuild.shell import Argv
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

_IMAGE = fact(
    ("CodeDeployToECS", "imageDetail.json"),
    page="codepipeline/latest/userguide/file-reference.html",
    read="2026-12-02",
)
"""The action that reads the address of each image from an artifact, and the file with that."""

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
    reading = [(action, read) for action in actions(pipeline) for read in (*_read(action), *_images(action))]
    makers = _makers(pipeline) if reading else {}
    for action, (artifact_name, name, value, file) in reading:
        artifact = makers.get(artifact_name)
        given = None if artifact is None else _handed_on(artifact)
        if artifact is None or given is None or any(_may_be(pattern, file, given.is_flat) for pattern in given.files):
            continue
        yield LackingFile(action, name, value, file, artifact.action, given.files, given.place)


@record(frozen=True, eq=False)
class WrongContainer:
    """A container that a build names for a deploy action of ECS, and that the task definition surely does not have.

    names: those of its containers. place: where the buildspec stands. is_sure: whether nothing but this template
    decides which task definition the service has.
    """

    action: Action
    maker: Action
    name: str
    task: Resource
    names: Sequence[str]
    place: Place | Value
    is_sure: bool


def wrong_containers(pipeline: Resource) -> Iterator[WrongContainer]:
    """The containers for which builds of a pipeline write an image, and that surely are in no task of the service."""
    deploying = [action for action in actions(pipeline) if action.product == "AWS/ECS"]
    makers = _makers(pipeline) if deploying else {}
    for action in deploying:
        service = pipeline.deployment.find(action.configuration.get("ServiceName"), ecs.SERVICE)
        task = None if service is None else service.follow("TaskDefinition", ecs.TASK)
        names = [] if task is None else [container.get("Name").text or "" for container in ecs.containers(task) or ()]
        if service is None or task is None or not names or "" in names:
            continue
        is_sure = not may_ignore(service.terraform.ignore_changes, "task_definition")
        for artifact_name, _, _, file in _read(action):
            maker = makers[artifact_name].action if artifact_name in makers else None
            spec = None if maker is None else maker.buildspec
            if maker is None or spec is None:
                continue
            for name in _named_containers(maker, spec, file):
                if name not in names:
                    yield WrongContainer(action, maker, name, task, names, spec.place("phases"), is_sure)


_CONTAINER = regex(r'"name"\s*:\s*"([^"]*)"')
_VARIABLE = regex(r"\$\{?(\w+)\}?")


def _named_containers(maker: Action, spec: Buildspec, file: str) -> list[str]:
    """The containers for which a build surely writes an image into a file; none where they are not all known."""
    using = [command.words for command in spec.commands if any(word.endswith(file) for word in command.words)]
    writing = [words for words in using if words[0] in ("echo", "printf")]
    # Any other program may change the file.
    if any(words[0] not in ("cat", "echo", "ls", "printf", "test") for words in using):
        return []
    names = [_with_variables(name, maker, spec) for words in writing for name in _CONTAINER.findall(_printed(words))]
    return [] if None in names else [name for name in names if name is not None]


def _printed(words: Argv) -> str:
    """What echo or printf prints, with its arguments in place of %s."""
    if words[0] == "echo":
        return " ".join(words[1:])
    text = next((word for word in words[1:] if "%s" in word), " ".join(words[1:]))
    for argument in words[words.index(text) + 1 :] if text in words else ():
        text = text.replace("%s", argument, 1)
    return text


def _with_variables(name: str, maker: Action, spec: Buildspec) -> str | None:
    """A name with the values of the build's variables; None where one is not known."""
    project, own = maker.project, spec.data.get("env")
    plain = own.get("variables") if isinstance(own, Mapping) else None
    values = {str(key): str(value) for key, value in plain.items()} if isinstance(plain, Mapping) else {}
    if project is not None and maker.configuration.get("EnvironmentVariables").is_absent:
        for item in project.get("Environment.EnvironmentVariables").items:
            is_plain = item.get("Type").text in (None, "PLAINTEXT") and not item.get("Type").is_unknown
            if item.get("Name").text and item.get("Value").text and is_plain:
                values[item.get("Name").text or ""] = item.get("Value").text or ""
    for variable in _VARIABLE.findall(name):
        if variable not in values or f"{variable}=" in spec.text:
            return None
    known = _VARIABLE.sub(lambda match: values[match[1]], name)
    return known if _PLAIN.fullmatch(known) else None


_PLAIN = regex(r"[\w-]+")
"""How containers are called."""


def _makers(pipeline: Resource) -> Mapping[str | None, Artifact]:
    """The artifacts of a pipeline that one action alone makes, by name; none where a name is not known."""
    makers: dict[str | None, list[Artifact]] = {}
    for artifact in outputs(pipeline):
        makers.setdefault(artifact.name.text, []).append(artifact)
    return {} if None in makers else {name: several[0] for name, several in makers.items() if len(several) == 1}


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


def _images(action: Action) -> Iterator[tuple[str, str, Value, str]]:
    """The same of the images that an action deploys, which are named by their artifacts."""
    for number in range(1, 5) if action.provider == _IMAGE[0] else ():
        name = f"Image{number}ArtifactName"
        value = action.configuration.get(name)
        if value.text is not None:
            yield value.text, name, value, _IMAGE[1]


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
    dropped. Which folders are kept of a path outside of the source, no page says."""
    from fnmatch import fnmatchcase

    path, wanted = pattern.removeprefix("./").rstrip("/").replace("**/", "*"), file.removeprefix("./")
    if fnmatchcase(wanted, path) or wanted.startswith(f"{path}/") or path == ".":
        return True
    last = path.rpartition("/")[2] or path
    if path.startswith(("/", "../")):
        return fnmatchcase(wanted.rpartition("/")[2], last)
    return is_flat and fnmatchcase(wanted, last)
