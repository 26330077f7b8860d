"""A stack should refer to a resource only where its condition holds.

CloudFormation makes no resource whose Condition is false. It refuses the whole stack if another resource, or an output, that
it does make refers to that one with Ref, Fn::GetAtt or Fn::Sub: "Unresolved resource dependencies". Such a template works in
one environment and not in another.

What stands on another condition itself is not looked at: who chooses the one may always choose the other.

What to do: choose with Fn::If and the same condition (AWS::NoValue leaves a property out), or give both the condition.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="error",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for user, value, lack in stacks.unmet(deployment, "resource"):
        condition = lack.names[0]
        what = f"refers to {lack.of}, which is left out as {condition} is false, so the stack is refused"
        message = f"is in a stack whose output {lack.origin} {what}" if lack.origin else what
        do = f"give the output the Condition {condition}" if lack.origin else f"choose with Fn::If and {condition}"
        yield user.finding(value, message, do=do, of=str(value.route or ""), related=lack.related)


BAD = """
Parameters: {Stage: {Type: String, AllowedValues: [test, prod]}}
Conditions: {IsProduction: !Equals [!Ref Stage, prod]}
Resources:
  Failed: {Type: AWS::SQS::Queue, Condition: IsProduction}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
---
Parameters: {Made: {Type: String, AllowedValues: ["yes", "no"]}}
Conditions: {IsMade: !Equals [!Ref Made, "yes"]}
Resources:
  Failed: {Type: AWS::SQS::Queue, Condition: IsMade}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {QUEUE: !Sub "${Failed}?"}}}}
---
Parameters: {Stage: {Type: String, AllowedValues: [test, prod]}}
Conditions: {IsProduction: !Equals [!Ref Stage, prod]}
Resources:
  Work: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue, Condition: IsProduction}
Outputs:
  FailedArn: {Value: !GetAtt Failed.Arn, Export: {Name: failed}}
"""

GOOD = """
Parameters: {Stage: {Type: String, AllowedValues: [test, prod]}, Create: {Type: String}}
Conditions: {IsProduction: !Equals [!Ref Stage, prod], IsMade: !Equals [!Ref Create, "yes"]}
Resources:
  Failed: {Type: AWS::SQS::Queue, Condition: IsProduction}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: !If [IsProduction, {TargetArn: !GetAtt Failed.Arn}, !Ref AWS::NoValue]}}
  Other: {Type: AWS::Lambda::Function, Condition: IsProduction, DependsOn: Failed, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Chosen: {Type: AWS::Lambda::Function, Condition: IsMade, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Beside: {Type: AWS::SNS::Topic, DependsOn: Failed}
  Made: {Type: AWS::SQS::Queue, Condition: IsMade}
  User: {Type: AWS::Lambda::Function, Condition: IsMade, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Made.Arn}}}
Outputs:
  Queue: {Condition: IsProduction, Value: !Ref Failed}
  Chosen: {Value: !If [IsProduction, !Ref Failed, none]}
---
variable "is_production" {}

resource "aws_sqs_queue" "failed" {
  count = var.is_production ? 1 : 0
}
"""
