"""Where a pipeline keeps its artifacts: a store in each Region in which its actions run, and in its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.codepipeline.pipelines import Action, actions

_OWN = "AWS::Region"


@record(frozen=True, eq=False)
class Lacking:
    """An action that runs in a Region without a store. is_sure: whether it does wherever the pipeline is; else it is
    without one unless the pipeline itself is in that Region."""

    action: Action
    region: Value
    is_sure: bool


@record(frozen=True)
class _Stores:
    """The Regions of a pipeline's stores, and whether one store is in that of the pipeline, whichever it is."""

    names: Sequence[str]
    has_own: bool


def without_store(pipeline: Resource) -> Iterator[Lacking]:
    """The actions that run in a Region in which the pipeline has no store.

    Where the pipeline has one in its own Region, and nobody tells which that is, the first other Region may be it. If
    some actions name no Region, those that name one are meant to run elsewhere, but may not.
    """
    stores = _stores(pipeline)
    if stores is None:
        return
    doubtful: Lacking | None = None
    is_any_sure = False
    elsewhere = ((action, action.value.get("Region")) for action in actions(pipeline))
    told = [(action, region) for action, region in elsewhere if region.text not in (None, *stores.names)]
    own = _own(pipeline) if told and stores.has_own else None
    for action, region in told:
        if region.text == own:
            continue
        if stores.has_own and own is None and not _is_elsewhere(pipeline, region):
            own, doubtful = region.text, Lacking(action, region, is_sure=False)
            continue
        is_any_sure = True
        yield Lacking(action, region, is_sure=True)
    if doubtful is not None and not is_any_sure and _runs_at_home(pipeline):
        yield doubtful


def without_own(pipeline: Resource) -> str | None:
    """The Region of a pipeline that surely lists stores for other Regions alone; else None."""
    named = [store.get("Region").text for store in pipeline.get("ArtifactStores").items]
    own = _own(pipeline) if named and None not in named else None
    return None if own in named else own


def _own(pipeline: Resource) -> str | None:
    from awslint_memo.relations.recovery import regions  # Few actions run elsewhere.

    own = regions.told(pipeline)
    return None if own is None else own.text


def _stores(pipeline: Resource) -> _Stores | None:
    """The stores of a pipeline; None where one is not known."""
    stores = pipeline.get("ArtifactStores").items
    if not stores:
        return _Stores((), has_own=True) if pipeline.get("ArtifactStore").fields else None
    named = [store.get("Region") for store in stores]
    known = [region.text for region in named if region.text is not None]
    if len(stores) == 1 and named[0].is_absent and stores[0].fields:
        return _Stores((), has_own=True)
    others = [region for region in named if region.text is None]
    is_own = all(isinstance(region, Unknown) and region.key == _OWN for region in others)
    return _Stores(known, has_own=bool(others)) if is_own else None


def _runs_at_home(pipeline: Resource) -> bool:
    """Whether a pipeline has an action of AWS's own that surely names no Region, so that it runs in the pipeline's."""
    own = (action for action in actions(pipeline) if action.value.get("ActionTypeId.Owner").text == "AWS")
    return any(action.category not in (None, "Approval") and action.value.get("Region").is_absent for action in own)


def _is_elsewhere(pipeline: Resource, region: Value) -> bool:
    from awslint_memo.relations import other_regions  # Few pipelines have actions in other Regions.

    return other_regions.is_elsewhere(pipeline, region)
