"""What the name of a stage, an alias or a stack says about its environment, or that something stands by."""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.model import name_words
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Unknown, Value

_STANDBY = frozenset(("disaster", "dr", "failover", "recovery", "standby"))
"""Words by which a provider, a module or a template is named that is for the loss of another Region. Chosen."""


def is_production(deployment: Deployment, name: Value) -> bool:
    """Whether a name surely is one of production (the configuration lists words for that as `production`)."""
    return is_named_like(name, deployment.declared.production)


def is_given_in_production(deployment: Deployment, value: Value) -> bool:
    """Whether a value is one that a deployment named as production gives to a parameter or variable: no default, and
    not written where it is used."""
    is_named = name_words.is_named_like(deployment.name, deployment.declared.production)
    return is_named and not value.is_literal and not value.origin.defaults


def is_development(deployment: Deployment, name: Value) -> bool:
    """Whether a name surely is one of development (the configuration lists words for that as `development`)."""
    return is_named_like(name, deployment.declared.development)


def is_named_like(name: Value, words: Sequence[str]) -> bool:
    """Whether a known name holds one of these words as a word of its own: prod in orders-prod and OrdersProd, not in
    product."""
    return name.text is not None and name_words.is_named_like(name.text, words)


def is_standby(resource: Resource) -> bool:
    """Whether a resource, its module, its provider or its template is named as one for the loss of a Region."""
    if resource.language == "terraform":
        provider = resource.terraform.provider
        name = f"{resource.name} {provider.key if isinstance(provider, Unknown) else provider.text or ''}"
    else:
        name = f"{resource.name} {os.path.basename(resource.place.span.path).partition('.')[0]}"
    return not _STANDBY.isdisjoint(name_words.name_words(name))
