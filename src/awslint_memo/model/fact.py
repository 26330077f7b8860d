"""A fact about AWS (a list, a number, a name) together with the page that says it.

A plain class: facts are made when their module is imported, which a run of the linter pays for.
"""

from __future__ import annotations

from typing import Generic, TypeVar

DOCUMENTATION = "https://docs.aws.amazon.com/"
"""Where AWS's documentation begins; the page of a fact is below it unless it is a whole URL."""

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


def fact(value: T, *, page: str, read: str | None) -> T:  # noqa: ARG001
    """A value that AWS decides, as it is. What code reads is the value alone.

    page, read: as those of `Fact`. They stand here for people; the page on the relations and the tests of facts take
    them from the source.
    """
    return value


class Fact(Generic[T_co]):
    """A value that AWS decides, for code that also shows its page, and for tables in which each entry has its own.

    page: where it says so, a path below DOCUMENTATION or a whole URL. read: the day on which the value was compared
    with that page (or with AWS's model of the API of which the page is made), as 2026-11-25. None where that was not
    done, or only for a part of the value: the page is then the one that should say it.
    """

    __slots__ = ("page", "read", "value")

    def __init__(self, value: T_co, *, page: str, read: str | None) -> None:
        self.value = value
        self.page = page
        self.read = read

    @property
    def url(self) -> str:
        """The whole address of the page."""
        return self.page if "://" in self.page else DOCUMENTATION + self.page
