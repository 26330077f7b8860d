"""A template should not create associations with CodeGuru Reviewer.

Since 7 November 2025 no new repository can be associated with CodeGuru Reviewer; existing associations continue to work.
A stack that creates one fails.

What to do: remove the association, and run a static analysis tool for the repository's language in the build. Amazon Q
Developer, which AWS's page names, is no replacement: it takes no new subscriptions since 15 May 2026.
"""

from awslint_memo import Findings, Resource, codeguru, rule


@rule(
    level="warning",
    resource="AWS::CodeGuruReviewer::RepositoryAssociation",
    memo="ソースコードのレビューとアプリケーションパフォーマンスに関する推奨を行ってくれる",
    aws="codeguru/latest/reviewer-ug/codeguru-reviewer-availability-change.html",
)
def check(association: Resource) -> Findings:
    if association.is_new:
        why = f"CodeGuru Reviewer has accepted no new repositories since {codeguru.CLOSED}"
        remedy = "remove it, and run a static analysis tool in the build"
        yield association.finding(association, f"can't be created, because {why}", do=remedy)


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
