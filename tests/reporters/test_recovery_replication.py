"""What `recovery` says of buckets that are replicated: where to, how much of them, and what tells what it can not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows

KEY = "arn:aws:kms:%s:111122223333:key/1"
CLOUDFORMATION = """\
Parameters: {Other: {Type: String}}
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      ReplicationConfiguration:
        Role: arn:aws:iam::111122223333:role/copies
        Rules:
          - Status: Enabled
            Prefix: "%s"
            Destination:
              Bucket: !Sub "arn:aws:s3:::files-${Other}"
%s
"""
ENCRYPTED = "              EncryptionConfiguration: {ReplicaKmsKeyID: '%s'}"
TIMED = "              ReplicationTime: {Status: Enabled, Time: {Minutes: 15}}"
TERRAFORM = """\
provider "aws" {
  region = "eu-west-1"
}
variable "other" {}
resource "aws_s3_bucket" "files" {}
resource "aws_s3_bucket_replication_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  role   = "arn:aws:iam::111122223333:role/copies"
  rule {
    status = "Enabled"
    filter {
      prefix = "%s"
    }
    destination {
      bucket = "arn:aws:s3:::files-${var.other}"
%s
    }
  }
}
"""
ENCRYPTED_TF = '      encryption_configuration {\n        replica_kms_key_id = "%s"\n      }'
TIMED_TF = '      replication_time {\n        status = "Enabled"\n      }'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _region(here: Path, language: str, prefix: str, *further: str, configuration: str = "") -> str:
    text = (TERRAFORM if language == "tf" else CLOUDFORMATION) % (prefix, "\n".join(further))
    wanted = configuration or "recovery: {rpo: 1h, regions: [eu-west-1, eu-central-1]}\n"
    lines = rows(here, {f"a.{language}": text}, "--disruption", "region", configuration=wanted)
    [line] = [line for line in lines if " region " in line]
    return line


LANGUAGES = pytest.mark.parametrize("language", ["tf", "yaml"])


@LANGUAGES
def test_the_key_of_the_replicas_tells_the_region_of_the_destination(here: Path, language: str) -> None:
    encrypted, timed = (ENCRYPTED_TF, TIMED_TF) if language == "tf" else (ENCRYPTED, TIMED)
    line = _region(here, language, "", encrypted % (KEY % "eu-central-1"), timed)
    assert "region 15m typically 1h ~ promote" in line
    assert "in eu-central-1, by Replication Time Control;" in line
    # Without time control it is there, and AWS gives no figure for all objects.
    line = _region(here, language, "", encrypted % (KEY % "eu-central-1"))
    assert "region not told 1h ? promote" in line
    assert "AWS says that the majority of objects replicate within 15 minutes, and some take hours" in line
    assert "(enable Replication Time Control in the rule)" in line
    # A key of the bucket's own Region makes it a copy there.
    assert "replication rule" not in _region(here, language, "", encrypted % (KEY % "eu-west-1"))


@LANGUAGES
@pytest.mark.parametrize(("wanted", "sign"), [("5m", "?"), ("15m", "~"), ("1s", "?")])
def test_what_most_objects_are_sooner_than_misses_no_shorter_objective(
    here: Path, language: str, wanted: str, sign: str
) -> None:
    encrypted, timed = (ENCRYPTED_TF, TIMED_TF) if language == "tf" else (ENCRYPTED, TIMED)
    configuration = f"recovery: {{rpo: {wanted}, regions: [eu-west-1, eu-central-1]}}\n"
    line = _region(here, language, "", encrypted % (KEY % "eu-central-1"), timed, configuration=configuration)
    assert f"region 15m typically {wanted} {sign} promote" in line
    assert ("not told: how many seconds are lost: most objects take seconds" in line) is (sign == "?")


@LANGUAGES
def test_a_rule_whose_destination_is_not_told_says_so_once_with_what_tells_it(here: Path, language: str) -> None:
    timed = TIMED_TF if language == "tf" else TIMED
    line = _region(here, language, "", timed)
    name = "files-${var.other}" if language == "tf" else "files-${Other}"
    assert "region not told 1h ?" in line
    assert f"a replication rule to {name}, 15m typically by Replication Time Control;" in line
    remedy = "declare it under `elsewhere`, or name the key of its replicas by an ARN"
    assert f"not told: in which Region {name} is ({remedy})" in line
    assert line.count("a replication rule") == 1


@LANGUAGES
def test_a_rule_for_a_part_names_the_part_and_what_is_left_out(here: Path, language: str) -> None:
    encrypted = ENCRYPTED_TF if language == "tf" else ENCRYPTED
    line = _region(here, language, "sales/", encrypted % (KEY % "eu-central-1"))
    assert "a replication rule for sales/* to" in line
    assert "not told: what copies the objects that the rule leaves out" in line
    assert "region not told 1h ?" in line


KMS = """\
      BucketEncryption:
        ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms}}]
"""
KMS_TF = """\
resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "aws:kms"
    }
  }
}
"""
CHOSEN = "            SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}"
CHOSEN_TF = (
    '    source_selection_criteria {\n      sse_kms_encrypted_objects {\n        status = "Enabled"\n      }\n    }'
)


@LANGUAGES
@pytest.mark.parametrize("is_chosen", [False, True])
def test_a_rule_that_leaves_out_what_is_encrypted_by_default_is_no_sure_copy(
    here: Path, language: str, *, is_chosen: bool
) -> None:
    is_root = language == "tf"
    key, timed = (ENCRYPTED_TF, TIMED_TF) if is_root else (ENCRYPTED, TIMED)
    further = "\n".join((key % (KEY % "eu-central-1"), timed))
    text = (TERRAFORM if is_root else CLOUDFORMATION) % ("", further)
    added, start = (CHOSEN_TF, "    destination {\n") if is_root else (CHOSEN, "            Destination:\n")
    settings = "      ReplicationConfiguration:\n"
    text = text + KMS_TF if is_root else text.replace(settings, KMS + settings)
    text = text.replace(start, f"{added}\n{start}") if is_chosen else text
    wanted = "recovery: {rpo: 1h, regions: [eu-west-1, eu-central-1]}\n"
    told = rows(here, {f"a.{language}": text}, "--disruption", "region", configuration=wanted)
    [line] = [line for line in told if " region " in line]
    assert ("region 15m typically 1h ~ promote" in line) is is_chosen
    lacking = "not told: what copies the objects that are encrypted with a key of KMS, which the rule leaves out"
    assert (lacking in line) is not is_chosen
    assert ("region not told 1h ?" in line) is not is_chosen
    assert ("choose objects that are encrypted with SSE-KMS, and let its role decrypt" in line) is not is_chosen


ROLE = """\
  Own: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Action: "kms:*", Resource: "*",
    Principal: {AWS: "arn:aws:iam::111122223333:root"}}]}}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement: [{Effect: Allow, Action: ["s3:*", "%s"], Resource: "*"}]
"""
ROLE_TF = """\
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_kms_key" "own" {
  provider = aws.second
}
resource "aws_s3_bucket" "copies" {
  provider = aws.second
  bucket   = "files-copies"
}
resource "aws_iam_role" "copies" {
  assume_role_policy = "{}"
  inline_policy {
    name   = "p"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*", "%s"], Resource = "*" }] })
  }
}
"""
LETS = pytest.mark.parametrize(("action", "is_let"), [("kms:GenerateDataKey", False), ("kms:Encrypt", True)])
NOT_LET = "not told: whether it copies objects that are encrypted with KMS: no policy lets"


@LETS
def test_a_role_that_may_not_encrypt_replicas_leaves_it_open_what_is_copied(
    here: Path, action: str, *, is_let: bool
) -> None:
    text = TERRAFORM % ("", ENCRYPTED_TF.replace('"%s"', "aws_kms_key.own.arn") + f"\n{TIMED_TF}") + ROLE_TF % action
    text = text.replace("    destination {\n", f"{CHOSEN_TF}\n    destination {{\n")
    text = text.replace('"arn:aws:iam::111122223333:role/copies"', "aws_iam_role.copies.arn")
    text = text.replace('"arn:aws:s3:::files-${var.other}"', "aws_s3_bucket.copies.arn")
    wanted = "recovery: {rpo: 1h, regions: [eu-west-1, eu-central-1]}\n"
    told = rows(here, {"a.tf": text}, "--disruption", "region", configuration=wanted)
    [line] = [line for line in told if line.startswith("aws_s3_bucket.files region")]
    assert ("region 15m typically 1h ~ promote" in line) is is_let
    assert (f"{NOT_LET} aws_iam_role.copies encrypt with aws_kms_key.own (allow it kms:Encrypt)" in line) is not is_let

    asked = "whether aws_s3_bucket.copies in eu-central-1 has all that is in aws_s3_bucket.files"
    look = "aws s3api head-object --region eu-west-1 "
    runbook = printed("recovery", "--runbook", "region")
    # That there is a rule is no answer: what of the objects it copies is.
    assert ("get-bucket-replication" in runbook, asked in runbook, look in runbook) == (False, not is_let, not is_let)


@LETS
def test_a_role_of_a_template_that_may_not_encrypt_replicas_is_told(here: Path, action: str, *, is_let: bool) -> None:
    text = CLOUDFORMATION % ("", ENCRYPTED.replace("'%s'", "!GetAtt Own.Arn") + f"\n{TIMED}") + ROLE % action
    text = text.replace("            Destination:\n", f"{CHOSEN}\n            Destination:\n")
    text = text.replace("arn:aws:iam::111122223333:role/copies", "!GetAtt Role.Arn")
    wanted = "recovery: {rpo: 1h, regions: [eu-west-1, eu-central-1]}\n"
    told = rows(here, {"a.yaml": text}, "--disruption", "region", configuration=wanted)
    [line] = [line for line in told if line.startswith("Files region")]
    assert (f"{NOT_LET} Role encrypt with Own" in line) is not is_let


COPIED = """\
    variable "source_bucket" {}
    provider "aws" {
      region = "eu-west-1"
    }
    provider "aws" {
      alias  = "away"
      region = "eu-central-1"
    }
    resource "aws_s3_bucket" "copies" {
      provider = aws.away
      bucket   = "copies"
    }
    resource "aws_s3_bucket_versioning" "copies" {
      provider = aws.away
      bucket   = aws_s3_bucket.copies.id
      versioning_configuration {
        status = "Enabled"
      }
    }
    %s
    resource "aws_s3_bucket_replication_configuration" "main" {
      bucket = var.source_bucket
      role   = "arn:aws:iam::123456789012:role/replication"
      rule {
        status = "Enabled"
        destination {
          bucket = aws_s3_bucket.copies.arn
        }
      }
    }
    """


def test_what_a_rule_of_an_unread_bucket_copies_to_is_a_replica(here: Path) -> None:
    told = " ".join(rows(here, {"main.tf": COPIED % ""}))
    rule = "aws_s3_bucket_replication_configuration.main"
    assert f"aws_s3_bucket.copies - a replica, by {rule}, of a bucket that was not read" in told
    assert "replication rules that are not known" not in told


def test_the_strategy_tells_what_is_in_the_primary_region_where_no_store_is(here: Path) -> None:
    table = """
    resource "aws_dynamodb_table" "orders" {
      provider = aws.away
      name     = "orders"
      hash_key = "id"
    }
    """
    told = " ".join(rows(here, {"main.tf": COPIED % table}))
    assert (
        "which stores are in eu-west-1, where of what was read there is only"
        " aws_s3_bucket_replication_configuration.main" in told
    )


def _standby(name: str) -> dict[str, str]:
    """A bucket of the primary Region with a rule to a bucket of a name that is given, and another one elsewhere."""
    rule = "{Status: Enabled, Destination: {Bucket: !Ref Other}}"
    home = f"""\
    Parameters: {{Other: {{Type: String}}}}
    Resources:
      Files:
        Type: AWS::S3::Bucket
        Properties: {{ReplicationConfiguration: {{Role: "arn:aws:iam::111122223333:role/copies", Rules: [{rule}]}}}}
    """
    away = f"Resources: {{Copies: {{Type: AWS::S3::Bucket, Properties: {{{name}}}}}}}\n"
    return {"home.yaml": home, "away.yaml": away}


VERSIONED = "VersioningConfiguration: {Status: Enabled}"


@pytest.mark.parametrize(
    ("name", "region", "loses"),
    [
        (VERSIONED, "eu-central-1", "not told"),
        (f"{VERSIONED}, BucketName: !Sub 'copies-${{AWS::AccountId}}'", "eu-central-1", "not told"),
        (f"{VERSIONED}, BucketName: !Sub 'reports-${{AWS::AccountId}}'", "eu-central-1", "everything"),
        (f"{VERSIONED}, BucketName: reports", "eu-central-1", "everything"),
        (VERSIONED, "eu-west-1", "everything"),
        # S3 replicates to no bucket without versions.
        ("", "eu-central-1", "everything"),
        ("VersioningConfiguration: {Status: Suspended}", "eu-central-1", "everything"),
    ],
)
@pytest.mark.parametrize("applications", ["", ", applications: {all: {paths: ['*.yaml']}}"])
def test_a_bucket_in_another_region_may_be_the_replica_that_a_rule_does_not_tell(
    here: Path, name: str, region: str, loses: str, applications: str
) -> None:
    configuration = f"""\
    deployments:
      home: {{AWS::Region: eu-west-1, Other: arn:aws:s3:::copies-111122223333, paths: [home.yaml]}}
      away: {{AWS::Region: {region}, paths: [away.yaml]}}
    recovery: {{rpo: 1h, complete: true{applications}}}
    """
    told = rows(here, _standby(name), "--disruption", "region", configuration=configuration)
    [line] = [line for line in told if line.startswith("Copies ")]
    assert line.startswith(f"Copies region {loses} 1h {'?' if loses == 'not told' else '✗'}")
    doubt = "which may be this one; not told: whether it is that replica of Files (spell its name in both places alike)"
    assert (doubt in line) is (loses == "not told")


MODULE_TF = """\
    variable "stage" {}
    variable "copies" {
      default = ""
    }
    data "aws_caller_identity" "current" {}
    resource "aws_s3_bucket" "files" {
      bucket = "files-${var.stage}-${data.aws_caller_identity.current.account_id}"
    }
    resource "aws_s3_bucket_replication_configuration" "files" {
      count  = var.copies == "" ? 0 : 1
      bucket = aws_s3_bucket.files.id
      role   = "arn:aws:iam::111122223333:role/copies"
      rule {
        status = "Enabled"
        filter {}
        destination {
          bucket = var.copies
        }
      }
    }
    """
ROOT_TF = """\
    provider "aws" {
      region = "%s"
    }
    data "aws_caller_identity" "current" {}
    module "files" {
      source = "../module"
      stage  = "%s"
    %s
    }
    """


def test_names_of_modules_are_spelled_as_those_of_their_roots(here: Path) -> None:
    copies = '  copies = "arn:aws:s3:::files-away-${data.aws_caller_identity.current.account_id}"'
    roots = {
        "home/main.tf": ROOT_TF % ("eu-west-1", "home", copies),
        "away/main.tf": ROOT_TF % ("eu-central-1", "away", ""),
        "module/main.tf": MODULE_TF,
    }
    configuration = "recovery: {rpo: 1h, complete: true, applications: {all: {paths: [home, away]}}}\n"
    told = rows(here, roots, "--disruption", "region", configuration=configuration)
    names = [line for line in told if line.startswith("module.files.aws_s3_bucket.files")]
    assert names[0] == "module.files.aws_s3_bucket.files - a replica of module.files.aws_s3_bucket.files in eu-west-1"
    assert "a replication rule to module.files.aws_s3_bucket.files in eu-central-1" in names[1]


FILES_TF = """\
    provider "aws" {
      region = "eu-west-1"
    }
    provider "aws" {
      alias  = "away"
      region = "%s"
    }
    variable "replica" {}
    resource "aws_efs_file_system" "files" {}
    resource "aws_efs_file_system" "away" {
      provider = aws.away
    }
    resource "aws_efs_replication_configuration" "files" {
      source_file_system_id = aws_efs_file_system.files.id
      destination {
        %s
        region = "eu-central-1"
      }
    }
    """


@pytest.mark.parametrize(
    ("region", "named", "said"),
    [
        ("eu-central-1", "file_system_id = aws_efs_file_system.away.id", "- a replica of aws_efs_file_system.files"),
        ("eu-central-1", "file_system_id = var.replica", "region not told 1h ?"),
        ("eu-north-1", "file_system_id = var.replica", "region everything 1h ✗"),
        ("eu-central-1", "", "region everything 1h ✗"),
    ],
)
def test_a_file_system_in_another_region_may_be_the_replica_of_another(
    here: Path, region: str, named: str, said: str
) -> None:
    configuration = "recovery: {region: {rpo: 1h}, complete: true}\n"
    told = rows(here, {"main.tf": FILES_TF % (region, named)}, "--disruption", "region", configuration=configuration)
    [line] = [line for line in told if line.startswith("aws_efs_file_system.away ")]
    assert line.startswith(f"aws_efs_file_system.away {said}")
