"""Package groups should control which packages an external connection may bring in.

With an external connection alone, every package of the public repository can be installed, also one with the name of an
internal package. A package group controls by name which packages may come from outside, which from upstreams, and which
may be published.

What to do: add an AWS::CodeArtifact::PackageGroup with an OriginConfiguration, at least for the names of your own
packages, with ExternalUpstream BLOCK.
"""

from awslint_memo import Findings, Resource, packages, rule


@rule(
    level="advice",
    resource="AWS::CodeArtifact::Repository",
    language="cloudformation",
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/ug/package-group-origin-controls.html",
)
def check(repository: Resource) -> Findings:
    connected, deployment = packages.connections(repository), repository.deployment
    if connected and not repository.is_open and not packages.may_control_origins(deployment):
        yield repository.finding(
            repository.get("ExternalConnections"),
            f"is {connected[0].text or 'a public repository'}, and no package group limits what comes from there",
            of="ExternalConnections",
            do="add an AWS::CodeArtifact::PackageGroup with an OriginConfiguration",
        )


BAD = """
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties: {DomainName: d, RepositoryName: npm, ExternalConnections: ["public:npmjs"]}
"""

GOOD = """
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties: {DomainName: d, RepositoryName: npm, ExternalConnections: ["public:npmjs"]}
  Own:
    Type: AWS::CodeArtifact::PackageGroup
    Properties:
      DomainName: d
      Pattern: /npm/ours/*
      OriginConfiguration: {Restrictions: {ExternalUpstream: {RestrictionMode: BLOCK}}}
---
Transform: PackageGroups
Resources:
  Packages: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: npm, ExternalConnections: ["public:npmjs"]}}
---
Parameters:
  Connections: {Type: CommaDelimitedList}
Resources:
  Inside: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: ours}}
  Unknown: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: u, ExternalConnections: !Ref Connections}}
---
resource "aws_codeartifact_repository" "npm" {
  domain     = "d"
  repository = "npm"

  external_connections {
    external_connection_name = "public:npmjs"
  }
}
"""
