"""What a second deployment of a template or root makes of its stores, and which of them it can't make, as they stand in
the other Region already or as what is restored there takes their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.phrases import listed
from awslint_memo.relations import dynamodb, mentions
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cluster_kinds, counterpart_values, regions, same_names, stores
from awslint_memo.relations.recovery.gaps import Held, Sides
from awslint_memo.relations.recovery.recovery_paths import Method
from awslint_memo.relations.recovery.runbooks import scopes, snapshots
from awslint_memo.relations.recovery.runbooks.tasks import NAMED

_SAME_NAME = (dynamodb.TABLE, dynamodb.GLOBAL_TABLE, "AWS::Cassandra::Table")
"""Types whose replicas in other Regions have the name of the table."""


def uncopied(sides: Sides) -> Iterator[Resource]:
    """The stores without a copy, where nothing that computes was read: the template that makes them has to be deployed
    in the other Region all the same, with the queues, streams and keys that others use. Not those of a root: one that
    has the bucket of its state would be applied against an empty one."""
    if sides.region is None or sides.family.kin or sides.at_home() or sides.computes(there=None):
        return
    for held in sides.held:
        is_here = held.sure and sides.family.region(held.resource) == sides.primary
        if is_here and not held.ways and held.resource.language != "terraform":
            yield held.resource


def notes(sides: Sides, first: Resource) -> Iterator[str]:
    """What is to be known of the stores of the template or root of a resource before that is deployed."""
    held = [each for each in sides.held if each.resource.deployment is first.deployment]
    standing = [each.resource for each in held if _stands(each, sides.region)]
    if standing:
        titles = listed(_titles(standing), NAMED)
        are, it = ("is", "it") if len(standing) == 1 else ("are", "them")
        yield f"{titles} {are} in {sides.there} already, as a replica of that name: {_taken_in(standing, it)}"
        yield from _kept_at_home(sides, standing)
    yield from _made_by_others(first)
    others = [each for each in held if not _stands(each, sides.region)]
    there = _of_region(sides, first)
    if there is not None:
        stores_there = [each.resource for each in stores.stores(there)]
        names = [each.title for each in standing]
        yield from _of_stack([each for each in stores_there if each.title not in names], sides.there, others)
        return
    if first.language == "terraform":
        yield from _of_root(others)
        yield from _made_before(first, sides)
        return
    yield from _of_stack([each.resource for each in others], sides.there, others)


def _titles(resources: Iterable[Resource]) -> list[str]:
    return list(dict.fromkeys(each.title for each in resources))


def _taken_in(standing: Sequence[Resource], it: str) -> str:
    """How a deployment comes by what is there already, which it can't make."""
    users = _users(standing)
    if not users:
        return f"leave {it} out of the deployment, which fails otherwise."
    how = _importing(standing)
    they = "they" if it == "them" else it
    return f"have the deployment import {it} ({how}), or it fails; left out, {they} would be missing to {users}."


def _kept_at_home(sides: Sides, standing: Sequence[Resource]) -> Iterator[str]:
    """A root that is applied elsewhere sees the lost Region as one that no `replica` block of the table names."""
    tables = [each for each in standing if each.language == "terraform" and each.type == dynamodb.TABLE]
    if tables and sides.primary is not None and _users(standing):
        titles = listed(_titles(tables), NAMED)
        yield (
            f"Before the apply, have the `replica` of {titles} name {sides.primary} in place of {sides.region}, or have"
            " that ignored (lifecycle ignore_changes = [replica]): else the plan deletes the replica in"
            f" {sides.primary}, with what was not copied yet."
        )


def _importing(resources: Sequence[Resource]) -> str:
    """The call that takes what is there into a stack or state."""
    if resources[0].language == "terraform":
        return "terraform import, before the apply"
    return IMPORTED.value


IMPORTED = Fact(
    "with its name written out and DeletionPolicy Retain, create-change-set --import-existing-resources, not deploy",
    page="AWSCloudFormation/latest/UserGuide/import-resources-automatically.html",
    read="2026-12-02",
)
"""What a template and a call need so that a stack takes in what is there under a name."""


def _users(resources: Sequence[Resource]) -> str:
    """What refers to some resources, each with the attributes; empty where nothing does."""
    found: dict[str, dict[str, None]] = {}
    for each in resources:
        for title, attributes in mentions.holders(each).items():
            found.setdefault(title, {}).update(dict.fromkeys(attributes))
    own = {each.title for each in resources}
    words = [f"{title} ({', '.join(names)})" for title, names in found.items() if title not in own]
    return listed(words, NAMED)


def _made_by_others(first: Resource) -> Iterator[str]:
    """That another template makes a store of the same name: whichever is deployed later fails."""
    for store in stores.stores(first.deployment):
        for other in same_names.made_again(store.resource)[:1]:
            span = other.place.span
            yield (
                f"{store.resource.title} is made by {span.path} too (line {span.line}), by the same name, of which a"
                " Region of an account has one: of two stacks in one, that which is deployed later fails at it."
            )


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
        yield f"It makes {listed(empty, NAMED)} anew and empty."
    if kept:
        yield _brought_back([store for store in made if store.title in kept])
    for store in made:
        if by := snapshots.made_from(store):
            yield f"It makes {store.title} from the snapshot that {by} names: copy that to {there} first."


def _brought_back(restored: Sequence[Resource]) -> str:
    """How what is restored or promoted, and what makes a thing of that name, do not stand in each other's way."""
    titles, users = _titles(restored), _users(restored)
    they, it, are = ("it", "it", "is") if len(titles) == 1 else ("they", "them", "are")
    beside = f" and what refers to {it}, {users},{_in_turn(restored)}" if users else ""
    promoted = " or promoted" if any(each.type in _PROMOTED for each in restored) else ""
    return (
        f"Where {listed(titles, NAMED)} {are} restored{promoted}, leave {it}{beside} out of the first deployment, and"
        f" have a second one import {it} once {they} {are} there ({_importing(restored)})."
    )


def _in_turn(left: Sequence[Resource]) -> str:
    """What else a template can't have without some resources: what refers to those that do, and outputs."""
    if left[0].language == "terraform":
        return ""
    titles = mentions.holders_in_turn(left)
    turn = f" and what refers to these in turn, {listed(titles, NAMED)}," if titles else ""
    named = [link.resource for output in left[0].deployment.outputs for link in output.mentions()]
    outputs = " and the outputs that name them," if {each.name for each in left} & {*named} else ""
    return f"{turn}{outputs}"


_PROMOTED = (databases.INSTANCE, databases.CLUSTER, *cluster_kinds.KINDS)
"""Types of which a copy in another Region is promoted."""


def _of_root(others: Sequence[Held]) -> Iterator[str]:
    """A name that the root has taken is refused to what is restored, and the other way round."""
    # What has no way back is made anew in any case.
    by_way = {id(each): {way.back for way in each.ways} for each in others}
    restored = [each.resource for each in others if Method.RESTORE in by_way[id(each)]]
    promoted = [each.resource for each in others if by_way[id(each)] & {Method.PROMOTE, Method.START}]
    empty = [each.resource for each in others if each.resource not in restored]
    if restored:
        titles, users = _titles(restored), _users(restored)
        they, it, are = ("it", "it", "is") if len(titles) == 1 else ("they", "them", "are")
        turn = listed(mentions.holders_in_turn(restored), NAMED)
        beside = f", with what refers to {it} ({users}{f'; and in turn {turn}' if turn else ''})" if users else ""
        yield (
            f"It makes {listed(titles, NAMED)} anew and empty, and by the name under which {they} {are} restored: leave"
            f" {it} out of it{beside}, and import {it} into its state (terraform import) once {they} {are} restored."
        )
        if users:
            yield _IN_TWO
    if empty:
        yield f"It makes {listed(_titles(empty), NAMED)} anew and empty."
    if any(each not in restored for each in promoted):
        yield _brought_back([each for each in promoted if each not in restored])
    # Of these it is asked whether anybody has a copy.
    perhaps = [each.resource for each in others if not each.ways and stores.bound(each.resource, "region").ways]
    if perhaps:
        yield _brought_back(perhaps)
    titles = _titles(restored)
    for each in others:
        store = each.resource
        made = counterpart_values.password(store) if store.title in titles else ""
        if made:
            yield (
                f"{made} makes another password in that state: once {store.title} is"
                " restored, have it take that one (--master-user-password), or what uses it is refused."
            )


_IN_TWO = (
    "So apply it twice: now for what the restore needs (network, subnet and security groups, keys), and once more, with"
    " what was left out, when the data are there."
)


def waiting(sides: Sides, first: Resource) -> set[str]:
    """The titles of what a root can't make before its stores are restored, as it refers to these, also in turn."""
    if first.language != "terraform":
        return set()
    held = [each for each in sides.held if each.resource.deployment is first.deployment]
    own = [each.resource for each in held if Method.RESTORE in {way.back for way in each.ways}]
    return {title for each in own for title in mentions.holders(each)} | {*mentions.holders_in_turn(own)}


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
