"""Which arguments of a plan are written and null all the same, so that the provider decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awslint_memo.readers.plan.expressions import Configured, is_argument, is_constant
from awslint_memo.readers.plan.references import MAX_HOPS, BlockContext, References


class Nulls:
    """Follows variables to those that are null. variables: the root module's, as the plan has them."""

    def __init__(self, references: References, variables: Mapping[str, Any]) -> None:
        self._references = references
        self._variables = variables

    def is_null(self, said: Configured, scope: BlockContext, hops: int = 0) -> bool:
        """Whether an expression is null: it is written so, or is nothing but a variable that is null.

        A plan does not tell `var.wait` from a function of it such as `coalesce(var.wait, 20)`, which is rare; where
        the variable is named twice, as in a conditional, it can only be the latter.
        """
        if hops > MAX_HOPS or not is_argument(said):
            return False
        if is_constant(said):
            return said["constant_value"] is None
        listed = said.get("references")
        names = str(listed[0]).split(".") if isinstance(listed, list) and len(listed) == 1 else []
        return len(names) == 2 and names[0] == "var" and self._is_null_variable(names[1], scope, hops)

    def _is_null_variable(self, name: str, scope: BlockContext, hops: int) -> bool:
        if not scope.module:
            given = self._variables.get(name)
            return isinstance(given, dict) and "value" in given and given["value"] is None
        declared = self._references.variable(name, scope)
        if declared.get("default") is not None:
            # A call's null may stand for the default (nullable = false), which a plan does not say.
            return False
        written, outside = self._references.given(name, scope)
        return "default" in declared if written is None else self.is_null(written, outside, hops + 1)
