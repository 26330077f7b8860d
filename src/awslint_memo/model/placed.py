"""Where a value stands and where it comes from, and the same value at another place."""

from __future__ import annotations

from abc import abstractmethod
from typing import TypeVar

from awslint_memo.model.origin import Origin, Route, Step
from awslint_memo.model.span import Place

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
        return self.with_origin(self.origin.behind(Step(words, self.place)))

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
