"""The ids of all rules that there ever were, in the order in which they came, and their numbers among cfn-lint's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from awslint_memo.files.rule_files import packaged

FILE = "manual/catalogue.txt"
"""The list, an id a line: none is taken away, and new ones stand at the end."""

USERS, UNREAD = 9998, 9999
"""The numbers of all rules of the user's own, and of what could not be checked."""

_FIRST = 9501
"""cfn-lint leaves the numbers from 9000 on to others; its own custom rules take theirs from 9001 on, by line."""


@cache
def numbers() -> Mapping[str, int]:
    """The number of each rule that the package ever had, by its id; a rule keeps it for ever."""
    return {name: _FIRST + place for place, name in enumerate(packaged(FILE).text.split())}
