"""A database and its master user should have names that the engine takes.

The name of the first database (DBName, DatabaseName) has letters, digits and underscores, and begins with a letter, and so has that of the
master user: RDS refuses a hyphen, which identifiers may have. A database has at most 64 characters with MySQL and MariaDB, 63 with
PostgreSQL and 8 with Oracle; with SQL Server there is none. No master user is called rdsadmin, and with PostgreSQL and DocumentDB none is
called admin, and with PostgreSQL none begins with pg_.

What to do: take another name (Terraform: db_name, username; database_name, master_username), such as orders_prod for orders-prod.
"""

from awslint_memo import Findings, Resource, database_names, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::DocDB::DBCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)
def check(database: Resource) -> Findings:
    for refusal in database_names.refused(database):
        name = refusal.value
        if name.text is not None:
            yield database.finding(name, refusal.why, do=refusal.do)
        elif name.pattern is not None:
            why = f"is {name.pattern.shown}, {refusal.why}"
            yield database.finding(name, why, of=str(name.route), do=refusal.do)


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBName: orders-prod, MasterUsername: orders_owner}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DatabaseName: !Sub "orders-${Stage}", MasterUsername: admin}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBName: orders, MasterUsername: Admin}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBName: 2orders}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: oracle-se2, DBName: ORDERSPROD}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: sqlserver-ex, DBName: orders}}
---
locals {
  name = "web-shop"
}

resource "aws_rds_cluster" "orders" {
  engine        = "aurora-postgresql"
  database_name = local.name
}
---
resource "aws_db_instance" "orders" {
  engine   = "mysql"
  db_name  = "orders"
  username = "web-user"
}
---
resource "aws_db_instance" "orders" {
  engine   = "mariadb"
  username = "the_owner_of_orders"
}
---
resource "aws_rds_cluster" "orders" {
  engine          = "aurora-postgresql"
  master_username = "pg_owner"
}
---
resource "aws_docdb_cluster" "orders" {
  master_username = "admin"
  master_password = "not-secret"
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBInstanceIdentifier: orders-prod, DBName: orders_prod, MasterUsername: postgres}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DBName: !Ref Name, MasterUsername: !Sub "{{resolve:secretsmanager:${Name}:SecretString:username}}"}}
  Joined: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, MasterUsername: !Join ["", ["{{resolve:secretsmanager:", !Ref Name, ":SecretString:username}}"]]}}
  OfMySql: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, DatabaseName: orders, MasterUsername: admin}}
  OfServer: {Type: AWS::RDS::DBInstance, Properties: {Engine: sqlserver-se, DBName: "", MasterUsername: the-owner}}
  Restored: {Type: AWS::RDS::DBInstance, Properties: {DBSnapshotIdentifier: last, DBName: orders-prod}}
  Copy: {Type: AWS::RDS::DBInstance, Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBName: orders-prod}}
  Member: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref OfMySql, DBName: orders-prod}}
  Documents: {Type: AWS::DocDB::DBCluster, Properties: {MasterUsername: the_owner}}
  RestoredDocuments: {Type: AWS::DocDB::DBCluster, Properties: {SnapshotIdentifier: last, MasterUsername: admin}}
  RestoredCluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, SnapshotIdentifier: last, DatabaseName: orders-prod}}
---
resource "aws_db_instance" "orders" {
  identifier = "orders-prod"
  engine     = "postgres"
  db_name    = "orders_prod"
  username   = "the_owner_of_orders"
}
"""
