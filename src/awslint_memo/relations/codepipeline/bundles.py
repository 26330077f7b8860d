"""The bundles that pipelines deploy with CodeDeploy, where their folder lies beside the template."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.artifact_files import FILES
from awslint_memo.relations.codepipeline.artifacts import outputs
from awslint_memo.relations.codepipeline.pipelines import Action, actions
from awslint_memo.syntax.embedded import parse_file
from awslint_memo.syntax.node import Node, fields, text

_ARCHIVE = regex(r"(?:.*/)?([\w.-]+?)\.(?:zip|tgz|tar|tar\.gz)")
_SCRIPT = regex(r"(?:\./)?[\w.-]+(?:/[\w.-]+)+")


@record(frozen=True, eq=False)
class MissingScript:
    """A script that the appspec.yml of a bundle names and that is not in the bundle's folder. key: the name of the
    archive in the source action, after which the folder is called."""

    action: Action
    script: str
    path: str
    place: Place
    key: Value


def missing_scripts(pipeline: Resource) -> Iterator[MissingScript]:
    """The scripts that bundles of a pipeline surely lack, as far as their folders lie beside the template: those that
    are called as the archive in the bucket is, and have other scripts where the one should lie."""
    beside, near = pipeline.deployment.beside, pipeline.place.span.path
    made = {artifact.name.text: artifact.action for artifact in outputs(pipeline) if artifact.name.text}
    for action in actions(pipeline) if isinstance(beside, FilesBeside) else ():
        taken = action.value.get("InputArtifacts").items if action.product == "AWS/CodeDeploy" else []
        maker = made.get(taken[0].get("Name").text or "") if len(taken) == 1 else None
        if maker is None or maker.product != "AWS/S3" or not isinstance(beside, FilesBeside):
            continue
        key = maker.configuration.get("S3ObjectKey")
        archive = _ARCHIVE.fullmatch(key.text or "")
        for script, path, place in _missing(beside, near, archive[1]) if archive else ():
            yield MissingScript(action, script, path, place, key)


def _missing(beside: FilesBeside, near: str, folder: str) -> Iterator[tuple[str, str, Place]]:
    path = f"{folder}/appspec.yml"
    source = beside.at(path, near)
    try:
        root = None if source is None else parse_file(source)
    except Problem:
        return
    hooks = fields(root).get("hooks") if root is not None else None
    lists = [hook.content for hook in fields(hooks).values()]
    steps = [step for steps in lists if isinstance(steps, list) for step in steps]
    named = [location for step in steps if (location := fields(step).get("location")) is not None]
    scripts = {
        script: posixpath.normpath(f"{folder}/{script}")
        for one in named
        if _SCRIPT.fullmatch(script := text(one) or "")
    }
    there = {posixpath.dirname(at) for at in scripts.values() if beside.has_file(at, near)}
    for location in named:
        at = scripts.get(text(location) or "")
        if at is not None and posixpath.dirname(at) in there and not beside.has_file(at, near):
            yield text(location) or "", path, location


@record(frozen=True, eq=False)
class WrongTarget:
    """What the appspec.yaml of a bundle for ECS names and the taskdef.json beside it surely does not have.

    what: "container", "port" or "image". known: what is there instead. place: where it is named, or the containers.
    """

    action: Action
    what: str
    name: str
    known: Sequence[str]
    path: str
    place: Place


def wrong_targets(pipeline: Resource) -> Iterator[WrongTarget]:
    """The containers, ports and images that deploy actions for ECS surely do not find in the task definition, as far as
    its file and appspec.yaml lie in one folder beside the template, that of the archive if the source is one."""
    beside, near = pipeline.deployment.beside, pipeline.place.span.path
    every = actions(pipeline)
    sources = [action for action in every if action.category == "Source"]
    deploying = [action for action in every if action.product == "AWS/CodeDeployToECS"]
    if not isinstance(beside, FilesBeside) or len(sources) != 1:
        return
    archive = _ARCHIVE.fullmatch(sources[0].configuration.get("S3ObjectKey").text or "")
    if archive is None and sources[0].product == "AWS/S3":
        return
    for action in deploying:
        names = [action.configuration.get(path).text or usual for _, path, usual in FILES["CodeDeployToECS"]]
        paths = [f"{archive[1]}/{name}" if archive else name for name in names]
        files = [beside.at(path, near) for path in paths]
        if None in files or any(_may_be_written(name, every) for name in names):
            continue
        appspec, task = (_parsed(file) for file in files if file is not None)
        if appspec is not None and task is not None:
            yield from _wrong(action, paths, appspec, task)


def _may_be_written(name: str, every: Sequence[Action]) -> bool:
    """Whether a build of a pipeline may write a file, or what is in it."""
    writing = re.compile(rf"(?:sed|envsubst|jq|>|cp|mv)[^\n]*{re.escape(name)}")
    return any(writing.search(spec.text) for action in every if (spec := action.buildspec) is not None)


def _parsed(source: Source) -> Node | None:
    try:
        return parse_file(source)
    except Problem:
        return None


def _wrong(action: Action, paths: Sequence[str], spec: Node, task: Node) -> Iterator[WrongTarget]:
    listed = fields(task).get("containerDefinitions")
    containers = {text(fields(one).get("name")) or "": one for one in _items(listed)}
    resources = [one for item in _items(fields(spec).get("Resources")) for one in fields(item).values()]
    for resource in resources if containers and "" not in containers else ():
        balancer = fields(fields(fields(resource).get("Properties")).get("LoadBalancerInfo"))
        named, port = balancer.get("ContainerName"), balancer.get("ContainerPort")
        name = text(named) or ""
        if named is not None and _NAME.fullmatch(name) and name not in containers:
            yield WrongTarget(action, "container", name, [*containers], paths[0], named)
        elif name in containers and port is not None:
            mapped = [fields(one).get("containerPort") for one in _items(fields(containers[name]).get("portMappings"))]
            ports = [str(one.content) for one in mapped if one is not None]
            if ports and str(port.content).isdecimal() and str(port.content) not in ports:
                yield WrongTarget(action, "port", str(port.content), ports, paths[0], port)
    images = [text(fields(one).get("image")) or "" for one in containers.values()]
    for number in range(1, 5):
        image = action.configuration.get(f"Image{number}ContainerName").text
        if image and listed is not None and not any(f"<{image}>" in one for one in images):
            yield WrongTarget(action, "image", image, images, paths[1], listed)


def _items(node: Node | None) -> list[Node]:
    content = None if node is None else node.content
    return content if isinstance(content, list) else []


_NAME = regex(r"[\w-]+")
