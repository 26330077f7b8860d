"""Programs for the loss of another Region than the one that is lost: started, they move the data into that."""

from __future__ import annotations

from awslint_memo.relations.recovery import stores
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.runbooks.programs import Program


def moves_home(sides: Sides, program: Program) -> bool:
    """Whether all that a program may promote copies of has its first data in other Regions than the lost one, as far as
    was read: started, it may lead the data into the Region that is lost."""
    if sides.primary is None or not program.promotes or program.turns:
        return False
    own = (member.resource for member in sides.family.members(*program.promotes))
    first = [each for each in own if (held := stores.store(each)) is not None and not held.note]
    return bool(first) and all(sides.family.region(each) not in (sides.primary, None) for each in first)
