"""Which characters descriptions may have, and how many: AWS refuses others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import each


@record(frozen=True)
class Prose:
    """What descriptions a service takes. service: its name. refused: a character that it does not take. longest:
    characters at most. takes: which it takes, in words."""

    service: str
    refused: str
    longest: int
    takes: str


_OF_GROUPS = fact(
    Prose(
        "EC2",
        r"[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]",
        255,
        "letters and digits of ASCII, spaces and ._-:/()#,@[]+=&;{}!$*",
    ),
    page="AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    read="2026-12-03",
)
"""What the description of a security group may be, and that of its rules."""

_OF_ROLES = fact(
    Prose("IAM", r"[^\t\n\r\u0020-\u007e\u00a1-\u00ff]", 1_000, "characters of ASCII and of Latin-1"),
    page="IAM/latest/APIReference/API_CreateRole.html",
    read="2026-12-03",
)
"""What the description of a role may be."""

_OF_SNAPSHOTS = fact(
    Prose("Data Lifecycle Manager", r"[^0-9A-Za-z _-]", 500, "letters and digits of ASCII, spaces, _ and -"),
    page="dlm/latest/APIReference/API_CreateLifecyclePolicy.html",
    read="2026-12-03",
)
"""What the description of a policy for snapshots may be."""


_RULE = "Description"

PROSE: Mapping[str, tuple[Prose, tuple[str, ...]]] = {
    "AWS::DLM::LifecyclePolicy": (_OF_SNAPSHOTS, (_RULE,)),
    "AWS::EC2::SecurityGroup": (
        _OF_GROUPS,
        ("GroupDescription", "SecurityGroupIngress.Description", "SecurityGroupEgress.Description"),
    ),
    "AWS::EC2::SecurityGroupEgress": (_OF_GROUPS, (_RULE,)),
    "AWS::EC2::SecurityGroupIngress": (_OF_GROUPS, (_RULE,)),
    "AWS::EC2::SecurityGroupRule": (_OF_GROUPS, (_RULE,)),
    "AWS::IAM::Role": (_OF_ROLES, (_RULE,)),
}
"""By type, what descriptions its service takes, and where they stand."""

_OPEN = regex(r"\{\{|<%|\$\{|%\(|@@|\{%")
"""Where one of these stands, a program or a person puts something else there."""


@record(frozen=True, eq=False)
class Refused:
    """A description that a service refuses. says: why. remedy: what to write."""

    value: Value
    says: str
    remedy: str


def refused(resource: Resource) -> Iterator[Refused]:
    """The descriptions of a resource that AWS surely refuses, as far as they are known."""
    prose, paths = PROSE[resource.type]
    for path in paths:
        for value in each(resource, path):
            texts = [piece.text or "" for piece in value.pieces]
            written = "".join(texts)
            if value.is_absent or _OPEN.search(written):
                continue
            found = next((one for one in map(regex(prose.refused).search, texts) if one is not None), None)
            if found is not None:
                says = f'has the character "{found[0]}" ({_point(found[0])}), which {prose.service} does not take'
                yield Refused(value, says, f"write it with {prose.takes} only")
            elif len(written) > prose.longest:
                says = f"has more than {prose.longest} characters, which {prose.service} does not take"
                yield Refused(value, says, "shorten it")


def _point(character: str) -> str:
    return f"U+{ord(character):04X}"
