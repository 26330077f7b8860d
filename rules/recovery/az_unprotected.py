"""Data with an objective for the loss of an Availability Zone should not be in one zone alone.

A volume of EBS, a file system of EFS in One Zone, most file systems of FSx, a cluster of Redshift and a directory bucket
keep their data in one zone. If it is lost, only a backup brings them back, and backups are kept in several zones. This rule reports such a store
for which nothing in the templates makes one. What is made elsewhere can't be seen, so it is advice, unless the
configuration says `recovery: {complete: true}`. Databases and caches with a single node are reported by rules of their own.

What to do: keep the data in several zones, or let something make backups of them. Where that is not needed, declare `none`
as the objective for `az`.
"""

from awslint_memo import Findings, Resource, rule, verdicts, wanted


@rule(
    level="warning",
    resource=(
        "AWS::EC2::Volume",
        "AWS::EFS::FileSystem",
        "AWS::FSx::FileSystem",
        "AWS::Redshift::Cluster",
        "AWS::S3Express::DirectoryBucket",
    ),
    memo="最後の正常なデータバックアップからどれだけの時間のデータ損失が許容されるか",
    aws="wellarchitected/latest/reliability-pillar/rel_planning_for_recovery_disaster_recovery.html",
)
def check(store: Resource) -> Findings:
    for verdict in verdicts.judged(store):
        objective = next((key for key in ("rpo", "rto") if getattr(verdict, key) is not None), None)
        # With what may be made elsewhere, the RPO may be missed all the same: then another rule says that.
        is_told = verdict.bound.ways and verdict.rpo_verdict == "unmet"
        if verdict.disruption != "az" or verdict.bound.seen or objective is None or is_told:
            continue
        is_complete = wanted.is_complete(store.deployment)
        doubt = "so they" if is_complete else "so if nothing elsewhere makes a backup, they"
        yield store.finding(
            store,
            f"has its data in one Availability Zone, {doubt} are lost with it, in spite of its "
            f"objective ({verdict.place(objective)})",
            do=REMEDIES.get(store.type, "set MultiAZ to true, or keep automated snapshots"),
            level=verdict.level(objective, is_sure=is_complete),
        )


REMEDIES = {
    "AWS::EC2::Volume": "make snapshots of it, by a lifecycle policy or a backup plan",
    "AWS::EFS::FileSystem": "leave out AvailabilityZoneName, or turn on its automatic backups",
    "AWS::S3Express::DirectoryBucket": "keep its objects in a bucket of all zones too",
    "AWS::FSx::FileSystem": "choose a DeploymentType in several zones, or keep automatic backups",
}


BAD = """
Resources:
  Data:
    Type: AWS::EC2::Volume
    Metadata: {awslint-memo: {recovery: {az: {rpo: 24h}}}}
    Properties: {AvailabilityZone: eu-west-1a, Size: 100}
---
# awslint-memo: recovery[az.rpo=24h]
resource "aws_efs_file_system" "files" {
  availability_zone_name = "eu-west-1a"
}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "DISABLED"
  }
}
"""

GOOD = """
Parameters: {Zone: {Type: String}, Backups: {Type: String}}
Resources:
  Files:
    Type: AWS::EFS::FileSystem
    Metadata: {awslint-memo: {recovery: {az: {rpo: 24h}}}}
    Properties: {Encrypted: true, BackupPolicy: {Status: DISABLED}}
  Unknown:
    Type: AWS::EFS::FileSystem
    Metadata: {awslint-memo: {recovery: {az: {rpo: 24h}}}}
    Properties: {AvailabilityZoneName: !Ref Zone, BackupPolicy: {Status: !Ref Backups}}
  OfRegion:
    Type: AWS::EC2::Volume
    Metadata: {awslint-memo: {recovery: {region: {rpo: 24h}}}}
    Properties: {AvailabilityZone: eu-west-1a, Size: 100}
  NoObjective: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Size: 100}}
---
# awslint-memo: recovery[az.rpo=24h]
resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  tags              = { snapshots = "daily" }
}

resource "aws_dlm_lifecycle_policy" "daily" {
  policy_details {
    resource_types = ["VOLUME"]
    target_tags    = { snapshots = "daily" }

    schedule {
      create_rule {
        interval = 24
      }
    }
  }
}
"""
