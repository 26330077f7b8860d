"""What a user may give a root module values for, and which of these values Terraform refuses or ignores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from awslint_memo.model.partial import SOPS, readable
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Inputs
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.root_module import forgotten
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.readers.terraform.variables import Given, Variable
from awslint_memo.syntax.node import Node

_MOST_SAID = 100
"""The most values without effect of which each is told."""


@record(frozen=True, eq=False)
class FromFile:
    """A value in a file of variables. place: that of its name. is_named: whether the user named the file.

    A file that Terraform finds by its name belongs to the module beside it; one that is named may be for several.
    """

    node: Node
    place: Place
    is_named: bool

    def __call__(self, scope: ModuleScope) -> Value:
        """The value; such a file has literals only."""
        return readable(scope.evaluate(self.node))


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
        elif directory.is_whole and not value.is_named and name != SOPS:
            odd += 1
            yield f"{at}: the module has no variable {name}, so the value has no effect{closest(name, declared)}"
