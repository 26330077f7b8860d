"""A function should have the variables that its program needs to start.

A module that reads a variable of the environment while it is loaded, and stops without it, fails at every start of the function:
no invocation comes to the handler.

What to do: set the variable in Environment.Variables, or let CodeUri lead to the program that belongs to this function. Only
modules in Python that lie unpacked beside the template are read, and only what they surely do while they are loaded.
"""

from awslint_memo import Findings, Resource, handlers, rule, start_failures


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="lambda/latest/dg/configuration-envvars.html",
)
def check(function: Resource) -> Findings:
    source = handlers.python_module(function)
    for missing in () if source is None else start_failures.missing_variables(function, source):
        path = missing.place.path.rpartition("/")[2]
        message = f"does not set {missing.name}, without which {path} fails while it is loaded, so every start fails"
        do = f"set {missing.name} in Environment.Variables"
        yield function.finding(function, message, do=do, related=[(missing.place, "the variable is read")])


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Claims: {Type: AWS::Serverless::SimpleTable}
  Register: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {CLAIMS: !Ref Claims}}, Policies: [{DynamoDBCrudPolicy: {TableName: !Ref Claims}}]}}
# --- src/app.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ.get("TABLE"))

def handler(event, context):
    return table.get_item(Key={"id": event["id"]})
---
Resources:
  Report: {Type: AWS::Lambda::Function, Properties: {FunctionName: report, Runtime: python3.13, Code: src, Handler: report.run, Role: r}}
# --- src/report.py
import os

LEVEL = os.environ.get("LEVEL", "INFO")
REGION = os.environ["AWS_REGION"]
LIMIT = int(os.environ["LIMIT"]) if REGION else 10
BUCKET = os.environ["BUCKET"] or LIMIT

def run(event, context):
    return os.environ["LATER"], BUCKET
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: python3.13, CodeUri: src, Environment: {Variables: {STAGE: live}}}}
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Handler: jobs.main}}
# --- src/jobs.py
import os

HOSTS = os.getenv("HOSTS").split(",")
stage = os.getenv("STAGE").upper()

def main(event, context):
    return HOSTS
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, CodeUri: src, Handler: jobs.main, Events: {Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
# --- src/jobs.py
from os import environ
import json
import boto3

written = environ.get("SETTINGS")
settings = json.loads(written)

def main(event, context):
    return settings
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
import os

TABLE = os.environ["TABLE"]


def handler(event, context):
    return TABLE
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Variables: {Type: String}, Layers: {Type: CommaDelimitedList}, Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
Globals: {Function: {Runtime: python3.13, CodeUri: src, Handler: app.handler}}
Resources:
  Set: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {TABLE: orders}}}}
  Unknown: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {TABLE: !Ref Stage}}}}
  Anything: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {"Fn::Transform": {Name: Add}}}}}
  Empty: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {TABLE: }}}}
  # A layer may set it, as may a build that makes another program.
  Wrapped: {Type: AWS::Serverless::Function, Properties: {Layers: !Ref Layers}}
  Built: {Type: AWS::Serverless::Function, Metadata: {BuildMethod: makefile}}
  Default: {Type: AWS::Serverless::Function, Properties: {Handler: default.handler}}
  Sets: {Type: AWS::Serverless::Function, Properties: {Handler: sets.handler}}
  Asks: {Type: AWS::Serverless::Function, Properties: {Handler: asks.handler}}
  # What it imports may set variables.
  Imports: {Type: AWS::Serverless::Function, Properties: {Handler: imports.handler}}
  Relative: {Type: AWS::Serverless::Function, Properties: {Handler: relative.handler}}
  Node: {Type: AWS::Serverless::Function, Properties: {Runtime: nodejs22.x}}
# --- src/app.py
import os

TABLE = os.environ["TABLE"]

def handler(event, context):
    return TABLE
# --- src/default.py
import os
import boto3

table = boto3.resource("dynamodb").Table(os.environ.get("TABLE", "orders"))
stage = os.getenv("STAGE")
name = os.getenv("NAME") or "shop"
late = lambda: os.environ["LATE"]
hosts = name and os.environ["HOSTS"]
all_of = [os.environ[one] for one in ("A", "B") if os.environ["C"]]
region = os.environ["AWS_REGION"] + os.environ["PATH"] + os.environ["HOME"]
key = os.environ[stage or "PATH"]
value = None
value = os.environ.get("VALUE")
value = "a"
number = int(value)
try:
    secret = os.environ["SECRET"]
except KeyError:
    secret = ""
if stage == "live":
    queue = os.environ["QUEUE"]

def handler(event, context):
    return os.environ["TOPIC"]
# --- src/sets.py
import os

os.environ.setdefault("TABLE", "orders")
TABLE = os.environ["TABLE"]

def handler(event, context):
    return TABLE
# --- src/asks.py
import os
import rich

rich.Table(os.environ.get("TITLE"))

def handler(event, context):
    return event
# --- src/imports.py
import os
import settings

TABLE = os.environ["TABLE"]

def handler(event, context):
    return TABLE
# --- src/settings.py
import os

os.environ["TABLE"] = "orders"
# --- src/relative.py
import os
from . import settings

TABLE = os.environ["TABLE"]

def handler(event, context):
    return TABLE
---
# Nothing starts it and nobody learns of it: `sam build` makes a package, which another template deploys with its variables.
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, CodeUri: src, Handler: app.handler}}
# --- src/app.py
import os

TABLE = os.environ["TABLE"]

def handler(event, context):
    return TABLE
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}
"""
