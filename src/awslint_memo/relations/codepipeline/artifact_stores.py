"""Where a pipeline keeps its artifacts: a store in each Region in which its actions run."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.pipelines import Action, actions


def regions(pipeline: Resource) -> list[str] | None:
    """The Regions of a pipeline's stores, empty where it has one store in its own Region; None where they are not
    known."""
    stores = pipeline.get("ArtifactStores").items
    named = [store.get("Region") for store in stores]
    known = [region.text for region in named if region.text is not None]
    is_whole = len(known) == len(stores) or (len(stores) == 1 and named[0].is_absent and bool(stores[0].fields))
    return known if is_whole else None


def without_store(pipeline: Resource) -> Iterator[tuple[Action, Value]]:
    """The actions that surely run in a Region in which the pipeline has no store, each with that Region. Of a pipeline
    with one store, those that surely run in another Region than it, or than the first one with a Region does."""
    stores = regions(pipeline)
    if stores is None:
        return
    is_single = bool(pipeline.get("ArtifactStore").fields) or len(pipeline.get("ArtifactStores").items) == 1
    for action in actions(pipeline):
        region = action.value.get("Region")
        if region.text is None:
            continue
        if not stores and is_single and _is_elsewhere(pipeline, region):
            yield action, region
            continue
        stores = stores or [region.text]
        if region.text not in stores:
            yield action, region


def _is_elsewhere(pipeline: Resource, region: Value) -> bool:
    from awslint_memo.relations import other_regions  # Few pipelines have actions in other Regions.

    return other_regions.is_elsewhere(pipeline, region)
