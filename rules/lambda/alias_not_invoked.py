"""Requests should come in by the alias that moves them to a new version step by step.

CodeDeploy and weights of an alias decide only about the requests that name the alias. Where a state machine, a rule, an
API or a permission names the function itself, or a version, all of them get new code at once, and neither an alarm nor a
rollback of the deployment changes that.

What to do: name the alias wherever the function is invoked (its Ref or arn, SAM: !Ref Function.Alias), or remove the
DeploymentPreference. A function whose name others can know is reported as advice, since they may name the alias.
"""

from awslint_memo import Findings, Resource, alias_uses, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Alias",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="lambda/latest/dg/using-aliases.html",
)
def check(alias: Resource) -> Findings:
    steps, use = alias_uses.steps(alias), alias_uses.use(alias)
    if steps is None or use.past is None:
        return
    remove = "remove what moves the alias, since CloudFront takes versions only"
    yield alias.finding(
        steps,
        f"moves traffic to new versions, but {use.past.words}, so all requests get new code at once",
        do=remove if use.past.is_at_edge else "name the alias there",
        level=None if use.is_sure else "advice",
        related=[(use.past.value, "does not name the alias")],
    )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes}}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Orders.Arn}", "End": true}}}'}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  New: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: !GetAtt New.Version, FunctionWeight: 0.1}]}}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !Ref New}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Edge: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {DefaultCacheBehavior: {LambdaFunctionAssociations: [{EventType: viewer-request, LambdaFunctionARN: !Ref Edge.Version}]}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  # Its name is known elsewhere, where somebody may call the alias.
  Orders: {Type: AWS::Serverless::Function, Properties: {FunctionName: orders, AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt Orders.Arn, Principal: s3.amazonaws.com}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = "7"

  routing_config {
    additional_version_weights = { "8" = 0.1 }
  }
}

resource "aws_cognito_user_pool" "users" {
  name = "users"

  lambda_config {
    pre_sign_up = aws_lambda_function.orders.arn
  }
}
"""

GOOD = """
Parameters: {Qualifier: {Type: String}}
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {AutoPublishAlias: live, DeploymentPreference: {Type: AllAtOnce}}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
  Uninvoked: {Type: AWS::Serverless::Function}
  Guard: {Type: AWS::Serverless::Function}
  Authorizer: {Type: AWS::ApiGateway::Authorizer, Properties: {AuthorizerUri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Guard.Arn}:live/invocations"}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Guard, Principal: apigateway.amazonaws.com}}
  # Only what works for the deployment calls it.
  Filler: {Type: AWS::Serverless::Function}
  Filled: {Type: Custom::Filled, Properties: {ServiceToken: !GetAtt Filler.Arn}}
  Unknown: {Type: AWS::Serverless::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Sub "${Unknown}:${Qualifier}", EventSourceArn: !ImportValue queue}}
  UnknownPermission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Unknown, Principal: s3.amazonaws.com}}
  # It lets nobody invoke the function: SNS is no source of S3.
  OtherSource: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Uninvoked, Principal: s3.amazonaws.com, SourceArn: "arn:aws:sns:eu-west-1:111122223333:orders"}}
  Step: {Type: AWS::Serverless::Function}
  StepPermission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Step, Principal: states.amazonaws.com}}
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition: {States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Parameters: {FunctionName: "${Step}:live"}}}}
      DefinitionSubstitutions: {Step: !GetAtt Step.Arn}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = "7"

  routing_config {
    additional_version_weights = { "8" = 0.1 }
  }
}

resource "aws_lambda_function_url" "orders" {
  function_name      = aws_lambda_function.orders.function_name
  qualifier          = aws_lambda_alias.live.name
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_permission" "orders" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "s3.amazonaws.com"
}
"""
