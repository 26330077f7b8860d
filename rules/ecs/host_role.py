"""Instances should have a role with which they join their cluster of ECS.

The agent of ECS registers its instance in the cluster that ECS_CLUSTER names, with the role of the instance. Without
ecs:RegisterContainerInstance the instance runs, and no task is ever placed on it.

What to do: attach AmazonEC2ContainerServiceforEC2Role to the role of the instance profile. Only roles are judged whose policies are all
known.
"""

from awslint_memo import Findings, Resource, host_roles, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::AutoScaling::LaunchConfiguration", "AWS::EC2::Instance", "AWS::EC2::LaunchTemplate"),
    memo="AWS リソースの構築",
    aws="AmazonECS/latest/developerguide/instance_IAM_role.html",
)
def check(starter: Resource) -> Findings:
    role = host_roles.unregistered(starter)
    if role is not None:
        path = "LaunchTemplateData.UserData" if starter.type == "AWS::EC2::LaunchTemplate" else "UserData"
        message = (
            f"sets ECS_CLUSTER, but {role.title} does not allow {host_roles.JOINS}, so no instance joins the cluster"
        )
        do = f"attach service-role/AmazonEC2ContainerServiceforEC2Role to {role.title}"
        yield starter.finding(starter.get(path), message, of="UserData", do=do, related=[(role, "the role")])


BAD = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Cluster: {Type: AWS::ECS::Cluster}
  Hosts:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        IamInstanceProfile: {Arn: !GetAtt Profile.Arn}
        UserData:
          Fn::Base64: !Sub |
            #!/bin/bash
            echo ECS_CLUSTER=${Cluster} >> /etc/ecs/ecs.config
---
resource "aws_iam_role" "hosts" {
  name               = "hosts"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy_attachment" "images" {
  role       = aws_iam_role.hosts.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"
}

resource "aws_iam_instance_profile" "hosts" {
  name = "hosts"
  role = aws_iam_role.hosts.name
}

resource "aws_instance" "host" {
  ami                  = "ami-1"
  iam_instance_profile = aws_iam_instance_profile.hosts.name

  user_data = <<-EOT
    #!/bin/bash
    echo "ECS_CLUSTER=shop" >> /etc/ecs/ecs.config
  EOT
}
"""

GOOD = """
# A variable of the script alone, credentials of its own, and an instance with another profile than its launch template has.
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Deploys: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref Profile, UserData: {Fn::Base64: "#!/bin/bash\\nexport ECS_CLUSTER=main\\n./deploy.sh"}}}
  Assumes: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref Profile, UserData: {Fn::Base64: "#!/bin/bash\\naws configure set role_arn arn:aws:iam::111122223333:role/hosts\\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config"}}}
  Start: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt Profile.Arn}, UserData: {Fn::Base64: "#!/bin/bash\\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config"}}}}
  Host: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Start, Version: "1"}, IamInstanceProfile: hosts}}
---
Parameters: {Policy: {Type: String}, Profile: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"]
  OfRole: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Hosts: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {IamInstanceProfile: {Arn: !GetAtt OfRole.Arn}, UserData: {Fn::Base64: "#!/bin/bash\\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config"}}}}
  Given:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Ref Policy]
  OfGiven: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Given]}}
  ByGiven: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref OfGiven, UserData: {Fn::Base64: "#!/bin/bash\\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config"}}}
  Elsewhere: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref Profile, UserData: {Fn::Base64: "#!/bin/bash\\necho ECS_CLUSTER=shop >> /etc/ecs/ecs.config"}}}
  Plain:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  OfPlain: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Plain]}}
  NoHost: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref OfPlain, UserData: {Fn::Base64: "#!/bin/bash\\n# ECS_CLUSTER=shop\\nyum install -y nginx"}}}
---
resource "aws_iam_role" "hosts" {
  name               = "hosts"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "hosts" {
  role   = aws_iam_role.hosts.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "ecs:*", Resource = "*" }] })
}

resource "aws_iam_instance_profile" "hosts" {
  name = "hosts"
  role = aws_iam_role.hosts.name
}

resource "aws_instance" "host" {
  ami                  = "ami-1"
  iam_instance_profile = aws_iam_instance_profile.hosts.name
  user_data            = "echo ECS_CLUSTER=shop >> /etc/ecs/ecs.config"
}
"""
