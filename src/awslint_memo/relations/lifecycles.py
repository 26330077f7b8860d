"""Amazon S3: to which storage classes lifecycle rules of a bucket move objects, and how early."""

from __future__ import annotations

from awslint_memo.model.facts import fact

_PAGE = "AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"

INFREQUENT = ("STANDARD_IA", "ONEZONE_IA")

COLDER = fact(("STANDARD_IA", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE"), page=_PAGE, read="2026-11-30")
"""The storage classes in the order in which a rule moves objects; INTELLIGENT_TIERING may come at several places."""

LEAST_DAYS = fact(30, page=_PAGE, read="2026-11-30")
"""Days that objects are stored before they move to a class of infrequent access, and that they stay in it before the
same rule moves them to a class of Glacier."""


def gap(warm: str, cold: str) -> int:
    """The least number of days for which a rule leaves objects in a class before it moves them to a colder one."""
    return LEAST_DAYS if warm in INFREQUENT and cold not in INFREQUENT else 1
