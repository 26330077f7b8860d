"""Fixable: how a rule says what ends its finding about a resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from awslint_memo.model.dependencies import note_all, noted
from awslint_memo.model.fix import Addition, Fix, Reference, Removal, Same, Setable, Setting, Target, steps_of
from awslint_memo.model.naming import NamedResource
from awslint_memo.model.secret import Secret
from awslint_memo.model.value import Absent, Known, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from awslint_memo.model.properties import AttributeName, TerraformSettings
    from awslint_memo.model.span import Span


class Fixable(NamedResource):
    """A resource whose properties a fix can set. A path begins with `@` for what stands beside the properties: the name
    of a CloudFormation attribute, or of one of TerraformSettings."""

    companions: tuple[str, ...]
    terraform: TerraformSettings
    attributes: Mapping[AttributeName, Value]
    _editable: Callable[[Span], Span] | None

    def get(self, path: str) -> Value:
        """The value of a property."""
        raise NotImplementedError

    def set(self, path: str, value: Setable, *, unsafe: str = "") -> Fix:
        """A fix that sets a property, whether it is there or not.

        path: "Targets[0].DeadLetterConfig" leads through an item of a list. value: with CloudFormation's names; a
        mapping is merged with what is there. unsafe: why a person should decide about it, as a verb phrase ("restarts
        the instance"). `+` puts fixes together.
        """
        if isinstance(value, Secret):
            return Fix(())  # It would be written into the file.
        return Fix((Setting(self._target(), path, self._written_way(path), value, *self._places(path)),), unsafe)

    def unset(self, path: str, *, unsafe: str = "") -> Fix:
        """A fix that removes a property."""
        return Fix((Removal(self._target(), path, self._written_way(path), *self._places(path)),), unsafe)

    def append(self, path: str, value: Setable, *, unsafe: str = "") -> Fix:
        """A fix that adds an item to a list, whether the list is there or not."""
        change = Setting(self._target(), path, self._written_way(path), value, *self._places(path), is_appended=True)
        return Fix((change,), unsafe)

    def add(self, suffix: str, type_: str, properties: Mapping[str, Setable], *, unsafe: str) -> Fix:
        """A fix that adds a resource behind this one. `Reference` stands for its attributes in the same fix.

        suffix: the end of its name, in Pascal case; the beginning is this resource's name.
        """
        return Fix((Addition(self._target(), suffix, type_, properties),), unsafe)

    def reference(self, attribute: str) -> Reference:
        """An attribute of this resource, for what a fix sets: "Arn", or "Ref"."""
        return Reference(attribute, self._target())

    def same(self, path: str) -> Same:
        """What the file says of a property of this resource, word for word, for what a fix sets."""
        return Same(self._target(), path, self._written_way(path))

    def _target(self) -> Target:
        home = self.place.span
        called = None if self._editable is None else self._editable(home)
        call = called if called != home else None
        return Target(self.written, self.type, self.language, home, call, self.companions)

    def _written_way(self, path: str) -> str:
        if path.startswith("@"):
            return path
        return self.way(self.property_names.get(path, path))

    def _places(self, path: str) -> tuple[tuple[str, Span] | None, Span | None, Span | None]:
        """Where the present value is decided, if elsewhere, where it stands, if it is written, and where the last item
        on the path does."""
        value, item = self._present(path)
        step = next((one for one in reversed(value.origin.steps) if one.decides), None)
        is_written = not isinstance(value, Absent) and not (isinstance(value, Known) and value.defaulted)
        decided = None if step is None else (step.words, step.place.span)
        return decided, value.place.span if is_written else None, None if item is None else item.place.span

    def _present(self, path: str) -> tuple[Value, Value | None]:
        """The value at a path, and the last item of a list on the way to it."""
        first, *steps = steps_of(path.removeprefix("@"))
        item: Value | None = None
        with noted() as reads:
            value = self._beside(str(first)) if path.startswith("@") else self.get(str(first))
            for step in steps:
                if isinstance(step, str):
                    value = value.child(step)
                    continue
                items = value.items
                value = item = items[step] if step < len(items) else Absent(self.place)
        # The verdict may depend on it, but it does not explain the verdict.
        note_all(reads.answers)
        return value, item

    def _beside(self, name: str) -> Value:
        if self.language == "terraform":
            return self.terraform.value(name)
        return next((value for known, value in self.attributes.items() if known == name), Absent(self.place))
