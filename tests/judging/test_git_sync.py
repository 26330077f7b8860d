"""Deployment files of Git sync are the deployments of their templates; environments of samconfig files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, report

pytestmark = pytest.mark.usefixtures("polled_queues")

TEMPLATE = """\
Parameters:
  Wait: {Type: Number, Default: 20}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}
"""
SYNC = "template-file-path: stacks/orders.yaml\nparameters:\n  Wait: {wait}\ntags:\n  team: shop\n"
RULE = "sqs-long-polling"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    write("stacks/orders.yaml", TEMPLATE)


def write(path: str, text: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def found(*arguments: str) -> list[str]:
    made = report("--select", RULE, "--advice", *arguments)
    return [f"{one['level']} {one['deployment']}" for one in made["findings"]]


def test_a_deployment_file_decides_how_its_template_is_deployed() -> None:
    assert found() == []
    write("deployments/prod.yaml", SYNC.replace("{wait}", "20"))
    assert found() == []
    write("deployments/dev.yaml", SYNC.replace("{wait}", "0"))
    assert found() == ["advice in dev"]
    assert found("deployments/dev.yaml", "stacks/orders.yaml") == ["advice in dev"]
    assert report("deployments/dev.yaml")["errors"] == []


def test_json_and_a_path_from_its_own_folder() -> None:
    write("stacks/dev.json", '{"template-file-path": "./orders.yaml", "parameters": {"Wait": 0}}')
    assert found() == ["advice in dev"]


@pytest.mark.parametrize("name", ["prod", "live", "x"])
def test_the_deployment_by_default_stays_beside_those_of_deployment_files(name: str) -> None:
    write("stacks/orders.yaml", TEMPLATE.replace("20", "0"))
    write(f"vendor/{name}.yaml", SYNC.replace("{wait}", "20"))
    assert found() == ["warning in the deployment by default"]
    (notice,) = report()["summary"]["notices"]
    assert f"judged as deployments beside the default values: vendor/{name}.yaml" in notice


def test_what_the_user_names_counts() -> None:
    write("deployments/dev.yaml", SYNC.replace("{wait}", "0"))
    assert found("--parameters", "Wait=20") == []
    write(".awslint-memo.yaml", "deployments: {live: {Wait: 20}}\n")
    assert found() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "template-file-path: none.yaml\n",
            "dev.yaml:1:21: could not be read: template-file-path names none.yaml, and there is",
        ),
        (
            "template-file-path: ../../out.yaml\n",
            "template-file-path names ../../out.yaml, and there is no such file in the repository",
        ),
        (
            "template-file-path: stacks/orders.yaml\nparameters: [a]\n",
            "2:13: could not be read: parameters must be a map",
        ),
        (
            "template-file-path: stacks/orders.yaml\nparameters: {Wait: {a: b}}\n",
            "2:20: could not be read: the value of Wait is no",
        ),
    ],
)
def test_a_deployment_file_that_is_wrong_is_one_sentence(text: str, said: str) -> None:
    write("../out.yaml", TEMPLATE)
    write("deployments/dev.yaml", text)
    result = invoke("lint")
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_that_only_looks_like_one_is_none() -> None:
    write("ci.yaml", "template-file-path: x\nrunner: y\n")
    assert report()["summary"]["passed_over"] == 1


SAMCONFIG = """\
version = 0.1
[default.deploy.parameters]
parameter_overrides = "Wait=20"
[prod.deploy.parameters]
parameter_overrides = "Wait=0"
[other.deploy.parameters]
stack_name = "x"
"""


@pytest.mark.parametrize(("environment", "count"), [(None, 0), ("prod", 1), ("default", 0), ("other", 0)])
def test_an_environment_of_a_samconfig_file(environment: str | None, count: int) -> None:
    write("samconfig.toml", SAMCONFIG)
    options = [] if environment is None else ["--config-env", environment]
    assert len(found("--parameters", "samconfig.toml", *options)) == count


def test_a_deployment_of_the_configuration_has_the_environment_of_its_name() -> None:
    write("samconfig.toml", SAMCONFIG)
    write(".awslint-memo.yaml", "deployments: {prod: samconfig.toml, live: samconfig.toml}\n")
    assert found() == ["warning in prod"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--parameters", "samconfig.toml", "--config-env", "prd"], "has no environment prd; did you mean prod?"),
        (["--parameters", "samconfig.toml", "--config-env", "x9"], "no environment x9; it has default, prod, other"),
        (
            ["--parameters", "Wait=1", "--config-env", "prod"],
            "an environment is one of a samconfig file; name that with",
        ),
        (["--config-env", "prod"], "--config-env prod: an environment is one of a samconfig file; name that with --p"),
    ],
)
def test_an_environment_that_is_not_there(arguments: list[str], said: str) -> None:
    write("samconfig.toml", SAMCONFIG)
    result = invoke("lint", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
