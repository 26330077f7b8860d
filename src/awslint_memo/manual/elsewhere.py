"""What others call what a rule asks for: names of the Well-Architected Framework, AWS Config, Security Hub and Trusted
Advisor, where they judge the same. A name of AWS's checks says so of what is deployed; ours of what is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from awslint_memo.files.rule_files import packaged
from awslint_memo.model.record import record

FILE = "manual/elsewhere.txt"

KINDS: Mapping[str, tuple[str, str]] = {
    "wa": ("well-architected", "Well-Architected Framework"),
    "config": ("aws-config", "AWS Config"),
    "hub": ("security-hub", "Security Hub"),
    "advisor": ("trusted-advisor", "Trusted Advisor"),
}
"""Each kind of name, as the file has it, with the words for programs and for people, in the order of pages."""

_DOCS = "https://docs.aws.amazon.com"

_PILLAR = f"{_DOCS}/wellarchitected/latest/reliability-pillar"

_PAGES: Mapping[str, str] = {
    "REL08": f"{_PILLAR}/implement-change.html",
    "REL09-BP03": f"{_PILLAR}/rel_backing_up_data_automated_backups_data.html",
    "REL09-BP04": f"{_PILLAR}/rel_backing_up_data_periodic_recovery_testing_data.html",
}
"""The pages whose addresses do not follow from the name."""


@record(frozen=True)
class Name:
    """What somebody else calls it. kind: one of KINDS."""

    kind: str
    text: str

    @property
    def tag(self) -> str:
        """The name in one word, such as `security-hub/RDS.5`."""
        return f"{KINDS[self.kind][0]}/{self.text.replace(' ', '-')}"

    @property
    def words(self) -> str:
        """The name with whose it is."""
        return f"{KINDS[self.kind][1]}: {self.text}"

    @property
    def url(self) -> str:
        """AWS's page of it."""
        if self.kind == "advisor":
            return f"{_DOCS}/awssupport/latest/user/fault-tolerance-checks.html"
        if self.kind == "config":
            return f"{_DOCS}/config/latest/developerguide/{self.text}.html"
        if self.kind == "hub":
            service, _, number = self.text.lower().partition(".")
            return f"{_DOCS}/securityhub/latest/userguide/{service}-controls.html#{service}-{number}"
        return _PAGES.get(self.text) or f"{_DOCS}/wellarchitected/latest/framework/{self.text.lower()}.html"


@cache
def names() -> Mapping[str, Sequence[Name]]:
    """The names by the rule's id, in the order of KINDS; rules without any are not in it."""
    by_rule: dict[str, list[Name]] = {}
    for line in packaged(FILE).text.splitlines():
        if not line.startswith("#"):
            rule, kind, text = line.split(" ", 2)
            by_rule.setdefault(rule, []).append(Name(kind, text))
    order = list(KINDS)
    return {rule: sorted(each, key=lambda name: order.index(name.kind)) for rule, each in by_rule.items()}


def by_name() -> str:
    """The names as lists in Markdown, one for each kind: each name with its page and the rules that judge the same."""
    return "\n".join(f"## {words}\n\n{''.join(_lines(kind))}" for kind, (_, words) in KINDS.items())


def _lines(kind: str) -> Iterator[str]:
    """The lines of a kind: RDS.5 stands before RDS.11."""
    having: dict[Name, list[str]] = {}
    for rule, each in sorted(names().items()):
        for name in each:
            if name.kind == kind:
                having.setdefault(name, []).append(f"[{rule}](rules/{rule}.md)")
    for name in sorted(having, key=lambda one: [part.zfill(3) for part in one.text.split(".")]):
        yield f"- [{name.text}]({name.url}): {', '.join(having[name])}\n"
