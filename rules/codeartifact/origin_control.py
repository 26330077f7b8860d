"""What may come in by an external connection should be said.

With a connection alone, every package of the public repository can come in, also one that takes the name of a package of
your own. A package group says by name which may come from outside, which from upstreams, and which may be published.

What to do: add an AWS::CodeArtifact::PackageGroup with an OriginConfiguration, for your own names at least, with
ExternalUpstream BLOCK.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, packages, rule


@rule(
    "codeartifact-origin-control",
    level="advice",
    resource="AWS::CodeArtifact::Repository",
    language="cloudformation",
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/ug/package-group-origin-controls.html",
)
def check(repository: Resource) -> Iterator[Finding]:
    connected, deployment = packages.connections(repository), repository.deployment
    if connected and not deployment.is_open and not packages.may_control_origins(deployment):
        yield repository.finding(
            repository.get("ExternalConnections"),
            f"lets every package of {connected[0].text or 'a public repository'} in; say in the OriginConfiguration of a "
            "package group which may come from outside",
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
