"""A StackSet should have what CloudFormation needs for its permission model and its template.

With the permissions of the organization (SERVICE_MANAGED), CloudFormation wants to know whether accounts that join later get the
stack too, and takes no administration role, which is for SELF_MANAGED. A template that makes users, groups, roles or policies of
IAM needs CAPABILITY_IAM, and one that gives them names CAPABILITY_NAMED_IAM. Otherwise the StackSet is refused.

What to do: set AutoDeployment, remove the role, or add the capability.
"""

from awslint_memo import Findings, Resource, rule, stack_sets


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFormation::StackSet",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
)
def check(stack_set: Resource) -> Findings:
    model = stack_set.get("PermissionModel")
    is_service_managed = model.text == "SERVICE_MANAGED"
    deploying = stack_set.get("AutoDeployment")
    if is_service_managed and deploying.is_absent:
        message = "is not set, but PermissionModel is SERVICE_MANAGED, which requires it, so the StackSet is refused"
        yield stack_set.finding(
            deploying, message, of="AutoDeployment", do="say whether it is Enabled", related=[(model, "the model")]
        )
    role = stack_set.get("AdministrationRoleARN")
    if is_service_managed and role.pattern is not None:
        message = (
            "is set, but is for SELF_MANAGED only, and PermissionModel is SERVICE_MANAGED, so the StackSet is refused"
        )
        yield stack_set.finding(
            role, message, of="AdministrationRoleARN", do="remove it", related=[(model, "the model")]
        )
    needed = stack_sets.lacking_capability(stack_set)
    if needed is not None:
        given = stack_set.get("Capabilities")
        message = f"does not name {needed}, which what its template makes of IAM needs, so the StackSet is refused"
        yield stack_set.finding(given, message, of="Capabilities", do=f"add {needed}")


BAD = """
Parameters: {Tools: {Type: String}}
Resources:
  Audit:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: audit
      PermissionModel: SERVICE_MANAGED
      AutoDeployment: {Enabled: true, RetainStacksOnAccountRemoval: false}
      Capabilities: [CAPABILITY_IAM]
      TemplateBody: !Sub |
        Resources:
          Audit:
            Type: AWS::IAM::Role
            Properties:
              RoleName: audit
              AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::${Tools}:root"}, Action: sts:AssumeRole}]}
---
Resources:
  Topics: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: topics, PermissionModel: SERVICE_MANAGED, TemplateURL: https://example.com/topics.yaml}}
---
Parameters: {Admin: {Type: String, Default: "arn:aws:iam::111122223333:role/admin"}}
Resources:
  Logs:
    Type: AWS::CloudFormation::StackSet
    Properties: {StackSetName: logs, PermissionModel: SERVICE_MANAGED, AutoDeployment: {Enabled: false}, AdministrationRoleARN: !Ref Admin, TemplateURL: https://example.com/logs.yaml}
---
resource "aws_cloudformation_stack_set" "keys" {
  name             = "keys"
  permission_model = "SERVICE_MANAGED"
  template_url     = "https://example.com/keys.yaml"
}
---
Resources:
  Keys: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: keys, PermissionModel: SELF_MANAGED, TemplateBody: '{"Resources": {"Key": {"Type": "AWS::IAM::AccessKey", "Properties": {"UserName": "robot"}}}}'}}
"""

GOOD = """
Parameters: {Model: {Type: String}, Admin: {Type: String}, Body: {Type: String}, Given: {Type: CommaDelimitedList}}
Resources:
  Support:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: support
      PermissionModel: SERVICE_MANAGED
      AutoDeployment: {Enabled: true, RetainStacksOnAccountRemoval: false}
      Capabilities: [CAPABILITY_NAMED_IAM]
      TemplateBody: |
        Resources:
          Support: {Type: AWS::IAM::Role, Properties: {RoleName: support, AssumeRolePolicyDocument: {}}}
  # An access key names a user, and a topic needs nothing.
  Topic: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: topic, PermissionModel: SELF_MANAGED, AdministrationRoleARN: !Ref Admin, TemplateBody: "Resources: {Topic: {Type: AWS::SNS::Topic}}"}}
  Keys: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: keys, PermissionModel: !Ref Model, AdministrationRoleARN: !Ref Admin, Capabilities: [CAPABILITY_IAM], TemplateBody: "Resources: {Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: robot}}}"}}
  Maybe: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: maybe, PermissionModel: SELF_MANAGED, TemplateBody: "Resources: {Robot: {Type: AWS::IAM::User, Condition: Never}}"}}
  # A text without a resource needs nothing.
  Bare: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: bare, PermissionModel: SELF_MANAGED, TemplateBody: "Outputs: {}"}}
  Any: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: any, PermissionModel: SELF_MANAGED, Capabilities: !Ref Given, TemplateBody: !Ref Body}}
---
variable "model" { type = string }

resource "aws_cloudformation_stack_set" "topic" {
  name                    = "topic"
  permission_model        = var.model
  administration_role_arn = "arn:aws:iam::111122223333:role/admin"
  template_url            = "https://example.com/topic.yaml"
}
"""
