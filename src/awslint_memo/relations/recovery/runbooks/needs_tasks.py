"""What has to be in another Region before what needs it starts: images, secrets, certificates and the like."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery import counterpart_uses, counterparts
from awslint_memo.relations.recovery.counterpart_uses import IMAGES
from awslint_memo.relations.recovery.counterparts import Counterpart
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.runbooks import task_definitions
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    aws,
    home_word,
    region_word,
    tabled,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.relations.recovery.timelines import Step

_KINDS: Mapping[str, tuple[str, str, str, str]] = {
    "bucket of code": (
        *("s3api", "list-buckets", "Buckets[].Name"),
        "Make a bucket there, and upload the code to it.",
    ),
    "certificate": (
        *("acm", "list-certificates", "CertificateSummaryList[].[DomainName,Status]"),
        "Request one for the same names there (aws acm request-certificate), and validate it.",
    ),
    IMAGES: (
        *("ecr", "describe-repositories", "repositories[].repositoryName"),
        "Push them to a repository there, from what builds them; before a loss, replicate them (aws ecr"
        " put-replication-configuration).",
    ),
    "key": (
        *("kms", "list-aliases", "Aliases[].[AliasName,TargetKeyId]"),
        "Make one there (aws kms create-key); what the old one encrypts is not read with it.",
    ),
    "layer": (
        *("lambda", "list-layers", "Layers[].LayerName"),
        "Publish it there (aws lambda publish-layer-version).",
    ),
    "machine image": (
        *("ec2", "describe-images", "Images[].[ImageId,Name]"),
        "Copy it there before a loss (aws ec2 copy-image); its id is another one there.",
    ),
    counterpart_uses.CACHE_SUBNETS: (
        *("elasticache", "describe-cache-subnet-groups", "CacheSubnetGroups[].[CacheSubnetGroupName,VpcId]"),
        "Make one there, of subnets in two zones of a VPC of that Region (aws elasticache create-cache-subnet-group).",
    ),
    counterpart_uses.GROUP: (
        *("ec2", "describe-security-groups", "SecurityGroups[].[GroupId,GroupName,VpcId]"),
        "Make one in the VPC there (aws ec2 create-security-group), which lets in what uses the store, by its group.",
    ),
    counterpart_uses.SUBNETS: (
        *("rds", "describe-db-subnet-groups", "DBSubnetGroups[].[DBSubnetGroupName,VpcId]"),
        "Make one there, of subnets in two zones of a VPC of that Region (aws rds create-db-subnet-group).",
    ),
    "parameter": (
        *("ssm", "describe-parameters", "Parameters[].Name"),
        "Put it there with its value (aws ssm put-parameter).",
    ),
    "secret": (
        *("secretsmanager", "list-secrets", "SecretList[].Name"),
        "Make it there with its value; before a loss, replicate it (aws secretsmanager replicate-secret-to-regions).",
    ),
}
"""By what reports call it, the call that lists what is there, what is shown of the answer, and how it is made there."""


def before(sides: Sides, made: Collection[str]) -> Iterator[Task | Question]:
    """What is made before anything is deployed, and what has to be looked for. made: the names of what is made
    by what is deployed there."""
    if sides.primary is None or sides.region is None:
        return
    is_running = bool(sides.at_home())
    missing: dict[str, list[Counterpart]] = {}
    unclear: dict[str, list[Counterpart]] = {}
    for need in counterparts.needed(sides.family, sides.primary, sides.region):
        # Without what computes, a store needs its network alone.
        if not is_running and need.kind not in counterpart_uses.NETWORK:
            continue
        if need.but:
            yield _unfit(sides, need)
        elif need.is_there is not True and need.kind in _KINDS and not _is_made(need, made):
            (unclear if need.is_there is None else missing).setdefault(need.kind, []).append(need)
    for kind, needs in unclear.items():
        reasons = tuple((need.place, need.why) for need in needs[:NAMED])
        what = f"whether {sides.region} has {_named(kind, needs)}"
        looks, is_early = _listing(sides, kind, needs), kind in counterpart_uses.NETWORK
        yield Question(what, None, looks, reasons, notes=[f"If not: {_how(kind)}"], is_early=is_early)
    for kind, needs in missing.items():
        own = [need.name for need in needs if kind == IMAGES and need.name in made]
        yield _missing(sides, kind, needs, own)
    if is_running:
        yield from task_definitions.registered(sides)


def _is_made(need: Counterpart, made: Collection[str]) -> bool:
    """Whether the deployment makes it; the images in a repository it does not."""
    return need.kind != IMAGES and need.name in made


def _unfit(sides: Sides, need: Counterpart) -> Task:
    """What stands there and may not serve as it is."""
    what = f"See that {_named(need.kind, [need])} in {sides.region} can be used there: {need.but}"
    step = Step("capacity", what, by_person=True, because=((need.place, need.why),))
    return Task("prepare", step, None, sides.region, notes=[need.remedy])


def _missing(sides: Sides, kind: str, needs: Sequence[Counterpart], made: Sequence[str]) -> Task:
    """What has to be brought there. made: the repositories that what is deployed there makes, without images."""
    users = list(dict.fromkeys(user.title for need in needs for user in need.users))
    what = f"See that {sides.region} has {_named(kind, needs)}, before {listed(users, NAMED)} can be used there"
    reasons = tuple((need.place, need.why) for need in needs[:NAMED])
    step = Step("capacity", what, by_person=True, because=reasons, untold=["how long that takes (declare `measured`)"])
    notes = [_how(kind)]
    if made:
        notes.append(
            f"{listed(made, NAMED)}: what is deployed there makes it. Have that make it first, and push then; made by"
            " hand under its name, the deployment fails for a name that is taken."
        )
    looks, is_early = _listing(sides, kind, needs), kind in counterpart_uses.NETWORK
    return Task("prepare", step, None, sides.region, "", looks, notes, is_from_copy=is_early)


def _named(kind: str, needs: Sequence[Counterpart]) -> str:
    names = listed([need.name for need in needs], NAMED)
    if kind == IMAGES:
        return f"the images {names}"
    return f"the {kind}{'s' if len(needs) > 1 and not kind.endswith('code') else ''} {names}"


def _listing(sides: Sides, kind: str, needs: Sequence[Counterpart]) -> list[Command]:
    """What lists what is there: an image, which may be anybody's, has the name and the owner that it has at home."""
    service, call, query, _ = _KINDS[kind]
    where = region_word(sides.region)
    if kind != "machine image":
        return [tabled(aws(service, call, where), query)]
    ids = list(dict.fromkeys(need.name for need in needs))
    if not all(map(_IMAGE.fullmatch, ids)):
        return [tabled(aws(service, call, where, "--owners", "self"), query)]
    found: list[Command] = []
    for one in ids[:NAMED]:
        look = aws(service, call, home_word(sides.primary), "--image-ids", one)
        asked = Command((*look.words, "--query", "Images[0].Name", "--output", "text"))
        name = Unfilled(variable(one, "name"), f"name of the image {one}", asked, before="Name=name,Values=")
        found += [tabled(look, "Images[].[Name,OwnerId]"), tabled(aws(service, call, where, "--filters", name), _OWNED)]
    return found


_IMAGE = regex(r"ami-[0-9a-f]+")
_OWNED = "Images[].[ImageId,Name,OwnerId]"


def _how(kind: str) -> str:
    return _KINDS[kind][3]
