"""A CodeArtifact domain or repository should not be open to every AWS account.

A policy with the principal * and no condition lets any AWS account read the packages, or publish packages that your
builds then install. A condition on aws:PrincipalOrgID limits it to the accounts of your organization.

What to do: name the accounts or roles, or add a Condition such as aws:PrincipalOrgID.
"""

from awslint_memo import Findings, Resource, packages, rule


@rule(
    level="warning",
    resource=("AWS::CodeArtifact::Domain", "AWS::CodeArtifact::Repository"),
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/ug/repo-policies.html",
)
def check(owner: Resource) -> Findings:
    statement = packages.open_statement(owner.get("PermissionsPolicyDocument"))
    if statement is not None:
        message = "is open to every AWS account (Principal *, no Condition)"
        remedy = "name the accounts or roles, or add a Condition on aws:PrincipalOrgID"
        yield owner.finding(statement, message, do=remedy)


BAD = """
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties:
      DomainName: d
      RepositoryName: npm
      PermissionsPolicyDocument:
        Statement: [{Effect: Allow, Principal: {AWS: ["*"]}, Action: "codeartifact:ReadFromRepository", Resource: "*"}]
---
resource "aws_codeartifact_domain" "d" {
  domain = "d"
}

resource "aws_codeartifact_domain_permissions_policy" "d" {
  domain = aws_codeartifact_domain.d.domain
  policy_document = jsonencode({
    Statement = [
      {
        Effect    = "Allow"
        Principal = "*"
        Action    = "codeartifact:*"
      },
    ]
  })
}
"""

GOOD = """
Parameters:
  Account: {Type: String}
Resources:
  Organization:
    Type: AWS::CodeArtifact::Domain
    Properties:
      DomainName: d
      PermissionsPolicyDocument:
        Statement:
          Effect: Allow
          Principal: "*"
          Action: codeartifact:CreateRepository
          Condition: {StringEquals: {"aws:PrincipalOrgID": o-1}}
  Unknown:
    Type: AWS::CodeArtifact::Domain
    Properties: {DomainName: e, PermissionsPolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Account}}]}}
  WholeUnknown: {Type: AWS::CodeArtifact::Domain, Properties: {DomainName: f, PermissionsPolicyDocument: !Ref Account}}
  Denied:
    Type: AWS::CodeArtifact::Domain
    Properties: {DomainName: g, PermissionsPolicyDocument: {Statement: [{Effect: Deny, Principal: "*"}]}}
---
resource "aws_codeartifact_domain" "d" {
  domain = "d"
}

resource "aws_codeartifact_domain_permissions_policy" "d" {
  domain          = aws_codeartifact_domain.d.domain
  policy_document = data.aws_iam_policy_document.d.json
}
"""
