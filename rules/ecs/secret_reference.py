"""A key of a secret should be named as ECS reads it.

Behind the ARN of a secret stand the key, the stage and the id of the version, each of which may be empty, but not its colon: ECS takes the
ARN alone, or all three. With ":password" alone, no task starts.

What to do: write "::" behind the key, as in ${Secret}:password:: (Terraform: "${aws_secretsmanager_secret.orders.arn}:password::").
"""

from awslint_memo import Findings, Resource, rule, secret_arns


@rule(
    level="error",
    since="0.2",
    resource="AWS::ECS::TaskDefinition",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
)
def check(task: Resource) -> Findings:
    for one in secret_arns.misread(task):
        message = f"names a key of a secret with {one.behind} behind its ARN, which ECS can't read, so no task starts"
        yield task.finding(one.value, message, of=str(one.value.route), do=f"write {one.instead} there")


BAD = """
Resources:
  Login: {Type: AWS::SecretsManager::Secret}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !ImportValue Role, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: PASSWORD, ValueFrom: !Sub "${Login}:password"}]}]}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ManageMasterUserPassword: true}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !ImportValue Role, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: PASSWORD, ValueFrom: !Sub "${Orders.MasterUserSecret.SecretArn}:password:"}]}]}}
---
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !ImportValue Role, ContainerDefinitions: [{Name: web, Image: web, LogConfiguration: {LogDriver: splunk, SecretOptions: [{Name: splunk-token, ValueFrom: !Sub "arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:splunk-AbCdEf:token"}]}}]}}
---
variable "login" {}

data "aws_secretsmanager_secret" "login" {
  name = var.login
}

resource "aws_ecs_task_definition" "web" {
  family             = "web"
  execution_role_arn = "arn:aws:iam::123456789012:role/execution"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "PASSWORD", valueFrom = "${data.aws_secretsmanager_secret.login.arn}:password" }]
  }])
}
---
resource "aws_db_instance" "orders" {
  engine                      = "postgres"
  manage_master_user_password = true
}

resource "aws_ecs_task_definition" "web" {
  family             = "web"
  execution_role_arn = "arn:aws:iam::123456789012:role/execution"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "PASSWORD", valueFrom = "${aws_db_instance.orders.master_user_secret[0].secret_arn}:password" }]
  }])
}
"""

GOOD = """
Parameters: {Key: {Type: String}, Token: {Type: String}}
Resources:
  Login: {Type: AWS::SecretsManager::Secret}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !ImportValue Role, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: ALL, ValueFrom: !Ref Login}, {Name: ONE, ValueFrom: !Sub "${Login}:password::"}, {Name: OLD, ValueFrom: !Sub "${Login}:password:AWSPREVIOUS:"}, {Name: ANY, ValueFrom: !Sub "${Login}:${Key}"}, {Name: PLAIN, ValueFrom: token}, {Name: OTHER, ValueFrom: !Sub "arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${Token}"}, {Name: SSM, ValueFrom: !Sub "arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/token"}]}]}}
---
resource "aws_secretsmanager_secret" "login" {
  name = "login"
}

resource "aws_ecs_task_definition" "web" {
  family             = "web"
  execution_role_arn = "arn:aws:iam::123456789012:role/execution"
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "PASSWORD", valueFrom = "${aws_secretsmanager_secret.login.arn}:password::" }]
  }])
}
"""
