"""How far the families of a template are prepared for the loss of a Region, in all of its deployments."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.objectives import Objectives
from awslint_memo.model.record import record
from awslint_memo.relations.recovery import families, strategies


@record(frozen=True)
class Prepared:
    """How far one family is prepared, by the deployments in which it is prepared least and best.

    application: that of the configuration; None for what is in none. declared: the objectives that ask most.
    is_complete: whether the user says that nothing exists elsewhere. members: what a family of several templates
    consists of, to know it again; None of one template.
    """

    application: str | None
    least: strategies.Reached
    best: strategies.Reached
    declared: Objectives | None
    is_complete: bool
    members: frozenset[str] | None

    @property
    def key(self) -> object:
        """What is the same for the same family, from whichever of its templates it is seen."""
        return object() if self.members is None else (self.application, self.members)


def prepared(deployments: Sequence[Deployment]) -> list[Prepared]:
    """How far each family of a template is prepared; of one without stores and without a wish, nothing is said."""
    found: dict[str | None, list[tuple[strategies.Reached, families.Family]]] = {}
    for one in deployments:
        for name, reached in one.once(strategies.of_deployment).items():
            family = families.family(one, name)
            # What can be made again needs no strategy; that nothing is kept at all may be for want of a template.
            is_empty = name is None and reached.is_spread
            if strategies.data(family) or is_empty:
                found.setdefault(name, []).append((reached, family))
    return [_prepared(name, every, deployments) for name, every in found.items()]


def _prepared(
    name: str | None, every: Sequence[tuple[strategies.Reached, families.Family]], own: Sequence[Deployment]
) -> Prepared:
    least = min((reached for reached, _ in every), key=lambda one: strategies.rank(one.surely))
    best = max((reached for reached, _ in every), key=lambda one: strategies.rank(one.at_most))
    asked = [one for _, family in every if (one := strategies.declared(family)) is not None]
    found = [one.resource for _, family in every for one in strategies.data(family)]
    is_spread = any(kin.deployment not in own for _, family in every for kin in family.kin)
    recovery = every[0][1].deployment.declared.recovery
    return Prepared(
        name,
        least,
        best,
        asked[0] if asked else None,
        recovery is not None and recovery.complete,
        frozenset(map(_at, found)) if is_spread else None,
    )


def _at(resource: Resource) -> str:
    span = resource.place.span
    return f"{span.path}:{span.line}:{resource.name}"
