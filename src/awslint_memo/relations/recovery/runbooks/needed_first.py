"""What has to be in another Region before a template or root is deployed there, or else the deployment fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Value
from awslint_memo.relations import mentions
from awslint_memo.relations.recovery import serverless_paths
from awslint_memo.relations.recovery.runbooks.commands import plain
from awslint_memo.relations.recovery.runbooks.tasks import NAMED
from awslint_memo.syntax.node import Node, descend, fields
from awslint_memo.syntax.node import text as text_in

_ASSETS = regex(r"cdk-[\w-]+-assets-.*")

CODE = Fact(
    "Code.S3Bucket",
    page="AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html",
    read="2026-12-02",
)
"""The bucket with the code of a function, which has to be in the Region of the function."""


def code(resources: Sequence[Resource], there: str) -> Iterator[str]:
    """That the code of functions has to be in a bucket of the other Region."""
    named = [each for each in resources if each.type == "AWS::Lambda::Function"]
    kept = [each for each in named if _is_kept_elsewhere(each, each.get(CODE.value))]
    if kept:
        titles = listed(list(dict.fromkeys(each.title for each in kept)), NAMED)
        yield (
            f"The code of {titles} has to be in a bucket of {there}: upload it to one, and name that, or the"
            " deployment fails."
        )


def _is_kept_elsewhere(function: Resource, bucket: Value) -> bool:
    """Whether code is in a bucket that its template doesn't make, and that is not the one of the CDK."""
    is_made = function.deployment.find(bucket, "AWS::S3::Bucket") is not None
    return not (bucket.is_absent or is_made or is_asset(bucket))


MACROS = Fact("AWS::", page="AWSCloudFormation/latest/UserGuide/template-macros-overview.html", read="2026-12-02")
"""How the names of transforms begin that CloudFormation has everywhere; others are macros, of a stack of the account
in the Region."""


def macros(root: Node | None, there: str) -> Iterator[str]:
    """That the macros of the account have to be in the other Region."""
    written = fields(root).get("Transform")
    texts = [text_in(each) for each in ([] if written is None else descend(written))]
    names = list(dict.fromkeys(text for text in texts if text and not text.startswith(MACROS.value)))
    if names and plain(" ".join(names)):
        they, are = ("it", "it is") if len(names) == 1 else ("them", "they are")
        yield (
            f"{listed(names, NAMED)} {'is a macro' if len(names) == 1 else 'are macros'} of the account: deploy what"
            f" makes {they} in {there} first, unless {are} there, or the deployment fails."
        )


def peers(resources: Sequence[Resource], home: str | None, there: str) -> Iterator[str]:
    """That a cluster for several Regions needs a peer that is up."""
    own = [each for each in resources if each.type == serverless_paths.DISTRIBUTED]
    wide = [each for each in own if any(not each.get(path).is_absent for path in serverless_paths.FOR_SEVERAL)]
    if wide:
        titles = listed(list(dict.fromkeys(each.title for each in wide)), NAMED)
        several = wide[0].in_file_words("MultiRegionProperties")
        yield (
            f"{titles}: made for several Regions, it stays PENDING_SETUP, and can't be used, until it has a peer that"
            f" is up, which one in {home or 'the lost Region'} is not: leave {several} out for a cluster of {there}"
            " alone, or peer it with one in a third Region."
        )


def private_zones(resources: Sequence[Resource]) -> Iterator[str]:
    """That VPCs of others, which ask a private zone, do not ask the one that is made in its place."""
    joined = mentions.mentioned(each for each in resources if each.type == ZONE_ASSOCIATION.value)
    titles = [each.title for each in resources if each.type == "AWS::Route53::HostedZone" and each.name in joined]
    if titles:
        yield (
            f"{listed(list(dict.fromkeys(titles)), NAMED)}: VPCs that are associated with it ask the old zone until"
            " they are taken from that and associated with the new one, as a VPC has one zone of a name."
        )


ZONE_ASSOCIATION = Fact(
    "aws_route53_zone_association",
    page="Route53/latest/APIReference/API_AssociateVPCWithHostedZone.html",
    read="2026-12-02",
)
"""What associates a VPC with a private zone; one can't be associated with two zones of the same name."""


def zones(resources: Sequence[Resource], home: str | None, there: str) -> Iterator[str]:
    """That zones of the lost Region are given to subnets that a root makes."""
    texts = (each.get("AvailabilityZone").text for each in resources if each.type == "AWS::EC2::Subnet")
    known = list(dict.fromkeys(text for text in texts if text is not None and home is not None and home in text))
    if known:
        yield (
            f"Its subnets are in {listed(known, NAMED)}: give it zones of {there} (by -var, or in the configuration),"
            " or it fails."
        )


def is_asset(bucket: Value) -> bool:
    """Whether a bucket is the one that the CDK has for assets in a Region."""
    return _ASSETS.fullmatch("".join(piece.text or "x" for piece in bucket.pieces)) is not None
