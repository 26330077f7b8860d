"""Build instances should have a role that Image Builder works with.

Image Builder lets Systems Manager run the components on the instance that it builds an image on, with the role of the instance
profile. That role needs what AmazonSSMManagedInstanceCore allows, and imagebuilder:GetComponent, as EC2InstanceProfileForImageBuilder
allows it. Without them no image is built. The logs of a build that Logging keeps in a bucket are written with the same role.

What to do: attach both policies to the role of InstanceProfileName, and for container images also
EC2InstanceProfileForImageBuilderECRContainerBuilds. Where only the first one is missing, Systems Manager may manage all
instances of the account (Default Host Management), which is not seen.
"""

from awslint_memo import Findings, Resource, images, listed, roles, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ImageBuilder::InfrastructureConfiguration",
    memo="仮想マシンイメージまたはコンテナイメージを自動で作成するサービスです",
    aws="imagebuilder/latest/userguide/security-iam-awsmanpol.html",
)
def check(infrastructure: Resource) -> Findings:
    role = images.builder_role(infrastructure)
    if role is None or roles.may_get_more(role):
        return
    lacking = [action for action in images.NEEDED if roles.may(role, action) is False]
    if lacking:
        what = listed(lacking, last="or")
        message = f"gives build instances {role.title}, which does not allow {what}, so no image is built"
        do = "attach AmazonSSMManagedInstanceCore and EC2InstanceProfileForImageBuilder to it"
        yield infrastructure.finding(
            infrastructure.get("InstanceProfileName"),
            message,
            of="InstanceProfileName",
            do=do,
            related=[(role, "the role")],
            level="error" if len(lacking) == len(images.NEEDED) else None,
        )
    bucket = None if lacking else images.unwritable_logs(infrastructure, role)
    if bucket is not None:
        path = "Logging.S3Logs.S3BucketName"
        message = f"is {bucket.title}, but {role.title} does not allow {images.LOGS}, so no log gets there"
        do = f"allow it in a policy of {role.title}"
        related = [(role, "the role of build instances")]
        yield infrastructure.finding(infrastructure.get(path), message, of=path, do=do, related=related)


BAD = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: logs, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*"}]}}]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Builders: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: web, InstanceProfileName: !Ref Profile}}
---
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/EC2InstanceProfileForImageBuilder"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {InstanceProfileName: builders, Roles: [!Ref Role]}}
  Builders: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: web, InstanceProfileName: !Ref Profile}}
---
Resources:
  Logs: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/EC2InstanceProfileForImageBuilder", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Builders: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: web, InstanceProfileName: !Ref Profile, Logging: {S3Logs: {S3BucketName: !Ref Logs, S3KeyPrefix: web}}}}
---
resource "aws_iam_role" "builders" {
  name               = "builders"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy_attachment" "ssm" {
  role       = aws_iam_role.builders.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "builders" {
  name = "builders"
  role = aws_iam_role.builders.name
}

resource "aws_imagebuilder_infrastructure_configuration" "builders" {
  name                  = "web"
  instance_profile_name = aws_iam_instance_profile.builders.name
}
"""

GOOD = """
Parameters: {Policy: {Type: String}, ProfileName: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/EC2InstanceProfileForImageBuilder", !Sub "arn:${AWS::Partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Role]}}
  Builders: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: web, InstanceProfileName: !Ref Profile}}
  Logs: {Type: AWS::S3::Bucket}
  Logged:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/EC2InstanceProfileForImageBuilder", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
      Policies: [{PolicyName: logs, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:PutObject", Resource: !Sub "${Logs.Arn}/web/*"}]}}]
  OfLogged: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Logged]}}
  ByLogged: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: logged, InstanceProfileName: !Ref OfLogged, Logging: {S3Logs: {S3BucketName: !Ref Logs}}}}
  ByRole: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: other, InstanceProfileName: !Ref Profile, Logging: {S3Logs: {S3BucketName: !Ref ProfileName}}}}
  Written:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: ["imagebuilder:Get*", "ssm:*", "ssmmessages:*", "ec2messages:*"], Resource: "*"}]}}]
  OfWritten: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Written]}}
  ByWritten: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: written, InstanceProfileName: !Ref OfWritten}}
  Given:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Ref Policy]
  OfGiven: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Given]}}
  ByGiven: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: given, InstanceProfileName: !Ref OfGiven}}
  Elsewhere: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: elsewhere, InstanceProfileName: !Ref ProfileName}}
  OfElsewhere: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref ProfileName]}}
  ByElsewhere: {Type: AWS::ImageBuilder::InfrastructureConfiguration, Properties: {Name: role, InstanceProfileName: !Ref OfElsewhere}}
---
resource "aws_iam_role" "builders" {
  name               = "builders"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy_attachment" "all" {
  for_each   = toset(["AmazonSSMManagedInstanceCore", "EC2InstanceProfileForImageBuilder"])
  role       = aws_iam_role.builders.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_iam_instance_profile" "builders" {
  name = "builders"
  role = aws_iam_role.builders.name
}

resource "aws_imagebuilder_infrastructure_configuration" "builders" {
  name                  = "web"
  instance_profile_name = aws_iam_instance_profile.builders.name
}
"""
