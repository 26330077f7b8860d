"""A build should be able to hand in the reports that its buildspec names.

The results of tests go into reports, which the role of the project makes: it needs codebuild:CreateReport,
codebuild:UpdateReport and codebuild:BatchPutTestCases for the report group, and where the group is not there yet also
codebuild:CreateReportGroup. Without them nobody gets a report.

What to do: allow the role these actions for report-group/PROJECT-*, as the groups are called that a buildspec names. With
ARNs under reports, name those groups.
"""

from awslint_memo import Findings, Resource, buildspecs, codebuild, roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/test-permissions.html",
    yields_to="policy-untrusted-service",
)
def check(project: Resource) -> Findings:
    role = project.follow("ServiceRole", roles.ROLE)
    spec = None if role is None or roles.may_get_more(role) else buildspecs.buildspec(project)
    reports = None if spec is None else spec.data.get("reports")
    if role is None or spec is None or not isinstance(reports, dict) or not reports:
        return
    needed = codebuild.environments.REPORTING
    lacking = next((action for action in needed if roles.may(role, action) is False), None)
    if lacking is not None:
        message = (
            f"hands in the report {next(iter(reports))}, but {role.title} does not allow {lacking}, so it is refused"
        )
        do, related = f"allow {lacking} with its report group", [(role, "the role")]
        yield project.finding(spec.place("reports"), message, of="Source.BuildSpec", do=do, related=related)


BAD = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: ["logs:*", "s3:*"], Resource: "*"}]}}]
  Unit: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [mvn -B verify]}}, reports: {unit: {files: ['**/*.xml'], base-directory: target/surefire-reports}}}"}}}
---
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/CloudWatchLogsFullAccess"]
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: ["codebuild:CreateReportGroup", "codebuild:CreateReport"], Resource: "*"}]}}]
  Unit: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Source: {Type: CODEPIPELINE, BuildSpec: ci/unit.yml}}}
# --- ci/unit.yml
version: 0.2
phases:
  build:
    commands: [pytest -q --junitxml=reports/unit.xml]
reports:
  unit:
    files: ["reports/*.xml"]
---
resource "aws_iam_role" "build" {
  name               = "build"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "codebuild.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "build" {
  role   = aws_iam_role.build.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" }] })
}

resource "aws_codebuild_project" "unit" {
  name         = "unit"
  service_role = aws_iam_role.build.arn

  source {
    type      = "GITHUB"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands: [npm test]
      reports:
        unit:
          files: [junit.xml]
    YAML
  }
}
"""

GOOD = """
Parameters: {Policy: {Type: String}, RoleArn: {Type: String}, Action: {Type: String}}
Resources:
  Allowed:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: ["codebuild:CreateReport*", "codebuild:UpdateReport", "codebuild:BatchPut*"], Resource: "*"}]}}]
  Given:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Ref Policy]
  Part:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: !Ref Action, Resource: "*"}]}}]
  Logs:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}}]
  # Somebody else gives this role more.
  Known:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: build, PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}}]
  Unit: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Allowed.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {unit: {files: [junit.xml]}}}"}}}
  OfGiven: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Given.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {unit: {files: [junit.xml]}}}"}}}
  OfPart: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Part.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {unit: {files: [junit.xml]}}}"}}}
  OfKnown: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Known.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {unit: {files: [junit.xml]}}}"}}}
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !Ref RoleArn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {unit: {files: [junit.xml]}}}"}}}
  None: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Logs.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}}"}}}
  Empty: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Logs.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {}}"}}}
  AnySpec: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Logs.Arn, Source: {Type: GITHUB, BuildSpec: !Ref Policy}}}
Outputs:
  Role: {Value: !GetAtt Known.Arn}
---
resource "aws_iam_role" "build" {
  name               = "build"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "codebuild.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "build" {
  role   = aws_iam_role.build.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["codebuild:*"], Resource = "*" }] })
}

resource "aws_codebuild_project" "unit" {
  name         = "unit"
  service_role = aws_iam_role.build.arn

  source {
    type      = "GITHUB"
    buildspec = "{version: 0.2, phases: {build: {commands: [npm test]}}, reports: {unit: {files: [junit.xml]}}}"
  }
}
"""
