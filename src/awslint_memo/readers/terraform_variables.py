"""Terraform's input variables: what the user gives, else the default, else nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from awslint_memo.readers.terraform_blocks import Block, word
from awslint_memo.readers.terraform_expressions import evaluate
from awslint_memo.readers.terraform_functions import FUNCTIONS
from awslint_memo.readers.terraform_templates import parsed
from awslint_memo.readers.terraform_values import OpenFields, given_by
from awslint_memo.span import Place, Span
from awslint_memo.value import Known, Unknown, Value

if TYPE_CHECKING:
    from awslint_memo.readers.terraform_scope import ModuleScope

_CONVERSIONS = {"string": "tostring", "number": "tonumber", "bool": "tobool"}


@dataclass(frozen=True)
class Variable:
    """A variable by name, and its block where the configuration declares it."""

    name: str
    block: Block | None

    def value(self, scope: ModuleScope, given: str | None) -> Value:
        """What it is in this deployment; `given` is the text that the user gave for it."""
        if self.block is None:
            nowhere = Span("", 1, 1, 1, 1)
            return Unknown(f"{self.name} is no variable of this file", nowhere, key=f"var.{self.name}")
        arguments, place = self.block.arguments, self.block.place
        if given is not None:
            return self._typed(self._given(scope, given, place), place)
        if "default" not in arguments:
            return Unknown(f"the variable {self.name} has no default", place, key=f"var.{self.name}")
        return given_by(self._typed(scope.evaluate(arguments["default"]), place), (self.name,))

    @property
    def _type(self) -> str:
        return word(self.block.arguments.get("type")) if self.block is not None else ""

    def _given(self, scope: ModuleScope, given: str, place: Place) -> Value:
        """A list or map is given as an expression, anything else as bare text."""
        expression = parsed(given) if given.strip()[:1] in ("[", "{") and self._type != "string" else None
        return Known(given, place) if expression is None else evaluate(expression, scope, place)

    def _typed(self, value: Value, place: Place) -> Value:
        if not isinstance(value, Known):
            return value
        if self._type in _CONVERSIONS:
            return FUNCTIONS[_CONVERSIONS[self._type]]([value], place)
        if self._type.startswith("set("):
            return FUNCTIONS["toset"]([value], place)
        return _opened(value) if "optional(" in self._type else value


def _opened(value: Value) -> Value:
    """An optional field may have a default in the type, so that a field not written is not known."""
    if not isinstance(value, Known):
        return value
    if isinstance(value.content, list):
        return Known([_opened(item) for item in value.content], value.place, value.via)
    if isinstance(value.content, Mapping):
        rest = Unknown("an optional field", value.place)
        fields = {key: _opened(item) for key, item in value.content.items()}
        return Known(OpenFields(fields, rest), value.place, value.via)
    return value
