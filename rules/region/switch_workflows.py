"""A plan of Region switch should have a workflow for each way that it may have to go.

An active/passive plan whose workflows all activate one Region can't bring the application to the other one, or back. An
active/active plan takes a Region out by deactivate and back in by activate, and needs both.

What to do: leave WorkflowTargetRegion out (Terraform: workflow_target_region), so that one workflow serves both Regions, or
write one for each; give an active/active plan workflows with activate and with deactivate.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ARCRegionSwitch::Plan",
    memo="RTO（Recovery Time Objective）: ディザスタ発生後にサービスやシステムを正常な運用状態に戻すための目標時間",
    aws="r53recovery/latest/dg/components-rs.html",
)
def check(plan: Resource) -> Findings:
    approach, workflows = plan.get("RecoveryApproach").text, plan.get("Workflows")
    actions = {workflow.get("WorkflowTargetAction").text for workflow in workflows.items}
    activating = [each for each in workflows.items if each.get("WorkflowTargetAction").text == "activate"]
    targets = [workflow.get("WorkflowTargetRegion").text for workflow in activating]
    is_known = workflows.is_known and None not in actions
    if approach == "activePassive" and is_known and len({*targets}) == 1 and targets[0] is not None:
        message = (
            f"has workflows that activate {targets[0]} only, so it can't bring the application to the other Region"
        )
        yield plan.finding(workflows, message, do="add one for the other Region")
    missing = [action for action in ("activate", "deactivate") if action not in actions]
    if approach == "activeActive" and is_known and missing:
        does = "take a Region out" if missing == ["deactivate"] else "bring a Region in"
        message = f"has no workflow to {' and none to '.join(missing)}, so it can't {does}"
        yield plan.finding(workflows, message, do=f"add one to {' and one to '.join(missing)}")


BAD = """
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      Regions: [eu-west-1, eu-central-1]
      Workflows:
        - {WorkflowTargetAction: activate, WorkflowTargetRegion: eu-central-1}
        - {WorkflowTargetAction: postRecovery, WorkflowTargetRegion: eu-west-1}
---
Resources:
  Switch:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activeActive
      Regions: [eu-west-1, eu-central-1]
      Workflows: [{WorkflowTargetAction: deactivate}]
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activeActive"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"
  }
}
"""

GOOD = """
Parameters: {Region: {Type: String}, Action: {Type: String}, Workflows: {Type: String}}
Resources:
  ForBoth: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activePassive, Workflows: [{WorkflowTargetAction: activate}]}}
  OneEach:
    Type: AWS::ARCRegionSwitch::Plan
    Properties:
      RecoveryApproach: activePassive
      Workflows:
        - {WorkflowTargetAction: activate, WorkflowTargetRegion: eu-central-1}
        - {WorkflowTargetAction: activate, WorkflowTargetRegion: eu-west-1}
  AnyRegion: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activePassive, Workflows: [{WorkflowTargetAction: activate, WorkflowTargetRegion: !Ref Region}]}}
  Active: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activeActive, Workflows: [{WorkflowTargetAction: activate, WorkflowTargetRegion: eu-west-1}, {WorkflowTargetAction: deactivate}]}}
  WithoutWorkflows: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activeActive}}
  AnyWorkflows: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activeActive, Workflows: !Ref Workflows}}
  AnyAction: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activeActive, Workflows: [{WorkflowTargetAction: activate}, {WorkflowTargetAction: !Ref Action}]}}
  AnyActionOfPassive: {Type: AWS::ARCRegionSwitch::Plan, Properties: {RecoveryApproach: activePassive, Workflows: [{WorkflowTargetAction: activate, WorkflowTargetRegion: eu-west-1}, {WorkflowTargetAction: !Ref Action}]}}
---
resource "aws_arcregionswitch_plan" "switch" {
  recovery_approach = "activePassive"
  regions           = ["eu-west-1", "eu-central-1"]

  workflow {
    workflow_target_action = "activate"
  }
}
"""
