"""What a name says of the environment that it belongs to. Nothing but names is gone by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment
from awslint_memo.model.value import Value

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


def is_production(deployment: Deployment, name: Value) -> bool:
    """Whether a stage, alias, stack or tag surely has a name of production (`production` in the configuration)."""
    return is_named_like(name, deployment.declared.production)


def is_development(deployment: Deployment, name: Value) -> bool:
    """Whether a name is surely one of development (`development` in the configuration)."""
    return is_named_like(name, deployment.declared.development)


def is_named_like(name: Value, words: Sequence[str]) -> bool:
    """Whether one of the words is a word of a known name: of orders-prod and OrdersProd, not of product."""
    if name.text is None:
        return False
    parts = [part.lower() for part in _WORD.findall(name.text)]
    return any(name.text.lower() == word.lower() or word.lower() in parts for word in words)
