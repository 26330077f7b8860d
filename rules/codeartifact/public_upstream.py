"""A repository that is connected with a public one should only stand behind those that people use.

Whoever reads from a repository with an external connection gets any package of the public one, approved or not. With two
repositories, one that takes packages from outside and one before it, what people install can be looked at on its way.
CodeArtifact takes one external connection a repository, and none beside upstreams.

What to do: give the connection a repository of its own, and name that as the upstream of the repository that people use.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, packages, rule


@rule(
    "codeartifact-public-upstream",
    level="warning",
    resource="AWS::CodeArtifact::Repository",
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/ug/external-connection.html",
)
def check(repository: Resource) -> Iterator[Finding]:
    connected, upstreams = packages.connections(repository), repository.get("Upstreams")
    if not connected:
        return
    public = connected[0].text or "a public repository"
    place = repository.get("ExternalConnections")
    if len(connected) > 1:
        message = f"has {len(connected)} external connections, and CodeArtifact takes one; give each a repository"
        yield repository.finding(place, message, level="error")
    elif upstreams.is_known and upstreams.items:
        message = (
            f"is connected with {public} and has upstreams, which CodeArtifact refuses; make two repositories of it"
        )
        yield repository.finding(place, message, level="error", related=[(upstreams, "the upstreams")])
    elif not packages.may_be_upstream(repository):
        yield repository.finding(
            place,
            f"gives out whatever is in {public}; put a second repository before it, with this one as its upstream, and "
            "let people use that",
        )


BAD = """
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties: {DomainName: d, RepositoryName: npm, ExternalConnections: ["public:npmjs"]}
---
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties: {DomainName: d, RepositoryName: all, ExternalConnections: ["public:npmjs", "public:pypi"]}
---
Resources:
  Packages:
    Type: AWS::CodeArtifact::Repository
    Properties: {DomainName: d, RepositoryName: npm, ExternalConnections: ["public:npmjs"], Upstreams: [shared]}
---
resource "aws_codeartifact_repository" "npm" {
  domain     = "d"
  repository = "npm"

  external_connections {
    external_connection_name = "public:npmjs"
  }
}
"""

GOOD = """
Parameters:
  Behind: {Type: CommaDelimitedList}
  Connections: {Type: CommaDelimitedList}
Resources:
  Public: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: public, ExternalConnections: ["public:npmjs"]}}
  Approved: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: approved, Upstreams: [public]}}
  Unknown: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: u, ExternalConnections: !Ref Connections}}
---
Parameters:
  Behind: {Type: CommaDelimitedList}
Resources:
  Public: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: public, ExternalConnections: ["public:npmjs"]}}
  Approved: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: approved, Upstreams: !Ref Behind}}
---
resource "aws_codeartifact_repository" "public" {
  domain     = "d"
  repository = "public"

  external_connections {
    external_connection_name = "public:npmjs"
  }
}

resource "aws_codeartifact_repository" "approved" {
  domain     = "d"
  repository = "approved"

  upstream {
    repository_name = aws_codeartifact_repository.public.repository
  }
}
"""
