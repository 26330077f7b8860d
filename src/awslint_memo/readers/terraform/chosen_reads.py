"""What a check has read depends on in a Terraform root module with several deployments: which variables decide it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, partial

from awslint_memo.model.dependencies import Answers, Question, Reads, note_all
from awslint_memo.model.deployment_words import Choice
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS


class ChosenReads:
    """The answers of one deployment. assignment: what it chooses."""

    def __init__(self, choices: Choices, assignment: Mapping[str, Choice]) -> None:
        self._choices = choices
        self.common = choices.common
        self._answers = {name: choices.word(name, choice) for name, choice in assignment.items()}

    def answer(self, question: Question) -> object:
        """What is chosen for a variable; None if nothing is."""
        return self._answers.get(question[1])

    def answers(self, names: Collection[str]) -> Answers:
        """The questions about variables with their answers."""
        return {question: self.answer(question) for question in (("variable", name) for name in names)}

    def noting(self, read: Callable[[str], Value], name: str) -> Value:
        """An argument, with a note of the variables that it depends on."""
        with self._choices.noted() as asked:
            value = read(name)
        note_all(self.answers(asked))
        return value

    def setting(self, read: Callable[[], Value]) -> Value | Callable[[], Value]:
        """A setting of a resource: its value, or where that depends on variables, what gives it with a note of them."""
        with self._choices.noted() as asked:
            value = read()
        return partial(self._given, value, frozenset(asked)) if asked else value

    def _given(self, value: Value, asked: Collection[str]) -> Value:
        note_all(self.answers(asked))
        return value

    def of(self, type_: str, read: Callable[[str], Value]) -> NotingRead:
        """The properties of a resource of CloudFormation's type, which `read` gives."""
        return NotingRead(self, self._choices, type_, read)


class NotingRead:
    """Reads properties of a resource, and knows on which variables each depends."""

    def __init__(self, reads: ChosenReads, choices: Choices, type_: str, read: Callable[[str], Value]) -> None:
        self._reads = reads
        self._choices = choices
        self._type = type_
        self._read = read
        self._asked: dict[str, Collection[str]] = {}

    def read(self, name: str) -> Value:
        """The value of a property."""
        with self._choices.noted() as asked:
            value = self._read(name)
        if asked:
            self._asked[name] = asked
        return value

    def depends(self, path: str) -> Answers:
        """The variables that decide a property of which a part is read, with the answers; another resource may give it,
        if there is one."""
        asked = self._asked.get(path.partition(".")[0], ())
        if not self._choices.deciding_any:
            return self._reads.answers(asked) if asked else {}
        known = self._choices.existence
        givers = [giver for giver in _givers(self._type) if giver in known]
        return self._reads.answers({*asked, *(self._choices.deciding(*givers) if givers else ())})


@cache
def _givers(type_: str) -> tuple[str, ...]:
    """The Terraform types that may give properties to resources of CloudFormation's type."""
    return COMPANIONS.of((type_,))


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
        if all(part is largest or part <= largest for part in parts.values()):
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
    return (*TYPE_MAPS.of(types), *COMPANIONS.of(types))
