"""Looking up the resources of a deployment, with a note of each question for whoever wants to know what was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from awslint_memo.model.reads import Question, Reads, is_noting, note, noted

if TYPE_CHECKING:
    from awslint_memo.model.value import Value


class Typed(Protocol):
    """A resource, as far as a lookup needs it."""

    @property
    def name(self) -> str:
        """The logical id or address."""

    @property
    def type(self) -> str:
        """The CloudFormation type."""


R = TypeVar("R", bound=Typed)
T = TypeVar("T")


class Lookups(Generic[R]):
    """The resources of a deployment by name and type, and what relations work out of them once.

    answer: what a condition, a parameter or a name of the template stands for in this deployment; None where there is
    nothing to choose.
    """

    def __init__(self, resources: Mapping[str, R], is_open: bool, answer: Callable[[Question], object] | None) -> None:
        self._resources = resources
        self._is_open = is_open
        self._answer = answer
        self.region_of_stack: Value | None = None
        self._types: dict[str, list[R]] = {}
        self._several: dict[tuple[str, ...], list[R]] = {}
        self._type_names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._positions: dict[str, int] = {}
        self._cache: dict[Callable[..., Any], Any] = {}
        self._reads: dict[Callable[..., Any], Reads] = {}
        self._same: dict[int, bool] = {}

    @property
    def resources(self) -> Mapping[str, R]:
        """All resources by name, those of linked templates included."""
        if is_noting():
            note(("resources",), tuple(self._resources))
        return self._resources

    def resource(self, name: str) -> R | None:
        """The resource of a name; None if there is none in this deployment."""
        found = self._resources.get(name)
        note(("name", name), found is not None)
        return found

    @property
    def is_open(self) -> bool:
        """Whether there may be resources that are not seen, so that nothing is surely missing."""
        note(("open",), self._is_open)
        return self._is_open

    @property
    def region(self) -> Value | None:
        """The Region that a stack is deployed in, if that is known; None for Terraform, where each provider has one."""
        note(("parameter", "", "AWS::Region"), self.region_of_stack)
        return self.region_of_stack

    def of_type(self, *types: str) -> list[R]:
        """The resources of these types, including those of linked templates, in the order of the file."""
        if not self._types:
            self._types = _by_type(self._resources.values())
        found = self._types.get(types[0], []) if len(types) == 1 else self._several.get(types)
        if found is None:
            found = self._several[types] = self._of_types(types)
        if is_noting():
            note(("type", types), self._names(types, found))
        return found

    def _names(self, types: tuple[str, ...], found: Iterable[R]) -> tuple[str, ...]:
        if types not in self._type_names:
            self._type_names[types] = tuple(resource.name for resource in found)
        return self._type_names[types]

    def _of_types(self, types: Sequence[str]) -> list[R]:
        positions = self._positions
        if not positions:
            positions.update((name, at) for at, name in enumerate(self._resources))
        several = [one for type_ in dict.fromkeys(types) for one in self._types.get(type_, [])]
        return sorted(several, key=lambda one: positions[one.name])

    def once(self, compute: Callable[[Any], T]) -> T:
        """The result of `compute(self)`, cached by the function."""
        if compute not in self._cache:
            with noted() as reads:
                self._cache[compute] = compute(self)
            self._reads[compute] = reads
        note(("once", compute), self._reads[compute])
        result: T = self._cache[compute]
        return result

    def answers_alike(self, question: Question, answer: Any) -> bool:
        """Whether a question of another deployment of the same template has the same answer here."""
        kind = question[0]
        if kind == "once":
            return self._is_worked_out_alike(answer)
        if kind == "type":
            types = question[1]
            return bool(answer == (self._type_names.get(types) or self._names(types, self.of_type(*types))))
        if kind == "name":
            return bool(answer == (question[1] in self._resources))
        if kind == "open":
            return bool(answer == self._is_open)
        if kind == "unseen":
            return False  # It is rare, and working it out costs as much as asking again.
        if kind == "resources":
            return bool(answer == tuple(self._resources))
        own = self._answer(question) if self._answer is not None else None
        return own is answer or (isinstance(own, (str, tuple)) and bool(own == answer))

    def _is_worked_out_alike(self, answer: Reads) -> bool:
        if id(answer) not in self._same:
            self._same[id(answer)] = True  # What asks for itself adds nothing.
            self._same[id(answer)] = answer.hold(self.answers_alike)
        return self._same[id(answer)]


def _by_type(resources: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = {}
    for resource in resources:
        found.setdefault(resource.type, []).append(resource)
    return found
