"""Packages, profiles and images: what misleads."""

from __future__ import annotations

import json

from awslint_memo.files.source import Source
from awslint_memo.judging.judge import LintOptions, lint
from awslint_memo.judging.registry import rules
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform_names import LOOKED_AT


def said(rule: str, text: str) -> list[tuple[str | None, str]]:
    chosen = rules()[rule]
    read = template(Source("file", text.encode()))
    assert read is not None
    return [(one.level, one.message) for one in lint(read, LintOptions([chosen], LOOKED_AT | set(chosen.resource)))[0]]


def association(actions: list[str]) -> str:
    type_ = "aws_codegurureviewer_repository_association"
    change = {"actions": actions, "before": None, "after": {"name": "orders"}, "after_unknown": {}}
    entry = {"address": f"{type_}.orders", "mode": "managed", "type": type_, "name": "orders", "change": change}
    return json.dumps({"format_version": "1.2", "planned_values": {}, "resource_changes": [entry], "configuration": {}})


def test_an_association_that_a_plan_finds_there_is_left_alone() -> None:
    assert said("codeguru-reviewer-closed", association(["no-op"])) == []
    assert said("codeguru-reviewer-closed", association(["update"])) == []
    assert len(said("codeguru-reviewer-closed", association(["create"]))) == 1
    assert len(said("codeguru-reviewer-closed", association(["delete", "create"]))) == 1


def test_a_fixed_ami_is_graver_beside_an_image_pipeline() -> None:
    launch = "  Web:\n    Type: AWS::EC2::LaunchTemplate\n    Properties: {LaunchTemplateData: {ImageId: ami-1}}\n"
    pipeline = "  Images:\n    Type: AWS::ImageBuilder::ImagePipeline\n    Properties: {Name: web}\n"
    containers = pipeline.replace("{Name: web}", "{Name: web, ContainerRecipeArn: arn}")
    assert [level for level, _ in said("ec2-fixed-ami", f"Resources:\n{launch}")] == ["advice"]
    assert [level for level, _ in said("ec2-fixed-ami", f"Resources:\n{launch}{pipeline}")] == ["warning"]
    assert [level for level, _ in said("ec2-fixed-ami", f"Resources:\n{launch}{containers}")] == ["advice"]


def test_two_connections_and_a_connection_beside_upstreams_are_refused() -> None:
    repository = (
        "Resources:\n  R:\n    Type: AWS::CodeArtifact::Repository\n    Properties: {{RepositoryName: r, {}}}\n"
    )
    two = repository.format("ExternalConnections: ['public:npmjs', 'public:pypi']")
    both = repository.format("ExternalConnections: ['public:npmjs'], Upstreams: [other]")
    message = "R has 2 external connections, and CodeArtifact takes one; give each a repository"
    assert said("codeartifact-public-upstream", two) == [("error", message)]
    message = (
        "R is connected with public:npmjs and has upstreams, which CodeArtifact refuses; make two repositories of it"
    )
    assert said("codeartifact-public-upstream", both) == [("error", message)]


def test_a_connection_beside_upstreams_that_are_not_known_is_not_refused() -> None:
    repository = (
        "Parameters: {{Behind: {{Type: CommaDelimitedList}}}}\n"
        "Resources:\n  R:\n    Type: AWS::CodeArtifact::Repository\n"
        "    Properties: {{RepositoryName: r, ExternalConnections: ['public:npmjs'], Upstreams: {}}}\n"
    )
    for upstreams in ("!Ref Behind", "[]"):
        found = said("codeartifact-public-upstream", repository.format(upstreams))
        assert [level for level, _ in found] == ["warning"]


def test_origins_are_said_of_the_public_repository_by_its_name() -> None:
    repository = (
        "Parameters: {{From: {{Type: String}}}}\nResources:\n  R:\n    Type: AWS::CodeArtifact::Repository\n"
        "    Properties: {{RepositoryName: r, ExternalConnections: [{}]}}\n"
    )
    for connection, name in (("public:npmjs", "public:npmjs"), ("!Ref From", "a public repository")):
        [(_, message)] = said("codeartifact-origin-control", repository.format(connection))
        assert message.startswith(f"R lets every package of {name} in; ")


def recipe(parent: str, components: str = "") -> str:
    return (
        "Resources:\n  P:\n    Type: AWS::ImageBuilder::ImagePipeline\n"
        '    Properties: {Name: p, ImageRecipeArn: !Ref R, Schedule: {ScheduleExpression: "rate(1 day)"}}\n'
        "  R:\n    Type: AWS::ImageBuilder::ImageRecipe\n"
        f"    Properties: {{ParentImage: '{parent}', Components: [{components}]}}\n"
    )


def test_one_thing_that_moves_is_enough() -> None:
    arn = "arn:aws:imagebuilder:eu-west-1:aws"
    assert (
        said("imagebuilder-parent-pinned", recipe("ami-1", f"{{ComponentArn: '{arn}:component/update/x.x.x'}}")) == []
    )
    assert said("imagebuilder-parent-pinned", recipe(f"{arn}:image/al/2024.x.x")) == []
    assert said("imagebuilder-parent-pinned", recipe("ssm:/aws/service/ami")) == []
    assert len(said("imagebuilder-parent-pinned", recipe(f"{arn}:image/al/2024.1.2"))) == 1
    assert len(said("imagebuilder-parent-pinned", recipe(f"{arn}:image/al/2024.1.2/1"))) == 1
