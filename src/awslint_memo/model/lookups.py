"""Looking up the resources of a deployment, with a note of each question for whoever wants to know what was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from awslint_memo.model.catalogue import Catalogue, Typed
from awslint_memo.model.dependencies import NOTING, UNSETTLED, Hashed, Question, Reads, note, noted

if TYPE_CHECKING:
    from awslint_memo.model.value import Value

R = TypeVar("R", bound=Typed)
T = TypeVar("T")


class Lookups(Generic[R]):
    """The resources of a deployment by name and type, and what relations work out of them once.

    answer: what a condition, a parameter or a name of the template stands for in this deployment; None where there is
    nothing to choose. common: see `key`.
    """

    def __init__(
        self,
        resources: Catalogue[R],
        is_open: bool,
        answer: Callable[[Question], object] | None,
        common: object = None,
    ) -> None:
        self._resources = resources
        self._is_open = is_open
        self._answer = answer
        self._common = common
        self.name = ""
        self.region_of_stack: Value | None = None
        self.has_providers = True
        """Whether there may be resources of several providers, and so of several accounts and Regions: Terraform's."""
        self.is_supposed = False
        """Whether nobody tells that there is a deployment in that Region, with which a condition compares its own."""
        self.untranslated: Callable[[Any], Sequence[R]] = lambda _: ()
        """Gives the Terraform resources of this deployment, which it is given, whose types have no name of
        CloudFormation, with Terraform's arguments."""
        self._of_types: dict[tuple[str, ...], list[R]] = {}
        self._names: dict[tuple[str, ...], Hashed] = {}
        """The names of the resources of some types; under no type those of all."""
        self._cache: dict[Callable[..., Any], Any] = {}
        self._reads: dict[Callable[..., Any], Reads] = {}
        self._answered: dict[Question, object] = {}
        """The answers for `key` so far, those of questions whose answer stays the same."""

    @property
    def resources(self) -> Mapping[str, R]:
        """All resources by name, those of linked templates included."""
        if NOTING:
            note(("resources",), self._named().parts)
        return self._resources

    def resource(self, name: str) -> R | None:
        """The resource of a name; None if there is none in this deployment."""
        found = self._resources.get(name)
        if NOTING:
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
        found = self._of_types.get(types)
        if found is None:
            found = self._of_types[types] = self._resources.of_types(types)
        if NOTING:
            note(("type", types), self._named(types).parts)
        return found

    def _named(self, types: tuple[str, ...] = ()) -> Hashed:
        known = self._names.get(types)
        if known is None:
            names = self._resources.names_of(types) if types else self._resources
            known = self._names[types] = Hashed(tuple(names))
        return known

    def once(self, compute: Callable[[Any], T]) -> T:
        """The result of `compute(self)`, cached by the function.

        What it reads is noted only where somebody notes: a template with one deployment asks for nothing twice. If
        that is asked for later, it is worked out again, and the first result stays.
        """
        if NOTING:
            if compute not in self._reads:
                with noted() as reads:
                    self._cache.setdefault(compute, compute(self))
                self._reads[compute] = reads
            note(("once", compute), self._reads[compute])
        elif compute not in self._cache:
            self._cache[compute] = compute(self)
        result: T = self._cache[compute]
        return result

    def forget(self) -> None:
        """Let go of the resources, which know their deployment, once it is used no more."""
        self._resources.forget()
        self._of_types.clear()
        self._cache.clear()
        self._reads.clear()
        self._answered.clear()

    def key(self, questions: Hashed) -> Hashed | None:
        """The answers here to what a check asked (`Reads.questions`).

        Those of two deployments of a template are equal where all answers are the same, and what they do not ask for
        is the same in both by `common`: files of variables decide values of which no question is noted. None: that
        can't be told, as of a deployment that answers nothing: its values may be others although nothing was asked.
        """
        if self._answer is None:
            return None
        # Checks of a template ask for the same things very often.
        known = self._answered.get
        answers = tuple([self._key(part) if (answer := known(part)) is None else answer for part in questions.parts])
        return None if None in answers else Hashed((*answers, self._common))

    def _key(self, question: Question) -> object:
        answer = self._answer_to(question)
        # A lookup or an output that is not met yet may be later, and the name that the user gives a deployment changes.
        may_change = question[0] in UNSETTLED if answer is _NO_ANSWER else question[0] == "kin"
        if answer is not None and not may_change:
            self._answered[question] = answer
        return answer

    def _answer_to(self, question: Question) -> object:
        kind = question[0]
        if kind == "once":
            return self.key(question[2])
        if kind == "group":
            return self.key(question[1])
        if kind in ("type", "resources"):
            return self._named(*question[1:])
        if kind in ("name", "everything"):
            return question[1] in self._resources
        if kind == "open":
            return self._is_open
        if kind == "kin":
            return self.name
        if kind == "untold":
            return True  # What it depends on is asked too.
        if kind in ("unseen", "completes"):
            return None  # It is rare, and working it out costs as much as asking again.
        # Equal texts are the same answer, and of values the same object.
        own = self._answer(question) if self._answer is not None else None
        return _NO_ANSWER if own is None else own


_NO_ANSWER = object()
"""The answer of a reader to a question about what the deployment does not have; None is for what can't be told."""
