"""A template should not create associations with CodeGuru Reviewer.

Since 7 November 2025 no new repository can be associated with CodeGuru Reviewer; existing associations continue to work.
A stack that creates one fails.

What to do: remove the association, and run a static analysis tool in the build.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "codeguru-reviewer-closed",
    level="warning",
    resource="AWS::CodeGuruReviewer::RepositoryAssociation",
    memo="ソースコードのレビューとアプリケーションパフォーマンスに関する推奨を行ってくれる",
    aws="codeguru/latest/reviewer-ug/codeguru-reviewer-availability-change.html",
)
def check(association: Resource) -> Iterator[Finding]:
    if association.is_new:
        message = (
            "can't be created, because CodeGuru Reviewer has accepted no new repositories since 2025-11-07; remove it"
        )
        yield association.finding(association, message)


BAD = """
Resources:
  Review:
    Type: AWS::CodeGuruReviewer::RepositoryAssociation
    Properties: {Name: orders, Type: CodeCommit}
---
resource "aws_codegurureviewer_repository_association" "orders" {
  repository {
    codecommit {
      name = "orders"
    }
  }
}
"""

GOOD = """
Parameters:
  Project: {Type: String}
Resources:
  Review:
    Type: AWS::CodeBuild::Project
    Properties: {Name: !Ref Project}
---
variable "project" {}

resource "aws_codebuild_project" "review" {
  name = var.project
}
"""
