"""A samconfig file should give parameters values that they take.

CloudFormation refuses a value that is none of AllowedValues, does not match AllowedPattern, or is too short, too long, too
small or too large. `sam deploy` with this environment then ends with a ValidationError, and the others work.

What to do: write a value that the parameter takes, or let the parameter take it.
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
variable "log_level" { type = string }

resource "aws_sqs_queue" "orders" {
  tags = { level = var.log_level }
}
"""
