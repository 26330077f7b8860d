"""What a second deployment of a template or root makes of its stores, and which of them it can't make, as they stand in
the other Region already or as what is restored there takes their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.phrases import listed
from awslint_memo.relations import dynamodb
from awslint_memo.relations.recovery import counterpart_values, regions, stores
from awslint_memo.relations.recovery.gaps import Held, Sides
from awslint_memo.relations.recovery.recovery_paths import Method
from awslint_memo.relations.recovery.runbooks import scopes, snapshots
from awslint_memo.relations.recovery.runbooks.tasks import NAMED

_SAME_NAME = (dynamodb.TABLE, dynamodb.GLOBAL_TABLE, "AWS::Cassandra::Table")
"""Types whose replicas in other Regions have the name of the table."""


def notes(sides: Sides, first: Resource) -> Iterator[str]:
    """What is to be known of the stores of the template or root of a resource before that is deployed."""
    held = [each for each in sides.held if each.resource.deployment is first.deployment]
    standing = [each.resource.title for each in held if _stands(each, sides.region)]
    if standing:
        are, them = ("is", "it") if len(standing) == 1 else ("are", "them")
        yield (
            f"{listed(standing, NAMED)} {are} in {sides.there} already, as a replica of that name: leave {them} out of"
            " the deployment, which fails otherwise."
        )
    others = [each for each in held if not _stands(each, sides.region)]
    there = _of_region(sides, first)
    if there is not None:
        stores_there = [each.resource for each in stores.stores(there)]
        yield from _of_stack([each for each in stores_there if each.title not in standing], sides.there, others)
        return
    if first.language == "terraform":
        yield from _of_root(others)
        yield from _made_before(first, sides)
        return
    yield from _of_stack([each.resource for each in others], sides.there, others)


def _of_region(sides: Sides, first: Resource) -> Deployment | None:
    """What the template of a resource makes in the other Region, where its conditions tell the Regions apart."""
    own = scopes.path(first.deployment)
    for kin in sides.family.kin:
        there = kin.deployment
        if there.is_supposed and there.name == sides.region and scopes.path(there) == own:
            return there
    return None


def _stands(held: Held, region: str | None) -> bool:
    """Whether a replica of a table surely is in a Region, by the table's name."""
    if region is None or held.resource.type not in _SAME_NAME:
        return False
    return any(way.sure and way.back == Method.NOTHING and way.region == region for way in held.ways)


def _of_stack(made: Sequence[Resource], there: str, held: Sequence[Held]) -> Iterator[str]:
    """What comes from a snapshot is not empty; what has no way back is not restored."""
    empty = list(dict.fromkeys(store.title for store in made if not snapshots.made_from(store)))
    lost = [each.resource.title for each in held if not stores.bound(each.resource, "region").ways]
    kept = [title for title in empty if title not in lost]
    if empty:
        them = listed(kept, NAMED) if len(kept) < len(empty) else "it" if len(kept) == 1 else "them"
        how = f"; restore beside {them}, or leave {them} out" if kept else ""
        yield f"It makes {listed(empty, NAMED)} anew and empty{how}."
    for store in made:
        if by := snapshots.made_from(store):
            yield f"It makes {store.title} from the snapshot that {by} names: copy that to {there} first."


def _of_root(others: Sequence[Held]) -> Iterator[str]:
    """A name that the root has taken is refused to what is restored, and the other way round."""
    restored: list[str] = []
    empty: list[str] = []
    for each in others:
        # What has no way back is made anew in any case.
        is_restored = any(way.back == Method.RESTORE for way in each.ways)
        (restored if is_restored else empty).append(each.resource.title)
    if restored:
        titles = list(dict.fromkeys(restored))
        they, them, are = ("it", "it", "is") if len(titles) == 1 else ("they", "them", "are")
        yield (
            f"It makes {listed(titles, NAMED)} anew and empty, and by the name under which {they} {are} restored: leave"
            f" {them} out of it, and import {them} into its state (terraform import) once {they} {are} restored."
        )
    if empty:
        yield f"It makes {listed(list(dict.fromkeys(empty)), NAMED)} anew and empty."
    for each in others:
        store = each.resource
        made = counterpart_values.password(store) if store.title in restored else ""
        if made:
            yield (
                f"{made} makes another password in that state: once {store.title} is"
                " restored, have it take that one (--master-user-password), or what uses it is refused."
            )


def _made_before(first: Resource, sides: Sides) -> Iterator[str]:
    """What the root has in the other Region by another provider is not lost, and can't be made a second time."""
    if sides.region is None:
        return
    there = [each.title for each in first.deployment.own.values() if regions.name(each) == sides.region]
    if there:
        yield (
            f"By a provider of {sides.region}, {listed(list(dict.fromkeys(there)), NAMED)}"
            f" {'is' if len(there) == 1 else 'are'} there already: leave out what has this provider, or the deployment"
            " fails for names that are taken."
        )
