"""The bundles that pipelines deploy to servers with CodeDeploy, where their folder lies beside the template."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from awslint_memo.files.beside import FilesBeside
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.artifacts import outputs
from awslint_memo.relations.codepipeline.pipelines import Action, actions
from awslint_memo.syntax.embedded import parse_file
from awslint_memo.syntax.node import fields, text

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
