"""A filter of a webhook should be able to match.

HEAD_REF and BASE_REF are compared with the whole reference, such as refs/heads/main. A pattern that is anchored to the
name of the branch, as ^main$ is, never matches, so no event of its group of filters starts a build. Without ^ it may
match anywhere in the reference. Some filters work with some events only: BASE_REF with those of pull requests, FILE_PATH and
COMMIT_MESSAGE with these and pushes, TAG_NAME and RELEASE_NAME with releases. CodeBuild refuses filters of which none is an
EVENT.

What to do: begin the pattern with ^refs/heads/ (or ^refs/tags/): ^refs/heads/main$. For pushes, compare HEAD_REF instead of
BASE_REF. Let each group begin with a filter of type EVENT.
"""

from typing import Literal

from awslint_memo import Findings, Resource, codebuild, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/APIReference/API_WebhookFilter.html",
    fix="unsafe",
)
def check(project: Resource) -> Findings:
    first = codebuild.webhooks.without_event(project)
    if first is not None:
        message = "but no filter of the webhook is of type EVENT, so CodeBuild refuses it"
        do = "add an EVENT to each group, with the pattern PUSH for example"
        yield project.finding(first, message, of="Filter", do=do)
        return
    for dead in codebuild.webhooks.dead_filters(project):
        what = "no event" if dead.is_whole else "no event of this group of filters"
        level: Literal["error", "warning"] = "error" if dead.is_whole else "warning"
        of = f"{dead.kind} filter"
        if dead.events:
            message = f"stands beside the event {dead.events}, with which it does not work, so {what} starts a build"
            do = "use HEAD_REF" if dead.kind == "BASE_REF" else "remove it, or name other events"
            yield project.finding(dead.pattern, message, of=of, do=do, level=level)
            continue
        message = f"but a reference begins with refs/heads/ or refs/tags/, so {what} starts a build"
        meant = dead.meant or "a pattern that begins with ^refs/heads/"
        unsafe = "starts builds that did not run so far"
        fix = project.set(str(dead.pattern.route), dead.meant, unsafe=unsafe) if dead.meant else None
        yield project.finding(dead.pattern, message, of=of, do=f"set it to {meant}", level=level, fix=fix)


BAD = """
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: GITHUB, Location: l}
      Triggers: {Webhook: true, FilterGroups: [[{Type: EVENT, Pattern: PUSH}, {Type: HEAD_REF, Pattern: ^main$}]]}
---
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: GITHUB, Location: l}
      Triggers:
        Webhook: true
        FilterGroups:
          - [{Type: EVENT, Pattern: PUSH}, {Type: HEAD_REF, Pattern: "^(main|release/.*)$"}]
          - [{Type: EVENT, Pattern: PULL_REQUEST_CREATED}, {Type: BASE_REF, Pattern: ^refs/heads/main$}]
---
resource "aws_codebuild_webhook" "build" {
  project_name = aws_codebuild_project.build.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED"
    }

    filter {
      type    = "BASE_REF"
      pattern = "^develop"
    }
  }
}

resource "aws_codebuild_project" "build" {
  name = "build"
}
---
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: GITHUB, Location: l}
      Triggers: {Webhook: true, FilterGroups: [[{Type: EVENT, Pattern: PUSH}, {Type: BASE_REF, Pattern: ^refs/heads/release/}]]}
---
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: GITHUB, Location: l}
      Triggers: {Webhook: true, FilterGroups: [[{Type: EVENT, Pattern: "RELEASED, PRERELEASED"}, {Type: FILE_PATH, Pattern: ^src/}]]}
---
resource "aws_codebuild_webhook" "build" {
  project_name = aws_codebuild_project.build.name

  filter_group {
    filter {
      type    = "HEAD_REF"
      pattern = "^refs/heads/main$"
    }

    filter {
      type    = "FILE_PATH"
      pattern = "^src/"
    }
  }
}

resource "aws_codebuild_project" "build" {
  name = "build"
}
"""

GOOD = """
Parameters: {Pattern: {Type: String}, Hook: {Type: String}, Excludes: {Type: String}}
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: GITHUB, Location: l}
      Triggers:
        Webhook: true
        FilterGroups:
          - [{Type: EVENT, Pattern: "PUSH, PULL_REQUEST_MERGED"}, {Type: BASE_REF, Pattern: ^refs/heads/main$}]
          - [{Type: EVENT, Pattern: PUSH}, {Type: BASE_REF, Pattern: ^refs/heads/main$, ExcludeMatchedPattern: true}]
          - [{Type: EVENT, Pattern: !Ref Pattern}, {Type: BASE_REF, Pattern: ^refs/heads/main$}]
          - [{Type: EVENT, Pattern: PRERELEASED}, {Type: TAG_NAME, Pattern: ^v}]
          - [{Type: EVENT, Pattern: WORKFLOW_JOB_QUEUED}, {Type: WORKFLOW_NAME, Pattern: tests}]
          - [{Type: HEAD_REF, Pattern: ^refs/heads/main$}]
          - [{Type: HEAD_REF, Pattern: main}]
          - [{Type: HEAD_REF, Pattern: "^.*main$"}]
          - [{Type: HEAD_REF, Pattern: "^m*refs/heads/main$"}]
          - [{Type: HEAD_REF, Pattern: "^(refs/heads/)?main$"}]
          - [{Type: HEAD_REF, Pattern: "^(main|refs/heads/main)$"}]
          - [{Type: HEAD_REF, Pattern: "^main$|main"}]
          - [{Type: HEAD_REF, Pattern: ^main$, ExcludeMatchedPattern: true}]
          - [{Type: HEAD_REF, Pattern: ^main$, ExcludeMatchedPattern: !Ref Excludes}]
          - [{Type: TAG_NAME, Pattern: ^main$}]
          - [{Type: HEAD_REF, Pattern: !Ref Pattern}]
          - [{Type: !Ref Pattern, Pattern: ^main$}]
  AnyKind:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {Type: GITHUB, Location: l}, Triggers: {Webhook: true, FilterGroups: [[{Type: !Ref Pattern, Pattern: PUSH}, {Type: HEAD_REF, Pattern: main}]]}}
  EveryPush:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {Type: GITHUB, Location: l}, Triggers: {Webhook: true, FilterGroups: []}}
  AnyHook:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {Type: GITHUB, Location: l}, Triggers: {Webhook: !Ref Hook, FilterGroups: [[{Type: HEAD_REF, Pattern: ^main$}]]}}
---
resource "aws_codebuild_webhook" "build" {
  project_name = aws_codebuild_project.build.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PUSH"
    }

    filter {
      type    = "HEAD_REF"
      pattern = "^refs/heads/develop"
    }

    filter {
      type                    = "BASE_REF"
      pattern                 = "^old"
      exclude_matched_pattern = true
    }
  }
}

resource "aws_codebuild_project" "build" {
  name = "build"
}
"""

FIXED = """
-      Triggers: {Webhook: true, FilterGroups: [[{Type: EVENT, Pattern: PUSH}, {Type: HEAD_REF, Pattern: ^main$}]]}
+      Triggers: {Webhook: true, FilterGroups: [[{Type: EVENT, Pattern: PUSH}, {Type: HEAD_REF, Pattern: "^refs/heads/main$"}]]}
"""
