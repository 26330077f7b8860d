"""What one deployment makes of a stack's conditions, parameters and resources; each is worked out when it is asked for.

A template may have thousands of conditions and resources, and hundreds of deployments that differ in a few of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.choices import Assignment
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.readers.sam.translated import is_made


class Results(Mapping[str, bool]):
    """The results of the conditions; one that nothing decides does not hold."""

    def __init__(self, conditions: Conditions, assignment: Assignment) -> None:
        self._conditions = conditions
        self._assignment = assignment
        self._found: dict[str, bool | None] = {}

    def __getitem__(self, name: str) -> bool:
        if name not in self._conditions.written:
            raise KeyError(name)
        return self._conditions.answer_among(self._found, name, self._assignment) or False

    def get(self, name: str, default: bool | None = None) -> bool | None:  # type: ignore[override]
        """The result of a condition; the default for one that the template does not have."""
        if name not in self._conditions.written:
            return default
        return self._conditions.answer_among(self._found, name, self._assignment) or False

    def __contains__(self, name: object) -> bool:
        return name in self._conditions.written

    def __iter__(self) -> Iterator[str]:
        return iter(self._conditions.written)

    def __len__(self) -> int:
        return len(self._conditions.written)


class ParameterValues(Mapping[str, Value]):
    """The values of the parameters: those chosen in this deployment, the user's and the default values."""

    def __init__(
        self, parameters: Mapping[str, Parameter], fixed: Mapping[str, str], chosen: Mapping[str, Value]
    ) -> None:
        self._parameters = parameters
        self._fixed = fixed
        self._chosen = chosen

    def __getitem__(self, name: str) -> Value:
        chosen = self._chosen.get(name)
        return self._parameters[name].value(self._fixed.get(name)) if chosen is None else chosen

    def get(self, name: str, default: object = None) -> Value | None:  # type: ignore[override]
        """The value of a parameter; None for one that the template does not have."""
        chosen = self._chosen.get(name)
        if chosen is not None or name not in self._parameters:
            return chosen
        return self._parameters[name].value(self._fixed.get(name))

    def __contains__(self, name: object) -> bool:
        return name in self._chosen or name in self._parameters

    def __iter__(self) -> Iterator[str]:
        yield from self._parameters
        yield from (name for name in self._chosen if name not in self._parameters)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ResourceNames(Mapping[str, str]):
    """The logical ids of the resources that are there, by every name that a reference to one can have."""

    def __init__(self, document: Document, prefix: str, scope: StackContext) -> None:
        self._document = document
        self._prefix = prefix
        self._scope = scope
        self._made: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether there is a resource of this logical id."""
        conditional = self._document.conditional.get(name)
        if conditional is None:
            return name in self._document.resources
        condition, node = conditional
        if condition is not None and not self._scope.conditions.get(condition, True):
            return False
        if node is None:
            return True
        if name not in self._made:
            # What decides whether SAM makes it refers to no resource, which might itself depend on this one.
            self._made[name] = is_made(node, replace(self._scope, resources={}, asked=None))
        return self._made[name]

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The logical id for a name; None if there is no such resource."""
        alias = self._document.sam.aliases.get(name)
        if alias is not None and self.has(alias):
            return f"{self._prefix}{alias}"
        return f"{self._prefix}{name}" if self.has(name) else default

    def __getitem__(self, name: str) -> str:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        yield from filter(self.has, self._document.resources)
        yield from (alias for alias, name in self._document.sam.aliases.items() if self.has(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)
