"""A password should be written, or managed by RDS, not both.

With ManageMasterUserPassword, RDS makes the password and keeps it in Secrets Manager. It refuses a database that has
MasterUserPassword too when it is deployed.

What to do: remove MasterUserPassword (Terraform: password, master_password), or ManageMasterUserPassword.
"""

from awslint_memo import Findings, Resource, rule, secret_values


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)
def check(database: Resource) -> Findings:
    managed, password = database.get("ManageMasterUserPassword"), database.get("MasterUserPassword")
    if managed.flag is True and secret_values.is_some(password):
        message = "is written, but ManageMasterUserPassword is true, and RDS refuses both"
        related = [(managed, "RDS manages it")]
        yield database.finding(password, message, of="MasterUserPassword", do="remove it", related=related)


BAD = """
Resources:
  Secret: {Type: AWS::SecretsManager::Secret, Properties: {GenerateSecretString: {}}}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, ManageMasterUserPassword: true, MasterUserPassword: !Sub "{{resolve:secretsmanager:${Secret}}}"}}
---
resource "random_password" "orders" {
  length = 20
}

resource "aws_rds_cluster" "orders" {
  engine                      = "aurora-mysql"
  manage_master_user_password = true
  master_password             = random_password.orders.result
}
"""

GOOD = """
Parameters: {Password: {Type: String, NoEcho: true, Default: ""}}
Resources:
  Perhaps: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, ManageMasterUserPassword: true, MasterUserPassword: !Ref Password}}
  Written: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, ManageMasterUserPassword: false, MasterUserPassword: "{{resolve:ssm-secure:p}}"}}
---
variable "password" {}

resource "aws_db_instance" "orders" {
  engine                      = "postgres"
  manage_master_user_password = true
}

resource "aws_db_instance" "other" {
  engine   = "postgres"
  password = var.password
}
"""
