"""A function should have a runtime with which Lambda still creates and updates functions.

Some months after the end of a runtime, Lambda refuses to create functions with it, and later to update the code or the
settings of those that there are. A new stack then fails, and a fix for a function in production can't be released. For
the newer ones of the retired runtimes only new functions are refused: that is a warning.

What to do: set Runtime to a newer one, and try the code with it. nodejs24.x calls no handler with a callback, and has no
version 2 of the AWS SDK, which has been left out since nodejs18.x; pack it with the function, or write for version 3. A program
in Python 2 has to be written in Python 3, and Go needs provided.al2023 with an executable that is called bootstrap.
"""

from awslint_memo import Findings, Resource, rule, runtimes


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="lambda/latest/dg/lambda-runtimes.html",
)
def check(function: Resource) -> Findings:
    runtime = function.get("Runtime")
    name = runtime.text or ""
    is_closed = name in runtimes.NOT_UPDATED
    day = runtimes.NOT_UPDATED.get(name, runtimes.NOT_CREATED.get(name))
    if day is not None:
        refused, of_each = "neither created nor updated" if is_closed else "created no", "Runtime of each"
        yield function.finding(
            runtime,
            f"but Lambda has {refused} functions with it since {day}",
            do=runtimes.remedy(name, "it"),
            level="error" if is_closed else "warning",
            together=f"run on {name}, with which Lambda has {refused} functions since {day}; {runtimes.remedy(name, of_each)}",
        )


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {Runtime: nodejs12.x, Handler: index.handler, Role: r, Code: {ZipFile: ""}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.7}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Handler: index.handler, InlineCode: "", Tracing: Active}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  runtime       = "go1.x"
}
"""

GOOD = """
Parameters: {Runtime: {Type: String}}
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: index.handler, Role: r, Code: {ZipFile: ""}}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Runtime: !Ref Runtime, Handler: index.handler, Role: r, Code: {ZipFile: ""}}}
  Deprecated: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.8, Handler: index.handler, Role: r, Code: {ZipFile: ""}}}
---
resource "aws_lambda_function" "image" {
  function_name = "image"
  package_type  = "Image"
}
"""
