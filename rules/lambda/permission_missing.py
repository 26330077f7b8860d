"""A function should permit the services to invoke it that do so without a role.

EventBridge, SNS, S3, API Gateway, the authorizers of AppSync, Cognito, IoT, load balancers, CloudWatch Logs, alarms and the rotation of secrets invoke a
function with principals of their own, for which the function needs a permission. Without one the invocation is refused: a
rule or topic then drops its events without an error that anybody sees, and S3 refuses the notification when it is deployed.
A permission counts for the version or alias that it names, and only for that, and not if it asks for
the ARN of something else, for a method of an API without the stage before it, for an organization, or for the token of a skill, which no service sends. A function's URL with AuthType NONE needs
one for everybody, or answers each request with 403.

What to do: add an AWS::Lambda::Permission (Terraform: aws_lambda_permission) for the principal, with the alias that is
invoked. Functions that outputs or other stacks may know are not reported. SAM adds permissions for its events.
"""

from awslint_memo import Findings, Resource, permits, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="lambda/latest/api/API_AddPermission.html",
    fix="safe",
)
def check(function: Resource) -> Findings:
    for call in permits.unpermitted(function):
        what = f"its version or alias {call.qualifier}" if call.qualifier else "it"
        of = f" with the qualifier {call.qualifier}" if call.qualifier else ""
        source, invoker = call.sources[0], call.invokers[0]
        by = f" for {source.title}" if source is not None else ""
        never = "which never does" if source is invoker else f"so {invoker.title} never does"
        used = "the action" if source is invoker else invoker.title
        instead = f", or remove {used}, as the alarms watch the function itself"
        instead = instead if permits.is_alarmed_about_itself(function, call) else ""
        arn = "source_arn" if function.language == "terraform" else "SourceArn"
        # Terraform's ARN of a log group has no :* at its end, for which CloudWatch Logs asks.
        is_short = source is not None and source.type == "AWS::Logs::LogGroup" and arn == "source_arn"
        named = f", with that{' and :* behind it' if is_short else ''} as {arn}" if by else ""
        meant = permits.misdirected(call)
        do = f"add one for {call.principal}{of}{named}{instead}"
        if meant is not None:
            do = f"set {arn} of {meant.title}, which is for a rule that needs none, to its ARN{instead}"
        elif call.stageless is not None:
            do = (
                f"end {arn} of {call.stageless.title} with the stage, or *, then the method and the path: /*/GET/orders"
            )
        yield function.finding(
            function,
            f"has no permission by which {call.principal} may invoke {what}{by}, {never}",
            do=do,
            related=[(invoker, "invokes it") for invoker in call.invokers]
            + [(other, "is for another source, method, version or alias") for other in call.others],
            about=[function],
            fix=permits.permission(function, call),
        )


@check.on("AWS::Lambda::Url")
def url(url: Resource) -> Findings:
    function = permits.is_closed(url)
    if function is not None:
        of = ("Action", "Principal", "FunctionUrlAuthType")
        action, principal, auth = (
            of if url.language != "terraform" else ("action", "principal", "function_url_auth_type")
        )
        yield url.finding(
            url.get("AuthType"),
            f"but {function.title} has no permission for everybody to call it, so each request gets 403",
            do=f'add one with {action} lambda:InvokeFunctionUrl, {principal} "*" and {auth} NONE',
            related=[(function, "the function")],
        )


BAD = """
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !Ref Live}]}}
  Work: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Work, Name: live, FunctionVersion: "1"}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com}}
---
Resources:
  Get: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Work: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunctionUrl", Principal: "*"}}
  OfRule: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: apigateway.amazonaws.com, SourceArn: "arn:aws:events:eu-west-1:111122223333:rule/orders"}}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Other: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day)}}
  Work: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt Work.Arn, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: !GetAtt Other.Arn}}
---
Resources:
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!GetAtt Work.Arn]}}
  Work: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com}}
---
Resources:
  Users: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreSignUp: !GetAtt Work.Arn}}}
  Work: {Type: AWS::Lambda::Function}
---
Resources:
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, Targets: [{Id: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function}
---
Resources:
  Messages: {Type: AWS::IoT::TopicRule, Properties: {TopicRulePayload: {Sql: SELECT * FROM 'a', Actions: [{Lambda: {FunctionArn: !GetAtt Work.Arn}}]}}}
  Work: {Type: AWS::Lambda::Function}
---
Resources:
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !Ref Work}}
  Work: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunctionUrl", Principal: "123456789012"}}
---
resource "aws_cloudwatch_event_rule" "work" {}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.work.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_function" "work" {}
---
resource "aws_lambda_function" "work" {}

resource "aws_api_gateway_integration" "get" {
  rest_api_id = "a"
  uri         = aws_lambda_function.work.invoke_arn
}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi}
  Other: {Type: AWS::ApiGateway::RestApi}
  Work: {Type: AWS::Lambda::Function}
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: apigateway.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Other}/*/GET/"}}
---
Resources:
  Work: {Type: AWS::Lambda::Function}
  Topic: {Type: AWS::SNS::Topic}
  ToWork: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Work.Arn}}
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic], Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Work}]}}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: "arn:aws:iam::123456789012:role/work"}}
  OfAnotherRule: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: "arn:aws:events:eu-west-1:999999999999:rule/*"}}
  Below: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: !Sub "${Rule.Arn}/*"}}
  OfSkill: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, EventSourceToken: amzn1.ask.skill}}
  OfOrganization: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: "*", PrincipalOrgID: o-abcdefghij}}
  ByUrl: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true}}
  OfAccount: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: "123456789012"}}
  OfAlexa: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: alexa-appkit.amazon.com}}
---
provider "aws" {
  region = "eu-west-1"
}

resource "aws_lambda_function" "work" {
  role = "arn:aws:iam::123456789012:role/work"
}

resource "aws_cloudwatch_event_rule" "daily" {
  name                = "daily"
  region              = "eu-west-1"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.daily.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "of_another_region" {
  function_name = aws_lambda_function.work.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:us-east-1:123456789012:rule/daily"
}

resource "aws_lambda_permission" "of_organization" {
  function_name    = aws_lambda_function.work.function_name
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-abcdefghij"
}

resource "aws_lambda_permission" "of_skill" {
  function_name      = aws_lambda_function.work.function_name
  action             = "lambda:InvokeFunction"
  principal          = "events.amazonaws.com"
  event_source_token = "amzn1.ask.skill"
}
---
resource "aws_cloudwatch_log_group" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_log_group" "mails" {
  name = "mails"
}

resource "aws_lambda_function" "errors" {
  function_name = "errors"
}

resource "aws_lambda_permission" "errors" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.errors.function_name
  principal     = "logs.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.orders.arn}:*"
}

resource "aws_cloudwatch_log_subscription_filter" "mails" {
  name            = "errors"
  log_group_name  = aws_cloudwatch_log_group.mails.name
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.errors.arn
}
---
Resources:
  Orders: {Type: AWS::Logs::LogGroup}
  Mails: {Type: AWS::Logs::LogGroup}
  Errors: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {Action: "lambda:InvokeFunction", FunctionName: !Ref Errors, Principal: logs.amazonaws.com, SourceArn: !GetAtt Orders.Arn}}
  OfOrders: {Type: AWS::Logs::SubscriptionFilter, DependsOn: Permission, Properties: {LogGroupName: !Ref Orders, FilterPattern: "", DestinationArn: !GetAtt Errors.Arn}}
  OfMails: {Type: AWS::Logs::SubscriptionFilter, DependsOn: Permission, Properties: {LogGroupName: !Ref Mails, FilterPattern: "", DestinationArn: !GetAtt Errors.Arn}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi}
  Work: {Type: AWS::Lambda::Function}
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: apigateway.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/GET/orders"}}
---
resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_lambda_function" "work" {}

resource "aws_apigatewayv2_integration" "work" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.work.invoke_arn
}

resource "aws_lambda_permission" "work" {
  function_name = aws_lambda_function.work.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = aws_apigatewayv2_api.shop.execution_arn
}
---
Resources:
  Shop: {Type: AWS::AppSync::GraphQLApi, Properties: {Name: shop, AuthenticationType: AWS_LAMBDA, LambdaAuthorizerConfig: {AuthorizerUri: !GetAtt Admits.Arn}}}
  Admits: {Type: AWS::Lambda::Function}
---
resource "aws_lambda_function" "admits" {
  function_name = "admits"
}

resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "API_KEY"

  additional_authentication_provider {
    authentication_type = "AWS_LAMBDA"

    lambda_authorizer_config {
      authorizer_uri = aws_lambda_function.admits.arn
    }
  }
}
"""

GOOD = """
Parameters: {Authorizer: {Type: String}}
Resources:
  Shop: {Type: AWS::AppSync::GraphQLApi, Properties: {Name: shop, AuthenticationType: AWS_LAMBDA, LambdaAuthorizerConfig: {AuthorizerUri: !GetAtt Admits.Arn}, AdditionalAuthenticationProviders: [{AuthenticationType: AWS_LAMBDA, LambdaAuthorizerConfig: {AuthorizerUri: !Ref Authorizer}}]}}
  Admits: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Admits, Action: "lambda:InvokeFunction", Principal: appsync.amazonaws.com, SourceArn: !GetAtt Shop.Arn}}
  # A data source has a role.
  Orders: {Type: AWS::AppSync::DataSource, Properties: {ApiId: !GetAtt Shop.ApiId, Name: orders, Type: AWS_LAMBDA, ServiceRoleArn: !ImportValue Role, LambdaConfig: {LambdaFunctionArn: !GetAtt Reads.Arn}}}
  Reads: {Type: AWS::Lambda::Function}
---
variable "stage" {}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_lambda_function" "all" {
  function_name = "all"
}

resource "aws_apigatewayv2_integration" "all" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.all.invoke_arn
}

resource "aws_lambda_permission" "all" {
  function_name = aws_lambda_function.all.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.shop.execution_arn}/*"
}

resource "aws_lambda_function" "given" {
  function_name = "given"
}

resource "aws_apigatewayv2_integration" "given" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.given.invoke_arn
}

resource "aws_lambda_permission" "given" {
  function_name = aws_lambda_function.given.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.shop.execution_arn}/${var.stage}"
}

resource "aws_lambda_function" "made" {
  function_name = "made"
}

resource "aws_apigatewayv2_integration" "made" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.made.invoke_arn
}

resource "aws_lambda_permission" "made" {
  function_name = aws_lambda_function.made.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = format("%s/*/*", aws_apigatewayv2_api.shop.execution_arn)
}
---
Parameters: {Group: {Type: String}}
Resources:
  Orders: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: orders}}
  Mails: {Type: AWS::Logs::LogGroup}
  Errors: {Type: AWS::Lambda::Function}
  ForOrders: {Type: AWS::Lambda::Permission, Properties: {Action: "lambda:InvokeFunction", FunctionName: !Ref Errors, Principal: !Sub "logs.${AWS::Region}.amazonaws.com", SourceArn: !GetAtt Orders.Arn}}
  ForMails: {Type: AWS::Lambda::Permission, Properties: {Action: "lambda:InvokeFunction", FunctionName: !Ref Errors, Principal: logs.amazonaws.com, SourceArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Mails}:*"}}
  OfOrders: {Type: AWS::Logs::SubscriptionFilter, DependsOn: ForOrders, Properties: {LogGroupName: orders, FilterPattern: "", DestinationArn: !GetAtt Errors.Arn}}
  OfMails: {Type: AWS::Logs::SubscriptionFilter, DependsOn: ForMails, Properties: {LogGroupName: !Ref Mails, FilterPattern: "", DestinationArn: !GetAtt Errors.Arn}}
  # The group is elsewhere, and so may be the one of the permission.
  Given: {Type: AWS::Logs::SubscriptionFilter, DependsOn: ForMails, Properties: {LogGroupName: !Ref Group, FilterPattern: "", DestinationArn: !GetAtt Errors.Arn}}
---
variable "prefix" {}

resource "aws_cloudwatch_log_group" "work" {
  for_each = toset(["orders", "mails"])
  name     = "${var.prefix}/${each.key}"
}

resource "aws_lambda_function" "errors" {
  function_name = "errors"
}

resource "aws_lambda_function" "all" {
  function_name = "all"
}

resource "aws_lambda_permission" "errors" {
  for_each      = aws_cloudwatch_log_group.work
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.errors.function_name
  principal     = "logs.amazonaws.com"
  source_arn    = "${each.value.arn}:*"
}

resource "aws_lambda_permission" "all" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.all.function_name
  principal     = "logs.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:123456789012:log-group:${var.prefix}*:*"
}

resource "aws_cloudwatch_log_subscription_filter" "errors" {
  for_each        = aws_cloudwatch_log_group.work
  name            = "errors"
  log_group_name  = each.value.name
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.errors.arn
}

resource "aws_cloudwatch_log_subscription_filter" "all" {
  for_each        = aws_cloudwatch_log_group.work
  name            = "all"
  log_group_name  = each.value.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.all.arn
}
---
Resources:
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.s3.amazonaws.com/topics.yaml"}}
  Work: {Type: AWS::Lambda::Function}
  Told: {Type: AWS::SNS::Subscription, Properties: {Protocol: lambda, Endpoint: !GetAtt Work.Arn, TopicArn: !GetAtt Nested.Outputs.Topic}}
  OfTopic: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com, SourceArn: !GetAtt Nested.Outputs.Topic}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Users: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreSignUp: !GetAtt Work.Arn}}}
  Work: {Type: AWS::Lambda::Function}
  OfUsers: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: cognito-idp.amazonaws.com, SourceArn: !Sub "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/${Users}"}}
  Group: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: lambda, Targets: [{Id: !GetAtt Work.Arn}]}}
  OfGroup: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: elasticloadbalancing.amazonaws.com}}
  Called: {Type: AWS::Serverless::Function, Properties: {FunctionUrlConfig: {AuthType: NONE}, Events: {A: {Type: Cognito, Properties: {UserPool: !Ref Others, Trigger: PreSignUp}}, B: {Type: IoTRule, Properties: {Sql: SELECT * FROM 'a'}}}}}
  Others: {Type: AWS::Cognito::UserPool}
  Url: {Type: AWS::Lambda::Url, Properties: {AuthType: NONE, TargetFunctionArn: !GetAtt Work.Arn}}
  OfUrl: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !GetAtt Work.Arn, Action: "lambda:InvokeFunctionUrl", Principal: "*", FunctionUrlAuthType: NONE}}
  Named: {Type: AWS::Lambda::Function, Properties: {FunctionName: !Sub "${AWS::StackName}"}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Named.Arn}]}}
  OfRule: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Sub "${AWS::StackName}", Action: "lambda:invokeFunction", Principal: events.amazonaws.com}}
  OwnUrl: {Type: AWS::Lambda::Url, Properties: {AuthType: AWS_IAM, TargetFunctionArn: !GetAtt Work.Arn}}
---
Parameters: {Function: {Type: String}}
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}, {Id: b, Arn: !Ref Function}, {Id: c, Arn: !GetAtt WithRole.Arn, RoleArn: !ImportValue Role}]}}
  Paused: {Type: AWS::Events::Rule, Properties: {State: DISABLED, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt WithRole.Arn}]}}
  Work: {Type: AWS::Lambda::Function}
  WithRole: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: !GetAtt Rule.Arn}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Work, Name: live, FunctionVersion: "1"}}
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !Sub "${Work.Arn}:live"}]}}
  ForLive: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Live, Action: "lambda:InvokeFunction", Principal: sns.amazonaws.com, SourceArn: !Ref Topic}}
  Filter: {Type: AWS::Logs::SubscriptionFilter, Properties: {LogGroupName: work, DestinationArn: !GetAtt Work.Arn}}
  ForLogs: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: !Sub "logs.${AWS::Region}.amazonaws.com"}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt WithRole.Arn, RoleArn: !ImportValue Role}}}
---
Parameters: {Function: {Type: String}}
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Function, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com}}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function}
Outputs:
  Work: {Value: !GetAtt Work.Arn}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function}
  Policy: {Type: AWS::Lambda::ResourcePolicy}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Queue: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {A: {Type: SNS, Properties: {Topic: !Ref Topic}}, B: {Type: Schedule, Properties: {Schedule: rate(1 day)}}, C: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}, D: {Type: Api, Properties: {Path: /, Method: get}}}}}
---
resource "aws_lambda_function" "work" {}

resource "aws_cloudwatch_event_rule" "daily" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.daily.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_resource_policy" "work" {
  resource_arn = aws_lambda_function.work.arn
  policy       = data.aws_iam_policy_document.work.json
}
---
resource "aws_lambda_function" "work" {}

resource "aws_lambda_alias" "live" {
  name          = "live"
  function_name = aws_lambda_function.work.function_name
}

resource "aws_cloudwatch_event_rule" "work" {}

resource "aws_cloudwatch_event_target" "work" {
  rule = aws_cloudwatch_event_rule.work.name
  arn  = aws_lambda_alias.live.arn
}

resource "aws_lambda_permission" "work" {
  function_name = aws_lambda_function.work.function_name
  qualifier     = aws_lambda_alias.live.name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.work.arn
}

resource "aws_lambda_function" "api" {}

resource "aws_apigatewayv2_integration" "api" {
  api_id          = "a"
  integration_uri = aws_lambda_function.api.invoke_arn
  credentials_arn = "arn:aws:iam::123456789012:role/api"
}
---
Parameters: {Stage: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi}
  Work: {Type: AWS::Lambda::Function}
  Any: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: ANY, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: apigateway.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/${Stage}/GET/orders"}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi}
  Work: {Type: AWS::Lambda::Function}
  Post: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: POST, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: apigateway.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/GET"}}
---
Parameters: {Token: {Type: String}, Organization: {Type: String}, Account: {Type: String}}
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Own.Arn}, {Id: b, Arn: !GetAtt Any.Arn}, {Id: c, Arn: !GetAtt Given.Arn}, {Id: d, Arn: !GetAtt Begins.Arn}]}}
  Own: {Type: AWS::Lambda::Function, Properties: {Role: "arn:aws:iam::123456789012:role/work"}}
  OfOwn: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Own, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: "arn:aws:events:*:123456789012:rule/*"}}
  Any: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role}}
  OfAny: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Any, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceAccount: "999999999999"}}
  Given: {Type: AWS::Lambda::Function}
  OfGiven: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Given, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceAccount: !Ref Account, EventSourceToken: !Ref Token, PrincipalOrgID: !Ref Organization}}
  Begins: {Type: AWS::Lambda::Function}
  OfBegins: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Begins, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: !Sub "${Rule.Arn}*"}}
---
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "other"
  region = "eu-west-1"
}

resource "aws_lambda_function" "work" {
  role = "arn:aws:iam::123456789012:role/work"
}

resource "aws_sns_topic" "orders" {
  provider = aws.other
}

resource "aws_sns_topic_subscription" "work" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.work.arn
}

resource "aws_lambda_permission" "work" {
  function_name  = aws_lambda_function.work.function_name
  action         = "lambda:InvokeFunction"
  principal      = "sns.amazonaws.com"
  source_account = "999999999999"
}
"""

FIXED = """
   Work: {Type: AWS::Lambda::Function}
+  WorkEventsPermission:
+    Type: AWS::Lambda::Permission
+    Properties:
+      Action: lambda:InvokeFunction
+      FunctionName: !Ref Work
+      Principal: events.amazonaws.com
+      SourceArn: !GetAtt Rule.Arn
---
 resource "aws_lambda_function" "work" {}
+
+resource "aws_lambda_permission" "work_events_permission" {
+  action        = "lambda:InvokeFunction"
+  function_name = aws_lambda_function.work.function_name
+  principal     = "events.amazonaws.com"
+  source_arn    = aws_cloudwatch_event_rule.work.arn
+}
---
Resources:
  Work: {Type: AWS::Lambda::Function}
  WorkSnsPermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Work
      Principal: sns.amazonaws.com
      SourceArn: !Ref Topic
  Topic: {Type: AWS::SNS::Topic}
  ToWork: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Work.Arn}}
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic], Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Work}]}}
"""
