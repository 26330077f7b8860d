"""The artifacts that the actions of a pipeline hand on to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.action_types import miscounted
from awslint_memo.relations.codepipeline.pipelines import Action, actions, stages


@record(frozen=True, eq=False)
class Artifact:
    """An artifact that an action takes or makes. `time` is the number of its stage and its order there; the order is
    None where it is not known."""

    action: Action
    name: Value
    time: tuple[int, float | None]


@record(frozen=True, eq=False)
class Missing:
    """An artifact that an action takes and that surely is not there: nobody makes it, or somebody does only later.
    `before`: the names of those that are there."""

    artifact: Artifact
    maker: Action | None
    before: tuple[str, ...]


def missing(pipeline: Resource) -> Iterator[Missing]:
    """The artifacts that actions of a pipeline surely take before an action has made them."""
    made = list(_artifacts(pipeline, "OutputArtifacts"))
    if any(artifact.name.text is None for artifact in made):
        return
    # What an action that has to make an artifact, and names none, is meant to make may be any.
    names_none = any(_names_none(action) for action in actions(pipeline))
    for taken in _artifacts(pipeline, "InputArtifacts"):
        before = [artifact for artifact in made if _may_precede(artifact, taken)]
        if taken.name.text is not None and all(artifact.name.text != taken.name.text for artifact in before):
            maker = next((artifact.action for artifact in made if artifact.name.text == taken.name.text), None)
            names = dict.fromkeys(artifact.name.text or "" for artifact in before)
            if maker is not None or not names_none:
                yield Missing(taken, maker, tuple(names))


def _names_none(action: Action) -> bool:
    return any(name == "OutputArtifacts" and not count for name, _, count, _, _ in miscounted(action))


def repeated(pipeline: Resource) -> Iterator[tuple[Artifact, Artifact]]:
    """The artifacts of a pipeline whose name an earlier one in the template has, each behind that one."""
    first: dict[str, Artifact] = {}
    for artifact in _artifacts(pipeline, "OutputArtifacts"):
        if artifact.name.text is not None:
            earlier = first.setdefault(artifact.name.text, artifact)
            if earlier is not artifact:
                yield earlier, artifact


def unmade(pipeline: Resource) -> Iterator[tuple[Artifact, Artifact]]:
    """The artifacts that an action of CodeBuild should make although its buildspec surely has no artifacts, each with
    the first artifact that another action takes under its name."""
    taken = list(_artifacts(pipeline, "InputArtifacts"))
    for artifact in _artifacts(pipeline, "OutputArtifacts"):
        spec = artifact.action.buildspec
        if (
            spec is None
            or not isinstance(spec.data.get("phases"), Mapping)
            or {"artifacts", "batch"} & spec.data.keys()
        ):
            continue
        takers = (item for item in taken if item.name.text is not None and item.name.text == artifact.name.text)
        if (first := next(takers, None)) is not None:
            yield artifact, first


def outputs(pipeline: Resource) -> Iterator[Artifact]:
    """The artifacts that the actions of a pipeline make."""
    return _artifacts(pipeline, "OutputArtifacts")


def _artifacts(pipeline: Resource, path: str) -> Iterator[Artifact]:
    for number, stage in enumerate(stages(pipeline)):
        for action in stage.actions:
            written = action.value.get("RunOrder")
            order = 1 if written.is_absent else written.number
            for item in action.value.get(path).items:
                yield Artifact(action, item.get("Name"), (number, order))


def _may_precede(made: Artifact, taken: Artifact) -> bool:
    (stage, order), (own_stage, own_order) = made.time, taken.time
    if stage != own_stage:
        return stage < own_stage
    return made.action is not taken.action and (order is None or own_order is None or order < own_order)
