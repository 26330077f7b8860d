"""What takes a version of a function should get one that is published.

The version of an aws_lambda_function with publish off, the default, is $LATEST: an alias on it changes with every
upload, and there is no version to go back to. Lambda refuses a permission with the qualifier $LATEST.

What to do: set publish = true on the function, or leave the qualifier of a permission out.
"""

from awslint_memo import Findings, Fix, Resource, aliases, rule

UPLOADED = "something else uploads the code of the function (ignore_changes), and has to publish its versions"


@rule(
    level="warning",
    resource="AWS::Lambda::Alias",
    memo="1 つの Lambda 関数に対して複数のバージョンを発行することが可能です",
    aws="lambda/latest/dg/configuration-versions.html",
    fix="safe",
    language="terraform",
    widened={"0.2": "permissions with the qualifier $LATEST"},
)
def check(alias: Resource) -> Findings:
    function = aliases.unpublished(alias)
    if function is not None:
        publish = function.terraform.publish
        related = [(publish, "the function publishes no version")]
        version = alias.get("FunctionVersion")
        fix = Fix.lacks(UPLOADED) if aliases.has_other_code(function) else function.set("@publish", True)
        yield alias.finding(
            version,
            f"is the version of {function.title}, which is $LATEST because its publish is false{publish.note}",
            of="FunctionVersion",
            do="set publish = true",
            related=related,
            fix=fix,
        )


@check.on("AWS::Lambda::Permission")
def permission(permission: Resource) -> Findings:
    qualifier = permission.terraform.qualifier
    unpublished = aliases.unpublished_of(permission.deployment, qualifier)
    # "We currently do not support adding policies for $LATEST":
    # https://github.com/terraform-aws-modules/terraform-aws-lambda/issues/36 (read on 2026-11-30)
    if qualifier.text == aliases.LATEST or unpublished is not None:
        more = "" if unpublished is None else f", as {unpublished.title} publishes no version"
        message = f"is $LATEST{more}, and Lambda refuses a permission for it"
        yield permission.finding(qualifier, message, of="qualifier", do="leave it out", level="error", since="0.2")


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
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_permission" "orders" {
  function_name = aws_lambda_function.orders.function_name
  qualifier     = aws_lambda_function.orders.version
  principal     = "events.amazonaws.com"
  action        = "lambda:InvokeFunction"
}
---
resource "aws_lambda_permission" "orders" {
  function_name = "orders"
  qualifier     = "$LATEST"
  principal     = "events.amazonaws.com"
  action        = "lambda:InvokeFunction"
}
---
# Something else uploads the code.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  filename      = "first.zip"

  lifecycle {
    ignore_changes = [last_modified, filename]
  }
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

resource "aws_lambda_permission" "orders" {
  function_name = aws_lambda_function.orders.function_name
  qualifier     = aws_lambda_function.orders.version
  principal     = "events.amazonaws.com"
  action        = "lambda:InvokeFunction"
}

resource "aws_lambda_permission" "itself" {
  function_name = aws_lambda_function.orders.function_name
  principal     = "events.amazonaws.com"
  action        = "lambda:InvokeFunction"
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
