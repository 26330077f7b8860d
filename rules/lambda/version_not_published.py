"""A Terraform alias on a function's version should have a function that publishes versions.

The version of an aws_lambda_function with publish off, the default, is $LATEST: an alias on it changes with every
upload, and there is no version to go back to.

What to do: set publish = true on the function.
"""

from awslint_memo import Findings, Resource, aliases, rule


@rule(
    level="warning",
    resource="AWS::Lambda::Alias",
    memo="1 つの Lambda 関数に対して複数のバージョンを発行することが可能です",
    aws="lambda/latest/dg/configuration-versions.html",
    fix="safe",
    language="terraform",
)
def check(alias: Resource) -> Findings:
    function = aliases.unpublished(alias)
    if function is not None:
        publish = function.terraform.publish
        related = [(publish, "the function publishes no version")]
        version, fix = alias.get("FunctionVersion"), function.set("@publish", True)
        yield alias.finding(
            version,
            f"is the version of {function.title}, which is $LATEST because its publish is false{publish.note}",
            of="FunctionVersion",
            do="set publish = true",
            related=related,
            fix=fix,
        )


BAD = """
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.function_name
  function_version = aws_lambda_function.orders.version
}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = "false"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = aws_lambda_function.orders.version
}
"""

GOOD = """
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = aws_lambda_function.orders.version
}
---
variable "publish" {}

variable "live_version" {}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = var.publish
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = aws_lambda_function.orders.version
}

resource "aws_lambda_alias" "fixed" {
  name             = "fixed"
  function_name    = "orders"
  function_version = "7"
}

resource "aws_lambda_alias" "open" {
  name             = "open"
  function_name    = "orders"
  function_version = var.live_version
}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: $LATEST, Name: live}}
"""

FIXED = """
   function_name = "orders"
+  publish       = true
---
-  publish       = "false"
+  publish       = "true"
"""
