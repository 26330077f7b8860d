"""URLs of caches that programs are told, and whether their scheme goes with the encryption of connections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import elasticache as caches
from awslint_memo.relations import store_endpoints

PLAIN, SECURE = "redis://", "rediss://"

_SERVERLESS, _MEMORY_DB = "AWS::ElastiCache::ServerlessCache", "AWS::MemoryDB::Cluster"

_SETTINGS: Mapping[str, str] = {
    caches.GROUP: "TransitEncryptionEnabled",
    caches.NODE_CLUSTER: "TransitEncryptionEnabled",
    _MEMORY_DB: "TLSEnabled",
}
"""By type of cache, the property that encrypts its connections. Those of a serverless cache always are
(https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html)."""

_BY_DEFAULT = fact(
    ("AWS::MemoryDB::Cluster",),
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-memorydb-cluster.html",
    read="2026-12-02",
)
"""The types whose connections are encrypted where nobody says so; those of a replication group are not
(https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html)."""

_BOTH = fact("preferred", page="AmazonElastiCache/latest/dg/in-transit-encryption-enable.html", read="2026-12-02")
"""The TransitEncryptionMode with which a cache takes plain connections too."""

_OF_ENGINE = ("redis", "valkey")
_COPIED = ("GlobalReplicationGroupId", "PrimaryClusterId", "SnapshotArns", "SnapshotName")
"""What a group may have its setting from."""

_SAYS_TLS = frozenset(("insecure", "ssl", "tls"))
"""Words of other variables by which a program may be told to use TLS whatever the URL says. Chosen."""


@record(frozen=True, eq=False)
class Clash:
    """A URL whose scheme its cache does not take. name: under which it is told; setting: what says so of the cache."""

    name: str
    value: Value
    cache: Resource
    setting: Value | None
    is_plain: bool


def clashes(teller: Resource) -> Iterator[Clash]:
    """The URLs of caches that a resource tells programs, whose connections surely fail: plain ones where the cache
    takes TLS alone and no other variable speaks of it, and those with TLS where it takes none."""
    told = [*store_endpoints.named_values(teller)]
    words = {word for name, _ in told for word in name_words(name)}
    for name, value in told:
        cache = _cache_of(teller, value)
        is_plain = (value.pieces[0].text or "").lower().startswith(PLAIN) if value.pieces else False
        if cache is None or (is_plain and not _SAYS_TLS.isdisjoint(words)):
            continue
        if takes_tls_only(cache) is is_plain:
            path = _SETTINGS.get(cache.type)
            yield Clash(name, value, cache, None if path is None else cache.get(path), is_plain)


def _cache_of(teller: Resource, value: Value) -> Resource | None:
    """The cache whose endpoint surely is the one of a URL; None where there are several, or none."""
    pieces = value.pieces
    begin = (pieces[0].text or "").lower() if pieces else ""
    if not begin.startswith((PLAIN, SECURE)) or value.text is not None or " " in begin or "," in begin:
        return None
    links = [link for piece in pieces for link in _links(piece) if "oken" not in link.attribute]
    names = {link.resource for link in links if "address" in link.attribute.lower()}
    found = teller.deployment.resource(names.pop()) if len(names) == 1 else None
    return found if found is not None and found.type in (*_SETTINGS, _SERVERLESS) else None


def _links(piece: Value) -> Iterator[Link]:
    yield from piece.mentions()
    if isinstance(piece, Unknown) and isinstance(piece.attribute, Link):
        yield piece.attribute


def takes_tls_only(cache: Resource) -> bool | None:
    """Whether a cache surely takes connections with TLS alone (True), or surely none (False); else None."""
    if cache.type == _SERVERLESS:
        return True if cache.get("Engine").is_one_of(*_OF_ENGINE) else None
    setting = cache.get(_SETTINGS[cache.type])
    if setting.is_absent:
        return cache.type in _BY_DEFAULT if _has_default(cache) else None
    if setting.flag is True and cache.type == caches.GROUP:
        mode = cache.get("TransitEncryptionMode")
        return True if mode.is_absent or (mode.text or _BOTH) != _BOTH else None
    return setting.flag


def _has_default(cache: Resource) -> bool:
    """Whether a cache surely has the default where nothing is written: of MemoryDB, and of Redis unless it is a copy.
    The default of Valkey's groups depends on how they are made."""
    if cache.type in _BY_DEFAULT:
        return True
    is_copy = not cache.terraform.replication_group.is_absent
    if cache.type == caches.GROUP:
        is_copy = any(not cache.get(name).is_absent for name in _COPIED)
    return cache.get("Engine").is_one_of("redis") and not is_copy and not cache.may_be_completed()
