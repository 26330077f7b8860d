"""A trigger of a function that has an alias should invoke the alias.

A trigger that names the function itself runs $LATEST. The alias then has no effect: a new upload is live at once, and
neither a split of traffic nor a return to the previous version changes what runs.

What to do: name the alias instead of the function (its Ref or arn; for an API its invoke address), also in the
permission, which a trigger by alias needs. A URL beside that of the alias has to be removed. SAM does it for the events of a
function with AutoPublishAlias. Where SAM moves the alias to each new version at once and keeps no instances warm for it, both
run the same code, and nothing is said. Where Terraform publishes each version (publish) and the alias follows it without weights, that
is advice, and so it is of a schedule where the alias has instances that are kept warm. A permission alone need not be used, so its finding is advice.
"""

from awslint_memo import Findings, Resource, Value, alias_uses, aliases, invocations, rule


@rule(
    level="warning",
    widened={"0.2": "state machines, authorizers, load balancers, delivery streams, user pools, logs and rotations"},
    resource=(
        "AWS::Events::Rule",
        "AWS::IoT::TopicRule",
        "AWS::S3::Bucket",
        "AWS::Scheduler::Schedule",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Url",
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::RestApi",
    ),
    memo="エイリアスごとに異なる Lambda 関数のバージョンを指定できるため",
    aws="lambda/latest/dg/using-aliases.html",
)
def check(invoker: Resource) -> Findings:
    for past_alias in invocations.past_aliases(invoker):
        yield from past(invoker, past_alias.function, past_alias.value, "invokes")


@check.on(
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::AppSync::DataSource",
    "AWS::CloudWatch::Alarm",
    "AWS::Cognito::UserPool",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::KinesisFirehose::DeliveryStream",
    "AWS::Logs::SubscriptionFilter",
    "AWS::Pipes::Pipe",
    "AWS::SecretsManager::RotationSchedule",
    "AWS::StepFunctions::StateMachine",
)
def caller(caller: Resource) -> Findings:
    for function, value in alias_uses.past_aliases(caller):
        yield from past(caller, function, value, "invokes", since="0.2")


@check.on("AWS::Lambda::Permission")
def permission(permission: Resource) -> Findings:
    # The permission that belongs to a trigger is corrected with the trigger.
    for past_alias in invocations.past_aliases(permission):
        if alias_uses.is_only_permitted(permission, past_alias.function):
            yield from past(permission, past_alias.function, past_alias.value, "lets others invoke")


def past(invoker: Resource, function: Resource, value: Value, does: str, since: str = "") -> Findings:
    """The finding about a resource that names a function where the function has aliases."""
    published = [alias for alias in aliases.aliases(function) if not aliases.is_latest(alias)]
    if not published or alias_uses.runs_the_same(function, published):
        return
    same = alias_uses.same_code(invoker, function, published)
    yield invoker.finding(
        value,
        f"{does} {function.title} without its {alias_uses.words(published)}, so $LATEST runs{same}",
        do=alias_uses.remedy(invoker, published),
        related=[(published[0], f"an alias of {function.title}")],
        since=since,
        level="advice" if same or invoker.type == "AWS::Lambda::Permission" else None,
    )


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: !GetAtt Version.Version, Name: live}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !GetAtt Orders.Arn, EventSourceArn: !ImportValue queue}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Orders, Principal: apigateway.amazonaws.com}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: live}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: orders, Principal: s3.amazonaws.com}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes}}}
  Chat: {Type: AWS::Serverless::WebSocketApi, Properties: {RouteSelectionExpression: $request.body.action, Routes: {order: {FunctionArn: !GetAtt Orders.Arn}}}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !Sub '{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "${Orders}"}}}}'}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.arn
  function_version = "7"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id           = "a"
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.orders.invoke_arn
}
---
resource "aws_lambda_function" "guard" {
  function_name = "guard"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.guard.arn
  function_version = "7"
}

resource "aws_api_gateway_authorizer" "guard" {
  name           = "guard"
  rest_api_id    = "a"
  authorizer_uri = aws_lambda_function.guard.invoke_arn
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute}, FunctionUrlConfig: {AuthType: AWS_IAM}}}
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: AWS_IAM, TargetFunctionArn: !Ref Orders}}
"""

GOOD = """
# Lambda polls a queue by the alias of the mapping, and asks no permission.
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {FunctionName: work}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Work}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Work, FunctionVersion: !GetAtt Version.Version, Name: live}}
  Queue: {Type: AWS::SQS::Queue}
  Reads: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Live, EventSourceArn: !GetAtt Queue.Arn}}
  Lets: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: sqs.amazonaws.com, SourceArn: !GetAtt Queue.Arn}}
---
Parameters: {Target: {Type: String}}
Transform: AWS::Serverless-2016-10-31
Resources:
  Served: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}, Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
  Orders: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Live, EventSourceArn: !ImportValue queue}}
  Other: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Sub "${Orders}:live", EventSourceArn: !ImportValue queue}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !Sub "${Orders.Arn}:live"}, {Id: b, Arn: "arn:aws:lambda:eu-west-1:111122223333:function:orders:live"}]}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Target, EventSourceArn: !ImportValue queue}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !Sub '{"States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "${Orders}", "Qualifier": "live"}}, "B": {"Type": "Task", "Resource": "${Orders.Arn}:${Target}"}, "C": {"Type": "Task", "Parameters": {"FunctionName": "${Orders}", "Qualifier.$": "$.version"}}}}'}}
  Unseen: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionS3Location: {Bucket: b, Key: k}, DefinitionSubstitutions: {Orders: !GetAtt Orders.Arn}}}
  Watching: {Type: AWS::CloudWatch::Alarm, Properties: {Dimensions: [{Name: FunctionName, Value: !Ref Orders}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  # The subscription that SAM makes invokes the alias, whatever else is permitted.
  Alert: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Alarm: {Type: SNS, Properties: {Topic: !ImportValue alarms}}}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Alert, Principal: sns.amazonaws.com}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live}}
  # These let nobody invoke it: an API is no source of EventBridge, and the rule invokes the alias.
  NoSource: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Orders, Principal: events.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a/*"}}
  NoCall: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Orders, Action: "lambda:GetFunction", Principal: "111122223333"}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !Ref Live}]}}
  OfRule: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Orders, Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.arn
  function_version = "7"
}

resource "aws_lambda_permission" "s3" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "s3.amazonaws.com"
  qualifier     = aws_lambda_alias.live.name
}

resource "aws_api_gateway_integration" "get" {
  rest_api_id = "a"
  uri         = aws_lambda_alias.live.invoke_arn
}
---
# SAM moves the alias to each new code at once, so both run the same.
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
"""
