"""What a stack or module is given should have an effect.

Where nothing in a module reads a variable, what its callers give it has no effect: an alarm keeps the threshold that is written
in the module, a queue its number of receives. Nothing tells so, in no plan. So it is with a parameter of a nested stack.

Numbers and switches alone are told: a name, tags or a Region is often passed on everywhere, and changes nothing where it is not
used. A file of variables that misspells one is told too: Terraform warns, and takes the default value.

What to do: use it where the value now stands, or remove it with what the callers give. In a file of variables, write the name that
the module has.
"""

from awslint_memo import Deployment, Findings, rule, stacks


@rule(
    level="warning",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
)
def check(deployment: Deployment) -> Findings:
    for user, place, lack in stacks.unmet(deployment, "input"):
        name, given, caller = lack.names
        is_module = user.language == "terraform"
        message = f"is {given or 'set'}, but nothing in {'the module' if is_module else lack.of} reads it"
        subject, of = f"{name} of {caller}" if is_module else "", str(place.route or "")
        yield user.finding(
            place, message, of=of, subject=subject, do="use it there, or remove it", related=lack.related
        )
    for user, place, lack in stacks.unmet(deployment, "variable"):
        name, given = lack.names
        message = f"is {given or 'set'}, but the module has no variable of that name, so it has no effect"
        subject, do = f"{name} in {lack.of}", f"write {lack.among[0]}"
        yield user.finding(place, message, subject=subject, do=do, related=lack.related)


BAD = """
module "mails" {
  source       = "./modules/queue"
  name         = "mails"
  max_receives = 10
}
# --- modules/queue/main.tf
variable "name" { type = string }
variable "max_receives" { type = number }

resource "aws_sqs_queue" "this" {
  name = var.name
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead" {
  name = "${var.name}-dead"
}
---
variable "limits" { type = map(number) }

module "alarms" {
  source   = "./alarms"
  for_each = var.limits
  function = each.key
  limit    = each.value
}
# --- alarms/variables.tf
variable "function" { type = string }
variable "limit" {
  type    = number
  default = 80
}
# --- alarms/main.tf
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name  = var.function
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions  = { FunctionName = var.function }
  threshold   = 90
}
---
Resources:
  Mails:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: queue.yaml
      Parameters: {MaxReceives: 10}
# --- queue.yaml
Parameters: {MaxReceives: {Type: Number}}
Resources:
  Dead: {Type: AWS::SQS::Queue}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 5}
"""

GOOD = """
module "mails" {
  source       = "./modules/queue"
  name         = "mails"
  max_receives = 10
  region       = "eu-west-1"
  tags         = {}
  is_fifo      = null
}
# --- modules/queue/main.tf
variable "name" { type = string }
variable "max_receives" { type = number }
variable "region" { type = string }
variable "tags" { type = map(string) }
variable "is_fifo" {
  type    = bool
  default = false
}

# Nobody gives it, so nobody relies on it.
variable "delay" {
  type    = number
  default = 0
}

locals {
  redrive = { maxReceiveCount = var.max_receives }
}

resource "aws_sqs_queue" "this" {
  name = var.name
  redrive_policy = jsonencode(merge(local.redrive, { deadLetterTargetArn = aws_sqs_queue.dead.arn }))
}

resource "aws_sqs_queue" "dead" {
  name = "${var.name}-dead"
}
---
Resources:
  Mails:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: queue.yaml
      Parameters: {MaxReceives: 10, Stage: prod, Delay: 5, IsLarge: "true"}
# --- queue.yaml
Parameters:
  MaxReceives: {Type: Number}
  Stage: {Type: String}
  Delay: {Type: Number}
  IsLarge: {Type: String, AllowedValues: ["true", "false"]}
Conditions: {Large: !Equals [!Ref IsLarge, "true"]}
Resources:
  Dead: {Type: AWS::SQS::Queue, Condition: Large}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: !Sub "${Delay}"
      RedrivePolicy: {deadLetterTargetArn: dead, maxReceiveCount: !Ref MaxReceives}
"""
