"""How a template gives the parameters of another one values: in the commands of a build, and as a pipeline's
ParameterOverrides.

Both are texts inside of a template, which has parameters and arguments of its own with the same names, so only what
follows the option that gives values counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from awslint_memo.model.lazy import regex

# aws cloudformation deploy, sam deploy: cli/latest/reference/cloudformation/deploy/index.html; the action of a
# pipeline: codepipeline/latest/userguide/action-reference-CloudFormation.html (both read on 2026-12-02).
_OVERRIDES = regex(r"(?:--parameter-overrides|ParameterOverrides)(?![\w-])")
_BY_NAME = regex(r"""[\s"',=]{1,200}(?:\$|file:)""")
"""What follows the option where the values are somewhere else: in a variable of the shell, in a file."""

_VALUE = r"""\s*(?:\\*["'])*(?:([\w.:/*+@-]+)(?![\w.:/*+@$({{`-]))?"""
_GIVEN = rf"""(?<![\w$.{{{{-]){{0}}\\*["']?\s*[:=]{_VALUE}"""
_VARIABLE = rf"""-var\\*["']?[\s,=]{{{{1,200}}}}\\*["']?{{0}}\s*={_VALUE}"""

_NEAR: Final = 3_000
"""How many characters behind the option values may stand."""

_MOST: Final = 500


def values_in_texts(name: str, text: str, *, is_of_terraform: bool) -> Iterator[str | None]:
    """The values that the texts inside of a template give a parameter or variable; None for each that is not written
    out."""
    word = re.escape(name)
    if is_of_terraform:
        yield from (match[1] or None for match in re.finditer(_VARIABLE.format(word), text))
        return
    given = regex(_GIVEN.format(word))
    end = 0
    for match in islice(_OVERRIDES.finditer(text), _MOST):
        if _BY_NAME.match(text, match.end()):
            # The shell's variable may be set anywhere in the text.
            yield from (found[1] or None for found in given.finditer(text) if "=" in found[0])
            return
        start, end = max(match.end(), end), match.end() + _NEAR
        yield from (found[1] or None for found in given.finditer(text, start, end))
