"""Small files of the kinds of which the fixtures have few, for the fuzzing to change."""

from __future__ import annotations

TERRAFORM = """
variable "days" { default = 1 }
variable "names" { default = ["a"] }
variable "tags" { default = {} }
resource "aws_sqs_queue" "q" {
  for_each = toset(var.names)
  message_retention_seconds = var.days * 60
  tags = var.tags
}
module "m" {
  source = "./m"
  days = var.days
}
module "far" {
  source = "terraform-aws-modules/sqs/aws"
  version = "4.0.0"
}
"""
MODULE = 'variable "days" {}\nresource "aws_sqs_queue" "q" {\n  message_retention_seconds = var.days\n}\n'
VARIABLES = 'days = 2\nnames = ["a", "b"]\ntags = { Name = "x" }\n'
VARIABLES_JSON = '{"days": 2, "names": ["a", "b"], "tags": {"Name": "x"}}'
INSTALLED = """{"Modules": [{"Key": "", "Source": "", "Dir": "."}, {"Key": "m", "Source": "./m", "Dir": "m"},
{"Key": "far", "Source": "registry.terraform.io/terraform-aws-modules/sqs/aws", "Version": "4.0.0", "Dir": "m"}]}"""
TEMPLATE = """
Parameters:
  Days: {Type: Number, Default: 1}
  Env: {Type: String, AllowedValues: [dev, prod], Default: dev}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Q:
    Type: AWS::SQS::Queue
    Properties: {MessageRetentionPeriod: !Ref Days, VisibilityTimeout: !If [IsProd, 900, 1]}
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: !If [IsProd, true, false], BackupRetentionPeriod: !Ref Days}
"""
PARAMETERS = (
    '[{"ParameterKey": "Days", "ParameterValue": "4"}, {"ParameterKey": "Env", "UsePreviousValue": true}]',
    '{"Parameters": {"Days": "4", "Env": "prod"}, "Tags": {}}',
    "Days: 4\nEnv: prod\n",
    'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Days=4 Env=prod"\n',
    '[prod.deploy.parameters]\nparameter_overrides = ["Days=4", "ParameterKey=Env,ParameterValue=prod"]\n',
    'Days = 4\nEnv = "prod"\n',
)
YAML_SETTINGS = """
profile: all
fail-on: advice
ignore: [sqs-*]
rules:
  rds-multi-az: {level: error}
  lambda-tracing: off
suppress:
  - {rules: [rds-*], reason: known, until: 2027-01-01, resources: [Db], paths: ["*.yaml"]}
exclude: ["x/**"]
deployments:
  prod: {Days: 4, Env: prod}
  dev: dev.json
var-file: [a.tfvars]
processing-time: {Q: 30}
"""
TOML_SETTINGS = """
[tool.awslint-memo]
profile = "all"
fail-on = "advice"
exclude = ["x/**"]
[tool.awslint-memo.rules.rds-multi-az]
level = "error"
[[tool.awslint-memo.suppress]]
rules = ["rds-*"]
reason = "known"
until = 2027-01-01
[tool.awslint-memo.deployments]
prod = {Days = 4, Env = "prod"}
"""
PARENT = """
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./child.yaml
      Parameters: {Days: 2, Env: !GetAtt Other.Outputs.Env}
  Other:
    Type: AWS::Serverless::Application
    Properties: {Location: child.yaml}
"""
CHILD = TEMPLATE + "Outputs:\n  Env: {Value: !Ref Env, Export: {Name: !Sub '${AWS::StackName}-env'}}\n"
EMBEDDED = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: GITHUB
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands: [make test, aws s3 cp x s3://y]
          artifacts: {files: ["**/*"]}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: |
        {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
         "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 0}], "End": true}}}
  Other:
    Type: AWS::Serverless::StateMachine
    Properties: {DefinitionUri: machine.asl.json}
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: prod, DefinitionUri: api.yaml}
"""
MACHINE = '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 5, "Next": "B"}, "B": {"Type": "Succeed"}}}'
API = "openapi: 3.0.1\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: {type: aws_proxy, uri: x}\n"
TERRAGRUNT = 'include "root" { path = find_in_parent_folders() }\nterraform { source = "./m" }\ninputs = { days = 1 }\n'
