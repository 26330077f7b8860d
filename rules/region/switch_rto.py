"""The steps of a Region switch plan should fit its recovery time objective.

Each step may take as long as its timeout says. Where the timeouts of one workflow add up to more than
RecoveryTimeObjectiveMinutes, the plan can run as it should and still miss its objective.

What to do: set shorter TimeoutMinutes (Terraform: timeout_minutes), run steps in parallel, or declare a longer objective.
Workflows that run other plans are not checked.
"""

from awslint_memo import Findings, Resource, plans, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ARCRegionSwitch::Plan",
    memo="RTO（Recovery Time Objective）: ディザスタ発生後にサービスやシステムを正常な運用状態に戻すための目標時間",
    aws="arc-region-switch/latest/api/API_CreatePlan.html",
)
def check(plan: Resource) -> Findings:
    objective = plan.get("RecoveryTimeObjectiveMinutes")
    for workflow in plan.get("Workflows").items:
        minutes = plans.longest(workflow)
        if minutes is not None and objective.below(minutes):
            message = f"but the steps of a workflow may take {minutes:g} min by their timeouts"
            do = "set shorter timeouts, or run steps in parallel"
            yield plan.finding(objective, message, unit="min", do=do, related=[(workflow, "the workflow")])
            return


BAD = """
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryTimeObjectiveMinutes: 30
      Workflows:
        - Steps:
            - ExecutionBlockConfiguration: {ExecutionApprovalConfig: {TimeoutMinutes: 20}}
            - ExecutionBlockConfiguration: {GlobalAuroraConfig: {TimeoutMinutes: "20"}}
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_time_objective_minutes = 30

  workflow {
    workflow_target_action = "activate"

    step {
      name = "approval"

      execution_approval_config {
        timeout_minutes = 60
      }
    }
  }
}
"""

GOOD = """
Parameters: {Minutes: {Type: Number}}
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryTimeObjectiveMinutes: 30
      Workflows:
        - Steps:
            - ExecutionBlockConfiguration: {ExecutionApprovalConfig: {TimeoutMinutes: 10}}
            - ExecutionBlockConfiguration:
                ParallelConfig:
                  Steps:
                    - ExecutionBlockConfiguration: {GlobalAuroraConfig: {TimeoutMinutes: 20}}
                    - ExecutionBlockConfiguration: {EcsCapacityIncreaseConfig: {TimeoutMinutes: 20}}
        - Steps:
            - ExecutionBlockConfiguration: {RegionSwitchPlanConfig: {Arn: elsewhere}}
            - ExecutionBlockConfiguration: {ExecutionApprovalConfig: {TimeoutMinutes: 60}}
        - Steps:
            - ExecutionBlockConfiguration: {ExecutionApprovalConfig: {TimeoutMinutes: !Ref Minutes}}
            - ExecutionBlockConfiguration: {CustomActionLambdaConfig: {RegionToRun: activatingRegion}}
  Unknown: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryTimeObjectiveMinutes: !Ref Minutes, Workflows: [{Steps: [{ExecutionBlockConfiguration: {ExecutionApprovalConfig: {TimeoutMinutes: 60}}}]}]}}
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_time_objective_minutes = 60

  workflow {
    workflow_target_action = "activate"

    step {
      name = "approval"

      execution_approval_config {
        timeout_minutes = 60
      }
    }
  }
}
"""
