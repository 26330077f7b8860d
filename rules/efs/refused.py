"""EFS should accept the performance, the encryption and the lifecycle of a file system.

The performance mode maxIO is for regional file systems with bursting or provisioned throughput only: EFS refuses it with elastic
throughput and in One Zone. Provisioned throughput needs its number of MiB/s, files go to the storage class Archive only with elastic
throughput (the default is bursting), and a key needs encryption.

What to do: set what the message names. A performance mode can't be changed later, and General Purpose has lower latency.
"""

from awslint_memo import Findings, Resource, efs, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::EFS::FileSystem",
    memo="高可用性構成を提供します",
    aws="efs/latest/ug/API_CreateFileSystem.html",
)
def check(files: Resource) -> Findings:
    mode = files.get("PerformanceMode")
    throughput = files.get("ThroughputMode", default=efs.DEFAULT_THROUGHPUT)
    zone, key = files.get("AvailabilityZoneName"), files.get("KmsKeyId")
    if mode.is_one_of(efs.MAX_IO) and throughput.is_one_of(efs.ELASTIC):
        message = f"but EFS refuses it with {throughput.text} throughput"
        yield files.finding(mode, message, do="set it to generalPurpose", related=[(throughput, "the throughput")])
    elif mode.is_one_of(efs.MAX_IO) and zone.text:
        message = "but EFS refuses it in One Zone"
        yield files.finding(mode, message, do="set it to generalPurpose", related=[(zone, "the zone")])
    if throughput.is_one_of(efs.PROVISIONED) and files.get("ProvisionedThroughputInMibps").is_absent:
        message = "but EFS refuses it without ProvisionedThroughputInMibps"
        yield files.finding(throughput, message, do="set that too, or set it to elastic")
    for item in files.get("LifecyclePolicies").items:
        archived = item.get("TransitionToArchive")
        if archived.text and throughput.is_one_of(*efs.WITHOUT_ARCHIVE):
            message = f"but ThroughputMode is {throughput.text}{throughput.note}, with which EFS refuses it"
            do, related = "set ThroughputMode to elastic", [(throughput, "the throughput")]
            yield files.finding(archived, message, of="TransitionToArchive", do=do, related=related)
    encrypted = files.get("Encrypted", default=False)
    if encrypted.flag is False and (key.text or [*key.mentions()]):
        message = "but EFS refuses a KmsKeyId without encryption"
        yield files.finding(encrypted, message, do="set it to true", related=[(key, "the key")])


BAD = """
Resources:
  Renders: {Type: AWS::EFS::FileSystem, Properties: {PerformanceMode: maxIO, ThroughputMode: elastic}}
---
Resources:
  Scratch: {Type: AWS::EFS::FileSystem, Properties: {PerformanceMode: maxIO, AvailabilityZoneName: eu-west-1a}}
---
Resources:
  Media: {Type: AWS::EFS::FileSystem, Properties: {ThroughputMode: provisioned}}
---
Resources:
  Old: {Type: AWS::EFS::FileSystem, Properties: {LifecyclePolicies: [{TransitionToIA: AFTER_30_DAYS}, {TransitionToArchive: AFTER_90_DAYS}]}}
---
Resources:
  Key: {Type: AWS::KMS::Key}
  Media: {Type: AWS::EFS::FileSystem, Properties: {KmsKeyId: !GetAtt Key.Arn}}
---
resource "aws_efs_file_system" "renders" {
  performance_mode = "maxIO"
  throughput_mode  = "elastic"
}
---
resource "aws_efs_file_system" "old" {
  throughput_mode                 = "provisioned"
  provisioned_throughput_in_mibps = 128

  lifecycle_policy {
    transition_to_archive = "AFTER_90_DAYS"
  }
}
---
resource "aws_efs_file_system" "media" {
  encrypted  = false
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}
"""

GOOD = """
Parameters: {Mode: {Type: String}, Throughput: {Type: String}, Encrypted: {Type: String}, Key: {Type: String}}
Resources:
  Renders: {Type: AWS::EFS::FileSystem, Properties: {PerformanceMode: maxIO}}
  General: {Type: AWS::EFS::FileSystem, Properties: {PerformanceMode: generalPurpose, ThroughputMode: elastic, AvailabilityZoneName: eu-west-1a}}
  Media: {Type: AWS::EFS::FileSystem, Properties: {ThroughputMode: provisioned, ProvisionedThroughputInMibps: 128, Encrypted: true, KmsKeyId: !Ref Key}}
  Old: {Type: AWS::EFS::FileSystem, Properties: {ThroughputMode: elastic, LifecyclePolicies: [{TransitionToArchive: AFTER_90_DAYS}]}}
  AnyMode: {Type: AWS::EFS::FileSystem, Properties: {PerformanceMode: !Ref Mode, ThroughputMode: elastic}}
  AnyThroughput: {Type: AWS::EFS::FileSystem, Properties: {PerformanceMode: maxIO, ThroughputMode: !Ref Throughput, LifecyclePolicies: [{TransitionToArchive: AFTER_90_DAYS}]}}
  AnyKey: {Type: AWS::EFS::FileSystem, Properties: {Encrypted: !Ref Encrypted, KmsKeyId: alias/files}}
  Plain: {Type: AWS::EFS::FileSystem, Properties: {Encrypted: false}}
---
variable "key" {
  type    = string
  default = ""
}

variable "zone" {
  type    = string
  default = null
}

resource "aws_efs_file_system" "renders" {
  performance_mode       = "maxIO"
  throughput_mode        = "bursting"
  availability_zone_name = var.zone
  kms_key_id             = var.key

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
}
"""
