"""What a build does after a failed test, and with which credentials: what only looks as if it were so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.linting import arn, found, messages, resource, stack, terraform

IGNORED = "build-test-ignored"
PUBLISHED = "build-publishes-failed"


def build(**phases: list[str]) -> dict[str, Any]:
    spec = {"version": 0.2, "phases": {name: {"commands": commands} for name, commands in phases.items()}}
    return stack({}, Build=resource("CodeBuild::Project", Source={"BuildSpec": json.dumps(spec)}))


NO_TESTS = (
    "rm -rf test-results",
    "pip install pytest",
    "python -m pip install pytest",
    "git checkout test",
    "test -f dist/app.zip",
    "createdb test",
    "chmod +x test.sh",
    "cat test.log",
    "source test.env",
    "npm install --save-dev jest",
    "npm run build:test",
    "docker run -d --name test postgres",
    "docker build -t app:test .",
    "mvn -f test/pom.xml deploy",
    "gradle assemble -x test",
    "go get github.com/stretchr/testify",
)
TESTS = (
    "pytest -q",
    "npm test",
    "yarn jest",
    "npm run test:unit",
    "npx cypress run",
    "poetry run pytest",
    "./gradlew test",
    "mvn -B clean test",
    "go test ./...",
    "python -m unittest",
    "python manage.py test",
    "./scripts/run-tests.sh",
    "bash test.sh",
    "make test",
    "bundle exec rspec",
    "docker run app pytest",
)


@pytest.mark.parametrize("command", NO_TESTS)
def test_what_only_has_the_name_of_a_test_may_fail(command: str) -> None:
    assert found(IGNORED, build(build=[f"{command} || true"])) == []
    assert found(PUBLISHED, build(build=[command], post_build=["docker push app"])) == []


@pytest.mark.parametrize("command", TESTS)
def test_a_test_whose_failure_does_not_matter_is_found(command: str) -> None:
    assert len(found(IGNORED, build(build=[f"{command} || true"]))) == 1
    assert len(found(PUBLISHED, build(build=[command], post_build=["docker push app"]))) == 1


@pytest.mark.parametrize(
    ("command", "is_published"),
    [
        ("aws s3 sync dist s3://releases --delete", True),
        ("aws s3 cp --recursive dist s3://releases/a --acl public-read", True),
        ("aws s3 cp s3://staged/app.zip s3://releases/app.zip", True),
        ("aws s3 cp s3://releases/notes notes --quiet", False),
        ("aws s3 cp --region eu-west-1 s3://releases/notes notes", False),
        ("aws s3 sync dist $TARGET", False),
    ],
)
def test_what_is_copied_into_a_bucket_is_published(command: str, is_published: bool) -> None:
    assert bool(found(PUBLISHED, build(build=["pytest"], post_build=[command]))) is is_published


TOKEN = "codeartifact-token"
LOGIN = "aws codeartifact login --tool npm --domain d --repository r"


def build_as(*actions: str, commands: list[str]) -> dict[str, Any]:
    """A build with a role of these actions."""
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    role = resource("IAM::Role", Policies=[{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}])
    template = build(pre_build=commands)
    template["Resources"]["Build"]["Properties"]["ServiceRole"] = arn("Role")
    template["Resources"]["Role"] = role
    return template


@pytest.mark.parametrize(
    ("actions", "commands", "is_found"),
    [
        (["codeartifact:*"], [LOGIN], True),
        (["s3:*"], [LOGIN], True),
        # The policy of the domain may allow what the role does not.
        (["sts:GetServiceBearerToken"], [LOGIN], False),
        (["s3:*"], [f"{LOGIN} --profile packages"], False),
        (["s3:*"], ["export AWS_PROFILE=packages", LOGIN], False),
        (["s3:*"], ["eval $(aws sts assume-role --role-arn r)", LOGIN], False),
    ],
)
def test_the_role_of_a_build_that_gets_a_token(actions: list[str], commands: list[str], is_found: bool) -> None:
    assert bool(found(TOKEN, build_as(*actions, commands=commands))) is is_found


@pytest.mark.parametrize("seconds", [60, 86400])
def test_a_time_for_a_token_that_is_refused(seconds: int) -> None:
    (message,) = messages(TOKEN, build(pre_build=[f"{LOGIN} --duration-seconds {seconds}"]))
    assert message.endswith("; set --duration-seconds to 900 to 43200, or to 0")


def emulating(**builds: dict[str, str]) -> dict[str, Any]:
    """Projects of one block, all of which install an emulator, and a function for Arm with the image of the first."""
    script = "docker run --privileged binfmt --install all, '${each.value.command} -t $REPO .', docker push $REPO"
    variable = {"name": "REPO", "value": "${aws_ecr_repository.images[each.key].repository_url}"}
    environment = {
        "type": "${each.value.type}",
        "image": "i",
        "privileged_mode": True,
        "environment_variable": variable,
    }
    project = {
        "for_each": builds,
        "name": "${each.key}",
        "environment": {**environment, "environment_variable": variable},
        "source": {"buildspec": f"{{version: 0.2, phases: {{build: {{commands: [{script}]}}}}}}"},
    }
    function = {"architectures": ["arm64"], "image_uri": '${aws_ecr_repository.images["orders"].repository_url}:v1'}
    return terraform(
        aws_ecr_repository={"images": {"for_each": builds, "name": "${each.key}"}},
        aws_codebuild_project={"build": project},
        aws_lambda_function={"orders": {"function_name": "orders", "package_type": "Image", **function}},
    )


def test_an_emulator_may_be_there_for_another_project_of_the_block() -> None:
    orders = {"type": "LINUX_CONTAINER", "command": "docker build"}
    audit = {"type": "ARM_CONTAINER", "command": "docker build --platform linux/amd64"}
    assert len(found("build-platform", emulating(orders=orders, audit=audit))) == 1
    # A Dockerfile may name the platform for which it is there.
    assert found("build-platform", emulating(orders=orders)) == []
    assert found("build-platform", emulating(orders=orders, audit=orders)) == []
