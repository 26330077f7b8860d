"""What runs in the other Region, seen from what it names: something of its own, or what stands in the primary Region
and is lost with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.recovery import stores, twins
from awslint_memo.relations.recovery.counterpart_uses import IMAGES, Use
from awslint_memo.relations.recovery.families import Family

_LOST = (IMAGES, "certificate", "layer", "parameter", "secret")
"""What names one of the primary Region can't use once that is lost. A key of another Region is refused at once."""

_COPIED = ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance")
"""Types of which a copy in the other Region may have another name."""


class Abroad:
    """What the resources of a family in another Region name."""

    def __init__(self, family: Family, region: str, named: Sequence[Use]) -> None:
        self._family = family
        self._region = region
        self._every = named
        self._by_user: dict[int, list[Use]] = {}
        for use in named:
            self._by_user.setdefault(id(use.user), []).append(use)

    def naming_home(self, uses: Sequence[Use], primary: str) -> list[Resource]:
        """The resources there that name the very thing of the primary Region.

        uses: of that thing, by what is in the primary Region.
        """
        first = uses[0]
        stands_home = self._family.region(first.target) == primary if first.target else first.region == primary
        if first.kind not in _LOST or not stands_home:
            return []
        return [each.user for each in self._every if not each.is_bare and each.is_of(first)]

    def own(self, use: Use) -> tuple[Resource, Use] | None:
        """Who there names something of its own for what one in the primary Region uses, and what; None if that one is
        not there too, or does not."""
        others = self._twins(use.user)
        named = [[each for each in self._by_user.get(id(other), ()) if each.kind == use.kind] for other in others]
        if not named or not all(named) or not all(self._is_own(each, use) for every in named for each in every):
            return None
        return others[0], named[0][0]

    def _is_own(self, other: Use, use: Use) -> bool:
        """Whether what is named there is another thing, and surely of that Region."""
        if other.is_of(use) or other.is_bare:
            return False
        if other.target is None and other.name == use.name:
            return False  # The Region in it is that of who names it, whether anything is there or not.
        if other.target is not None:
            return self._family.region(other.target) == self._region
        return other.region == self._region if other.region is not None else other.kind == "machine image"

    def _twins(self, user: Resource) -> Sequence[Resource]:
        """What stands in the other Region for what uses something: what has its name, or is a copy of its data."""
        alike = twins.near(user, self._family, self._region)
        if alike:
            return alike
        if user.type not in _COPIED or stores.store(user) is None:
            return ()
        ways: Mapping[int, Resource] = {
            id(way.by): way.by
            for way in stores.bound(user, "region").seen
            if way.by is not None and way.by.type == user.type and way.region == self._region
        }
        return list(ways.values())
