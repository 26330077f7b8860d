"""The replica of a regional file system should be in another Region.

EFS keeps a regional file system in several zones of its Region, so a replica in the same Region is lost by what takes the
original: it costs the storage once more and helps with no recovery from the loss of the Region.

What to do: name another Region in ReplicationConfiguration.Destinations (Terraform: region in destination of
aws_efs_replication_configuration). A replica of a One Zone file system is not checked: it may be for the loss of the zone. The
Region of a stack is known where its samconfig, a deploy command of the repository or the configuration tells it.
"""

from awslint_memo import Findings, Resource, efs, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::EFS::FileSystem",
    memo="セカンダリリージョンにアプリケーションの冗長な最小限の環境を構築し",
    aws="efs/latest/ug/API_DestinationToCreate.html",
)
def check(files: Resource) -> Findings:
    for destination in files.get("ReplicationConfiguration.Destinations").items if efs.is_regional(files) else ():
        region = destination.get("Region")
        found = efs.same_region(files, region)
        if found is not None:
            where, related = found
            message = f"is {where}, where the file system is too, so the replica is lost with it"
            if region.text is None:
                message = "is the Region of the file system, so the replica is lost with it"
            yield files.finding(region, message, of=f"{region.route}", do="name another Region", related=related)


BAD = """
# deployments: {home: {AWS::Region: eu-west-1}}
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {ReplicationConfiguration: {Destinations: [{Region: eu-west-1}]}}}
---
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {ReplicationConfiguration: {Destinations: [{Region: !Ref AWS::Region}]}}}
---
provider "aws" {
  region = var.region
}

variable "region" {
  default = "eu-west-1"
}

resource "aws_efs_file_system" "files" {}

resource "aws_efs_replication_configuration" "files" {
  source_file_system_id = aws_efs_file_system.files.id

  destination {
    region = var.region
  }
}
"""

GOOD = """
# deployments: {home: {AWS::Region: eu-west-1}}
Parameters: {Region: {Type: String}}
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {ReplicationConfiguration: {Destinations: [{Region: eu-central-1}]}}}
  Any: {Type: AWS::EFS::FileSystem, Properties: {ReplicationConfiguration: {Destinations: [{Region: !Ref Region}]}}}
  OneZone: {Type: AWS::EFS::FileSystem, Properties: {AvailabilityZoneName: eu-west-1a, ReplicationConfiguration: {Destinations: [{Region: eu-west-1}]}}}
  Alone: {Type: AWS::EFS::FileSystem}
---
Resources:
  # In which Region it stands, nothing tells.
  Files: {Type: AWS::EFS::FileSystem, Properties: {ReplicationConfiguration: {Destinations: [{Region: eu-west-1}]}}}
---
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}

variable "region" {}

resource "aws_efs_file_system" "files" {
  provider = aws.second
}

resource "aws_efs_replication_configuration" "files" {
  provider              = aws.second
  source_file_system_id = aws_efs_file_system.files.id

  destination {
    region = "eu-west-1"
  }
}

resource "aws_efs_file_system" "any" {}

resource "aws_efs_replication_configuration" "any" {
  source_file_system_id = aws_efs_file_system.any.id

  destination {
    region = var.region
  }
}
"""
