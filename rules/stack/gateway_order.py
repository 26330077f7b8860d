"""What needs the internet gateway of a VPC should be created after the gateway is attached.

CloudFormation creates what does not refer to each other at the same time. A route to an internet gateway, a public NAT gateway,
an internet-facing load balancer and the address of an instance refer to the gateway or to a subnet, never to the resource that
attaches the gateway to the VPC. Where it is not attached yet they are refused, and the stack is rolled back. A route is created
in a moment, and is a warning; what takes longer, or waits for other things first, mostly comes late enough, and is advice.

What to do: add the attachment to DependsOn. What waits for something that waits for it, such as the route, needs nothing.
"""

from awslint_memo import Findings, Resource, creation_order, gateway_order, rule


@rule(
    level="warning",
    since="0.2",
    resource=(
        "AWS::EC2::EIP",
        "AWS::EC2::NatGateway",
        "AWS::EC2::Route",
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
    ),
    language="cloudformation",
    memo="AWS リソースの構築",
    aws="AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
)
def check(resource: Resource) -> Findings:
    attachment = gateway_order.unattached(resource)
    if attachment is not None:
        lack = f"not wait for {attachment.title}, and where the gateway is attached later, AWS refuses"
        is_route = resource.type == gateway_order.ROUTE
        remedy = f"add DependsOn: {creation_order.own_id(attachment)}"
        yield resource.finding(
            resource,
            f"does {lack} it",
            do=remedy,
            together=f"do {lack} them; {remedy} to each",
            level=None if is_route else "advice",
            related=[(attachment, "attaches the gateway")],
        )


BAD = """
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
---
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Address: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Out: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId}}
---
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A, !Ref B]}}
  Feed: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Scheme: internet-facing, SubnetMappings: [{SubnetId: !Ref A}]}}
---
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Web: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-0123456789abcdef0, SubnetId: !Ref Public}}
  Address: {Type: AWS::EC2::EIP, Properties: {Domain: vpc, InstanceId: !Ref Web}}
"""

GOOD = """
Parameters: {Gateway: {Type: String}, Scheme: {Type: String}, Network: {Type: String}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Own: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Own}}
  Routes: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, DependsOn: Attached, Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Own}}
  Unknown: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Routes, DestinationCidrBlock: 10.1.0.0/16, GatewayId: !Ref Gateway}}
  # It waits for the route, which waits for the attachment.
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Address: {Type: AWS::EC2::EIP, DependsOn: [Out], Properties: {Domain: vpc}}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId}}
  Private: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref Public, ConnectivityType: private}}
  Internal: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [!Ref Public]}}
  AnyScheme: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: !Ref Scheme, Subnets: [!Ref Public]}}
  AnyNetwork: {Type: AWS::ElasticLoadBalancing::LoadBalancer, Properties: {Subnets: [!Ref Network], Listeners: [{LoadBalancerPort: "80", InstancePort: "80", Protocol: HTTP}]}}
  # An address that nothing has yet.
  Free: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
  Vpn: {Type: AWS::EC2::VPNGateway, Properties: {Type: ipsec.1}}
  OfVpn: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, VpnGatewayId: !Ref Vpn}}
---
# In Terraform the gateway itself names the VPC.
resource "aws_internet_gateway" "out" {
  vpc_id = "vpc-0123"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0123"
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.out.id
}
"""
