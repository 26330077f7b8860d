"""The partitions of AWS: groups of Regions whose accounts, resources and ARNs have nothing to do with each other's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from awslint_memo.model.facts import Fact
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.value import Value

USUAL: Final = "aws"
"""The partition of most Regions."""

_BY_REGION: Fact[Mapping[str, str]] = Fact(
    {
        "cn": "aws-cn",
        "eu-isoe": "aws-iso-e",
        "eusc": "aws-eusc",
        "us-gov": "aws-us-gov",
        "us-iso": "aws-iso",
        "us-isob": "aws-iso-b",
        "us-isof": "aws-iso-f",
    },
    page="IAM/latest/UserGuide/reference-arns.html",
    read=None,
)
"""How the Regions of the other partitions begin. The page tells of aws-cn and aws-us-gov; the others are those of AWS's
SDKs."""

PARTITIONS: Final = frozenset((USUAL, *_BY_REGION.value.values()))


def partition_of(region: str) -> str:
    """The partition of a Region, by its name."""
    return _BY_REGION.value.get(region.rsplit("-", 2)[0], USUAL)


def is_of_another_region(text: TextPattern, region: Value) -> bool:
    """Whether an ARN or the URL of a queue surely names something of another Region or partition than this one."""
    if text.startswith("https://sqs."):
        fields, position = text.split(".", 3), 1
    else:
        fields, position = (text.split(":", 5), 3) if text.startswith("arn:") else ([], 0)
    named = (fields[position].literal if len(fields) > position else None) or None
    if named is not None and region.text is not None and named != region.text:
        return True
    place = named or region.text
    partition = fields[1].literal if position > 1 and len(fields) > position else None
    return bool(partition) and place is not None and partition_of(place) != partition
