"""The entries of a template, each with the deployments in which it leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.variation_search import described, search, variations
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Deployments
from awslint_memo.relations.recovery import entries
from awslint_memo.relations.recovery.timelines import Timeline


def timelines(found: Deployments, check_options: CheckOptions) -> list[Timeline]:
    """What of a template leads requests somewhere, each once, with the deployments where it isn't in all of them."""
    # The first of the records of a name tells it; the timeline is that of the one which leads to what is lost.
    names = dict.fromkeys(holder.name for holder in entries.holders(found.deployments))
    return entries.merged(timeline for name in names for timeline in _of_holder(name, found, check_options))


def _of_holder(name: str, found: Deployments, check_options: CheckOptions) -> Iterator[Timeline]:
    made: dict[int, dict[object, Timeline]] = {}

    def look(deployment: Deployment) -> Reads:
        deployment.declared = found.declared or check_options.declared
        with noted() as reads:
            holder = deployment.own.get(name)
            made[id(deployment)] = {} if holder is None else entries.by_what_is_told(entries.of_holder(holder))
        return reads

    differing = search(variations(found), name, look)
    groups: dict[object, tuple[set[int], Timeline]] = {}
    for number, deployment in enumerate(differing.deployments):
        for key, timeline in made.get(id(deployment), {}).items():
            groups.setdefault(key, (set[int](), timeline))[0].add(number)
    for numbers, timeline in groups.values():
        is_everywhere = len(numbers) == len(differing.deployments)
        yield timeline if is_everywhere else replace(timeline, deployment=described(numbers, differing))
