"""Recovery should not take longer than the recovery time objective (RTO) allows.

No template says how long recovery takes: a restore depends on the amount of data, a promotion on the people who decide
it. Only two things are certain: that there is no way back at all, and the time that a drill took, which the
configuration declares under `recovery.measured`. A plan of a Region switch whose own RTO is longer is reported as well.
A failover that AWS documents as longer than the objective, a restore with an objective below `restore_takes` hours (1 by
default), and a drill of more than a year ago are advice.

What to do: keep a standby or a copy that takes over instead of a restore, or declare a longer RTO; try the recovery, and
declare how long it took.
"""

from datetime import date

from awslint_memo import Findings, Resource, durations, rule, strategies, verdicts


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=(
        "AWS::DocDB::DBCluster", "AWS::DynamoDB::GlobalTable", "AWS::DynamoDB::Table", "AWS::EC2::Volume",
        "AWS::EFS::FileSystem", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup",
        "AWS::ElastiCache::ServerlessCache", "AWS::FSx::FileSystem", "AWS::MemoryDB::Cluster", "AWS::Neptune::DBCluster",
        "AWS::OpenSearchService::Domain", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::Redshift::Cluster",
        "AWS::RedshiftServerless::Namespace", "AWS::S3::Bucket", "AWS::S3Express::DirectoryBucket",
    ),
    memo="ディザスタ発生後にサービスやシステムを正常な運用状態に戻すための目標時間",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html",
    ranges={"restore_takes": (0, None)},
)  # fmt: skip
def check(store: Resource, *, restore_takes: float = 1) -> Findings:
    groups: dict[tuple[str, bool, str | None], list[verdicts.Judged]] = {}
    for one in verdicts.judged(store):
        said, is_sure = told(one, restore_takes * 3600)
        if said:
            groups.setdefault((said, is_sure, one.level("rto")), []).append(one)
    for (said, is_sure, _), group in groups.items():
        when = " or ".join(one.when for one in group)
        message = f"{said.format(when=when)} ({group[0].place('rto')})"
        yield store.finding(store, message, level=group[0].level("rto", is_sure=is_sure))


@check.on("AWS::ARCRegionSwitch::Plan")
def check_plan(plan: Resource) -> Findings:
    minutes, wanted = plan.get("RecoveryTimeObjectiveMinutes"), strategies.region_rto(plan)
    if minutes.number is not None and wanted is not None and minutes.number * 60 > wanted[0]:
        said = f"is {minutes.number}{minutes.note}, but the RTO for the loss of the Region is {durations.compact(wanted[0])}"
        yield plan.finding(minutes, f"{said} ({wanted[1]})", of="RecoveryTimeObjectiveMinutes")


def told(one: verdicts.Judged, restore_takes: float) -> tuple[str, bool]:
    """What is said of a store and a disruption, and whether it is sure; empty if nothing is."""
    rto, way = one.rto, one.bound.way
    if rto is None:
        return "", False
    wanted = f"its RTO is {durations.compact(rto)}"
    if one.drill is not None:
        took = durations.compact(one.drill.took)
        if one.drill.took > rto:
            return f"took {took} to recover on {one.drill.on} when {{when}}, but {wanted}", True
        is_old = (date.today() - one.drill.on).days > 365
        said = f"was last recovered on {one.drill.on}, more than a year ago; try again what happens when {{when}}"
        return said if is_old else "", False
    # Without a backup, or without a copy in another Region, other rules speak.
    if not one.bound.ways and one.rpo is None and not one.is_unprotected:
        return f"has no way back when {{when}}, but {wanted}; keep a replica or a backup", True
    if one.rto_verdict == "typically-missed" and way is not None:
        takes = durations.compact(way.back_typical or 0)
        return f"typically takes {takes} to be back ({way.how}) when {{when}}, but {wanted}", False
    if verdicts.is_slow(way) and rto < restore_takes:
        said = f"has to be restored when {{when}}, but {wanted}; try how long it takes, and declare it as measured"
        return said, False
    return "", False


BAD = """
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Metadata: {awslint-memo: {recovery: {az: {rto: 10m}}}}
    Properties: {Engine: valkey, NumCacheClusters: 1, AutomaticFailoverEnabled: false}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 30m}}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      Regions: [eu-west-1, eu-central-1]
      PrimaryRegion: eu-west-1
      RecoveryTimeObjectiveMinutes: 60
---
# awslint-memo: recovery[hardware.rto=30s]
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  multi_az                = true
  backup_retention_period = 0
}
"""

GOOD = """
Parameters: {Several: {Type: String}}
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Metadata: {awslint-memo: {recovery: {az: {rto: 10m}}}}
    Properties: {Engine: valkey, NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: !Ref Several}
---
Parameters: {Minutes: {Type: Number}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 30m}}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties: {RecoveryApproach: activePassive, Regions: [eu-west-1, eu-central-1], RecoveryTimeObjectiveMinutes: 30}
  Other:
    Type: AWS::ARCRegionSwitch::Plan
    Properties: {Regions: [eu-west-1, eu-central-1], RecoveryTimeObjectiveMinutes: !Ref Minutes}
---
# awslint-memo: recovery[hardware.rto=10m]
resource "aws_db_instance" "orders" {
  engine   = "postgres"
  multi_az = true
}
"""
