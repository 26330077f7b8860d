"""What an application needs in each Region and no way back is judged of: user pools, in which people sign in, and
clusters of Kafka.
"""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.record import record
from awslint_memo.relations.recovery import regions
from awslint_memo.relations.recovery.families import Family

POOLS = ("AWS::Cognito::UserPool", "aws_cognito_user_pool")
KAFKA = ("AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster", "aws_msk_cluster", "aws_msk_serverless_cluster")

REPLICATED_POOLS = Fact(
    "Secondary user pools can't create users",
    page="cognito/latest/developerguide/user-pool-multi-region.html",
    read="2026-12-02",
)
"""Of AWS's words on multi-Region replication, which a call switches on and no type of CloudFormation has."""


@record(frozen=True)
class Needed:
    """What is in the primary Region, and what of its type is in another one.

    home: those that are lost with the primary Region, or may be. there: those of the Region to recover in.
    """

    home: Sequence[Resource]
    there: Sequence[Resource]


def needed(family: Family, types: Sequence[str], primary: str | None, region: str | None) -> Needed:
    """What of some types a family has in both Regions; nothing that surely is in a third one."""
    every = [(member.resource, family.region(member.resource)) for member in family.members(*types) if member.sure]
    every += [(each, regions.name(each)) for each in _of_terraform(family, types)]
    home = [each for each, where in every if where in (primary, None)]
    return Needed(home, [each for each, where in every if region is not None and where == region])


def sign_in(family: Family, primary: str | None, region: str | None) -> str:
    """That it is not told whether people can sign in in another Region, as the users of a pool are in its own, and
    whether it is replicated stands in no template; empty where no pool is lost."""
    pools = needed(family, POOLS, primary, region)
    if region is None or not pools.home:
        return ""
    first, own = pools.home[0].title, f", and {pools.there[0].title} has users of its own" if pools.there else ""
    where = primary or "the primary Region"
    return (
        f"whether users can sign in in {region} is not told: the user pool {first} is in {where}{own} (a replica of it"
        " is in no template)"
    )


def _of_terraform(family: Family, types: Sequence[str]) -> list[Resource]:
    """Those of which the reader has no name of CloudFormation's."""
    with noted():
        every = [
            (deployment, each)
            for deployment in (family.deployment, *(kin.deployment for kin in family.kin))
            for each in deployment.untranslated(deployment)
        ]
    return [each for _, each in every if each.type in types and bool(each.copies.number) and family.has(each)]
