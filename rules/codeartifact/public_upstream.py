"""A repository with an external connection should only be an upstream of other repositories.

Clients of a repository with an external connection get any package of the public repository, approved or not. With two
repositories, one that fetches packages from outside and one that clients use, packages can be checked in between.
CodeArtifact allows one external connection per repository, and none beside upstreams.

What to do: move the connection to a repository of its own, and make that an upstream of the repository that clients use.
If the stack exports the repository or puts it out, that one may be in another stack, and this is advice. A build that
logs in to the repository itself is a client too.
"""

from awslint_memo import Findings, Resource, packages, rule


@rule(
    level="warning",
    resource="AWS::CodeArtifact::Repository",
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/ug/external-connection.html",
)
def check(repository: Resource) -> Findings:
    connected, upstreams = packages.connections(repository), repository.get("Upstreams")
    if not connected:
        return
    public, user = connected[0].text or "a public repository", packages.direct_user(repository)
    place = repository.get("ExternalConnections")
    # What is not known may be a block of Terraform that is made any number of times.
    count = sum(connection.text is not None for connection in connected)
    if count > 1:
        message = f"has {count} entries, but CodeArtifact allows one per repository; add a repository for each"
        yield repository.finding(place, message, of="ExternalConnections", level="error")
    elif upstreams.is_known and upstreams.items:
        message = (
            f"is {public}, but the repository also has upstreams, so CodeArtifact rejects it; move the connection to a "
            "repository of its own"
        )
        yield repository.finding(
            place, message, of="ExternalConnections", level="error", related=[(upstreams, "the upstreams")]
        )
    elif user is not None:
        yield repository.finding(
            place,
            f"is {public}, and {user.title} takes packages from this repository itself, approved or not",
            of="ExternalConnections",
            do="let it use a repository that has this one as upstream",
            related=[(user, "takes packages from it")],
        )
    elif not packages.may_be_upstream(repository):
        yield repository.finding(
            place,
            f"is {public}, so clients get any public package",
            of="ExternalConnections",
            do="make this repository the upstream of a second one that clients use",
            # Another stack may make an exported repository the upstream of its own.
            level="advice" if repository.is_exposed() else None,
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
