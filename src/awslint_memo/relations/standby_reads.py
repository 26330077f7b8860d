"""What a standby in a second Region reads of the primary's when it starts: a secret, a bucket, images, a parameter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import commanded_regions
from awslint_memo.relations.recovery import regions

READ: Mapping[str, tuple[str, ...]] = {
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData.UserData",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions",),
    "AWS::Lambda::Function": ("Code", "Environment.Variables", "Layers"),
}
"""What is read when something starts, by its type."""

_READ_FROM: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "AWS::ECR::Repository": ("the images in", ("RepositoryUri",)),
    "AWS::Lambda::LayerVersion": ("the layer", ()),
    "AWS::S3::Bucket": ("the bucket", ()),
    "AWS::SSM::Parameter": ("the parameter", ("Arn",)),
    "AWS::SecretsManager::Secret": ("the secret", ("Arn", "Ref")),
}
"""What stands in one Region, by type, in words, and the attributes by which it is read there; empty for all.

By a name, a replica in the own Region would be read."""

_ARN = regex(r"arn:aws[a-z-]*:(secretsmanager|ssm):([a-z]{2}(?:-[a-z]+)+-\d):")
_REGISTRY = regex(r"\.dkr\.(ecr)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws")
_WORDS = {"ecr": "images", "secretsmanager": "a secret", "ssm": "a parameter"}


@record(frozen=True)
class Read:
    """Something of the primary Region. place: the value that names it. what: in words. region: the primary one; empty
    where it is not known. target: the resource, if it is of here."""

    place: Value
    what: str
    region: str
    target: Resource | None = None


def reads(resource: Resource) -> list[Read]:
    """What a resource surely reads in another Region than its own, each once."""
    found: dict[str, Read] = {}
    for path in READ[resource.type]:
        for value in _leaves(resource.get(path)):
            for read in (*_linked(resource, value), *_written(resource, value)):
                found.setdefault(read.what, read)
    return list(found.values())


def _leaves(value: Value) -> Iterator[Value]:
    # A single value is the only item of itself.
    inner = [part for part in (*value.items, *value.fields.values()) if part is not value]
    yield from () if inner else (value,)
    for part in inner:
        yield from _leaves(part)


def _linked(resource: Resource, value: Value) -> Iterator[Read]:
    links = [value] if isinstance(value, Link) else value.mentions()
    for link in links:
        target = resource.deployment.own.get(link.resource)
        words, attributes = ("", ()) if target is None else _READ_FROM.get(target.type, ("", ()))
        if target is None or not words or (attributes and link.attribute not in attributes):
            continue
        if regions.is_apart(resource, target):
            where = regions.told(target)
            yield Read(value, f"{words} {target.title}", "" if where is None else where.text or "", target)


def _written(resource: Resource, value: Value) -> Iterator[Read]:
    """What ARNs and addresses name that are the same in each deployment."""
    text = value.text or "".join(piece.text or "" for piece in value.pieces)
    for pattern in (_ARN, _REGISTRY):
        for match in pattern.finditer(text):
            if _is_elsewhere(resource, match[2], value):
                yield Read(value, _WORDS[match[1]], match[2])


def _is_elsewhere(resource: Resource, region: str, value: Value) -> bool:
    own = regions.told(resource)
    if own is not None:
        return own.text is not None and own.text != region
    commanded = commanded_regions.of_resource(resource) if commanded_regions.is_fixed(value) else ()
    return bool(commanded) and all(one.region != region for one in commanded)
