"""A mapping should have an entry for each value that may choose one.

CloudFormation refuses to create or update a stack in which Fn::FindInMap finds nothing. A value that AllowedValues
permit and that the mapping does not have makes a template that works in every environment but one; that is a warning
unless it is the default value.

What to do: add the entry to the mapping, or take the value out of AllowedValues. A default value (DefaultValue) ends it
too, with the transform AWS::LanguageExtensions.
"""

from awslint_memo import Deployment, Findings, listed, rule, stacks


@rule(
    level="error",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for resource, value, lack in stacks.unmet(deployment, "key"):
        where = f" where {lack.origin} is {listed(lack.values, last='or')}" if lack.origin else ""
        message = f"looks up {lack.of}, which has no {listed(lack.names, last='or')}, so the stack is refused{where}"
        yield resource.finding(
            value,
            message,
            do="add it",
            of=f"{value.route}",
            related=lack.related,
            level=None if lack.is_usual else "warning",
        )


BAD = """
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, staging, prod]}
Mappings:
  Sizes: {dev: {Least: 1}, prod: {Least: 3}}
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MinCapacity: !FindInMap [Sizes, !Ref Stage, Least]}}
---
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
Mappings:
  Sizes: {dev: {Least: 1, Most: 2}, prod: {Least: 3}}
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !FindInMap [Sizes, !Ref Stage, Most]}}
---
Parameters:
  Size: {Type: String, Default: medium}
Mappings:
  Sizes: {dev: {small: 1, large: 2}}
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !FindInMap [Sizes, !Sub "${AWS::Region}", !Ref Size]}}
---
Mappings:
  Sizes: {dev: {Least: 1}}
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !FindInMap [Sizes, prod, Least]}}
"""

GOOD = """
Transform: AWS::LanguageExtensions
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, staging, prod]}
  Size: {Type: String}
  Key: {Type: String, Default: Least}
  IsLarge: {Type: String, Default: false, AllowedValues: [true, false]}
Conditions: {IsProduction: !Equals [!Ref Stage, prod]}
Mappings:
  Sizes: {dev: {Least: 1}, staging: {Least: 2}, prod: {Least: 3, Most: 9}}
  Alarms: {prod: {Most: 9}}
  Large: {"True": {Most: 9}, "False": {Most: 3}}
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MinCapacity: !FindInMap [Sizes, !Ref Stage, !Ref Key]}}
  Large: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !FindInMap [Large, !Ref IsLarge, Most]}}
  Guarded: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Condition: IsProduction, Properties: {MaxCapacity: !FindInMap [Alarms, !Ref Stage, Most]}}
  Chosen: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !If [IsProduction, !FindInMap [Alarms, !Ref Stage, Most], 4]}}
  Unknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !FindInMap [Sizes, !Ref Size, Most], MinCapacity: !FindInMap [Sizes, !Ref Stage, !Ref Size]}}
  Defaulted: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MaxCapacity: !FindInMap [Alarms, !Ref Stage, Most, DefaultValue: 4]}}
---
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Rules:
  Production: {Assertions: [{Assert: !Equals [!Ref Stage, prod], AssertDescription: for production only}]}
Mappings:
  Sizes: {prod: {Least: 3}}
Resources:
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {MinCapacity: !FindInMap [Sizes, !Ref Stage, Least]}}
---
variable "stage" { type = string }

resource "aws_appautoscaling_target" "tasks" {
  min_capacity = lookup({ dev = 1, prod = 3 }, var.stage, 2)
}
"""
