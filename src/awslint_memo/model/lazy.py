"""What is worked out on first use: regular expressions and properties.

A run needs few of the regular expressions that its modules define, and to compile all of them took a tenth of the time
of a small run. `functools.cached_property` takes a lock before Python 3.12. Type checkers see the standard library.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

__all__ = ["cached_property", "compiled_late", "regex"]

_keep = object.__setattr__
"""Not by `__dict__`, which makes a dictionary of what Python keeps in the object itself; records may be frozen."""

if TYPE_CHECKING:
    from functools import cached_property
    from re import compile as regex
else:

    class regex:  # noqa: N801
        """A pattern with the methods of a compiled one, each kept here once it was asked for."""

        def __init__(self, pattern: Any, flags: int = 0) -> None:
            self._written = pattern, flags

        def __getattr__(self, name: str) -> Any:
            """Compile the pattern for one of its methods or attributes."""
            found = self.__dict__[name] = getattr(re.compile(*self._written), name)
            return found

    class cached_property:  # noqa: N801
        """Keeps the result in the object under the property's name, where it is found first from then on."""

        def __init__(self, function: Any) -> None:
            self._function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner: Any, name: str) -> None:
            self._name = name

        def __get__(self, instance: Any, owner: Any = None) -> Any:
            if instance is None:
                return self
            found = self._function(instance)
            _keep(instance, self._name, found)
            return found


@contextmanager
def compiled_late(*packages: str) -> Iterator[None]:
    """While the block imports packages of others: what these compile with `re.compile` is compiled at its first use.

    packages: their names; those of other modules get what they ask for. Most of their patterns are of functions that
    no run calls.
    """
    compiled = re.compile

    def late(pattern: Any, flags: Any = 0) -> Any:
        asking = str(sys._getframe(1).f_globals.get("__name__")).partition(".")[0]
        return regex(pattern, flags) if asking in packages else compiled(pattern, flags)

    re.compile = late
    try:
        yield
    finally:
        re.compile = compiled
