"""Several changes of a resource in one edit, where each by itself would write at the same place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awslint_memo.fixes.data_edits import DataFile, Steps
from awslint_memo.fixes.edit import Edit
from awslint_memo.model.fix import Setable, Setting, Target


def combined_edit(file: DataFile, values: Sequence[tuple[Steps, Setable]]) -> list[Edit] | None:
    """The edit that sets values which would all be written into one mapping; None if they would not."""
    mappings = {_reached(file, steps) for steps, _ in values}
    within = mappings.pop()
    if mappings or not within or any(len(steps) == len(within) for steps, _ in values):
        return None
    made: dict[str, Any] = {}
    for steps, value in values:
        inner = made
        for step in steps[len(within) : -1]:
            inner = inner.setdefault(str(step), {})
        inner[str(steps[-1])] = value
    return file.set(within, made)


def _reached(file: DataFile, steps: Steps) -> Steps:
    """The steps of a way up to the last thing that is there."""
    return next((steps[:end] for end in range(len(steps), 0, -1) if file.has(steps[:end])), ())


def is_alike(one: Setting, target: Target) -> bool:
    """Whether a change only sets a value of this resource."""
    return not one.is_appended and one.target.home == target.home and one.target.written == target.written
