"""A stack should import what the stack that it names exports.

CloudFormation refuses to create or update a stack that imports a value under a name which no stack of the account and
Region exports. Where a template of this repository is the only one whose exports the other imported names of that stack
are, the name is probably wrong.

So it is with Terraform's outputs that are read from a state (terraform_remote_state), where a root module of this repository keeps
its state there.

What to do: write the name as the other template exports it, or export it there. If another stack exports it, say so.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="warning",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html",
)
def check(deployment: Deployment) -> Findings:
    for user, value, lack in stacks.unmet(deployment, "import"):
        if user.language == "terraform":
            output, state = lack.names
            message = f"is in a module that reads the output {output} of {state}, which {lack.of} does not have"
            do = f"write {lack.near}" if lack.near else "name an output of it, or add this one there"
            yield user.finding(value, f"{message}, so the plan fails", do=do, related=lack.related)
            continue
        name, near = (text.replace("${parameter ", "${") for text in (lack.names[0], lack.near or ""))
        message = f"imports {name}, which {lack.of} does not export, so the stack is refused"
        do = f"write {near}" if near else "name an export of it, or add this one there"
        yield user.finding(value, message, do=do, of=f"{value.route}", related=lack.related)


BAD = """
Parameters: {Core: {Type: String, Default: shop-core}}
Resources:
  Placed:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !ImportValue {Fn::Sub: "${Core}-BusName"}
      EventPattern: {source: [shop]}
      Targets: [{Id: orders, Arn: !ImportValue {Fn::Sub: "${Core}-OrderArn"}, DeadLetterConfig: {Arn: !ImportValue {Fn::Sub: "${Core}-LettersArn"}}}]
# --- events.yaml
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Orders: {Type: AWS::SQS::Queue}
  Letters: {Type: AWS::SQS::Queue}
Outputs:
  Bus: {Value: !Ref Bus, Export: {Name: !Sub "${AWS::StackName}-BusName"}}
  Orders: {Value: !GetAtt Orders.Arn, Export: {Name: !Sub "${AWS::StackName}-OrdersArn"}}
  Letters: {Value: !GetAtt Letters.Arn, Export: {Name: !Sub "${AWS::StackName}-LettersArn"}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !ImportValue shop-keys-Queue, Tags: [{Key: team, Value: !ImportValue shop-keys-Team}]}}
# --- keys.yaml
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
Outputs:
  Team: {Value: shop, Export: {Name: !Join ["-", [!Ref AWS::StackName, Team]]}}
---
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Stream: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {DeliveryStreamName: !ImportValue {Fn::Sub: "${Stage}-data-raw-name"}, Tags: [{Key: lake, Value: !ImportValue {Fn::Sub: "${Stage}-data-lake-bucket-arn"}}]}}
  Table: {Type: AWS::DynamoDB::Table, Condition: IsProd, Properties: {TableName: !ImportValue {Fn::Sub: "${Stage}-data-table"}}}
# --- data.yaml
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Lake: {Type: AWS::S3::Bucket}
  Raw: {Type: AWS::S3::Bucket}
Outputs:
  Lake: {Value: !GetAtt Lake.Arn, Export: {Name: !Sub "${Stage}-data-lake-arn"}}
  Raw: {Value: !Ref Raw, Export: {Name: !Sub "${Stage}-data-raw-name"}}
  Table: {Value: items, Export: {Name: !Sub "${Stage}-data-table"}}
---
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Throttled:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: WriteThrottleEvents
      Dimensions: [{Name: TableName, Value: !ImportValue {Fn::Sub: "shop-${Stage}-runs"}}]
      AlarmActions: [!ImportValue {Fn::Sub: "shop-${Stage}-alerts-topic"}]
      OKActions: [!ImportValue {Fn::Sub: "shop-${Stage}-alert-topic"}]
# --- shared.yaml
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Runs: {Type: AWS::DynamoDB::Table}
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Runs: {Value: !Ref Runs, Export: {Name: !Sub "shop-${Stage}-runs"}}
  Alerts: {Value: !Ref Alerts, Export: {Name: !Sub "shop-${Stage}-alert-topic"}}
---
data "terraform_remote_state" "base" {
  backend = "s3"

  config = {
    bucket = "states"
    key    = "base.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_sns_topic_subscription" "mail" {
  protocol  = "email"
  endpoint  = "team@example.com"
  topic_arn = data.terraform_remote_state.base.outputs.on_call_topic_arn
}
# --- base/main.tf
terraform {
  backend "s3" {
    bucket = "states"
    key    = "base.tfstate"
    region = "eu-west-1"
  }
}

resource "aws_sns_topic" "team" {
  name = "team"
}

output "team_topic_arn" {
  value = aws_sns_topic.team.arn
}
"""

GOOD = """
Parameters:
  Core: {Type: String, Default: shop-core}
  Other: {Type: String}
  Network: {Type: String, Default: network}
Conditions: {Never: !Equals [a, b]}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !ImportValue {Fn::Sub: "${Core}-Key"}, Tags: [{Key: team, Value: !ImportValue {Fn::Sub: "${Core}-Team"}}]}}
  Other: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !ImportValue {Fn::Sub: "${Other}-Keys"}}}
  # The stack shop-core-more may export it.
  More: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !ImportValue {Fn::Sub: "${Core}-more-Key"}}}
  Unused: {Type: AWS::SQS::Queue, Condition: Never, Properties: {KmsMasterKeyId: !ImportValue {Fn::Sub: "${Core}-Unused"}}}
  Chosen: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !If [Never, !ImportValue {Fn::Sub: "${Core}-Unused"}, none]}}
  # Two templates have such exports.
  Web: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: !ImportValue {Fn::Sub: "${Network}-Vpc"}, Name: !ImportValue {Fn::Sub: "${Network}-Zone"}, Protocol: !ImportValue {Fn::Sub: "${Network}-Subnet"}}}
# --- core.yaml
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {}}}
Outputs:
  Key: {Value: !GetAtt Key.Arn, Export: {Name: !Sub "${AWS::StackName}-Key"}}
  Team: {Value: shop, Export: {Name: !Sub "${AWS::StackName}-Team"}}
# --- small/vpc.yaml
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: !Sub "${AWS::StackName}-Vpc"}}
  Zone: {Value: a, Export: {Name: !Sub "${AWS::StackName}-Zone"}}
# --- large/vpc.yaml
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/8}}
Outputs:
  Vpc: {Value: !Ref Vpc, Export: {Name: !Sub "${AWS::StackName}-Vpc"}}
  Zone: {Value: b, Export: {Name: !Sub "${AWS::StackName}-Zone"}}
---
Parameters: {Stage: {Type: String}}
Resources:
  # Nothing that is exported has a name like it, so another stack may export it.
  Stream: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {DeliveryStreamName: !ImportValue {Fn::Sub: "${Stage}-data-raw-name"}, Tags: [{Key: key, Value: !ImportValue {Fn::Sub: "${Stage}-data-encryption"}}, {Key: t, Value: !ImportValue {Fn::Sub: "${Stage}-data-table"}}]}}
# --- data.yaml
Parameters: {Stage: {Type: String}}
Resources:
  Lake: {Type: AWS::S3::Bucket}
Outputs:
  Lake: {Value: !GetAtt Lake.Arn, Export: {Name: !Sub "${Stage}-data-lake-arn"}}
  Raw: {Value: !Ref Lake, Export: {Name: !Sub "${Stage}-data-raw-name"}}
  Table: {Value: items, Export: {Name: !Sub "${Stage}-data-table"}}
---
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  # Another stack may export a topic for all teams, which is no other spelling of this one.
  Throttled:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: WriteThrottleEvents
      Dimensions: [{Name: TableName, Value: !ImportValue {Fn::Sub: "shop-${Stage}-runs"}}]
      AlarmActions: [!ImportValue {Fn::Sub: "shop-${Stage}-all-alerts-topic"}]
      OKActions: [!ImportValue {Fn::Sub: "shop-${Stage}-alert-topic"}]
# --- shared.yaml
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Runs: {Type: AWS::DynamoDB::Table}
  Alerts: {Type: AWS::SNS::Topic}
Outputs:
  Runs: {Value: !Ref Runs, Export: {Name: !Sub "shop-${Stage}-runs"}}
  Alerts: {Value: !Ref Alerts, Export: {Name: !Sub "shop-${Stage}-alert-topic"}}
---
variable "key" { type = string }

resource "aws_sqs_queue" "orders" {
  kms_master_key_id = var.key
}
"""
