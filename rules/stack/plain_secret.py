"""A secret should not be a plain environment variable.

Whoever may look at a build project, a task definition or a function sees its variables in the console and by the API, and a secret in
them comes from the template or from whoever deploys it. CodeBuild and ECS take the name of a secret instead, and read it when they
need it: then it can be changed without a deployment, and who reads it is known.

What to do: keep it in Secrets Manager or Parameter Store. In CodeBuild, set the variable's Type to SECRETS_MANAGER or
PARAMETER_STORE; in ECS, name it in Secrets with ValueFrom; a function reads it itself. A variable counts by its name
(DB_PASSWORD, NPM_TOKEN); what KMS encrypted is no plain text. Of functions, only secrets that are written out are reported, not those of a hidden parameter (NoEcho).
"""

from awslint_memo import Findings, Resource, plain_secrets, rule

VARIABLES = {
    "AWS::CodeBuild::Project": "Environment.EnvironmentVariables",
    "AWS::ECS::TaskDefinition": "ContainerDefinitions",
    "AWS::Lambda::Function": "Environment.Variables",
}
# codebuild/latest/APIReference/API_EnvironmentVariable.html,
# AmazonECS/latest/developerguide/specifying-sensitive-data.html (read on 2026-12-02)
INSTEAD = {
    "AWS::CodeBuild::Project": "name a secret with the Type SECRETS_MANAGER or PARAMETER_STORE",
    "AWS::ECS::TaskDefinition": "name a secret in Secrets of the container",
    "AWS::Lambda::Function": "let the function read it from Secrets Manager or Parameter Store",
}


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::CodeBuild::Project", "AWS::ECS::TaskDefinition", "AWS::Lambda::Function"),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codebuild/latest/APIReference/API_EnvironmentVariable.html",
)
def check(user: Resource) -> Findings:
    # The relation is loaded where there are variables.
    found = [] if user.get(VARIABLES[user.type]).is_absent else [*plain_secrets.plain(user)]
    for name, value in found[:1]:
        others = found[1:]
        also = ", as others here are" if len(others) > 1 else ", as one more is" if others else ""
        yield user.finding(
            value,
            f"is plain text{also}, which the console and the API show",
            of=f"the variable {name}",
            do=INSTEAD[user.type],
            related=[(other, "so is this") for _, other in others],
        )


BAD = """
Parameters: {NpmToken: {Type: String, NoEcho: true}}
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: STAGE, Value: prod}, {Name: NPM_TOKEN, Type: PLAINTEXT, Value: !Ref NpmToken}]}}}
---
Parameters: {Password: {Type: String, NoEcho: true}}
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: "web:1", Environment: [{Name: DB_PASSWORD, Value: !Ref Password}, {Name: API_KEY, Value: 3kd93kd0s}]}]}}
---
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {STAGE: prod, DB_PASSWORD: hunter2}}}}
---
resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "SONAR_TOKEN"
      value = "sqp_0123456789"
    }
  }
}
---
resource "random_password" "db" {
  length = 20
}

resource "aws_codebuild_project" "tests" {
  name = "tests"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "DB_PASSWORD"
      value = random_password.db.result
    }
  }
}
"""

GOOD = """
# The function decrypts with KMS what begins as this does.
Resources:
  Encrypted: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {OAUTH_SECRET: AQECAHh7cfy8TnPQkdOMH5tPLhIKnZ0XMVdKvNTBNL4nVrA3zwAAAH4wfAYJKoZIhvcNAQcGoG8wbQ==, OTHER_SECRET: AQICAHh7cfy8TnPQkdOMH5tPLhIKnZ0XMVdKvNTBNL4nVrA3zwAAAH4wfAYJKoZIhvcNAQcGoG8wbQ}}}}
---
# What is made of letters alone may be the name of a field; without a user, the address of a database has no password.
Resources:
  Fields: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {SESSION_KEY: user_id, REFRESH_TOKEN: enabled, APP_DSN: "sqlite:///tmp/x.db"}}}}
---
Parameters: {Token: {Type: String, NoEcho: true}, Secret: {Type: String}, Kind: {Type: String}}
Resources:
  Kept: {Type: AWS::SecretsManager::Secret}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment:
        EnvironmentVariables:
          - {Name: NPM_TOKEN, Type: SECRETS_MANAGER, Value: npm}
          - {Name: SONAR_TOKEN, Type: PARAMETER_STORE, Value: /build/sonar}
          - {Name: OTHER_TOKEN, Type: !Ref Kind, Value: !Ref Token}
          - {Name: DB_SECRET, Value: !Ref Secret}
          - {Name: DB_PASSWORD, Value: !Ref Kept}
          - {Name: TOKEN_URL, Value: "https://example.com/token"}
          - {Name: API_KEY, Value: "{{resolve:secretsmanager:key}}"}
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: "web:1", Environment: [{Name: DB_PASSWORD, Value: ""}, {Name: SENTRY_DSN, Value: !Ref Token}, {Name: DB_SECRET, Value: orders-db-secret}, {Name: API_KEY, Value: dummy}], Secrets: [{Name: TOKEN, ValueFrom: !Ref Kept}]}]}}
  # It has no other way to be given one than to read it.
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {TOKEN: !Ref Token, PASSWORD_LENGTH: 20, USE_TOKEN: "true"}}}}
---
variable "token_name" { type = string }

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "SONAR_TOKEN"
      type  = "PARAMETER_STORE"
      value = var.token_name
    }
  }
}
"""
