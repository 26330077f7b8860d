"""A regional file system should have a mount target in each zone whose machines use it.

EFS keeps the files in several zones, but clients reach them by mount targets, each of which is in one. With a single mount
target nobody reaches the files while its zone is down, and machines in other zones pay for traffic between zones. EFS
refuses a second mount target in one zone.

What to do: add a mount target (AWS::EFS::MountTarget; Terraform: aws_efs_mount_target) in a subnet of each zone. One Zone file
systems, which have one mount target, are not checked, nor are those that others may add mount targets to.
"""

from awslint_memo import Findings, Resource, autoscaling_zones, efs, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::EFS::FileSystem",
    memo="障害が発生しても瞬時にフェイルオーバーできる高可用性構成を提供します",
    aws="efs/latest/ug/manage-fs-access-create-delete-mount-targets.html",
)
def check(files: Resource) -> Findings:
    targets = efs.mount_targets(files) if efs.is_regional(files) else None
    if not targets:
        return
    if len(targets) == 1 and targets[0].copies.number == 1:
        message = "has a single mount target, so nobody reaches its files while that zone is down"
        related = [(targets[0], "its mount target")]
        yield files.finding(files, message, do="add one in a subnet of each other zone", related=related)
    shared = autoscaling_zones.sharing_zone(files, [target.get("SubnetId") for target in targets])
    if shared is not None:
        message = (
            f"has mount targets in {shared[0].title} and {shared[1].title}, both in {shared[2]}, so one is refused"
        )
        yield files.finding(
            files, message, do="keep one in each zone", level="error", related=[(shared[1], "its subnet")]
        )


BAD = """
Parameters: {Subnet: {Type: "AWS::EC2::Subnet::Id"}}
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  Target: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref Subnet, SecurityGroups: [sg-1]}}
---
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}}
  Files: {Type: AWS::EFS::FileSystem}
  First: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref One, SecurityGroups: [sg-1]}}
  Second: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref Two, SecurityGroups: [sg-1]}}
---
variable "subnet" {}

resource "aws_efs_file_system" "files" {}

resource "aws_efs_mount_target" "files" {
  file_system_id = aws_efs_file_system.files.id
  subnet_id      = var.subnet
}
"""

GOOD = """
Parameters: {SubnetA: {Type: "AWS::EC2::Subnet::Id"}, SubnetB: {Type: "AWS::EC2::Subnet::Id"}}
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  First: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref SubnetA, SecurityGroups: [sg-1]}}
  Second: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref SubnetB, SecurityGroups: [sg-1]}}
  OneZone: {Type: AWS::EFS::FileSystem, Properties: {AvailabilityZoneName: eu-west-1a}}
  Only: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref OneZone, SubnetId: !Ref SubnetA, SecurityGroups: [sg-1]}}
  Mounted: {Type: AWS::EFS::FileSystem}
---
Parameters: {Subnet: {Type: "AWS::EC2::Subnet::Id"}}
Resources:
  Exported: {Type: AWS::EFS::FileSystem}
  Target: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Exported, SubnetId: !Ref Subnet, SecurityGroups: [sg-1]}}
Outputs:
  Files: {Value: !Ref Exported, Export: {Name: files}}
---
variable "subnets" {
  type = list(string)
}

resource "aws_efs_file_system" "files" {}

resource "aws_efs_mount_target" "files" {
  count          = length(var.subnets)
  file_system_id = aws_efs_file_system.files.id
  subnet_id      = var.subnets[count.index]
}

resource "aws_efs_file_system" "drawings" {}

resource "aws_efs_mount_target" "drawings" {
  for_each       = toset(var.subnets)
  file_system_id = aws_efs_file_system.drawings.id
  subnet_id      = each.value
}
"""
