"""A function should have active tracing.

In the mode PassThrough, the default, Lambda starts no trace of its own and passes the trace header on. In the mode Active it
samples and records requests, so that traces show how long the function took and what it called. A mode PassThrough that
somebody wrote is a choice, unless what calls the function or another function of the template is traced. A function with
another tracing product needs no second one. One that only a custom resource, a macro or Terraform itself
(aws_lambda_invocation) calls is not checked, nor one that rotates secrets, is a sample by its name, or ends within 10 s and
is called by schedules and buckets alone: nobody waits for it. Nor is one that lifecycle hooks, logs, custom resources, user pools and
events about the infrastructure alone call, with schedules or without, where nothing else of the template is traced, nor one that
schedules alone call in a stack or module that has nothing to do with APIs, queues, topics, streams and state machines: a trace of one
step tells no more than its log.

Where nothing that is read traces, by a setting, a permission, a collector or an SDK, this advice is counted and not told
(--profile all tells it): whether a team traces at all is its own decision.

What to do: set TracingConfig.Mode to Active (SAM: Tracing, also in Globals) and let the role write to X-Ray.
"""

from awslint_memo import Findings, Resource, permissions, rule, tracers, tracing


@rule(
    level="advice",
    resource="AWS::Lambda::Function",
    memo="トレース: 個々のリクエストやレスポンスの流れを詳細に表示します",
    aws="lambda/latest/dg/services-xray.html",
    yields_to="lambda-runtime-retired",
    fix="both",
    taste="tracing",
)
def check(function: Resource) -> Findings:
    if tracing.is_traced(function) is not False or not tracing.can_be_traced(function) or tracers.has_another(function):
        return
    mode, caller = tracing.switch(function), tracing.traced_caller(function)
    of, do = "TracingConfig.Mode", remedy(function)
    unsafe = tracing.kept_off(function, mode, [function])
    fix = permissions.traced(function, of, "Active", function.follow("Role", permissions.ROLE), unsafe=unsafe)
    if caller is not None:
        message = f"is {mode.text}{mode.note}, but {caller.title}, which calls it, is traced"
        together = f"start no traces of their own, but are called by what is traced; {EACH}"
        related = [(tracing.switch(caller) if caller.type in tracing.SWITCHED else caller, "calls it and is traced")]
        yield function.finding(
            mode, message, of=of, do=do, level="warning", related=related, together=together, fix=fix
        )
    elif (function.get(of).is_absent and not is_alone(function)) or tracing.traced_functions(function.deployment):
        message = f"is {mode.text}{mode.note}, so the function starts no trace of its own"
        if not function.get(of).is_absent:
            message += f", while {tracing.traced_functions(function.deployment)[0].title} does"
        together = f"start no traces of their own; {EACH}"
        yield function.finding(mode, message, of=of, do=do, together=together, fix=fix)


def is_alone(function: Resource) -> bool:
    starts = (
        *("AWS::AutoScaling::LifecycleHook", "AWS::Cognito::UserPool", "AWS::Events::Rule"),
        *("AWS::Logs::SubscriptionFilter", "AWS::Scheduler::Schedule"),
    )
    if tracing.traced(function.deployment) or not function.deployment.of_type(*starts):
        return False
    from awslint_memo import lone_functions  # It loads what few templates need.

    return lone_functions.works_alone(function)


EACH = f"set TracingConfig.Mode of each to Active, and attach {permissions.WRITES_TRACES} to roles that you wrote"


def remedy(function: Resource) -> str:
    """What to write; Lambda rejects an active function whose role may not send traces. SAM mends a role of its own."""
    role = function.follow("Role", permissions.ROLE)
    is_mended = role is not None and (role.name != role.written or permissions.may_trace(role) is True)
    return "set it to Active" + ("" if is_mended else f" and attach {permissions.WRITES_TRACES} to its role")


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Filled: {Type: Custom::Filled, Properties: {ServiceToken: !GetAtt Orders.Arn}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Orders, EventSourceArn: !ImportValue queue}}
---
Resources:
  # These get logs and errors, and no traces.
  Logger: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {SPLUNK_HEC_TOKEN: t, SENTRY_DSN: "https://sentry.example"}}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Timeout: 30}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {TracingEnabled: true}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
---
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}}}
  Offers: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: !If [IsProd, PassThrough, Active]}}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {TracingConfiguration: {Enabled: true}, DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Orders.Arn}", "End": true}}}'}}
---
resource "aws_iam_role" "orders" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] } }] })
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn

  environment {
    variables = { TABLE = "orders" }
  }
}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"

  tracing_config {
    mode = "PassThrough"
  }
}

resource "aws_sns_topic" "orders" {
  name           = "orders"
  tracing_config = "Active"
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.orders.arn
}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Counts.Arn}]}}
  Counts: {Type: AWS::Lambda::Function, Properties: {Timeout: 11}}
  Tells: {Type: AWS::SNS::Topic}
---
Resources:
  Shipped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [orders]}, Targets: [{Id: a, Arn: !GetAtt Counts.Arn}]}}
  Counts: {Type: AWS::Lambda::Function}
---
# The other function is traced.
Resources:
  Nightly: {Type: AWS::Lambda::Function, Properties: {Timeout: 600}}
  Each: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ssm]}, Targets: [{Id: a, Arn: !GetAtt Nightly.Arn}]}}
  Orders: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}}}
"""

GOOD = """
# Schedules alone invoke it, and nothing here passes work on.
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Counts.Arn}]}}
  Counts: {Type: AWS::Lambda::Function, Properties: {Timeout: 900}}
  May: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Counts, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com, SourceArn: !GetAtt Nightly.Arn}}
---
Resources:
  Users: {Type: AWS::Cognito::UserPool, Properties: {LambdaConfig: {PreSignUp: !GetAtt Checks.Arn}}}
  Checks: {Type: AWS::Lambda::Function}
---
Resources:
  HelloWorld: {Type: AWS::Lambda::Function}
  SecretRotation: {Type: AWS::Lambda::Function}
  CustomResourceProvider: {Type: AWS::Lambda::Function}
  Renews: {Type: AWS::Lambda::Function}
  Renewal: {Type: AWS::SecretsManager::RotationSchedule, Properties: {SecretId: !ImportValue secret, RotationLambdaARN: !GetAtt Renews.Arn}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Counts.Arn}]}}
  Counts: {Type: AWS::Lambda::Function, Properties: {Timeout: 10}}
  Objects: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {LambdaConfigurations: [{Event: "s3:ObjectCreated:*", Function: !GetAtt Lists.Arn}]}}}
  Lists: {Type: AWS::Lambda::Function}
---
Parameters: {Mode: {Type: String}}
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: Active}}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: !Ref Mode}}}
  Datadog: {Type: AWS::Lambda::Function, Properties: {Layers: [!Sub "arn:aws:lambda:${AWS::Region}:464622532012:layer:Datadog-Extension:65"]}}
  Lumigo: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {LUMIGO_TRACER_TOKEN: t}}}}
  Splunk: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {SPLUNK_REALM: eu0}}}}
  EdgeRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: [lambda.amazonaws.com, edgelambda.amazonaws.com]}}]}}}
  AtEdge: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt EdgeRole.Arn}}
  OfMacro: {Type: AWS::Lambda::Function}
  Macro: {Type: AWS::CloudFormation::Macro, Properties: {Name: Count, FunctionName: !GetAtt OfMacro.Arn}}
  Custom: {Type: AWS::Lambda::Function}
  Emptied: {Type: Custom::EmptyBucket, Properties: {ServiceToken: !GetAtt Custom.Arn}}
  OfProvider: {Type: AWS::Lambda::Function}
  Provider: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {USER_ON_EVENT_FUNCTION_ARN: !GetAtt OfProvider.Arn}}}}
  Made: {Type: Custom::Made, Properties: {ServiceToken: !GetAtt Provider.Arn}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Custom, Principal: cloudformation.amazonaws.com}}
  OfKafka: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref OfKafka, EventSourceArn: !ImportValue cluster, Topics: [orders]}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Tracing: Active}}
Resources:
  Orders: {Type: AWS::Serverless::Function}
---
# Nothing here is traced.
Resources:
  Chosen: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: PassThrough}}}
  Too: {Type: AWS::Lambda::Function, Properties: {TracingConfig: {Mode: PassThrough}}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "migration" {
  function_name = "migration"
}

resource "aws_lambda_invocation" "migration" {
  function_name = aws_lambda_function.migration.function_name
  input         = jsonencode({ version = 3 })
}

resource "aws_lambda_function" "edge" {
  function_name = "edge"
  publish       = true
}

resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.edge.qualified_arn
    }
  }
}
---
Resources:
  Drain: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Timeout: 900}}
  Hooked: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-terminate Lifecycle Action]}, Targets: [{Id: a, Arn: !GetAtt Drain.Arn}]}}
  Weekly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(7 days), Targets: [{Id: a, Arn: !GetAtt Drain.Arn}]}}
  Allowed: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Drain, Action: "lambda:InvokeFunction", Principal: events.amazonaws.com}}
  Deployed: {Type: Custom::Deployed, Properties: {ServiceToken: !GetAtt Drain.Arn}}
---
resource "aws_lambda_function" "alert" {
  function_name = "alert"
  role          = "r"
  timeout       = 60
}

resource "aws_cloudwatch_event_rule" "changed" {
  event_pattern = jsonencode({ source = ["aws.ssm"], detail-type = ["Parameter Store Change"] })
}

resource "aws_cloudwatch_event_target" "changed" {
  rule = aws_cloudwatch_event_rule.changed.name
  arn  = aws_lambda_function.alert.arn
}
"""

FIXED = """
-  Orders: {Type: AWS::Serverless::Function}
+  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: Active}}
---
-  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: PassThrough, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
+  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
---
   assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] } }] })
+}
+
+resource "aws_iam_role_policy_attachment" "orders_xray" {
+  role       = aws_iam_role.orders.name
+  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
   }
+
+  tracing_config {
+    mode = "Active"
+  }
"""
