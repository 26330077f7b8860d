"""An alias that users rely on should point to a published version.

$LATEST is the code that was uploaded last. An alias on it changes immediately with every upload, and there is no
version to go back to. For an alias of development this is intended; one that surely nobody invokes is advice.

What to do: publish a version (AWS::Lambda::Version, SAM: AutoPublishAlias, Terraform: publish = true) and point the alias
to it. Names of development (dev, test, sandbox …) can be set in the configuration.
"""

from awslint_memo import Findings, Resource, alias_uses, aliases, naming, rule


@rule(
    level="warning",
    resource="AWS::Lambda::Alias",
    memo="開発向けの dev エイリアスは$LATEST を利用して、常に最新バージョンの Lambda が起動するように設定しています",
    aws="lambda/latest/dg/configuration-aliases.html",
    yields_to=("lambda-alias-weights",),
)
def check(alias: Resource) -> Findings:
    name, version = alias.get("Name"), alias.get("FunctionVersion")
    if version.text != aliases.LATEST or name.text is None:
        return
    # Which environment a parameter's value belongs to is decided where the stack is deployed.
    is_chosen_later = bool(name.origin.defaults)
    if not is_chosen_later and not naming.is_development(alias.deployment, name):
        yield alias.finding(
            version,
            f'is $LATEST{version.note}, so every upload changes the alias "{name.text}" immediately',
            of="FunctionVersion",
            do="set it to a published version",
            level="advice" if alias_uses.is_moot(alias) else None,
        )


BAD = """
Resources:
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST, Name: live}}
---
resource "aws_lambda_alias" "live" {
  name             = "orders-prod"
  function_name    = "orders"
  function_version = "$LATEST"
}
"""

GOOD = """
Parameters: {Version: {Type: String}, Stage: {Type: String, Default: prod}, Name: {Type: String}}
Resources:
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: live}}
  Dev: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST, Name: dev}}
  Sandbox: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST, Name: orders-Sandbox}}
  Managed: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST.PUBLISHED, Name: live}}
  OfStage: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST, Name: !Ref Stage}}
  Unnamed: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: $LATEST, Name: !Ref Name}}
  Unknown: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: !Ref Version, Name: live}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "7"
}

resource "aws_lambda_alias" "test" {
  name             = "test"
  function_name    = "orders"
  function_version = "$LATEST"
}
"""
