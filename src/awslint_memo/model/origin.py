"""Where a value stands and comes from: the literal that decides it, what it passed on the way, whether it is secret."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from awslint_memo.model.secret import NAMED, is_secret_name
from awslint_memo.model.span import Place

V = TypeVar("V")

_AS_LITERALS: Final[list[bool]] = []
"""Not empty while all values count as written where they are used."""


@contextmanager
def as_literals() -> Iterator[None]:
    """Count all values as written where they are used inside of the block, whatever default or mapping gives them.

    A rule that is silent about what a parameter decides speaks there, so that it shows for what reason it is silent.
    """
    _AS_LITERALS.append(True)
    try:
        yield
    finally:
        _AS_LITERALS.pop()


class Choice(Generic[V]):
    """What a value is surely one of, whatever the template leaves open: the rows of a mapping by Region.

    words: where each of them stands, for people ("every Region of mapping Images"). values: works them out; a run asks
    for few of them.
    """

    __slots__ = ("_values", "words")

    def __init__(self, words: str, values: Callable[[], list[V]]) -> None:
        self.words = words
        self._values = values

    @property
    def values(self) -> list[V]:
        """All values that can be chosen; never empty for a choice that can be made."""
        return self._values()


class Step:
    """One step back from where a value is used to where it was decided: "default of Timeout", "local.wait".

    words: what stands at `place`, for people. default_of: the parameter or variable whose default it is, if it is one;
    call: the call of its module that gives it no value, where that is known and somebody edits it.
    decides: whether a person who wants another value changes it there; False for what the value is only computed from.
    choice: what the value is one of, if it was chosen here by what the template leaves open.
    """

    __slots__ = ("call", "choice", "decides", "default_of", "place", "words")

    def __init__(
        self,
        words: str,
        place: Place,
        *,
        default_of: str = "",
        call: Place | None = None,
        decides: bool = True,
        choice: Choice[Any] | None = None,
    ) -> None:
        self.words = words
        self.place = place
        self.default_of = default_of
        self.call = call
        self.decides = decides
        self.choice = choice

    def __repr__(self) -> str:
        return f"<Step {self.words}>"


class Supposed(Step):
    """The step of a value that nobody gives: a deployment supposes it, since an expression compares a variable with it.

    content: the value. key: that of the variable, as unknown values have it.
    """

    __slots__ = ("content", "key")

    def __init__(self, words: str, place: Place, content: object, key: str) -> None:
        super().__init__(words, place, decides=False)
        self.content = content
        self.key = key


class Origin:
    """The steps of a value, the nearest to its use first, and whether the value is secret."""

    __slots__ = ("is_sensitive", "steps")

    def __init__(self, steps: tuple[Step, ...] = (), *, is_sensitive: bool = False) -> None:
        self.steps = steps
        self.is_sensitive = is_sensitive

    def behind(self, step: Step) -> Origin:
        """The same origin seen from one step nearer to the use."""
        return Origin((step, *self.steps), is_sensitive=self.is_sensitive)

    def of_part(self, part: Origin, place: Place, *, decides: bool = True) -> Origin:
        """The origin of a part of a value with this origin; `part` and `place` are what the part itself knows.

        decides: False if who uses the part decides it, as with a reference that a list of outputs holds.
        """
        last = self.steps[-1]
        own = part.steps
        if not own or own[0].words != last.words:
            own = (
                Step(last.words, place, default_of=last.default_of, call=last.call, decides=last.decides and decides),
                *own,
            )
        return Origin((*self.steps[:-1], *own), is_sensitive=self.is_sensitive or part.is_sensitive)

    def with_inputs(self, other: Origin) -> Origin:
        """The same origin of a value that another one had a say in, as a condition has."""
        return self.with_computed(computed_from((other,))) if other.steps or other.is_sensitive else self

    def with_computed(self, more: Origin) -> Origin:
        """As `with_inputs`, of an origin that `computed_from` made: all values inside of one are given the same."""
        if not self.steps and not self.is_sensitive:
            return more
        return Origin((*self.steps, *more.steps), is_sensitive=self.is_sensitive or more.is_sensitive)

    def decided(self, used: Place) -> Place:
        """Where a person would change the value that is used at `used`."""
        return next((step.place for step in reversed(self.steps) if step.decides), used)

    @property
    def defaults(self) -> tuple[str, ...]:
        """The parameters and variables whose defaults the value comes from.

        Where the value was given, the default of a called module ("module.db.mode") that it was chosen by is left out.
        """
        if _AS_LITERALS:
            return ()
        is_given = any(step.decides and not step.default_of for step in self.steps)
        steps = (step for step in self.steps if step.decides or not is_given or "." not in step.default_of)
        return tuple(dict.fromkeys(step.default_of for step in steps if step.default_of))

    def supposed(self, content: object) -> Supposed | None:
        """The step by which a content is nothing but supposed; None where it is given, or only chosen by what is."""
        steps = (step for step in self.steps if isinstance(step, Supposed))
        return next((step for step in steps if step.content == content), None)

    @property
    def is_here(self) -> bool:
        """Whether the value is decided where it is used."""
        return not self.steps or bool(_AS_LITERALS)

    @property
    def choice(self) -> Choice[Any] | None:
        """What the value is one of, if it was chosen by what the template leaves open."""
        return next((step.choice for step in self.steps if step.choice is not None), None)


HERE = Origin()
"""Of a value that is decided where it is used."""

EXPORT = "export "
"""How the words of a step begin by which another stack exports a value."""

OF_NESTED = " of nested stack "
"""What the words of a step have by which a nested stack tells an output."""

DYNAMIC = "a dynamic reference"
"""Why a value is not known that CloudFormation looks up when it deploys: that there is one is sure."""

SECRET = Origin(is_sensitive=True)
"""Of a value that is decided where it is used and that nobody may see."""


def computed_from(origins: Iterable[Origin]) -> Origin:
    """The origin of a value that is computed from others where it is used."""
    passed: dict[Step, None] = {}  # Values of one mapping or list have most steps in common, which may be hundreds.
    is_sensitive = False
    for origin in origins:
        is_sensitive = is_sensitive or origin.is_sensitive
        if origin.steps:
            passed.update(dict.fromkeys(origin.steps))
    steps: dict[tuple[int, str], Step] = {}
    for step in passed:
        is_kept = not step.decides and step.choice is None
        known = step if is_kept else Step(step.words, step.place, default_of=step.default_of, decides=False)
        steps.setdefault((id(step.place), step.words), known)
    return Origin(tuple(steps.values()), is_sensitive=is_sensitive) if steps or is_sensitive else HERE


class Route:
    """The way to a value inside of its resource: the keys of properties and the indexes of lists, in order.

    A route is written "RedrivePolicy.maxReceiveCount" or "Tags[0].Key"; that of the resource itself is empty.
    """

    __slots__ = ("is_secret", "key", "resource", "up")

    def __init__(self, resource: str, key: str | int | None = None, up: Route | None = None) -> None:
        self.resource = resource
        self.key = key
        self.up = up
        # Of a list of secrets each is one; what stands below other names in a mapping says so by its own name.
        if isinstance(key, str):
            known = NAMED.get(key)
            self.is_secret: bool = is_secret_name(key) if known is None else known
        else:
            self.is_secret = up is not None and up.is_secret

    def below(self, key: str | int) -> Route:
        """The route of what stands under a key or index."""
        return Route(self.resource, key, self)

    def __iter__(self) -> Iterator[str | int]:
        keys: list[str | int] = []
        route: Route | None = self
        while route is not None:
            if route.key is not None:
                keys.append(route.key)
            route = route.up
        return reversed(keys)

    def __str__(self) -> str:
        written = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self)
        return written.removeprefix(".")


P = TypeVar("P", bound="Placed")


class Placed:
    """What stands at a place and may be handed on to another."""

    __slots__ = ("named", "origin", "place", "route")
    place: Place
    """Where it is used, in a property of a resource. `origin`: what it passed on its way there."""
    origin: Origin
    named: Place | None
    """The key under which it stands. `route`: the way to it inside of its resource, if it was reached from one."""
    route: Route | None

    @abstractmethod
    def _copy(self: P, place: Place, origin: Origin) -> P:
        """The same value at another place."""

    def moved(self: P, place: Place, step: Step | None = None) -> P:
        """The value as it is used at another place, which leads to where it stood by one more step."""
        return self._with(place, self.origin if step is None else self.origin.behind(step), self.route)

    def passed_on(self: P, words: str, place: Place) -> P:
        """The value as another resource, module or stack gives it to a place; who uses a link there decides it."""
        return self.moved(place, Step(words, self.place, decides=self._decides))

    @property
    def _decides(self) -> bool:
        return True

    def reached(self: P, route: Route) -> P:
        """The value at a route of a resource."""
        return self._with(self.place, self.origin, route)

    def behind(self: P, words: str) -> P:
        """The value as one that is handed on from where it stands, which leads back there by one more step."""
        return self.with_origin(self.origin.behind(Step(words, self.place, decides=self._decides)))

    def with_origin(self: P, origin: Origin) -> P:
        """The value with another origin."""
        return self._with(self.place, origin, self.route)

    def _with(self: P, place: Place, origin: Origin, route: Route | None) -> P:
        made = self._copy(place, origin)
        made.named, made.route = self.named, route
        return made

    @property
    def decided(self) -> Place:
        """Where a person would change the value: a literal, a default, a module's argument."""
        return self.origin.decided(self.place)
