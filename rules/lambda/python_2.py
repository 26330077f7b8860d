"""A function whose runtime is Python 3 should not run Python 2.

A program with `except Exception, e:` or `print "done"` is no Python 3: Lambda cannot load it, and every invocation ends with
Runtime.UserCodeSyntaxError.

What to do: write it in Python 3, `except Exception as e:` and `print("done")`. Only programs in the template, and modules in Python
that lie unpacked beside it, are read.
"""

from awslint_memo import Findings, Resource, handlers, rule, start_failures


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="lambda/latest/dg/lambda-python.html",
)
def check(function: Resource) -> Findings:
    inline = function.get("Code.ZipFile").text
    source = handlers.python_module(function) if inline is None else None
    text = inline if source is None else source.text
    runtime = function.get("Runtime").text or ""
    if text is None or not runtime.startswith("python3") or not handlers.may_be_python_2(text):
        return
    old = start_failures.python_2(text, source, runtime)
    if old is not None:
        of = "its program" if old.source is None else old.source.path
        message = f"but {of} is Python 2 in line {old.line} (`{old.written}`), so every invocation fails"
        related = [] if old.place is None else [(old.place, "the line")]
        yield function.finding(function.get("Runtime"), message, do="write the program in Python 3", related=related)


BAD = """
Resources:
  Drain:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: r
      Code:
        ZipFile: |
          import boto3
          def handler(event, context):
              print "draining", event["detail"]
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Drain: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src}}
# --- src/app.py
def handler(event, context):
    raise ValueError, "no detail"
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Drain:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      InlineCode: |
        def handler(event, context):
            exec "event = 1"
---
data "archive_file" "code" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/code.zip"
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn:aws:iam::111122223333:role/work"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.code.output_path
}
# --- src/app.py
def handler(event, context):
    print "done"
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Code: {Type: String}, Runtime: {Type: String}}
Globals: {Function: {Runtime: python3.13, Handler: app.handler, CodeUri: src}}
Resources:
  New: {Type: AWS::Serverless::Function}
  # Its syntax is wrong, or that of a later Python.
  Later: {Type: AWS::Serverless::Function, Properties: {Handler: later.handler}}
  # Python 3.14 takes several exceptions without parentheses.
  Newest: {Type: AWS::Serverless::Function, Properties: {Handler: newest.handler, Runtime: python3.14}}
  Old: {Type: AWS::Serverless::Function, Properties: {Handler: old.handler, Runtime: python2.7}}
  Any: {Type: AWS::Serverless::Function, Properties: {Handler: old.handler, Runtime: !Ref Runtime}}
  Built: {Type: AWS::Serverless::Function, Metadata: {BuildMethod: makefile}, Properties: {Handler: old.handler}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: index.handler, Role: r, Code: {ZipFile: !Ref Code}}}
# --- src/app.py
def handler(event, context):
    '''
    print "this is text"
    '''
    print("done")
# --- src/later.py
def handler(event, context):
    return = 1

    print "draining"
# --- src/newest.py
def handler(event, context):
    try:
        return event["a"] / 2
    except KeyError, TypeError:
        return 0
# --- src/old.py
def handler(event, context):
    print "done"
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}
"""
