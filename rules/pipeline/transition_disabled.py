"""No transition of a pipeline should be switched off in its template.

A switched-off transition is meant for an hour: changes wait in front of the stage, and the latest is dropped after 30
days. Written into the template it is there to stay, and every update of the stack switches it off again.

What to do: leave out DisableInboundStageTransitions. Hold a stage back with an approval action, or switch its transition
off in the console for as long as it takes.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "pipeline-transition-disabled",
    level="warning",
    resource="AWS::CodePipeline::Pipeline",
    language="cloudformation",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/transitions.html",
)
def check(pipeline: Resource) -> Iterator[Finding]:
    for transition in pipeline.get("DisableInboundStageTransitions").items:
        if not transition.is_known:
            continue
        stage, reason = transition.get("StageName"), transition.get("Reason")
        why = f' ("{reason.text}")' if reason.text else ""
        yield pipeline.finding(
            stage,
            f"lets no change into the stage {stage.text or 'that it names'}{why}; leave the transition on, "
            "and hold the stage back with an approval action",
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
