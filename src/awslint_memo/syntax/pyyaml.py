"""PyYAML, imported without compiling its patterns: they are of its scanner in Python, and we use that of libyaml.

One of them, a set of all characters that may be printed, takes a tenth of the time of a small run.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from awslint_memo.model.lazy import regex

__all__ = ["yaml"]

_compile = re.compile


def _compile_late(pattern: Any, flags: Any = 0) -> Any:
    """What `re.compile` gives, but to PyYAML's modules a pattern that is compiled when it is first used."""
    asking = str(sys._getframe(1).f_globals.get("__name__"))
    return regex(pattern, flags) if asking.startswith("yaml.") else _compile(pattern, flags)


re.compile = _compile_late
try:
    import yaml
finally:
    re.compile = _compile
