"""Makes root modules, also for one question, and says which values of their variables Terraform refuses or ignores."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from awslint_memo.model.deployment_words import Choice, Other
from awslint_memo.model.partial import SOPS
from awslint_memo.model.phrases import closest, nearest
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Inputs
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.choices import WORKSPACE, Choices
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.failing_choices import FailingChoices
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.scopes import Way
from awslint_memo.readers.terraform.tree import Tree
from awslint_memo.readers.terraform.variable_files import FromFile
from awslint_memo.readers.terraform.variables import Given, Variable


def root_module(directory: Directory, given: Mapping[str, Given], choices: Choices | None = None) -> Module:
    """The root module in a directory, with the values that its variables and the workspace's name are given."""
    tree = Tree(given.get(WORKSPACE), installed=directory.installed(), local=directory.local)
    tree.choices, tree.given = choices or Choices(), given
    return Module(directory, given, tree=tree, inside=(directory.path,) if directory.path else ())


@contextmanager
def forgotten(module: Module) -> Iterator[Module]:
    """A module of which nobody asks anything behind the block."""
    try:
        yield module
    finally:
        module.forget()


_MOST_SAID = 100
"""The most values without effect of which each is told."""


def inputs(directory: Directory, given: Mapping[str, Given]) -> Inputs:
    """The variables of a root module. given: the values that are not the user's own."""
    names = directory.sections.variables
    return Inputs({name: partial(refusal, directory, given, name) for name in names}, directory.is_whole)


def refusal(directory: Directory, given: Mapping[str, Given], name: str, value: Given) -> str | None:
    """Why Terraform refuses a value of a variable, in words behind "the value of X"; None if that is not certain."""
    with forgotten(Module(directory, given if given.get(name) is value else {**given, name: value})) as module:
        return Variable(name, directory.sections.variables.get(name)).refusal(module.scope, value)


def ineffective(directory: Directory, given: Mapping[str, Given]) -> Iterator[str]:
    """Sentences about the values in files of variables that this module does not have or refuses, with their places."""
    declared = directory.sections.variables
    from_files = [(name, value) for name, value in given.items() if isinstance(value, FromFile)]
    odd = 0
    for name, value in from_files:
        if odd == _MOST_SAID:
            span = value.place.span
            yield f"{span.path}:{span.line}: values from here on were not compared with the variables; remove these"
            return
        span = value.place.span
        at = f"{span.path}:{span.line}"
        if name in declared:
            refused = refusal(directory, given, name, value)
            if refused:
                odd += 1
                yield f"{at}: the value of {name} {refused}, so Terraform refuses it"
        elif directory.is_whole and name != SOPS and (not value.is_named or is_misspelt(name, declared, from_files)):
            odd += 1
            yield f"{at}: the module has no variable {name}, so the value has no effect{closest(name, declared)}"


def is_misspelt(name: str, declared: Collection[str], from_files: Sequence[tuple[str, FromFile]]) -> bool:
    """Whether a name in a file that somebody names surely is meant for a variable: nothing else in the file is without
    one, and it is nearly called as one that gets no value. Other roots may share a file of which more is left over."""
    path = dict(from_files)[name].place.span.path
    others = [one for one, value in from_files if value.place.span.path == path and one not in declared]
    near = nearest(name, declared)
    return others == [name] and near is not None and near not in dict(from_files)


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
    deployment with the same value of that. failing: tells the deployments that are refused for another reason.
    """

    def __init__(self, choices: Choices, declared: Mapping[str, Block], failing: FailingChoices) -> None:
        self._choices = choices
        self._declared = declared
        self._failing = failing
        self._known: dict[tuple[str, str], str | None] = {}
        self.met: dict[str, str] = {}
        """By variable, why a value of it was refused."""

    def allow(self, module: Module, assignment: Mapping[str, Choice]) -> bool:
        """Whether all variables take what a deployment chooses, and nothing that a plan evaluates is an error by it.

        All are asked, so that the values that each validation names are met.
        """
        choices = self._choices
        asked = [name for name in self._declared if name in choices.free]
        asked = [name for name in asked if name not in choices.defaults or name in assignment]
        reasons = {name: self._of(name, module, assignment) for name in asked}
        refused = {name: why for name, why in reasons.items() if why is not None}
        self.met.update(refused)
        return not refused and not self._failing.fails(module, assignment)

    def limit(self, directory: Directory, given: Mapping[str, Given]) -> None:
        """Note the variables of which a validation allows only a few values, which it names."""
        choices = self._choices
        free = choices.free - choices.defaults.keys()
        names = [name for name in free if "validation" in self._declared[name].arguments]
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
