"""Where a pipeline manages the artifacts of a build, their other settings should not be written.

With artifacts of CODEPIPELINE, CodePipeline decides where and how the output is kept. CodeBuild ignores the name, the path, the
packaging, the namespace and the location.

What to do: remove what the message names.
"""

from awslint_memo import Findings, Resource, environments, listed, rule

IGNORED = ("Location", "Name", "NamespaceType", "Packaging", "Path")


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/APIReference/API_ProjectArtifacts.html",
    fix="safe",
)
def check(project: Resource) -> Findings:
    type_ = project.get("Artifacts.Type")
    written = [value for name in IGNORED if (value := project.get(f"Artifacts.{name}")).text]
    if type_.text == environments.OF_PIPELINE and written:
        names = listed([project.in_file_words(str(value.route)) for value in written])
        fix = sum((project.unset(str(value.route)) for value in written[1:]), project.unset(str(written[0].route)))
        message = f"has {names}, which CodeBuild ignores with artifacts of {type_.text}"
        do = "remove " + ("it" if len(written) == 1 else "them")
        together = f"have settings that CodeBuild ignores with artifacts of {type_.text}; remove {names} of each"
        yield project.finding(written[0], message, do=do, together=together, fix=fix)


BAD = """
Resources:
  Image: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE, Packaging: ZIP, Path: out}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}, ServiceRole: r}}
---
resource "aws_codebuild_project" "image" {
  name         = "image"
  service_role = "r"

  source {
    type = "CODEPIPELINE"
  }

  artifacts {
    type      = "CODEPIPELINE"
    packaging = "ZIP"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "i"
  }
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Image: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}, ServiceRole: r}}
  Unknown: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE, Name: !Ref Name}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}, ServiceRole: r}}
  Packed: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: S3, Location: b/s.zip}, Artifacts: {Type: S3, Location: b, Packaging: ZIP}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}, ServiceRole: r}}
---
resource "aws_codebuild_project" "image" {
  name         = "image"
  service_role = "r"

  source {
    type     = "S3"
    location = "b/s.zip"
  }

  artifacts {
    type      = "S3"
    location  = "b"
    packaging = "ZIP"
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "i"
  }
}
"""

FIXED = """
-  Image: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE, Packaging: ZIP, Path: out}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}, ServiceRole: r}}
+  Image: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}, ServiceRole: r}}
---
-    type      = "CODEPIPELINE"
-    packaging = "ZIP"
+    type = "CODEPIPELINE"
"""
