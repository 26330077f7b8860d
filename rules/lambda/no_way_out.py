"""A function in a VPC should get to what it calls outside of it.

Lambda gives the network interfaces of functions no public address, in public subnets neither, so that an internet gateway leads
them nowhere. What a function calls on the internet, and what it calls of AWS without an endpoint in the VPC, times out. A canary
can neither store its results nor write its metrics.

What to do: use private subnets with a route to a NAT gateway, or add VPC endpoints for what is called of AWS; a function that uses
nothing of the VPC needs no VpcConfig.
"""

from awslint_memo import Findings, Resource, networks, outward_calls, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="lambda/latest/dg/configuration-vpc-internet.html",
)
def check(function: Resource) -> Findings:
    subnets = function.get("VpcConfig.SubnetIds")
    if subnets.is_absent:
        return  # Most functions: nothing else is loaded for them.
    for call in outward_calls.outside(function):
        why = networks.shut(function, subnets) or (call.is_public and networks.shut_to_servers(function, subnets))
        if why:
            message = f"{why}, and a function has no public address, so its calls to {call.words} time out"
            related = [(call.value, "what it calls")]
            yield function.finding(subnets, message, of=str(subnets.route), do=DO, related=related)
            return


@check.on("AWS::Synthetics::Canary")
def canary(canary: Resource) -> Findings:
    subnets = canary.get("VPCConfig.SubnetIds")
    why = "" if subnets.is_absent else networks.shut(canary, subnets)
    if why:
        message = f"{why}, and a canary has no public address, so it can't store its results or write its metrics"
        yield canary.finding(subnets, message, of=str(subnets.route), do=DO)


DO = "use subnets with a route to a NAT gateway"


BAD = """
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: true}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, ServiceName: com.amazonaws.eu-west-1.s3}}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [sg-1]}, Environment: {Variables: {STAGE: prod, PartnerApi: "https://api.partner.example/v1"}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Password: {Type: AWS::SecretsManager::Secret}
  Work: {Type: AWS::Serverless::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [sg-1]}, Environment: {Variables: {PASSWORD_ARN: !Ref Password}}}}
---
resource "aws_vpc" "net" {}

resource "aws_internet_gateway" "net" {}

resource "aws_subnet" "public" {
  count  = 2
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.net.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.net.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_lambda_function" "work" {
  environment {
    variables = { PARTNER_ENDPOINT = "https://api.partner.example" }
  }

  vpc_config {
    subnet_ids         = aws_subnet.public[*].id
    security_group_ids = ["sg-1"]
  }
}
---
# The description says that the function calls the address.
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Prices: {Type: AWS::Lambda::Function, Properties: {Description: Downloads the prices of the day, VpcConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [sg-1]}, Environment: {Variables: {PRICES_URL: "https://prices.exchange.example/today"}}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Visits: {Type: AWS::Synthetics::Canary, Properties: {Name: visits, VPCConfig: {SubnetIds: [!Ref A], SecurityGroupIds: [sg-1]}}}
---
# The subnets are of another stack, which exports them.
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: !Split [",", !ImportValue edge], SecurityGroupIds: [sg-1]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example/v1"}}}}
# --- network.yaml
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Public}}
Outputs:
  Edge: {Value: !Join [",", [!Ref A, !Ref B]], Export: {Name: edge}}
"""

GOOD = """
Parameters: {Shared: {Type: "List<AWS::EC2::Subnet::Id>"}}
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  Nat: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref A, AllocationId: e}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OverNat: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Private}}
  Objects: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, ServiceName: com.amazonaws.eu-west-1.s3, RouteTableIds: [!Ref Public]}}
  Files: {Type: AWS::S3::Bucket}
  Inside: {Type: AWS::Route53::HostedZone, Properties: {Name: inside.example, VPCs: [{VPCId: !Ref Net, VPCRegion: eu-west-1}]}}
  InPrivate: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref B]}, Environment: {Variables: {API: "https://api.partner.example"}}}}
  InBoth: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A, !Ref B]}, Environment: {Variables: {API: "https://api.partner.example"}}}}
  Elsewhere: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: !Ref Shared}, Environment: {Variables: {API: "https://api.partner.example"}}}}
  OfDatabase: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {HOST: db.example}}}}
  ToFiles: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {BUCKET: !Ref Files}}}}
  ToInside: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {API: "https://orders.inside.example", OTHER_API: "http://10.0.0.7:8080", THIRD_API: "https://orders.shop.internal/v1"}}}}
  Answers: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {ALLOWED_ORIGIN: "https://shop.example", API_AUDIENCE: "https://api.shop.example", SITE: "https://shop.example"}}}}
  Mails: {Type: AWS::Lambda::Function, Properties: {Description: Sends mails with links, VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {ORDERS_URL: "https://shop.example/orders"}}}}
  Links: {Type: AWS::Lambda::Function, Properties: {Description: Pulls orders from the queue and mails links, VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {ORDER_URL: "https://shop.example/orders"}}}}
  Imports: {Type: AWS::Lambda::Function, Properties: {Description: Imports files from S3, VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {SCHEMA_URI: "https://schemas.example/catalogue"}}}}
  Queries: {Type: AWS::Lambda::Function, Properties: {Description: Queries the database for open orders, VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {TRACKING_URL: "https://track.shop.example/"}}}}
  Downloads: {Type: AWS::Lambda::Function, Properties: {Description: Download links for invoices, VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {INVOICE_URL: "https://invoices.shop.example/"}}}}
  Pulls: {Type: AWS::Lambda::Function, Properties: {Description: Pulls orders from the queue, VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {SITE_URL: "https://shop.example/orders"}}}}
  ByProxy: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {API: "https://api.partner.example", HTTPS_PROXY: "http://10.0.0.9:3128"}}}}
  # A record of here may lead to an address in the VPC, and a bucket's address may be for browsers.
  Stock: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: stock.shop.example., Type: CNAME, TTL: "60", ResourceRecords: [internal-stock.eu-west-1.elb.amazonaws.com]}}
  ToStock: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {STOCK_API: "https://stock.shop.example/v1"}}}}
  InNone: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {API: "https://api.partner.example"}}}}
  Visits: {Type: AWS::Synthetics::Canary, Properties: {Name: visits, VPCConfig: {SubnetIds: [!Ref B], SecurityGroupIds: [sg-1]}}}
---
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Site: {Type: AWS::S3::Bucket}
  Links: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {SITE: !GetAtt Site.WebsiteURL}}}}
---
# Of other stacks: an endpoint that another one adds leads to the queue, and one subnet leads out by a NAT gateway.
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: !Split [",", !ImportValue edge], SecurityGroupIds: [sg-1]}, Environment: {Variables: {QUEUE: !Ref Orders}}}}
  Calls: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: !Split [",", !ImportValue both], SecurityGroupIds: [sg-1]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example/v1"}}}}
  Narrow: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!ImportValue narrow], SecurityGroupIds: [sg-1]}, Environment: {Variables: {PARTNER_API: "https://api.partner.example/v1"}}}}
# --- network.yaml
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Internet: {Type: AWS::EC2::InternetGateway}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24}}
  Public: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Third: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Public, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Internet}}
  OverNat: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Private, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: nat-1}}
  ToOne: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Third, DestinationCidrBlock: 203.0.113.0/24, GatewayId: !Ref Internet}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Public}}
  OfB: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref B, RouteTableId: !Ref Private}}
  OfC: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref C, RouteTableId: !Ref Third}}
Outputs:
  Edge: {Value: !Ref A, Export: {Name: edge}}
  Both: {Value: !Join [",", [!Ref A, !Ref B]], Export: {Name: both}}
  Narrow: {Value: !Ref C, Export: {Name: narrow}}
---
# An endpoint of the VPC leads to the queue.
Resources:
  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Private: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Net}}
  OfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Private}}
  Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Net, VpcEndpointType: Interface, ServiceName: com.amazonaws.eu-west-1.sqs}}
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function, Properties: {VpcConfig: {SubnetIds: [!Ref A]}, Environment: {Variables: {QUEUE: !Ref Orders}}}}
---
resource "aws_vpc" "net" {}

resource "aws_subnet" "private" {
  vpc_id = aws_vpc.net.id
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.net.id

  route {
    cidr_block         = "0.0.0.0/0"
    transit_gateway_id = "tgw-0123456789abcdef0"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_lambda_function" "work" {
  environment {
    variables = { PARTNER_ENDPOINT = "https://api.partner.example" }
  }

  vpc_config {
    subnet_ids         = [aws_subnet.private.id]
    security_group_ids = ["sg-1"]
  }
}
"""
