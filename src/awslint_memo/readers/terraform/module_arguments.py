"""What a module that was not read is given, and which of that it only tells programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.model.outputs import Argument
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.values import inner

_TOLD = regex(r"(?:\w+_)?(?:env|envs|environments?|env(?:ironment)?_(?:vars?|variables?|map)|tags|labels)", re.I)
"""The names of arguments, and of keys in them, whose values programs or tags get: `environment_variables`."""


def arguments(module: str, name: str, value: Value, *, is_inside: bool) -> Iterator[Argument]:
    """An argument of a call of a module, and every value inside of it that holds no others, each once. is_inside:
    whether the call stands in a module of which there are only facts."""
    stack = [(value, _TOLD.fullmatch(name) is not None)]
    seen: set[tuple[int, bool]] = set()
    while stack:
        current, is_told = stack.pop()
        if (id(current), is_told) in seen:
            continue
        seen.add((id(current), is_told))
        content = current.content if isinstance(current, Known) else None
        if isinstance(content, Mapping):
            keyed = ((one, is_told or _TOLD.fullmatch(str(key)) is not None) for key, one in content.items())
            stack.extend(keyed)
        elif isinstance(content, list):
            stack.extend((one, is_told) for one in inner(current))
        else:
            yield Argument(module, current, is_told, is_inside)
