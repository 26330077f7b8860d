"""What the name of a stage, an alias or a stack says about its environment, or that something stands by."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from awslint_memo.model import name_words
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Unknown, Value

_STANDBY = frozenset(("dr", "standby"))
"""Words by which anything is named that is for the loss of another Region. Chosen."""

_RECOVERY = frozenset(("disaster", "failover", "recovery"))
"""Words that say so of a provider; of a module or a template only where its name holds nothing else: an account has a
recovery too, and what is called failover may run one. Chosen."""

_PLACES = frozenset(("account", "infra", "main", "region", "site", "stack", "template"))
"""Words that may stand beside these in the name of a module or a template. Chosen."""


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
    """Whether a resource, its modules, its provider or its template is named as one for the loss of a Region."""
    *around, own = re.split(r"[./]", resource.name)
    if resource.language == "terraform":
        provider = resource.terraform.provider
        alias = provider.key if isinstance(provider, Unknown) else provider.text or ""
        if not (_STANDBY | _RECOVERY).isdisjoint(name_words.name_words(alias)):
            return True
    else:
        around.append(os.path.basename(resource.place.span.path).partition(".")[0])
    return _says_standby(own) or any(_says_standby(name) or _is_recovery(name) for name in around)


def _says_standby(name: str) -> bool:
    words = name_words.name_words(name)
    return not _STANDBY.isdisjoint(words) or {"disaster", "recovery"}.issubset(words)


def _is_recovery(name: str) -> bool:
    words = set(name_words.name_words(name))
    return bool(words & _RECOVERY) and words <= _RECOVERY | _PLACES
