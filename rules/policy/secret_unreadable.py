"""A role should be able to read the secrets that are read with it.

ECS reads the secrets and parameters of a container with the execution role of the task, before the task starts, RDS Proxy
the secrets of its databases with its own role, and CodeBuild those in variables of a project or its buildspec with the
project's role. If no policy allows that role secretsmanager:GetSecretValue (of a parameter of Systems Manager,
ssm:GetParameters) with just this secret, no task starts, the proxy connects to no database, and each build fails.

What to do: allow it in a policy of the role, with the ARN of the secret as Resource.
"""

from awslint_memo import Findings, Resource, rule, secret_readers

PLAIN = ("AWS::SecretsManager::Secret", "AWS::SSM::Parameter")


@rule(
    level="error",
    since="0.2",
    resource=("AWS::CodeBuild::Project", "AWS::ECS::TaskDefinition", "AWS::RDS::DBProxy"),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonECS/latest/developerguide/task_execution_IAM_role.html",
    yields_to="policy-untrusted-service",
)
def check(user: Resource) -> Findings:
    # What the same statement of a policy mends is one finding.
    by_secret: dict[tuple[str, str, str], list[secret_readers.Unread]] = {}
    for lack in secret_readers.unreadable(user):
        by_secret.setdefault((lack.role.name, lack.action, title(lack)), []).append(lack)
    for first, *others in by_secret.values():
        also = f", as {len(others)} more do" if len(others) > 1 else ", as one more does" if others else ""
        instead = "" if first.other is None else f" ({first.other[0].title} may)"
        related = [] if first.other is None else [(first.other[1], f"{first.other[0].title} may read it")]
        reads = [] if first.place is first.value else [(first.place, "reads it")]
        outcome = secret_readers.READERS[user.type].outcome
        yield user.finding(
            first.value,
            f"names {title(first)}{also}, which {first.role.title} may not read{instead}, {outcome}",
            of=str(first.value.route),
            do=f"allow {first.role.title} {first.action} with it",
            related=[(first.role, "the role"), *reads, *related, *((lack.place, "so does this") for lack in others)],
        )


def title(lack: secret_readers.Unread) -> str:
    """What a message calls a secret or parameter."""
    kind = "secret" if lack.action.startswith("secretsmanager") else "parameter"
    if lack.owner is None:
        return f"the {kind} {lack.name}" if lack.name else f"a {kind}"
    return lack.owner.title if lack.owner.type in PLAIN else f"the secret of {lack.owner.title}"


BAD = """
Resources:
  Password: {Type: AWS::SecretsManager::Secret}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: PASSWORD, ValueFrom: !Sub "${Password}:password::"}]}]}}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, ManageMasterUserPassword: true}}
  Prices: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, ManageMasterUserPassword: true}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: rds.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: secret, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: !GetAtt Orders.MasterUserSecret.SecretArn}]}}]}}
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {EngineFamily: POSTGRESQL, RoleArn: !GetAtt Role.Arn, Auth: [{AuthScheme: SECRETS, SecretArn: !GetAtt Prices.MasterUserSecret.SecretArn}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: TOKEN, ValueFrom: /web/token}]}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: TOKEN, ValueFrom: !Sub "arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/token"}]}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Source: {Type: CODEPIPELINE, BuildSpec: buildspecs/web.yml}}}
# --- buildspecs/web.yml
version: 0.2
env:
  parameter-store: {NPM: /web/npm, MAVEN: /web/maven}
phases: {build: {commands: [npm ci]}}
---
Resources:
  Token: {Type: AWS::SecretsManager::Secret}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Environment: {EnvironmentVariables: [{Name: TOKEN, Type: SECRETS_MANAGER, Value: !Sub "${Token}:npm"}]}}}
---
resource "aws_iam_role" "build" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "codebuild.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_codebuild_project" "web" {
  service_role = aws_iam_role.build.arn

  source {
    type      = "CODEPIPELINE"
    buildspec = yamlencode({ version = 0.2, env = { parameter-store = { NPM = "/web/npm" } }, phases = { build = { commands = ["npm ci"] } } })
  }
}
---
resource "aws_ssm_parameter" "token" {
  name  = "token"
  type  = "String"
  value = "t"
}

resource "aws_iam_role" "web" {}

resource "aws_iam_role_policy" "web" {
  role = aws_iam_role.web.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}

resource "aws_ecs_task_definition" "web" {
  family             = "web"
  execution_role_arn = aws_iam_role.web.arn
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "TOKEN", valueFrom = aws_ssm_parameter.token.arn }]
  }])
}
---
variable "token" {}

data "aws_secretsmanager_secret" "token" {
  name = var.token
}

resource "aws_iam_role" "execution" {}

resource "aws_iam_role" "task" {}

resource "aws_iam_role_policy" "task" {
  role = aws_iam_role.task.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = data.aws_secretsmanager_secret.token.arn }]
  })
}

resource "aws_ecs_task_definition" "web" {
  family             = "web"
  execution_role_arn = aws_iam_role.execution.arn
  task_role_arn      = aws_iam_role.task.arn
  container_definitions = jsonencode([{
    name    = "web"
    image   = "web"
    secrets = [{ name = "TOKEN", valueFrom = "${data.aws_secretsmanager_secret.token.arn}:token::" }]
  }])
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Task: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:*", Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-*"}]}}]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, TaskRoleArn: !GetAtt Task.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: TOKEN, ValueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-a1b2c3"}]}]}}
---
resource "aws_secretsmanager_secret" "orders" {}

resource "aws_secretsmanager_secret" "prices" {}

resource "aws_iam_role" "proxy" {}

resource "aws_iam_role_policy" "proxy" {
  role = aws_iam_role.proxy.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.orders.arn }]
  })
}

resource "aws_db_proxy" "prices" {
  name          = "prices"
  engine_family = "POSTGRESQL"
  role_arn      = aws_iam_role.proxy.arn

  auth {
    secret_arn = aws_secretsmanager_secret.prices.arn
  }
}
---
Resources:
  Password: {Type: AWS::SecretsManager::Secret}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: USER, ValueFrom: !Sub "${Password}:user::"}, {Name: PASSWORD, ValueFrom: !Sub "${Password}:password::"}]}]}}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ssm:GetParameter*", Resource: "*"}]}}]}}
  Plain: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Environment: {EnvironmentVariables: [{Name: TOKEN, Type: PARAMETER_STORE, Value: !Ref Name}]}, Source: {Type: CODEPIPELINE, BuildSpec: buildspecs/web.yml}}}
  Tests: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Plain.Arn, Environment: {EnvironmentVariables: [{Name: TOKEN, Value: /web/npm}, {Name: KEY, Type: SECRETS_MANAGER, Value: elsewhere}]}, Source: {Type: CODEPIPELINE, BuildSpec: tests.yml}}}
# --- buildspecs/web.yml
version: 0.2
env:
  parameter-store: {NPM: /web/npm}
phases: {build: {commands: [npm ci]}}
---
Parameters: {Arn: {Type: String}}
Resources:
  Password: {Type: AWS::SecretsManager::Secret}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, ManageMasterUserPassword: true}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [ecs-tasks.amazonaws.com, rds.amazonaws.com]}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:Get*", Resource: [!Ref Password, "arn:aws:secretsmanager:*:*:secret:rds!*"]}]}}]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: A, ValueFrom: !Sub "${Password}:password::"}, {Name: B, ValueFrom: !Ref Arn}]}]}}
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {EngineFamily: POSTGRESQL, RoleArn: !GetAtt Role.Arn, Auth: [{AuthScheme: SECRETS, SecretArn: !GetAtt Orders.MasterUserSecret.SecretArn}]}}
  AnyRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, ManagedPolicyArns: [!Ref Arn]}}
  Unknown: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt AnyRole.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: A, ValueFrom: !Ref Password}]}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ssm:GetParameters", Resource: "arn:aws:ssm:*:*:parameter/web/*"}]}}]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: A, ValueFrom: /web/a}, {Name: B, ValueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:b"}]}]}}
---
Resources:
  # The task reads another secret by itself.
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Task: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "secretsmanager:*", Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:web-*"}]}}]}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, TaskRoleArn: !GetAtt Task.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: TOKEN, ValueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:jobs-a1b2c3"}]}]}}
---
Resources:
  # The secret has a policy of its own.
  Password: {Type: AWS::SecretsManager::Secret}
  Readers: {Type: AWS::SecretsManager::ResourcePolicy, Properties: {SecretId: !Ref Password, ResourcePolicy: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: "secretsmanager:GetSecretValue", Resource: "*"}]}}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: web, Image: web, Secrets: [{Name: A, ValueFrom: !Ref Password}]}]}}
---
resource "aws_secretsmanager_secret" "orders" {}

resource "aws_iam_role" "proxy" {}

resource "aws_iam_role_policy" "proxy" {
  role = aws_iam_role.proxy.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.orders.arn }]
  })
}

resource "aws_db_proxy" "orders" {
  name          = "orders"
  engine_family = "POSTGRESQL"
  role_arn      = aws_iam_role.proxy.arn

  auth {
    secret_arn = aws_secretsmanager_secret.orders.arn
  }
}
"""
