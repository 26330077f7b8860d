"""Where the pages of this project stand on the web."""

from __future__ import annotations

from awslint_memo.judging.rule import Rule

SITE = "https://OWNER.github.io/awslint-memo/"
"""The address of the documentation. `make owner` writes the account's name into it; until then there is no site."""

_NOBODY = "//OWNER."


def site() -> str:
    """The address of the documentation; empty as long as there is none."""
    return "" if _NOBODY in SITE else SITE


def rule_page(rule: Rule) -> str:
    """The address of the page about a rule; empty if there is none.

    It is ours for our rules. As long as there is no site, and for a user's own rule, it is the one that the rule names.
    """
    return f"{site()}rules/{rule.id}.html" if site() and not rule.is_users else rule.url
