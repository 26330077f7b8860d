"""The artifacts that the actions of a pipeline hand on to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile
from math import inf

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN
from awslint_memo.relations.codepipeline.action_types import miscounted
from awslint_memo.relations.codepipeline.pipelines import Action, Stage, stages


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
    `before`: the names of those that are there, of more than NAMED only the first ones, and whether there are more."""

    artifact: Artifact
    maker: Action | None
    before: tuple[str, ...]
    has_more: bool


NAMED = 10
"""Artifacts that are named of those that are there: there may be thousands, for each of thousands of actions."""


def missing(pipeline: Resource) -> Iterator[Missing]:
    """The artifacts that actions of a pipeline surely take before an action has made them."""
    listed = stages(pipeline)
    made = list(_artifacts(listed, "OutputArtifacts"))
    if any(artifact.name.text is None for artifact in made):
        return
    # What an action that has to make an artifact, and names none, is meant to make may be any.
    names_none = any(_names_none(action) for stage in listed for action in stage.actions)
    makers = _Makers(made)
    before: dict[int, list[str]] = {}
    """By the id of an action, what its artifacts all have before them."""
    for taken in _artifacts(listed, "InputArtifacts"):
        name, number = taken.name.text, id(taken.action)
        if name is None or makers.may_precede(name, taken):
            continue
        first = makers.first.get(name)
        if first is not None or not names_none:
            if number not in before:
                before[number] = list(islice(makers.before(taken), NAMED + 1))
            names = before[number]
            yield Missing(taken, None if first is None else first.action, tuple(names[:NAMED]), len(names) > NAMED)


class _Makers:
    """The artifacts that a pipeline makes, in the order of its stages, all with a known name.

    Pipelines may have thousands that as many actions take, so none is compared with each.
    """

    def __init__(self, made: Sequence[Artifact]) -> None:
        self.first: dict[str, Artifact] = {}
        """By name, the first in the template."""
        self._early: dict[tuple[str, int], list[Artifact]] = {}
        """By name and stage, the artifact that may be there first, and that of another action."""
        self._of_stage: dict[int, list[Artifact]] = {}
        """By stage, these of all names, by the time at which they may be there."""
        for artifact in made:
            self.first.setdefault(artifact.name.text or "", artifact)
        for artifact in sorted(made, key=_earliest):
            early = self._early.setdefault((artifact.name.text or "", artifact.time[0]), [])
            if len(early) < 2 and all(other.action is not artifact.action for other in early):
                early.append(artifact)
                self._of_stage.setdefault(artifact.time[0], []).append(artifact)

    def may_precede(self, name: str, taken: Artifact) -> bool:
        """Whether an artifact of a name may be there before an action takes one."""
        first, stage = self.first.get(name), taken.time[0]
        if first is None:
            return False
        return first.time[0] < stage or any(_may_precede(one, taken) for one in self._early.get((name, stage), ()))

    def before(self, taken: Artifact) -> Iterator[str]:
        """The names of what may be there before an action takes an artifact, each once."""
        stage, order = taken.time
        yield from takewhile(lambda name: self.first[name].time[0] < stage, self.first)
        names: dict[str, None] = {}
        for artifact in self._of_stage.get(stage, ()):
            if order is not None and _earliest(artifact) >= order:
                return
            name = artifact.name.text or ""
            if self.first[name].time[0] == stage and name not in names and _may_precede(artifact, taken):
                names[name] = None
                yield name


def _earliest(artifact: Artifact) -> float:
    """The order in which an artifact is made at the earliest; any, if it is not known."""
    order = artifact.time[1]
    return -inf if order is None else order


def _names_none(action: Action) -> bool:
    return any(name == "OutputArtifacts" and not count for name, _, count, _, _ in miscounted(action))


def repeated(pipeline: Resource) -> Iterator[tuple[Artifact, Artifact]]:
    """The artifacts of a pipeline whose name an earlier one in the template has, each behind that one."""
    first: dict[str, Artifact] = {}
    for artifact in outputs(pipeline):
        if artifact.name.text is not None:
            earlier = first.setdefault(artifact.name.text, artifact)
            if earlier is not artifact:
                yield earlier, artifact


def unmade(pipeline: Resource) -> Iterator[tuple[Artifact, Artifact]]:
    """The artifacts that an action of CodeBuild should make although its buildspec surely has no artifacts, each with
    the first artifact that another action takes under its name."""
    listed, first = stages(pipeline), dict[str | None, Artifact]()
    for taken in _artifacts(listed, "InputArtifacts"):
        first.setdefault(taken.name.text, taken)
    for artifact in _artifacts(listed, "OutputArtifacts"):
        spec = artifact.action.buildspec
        if (
            spec is None
            or not isinstance(spec.data.get("phases"), Mapping)
            or {"artifacts", "batch"} & spec.data.keys()
        ):
            continue
        name = artifact.name.text
        if name is not None and name in first:
            yield artifact, first[name]


def unlisted(pipeline: Resource) -> Iterator[tuple[Artifact, Sequence[str]]]:
    """The artifacts of builds with several that surely are none of the secondary artifacts of the buildspec, each with
    the names of these: only a single artifact is made of what stands directly under artifacts."""
    for artifact in outputs(pipeline):
        spec, count = artifact.action.buildspec, len(artifact.action.value.get("OutputArtifacts").items)
        if spec is None or count < 2 or UNKNOWN in spec.text or "batch" in spec.data:
            continue
        listed = spec.data.get("artifacts")
        own = listed.get("secondary-artifacts") if isinstance(listed, Mapping) else None
        if isinstance(own, Mapping) and artifact.name.text is not None and artifact.name.text not in own:
            yield artifact, [f"{name}" for name in own]


def outputs(pipeline: Resource) -> Iterator[Artifact]:
    """The artifacts that the actions of a pipeline make."""
    return _artifacts(stages(pipeline), "OutputArtifacts")


def _artifacts(listed: Sequence[Stage], path: str) -> Iterator[Artifact]:
    for number, stage in enumerate(listed):
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
