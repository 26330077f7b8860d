"""A global table should have a replica in the Region of its stack.

CloudFormation makes a global table from the Region in which the stack is deployed, which must be one of its replicas. Where the
configuration of the deployments, such as samconfig.toml, names a Region that is not in the list, the stack is refused there.

What to do: add the Region to Replicas, or write !Ref AWS::Region for the first one.
"""

from awslint_memo import Findings, Resource, rule, tables


@rule(
    level="error",
    since="0.2",
    resource="AWS::DynamoDB::GlobalTable",
    memo="複数の AWS リージョンにまたがるデータの自動的なレプリケーションをサポートします",
    aws="AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html",
    language="cloudformation",
)
def check(table: Resource) -> Findings:
    # "The Replicas section must contain an entry for the current region": https://github.com/aws-cloudformation/rain/issues/339
    # (read on 2026-11-30)
    home = table.deployment.region
    listed = [replica.get("Region").text for replica in tables.replicas(table)]
    if home is None or home.text is None or table.language == "terraform" or tables.is_of_another_account(table):
        return
    if listed and None not in listed and home.text not in listed:
        message = f"does not list {home.text}, in which the stack is deployed, so it is refused there"
        yield table.finding(table.get("Replicas"), message, of="Replicas", do="add a replica in that Region")


BAD = """
# deployments: {dev: {AWS::Region: eu-west-1}, prod: {AWS::Region: us-west-2}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}, Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}
"""

GOOD = """
# deployments: {dev: {AWS::Region: eu-west-1}, prod: {AWS::Region: us-east-1}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}, Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}
  Home:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}, Replicas: [{Region: !Ref AWS::Region}]}
---
Parameters: {Other: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}, Replicas: [{Region: eu-west-1}, {Region: !Ref Other}]}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  replica {
    region_name = "eu-west-1"
  }
}
"""
