"""A database whose password RDS manages should not be the source of a read replica.

With ManageMasterUserPassword, RDS keeps the password of the master user in Secrets Manager. It refuses read replicas of such an
instance, of all engines but SQL Server.

What to do: give the source MasterUserPassword from a secret of your own and remove ManageMasterUserPassword (Terraform:
password, manage_master_user_password), or remove the replica.
"""

from awslint_memo import Findings, Resource, databases, engine_families, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::DBInstance",
    memo="水平スケーリング: リードレプリカと呼ばれる複製を作成し",
    aws="AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
)
def check(replica: Resource) -> Findings:
    source = databases.replica_source(replica)
    if source is None:
        return
    engine, managed = source.get("Engine"), source.get("ManageMasterUserPassword")
    if managed.flag is True and engine.text and not engine_families.is_copied_with_secret(engine.text):
        yield replica.finding(
            replica.get("SourceDBInstanceIdentifier"),
            f"is {source.title}, whose password RDS manages, so RDS refuses the replica",
            of="SourceDBInstanceIdentifier",
            do="give the source a password from a secret of your own instead",
            decided_by=[managed],
            related=[(managed, "RDS manages the password")],
        )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, ManageMasterUserPassword: true, BackupRetentionPeriod: 7}}
  Reports: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Orders}}
---
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  manage_master_user_password = true
}

resource "aws_db_instance" "reports" {
  identifier          = "reports"
  replicate_source_db = aws_db_instance.orders.identifier
}
"""

GOOD = """
Parameters: {Managed: {Type: String}, Engine: {Type: String}}
Resources:
  Server: {Type: AWS::RDS::DBInstance, Properties: {Engine: sqlserver-ee, ManageMasterUserPassword: true}}
  OfServer: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Server}}
  Own: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MasterUserPassword: "{{resolve:secretsmanager:orders}}"}}
  OfOwn: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Own}}
  Perhaps: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, ManageMasterUserPassword: !Ref Managed}}
  OfPerhaps: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Perhaps}}
  AnyEngine: {Type: AWS::RDS::DBInstance, Properties: {Engine: !Ref Engine, ManageMasterUserPassword: true}}
  OfAny: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref AnyEngine}}
---
resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  engine                      = "postgres"
  manage_master_user_password = true
}

# A restore is no replica.
resource "aws_db_instance" "restored" {
  identifier = "restored"

  restore_to_point_in_time {
    source_db_instance_identifier = aws_db_instance.orders.identifier
    use_latest_restorable_time    = true
  }
}
"""
