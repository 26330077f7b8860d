"""The second version of an alias should have a valid share of the traffic.

Lambda rejects a share outside of 0 to 1, and $LATEST in an alias that splits traffic: both versions must be published.
A split between a version and itself is accepted and has no effect.

What to do: name two published versions and give the second one a share such as 0.1.
"""

from awslint_memo import Findings, Resource, Value, aliases, rule

WEIGHTS = "RoutingConfig.AdditionalVersionWeights"


@rule(
    level="error",
    resource="AWS::Lambda::Alias",
    memo="本番向けは V1 と V2 でトラフィック分割をしています",
    aws="lambda/latest/dg/configuring-alias-routing.html",
)
def check(alias: Resource) -> Findings:
    for addition in aliases.weights(alias).items:
        yield from judge(alias, addition)


def judge(alias: Resource, addition: Value) -> Findings:
    """What is wrong with one share of an alias."""
    main, second, share = alias.get("FunctionVersion"), addition.get("FunctionVersion"), addition.get("FunctionWeight")
    if share.number is not None and not 0 <= share.number <= 1:
        message = f"has the share {share.number:g}{share.note}, but a share is between 0 and 1"
        yield alias.finding(share, message, of=WEIGHTS, do="set it to 0.1, for example")
    if aliases.LATEST in (main.text, second.text):
        place, of = (main, "FunctionVersion") if main.text == aliases.LATEST else (second, WEIGHTS)
        verb = "is" if place is main else "names"
        message = f"{verb} $LATEST{place.note}, which Lambda rejects in a split of traffic"
        yield alias.finding(place, message, of=of, do="name a published version")
    elif aliases.is_same_version(alias, main, second):
        message, related = "names the same version as FunctionVersion", [(main, "the alias's own version")]
        message = f"{message}, so no traffic is split"
        yield alias.finding(second, message, of=WEIGHTS, do="name another version", level="warning", related=related)


BAD = """
Resources:
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: "1", Name: live, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: "2", FunctionWeight: 10}]}}}
---
Resources:
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: $LATEST, Name: live, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: "2", FunctionWeight: 0.1}]}}}
---
Resources:
  New: {Type: AWS::Lambda::Version, Properties: {FunctionName: f}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: !GetAtt New.Version, Name: live, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: !GetAtt New.Version, FunctionWeight: 0.1}]}}}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "f"
  function_version = "1"

  routing_config {
    additional_version_weights = {
      "2" = 1.5
    }
  }
}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "f"
  function_version = "2"

  routing_config {
    additional_version_weights = {
      "$LATEST" = 0.1
    }
  }
}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "f"
  function_version = "2"

  routing_config {
    additional_version_weights = {
      "2" = 0.1
    }
  }
}
"""

GOOD = """
Parameters: {Share: {Type: Number}, Version: {Type: String}}
Resources:
  Old: {Type: AWS::Lambda::Version, Properties: {FunctionName: f}}
  New: {Type: AWS::Lambda::Version, Properties: {FunctionName: f}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: !GetAtt Old.Version, Name: live, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: !GetAtt New.Version, FunctionWeight: "0.5"}]}}}
  Whole: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: "1", Name: whole, RoutingConfig: {AdditionalVersionWeights: []}}}
  Dev: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: $LATEST, Name: dev}}
  Unknown: {Type: AWS::Lambda::Alias, Properties: {FunctionName: f, FunctionVersion: "1", Name: x, RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: !Ref Version, FunctionWeight: !Ref Share}]}}}
---
variable "weights" {}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "f"
  function_version = "1"

  routing_config {
    additional_version_weights = {
      "2" = 0
      "3" = 1
    }
  }
}

resource "aws_lambda_alias" "open" {
  name             = "open"
  function_name    = "f"
  function_version = "1"

  routing_config {
    additional_version_weights = var.weights
  }
}
"""
