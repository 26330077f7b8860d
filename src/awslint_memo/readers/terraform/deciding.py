"""Which variables of a root module what a check has read depends on: those that decide values, or what there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from awslint_memo.model.dependencies import Reads
from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

_KEYS = regex(r"\[[^]]*\]")

_NONE: frozenset[str] = frozenset()


class Deciding:
    """The variables by what was read, each worked out once until more is met. choices: what was met so far.

    Where the variables are thousands, what depends on the same ones has the same set, so that none is compared.
    """

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        # By the id of what a relation read, which is kept so that the id stays its own.
        self._related: dict[int, tuple[Reads, frozenset[str]]] = {}
        self._decided: dict[tuple[str, ...], frozenset[str]] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def forget(self) -> None:
        """Forget what was worked out."""
        self._related.clear()
        self._decided.clear()
        self._sets.clear()

    def variables(self, reads: Reads) -> frozenset[str]:
        """The variables that what was asked depends on."""
        parts = {id(one): one for one in self._parts(reads)}
        largest = max(parts.values(), key=len, default=_NONE)
        if all(one is largest or one <= largest for one in parts.values()):
            return largest
        return self._same(largest.union(*parts.values()))

    def _parts(self, reads: Reads) -> Iterator[frozenset[str]]:
        is_anything_decided = bool(self._choices.deciding_any)
        for question, answer in reads.answers.items():
            kind = question[0]
            if kind == "once":
                yield self._of_relation(answer)
            elif kind == "variable":
                yield self._same(frozenset((question[1],)))
            elif not is_anything_decided:
                continue
            elif kind == "name":
                yield self._deciding(without_keys(question[1]))
            elif kind == "type":
                yield self._deciding(*_terraform_types(question[1]))
            elif kind == "resources":
                yield self._deciding()

    def _same(self, names: frozenset[str]) -> frozenset[str]:
        return self._sets.setdefault(names, names)

    def _deciding(self, *what: str) -> frozenset[str]:
        """The variables that decide whether there is one of these types or addresses, or without any, whatever."""
        known = self._decided.get(what)
        if known is None:
            found = self._choices.deciding(*what) if what else self._choices.deciding_any
            known = self._decided[what] = self._same(frozenset(found))
        return known

    def _of_relation(self, reads: Reads) -> frozenset[str]:
        """The variables that what a relation worked out depends on: many checks ask for it."""
        known = self._related.get(id(reads))
        if known is None:
            self._related[id(reads)] = reads, _NONE  # What asks for itself adds nothing.
            known = self._related[id(reads)] = reads, self.variables(reads)
        return known[1]


def without_keys(address: str) -> str:
    """An address as that of the block, without the keys of instances."""
    return _KEYS.sub("", address) if "[" in address else address


@cache
def _terraform_types(types: Sequence[str]) -> tuple[str, ...]:
    """The Terraform types of which resources of CloudFormation's types are made."""
    own = (name for name, table in TYPE_MAPS.items() if table.type in types)
    return (*own, *(name for name, table in COMPANIONS.items() if table.type in types))
