"""An endpoint of a VPC should be of a kind that its service has.

Only S3 and DynamoDB have gateway endpoints, which is the kind where nobody says another one; all other services of AWS have
interfaces. An interface stands in subnets, and route tables lead to a gateway: EC2 refuses one with what the other has.

What to do: set VpcEndpointType to Interface (Terraform: vpc_endpoint_type) and name subnets; for a gateway name route tables.
"""

from awslint_memo import Findings, Resource, rule, vpc_endpoints


@rule(
    level="error",
    since="0.2",
    resource="AWS::EC2::VPCEndpoint",
    memo="高可用性構成を提供します",
    aws="vpc/latest/privatelink/gateway-endpoints.html",
)
def check(endpoint: Resource) -> Findings:
    refused = vpc_endpoints.refused(endpoint)
    if refused is None:
        return
    kind, name = refused.kind, refused.name
    only = "for services of AWS but S3 and DynamoDB there are only interfaces" if name == "ServiceName" else ""
    yield endpoint.finding(
        kind,
        f"is {kind.text}{kind.note}, but {only or f'it has {name}, which is of other kinds'}, so EC2 refuses it",
        of="VpcEndpointType",
        do=f"remove {name}" if kind.text == vpc_endpoints.INTERFACE else "set it to Interface",
        related=[(refused.value, name)],
    )


BAD = """
Resources:
  Secrets: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.${AWS::Region}.secretsmanager", SubnetIds: [subnet-1]}}
---
Resources:
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [rtb-1]}}
---
variable "service" {}

resource "aws_vpc_endpoint" "own" {
  vpc_id       = "vpc-1"
  service_name = var.service
  subnet_ids   = ["subnet-1"]
}
---
data "aws_region" "current" {}

resource "aws_vpc_endpoint" "images" {
  vpc_id            = "vpc-1"
  vpc_endpoint_type = "Gateway"
  service_name      = "com.amazonaws.${data.aws_region.current.name}.ecr.dkr"
}
"""

GOOD = """
Parameters: {Kind: {Type: String}, Service: {Type: String}, Tables: {Type: CommaDelimitedList}}
Resources:
  Any: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.sqs, SubnetIds: [subnet-1], RouteTableIds: !Ref Tables}}
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.${AWS::Region}.s3", RouteTableIds: [rtb-1]}}
  Secrets: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.${AWS::Region}.secretsmanager", SubnetIds: [subnet-1]}}
  Unknown: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: !Ref Kind, ServiceName: com.amazonaws.eu-west-1.sqs, SubnetIds: [subnet-1]}}
  Given: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, ServiceName: !Sub "com.amazonaws.${AWS::Region}.${Service}", RouteTableIds: [rtb-1]}}
  Own: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: GatewayLoadBalancer, ServiceName: com.amazonaws.vpce.eu-west-1.vpce-svc-1, SubnetIds: [subnet-1]}}
  None: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-1, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.sqs, SubnetIds: [subnet-1], RouteTableIds: []}}
---
variable "endpoints" {
  type = any
}

variable "tables" {
  type = list(string)
}

resource "aws_vpc_endpoint" "of_both_kinds" {
  for_each          = var.endpoints
  vpc_id            = "vpc-1"
  service_name      = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = "Interface"
  route_table_ids   = each.value.is_gateway ? var.tables : null
}
---
data "aws_vpc_endpoint_service" "objects" {
  service      = "s3"
  service_type = "Gateway"
}

resource "aws_vpc_endpoint" "objects" {
  vpc_id          = "vpc-1"
  service_name    = data.aws_vpc_endpoint_service.objects.service_name
  route_table_ids = ["rtb-1"]
}
"""
