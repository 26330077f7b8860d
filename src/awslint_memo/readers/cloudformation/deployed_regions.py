"""In which Regions a template surely is deployed: those that the user gives, its samconfig names, or commands do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.model.dependencies import note
from awslint_memo.model.deployment_words import REGION
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.readers.cloudformation.stack import StackDeployment
from awslint_memo.readers.sam import samconfig
from awslint_memo.relations import commanded_regions


@record(frozen=True)
class DeployedRegion:
    """A Region in which a template is deployed. place: what tells so, with words; None for what the user gives."""

    region: str
    place: Span | None = None
    words: str = ""


def deployed_regions(stack: StackDeployment, files: Files) -> Sequence[DeployedRegion]:
    """The Regions of a stack that is not nested, each once: that of the deployment, else all that are known."""
    note(("parameter", stack.scope.prefix, REGION), stack.scope.answer("parameter", REGION))
    given = (stack.use.fixed or {}).get(REGION) or stack.use.told.get(REGION)
    if given is not None:
        return [DeployedRegion(given)]
    known: dict[str, DeployedRegion] = {}
    for one in _written(stack.document.source.path, files):
        known.setdefault(one.region, one)
    return list(known.values())


def _written(path: str, files: Files) -> Iterator[DeployedRegion]:
    for region, place in samconfig.regions(path, files):
        yield DeployedRegion(region, place, f"a samconfig deploys it in {region}")
    for commanded in commanded_regions.regions(path, files):
        yield DeployedRegion(commanded.region, commanded.place, commanded.words)
