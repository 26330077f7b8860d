"""A gateway endpoint should have a route table.

What is in a subnet gets to S3 or DynamoDB by a gateway endpoint only if the route table of the subnet is one of the endpoint's:
AWS adds the route there. Without a table the endpoint is made and nothing ever uses it; where there is no other way out, such as
a NAT gateway, calls of the service end in a timeout.

What to do: name the route tables of the subnets in RouteTableIds (Terraform: route_table_ids, or
aws_vpc_endpoint_route_table_association).
"""

from awslint_memo import Findings, Resource, rule, vpc_endpoints


@rule(
    level="warning",
    since="0.2",
    resource="AWS::EC2::VPCEndpoint",
    memo="高可用性構成を提供します",
    aws="vpc/latest/privatelink/gateway-endpoints.html",
    yields_to=("ec2-endpoint-refused",),
)
def check(endpoint: Resource) -> Findings:
    if vpc_endpoints.is_unrouted(endpoint):
        message = "has no route table, so nothing gets to the service by it"
        yield endpoint.finding(endpoint, message, do="name the route tables of the subnets in RouteTableIds")


BAD = """
Resources:
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"}}
Outputs: {Endpoint: {Value: !Ref Objects}}
---
resource "aws_vpc_endpoint" "tables" {
  vpc_id            = "vpc-1"
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.eu-west-1.dynamodb"
  route_table_ids   = []
}

resource "aws_vpc_endpoint" "objects" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "objects" {
  vpc_endpoint_id = aws_vpc_endpoint.objects.id
  route_table_id  = "rtb-1"
}
"""

GOOD = """
Parameters: {Kind: {Type: String}, Tables: {Type: CommaDelimitedList}}
Resources:
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3", RouteTableIds: [rtb-1]}}
  Given: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3", RouteTableIds: !Ref Tables}}
  Unknown: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: !Ref Kind, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3"}}
  Secrets: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.secretsmanager, SubnetIds: [subnet-1]}}
---
# Another root may associate the route tables.
resource "aws_vpc_endpoint" "objects" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.s3"
}

output "endpoint" {
  value = aws_vpc_endpoint.objects.id
}
---
variable "endpoints" {
  type = map(string)
}

resource "aws_vpc_endpoint" "objects" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "all" {
  for_each        = var.endpoints
  vpc_endpoint_id = each.value
  route_table_id  = "rtb-1"
}
"""
