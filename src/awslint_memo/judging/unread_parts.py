"""What belongs to a template and was not read because it is outside of the root, by the notices of the run's files."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.files.root import CIRCLE, OUTSIDE
from awslint_memo.judging.notices import NOT_CHECKED
from awslint_memo.readers.template import Deployments

_IS_OUTSIDE = f" is {OUTSIDE}"
_WHYS = (_IS_OUTSIDE, f" is {CIRCLE}")


def is_of_unread(notice: str) -> bool:
    """Whether a notice tells of something that is outside of the root, or leads round in a circle."""
    return NOT_CHECKED in notice and notice.endswith(_WHYS)


def outside(deployments: Deployments, told: Iterable[str]) -> list[str]:
    """What of the unread parts of a template is outside of the root, by the notices that are told of that."""
    parts = (notice.partition(NOT_CHECKED)[2] for notice in told if notice.endswith(_IS_OUTSIDE))
    known = {part.removesuffix(_IS_OUTSIDE) for part in parts}
    return [what for what in deployments.unseen if what in known]
