"""A stack should ask its nested stacks only for outputs that they have.

CloudFormation refuses to create or update a stack that gets an output with Fn::GetAtt which the template of the nested
stack does not have. It tells so only when the nested stack is deployed, and rolls everything back.

What to do: write the output as the nested template calls it, or add it there. A template that lies in a bucket is not
compared, unless the path there is that of a template in the repository, behind a bucket that the stack is told: then it is a
warning.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="error",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/using-cfn-nested-stacks.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for user, value, lack in stacks.unmet(deployment, "output"):
        output = lack.names[0]
        message = f"asks {lack.of} for the output {output}, which its template does not have, so the stack is refused"
        if not lack.path:
            message = f"has no output {output}, which the output {lack.origin} asks for, so the stack is refused"
        do = f"write {lack.near}" if lack.near else "name an output that it has, or add this one there"
        yield user.finding(
            value,
            message,
            do=do,
            of=str(value.route or ""),
            level=None if lack.is_sure else "warning",
            related=lack.related,
        )


BAD = """
Resources:
  Queues: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queues.yaml}}
  Workers: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: workers.yaml, Parameters: {QueueArn: !GetAtt Queues.Outputs.OrderArn}}}
# --- queues.yaml
Resources:
  Orders: {Type: AWS::SQS::Queue}
Outputs:
  OrdersArn: {Value: !GetAtt Orders.Arn}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Queues: {Type: AWS::Serverless::Application, Properties: {Location: queues.yaml}}
  Receive: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/, Environment: {Variables: {URL: !Sub "${Queues.Outputs.Url}?"}}}}
# --- queues.yaml
Resources:
  Orders: {Type: AWS::SQS::Queue}
---
Parameters: {Bucket: {Type: String}, Stage: {Type: String}, Team: {Type: String}, Vpc: {Type: String}, Topic: {Type: String}}
Resources:
  Queues: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub "https://${Bucket}.s3.amazonaws.com/stacks/queues.yaml"}}
  Workers:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub https://s3.amazonaws.com/${Bucket}/stacks/workers.yaml
      Parameters: {Stage: !Ref Stage, Team: !Ref Team, Vpc: !Ref Vpc, Topic: !Ref Topic, Orders: !GetAtt Queues.Outputs.Orders}
# --- stacks/queues.yaml
Resources:
  Orders: {Type: AWS::SQS::Queue}
Outputs:
  OrdersArn: {Value: !GetAtt Orders.Arn}
# --- stacks/workers.yaml
Parameters: {Stage: {Type: String}, Team: {Type: String}, Vpc: {Type: String}, Topic: {Type: String}, Orders: {Type: String}}
Resources:
  Work: {Type: AWS::SQS::Queue}
---
Resources:
  Queues: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queues.yaml}}
Outputs:
  Orders: {Value: !GetAtt [Queues, Outputs.Orders]}
# --- queues.yaml
Resources:
  Orders: {Type: AWS::SQS::Queue}
Outputs:
  Url: {Value: !Ref Orders}
"""

GOOD = """
Parameters: {Url: {Type: String}, Stage: {Type: String, Default: dev}}
Conditions: {IsProduction: !Equals [!Ref Stage, prod], Never: !Equals [a, b]}
Resources:
  Queues: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queues.yaml, Parameters: {Stage: !Ref Stage}}}
  Workers:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: workers.yaml
      Parameters:
        Orders: !GetAtt Queues.Outputs.Orders
        Alarms: !If [IsProduction, !GetAtt Queues.Outputs.Alarms, none]
        # Nothing asks for it in any deployment.
        Unused: !If [Never, !GetAtt Queues.Outputs.Unused, none]
  # Its template lies in a bucket, or nobody knows where.
  Elsewhere: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.com/templates/queues.yaml}}
  Anywhere: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Ref Url}}
  Whole: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: macro.yaml}}
  Alarm: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !GetAtt Elsewhere.Outputs.Topic, Protocol: sqs, Endpoint: !GetAtt Anywhere.Outputs.Queue}}
  Told: {Type: AWS::SNS::Subscription, Condition: Never, Properties: {TopicArn: !GetAtt Queues.Outputs.Topic, Protocol: sqs, Endpoint: !GetAtt Whole.Outputs.Queue}}
Outputs:
  Queue: {Value: !GetAtt Whole.Outputs.Queue}
# --- queues.yaml
Parameters: {Stage: {Type: String}}
Conditions: {IsProduction: !Equals [!Ref Stage, prod]}
Resources:
  Orders: {Type: AWS::SQS::Queue}
Outputs:
  Orders: {Value: !Ref Orders}
  Alarms: {Condition: IsProduction, Value: !Ref Orders}
# --- workers.yaml
Parameters: {Orders: {Type: String}, Alarms: {Type: String}, Unused: {Type: String}}
Resources:
  Work: {Type: AWS::SQS::Queue}
# --- macro.yaml
Transform: Ours
Resources:
  Work: {Type: AWS::SQS::Queue}
---
module "queues" {
  source = "./queues"
}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = module.queues.topic
  protocol  = "sqs"
  endpoint  = module.queues.orders
}
# --- queues/main.tf
resource "aws_sqs_queue" "orders" {}
"""
