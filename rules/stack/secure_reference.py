"""A secure string should be referred to only where CloudFormation resolves it.

`{{resolve:ssm-secure:…}}` is for some properties of some types only, such as the passwords of databases, and never for custom
resources or the variables of a function. Anywhere else CloudFormation refuses the stack.

What to do: let the program read the parameter itself, under a name that it is given, or keep the secret in Secrets Manager, whose
references may stand in any property.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="error",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for user, value, lack in stacks.unmet(deployment, "secure"):
        message = f"is a secure string (ssm-secure), which {lack.names[0]} does not take there, so the stack is refused"
        do = "give the program the name of the parameter, or refer to Secrets Manager"
        yield user.finding(value, message, do=do, of=str(value.route or ""))


BAD = """
Resources:
  Post: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {TOKEN: !Sub "{{resolve:ssm-secure:/${AWS::StackName}/token:1}}"}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Post: {Type: AWS::Serverless::Function, Properties: {Handler: app.handler, Environment: {Variables: {TOKEN: "{{resolve:ssm-secure:token}}"}}}}
---
Resources:
  Told: {Type: Custom::Announcement, Properties: {ServiceToken: arn:aws:lambda:eu-west-1:111122223333:function:tell, Hook: "{{resolve:ssm-secure:hook:2}}"}}
---
Resources:
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}
# --- inner.yaml
Resources:
  Web: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web, Environment: [{Name: TOKEN, Value: "{{resolve:ssm-secure:token}}"}]}]}}
"""

GOOD = """
Parameters: {Token: {Type: String}, Stage: {Type: String}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Post: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {TOKEN: "{{resolve:ssm:token}}", SECRET: "{{resolve:secretsmanager:secret}}", OTHER: !Ref Token}}}}
  Never: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {TOKEN: !If [IsProd, "{{resolve:ssm-secure:token}}", none]}}}}
  Data: {Type: AWS::RDS::DBInstance, Properties: {MasterUserPassword: "{{resolve:ssm-secure:password:1}}"}}
---
variable "token" { type = string }

resource "aws_lambda_function" "post" {
  environment {
    variables = { TOKEN = var.token }
  }
}
"""
