"""What is deployed should allow the strategy that is declared for the loss of a Region.

A pilot light needs data that are live in a second Region; a warm standby also needs servers that run there, and
something that takes requests; a hot standby as many of them as in the primary Region; a multi-site application has
requests in both. What is missing is found out when the Region is lost. Only what is surely missing in all that was read
is reported. As other stacks may have it, that is advice, unless the configuration says `recovery: {complete: true}`.
That more is deployed than is declared is advice too, and that nothing that was read supports a multi-site application:
nothing computes in any Region, or no record or accelerator leads anywhere. An application without data is judged at the
first of what computes there.

What to do: add what is missing, or declare the strategy that is meant. `awslint-memo recovery` shows which one is
surely reached, which one at most, and what is missing for the next one.
"""

from typing import Literal

from awslint_memo import STORES, Findings, Resource, rule, strategies, wanted


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=(
        *STORES,
        "AWS::AppRunner::Service",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::EC2::Instance",
        "AWS::ECS::Service",
        "AWS::EKS::Nodegroup",
        "AWS::ElasticBeanstalk::Environment",
        "AWS::Lambda::Function",
    ),
    memo="本番環境と同等の冗長なフルサイズの環境を別の AWS リージョンに構築する",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html",
    yields_to=("recovery-region-unprotected",),
)
def check(resource: Resource) -> Findings:
    wish = strategies.wish(resource)
    if wish is None:
        return
    level: Literal["advice"] | None = None if wanted.is_complete(resource.deployment) else "advice"
    is_for = f"is to be recovered by {wish.strategy} ({wish.place}), but"
    every = wish.reached.missing(wish.strategy)
    # What its data lack is told at each store; what does not run, once.
    mine = [lack for lack in every if lack.is_data and lack.resource is resource]
    for lack in mine[-1:]:
        yield resource.finding(resource, f"{is_for} {lack.words.replace(resource.title, 'it', 1)}", level=level)
    if wish.reached.first is not resource:
        return
    others = [lack for lack in every if not lack.is_data]
    unread = wish.reached.unread(wish.strategy)
    if others:
        at = [(lack.resource, lack.words) for lack in others if lack.resource is not None]
        words = ", and ".join(lack.words for lack in others)
        yield resource.finding(resource, f"{is_for} {words}", level=level, related=at, about=[place for place, _ in at])
    elif unread and wish.strategy == "multi-site":
        words = ", and ".join(gap.words for gap in unread)
        remedy = "judge what runs together with it, as one application of the configuration"
        yield resource.finding(resource, f"{is_for} nothing supports that: {words}", do=remedy, level="advice")
    elif strategies.is_less(wish.strategy, wish.reached.surely):
        yield resource.finding(
            resource, f"{is_for} {wish.reached.surely} is deployed", do="declare that", level="advice"
        )


BAD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, "2", "0"], MaxSize: "4"}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
---
Metadata: {awslint-memo: {recovery: {strategy: pilot-light}}}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: true, BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: eu-central-1}
---
# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:123456789012:backup-vault:copies"
    }
  }
}

resource "aws_backup_selection" "daily" {
  plan_id   = aws_backup_plan.daily.id
  resources = [aws_dynamodb_table.orders.arn]
}
---
Metadata: {awslint-memo: {recovery: {strategy: multi-site}}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
"""

GOOD = """
# deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
Parameters: {Least: {Type: Number}}
Conditions:
  IsFirst: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {strategy: warm-standby}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Condition: IsFirst
    Metadata: {awslint-memo: {recovery: {rebuildable: filled again from Orders}}}
    Properties: {Engine: valkey, NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, "2", !Ref Least], MaxSize: "4"}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
  Scheduled:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: !If [IsFirst, "2", "0"], MaxSize: "4"}
  ByDay: {Type: AWS::AutoScaling::ScheduledAction, Properties: {AutoScalingGroupName: !Ref Scheduled, MinSize: 1}}
---
# awslint-memo: recovery[strategy=pilot-light]
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-central-1"
  }
}
"""
