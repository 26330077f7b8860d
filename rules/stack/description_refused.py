"""A description should have the characters that AWS takes.

EC2 takes letters and digits of ASCII, spaces and ._-:/()#,@[]+=&;{}!$* in the description of a security group and of its rules, and
255 of them at most: an apostrophe, an arrow (->), a dash (—) or Japanese is refused. IAM takes Latin-1 in the description of a role,
and Data Lifecycle Manager letters, digits, spaces, _ and - in that of a policy.

What to do: write the description with these characters, and what is said in others in a comment or a tag.
"""

from awslint_memo import Findings, Resource, descriptions, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::DLM::LifecyclePolicy",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::SecurityGroupEgress",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SecurityGroupRule",
        "AWS::IAM::Role",
    ),
    memo="リソースのプロビジョニング: AWS リソースの構築",
    aws="AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
)
def check(resource: Resource) -> Findings:
    for one in descriptions.refused(resource):
        yield resource.finding(one.value, f"{one.says}, so it is refused", of=str(one.value.route), do=one.remedy)


BAD = """
Resources:
  Web: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: "Customer's web servers"}}
---
Resources:
  Web: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8, Description: "balancer -> web"}]}}
---
Resources:
  Out: {Type: AWS::EC2::SecurityGroupEgress, Properties: {GroupId: sg-1, IpProtocol: "-1", CidrIp: 0.0.0.0/0, Description: 外向き}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Description: !Sub "Orders — ${Stage}"}}
---
resource "aws_security_group" "web" {
  description = "Web servers > balancer"
}
---
resource "aws_security_group" "web" {
  ingress {
    description = "Office's network"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
---
resource "aws_vpc_security_group_ingress_rule" "web" {
  security_group_id = "sg-1"
  description       = "HTTPS “inside”"
  from_port         = 443
  to_port           = 443
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/8"
}
---
resource "aws_dlm_lifecycle_policy" "daily" {
  description        = "Daily snapshots (30 days)"
  execution_role_arn = "arn:aws:iam::123456789012:role/dlm"
}
"""

GOOD = """
Parameters: {Text: {Type: String}}
Resources:
  Web: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: "Web servers & balancer (all/10.0.0.0) #1; [a]=b, c+d!", SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}]}}
  Any: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: !Ref Text}}
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Description: "Customer's orders -> café"}}
---
resource "aws_security_group" "web" {
  description = "web"
}

resource "aws_security_group_rule" "web" {
  security_group_id = aws_security_group.web.id
  type              = "egress"
  description       = "All"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  cidr_blocks       = ["0.0.0.0/0"]
}
"""
