"""No transition of a pipeline should be disabled in its template.

A disabled transition is meant for a short time: changes wait before the stage, and the latest is dropped after 30 days.
If it is written in the template, every update of the stack disables it again.

What to do: remove DisableInboundStageTransitions. Use an approval action to hold changes back, or disable the transition
in the console for the time needed.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="warning",
    resource="AWS::CodePipeline::Pipeline",
    language="cloudformation",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/transitions.html",
    unfixed="somebody wrote why the stage is shut; open it when that holds no longer",
)
def check(pipeline: Resource) -> Findings:
    for transition in pipeline.get("DisableInboundStageTransitions").items:
        if not transition.is_known:
            continue
        stage, reason = transition.get("StageName"), transition.get("Reason")
        why = f" ({reason.text})" if reason.text else ""
        named = f"the stage {stage.text}" if stage.text else "a stage"
        yield pipeline.finding(
            stage,
            f"names {named}{stage.note}{why}, so no change enters it",
            of="DisableInboundStageTransitions",
            do="remove it and use an approval action",
        )


BAD = """
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {DisableInboundStageTransitions: [{StageName: Prod, Reason: not tested yet}]}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {DisableInboundStageTransitions: [{StageName: !Ref Stage, Reason: not yet}]}}
"""

GOOD = """
Parameters: {Held: {Type: String}}
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {DisableInboundStageTransitions: []}}
  Open: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: open}}
---
Parameters: {Held: {Type: String}}
Resources:
  Unknown: {Type: AWS::CodePipeline::Pipeline, Properties: {DisableInboundStageTransitions: !Ref Held}}
---
resource "aws_codepipeline" "release" {
  name = "release"
}
"""
