"""Arguments that the call of a module does not give it, so that the module's defaults decide."""

from __future__ import annotations

from collections.abc import Callable

from awslint_memo.fixes import terraform_words
from awslint_memo.fixes.edit import Edit
from awslint_memo.fixes.hcl_edits import HclFile
from awslint_memo.model.fix import Change, Setting, steps_of
from awslint_memo.model.lazy import regex

_OF_CALL = regex(r"\bmodule\.([\w-]+)(?:\[[^\]]*\])?\.([\w-]+)$")
"""The call and the variable at the end of an address."""


def edits_at_call(change: Change, file_of: Callable[[str], HclFile]) -> tuple[str, list[Edit]] | None:
    """The edits that give a module the argument of whose default a property has its value, and the file of the call;
    None where nobody calls such a module there. file_of: gives the file at a path.

    That the module passes the argument on as it is, so that the finding ends, is proved afterwards, as of every fix.
    """
    call = change.target.call
    match = _OF_CALL.search(change.default_of) if isinstance(change, Setting) else None
    if match is None or call is None or call.path.endswith(".json") or not isinstance(change, Setting):
        return None
    type_, _ = terraform_words.labels(change.target.written)
    value = terraform_words.value_of(type_, steps_of(change.path), change.value)
    if not isinstance(value, (str, int, float)):
        return None
    edits = file_of(call.path).give(match[1], call.line, match[2], value)
    return None if edits is None else (call.path, edits)
