"""Names with their Region in them: they are of that Region's own entry, and are not led elsewhere."""

from __future__ import annotations

from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks.tasks import Question
from awslint_memo.relations.route53.records import Record

_CHECKS = "Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html"


def is_of_region(record: Record, region: str | None) -> bool:
    """Whether the name of a record has a Region in it, as api.eu-west-1.example.com has."""
    return bool(region) and f"{region}" in (record.name.shown or "").lower().replace("_", "-")


def asked(sides: Sides, record: Record, name: str) -> Question:
    """Who uses the name: a check that asks it would find the lost Region healthy, once it leads elsewhere."""
    what = f"whether anybody but checks and other records uses {name}, which is {sides.primary}'s own name"
    notes = [
        f"If so: have them use the name of {sides.there}, or one that leads there.",
        f"Leave {name} as it is: led elsewhere, a health check that asks it would take {sides.primary} for healthy.",
    ]
    reasons = stands(record.holder, record.name.shown or record.holder.title)
    return Question(what, record.holder, because=reasons, notes=notes, page=_CHECKS, phase="requests")
