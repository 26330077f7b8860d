"""The policy templates of a SAM function should be ones that SAM has.

SAM makes policies of the templates that it knows, such as DynamoDBCrudPolicy. Of any other name it says that the policy is not
valid, and the whole template is refused before anything is deployed.

What to do: name a template of SAM's list, or write the statements: Policies: [{Statement: [...]}].
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::IAM::Role",
    language="cloudformation",
    memo="AWS リソースの構築",
    aws="serverless-application-model/latest/developerguide/serverless-policy-template-list.html",
)
def check(role: Resource) -> Findings:
    for policy in role.get("Policies").items:
        name = policy.get("PolicyDocument.UnknownTemplate")
        if name.text is not None and not role.may_be_completed():
            message = f"names the policy template {name.text}, which SAM does not have, so the template is refused"
            yield role.finding(name, message, do="name one that it has, or write statements")


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Prices:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - DynamoDBReadPolicy: {TableName: prices}
        - TimestreamReadPolicy: {DatabaseName: prices, TableName: daily}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Policy: {Type: String}}
Resources:
  Prices:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - AWSLambdaRole
        - DynamoDBReadPolicy: {TableName: prices}
        - Statement: [{Effect: Allow, Action: "timestream:Select", Resource: "*"}]
        - !Ref Policy
---
# A macro may make something else of it before SAM reads it.
Transform: [Expands, AWS::Serverless-2016-10-31]
Resources:
  Prices: {Type: AWS::Serverless::Function, Properties: {Policies: [{OurReadPolicy: {Name: prices}}]}}
---
resource "aws_iam_role" "prices" {
  assume_role_policy = jsonencode({ Statement = [] })
}
"""
