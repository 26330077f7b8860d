"""A function behind a custom resource should answer CloudFormation.

CloudFormation waits for an answer at the pre-signed URL that the event has as ResponseURL; what the function returns, it does not
see. Code that never sends one lets the stack wait until ServiceTimeout, fail and roll back, and a deletion waits as long.

What to do: send the answer with cfnresponse, or put it to ResponseURL; for each RequestType, and after an error too.

Only code in Python or JavaScript that stands in the template is looked at, and none that gives the event to something else, which may
answer.
"""

from awslint_memo import Findings, Resource, custom_resources, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    language="cloudformation",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html",
)
def check(function: Resource) -> Findings:
    asking = custom_resources.asking(function)
    if asking and custom_resources.never_answers(function):
        code, first = function.get("Code.ZipFile"), asking[0]
        message = f"never sends an answer to ResponseURL, so {first.title} fails after its ServiceTimeout, and with it the stack"
        do, related = "send one with cfnresponse", [(one, "what waits for it") for one in asking]
        yield function.finding(code, message, of="the code", do=do, related=related)


BAD = """
Resources:
  Announce:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import json, urllib.request
          def handler(event, context):
              print(json.dumps(event))
              body = json.dumps({'text': event['RequestType']}).encode()
              urllib.request.urlopen(event['ResourceProperties']['Hook'], body, timeout=10)
              return {'Status': 'SUCCESS'}
  Announcement: {Type: Custom::Announcement, Properties: {ServiceToken: !GetAtt Announce.Arn, Hook: "https://chat.example.org"}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Seed:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: |
        const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
        exports.handler = async (event) => {
          console.log(event);
          await new DynamoDBClient({}).send(new PutItemCommand({ TableName: event.ResourceProperties.Table, Item: { id: { S: "1" } } }));
          return { PhysicalResourceId: "seed" };
        };
  Seeded: {Type: AWS::CloudFormation::CustomResource, Properties: {ServiceToken: !GetAtt Seed.Arn, Table: orders}}
---
Resources:
  Tell:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          exports.handler = async function (event, context) {
            console.info("asked", JSON.stringify(event, null, 2)); console.log(`for ${event.LogicalResourceId}`);
            return fetch(event.ResourceProperties.Hook, { method: "POST", body: event?.RequestType });
          };
  Told: {Type: Custom::Told, Properties: {ServiceToken: !GetAtt Tell.Arn, Hook: "https://chat.example.org"}}
---
Resources:
  Log:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import json, logging
          logger = logging.getLogger()
          def handler(event, context):
              logger.info('asked: %s', json.dumps(event)); print(f'{event}' + str(event.get('RequestType')))
  Logged: {Type: Custom::Logged, Properties: {ServiceToken: !GetAtt Log.Arn}}
"""

GOOD = """
Parameters: {Code: {Type: String}}
Resources:
  Sends:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import cfnresponse
          def handler(event, context):
              cfnresponse.send(event, context, 'SUCCESS', {})
  Sent: {Type: Custom::Sent, Properties: {ServiceToken: !GetAtt Sends.Arn}}
  Puts:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          exports.handler = async (event) => fetch(event.ResponseURL, { method: "PUT", body: "{}" });
  Put: {Type: Custom::Put, Properties: {ServiceToken: !GetAtt Puts.Arn}}
  # What it gives the event to may answer.
  Passes:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import boto3, json
          def handler(event, context):
              boto3.client('stepfunctions').start_execution(stateMachineArn='arn', input=json.dumps(event))
  Passed: {Type: Custom::Passed, Properties: {ServiceToken: !GetAtt Passes.Arn}}
  Logs:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import boto3, json
          def handler(event, context):
              print(event); log = boto3.client('lambda').invoke(FunctionName='work', Payload=json.dumps(event))
  Logged: {Type: Custom::Logged, Properties: {ServiceToken: !GetAtt Logs.Arn}}
  Copies:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import boto3, json
          def handler(event, context):
              payload = event.copy()
              boto3.client('lambda').invoke(FunctionName='work', Payload=json.dumps(payload))
  Copied: {Type: Custom::Copied, Properties: {ServiceToken: !GetAtt Copies.Arn}}
  Wrapped:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          import boto3, json
          def starting(work):
              return lambda told, context: boto3.client('lambda').invoke(FunctionName='work', Payload=json.dumps(told))
          @starting
          def handler(event, context):
              print(event)
  Wrap: {Type: Custom::Wrap, Properties: {ServiceToken: !GetAtt Wrapped.Arn}}
  Named:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          const { SFNClient, StartExecutionCommand } = require("@aws-sdk/client-sfn");
          const start = async (event) => new SFNClient().send(new StartExecutionCommand({ stateMachineArn: "arn", input: JSON.stringify(event) }));
          exports.handler = start;
  Name: {Type: Custom::Name, Properties: {ServiceToken: !GetAtt Named.Arn}}
  Short:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Code:
        ZipFile: |
          exports.handler = async function (event) { console.log("asked"); await start(event); };
          const start = (told) => fetch("https://work.example.org", { method: "POST", body: JSON.stringify(told) });
  Shortly: {Type: Custom::Shortly, Properties: {ServiceToken: !GetAtt Short.Arn}}
  Helped:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Layers: ["arn:aws:lambda:eu-west-1:111122223333:layer:helper:1"]
      Code:
        ZipFile: |
          from helper import handler
  Help: {Type: Custom::Help, Properties: {ServiceToken: !GetAtt Helped.Arn}}
  # It is for something else, its code is elsewhere, or is not known.
  Other:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Code:
        ZipFile: |
          def handler(event, context):
              return event['a']
  Elsewhere: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: index.handler, Code: {S3Bucket: code, S3Key: a.zip}}}
  There: {Type: Custom::There, Properties: {ServiceToken: !GetAtt Elsewhere.Arn}}
  Given: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Handler: index.handler, Code: {ZipFile: !Ref Code}}}
  Gift: {Type: Custom::Gift, Properties: {ServiceToken: !GetAtt Given.Arn}}
---
resource "aws_lambda_function" "seed" {
  function_name = "seed"
  role          = "arn:aws:iam::111122223333:role/seed"
  filename      = "seed.zip"
  handler       = "index.handler"
  runtime       = "python3.13"
}
"""
