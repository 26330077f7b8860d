"""Determines the region and the provider of a planned resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.plan.values import Arguments


class Regions:
    """The regions of the providers in a plan's configuration."""

    def __init__(self, providers: Any, variables: Mapping[str, Any]) -> None:
        self._providers = providers if isinstance(providers, dict) else {}
        self._variables = variables

    def of(self, arguments: Arguments) -> Value | None:
        """The resource's own `region` (newer providers), else its provider's; None if the plan does not show it."""
        own = arguments.read("region")
        if isinstance(own, Known):
            return own
        provider = self._providers.get(arguments.provider)
        expressions = provider.get("expressions") if isinstance(provider, dict) else None
        written = expressions.get("region") if isinstance(expressions, dict) else None
        region = self._text(written) if isinstance(written, dict) else None
        return Known(region, arguments.place) if isinstance(region, str) else None

    def provider(self, arguments: Arguments) -> Value | None:
        """The provider that the resource chooses, by its key in the plan; None for the usual one of its kind."""
        key = arguments.provider
        return None if key and "." not in key and ":" not in key else Known(key, arguments.place)

    def _text(self, expression: Mapping[str, Any]) -> Any:
        if "constant_value" in expression:
            return expression["constant_value"]
        references = expression.get("references")
        name = references[0] if isinstance(references, list) and len(references) == 1 else None
        variable = self._variables.get(str(name).removeprefix("var.")) if str(name).startswith("var.") else None
        return variable.get("value") if isinstance(variable, dict) else None
