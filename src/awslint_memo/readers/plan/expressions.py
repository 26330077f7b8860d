"""What the configuration inside a plan says of one argument, one block, one element of a list or map."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, TypeAlias

from awslint_memo.model.record import record


class Unconfigured(Enum):
    """What is said where no expression is."""

    NOTHING = "nobody wrote it"
    NOT_SHOWN = "the plan does not show how it is written"


@record(frozen=True, slots=True)
class Part:
    """The expression of a whole list or map of which only a part is looked at, and the text of that part.

    The text is there where the configuration is Terraform's JSON: a plan keeps it with its `${…}`.
    """

    whole: Any
    text: Any = None


Configured: TypeAlias = "Any"
"""An expression, a block or a list of blocks as the plan has them, a Part, or Said."""


def is_argument(said: Configured) -> bool:
    """Whether this is what an argument is set to, and not a block with arguments of its own. Both are objects."""
    return isinstance(said, dict) and (not said or "constant_value" in said or isinstance(said.get("references"), list))


def is_constant(expression: Any) -> bool:
    """Whether an expression refers to nothing."""
    return "constant_value" in expression and not expression.get("references")


def text(said: Configured) -> Any:
    """What is written where a plan keeps that beside the references: text with `${…}`, or a list or map of such."""
    if isinstance(said, Part):
        return said.text
    return said.get("constant_value") if is_argument(said) and said.get("references") else None


def within(said: Configured, key: str) -> Configured:
    """What is said of an argument of a block, or of an element of an argument's value."""
    if said is Unconfigured.NOTHING:
        # A block is there that nobody wrote: a `dynamic` block made it, of which a plan shows nothing.
        return Unconfigured.NOT_SHOWN
    if isinstance(said, list):
        return within(said[0], key) if len(said) == 1 else Unconfigured.NOT_SHOWN
    if said is Unconfigured.NOT_SHOWN:
        return said
    if isinstance(said, Part) or is_argument(said):
        return _part(said, key)
    return said.get(key, Unconfigured.NOTHING)


def each(said: Configured, planned: list[Any]) -> list[Configured]:
    """What is said of each item of a list: a set of blocks is planned in another order than it is written."""
    if isinstance(said, Part) or is_argument(said):
        written = text(said)
        is_same = isinstance(written, list) and len(written) == len(planned)
        return [_part(said, number if is_same else None) for number in range(len(planned))]
    if not isinstance(said, list) or len(said) != len(planned):
        return [said if isinstance(said, dict) else Unconfigured.NOT_SHOWN] * len(planned)
    if len(said) == 1:
        return said
    found: list[Configured] = []
    for number, item in enumerate(planned):
        fitting = [one for one in said if _agrees(one, item)]
        found.append(
            said[number] if said[number] in fitting else fitting[0] if len(fitting) == 1 else Unconfigured.NOT_SHOWN
        )
    return found


def _part(said: Configured, step: str | int | None) -> Part:
    written = text(said)
    below = None
    if isinstance(written, dict):
        below = written.get(step)
    elif isinstance(written, list) and isinstance(step, int):
        below = written[step]
    return Part(said.whole if isinstance(said, Part) else said, below)


def _agrees(block: Any, planned: Any) -> bool:
    """Whether every constant of a block is what was planned."""
    if not isinstance(block, dict) or not isinstance(planned, dict):
        return True
    constants: Iterable[tuple[str, Any]] = (
        (key, one["constant_value"]) for key, one in block.items() if is_argument(one) and is_constant(one)
    )
    return all(str(planned.get(key)) == str(constant) or "{" in str(constant) for key, constant in constants)
