"""Regular expressions that are compiled when they are first used.

A run needs few of those that its modules define, and to compile all of them took a tenth of the time of a small run.
Type checkers see `re.compile`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

__all__ = ["regex"]

if TYPE_CHECKING:
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
