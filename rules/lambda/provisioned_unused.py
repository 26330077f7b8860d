"""Provisioned concurrency should be for what is invoked, and within what the function reserves.

Lambda keeps provisioned instances ready for one version or alias, never for $LATEST, and refuses more of them than the
function reserves. Where everything invokes the function itself, no request gets to them, and they are paid for all the time.

What to do: name the alias wherever the function is invoked, or remove the provisioned concurrency. Raise
ReservedConcurrentExecutions above the sum of what is provisioned.
"""

from awslint_memo import Findings, Resource, alias_uses, concurrency, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="エイリアスごとに異なる Lambda 関数のバージョンを指定できるため",
    aws="lambda/latest/dg/provisioned-concurrency.html",
)
def check(function: Resource) -> Findings:
    reserved, ready = function.get("ReservedConcurrentExecutions"), concurrency.provisioned(function)
    total = sum(one.count.number or 0 for one in ready)
    if reserved.below(total) and not reserved.below(0):  # Terraform writes -1 for no limit.
        yield function.finding(
            ready[0].count,
            f"has {total} provisioned instances, but reserves {reserved.number}, so Lambda refuses them",
            do=f"set ReservedConcurrentExecutions to at least {total}",
            related=[(reserved, "what it reserves")],
        )
    for one in ready:
        use = None if one.alias is None else alias_uses.use(one.alias)
        if one.is_latest:
            is_open = one.qualifier.text is None and one.alias is None
            do = "set publish = true" if is_open else "name a version or an alias that is no $LATEST"
            message = "has provisioned concurrency for $LATEST, which Lambda refuses"
            yield function.finding(one.qualifier, message, do=do)
        elif use is not None and use.past is not None:
            yield function.finding(
                one.count,
                f"has provisioned concurrency for {one.qualifier.text}, but {use.past.words}, so it is paid for and not used",
                do="name the alias there, or remove it",
                level="warning" if use.is_sure else "advice",
                related=[(use.past.value, "does not name the alias")],
            )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {ReservedConcurrentExecutions: 5, AutoPublishAlias: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 6}}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 5}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "1", Name: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 3}}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Orders, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 3}}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: $LATEST, Name: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 3}}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "1", Name: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 3}}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = "7"
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name                     = aws_lambda_alias.live.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_provisioned_concurrency_config" "orders" {
  function_name                     = aws_lambda_function.orders.function_name
  qualifier                         = "$LATEST"
  provisioned_concurrent_executions = 2
}
---
resource "aws_lambda_function" "orders" {
  for_each = { orders = true, prices = false }

  function_name = each.key
  publish       = each.value
}

resource "aws_lambda_provisioned_concurrency_config" "all" {
  for_each = aws_lambda_function.orders

  function_name                     = each.value.function_name
  qualifier                         = each.value.version
  provisioned_concurrent_executions = 2
}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = aws_lambda_function.orders.version
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name                     = aws_lambda_function.orders.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = 2
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Ready: {Type: Number}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {ReservedConcurrentExecutions: 5, AutoPublishAlias: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}, Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
  Unknown: {Type: AWS::Serverless::Function, Properties: {ReservedConcurrentExecutions: 5, AutoPublishAlias: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: !Ref Ready}}}
  Uninvoked: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}}}
  None: {Type: AWS::Serverless::Function, Properties: {ReservedConcurrentExecutions: 0}}
---
resource "aws_lambda_function" "orders" {
  function_name                  = "orders"
  publish                        = true
  reserved_concurrent_executions = -1
}

resource "aws_lambda_provisioned_concurrency_config" "orders" {
  function_name                     = aws_lambda_function.orders.function_name
  qualifier                         = aws_lambda_function.orders.version
  provisioned_concurrent_executions = 2
}
---
variable "publish" {}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = var.publish
}

resource "aws_lambda_provisioned_concurrency_config" "orders" {
  function_name                     = aws_lambda_function.orders.function_name
  qualifier                         = aws_lambda_function.orders.version
  provisioned_concurrent_executions = 2
}
"""
