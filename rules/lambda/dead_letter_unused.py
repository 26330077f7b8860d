"""A dead-letter queue of a function should have events that may go there.

Only asynchronous invocations use the DeadLetterConfig of a function and the OnFailure destination of its
EventInvokeConfig, and its retries. Where a queue or a stream is polled, a failed record goes back there; where an API or a
state machine waits for the result, it gets the error. The queue that is named then stays empty, however much fails.

What to do: give the source queue a RedrivePolicy, or the mapping of a stream an OnFailure destination. Where they have one
already, remove the setting. Two versions behind one alias have the same dead-letter queue, so where CodeDeploy shifts the traffic
(SAM: DeploymentPreference), remove it with a deployment that shifts none.

A function that an output or another stack knows is not reported, and one with a written name is advice, since others may
invoke it asynchronously.
"""

from collections.abc import Sequence

from awslint_memo import Findings, Resource, Value, aliases, dead_letters, invocations, queues, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="lambda/latest/api/API_DeadLetterConfig.html",
)
def check(function: Resource) -> Findings:
    for unused in invocations.unused_failures(function):
        place, invoker = unused.place, unused.invoker
        how = "polls for it" if invoker.type == queues.MAPPING else "waits for its result"
        unless = ", unless others invoke it by its name" if unused.is_named else ""
        what = "has no effect" if unused.is_setting else "gets no failed event"
        yield function.finding(
            place,
            f"{what}, since {invoker.title} {how}, and only asynchronous invocations use it{unless}",
            of=str(place.route),
            do="remove it" if unused.is_setting else remedy(unused.invokers, removal(function, place)),
            level="advice" if unused.is_named or unused.is_setting else None,
            related=[(invoker, f"invokes {function.title}")],
        )


def removal(function: Resource, place: Value) -> str:
    """How a place for failed events is removed: of an alias with two versions, both have the same dead-letter queue."""
    is_own = str(place.route) == "DeadLetterConfig.TargetArn"
    is_held = is_own and aliases.shifts_traffic(function)
    return (
        "remove it with a deployment that shifts no traffic, as both versions of an alias need the same"
        if is_held
        else "remove it"
    )


def remedy(invokers: Sequence[Resource], gone: str) -> str:
    """Where failed records should go instead, if they go nowhere yet. SQS mappings have no destination for failures."""
    for mapping in invokers:
        queue = mapping.follow("EventSourceArn", queues.QUEUE) if mapping.type == queues.MAPPING else None
        if queue is not None and dead_letters.redrive_policy(queue).is_absent:
            return f"put a RedrivePolicy on {queue.title}"
        if mapping.type != queues.MAPPING or queue is not None:
            continue
        if queues.reads_queue(mapping):
            return f"{gone}, and give the queue a RedrivePolicy if it has none"
        if mapping.get("DestinationConfig.OnFailure.Destination").is_absent:
            source = mapping.get("EventSourceArn")
            is_known = source.text is not None or mapping.deployment.find(source) is not None
            put = f"put {'on_failure' if mapping.language == 'terraform' else 'OnFailure'} on the mapping"
            return put if is_known else f"{put}, or a RedrivePolicy on its queue"
    return gone


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::SQS::Queue}
  Orders: {Type: AWS::Serverless::Function, Properties: {DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}, Events: {Work: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}}}}
---
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Orders: {Type: AWS::Lambda::Function}
  Config: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Orders, Qualifier: $LATEST, DestinationConfig: {OnFailure: {Destination: !GetAtt Failed.Arn}}}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Orders, Principal: apigateway.amazonaws.com}}
---
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Named: {Type: AWS::Lambda::Function, Properties: {FunctionName: named, DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  NamedMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Named, EventSourceArn: !ImportValue queue}}
---
variable "stage" {}

resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_function" "orders" {
  function_name = "orders-${var.stage}"

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
}
---
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Orders: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Orders, EventSourceArn: !GetAtt Work.Arn}}
---
# The versions behind the alias have the same queue, so it can't be removed while the traffic is shifted.
Transform: AWS::Serverless-2016-10-31
Resources:
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes}, DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Failed.Arn}, Events: {Work: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {EventInvokeConfig: {MaximumEventAgeInSeconds: 3600}, Events: {Work: {Type: Kinesis, Properties: {Stream: !ImportValue stream, StartingPosition: LATEST}}}}}
"""

GOOD = """
Parameters: {Dead: {Type: String}}
Resources:
  Told: {Type: AWS::Lambda::Function}
  ToldConfig: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: !Ref Told, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
  ToldMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Told, EventSourceArn: !ImportValue queue}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt Told.Arn}}}
  Failed: {Type: AWS::SQS::Queue}
  Uninvoked: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Both: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Daily: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Both.Arn}]}}
  Permitted: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Permitted, Principal: s3.amazonaws.com}}
  Shared: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Filler: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Filled: {Type: Custom::Filled, Properties: {ServiceToken: !GetAtt Filler.Arn}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !Ref Dead}}}
  Evented: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !GetAtt Failed.Arn}}}
  Post: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS, RequestParameters: {integration.request.header.X-Amz-Invocation-Type: "'Event'"}, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Evented.Arn}/invocations"}}}
  BothMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Both, EventSourceArn: !ImportValue queue}}
  PermittedMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Permitted, EventSourceArn: !ImportValue queue}}
  SharedMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Shared, EventSourceArn: !ImportValue queue}}
  FillerMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Filler, EventSourceArn: !ImportValue queue}}
  UnknownMapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Unknown, EventSourceArn: !ImportValue queue}}
Outputs:
  Shared: {Value: !GetAtt Shared.Arn}
---
variable "stage" {}

resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_function" "orders" {
  function_name = "orders-${var.stage}"

  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_sns_topic" "orders" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.orders.arn
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
}
"""
