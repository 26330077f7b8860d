"""What a cache of ElastiCache holds, by what its names say, and what it is worth to somebody."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.name_words import name_words

GROUP = "AWS::ElastiCache::ReplicationGroup"
NODE_CLUSTER = "AWS::ElastiCache::CacheCluster"

_SERVERLESS = "aws_elasticache_serverless_cache"

_NAMES = {
    GROUP: ("ReplicationGroupId", "ReplicationGroupDescription"),
    NODE_CLUSTER: ("ClusterName",),
}
"""The properties that name a cache, or say what it is for, by its type."""

_OF_SHORT_LIFE = frozenset((
    *("cache", "caches", "caching", "session", "sessions", "rate", "ratelimit", "limiter", "throttle", "throttling"),
))  # fmt: skip
"""Words in the names of caches whose content is made anew. Chosen."""


def is_of_short_life(cache: Resource) -> bool:
    """Whether a cache is named after what is made anew when it is lost: copies, sessions, limits of rates."""
    named = (cache.get(name).text or "" for name in _NAMES.get(cache.type, ("ServerlessCacheName",)))
    own = cache.name.replace(_SERVERLESS, "")
    return not _OF_SHORT_LIFE.isdisjoint(name_words(" ".join((own, *named))))


def is_small(cache: Resource) -> bool:
    """Whether who wrote a cache hardly wants to pay for a second node: it has the cheapest one, or is named after what
    is made anew when it is lost."""
    return is_of_short_life(cache) or (cache.get("CacheNodeType").text or "").endswith(".micro")
