"""What a second deployment of a template can't make, as its names are taken in all Regions, or as it is there already
and is no part of the Region that is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cluster_kinds, service_types, timeline_facts
from awslint_memo.relations.recovery.runbooks.commands import text_of
from awslint_memo.relations.recovery.runbooks.tasks import NAMED
from awslint_memo.relations.route53 import records
from awslint_memo.syntax.node import Node, descend
from awslint_memo.syntax.node import text as text_in

FIXED_NAMES = Fact(
    {
        "AWS::IAM::Group": "GroupName",
        "AWS::IAM::InstanceProfile": "InstanceProfileName",
        "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
        "AWS::IAM::Role": "RoleName",
        "AWS::IAM::User": "UserName",
        "AWS::S3::Bucket": "BucketName",
    },
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html",
    read="2026-11-30",
)
"""Names that there may be once for all Regions: those of IAM in an account, those of buckets in all accounts
(AmazonS3/latest/userguide/bucketnamingrules.html)."""

_IN_TERRAFORM = ("AWS::IAM::Role", "AWS::S3::Bucket")
"""Those of them whose names are read of Terraform too."""

_OF_IAM = tuple(type_ for type_ in FIXED_NAMES.value if type_.startswith("AWS::IAM::"))

_OWN = regex(r"AWS::(?:Region|StackName|StackId)")


def cautions(resources: Sequence[Resource], home: str | None) -> Iterator[str]:
    """What stands in the way of deploying some resources once more. home: the name of their Region."""
    if any(each.type in _OF_IAM for each in resources):
        yield from timeline_facts.caution("IAM", home)
    fixed = list(dict.fromkeys(_fixed(resources, home)))
    if fixed:
        yield (
            f"{listed(fixed, NAMED)} {'is' if len(fixed) == 1 else 'are'} the same in every Region, and taken as long"
            f" as the old one is there: give another name first ({_how(resources)}), or the deployment fails."
        )
    standing = list(dict.fromkeys(_standing(resources)))
    if standing:
        them = "it" if len(standing) == 1 else "them"
        yield (
            f"{listed(standing, NAMED)} {'is' if len(standing) == 1 else 'are'} in no Region and still there: leave"
            f" {them} out of the deployment, which fails otherwise or makes a second one, and have what names the lost"
            f" Region in {them} name what takes its place."
        )


def names(resources: Iterable[Resource]) -> set[str]:
    """The names, as far as they are known, that a second deployment of some resources can't have."""
    every = (each.get(FIXED_NAMES.value[each.type]) for each in resources if each.type in FIXED_NAMES.value)
    return {written.text for written in every if written.text is not None}


def _how(resources: Sequence[Resource]) -> str:
    """Where a name is given."""
    is_root = all(each.language == "terraform" for each in resources)
    return "by -var, or in the configuration" if is_root else "--parameter-overrides, or in the template"


OF_NO_REGION = Fact(
    (
        *("AWS::GlobalAccelerator::Accelerator", "AWS::IAM::OIDCProvider", "AWS::IAM::SAMLProvider"),
        *("AWS::Organizations::Account", "AWS::Organizations::Organization"),
        *("AWS::Organizations::OrganizationalUnit", "AWS::Organizations::Policy"),
        *("AWS::Route53RecoveryControl::Cluster", "AWS::Route53RecoveryControl::ControlPanel"),
        *("AWS::Route53RecoveryControl::RoutingControl", "AWS::Route53RecoveryControl::SafetyRule"),
        *("aws_iam_openid_connect_provider", "aws_iam_saml_provider", "aws_iam_user"),
        *("aws_organizations_account", "aws_organizations_organization", "aws_organizations_organizational_unit"),
        "aws_organizations_policy",
    ),
    page="whitepapers/latest/aws-fault-isolation-boundaries/global-services.html",
    read="2026-12-01",
)
"""Types of global services: there is one of each in an account or an organization, whatever Region it is made from."""

_ZONE = "AWS::Route53::HostedZone"

_NOWHERE = (
    *(service_types.DISTRIBUTION, databases.GLOBAL, *(kind.whole for kind in cluster_kinds.KINDS.values())),
    *OF_NO_REGION.value,
)


def _standing(resources: Iterable[Resource]) -> Iterator[str]:
    """What is not lost with a Region: names, distributions, and what joins clusters of several Regions."""
    for each in resources:
        if each.type in _NOWHERE:
            yield each.title
        elif each.type == _ZONE:
            # A private zone is of VPCs, and a second one of its name may be of others.
            if each.get("VPCs").is_absent:
                yield each.title
        elif each.type in records.HOLDERS:
            # A record with an identifier stands beside others of its name.
            own = records.records(each)
            if own and all(record.get("SetIdentifier").is_absent and not record.zone.is_private for record in own):
                yield each.title


def _fixed(resources: Iterable[Resource], home: str | None) -> Iterator[str]:
    """The names that do not differ between Regions, each with its property."""
    for each in resources:
        property_ = FIXED_NAMES.value.get(each.type)
        is_root = each.language == "terraform" and each.type not in _IN_TERRAFORM
        written = None if property_ is None or is_root else each.get(property_)
        if written is not None and _is_fixed(written, home, each.language):
            yield f"{property_} of {each.title}" if text_of(written) is None else f"{property_} {text_of(written)}"


def _is_fixed(written: Value, home: str | None, language: str) -> bool:
    if written.is_absent or (written.is_unknown and not written.pieces):
        return False
    if language == "terraform" and written.text is None:
        return False  # What stands in it may differ between Regions.
    node = written.place
    # With a declared stack or Region, the value is known, and the template tells that another has another one.
    if isinstance(node, Node) and any(_OWN.search(text_in(each) or "") for each in descend(node)):
        return False
    pieces = list(written.pieces)
    # What an intrinsic function makes of anything, as of the id of the stack, may differ too.
    if any(isinstance(piece, Unknown) and (not piece.key or _OWN.fullmatch(piece.key)) for piece in pieces):
        return False
    texts = [piece.text for piece in pieces if piece.text is not None]
    return bool(texts) and not any(home is not None and home in text for text in texts)
