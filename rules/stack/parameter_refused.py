"""Parameters should get values that they take.

CloudFormation refuses a value that is none of AllowedValues, does not match AllowedPattern, or is too short, too long, too
small or too large. It refuses a nested stack too that gets no value for a parameter without Default, or one for a parameter
that its template does not have. `sam deploy` with such an environment ends with a ValidationError, and the others work; a
nested stack rolls back the whole update.

What to do: write a value that the parameter takes, or let the parameter take it. A nested template that lies in a bucket is not
compared, unless the path there is that of a template in the repository, behind a bucket that the stack is told: then it is a
warning.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="error",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for user, place, lack in stacks.unmet(deployment, "parameter"):
        given, env = lack.names[0] or "a value", lack.origin
        why = f"and that {lack.among[0]}, so the stack is refused"
        message = f"gets {given} for {lack.of} from the environment {env}, {why}"
        yield user.finding(place, message, do="write one that the parameter takes", related=lack.related)
    for nested, place, lack in stacks.unmet(deployment, "argument"):
        why, given = lack.among[0], lack.names[0] or "a value"
        if why == "missing":
            message = f"gives no value for {lack.of}, which {lack.origin} requires, so {nested.title} is refused"
            do = "add it"
        elif why == "undeclared":
            message = f"gives {lack.of}, which {lack.origin} does not declare, so {nested.title} is refused"
            do = "declare it there, or remove it"
        else:
            message = f"gives {given} for {lack.of}, and that {why}, so the stack is refused"
            do = "write one that the parameter takes"
        of = str(place.route or nested.title)
        yield nested.finding(
            place, message, of=of, do=do, level=None if lack.is_sure else "warning", related=lack.related
        )


BAD = """
Parameters:
  LogLevel: {Type: String, Default: INFO, AllowedValues: [DEBUG, INFO, WARN]}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: level, Value: !Ref LogLevel}]}}
# --- samconfig.toml
[dev.deploy.parameters]
parameter_overrides = "LogLevel=DEBUG"

[prod.deploy.parameters]
parameter_overrides = "LogLevel=WARNING"
---
Parameters:
  Password: {Type: String, NoEcho: true, MinLength: 12}
Resources:
  Orders: {Type: AWS::SQS::Queue}
# --- samconfig.yaml
default:
  deploy:
    parameters:
      parameter_overrides:
        - Password=short
---
Resources:
  Queues: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queues.yaml, Parameters: {Days: 4}}}
# --- queues.yaml
Parameters: {Days: {Type: Number}, KeyArn: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
---
Resources:
  Queues: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: queues.yaml, Parameters: {Days: 4}}}
# --- queues.yaml
Resources:
  Orders: {Type: AWS::SQS::Queue}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Queues: {Type: AWS::Serverless::Application, Properties: {Location: queues.yaml, Parameters: {Stage: test}}}
# --- queues.yaml
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
---
Parameters: {Bucket: {Type: String}, Stage: {Type: String}, Team: {Type: String}, Vpc: {Type: String}, Topic: {Type: String}}
Resources:
  Queues:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub https://${Bucket}.s3.amazonaws.com/stacks/queues.yaml
      Parameters: {Stage: !Ref Stage, Team: !Ref Team, Vpc: !Ref Vpc, Topic: !Ref Topic}
# --- stacks/queues.yaml
Parameters: {Stage: {Type: String}, Team: {Type: String}, Vpc: {Type: String}, Topic: {Type: String}, KeyArn: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
"""

GOOD = """
Parameters:
  LogLevel: {Type: String, Default: INFO, AllowedValues: [DEBUG, INFO, WARN]}
  Days: {Type: Number, MinValue: 1}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {Tags: [{Key: level, Value: !Ref LogLevel}]}}
# --- samconfig.toml
[dev.deploy.parameters]
parameter_overrides = ["LogLevel=DEBUG", "Days=$DAYS", "Other=x"]

[prod.global.parameters]
parameter_overrides = "LogLevel=WARNING"

[prod.deploy.parameters]
parameter_overrides = "LogLevel=WARN Days=30"

[other.deploy.parameters]
template_file = "other.yaml"
parameter_overrides = "LogLevel=WARNING"

[sync.sync.parameters]
parameter_overrides = "LogLevel=WARNING"
---
Parameters: {Bucket: {Type: String}, Stage: {Type: String}, Key: {Type: String, Default: ""}}
Conditions: {HasKey: !Not [!Equals [!Ref Key, ""]]}
Resources:
  Queues:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: stacks/queues.yaml, Parameters: {Stage: !Ref Stage, KeyArn: !If [HasKey, !Ref Key, !Ref "AWS::NoValue"]}}
  # Most of its parameters are others, so another template may be meant; and so it may be in a bucket of somebody else.
  Others: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !Sub "https://${Bucket}.s3.amazonaws.com/stacks/queues.yaml", Parameters: {Zone: a}}}
  Public: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://example.s3.amazonaws.com/stacks/queues.yaml, Parameters: {Stage: a, Team: b, Topic: c, Vpc: d, Zone: e}}}
# --- stacks/queues.yaml
Parameters: {Stage: {Type: String}, KeyArn: {Type: String, Default: ""}, Team: {Type: String, Default: a}, Topic: {Type: String, Default: a}, Vpc: {Type: String, Default: a}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
---
variable "log_level" { type = string }

resource "aws_sqs_queue" "orders" {
  tags = { level = var.log_level }
}
"""
