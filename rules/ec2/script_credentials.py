"""A server whose script calls AWS should have a role.

The user data of an instance runs when it starts. Without an instance profile the commands of the AWS command line interface in it
find no credentials: what they were to copy or read is missing, and as a rule the script goes on, so that the server starts and does
not do its work.

What to do: set IamInstanceProfile (Terraform: iam_instance_profile) to a profile whose role may do that. For a public bucket write
--no-sign-request. A launch template is judged where only Auto Scaling groups start from it: an instance may name a profile beside
it, and the nodes of EKS have the role of their group.
"""

from awslint_memo import Findings, Resource, rule, start_scripts


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::AutoScaling::LaunchConfiguration", "AWS::EC2::Instance", "AWS::EC2::LaunchTemplate"),
    memo="インスタンスが追加される前に、事前に起動しておくプールのことを指します",
    aws="AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
)
def check(server: Resource) -> Findings:
    command = start_scripts.without_credentials(server)
    if command:
        so = f"has no IamInstanceProfile, so {command} in its user data has no credentials and fails"
        yield server.finding(server, so, do="add a profile with a role that may do it")


BAD = """
Resources:
  Group: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Web, Version: !GetAtt Web.LatestVersionNumber}}}
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64
        UserData:
          Fn::Base64: |
            #!/bin/bash
            dnf install -y httpd
            aws s3 cp s3://example-site/site.zip .
---
resource "aws_instance" "web" {
  ami           = "resolve:ssm:/app/image"
  instance_type = "t3.micro"
  user_data     = <<-EOT
    #!/bin/bash
    KEY=$(aws ssm get-parameter --name key --query Parameter.Value --output text)
  EOT
}
"""

GOOD = """
Parameters: {Script: {Type: String}, Profile: {Type: String}}
Resources:
  Roled: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image", IamInstanceProfile: {Name: !Ref Profile}, UserData: {"Fn::Base64": "#!/bin/bash\\naws s3 cp s3://example-site/site.zip .\\n"}}}}
  Public: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": "#!/bin/bash\\naws s3 cp --no-sign-request s3://example-site/site.zip .\\n"}}}}
  Given: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": "#!/bin/bash\\naws configure set region eu-west-1\\naws s3 ls example\\n"}}}}
  # No command is run.
  Installs: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image", UserData: {"Fn::Base64": "#!/bin/bash\\npip install aws cli\\naws --version\\n# aws s3 cp\\n"}}}}
  Unknown: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image", UserData: !Ref Script}}}
  OfRoled: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Roled, Version: !GetAtt Roled.LatestVersionNumber}}}
  OfPublic: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Public, Version: !GetAtt Public.LatestVersionNumber}}}
  OfGiven: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Given, Version: !GetAtt Given.LatestVersionNumber}}}
  OfInstalls: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Installs, Version: !GetAtt Installs.LatestVersionNumber}}}
  OfUnknown: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Unknown, Version: !GetAtt Unknown.LatestVersionNumber}}}
  # The nodes have the role of their group, and the instance its own.
  Nodes: {Type: AWS::EKS::Nodegroup, Properties: {ClusterName: all, NodeRole: !ImportValue role, Subnets: [a, b], LaunchTemplate: {Id: !Ref OfNodes, Version: !GetAtt OfNodes.LatestVersionNumber}}}
  OfNodes: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {"Fn::Base64": "#!/bin/bash\\naws s3 cp s3://example-site/site.zip .\\n"}}}}
  Instance: {Type: AWS::EC2::Instance, Properties: {IamInstanceProfile: !Ref Profile, LaunchTemplate: {LaunchTemplateId: !Ref OfInstance, Version: !GetAtt OfInstance.LatestVersionNumber}}}
  OfInstance: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {UserData: {"Fn::Base64": "#!/bin/bash\\naws s3 cp s3://example-site/site.zip .\\n"}}}}
---
resource "aws_instance" "web" {
  ami                  = "resolve:ssm:/app/image"
  instance_type        = "t3.micro"
  iam_instance_profile = "web"
  user_data            = <<-EOT
    #!/bin/bash
    aws s3 cp s3://example-site/site.zip .
  EOT
}
"""
