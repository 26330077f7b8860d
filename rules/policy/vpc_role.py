"""The role of what runs in a VPC should let it be connected there.

Lambda connects a function to its VPC by network interfaces, which it makes with the role of the function, and refuses a function
whose role lacks ec2:CreateNetworkInterface. CodeBuild and canaries do the same with their roles. AWSLambdaBasicExecutionRole
does not have it.

What to do: attach AWSLambdaVPCAccessExecutionRole to the role of a function, or allow the role to create, describe and delete
network interfaces. SAM does this for the roles that it makes.
"""

from awslint_memo import Findings, Resource, role_uses, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::CodeBuild::Project", "AWS::Lambda::Function", "AWS::Synthetics::Canary"),
    memo="AWS リソースの構築",
    aws="lambda/latest/dg/configuration-vpc.html",
)
def check(user: Resource) -> Findings:
    found = role_uses.unconnected(user)
    if found is not None:
        role, subnets = found
        # A list that is given may be empty.
        yield user.finding(
            subnets,
            f"is in a VPC, but {role.title} does not allow {role_uses.CONNECTS}, {role_uses.CONNECTED[user.type][2]}",
            do="attach service-role/AWSLambdaVPCAccessExecutionRole to the role"
            if user.type == "AWS::Lambda::Function"
            else f"allow it in a policy of {role.title}",
            level="warning" if subnets.is_unknown else None,
            related=[(role, "the role")],
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, VpcConfig: {SubnetIds: [!ImportValue Subnet], SecurityGroupIds: [sg-1]}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}}]}}
  Tests: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, VpcConfig: {VpcId: vpc-1, Subnets: [subnet-1], SecurityGroupIds: [sg-1]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"]}}
  Work: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt Role.Arn, VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}}}
---
variable "subnet_ids" {
  type = list(string)
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy_attachment" "work" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = ["sg-1"]
  }
}
---
resource "aws_iam_role" "shop" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_synthetics_canary" "shop" {
  name               = "shop"
  execution_role_arn = aws_iam_role.shop.arn

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }
}
"""

GOOD = """
Parameters:
  Policy: {Type: String}
  Subnets: {Type: CommaDelimitedList, Default: ""}
Conditions: {IsPrivate: !Not [!Equals [!Join ["", !Ref Subnets], ""]]}
Resources:
  Vpc: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"]}}
  Own: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ec2:*NetworkInterface*", Resource: "*"}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Plain: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Later: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Beside: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [!Ref Later], PolicyDocument: {Statement: [{Effect: Allow, Action: ["ec2:CreateNetworkInterface"], Resource: "*"}]}}}
  A: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Vpc.Arn, VpcConfig: {SubnetIds: [subnet-1]}}}
  B: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Own.Arn, VpcConfig: {SubnetIds: [subnet-1]}}}
  C: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Given.Arn, VpcConfig: {SubnetIds: [subnet-1]}}}
  D: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Plain.Arn, VpcConfig: {SubnetIds: []}}}
  E: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Plain.Arn}}
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Later.Arn, VpcConfig: {SubnetIds: [subnet-1]}}}
  G: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role, VpcConfig: {SubnetIds: [subnet-1]}}}
  H: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Given.Arn, VpcConfig: !If [IsPrivate, {SubnetIds: !Ref Subnets}, !Ref AWS::NoValue]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}}}
---
variable "subnet_ids" {
  type    = list(string)
  default = []
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_lambda_function" "work" {
  role = aws_iam_role.work.arn

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = []
  }
}
"""
