"""What a family needs in the Region that it is to move to: keys, secrets, certificates, images, parameters, layers,
roles and quotas, by what its own resources use in the primary Region; and whether each is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches, without_instance_keys
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations import elasticache
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.statements import every, some
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import (
    cluster_kinds,
    copied,
    counterpart_copies,
    counterpart_names,
    counterpart_uses,
    counterpart_values,
    failover_names,
    figures,
    service_types,
    stores,
    twins,
)
from awslint_memo.relations.recovery.counterpart_users import Abroad
from awslint_memo.relations.recovery.counterpart_uses import (
    HIDDEN,
    IMAGES,
    KEY,
    MACHINE_IMAGE,
    REPOSITORY,
    ROLE,
    Use,
)
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.spellings import spelled

_UNREAD = "by this name it stands in no template that was read"


@record(frozen=True)
class Counterpart:
    """Something that is needed in another Region. is_there: None if that is not told. why: in words.

    kind, name: what it is. users: what uses it in the primary Region. place: where it stands, or where it is named.
    page: AWS's page, where one says why. but, remedy: why what stands there
    may not serve, and what makes it; then is_there is None.
    """

    kind: str
    name: str
    is_there: bool | None
    why: str
    place: Place
    users: Sequence[Resource] = ()
    page: str = ""
    but: str = ""
    remedy: str = ""


def needed(family: Family, primary: str, region: str) -> list[Counterpart]:
    """What the resources of a family in its primary Region use that has to be in another one too, in order."""
    known: dict[tuple[str, str], list[Use]] = {}
    here = (primary, None)
    for use in (*counterpart_uses.in_regions(family, here), *counterpart_values.keepers(family, here)):
        if use.kind == KEY and use.user.type == HIDDEN and _is_copied(use.user, family, region):
            continue  # Its replica is encrypted with a key of its own Region.
        if not _stays_lost(use.user, family, here):
            known.setdefault((use.kind, use.name), []).append(use)
    abroad = Abroad(family, region, counterpart_uses.in_regions(family, (region,)))
    things = [_judged(uses, family, (primary, region), abroad) for uses in known.values()]
    return [*things, *_quotas(family, primary)]


_COPIED = (databases.CLUSTER, databases.INSTANCE, elasticache.GROUP, *cluster_kinds.KINDS)
"""Types of which a copy in another Region is a resource of its own."""


def _stays_lost(user: Resource, family: Family, here: Sequence[str | None]) -> bool:
    """Whether something is a copy of which the first data are in other Regions: it is not made again elsewhere."""
    is_part = user.type == databases.INSTANCE and databases.is_cluster_member(user)
    copy = user.follow("DBClusterIdentifier", databases.CLUSTER) if is_part else user
    if copy is None or copy.type not in _COPIED or not copied.note(copy):
        return False
    own = (member.resource for member in family.members(copy.type))
    first = [each for each in own if stores.store(each) is not None and not copied.note(each)]
    return bool(first) and all(family.region(each) not in here for each in first)


def _judged(uses: Sequence[Use], family: Family, sides: tuple[str, str], abroad: Abroad) -> Counterpart:
    """Whether something that is used in the primary Region is in the other one, and serves there."""
    first, (primary, region) = uses[0], sides
    users = list({use.user.title: use.user for use in uses}.values())
    is_there, why = _judge(first, family, region)
    thing = Counterpart(first.kind, first.name, is_there, why, first.place, users)
    namers = list(dict.fromkeys(each.title for each in abroad.naming_home(uses, primary)))
    if namers:
        whole, them = listed(namers, _MOST), "it" if len(namers) == 1 else "them"
        but = f"{whole} there {'names' if len(namers) == 1 else 'name'} that of {primary}, which is lost with it"
        more = replace(thing, why=f"{why}, but {but}")
        remedy = (
            f"Have {whole} name the one of {region}: first change what gives {them} that of"
            f" {primary} (reference, variable or parameter), as a deployment without that change gives it again."
        )
        return replace(more, is_there=None, but=but, remedy=remedy) if is_there else more
    is_settled = is_there or first.kind == ROLE or _is_pushed(first)
    own = [] if is_settled else [abroad.own(use) for use in uses]
    left = {use.user.title: use.user for use, other in zip(uses, own, strict=False) if other is None}
    if own and own[0] is not None and not left:
        user, named = own[0]
        why = f"{user.title} there names it, in place of {first.name}"
        return replace(thing, name=named.name, is_there=True, why=why)
    thing = replace(thing, users=list(left.values()) or users)
    but = "" if not is_there or first.target is None else counterpart_values.other(first.target, family, region)
    return replace(thing, is_there=None, why=f"{why}, but {but}", but=but, remedy=_SAME_VALUE) if but else thing


_SAME_VALUE = "Put the same value there, where it has to be the same (aws secretsmanager put-secret-value)."


def _is_copied(target: Resource, family: Family, region: str) -> bool:
    """Whether a replica of something surely is in a Region."""
    copied = counterpart_copies.of(target, family, region)
    return copied is not None and copied[0] is True


def _is_pushed(use: Use) -> bool:
    """Whether something has to bring what is used into its place: a repository of its own may have no images."""
    return use.target is not None and use.kind == IMAGES


def _judge(use: Use, family: Family, region: str) -> tuple[bool | None, str]:
    if use.target is not None:
        return _of_role(use.target, region) if use.kind == ROLE else _of_resource(use.target, family, region)
    if use.kind == MACHINE_IMAGE:
        return _machine(use.name, family, region)
    named = _by_name(use, family, region)
    if named is not None:
        return named
    if use.region == region:
        return True, "is named there" if use.kind == IMAGES else "is named by its ARN there"
    if use.kind == IMAGES:
        return None, "its repository stands in no template that was read"
    return None, "which Regions the key is replicated to" if use.is_copied else _UNREAD


def _of_role(role: Resource, region: str) -> tuple[bool | None, str]:
    """Roles are of all Regions; the conditions of their policies may leave some out."""
    allowed: list[bool | None] = []
    denied: list[bool | None] = []
    for statement in roles.policies(role).statements:
        tests = list(_region_tests(statement, region))
        if tests:
            (denied if statement.get("Effect").text == "Deny" else allowed).append(every(tests))
    if some(denied):
        return False, "a statement of its policies denies actions there"
    if allowed and some(allowed) is False:
        return False, "its policies name other Regions only"
    if None in (*allowed, *denied):
        return None, "which Regions its policies name"
    return True, "roles are of all Regions; what its policies name is not looked at"


def _region_tests(statement: Value, region: str) -> Iterator[bool | None]:
    """Whether requests to a Region meet each condition of a statement on the Region that is asked."""
    for test, keys in statement.get("Condition").fields.items():
        for key, value in keys.fields.items():
            if key.lower() == "aws:requestedregion":
                names = [item.text for item in value.items]
                fits = some(None if name is None else matches(name, region) for name in names)
                is_known = "string" in test.lower() and fits is not None
                yield fits is not ("not" in test.lower()) if is_known else None


_TEMPLATE = "AWS::EC2::LaunchTemplate"
_MOST = 3
"""How many of what may stand for something are named."""


def _of_resource(target: Resource, family: Family, region: str) -> tuple[bool | None, str]:
    """Whether something of the primary Region is replicated to another one, or has a twin there."""
    copied = counterpart_copies.of(target, family, region)
    if copied is not None:
        return copied
    if family.region(target) == region:
        return True, "stands there"
    others = twins.of_type(family, target.type, region)
    alike = others.by_tail.get(twins.tail(target), ())
    apart_by = {id(each): counterpart_names.is_for_other(target, each) for each in others.every}
    able = [each for each in others.every if apart_by[id(each)] is not True]
    near = twins.nearest(target, [each for each in alike if apart_by[id(each)] is not True])
    is_clear = all(apart_by[id(twin)] is False for twin in near)
    if is_clear and len({without_instance_keys(twin.name) for twin in near}) == 1:
        where = f"{near[0].title} of {near[0].place.span.path} stands there"
        # A repository of the same name has no images until something brings them there.
        return (None, _pushed(where, target, family, region)) if target.type == REPOSITORY else (True, where)
    if able:
        names = list(dict.fromkeys(each.title for each in near or able))
        return None, f"whether {', '.join(names[:_MOST])} there stands for it"
    apart = twins.of_run(target, region)
    if apart is not None:
        return None, apart
    if others.is_unclear or target.is_open or family.members("AWS::CloudFormation::StackSet"):
        return None, "the Region of what may stand for it"
    if others.every:
        return False, f"{others.every[0].title} there is for another domain"
    return False, "nothing in what was read stands for it there"


def _pushed(where: str, target: Resource, family: Family, region: str) -> str:
    """What is not known of the images of a repository that stands there, and what would tell it."""
    refused = counterpart_copies.refused_filter(family, region)
    words = "no replication that was read brings them" if refused is None else f"the filter {refused} does not"
    return f"whether images get there: {where}, but {words} (replicate {target.title})"


_NAMED = {
    "parameter": ("AWS::SSM::Parameter", "Name"),
    "secret": (HIDDEN, "Name"),
    IMAGES: (REPOSITORY, "RepositoryName"),
}


def _by_name(use: Use, family: Family, region: str) -> tuple[bool | None, str] | None:
    """Whether something that a text names is made in another Region under the same name; None where nothing is."""
    if use.kind not in _NAMED:
        return None
    type_, path = _NAMED[use.kind]
    for each in twins.of_type(family, type_, region).every:
        if _is_named(spelled(each.get(path), each) or "", use.name):
            where = f"{each.title} of {each.place.span.path} stands there"
            return (None, f"whether images get there: {where}") if use.kind == IMAGES else (True, where)
    return None


def _is_named(name: str, text: str) -> bool:
    """Whether a name stands in a text: at the end of the ARN of a secret are six characters that AWS chooses."""
    is_of_secret = text.startswith(f"{name}-") and len(text) == len(name) + 7
    return bool(name) and (name.lstrip("/") == text.lstrip("/") or is_of_secret)


def _machine(name: str, family: Family, region: str) -> tuple[bool | None, str]:
    """An image of a machine has another id in each Region, so what names one id there can't start."""
    for member in family.members(_TEMPLATE, "AWS::AutoScaling::LaunchConfiguration", service_types.INSTANCE):
        path = "LaunchTemplateData.ImageId" if member.resource.type == _TEMPLATE else "ImageId"
        if family.region(member.resource) == region and member.resource.get(path).text == name:
            return False, f"{member.resource.title} there names the same id, which is of one Region"
    return None, "a copy of it has another id there"


def _quotas(family: Family, primary: str) -> Iterator[Counterpart]:
    """The quotas that are worth asking for: those of what computes in the primary Region."""
    fact = figures.REGIONAL_QUOTAS
    users: dict[str, list[Resource]] = {}
    for member in family.members(*fact.value):
        is_home = family.region(member.resource) in (primary, None)
        if is_home and not failover_names.is_function_for_it(member.resource):
            users.setdefault(fact.value[member.resource.type], []).append(member.resource)
    for words, here in users.items():
        why = "an increase here does not apply there; ask for it there too"
        yield Counterpart("quota", words, None, why, here[0].place, here, fact.page)
