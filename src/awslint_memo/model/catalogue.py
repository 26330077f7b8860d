"""The resources of a deployment by name and by type, each made when somebody looks at it.

A template may have many deployments, and a check looks at few resources of most of them. So what is in a deployment is
known by name and type, and a resource is made on its first use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Generic, Protocol, TypeVar

from awslint_memo.model.budget import take

MAKING: Final = 4
"""What a resource takes of the budget of deployments; a look at one that is made takes 1."""


class Typed(Protocol):
    """A resource, as far as a lookup needs it."""

    @property
    def name(self) -> str:
        """The logical id or address."""

    @property
    def type(self) -> str:
        """The CloudFormation type."""


R = TypeVar("R", bound=Typed)
Made = TypeVar("Made", bound=Typed, covariant=True)


class Listing(Protocol[Made]):
    """Resources that are known by name: those of one stack, or of a whole configuration."""

    @property
    def prefix(self) -> str:
        """What their names begin with; names of other listings with a longer prefix may begin so too."""

    def names(self) -> Sequence[str]:
        """The names of those that are there, in the order of the file."""

    def names_of(self, types: tuple[str, ...]) -> Sequence[str]:
        """The names of those that are there and have one of these types."""

    def has(self, name: str) -> bool:
        """Whether one of this name is there."""

    def type_of(self, name: str) -> str:
        """The type of the one of a name that is there."""

    def make(self, name: str) -> Made:
        """The resource of a name that is there; a new object each time."""


class Listed(Generic[R]):
    """A listing of resources that are made already."""

    @property
    def prefix(self) -> str:
        """Nothing."""
        return ""

    def __init__(self, resources: Mapping[str, R]) -> None:
        self._resources = resources
        self._types: dict[str, list[str]] = {}
        self._positions: dict[str, int] = {}

    def names(self) -> Sequence[str]:
        """All names."""
        return list(self._resources)

    def names_of(self, types: tuple[str, ...]) -> Sequence[str]:
        """The names of those of these types."""
        if not self._positions:
            for at, one in enumerate(self._resources.values()):
                self._types.setdefault(one.type, []).append(one.name)
                self._positions[one.name] = at
        if len(types) == 1:
            return self._types.get(types[0], ())
        several = [name for type_ in dict.fromkeys(types) for name in self._types.get(type_, ())]
        return sorted(several, key=self._positions.__getitem__)

    def has(self, name: str) -> bool:
        """Whether there is one of this name."""
        return name in self._resources

    def type_of(self, name: str) -> str:
        """The type of the one of a name."""
        return self._resources[name].type

    def make(self, name: str) -> R:
        """The resource of a name."""
        return self._resources[name]


class Catalogue(Mapping[str, R]):
    """The resources of several listings by name.

    place: is given each resource when it is made. made: those so far, which several catalogues may share. has_all:
    whether all of those are of these listings.
    """

    def __init__(
        self, listings: Sequence[Listing[R]], place: Callable[[R], None], made: dict[str, R], *, has_all: bool = True
    ) -> None:
        self._listings = listings
        self._place = place
        self._made = made
        self._has_all = has_all
        self._by_prefix: dict[str, Listing[R]] = {listing.prefix: listing for listing in listings}

    def __getitem__(self, name: str) -> R:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def get(self, name: str, default: object = None) -> R | None:  # type: ignore[override]
        """The resource of a name; None if there is none."""
        found = self._made.get(name) if self._has_all else None
        if found is not None:
            return found
        listing = self._listing(name)
        return None if listing is None else self._from(listing, name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._listing(name) is not None

    def __iter__(self) -> Iterator[str]:
        for listing in self._listings:
            yield from listing.names()

    def __len__(self) -> int:
        return sum(len(listing.names()) for listing in self._listings)

    def type_of(self, name: str) -> str:
        """The type of the resource of a name; empty if there is none."""
        listing = self._listing(name)
        return "" if listing is None else listing.type_of(name)

    def names_of(self, types: tuple[str, ...]) -> Sequence[str]:
        """The names of the resources of these types, in their order."""
        if len(self._listings) == 1:
            return self._listings[0].names_of(types)
        return [name for listing in self._listings for name in listing.names_of(types)]

    def of_types(self, types: tuple[str, ...]) -> list[R]:
        """The resources of these types, in their order."""
        return [self._from(listing, name) for listing in self._listings for name in listing.names_of(types)]

    @property
    def made(self) -> dict[str, R]:
        """Those that were looked at so far, by name."""
        return dict(self._made)

    def take_over(self, made: Mapping[str, R]) -> None:
        """Use resources that another catalogue has made, which is used no more."""
        for name, one in made.items():
            if name in self:
                self._made[name] = one
                self._place(one)

    def forget(self) -> None:
        """Let go of what was made, and of who placed it."""
        self._made.clear()
        self._place = lambda _: None

    def _from(self, listing: Listing[R], name: str) -> R:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = listing.make(name)
            take("looks", MAKING)
            take("samples", MAKING)
            self._place(found)
        return found

    def _listing(self, name: str) -> Listing[R] | None:
        """The listing that has a name; the last one, if several have."""
        if len(self._listings) == 1:
            return self._listings[0] if self._listings[0].has(name) else None
        likely = self._by_prefix.get(name[: name.rfind("/") + 1])
        if likely is not None and likely.has(name):
            return likely
        return next(
            (listing for listing in reversed(self._listings) if name.startswith(listing.prefix) and listing.has(name)),
            None,
        )
