"""Recovery should not take longer than the recovery time objective (RTO) allows.

No template says how long recovery takes: a restore depends on the amount of data, a promotion on the people who decide
it. Only two things are certain: that there is no way back at all (which is advice unless the configuration says
`recovery: {complete: true}`, as something elsewhere may back the data up), and the time that a drill took, which the
configuration declares under `recovery.measured`. A plan of a Region switch whose own RTO is longer is reported as well.
A failover that AWS documents as longer than the objective, a restore with an objective below `restore_takes` hours (1 by
default), and a drill of more than a year ago are advice.

What to do: keep a standby or a copy that takes over instead of a restore, or declare a longer RTO; try the recovery, and
declare how long it took.
"""

from datetime import date

from awslint_memo import STORES, Findings, Resource, durations, rule, strategies, verdicts


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource=STORES,
    memo="ディザスタ発生後にサービスやシステムを正常な運用状態に戻すための目標時間",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_objective_defined_recovery.html",
    ranges={"restore_takes": (0, None)},
)
def check(store: Resource, *, restore_takes: float = 1) -> Findings:
    groups: dict[tuple[str, bool, str | None], list[verdicts.Judged]] = {}
    for verdict in verdicts.judged(store):
        sentence, is_sure = sentence_of(verdict, restore_takes * 3600)
        if sentence:
            groups.setdefault((sentence, is_sure, verdict.level("rto")), []).append(verdict)
    for (sentence, is_sure, _), group in groups.items():
        when = " or ".join(verdict.when for verdict in group)
        message = f"{sentence.format(when=when)} ({group[0].place('rto')})"
        yield store.finding(store, message, level=group[0].level("rto", is_sure=is_sure))


@check.on("AWS::ARCRegionSwitch::Plan")
def check_plan(plan: Resource) -> Findings:
    minutes, objective = plan.get("RecoveryTimeObjectiveMinutes"), strategies.region_rto(plan)
    if objective is not None and minutes.above(objective[0] / 60):
        rto = durations.compact(objective[0])
        yield plan.finding(minutes, f"but the RTO for the loss of the Region is {rto} ({objective[1]})")


def sentence_of(verdict: verdicts.Judged, restore_takes: float) -> tuple[str, bool]:
    """What is reported of a store and a disruption, and whether it is sure; empty if nothing is."""
    rto, way, drill = verdict.rto, verdict.bound.way, verdict.drill
    if rto is None:
        return "", False
    but = f"when {{when}}, but its RTO is {durations.compact(rto)}"
    if drill is not None and drill.took > rto:
        return f"took {durations.compact(drill.took)} to recover on {drill.on} {but}", True
    if drill is not None:
        is_old = (date.today() - drill.on).days > 365
        sentence = f"was last recovered on {drill.on}, more than a year ago; try again what happens when {{when}}"
        return sentence if is_old else "", False
    # Without a backup, or without a copy in another Region, other rules speak.
    if not verdict.bound.seen and verdict.rpo is None and not verdict.has_rule:
        is_sure = not verdict.bound.ways
        doubt = "" if is_sure else " here, so if nothing elsewhere backs it up,"
        return f"has no way back{doubt} {but}; keep a replica or a backup", is_sure
    if verdict.rto_verdict == "typically-missed" and way is not None:
        return f"typically takes {durations.compact(way.back_typical or 0)} to be back ({way.how}) {but}", False
    if verdicts.is_slow(way) and rto < restore_takes:
        return f"has to be restored {but}; try how long it takes, and declare it as measured", False
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
    Properties: {Regions: [eu-west-1, eu-central-1], RecoveryTimeObjectiveMinutes: 60}
---
# awslint-memo: recovery[hardware.rto=30s]
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  multi_az                = true
  backup_retention_period = 0
}
"""

GOOD = """
Parameters: {Several: {Type: String}, Minutes: {Type: Number}}
Resources:
  Sessions:
    Type: AWS::ElastiCache::ReplicationGroup
    Metadata: {awslint-memo: {recovery: {az: {rto: 10m}}}}
    Properties: {Engine: valkey, NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: !Ref Several}
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 30m}}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties: {Regions: [eu-west-1, eu-central-1], RecoveryTimeObjectiveMinutes: 30}
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
