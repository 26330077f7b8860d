"""A StackSet should have what CloudFormation needs for its permission model and its template.

With the permissions of the organization (SERVICE_MANAGED), CloudFormation wants to know whether accounts that join later get the
stack too, takes no administration role, only names of execution roles that begin with stacksets-exec-custom-, and goes to
organizational units. With roles of one's own (SELF_MANAGED, which is Terraform's default), it goes to accounts only, never to those that
join later, and no delegated administrator (CallAs) can manage it. A template that makes users, groups, roles or policies of IAM
needs CAPABILITY_IAM, one that gives them names CAPABILITY_NAMED_IAM, and one with a Transform CAPABILITY_AUTO_EXPAND. Otherwise
the StackSet is refused.

The role that CloudFormation makes in each account of the organization can provision neither nested stacks nor transforms, AWS::Include
and AWS::Serverless among them, so that each operation fails whatever the capabilities are. A role of your own can (a template for it is given to
CreateStackSet, as ExecutionRoleTemplateUrl), with both CAPABILITY_NAMED_IAM and CAPABILITY_AUTO_EXPAND.

What to do: set AutoDeployment, remove what belongs to the other model, or add the capability. Write what a nested stack makes into the
template itself, and deploy the template as it is after the transform. Templates are read in TemplateBody, and in a file of the repository
that TemplateURL names by its path, as `aws cloudformation package` takes it.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, rule, stack_sets


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFormation::StackSet",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/APIReference/API_CreateStackSet.html",
)
def check(stack_set: Resource) -> Findings:
    model = stack_set.get("PermissionModel")
    deploying = stack_set.get("AutoDeployment")
    related = [(model, "the model")]
    if model.text == "SERVICE_MANAGED" and deploying.is_absent:
        message = "is not set, but PermissionModel is SERVICE_MANAGED, which requires it, so the StackSet is refused"
        do = "say whether it is Enabled"
        yield stack_set.finding(deploying, message, of="AutoDeployment", do=do, related=related)
    for value, of, is_for, so, do in misfits(stack_set):
        message = f"{is_for}, and PermissionModel is {model.text}{model.note}, {so}"
        yield stack_set.finding(value, message, of=of, do=do, related=related)
    needed = stack_sets.lacking_capability(stack_set)
    if needed is not None:
        given = stack_set.get("Capabilities")
        what = "the Transform of its template" if needed.endswith("EXPAND") else "what its template makes of IAM"
        message = f"does not name {needed}, which {what} needs, so the StackSet is refused"
        yield stack_set.finding(given, message, of="Capabilities", do=f"add {needed}")
    other = stack_sets.unprovisionable(stack_set)
    if other is not None:
        message = f"has {other.title}, which the execution role of a SERVICE_MANAGED StackSet can't provision, so each operation fails"
        of = "TemplateURL" if stack_set.get("TemplateBody").is_absent else "TemplateBody"
        do = "write into the template what it makes, or give the StackSet an execution role of its own"
        place = other.value if other.place is None else other.place
        yield stack_set.finding(
            other.value, message, of=of, do=do, related=[(model, "the model"), (place, "what it can't provision")]
        )


def misfits(stack_set: Resource) -> Iterator[tuple[Value, str, str, str, str]]:
    """What belongs to the other model: the value, its name, what of it is for the other, what follows, what to do."""
    model, refused = stack_set.get("PermissionModel").text, "so the StackSet is refused"
    targets = "StackInstancesGroup.DeploymentTargets"
    if model == "SERVICE_MANAGED":
        role, name = stack_set.get("AdministrationRoleARN"), stack_set.get("ExecutionRoleName")
        if role.pattern is not None:
            yield role, "AdministrationRoleARN", "is set, but is for SELF_MANAGED only", refused, "remove it"
        if name.text and not name.text.startswith(stack_sets.CUSTOM_ROLE):
            is_for = f"is {name.text}{name.note}, but only names that begin with {stack_sets.CUSTOM_ROLE} are for it"
            yield name, "ExecutionRoleName", is_for, refused, "remove it"
        for value in stack_sets.accounts_alone(stack_set):
            is_for = "is set without OrganizationalUnitIds, but accounts alone are for SELF_MANAGED only"
            yield value, f"{targets}.Accounts", is_for, refused, "add OrganizationalUnitIds and AccountFilterType"
    elif model == "SELF_MANAGED":
        called, enabled = stack_set.get("CallAs"), stack_set.get("AutoDeployment.Enabled")
        only, joining = "but is for SERVICE_MANAGED only", "so accounts that join later don't get the stack"
        do = "remove it, or set PermissionModel to SERVICE_MANAGED"
        if called.text == "DELEGATED_ADMIN":
            yield called, "CallAs", f"is DELEGATED_ADMIN{called.note}, {only}", refused, do
        if enabled.flag is True:
            yield enabled, "AutoDeployment.Enabled", f"is true{enabled.note}, {only}", joining, do
        for value in stack_sets.units(stack_set):
            do = "name Accounts, or set PermissionModel to SERVICE_MANAGED"
            yield value, f"{targets}.OrganizationalUnitIds", f"is set, {only}", refused, do


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
---
Resources:
  Keys: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: keys, PermissionModel: SERVICE_MANAGED, AutoDeployment: {Enabled: false}, ExecutionRoleName: AWSCloudFormationStackSetExecutionRole, TemplateURL: https://example.com/keys.yaml}}
---
Resources:
  Guards: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: guards, PermissionModel: SELF_MANAGED, AutoDeployment: {Enabled: true, RetainStacksOnAccountRemoval: false}, TemplateURL: https://example.com/guards.yaml}}
---
Parameters: {Unit: {Type: String}}
Resources:
  Guards:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: guards
      PermissionModel: SELF_MANAGED
      TemplateURL: https://example.com/guards.yaml
      StackInstancesGroup: [{Regions: [eu-west-1], DeploymentTargets: {Accounts: ["111122223333"]}}, {Regions: [eu-west-1], DeploymentTargets: {OrganizationalUnitIds: [!Ref Unit]}}]
---
Resources:
  Guards: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: guards, PermissionModel: SERVICE_MANAGED, AutoDeployment: {Enabled: false}, TemplateURL: https://example.com/guards.yaml, StackInstancesGroup: [{Regions: [eu-west-1], DeploymentTargets: {Accounts: ["111122223333"]}}]}}
---
resource "aws_cloudformation_stack_set" "keys" {
  name         = "keys"
  call_as      = "DELEGATED_ADMIN"
  template_url = "https://example.com/keys.yaml"
}
---
Resources:
  Baseline:
    Type: AWS::CloudFormation::StackSet
    Properties: {StackSetName: baseline, PermissionModel: SERVICE_MANAGED, AutoDeployment: {Enabled: true, RetainStacksOnAccountRemoval: false}, TemplateURL: ./baseline/account.yaml}
# --- baseline/account.yaml
Resources:
  Audit: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/audit.yaml}}
---
Resources:
  Functions:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: functions
      PermissionModel: SERVICE_MANAGED
      AutoDeployment: {Enabled: false}
      Capabilities: [CAPABILITY_NAMED_IAM, CAPABILITY_AUTO_EXPAND]
      TemplateBody: |
        Transform: AWS::Serverless-2016-10-31
        Resources: {Table: {Type: AWS::Serverless::SimpleTable}}
---
resource "aws_cloudformation_stack_set" "functions" {
  name             = "functions"
  permission_model = "SERVICE_MANAGED"

  auto_deployment {
    enabled = false
  }

  template_body = jsonencode({
    Resources = {
      Audit = { Type = "AWS::CloudFormation::Stack", Properties = { TemplateURL = "https://example.com/audit.yaml" } }
    }
  })
}
---
Resources:
  Functions: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: functions, PermissionModel: SELF_MANAGED, Capabilities: [CAPABILITY_IAM], TemplateBody: '{"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Table": {"Type": "AWS::Serverless::SimpleTable"}}}'}}
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
  Units: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: units, PermissionModel: SERVICE_MANAGED, CallAs: DELEGATED_ADMIN, ExecutionRoleName: stacksets-exec-custom-units, AutoDeployment: {Enabled: true}, TemplateURL: https://example.com/units.yaml, StackInstancesGroup: [{Regions: [eu-west-1], DeploymentTargets: {OrganizationalUnitIds: [ou-ab12-cd34ef56]}}]}}
  Accounts: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: accounts, PermissionModel: SELF_MANAGED, CallAs: SELF, ExecutionRoleName: runs, AutoDeployment: {Enabled: false}, TemplateURL: https://example.com/units.yaml, StackInstancesGroup: [{Regions: [eu-west-1], DeploymentTargets: {Accounts: !Ref Given, OrganizationalUnitIds: !Ref Given}}]}}
  AnyModel: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: any-model, PermissionModel: !Ref Model, CallAs: DELEGATED_ADMIN, AutoDeployment: {Enabled: true}, TemplateURL: https://example.com/units.yaml}}
  # An access key names a user, and a topic needs nothing.
  Topic: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: topic, PermissionModel: SELF_MANAGED, AdministrationRoleARN: !Ref Admin, TemplateBody: "Resources: {Topic: {Type: AWS::SNS::Topic}}"}}
  Keys: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: keys, PermissionModel: !Ref Model, AdministrationRoleARN: !Ref Admin, Capabilities: [CAPABILITY_IAM], TemplateBody: "Resources: {Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: robot}}}"}}
  Maybe: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: maybe, PermissionModel: SELF_MANAGED, TemplateBody: "Resources: {Robot: {Type: AWS::IAM::User, Condition: Never}}"}}
  # Self-managed roles may provision all.
  Nested: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: nested, PermissionModel: SELF_MANAGED, Capabilities: [CAPABILITY_AUTO_EXPAND], TemplateBody: '{"Transform": "AWS::LanguageExtensions", "Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack"}}}'}}
  OfOrganization: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: organization, PermissionModel: SERVICE_MANAGED, AutoDeployment: {Enabled: false}, TemplateBody: '{"Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack", "Condition": "Never"}, "Set": {"Type": "AWS::CloudFormation::StackSet"}}}'}}
  OfUrl: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: url, PermissionModel: SERVICE_MANAGED, AutoDeployment: {Enabled: false}, TemplateURL: !Sub "https://${Body}/nested.yaml"}}
  # A role of one's own may provision them too.
  OwnRole: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: own, PermissionModel: SERVICE_MANAGED, ExecutionRoleName: stacksets-exec-custom-deployer, AutoDeployment: {Enabled: false}, TemplateBody: '{"Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack"}}}'}}
  AnyRole: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: any-role, PermissionModel: SERVICE_MANAGED, ExecutionRoleName: !Ref Body, AutoDeployment: {Enabled: false}, TemplateBody: '{"Resources": {"Inner": {"Type": "AWS::CloudFormation::Stack"}}}'}}
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
