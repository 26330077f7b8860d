"""A change of a StackSet should stop where it fails in the first accounts.

CloudFormation stops an operation in a Region, and goes on in no further one, when more accounts have failed than the
failure tolerance of OperationPreferences allows. With 100 % it never stops: a change that breaks each stack gets to every
account in every Region. With SOFT_FAILURE_TOLERANCE the tolerance does not limit how many accounts are changed at a time, so that 100 %
at a time, in all Regions, leaves nothing to stop. With the default, STRICT_FAILURE_TOLERANCE, there is at most one account more
at a time than may fail, whatever MaxConcurrentCount says. A count and a percentage for one thing are refused.

What to do: let a few accounts fail at most (FailureTolerancePercentage below 100, or a FailureToleranceCount), begin with a
few accounts at a time and one Region after the other (RegionConcurrencyType SEQUENTIAL). These preferences do not apply to
accounts that AutoDeployment adds.
"""

from awslint_memo import Findings, Resource, rule, stack_sets


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CloudFormation::StackSet",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="AWSCloudFormation/latest/UserGuide/stacksets-bestpractices.html",
)
def check(stack_set: Resource) -> Findings:
    preferences = stack_set.get("OperationPreferences")
    if preferences.is_absent:
        return
    for names in stack_sets.PAIRS:
        count, percentage = (preferences.get(name) for name in names)
        if count.number is not None and percentage.number is not None:
            message = f"is set beside {names[0]}, and an operation takes one of the two, so it is refused"
            related = [(count, names[0])]
            of = f"OperationPreferences.{names[1]}"
            yield stack_set.finding(percentage, message, of=of, do="remove one", level="error", related=related)
            return
    endless, lowered = stack_sets.never_stops(stack_set), stack_sets.lowered(stack_set)
    if endless is not None:
        message = "so a change that fails everywhere is not stopped before it was tried in all accounts"
        yield stack_set.finding(endless, message, unit="%", do="lower it")
    if lowered is not None:
        number, tolerance = f"{lowered.number:g}", lowered.tolerance
        is_one = lowered.number == 1
        accounts = "one account is" if is_one else f"{number} accounts are"
        message = f"but FailureToleranceCount is {tolerance.number:g}{tolerance.note}, so at most {accounts} changed at a time"
        do = f"set it to {number}, or raise FailureToleranceCount"
        yield stack_set.finding(lowered.most, message, do=do, related=[(tolerance, "the tolerance")])


BAD = """
Resources:
  Guardrails:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: guardrails
      PermissionModel: SERVICE_MANAGED
      AutoDeployment: {Enabled: true, RetainStacksOnAccountRemoval: false}
      OperationPreferences: {RegionConcurrencyType: PARALLEL, MaxConcurrentPercentage: 100, FailureTolerancePercentage: 100}
      TemplateURL: https://example.com/guardrails.yaml
---
Resources:
  Guardrails:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: guardrails
      PermissionModel: SELF_MANAGED
      OperationPreferences: {ConcurrencyMode: SOFT_FAILURE_TOLERANCE, MaxConcurrentPercentage: 100, FailureToleranceCount: 1}
      StackInstancesGroup: [{DeploymentTargets: {Accounts: ["111122223333", "444455556666"]}, Regions: [eu-west-1]}]
      TemplateURL: https://example.com/guardrails.yaml
---
Resources:
  Guardrails:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: guardrails
      PermissionModel: SELF_MANAGED
      OperationPreferences: {MaxConcurrentCount: 20}
      TemplateURL: https://example.com/guardrails.yaml
---
Resources:
  Guardrails:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: guardrails
      PermissionModel: SELF_MANAGED
      OperationPreferences: {MaxConcurrentCount: 2, MaxConcurrentPercentage: 10, FailureToleranceCount: 1}
      TemplateURL: https://example.com/guardrails.yaml
---
resource "aws_cloudformation_stack_set" "guardrails" {
  name         = "guardrails"
  template_url = "https://example.com/guardrails.yaml"

  operation_preferences {
    max_concurrent_percentage    = 100
    failure_tolerance_percentage = 100
  }
}
---
resource "aws_cloudformation_stack_set" "guardrails" {
  name         = "guardrails"
  template_url = "https://example.com/guardrails.yaml"

  operation_preferences {
    max_concurrent_count    = 10
    failure_tolerance_count = 2
  }
}
"""

GOOD = """
Parameters: {Tolerance: {Type: Number}}
Resources:
  Baseline: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: baseline, PermissionModel: SELF_MANAGED, OperationPreferences: {RegionConcurrencyType: PARALLEL, MaxConcurrentPercentage: 100, FailureTolerancePercentage: 10}, TemplateURL: https://example.com/baseline.yaml}}
  Counted: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: counted, PermissionModel: SELF_MANAGED, OperationPreferences: {MaxConcurrentCount: 3, FailureToleranceCount: 2}, TemplateURL: https://example.com/baseline.yaml}}
  Mixed: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: mixed, PermissionModel: SELF_MANAGED, OperationPreferences: {MaxConcurrentCount: 30, FailureTolerancePercentage: 20}, TemplateURL: https://example.com/baseline.yaml}}
  Soft: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: soft, PermissionModel: SELF_MANAGED, OperationPreferences: {ConcurrencyMode: SOFT_FAILURE_TOLERANCE, MaxConcurrentCount: 30, FailureToleranceCount: 2}, TemplateURL: https://example.com/baseline.yaml}}
  Stepwise: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: stepwise, PermissionModel: SELF_MANAGED, OperationPreferences: {ConcurrencyMode: SOFT_FAILURE_TOLERANCE, MaxConcurrentPercentage: 100, FailureToleranceCount: 0}, StackInstancesGroup: [{DeploymentTargets: {Accounts: ["111122223333", "444455556666"]}, Regions: [eu-west-1, eu-central-1]}], TemplateURL: https://example.com/baseline.yaml}}
  Single: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: single, PermissionModel: SELF_MANAGED, OperationPreferences: {FailureTolerancePercentage: 100}, StackInstancesGroup: [{DeploymentTargets: {Accounts: ["111122223333"]}, Regions: [eu-west-1]}], TemplateURL: https://example.com/baseline.yaml}}
  Any: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: any, PermissionModel: SELF_MANAGED, OperationPreferences: {MaxConcurrentCount: 30, FailureToleranceCount: !Ref Tolerance}, TemplateURL: https://example.com/baseline.yaml}}
  Bare: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: bare, PermissionModel: SELF_MANAGED, TemplateURL: https://example.com/baseline.yaml}}
---
variable "tolerance" { type = number }

resource "aws_cloudformation_stack_set" "guardrails" {
  name         = "guardrails"
  template_url = "https://example.com/guardrails.yaml"

  operation_preferences {
    failure_tolerance_percentage = var.tolerance
    max_concurrent_percentage    = 100
  }
}
"""
