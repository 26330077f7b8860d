"""What deployments of a Terraform root module can differ in: variables that have no value and decide something.

A variable without value is a choice where an expression compares it, uses it as a condition or as a key of a map. Its
candidates are the values that it is compared with, and one that is none of these. They are met during evaluation, in
called modules too, as far as the root's variable reaches there unchanged.

So is a variable with a default that production replaces (`production_words`), such as "dev" if it is compared with a
word of production. Its candidates are the default, which stands where nothing is chosen, and such words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from awslint_memo.model import origin
from awslint_memo.model.deployment_words import Choice, Other
from awslint_memo.model.origin import HERE, Origin, Step, Supposed
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.record import field, record
from awslint_memo.model.secret import secret
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Scalar, Unknown, Value
from awslint_memo.readers.terraform.production_words import words_of_production

_KEY = "var."
"""What the key of a root module's variable without value begins with."""

WORKSPACE = "terraform.workspace"
"""What stands for the name of the workspace, which is chosen like a variable without value."""

NULL = "null"

ANY = "*"
"""Of resources in modules that no deployment so far has: a type or address that may be any."""

_NONE: frozenset[str] = frozenset()


class Noted:
    """Notes the variables that are asked for inside of a `with` block, of which each run has very many.

    asking: those that note at present, the innermost last.
    """

    __slots__ = ("_asking", "all_read", "names")

    def __init__(self, asking: list[Noted]) -> None:
        self._asking = asking
        self.names: set[str] = set()
        self.all_read = _NONE
        """Also those that nobody compares with anything, and those that decide whether what is read is there: in
        deployments in which these are the same, what is evaluated is the same too."""

    def __enter__(self) -> set[str]:
        self._asking.append(self)
        return self.names

    def __exit__(self, *_: object) -> None:
        self._asking.pop()
        if self._asking:
            if self.names:
                self._asking[-1].names.update(self.names)
            self._asking[-1].read(self.all_read)

    def read(self, names: frozenset[str]) -> None:
        """Note what was read beside the names."""
        if not names <= self.all_read:
            self.all_read |= names


class OtherThan(Unknown):
    """A value that is none of those that a variable is compared with."""

    __slots__ = ("values",)

    def __init__(self, name: str, place: Place, values: frozenset[str], origin: Origin = HERE) -> None:
        super().__init__(why_free(name), place, key=key_of(name), origin=origin)
        self.values = values

    def _copy(self, place: Place, origin: Origin) -> OtherThan:
        return OtherThan(_name(self.key), place, self.values, origin)

    def is_not(self, value: Value) -> bool:
        """Whether it is surely not `value`."""
        return _word(value) in self.values


@record(frozen=True)
class Evaluated:
    """A value, and the variables that it depends on, and was read with, as in `Noted`."""

    value: Value
    names: Collection[str]
    all_read: frozenset[str]


@record(frozen=True)
class Chosen:
    """A value that a deployment gives to a variable of the root module."""

    content: Scalar
    others: frozenset[str] | None = None
    """The words of all candidates if it is none of them; else None."""


@record
class Choices:
    """The choices of one root module that were met so far, in all of its deployments.

    free: the names of its variables without value, and WORKSPACE if that is open and a module asks for it.
    """

    free: frozenset[str] = frozenset()
    is_workspace_open: bool = False
    """Whether the name of the workspace may be any."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """By name, the default values of those of them that have one, which production replaces."""
    candidates: dict[str, dict[str, Scalar]] = field(default_factory=dict)
    """By variable, the values that it is compared with, each by the word for it."""
    limited: set[str] = field(default_factory=set)
    """Variables of which a validation allows nothing but their candidates, so that they are a choice wherever they are
    used."""
    flags: set[str] = field(default_factory=set)
    """Variables that are conditions themselves, so that they are true or false."""
    secrets: set[str] = field(default_factory=set)
    """Variables whose values nobody may see."""
    empty: set[str] = field(default_factory=set)
    """Variables that the root module itself compares with an empty text. Of others nobody gives one to a module."""
    existence: dict[str, frozenset[str]] = field(default_factory=dict)
    """By the type of a resource, and by its address without keys, the variables that decide whether it is there."""
    size: int = 0
    """Grows with what `existence` says."""
    met: int = 0
    """Grows with the candidates."""
    deciding_any: set[str] = field(default_factory=set)
    """The variables that decide whether any resource is there."""
    common: object = field(default_factory=object)
    """Stands for the values that all of its deployments have: those of another file of variables have others."""
    evaluated: dict[tuple[str, str, str], dict[frozenset[str], dict[object, Evaluated]]] = field(default_factory=dict)
    """What was evaluated in deployments that were read whole, by its module and key, by what it read, and what is
    chosen for that."""
    _asking: list[Noted] = field(default_factory=list)

    def names_workspace(self) -> None:
        """Note that a module asks for the name of the workspace."""
        if self.is_workspace_open:
            self.free |= {WORKSPACE}

    def asked(self, name: str) -> None:
        """Note that the value at hand depends on a variable."""
        if self._asking:
            self._asking[-1].names.add(name)

    def asked_all(self, names: Iterable[str]) -> None:
        """Note that the value at hand depends on several variables."""
        if self._asking:
            self._asking[-1].names.update(names)

    def read(self, names: frozenset[str]) -> None:
        """Note that the value at hand was read with variables, whatever it depends on; see `Noted.all_read`."""
        if names and self._asking:
            self._asking[-1].read(names)

    def noted(self) -> Noted:
        """The variables on which what is evaluated inside of the block depends; they count outside of it too."""
        return Noted(self._asking)

    def compared(self, one: Value, others: Iterable[Value], *, is_inside: bool) -> None:
        """Note that a value is compared with others. is_inside: whether a called module does it."""
        name = self._free(one)
        if name is not None:
            known = {word: _content(value) for value in others if (word := _word(value)) is not None}
            if name in self.defaults:
                known = words_of_production(self.defaults[name], known)
            if known:
                self.asked(name)
                candidates = self.candidates.setdefault(name, {})
                count = len(candidates)
                candidates.update(known)
                self.met += len(candidates) - count
            if "" in known and not is_inside and name not in self.empty:
                self.empty.add(name)
                self.met += 1

    def tested(self, value: Value) -> None:
        """Note that a value is used as a condition."""
        name = self._free(value)
        if name is not None:
            self.asked(name)
            self.met += name not in self.flags
            self.flags.add(name)
            # One with other candidates may be known already, and deployments with them are being made.
            self.candidates.setdefault(name, {}).update({"true": True, "false": False})

    def decides(self, names: Iterable[str], *what: str) -> None:
        """Note which variables decide whether a resource is there, by its type and address."""
        names = frozenset(names)
        self.deciding_any |= names
        for one in what:
            known = self.existence.setdefault(one, _NONE)
            if not names <= known:
                # Most resources are there whatever is chosen, so they share an empty set.
                self.existence[one] = known | names
                self.size += 1

    def deciding(self, *what: str) -> set[str]:
        """The variables that decide whether there is a resource of one of these types and addresses."""
        names = set(self.existence.get(ANY, ()))
        return names.union(*(self.existence.get(one, ()) for one in what)) if self.deciding_any else names

    def of(self, name: str) -> list[Choice]:
        """The candidates of a variable."""
        every = self.candidates.get(name, {})
        # A module that takes an empty text for none is given something by who has to say it.
        words = [word for word in every if word or name in self.empty]
        texts = [secret(word) for word in words] if name in self.secrets else words
        return [*texts] if name in self.flags or name in self.defaults or not every else [*texts, Other(name)]

    def chosen(self, name: str, choice: Choice) -> Chosen:
        """A candidate as the value that a deployment gives."""
        known = self.candidates[name]
        content = None if isinstance(choice, Other) else known[str(choice)]
        return Chosen(content, None if isinstance(choice, str) else frozenset(known))

    def word(self, name: str, choice: Choice) -> str:
        """A candidate in words that tell it from every other one, also from those that are met later."""
        others = f" than {', '.join(map(repr, self.candidates[name]))}" if isinstance(choice, Other) else ""
        return f"{choice!r}{others}"

    def is_default(self, name: str, choice: Choice) -> bool:
        """Whether a variable has a candidate where nothing is chosen for it."""
        return self.defaults.get(name) == choice

    def is_open(self, value: Value) -> bool:
        """Whether a value is that of a variable for which a deployment may choose another."""
        return value.is_unknown or (bool(self.defaults) and self._free(value) is not None)

    def _free(self, value: Value) -> str | None:
        """The name of the free variable that a value is; None if it is anything else."""
        if self.defaults and isinstance(value, Known) and not value.is_secret:
            names = (step.default_of for step in value.origin.steps if step.default_of in self.defaults)
            return next((name for name in names if self.defaults[name] == value.text), None)
        key = value.key if isinstance(value, Unknown) else ""
        name = _name(key)
        if not key.startswith((_KEY, WORKSPACE)) or name not in self.free:
            return None
        if value.is_secret:
            self.secrets.add(name)
        return name


def key_of(name: str) -> str:
    """The key of the value of a variable, or of the workspace's name."""
    return name if name == WORKSPACE else f"{_KEY}{name}"


def why_free(name: str) -> str:
    """Why a variable, or the workspace's name, is not known."""
    return f"{name} is not known before Terraform runs" if name == WORKSPACE else f"the variable {name} has no default"


def _name(key: str) -> str:
    return key.removeprefix(_KEY)


def chosen_value(name: str, chosen: Chosen, place: Place) -> Value:
    """The value that a deployment gives to a variable; it is `free` no more."""
    if chosen.others is not None:
        return OtherThan(name, place, chosen.others)
    if chosen.content is None:
        return Absent(place)
    words = name if name == WORKSPACE else f"variable {name}"
    return Known(chosen.content, place, Origin((Supposed(words, place, chosen.content, key_of(name)),)))


def _word(value: Value) -> str | None:
    """How a candidate is written in a message; None if the value is none that a variable can be compared with."""
    return NULL if isinstance(value, Absent) else value.text


def _content(value: Value) -> Scalar:
    content = value.content if isinstance(value, Known) else None
    return None if isinstance(content, (list, Mapping)) else content


def one_of(value: Value, words: str, place: Place, values: Callable[[], list[Value]]) -> Value:
    """An unknown value as one that is surely one of `values`; words: where each of them stands ("every branch")."""
    return value.with_origin(
        value.origin.behind(Step(words, place, decides=False, choice=origin.Choice(words, values)))
    )


def element_of(value: Value, whole: Value, *others: Value) -> Value:
    """An unknown value as one that is surely an element of `whole`, or one of `others`; as it is if that is not so."""
    content = whole.content if isinstance(whole, Known) else None
    if isinstance(content, Mapping) and not isinstance(content, OpenFields):
        return one_of(value, "every entry of the map", whole.place, lambda: [*content.values(), *others])
    if isinstance(content, list):
        return one_of(value, "every item of the list", whole.place, lambda: [*content, *others])
    return value
