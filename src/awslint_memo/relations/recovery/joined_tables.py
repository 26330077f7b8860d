"""Tables of DynamoDB that a global table of version 2017.11.29 joins: each is a resource of its own, in a Region of its
own, and all have one name. And tables that another template has as a global table.
"""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.value import Value
from awslint_memo.relations import dynamodb
from awslint_memo.relations.recovery import families, regions, spellings
from awslint_memo.relations.recovery.recovery_paths import Method, Path

_NAME = "TableName"

JOINED = Fact(
    "usually propagated to all replica tables within seconds",
    page="amazondynamodb/latest/developerguide/globaltables_HowItWorks.html",
    read="2026-12-01",
)
"""AWS's words for how soon a table of version 2017.11.29 has what another one takes."""


def paths(store: Resource) -> list[Path] | None:
    """The tables of other Regions that a global table joins with a table, which take reads and writes already; None
    where no global table of this version has the name of it, or may."""
    joiners = [*_here(store), *_elsewhere(store)] if store.type == dynamodb.TABLE else []
    ways = [way for joiner, is_its in joiners for way in _of_joiner(store, joiner, is_its=is_its)]
    return ways if joiners else None


def declared_again(store: Resource) -> Resource | None:
    """The global table of another deployment of its family that is the same table: a Region has one of a name."""
    name = store.get(_NAME).text if store.type == dynamodb.TABLE else None
    if name is None or store.deployment.declared.landscape is None or not families.kin(store.deployment):
        return None
    with noted():
        every = [each.resource for each in families.family_of(store).elsewhere(dynamodb.GLOBAL_TABLE) if each.sure]
        named = [each for each in every if each.get(_NAME).text == name and not dynamodb.is_version_2017(each)]
        return next((each for each in named if regions.are_in_one(store, each)), None)


def _here(store: Resource) -> Iterator[tuple[Resource, bool]]:
    """The global tables of the deployment that join a table, or may, each with whether it surely does."""
    name = store.get(_NAME)
    for joiner in store.deployment.of_type(dynamodb.GLOBAL_TABLE):
        named = joiner.terraform.joined_tables
        is_linked = store.deployment.find(named, dynamodb.TABLE) is store
        fits = True if is_linked else False if named.is_absent else named.is_same_as(name)
        if fits is not False:
            yield joiner, fits is True


def _elsewhere(store: Resource) -> Iterator[tuple[Resource, bool]]:
    """Those of other deployments of its family."""
    names = spellings.names_under(store, _NAME)
    if store.deployment.declared.landscape is None or not families.kin(store.deployment):
        return
    for member in families.family_of(store).elsewhere(dynamodb.GLOBAL_TABLE):
        with noted():
            named = member.resource.terraform.joined_tables
            fits = spellings.may_be_named(named, member.resource, names)
        if fits is not False:
            yield member.resource, fits is True and member.sure


def _of_joiner(store: Resource, joiner: Resource, *, is_its: bool) -> Iterator[Path]:
    """What one of them says of the other Regions; the table's own is one that it joins, or the table is another one."""
    home, joined = regions.name(store), joiner.get("Replicas").items
    named = [each.get("Region") for each in joined]
    if home is not None and all(region.text not in (home, None) for region in named):
        return
    is_sure = is_its and home is not None and any(region.text == home for region in named)
    for region in named:
        if region.text is None or region.text != home:
            yield _path(store, joiner, region, is_sure=is_sure and region.text is not None)


def _path(store: Resource, joiner: Resource, region: Value, *, is_sure: bool) -> Path:
    doubt = f'how many seconds are lost: AWS says "{JOINED.value}"', "ask for 1m or more, and watch ReplicationLatency"
    if not is_sure:
        doubt = f"whether {joiner.title} joins it, and in which Regions", "give its name and Region, and those joined"
    return Path(
        "replica in another Region",
        0,
        Method.NOTHING,
        JOINED.page,
        sure=is_sure,
        because=((region.place, f"{joiner.title}, of version 2017.11.29, joins a table of its name there"),),
        region=region.text,
        quoted=JOINED.value,
        by=_other(store, region),
        doubt=doubt,
    )


def _other(store: Resource, region: Value) -> Resource | None:
    """The table of the same name in another Region, where it was read with it."""
    others = (other for other in store.deployment.of_type(dynamodb.TABLE) if other is not store)
    name = store.get(_NAME)
    alike = (other for other in others if other.get(_NAME).is_same_as(name) is True)
    return next((other for other in alike if region.text is not None and regions.name(other) == region.text), None)
