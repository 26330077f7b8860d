"""What the findings in bad examples are known by in baselines and to programs, which the rules' pages do not show.

`make docs` writes it to tests/rules/identities.txt. Another resource or route there is another fingerprint: baselines
that users have made no longer know the finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules
from awslint_memo.model.finding import Finding

FILE = Path(__file__).parent / "rules" / "identities.txt"


def identity(one: Finding) -> str:
    """What a finding is known by, in one line."""
    parts = {
        "resource": one.name,
        "route": one.route,
        "since": one.since,
        "about": ",".join(one.about),
        "together": "yes" if one.plural is not None else "",
        "fix": "" if one.fix is None else one.fix.safety,
    }
    return " ".join(f"{name}={part}" for name, part in parts.items() if part)


def known() -> dict[str, str]:
    """What the file says, by the rule's id and the number of its example."""
    rows = (line.partition(": ") for line in FILE.read_text(encoding="utf-8").splitlines())
    return {key: words for key, _, words in rows}


def lines() -> Iterator[str]:
    """The lines of the file as they should be now."""
    for rule in rules().values():
        for number, example in enumerate(examples(rule, rule.bad)):
            for one in example.findings():
                yield f"{rule.id} {number}: {identity(one)}"
