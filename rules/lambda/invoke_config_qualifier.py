"""An EventInvokeConfig should be for the version or alias that is invoked.

The retries, the age of events and the destinations of an EventInvokeConfig apply to its qualifier only. Where all that
invokes the function asynchronously here names an alias and the config is for $LATEST, or the reverse, Lambda takes its
defaults, and failed events go to no destination.

What to do: set Qualifier to what is invoked, or invoke what the config is for.
"""

from awslint_memo import Findings, Resource, functions, invocations, rule

LATEST = "$LATEST"


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::EventInvokeConfig",
    memo="エイリアスごとに異なる Lambda 関数のバージョンを指定できるため",
    aws="lambda/latest/api/API_PutFunctionEventInvokeConfig.html",
    fix="unsafe",
)
def check(config: Resource) -> Findings:
    function = functions.function_of(config.deployment, config.get("FunctionName"))
    qualifier = config.get("Qualifier", default=LATEST)
    # SAM sets the alias itself.
    if function is None or qualifier.text is None or config.name != config.written:
        return
    invoked = invocations.asynchronous_by_qualifier(function)
    others = {name for name in invoked if name is not None and (name == LATEST) != (qualifier.text == LATEST)}
    if others and others == set(invoked):
        [*_, name] = sorted(others)
        yield config.finding(
            qualifier,
            f"but what invokes it here names {' and '.join(sorted(others))}, so Lambda takes its defaults for failed events",
            do=f"set it to {name}" if len(others) == 1 else "write a config for each",
            level="advice" if function.is_exposed() else None,
            related=[(invoked[name], f"invokes {name}")],
            fix=config.set("Qualifier", name, unsafe="replaces the config") if len(others) == 1 else None,
        )


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "1", Name: live}}
  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Live}]}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "1", Name: live}}
  Next: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "1", Name: next}}
  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Live}, {Id: b, Arn: !Ref Next}]}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: live, MaximumRetryAttempts: 0}}
  Topic: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue topic, Protocol: lambda, Endpoint: !GetAtt Orders.Arn}}
Outputs:
  Orders: {Value: !GetAtt Orders.Arn, Export: {Name: orders}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = "1"
}

resource "aws_lambda_function_event_invoke_config" "orders" {
  function_name          = aws_lambda_function.orders.function_name
  maximum_retry_attempts = 0
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "lambda"
  endpoint  = aws_lambda_alias.live.arn
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Qualifier: {Type: String}}
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "1", Name: live}}
  ForLive: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: live, MaximumRetryAttempts: 0}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Live}]}}
  Both: {Type: AWS::Lambda::Function}
  LiveOfBoth: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Both, FunctionVersion: "1", Name: live}}
  ForBoth: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Both, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !Ref LiveOfBoth}, {Protocol: lambda, Endpoint: !GetAtt Both.Arn}]}}
  Unknown: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: !Ref Qualifier, MaximumRetryAttempts: 0}}
  Direct: {Type: AWS::Lambda::Function}
  OfDirect: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Direct, Qualifier: !Ref Qualifier, MaximumRetryAttempts: 0}}
  DirectRule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Direct.Arn}]}}
  Uninvoked: {Type: AWS::Lambda::Function}
  ForUninvoked: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Uninvoked, Qualifier: live, MaximumRetryAttempts: 0}}
  Other: {Type: AWS::Lambda::Function}
  ForOther: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Other, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
  OtherRule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Sub "${Other.Arn}:${Qualifier}"}]}}
  # What polls a queue waits for the result, so no EventInvokeConfig applies.
  Polled: {Type: AWS::Lambda::Function}
  ForPolled: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Polled, Qualifier: live, MaximumRetryAttempts: 0}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Polled, EventSourceArn: !ImportValue queue}}
  Sam: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, EventInvokeConfig: {MaximumRetryAttempts: 0}}}
  SamRule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Sam.Arn}]}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_function_event_invoke_config" "orders" {
  function_name          = aws_lambda_function.orders.function_name
  maximum_retry_attempts = 0
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.orders.arn
}
"""

FIXED = """
-  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
+  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: live, MaximumRetryAttempts: 0}}
---
-  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: live, MaximumRetryAttempts: 0}}
+  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
---
   maximum_retry_attempts = 0
+  qualifier              = "live"
"""
