"""Which values the variables of a root module refuse: what a validation forbids, or what is not of their type."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment_words import Choice, Other
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.root_module import forgotten, root_module
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.scopes import Way
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.readers.terraform.variables import Given, Variable

_MOST_ALLOWED = 8
"""Values that a validation allows, up to which each is looked at wherever the variable is used."""


@record(frozen=True)
class _Asking(ModuleScope):
    """A scope that notes which names of the module are asked for."""

    asked: set[str] = field(default_factory=set)

    def refer(self, root: str, way: Way, place: Place) -> Value:
        """Evaluate a name with the steps after it."""
        if root not in self.names:
            self.asked.add(f"{root}.{way[0][1].text if way else None}")
        return ModuleScope.refer(self, root, way, place)


class Refusals:
    """Asks the variables without value, in each deployment, whether they take what that chooses.

    declared: the blocks of all variables. A validation that asks for its own variable only says the same in each
    deployment with the same value of that.
    """

    def __init__(self, choices: Choices, declared: Mapping[str, Block]) -> None:
        self._choices = choices
        self._declared = declared
        self._known: dict[tuple[str, str], str | None] = {}
        self.met: dict[str, str] = {}
        """By variable, why a value of it was refused."""

    def allow(self, module: Module, assignment: Mapping[str, Choice]) -> bool:
        """Whether all variables take what a deployment chooses.

        All are asked, so that the values that each validation names are met.
        """
        said = {name: self._of(name, module, assignment) for name in self._declared if name in self._choices.free}
        refused = {name: why for name, why in said.items() if why is not None}
        self.met.update(refused)
        return not refused

    def limit(self, directory: Directory, given: Mapping[str, Given]) -> None:
        """Note the variables of which a validation allows only a few values, which it names."""
        choices = self._choices
        names = [name for name in choices.free if "validation" in self._declared[name].arguments]
        if not names:
            return
        with forgotten(root_module(directory, given, choices)) as module:
            for name in names:
                self._of(name, module, {})
                if 0 < len(choices.candidates.get(name, ())) <= _MOST_ALLOWED:
                    other = choices.chosen(name, Other(name))
                    with forgotten(root_module(directory, {**given, name: other}, choices)) as chosen:
                        if Variable(name, self._declared[name]).refusal(chosen.scope, other):
                            choices.limited.add(name)

    def _of(self, name: str, module: Module, assignment: Mapping[str, Choice]) -> str | None:
        key = name, self._choices.word(name, assignment[name]) if name in assignment else ""
        if key not in self._known:
            scope = _Asking(module)
            why = Variable(name, self._declared[name]).refusal(scope, module.given.get(name))
            if not scope.asked <= {f"var.{name}"}:
                return why
            self._known[key] = why
        return self._known[key]
