"""A Region switch plan should not only wait for a person, and not longer than the RTO.

A workflow whose only steps are approvals changes nothing: when somebody has approved, requests go where they went before.
A step that waits for an approval may take as long as its timeout (60 minutes, if nobody says how many). Where that alone is
more than the RTO for the loss of the Region, the plan can run as it should and miss it; this is advice, since somebody may
approve at once.

What to do: add the steps that switch databases, scale servers and change health checks; set a TimeoutMinutes (Terraform:
timeout_minutes) of approvals that leaves time for the others, or remove the approval.
"""

from awslint_memo import Findings, Resource, durations, entries, rule, switch_timelines


@rule(
    level="warning",
    since="0.2",
    opt_in=True,
    resource="AWS::ARCRegionSwitch::Plan",
    memo="ディザスタ発生後にサービスやシステムを正常な運用状態に戻すための目標時間",
    aws="cdk/api/v2/docs/aws-cdk-lib.aws_arcregionswitch.CfnPlan.ExecutionApprovalConfigurationProperty.html",
)
def check(plan: Resource) -> Findings:
    for way in entries.of_holder(plan):
        objective, approvals = entries.rto(way), switch_timelines.approvals(way)
        bounds = [step.most for step in approvals]
        if objective is None or not approvals or None in bounds:
            continue
        waits = sum(seconds for seconds in bounds if seconds is not None)
        is_all = switch_timelines.only_waits(way)
        if not is_all and waits <= objective[0]:
            continue
        waiting = f"waits for approvals to activate {way.leads_to}, up to {durations.compact(waits)}"
        message = f"{waiting}, but the RTO is {durations.compact(objective[0])} ({objective[1]})"
        if is_all:
            message = f"only {waiting}, and changes nothing"
        do = "add the steps that switch data and requests" if is_all else "set a shorter TimeoutMinutes"
        yield plan.finding(plan.get("Workflows"), message, do=do, level=None if is_all else "advice")
        return


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 5m}}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      Workflows:
        - WorkflowTargetAction: activate
          Steps:
            - {Name: approve, ExecutionBlockType: ManualApproval, ExecutionBlockConfiguration: {ExecutionApprovalConfig: {ApprovalRole: !ImportValue role, TimeoutMinutes: 600}}}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 5m}}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activeActive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      Workflows:
        - WorkflowTargetAction: deactivate
          WorkflowTargetRegion: eu-west-1
          Steps:
            - {Name: approve, ExecutionBlockType: ManualApproval, ExecutionBlockConfiguration: {ExecutionApprovalConfig: {ApprovalRole: !ImportValue role, TimeoutMinutes: 1}}}
---
# awslint-memo: recovery[region.rto=30m]
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  primary_region    = "eu-west-1"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"

    step {
      name                 = "approve"
      execution_block_type = "ManualApproval"

      execution_approval_config {
        approval_role = "arn:aws:iam::123456789012:role/approve"
      }
    }

    step {
      name                 = "scale"
      execution_block_type = "EC2AutoScaling"

      ec2_asg_capacity_increase_config {
        capacity_monitoring_approach = "sampledMaxInLast24Hours"

        asg {
          arn = "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:0:autoScalingGroupName/web"
        }
      }
    }
  }
}
"""

GOOD = """
Parameters: {Minutes: {Type: Number}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Metadata: {awslint-memo: {recovery: {region: {rto: 1h}}}}
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      Workflows:
        - WorkflowTargetAction: activate
          Steps:
            - {Name: approve, ExecutionBlockType: ManualApproval, ExecutionBlockConfiguration: {ExecutionApprovalConfig: {ApprovalRole: !ImportValue role, TimeoutMinutes: 30}}}
            - {Name: run, ExecutionBlockType: CustomActionLambda, ExecutionBlockConfiguration: {CustomActionLambdaConfig: {RegionToRun: activatingRegion, RetryIntervalMinutes: 1, TimeoutMinutes: 300, Lambdas: [{Arn: !ImportValue first}, {Arn: !ImportValue second}]}}}
  Unknown:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      PrimaryRegion: eu-west-1
      Regions: [eu-west-1, eu-central-1]
      Workflows:
        - WorkflowTargetAction: activate
          Steps: [{Name: approve, ExecutionBlockType: ManualApproval, ExecutionBlockConfiguration: {ExecutionApprovalConfig: {ApprovalRole: !ImportValue role, TimeoutMinutes: !Ref Minutes}}}]
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  primary_region    = "eu-west-1"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"

    step {
      name                 = "approve"
      execution_block_type = "ManualApproval"

      execution_approval_config {
        approval_role   = "arn:aws:iam::123456789012:role/approve"
        timeout_minutes = 600
      }
    }
  }
}
"""
