"""What commands of the repository do is asked where a template does not say who changes what it made."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

TASK = """\
Parameters: {Tag: {Type: String, Default: latest}}
Resources:
  Images: {Type: AWS::ECR::Repository}
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties: {ContainerDefinitions: [{Name: web, Image: !Sub "${Images.RepositoryUri}:${Tag}"}]}
"""
TERRAFORM = """\
variable "tag" {
  default = "latest"
}

resource "aws_ecr_repository" "images" {
  name = "web"
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{
    name = "web", image = "${aws_ecr_repository.images.repository_url}:${var.tag}"
  }])
}
"""
GROUP = """\
Resources:
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: "resolve:ssm:/app/image"}}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "4"
      LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}
"""
TAGS, UPDATES = "ecr-moving-tag", "autoscaling-update-missing"
REFRESH = "aws autoscaling start-instance-refresh --auto-scaling-group-name web\n"
PLAN = """\
jobs:
  a:
    steps:
      - env:
          TF_VAR_tag: ${{ github.sha }}
        run: terraform apply
"""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def found(rule: str, files: dict[str, str]) -> list[str]:
    for path, text in files.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)
    return [one["message"] for one in report("--advice", "--select", rule, "infra")["findings"]]


@pytest.mark.parametrize(("path", "text", "name"), [("a.yaml", TASK, "Tag"), ("a.tf", TERRAFORM, "tag")])
def test_a_message_says_whose_default_a_tag_is(path: str, text: str, name: str) -> None:
    [message] = found(TAGS, {f"infra/{path}": text})
    assert message.endswith(f"such as the commit (default of {name})")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/workflows/a.yml", PLAN),
        ("deploy.sh", "export TF_VAR_tag=$(git rev-parse HEAD)\n"),
        ("Makefile", "apply:\n\tterraform apply -var tag=$(TAG)\n"),
        ("deploy.sh", "terraform apply -var='tag=1.2'\n"),
        ("deploy.sh", "aws ecs register-task-definition --cli-input-json file://task.json\n"),
    ],
)
def test_a_command_may_give_a_variable_another_tag(path: str, text: str) -> None:
    assert found(TAGS, {"infra/a.tf": TERRAFORM, path: text}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("deploy.sh", "aws cloudformation deploy --parameter-overrides Stage=prod Tag=$TAG\n"),
        ("deploy.sh", 'sam deploy \\\n  --parameter-overrides "Stage=prod" \\\n  "Tag=$TAG"\n'),
        ("deploy.sh", "aws cloudformation create-stack --parameters ParameterKey=Tag,ParameterValue=$TAG\n"),
        (".github/workflows/a.yml", "steps: [{uses: aws-actions/amazon-ecs-deploy-task-definition@v2}]\n"),
    ],
)
def test_a_command_may_give_a_parameter_another_tag(path: str, text: str) -> None:
    assert found(TAGS, {"infra/a.yaml": TASK, path: text}) == []


@pytest.mark.parametrize(
    "text",
    [
        "export TF_VAR_tag=latest\n",
        'terraform apply -var "tag=latest"\n',
        "# terraform apply -var tag=$TAG\n",
        "terraform apply -var other_tag=$TAG\n",
        "aws cloudformation deploy --parameter-overrides tag=$TAG\n",
        "docker build --tag=$TAG .\n",
    ],
)
def test_other_commands_change_nothing(text: str) -> None:
    assert len(found(TAGS, {"infra/a.tf": TERRAFORM, "deploy.sh": text})) == 1


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("scripts/deploy.sh", REFRESH, 0),
        (".github/workflows/a.yml", f"steps: [{{run: {REFRESH.strip()}}}]\n", 0),
        ("scripts/deploy.sh", f"# {REFRESH}", 1),
        ("notes.md", REFRESH, 1),
    ],
)
def test_a_command_may_refresh_the_instances_of_a_group(path: str, text: str, count: int) -> None:
    assert len(found(UPDATES, {"infra/a.yaml": GROUP, path: text})) == count
