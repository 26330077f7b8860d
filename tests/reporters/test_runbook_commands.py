"""Every command of every runbook is a call that the services have, and uses nothing before it is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.command import invoke
from tests.recovery_scenarios import LANGUAGES, Scenario, designs
from tests.reporters.runbook_commands import wrong, wrong_in

from awslint_memo.relations.recovery.runbooks.commands import variable

ROOT = Path(__file__).parents[2]
EVERY = [word for name in ("software", "hardware", "az", "region") for word in ("--runbook", name)]
DESIGNS = [(design, language) for design in designs() for language in LANGUAGES if language in design]
FOLDERS = sorted(path for path in (ROOT / "fixtures").iterdir() if path.is_dir() and path.name != "broken")


def runbooks(*arguments: str, is_whole: bool = True) -> list[Any]:
    """The runbooks of all disruptions, as JSON. is_whole: whether each file can be read."""
    result = invoke("recovery", *arguments, "--format", "json", *EVERY)
    assert result.exit_code in ((0,) if is_whole else (0, 2)), result.stderr
    every: list[Any] = json.loads(result.stdout)["runbooks"]
    return every


@pytest.mark.parametrize(("design", "language"), DESIGNS, ids=[f"{each['design']}-{name}" for each, name in DESIGNS])
def test_commands_for_the_scenarios(tmp_path: Path, design: Mapping[str, Any], language: str) -> None:
    scenario = Scenario(design, {"name": "all", "disruption": "region"})
    for name, text in scenario.files(language).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    config = tmp_path / ".awslint-memo.yaml"
    # By what the design declares, and in an open world, in which more is a question.
    for recovery in (scenario.recovery, {**scenario.recovery, "complete": False}):
        content = {**scenario.configuration(language), "recovery": recovery}
        config.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
        for runbook in runbooks(str(tmp_path), "--config", str(config)):
            assert list(wrong_in(runbook)) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=[folder.name for folder in FOLDERS])
def test_commands_for_the_fixtures(tmp_path: Path, folder: Path) -> None:
    config = tmp_path / "regions.yaml"
    config.write_text("recovery: {rpo: 1h, regions: [eu-west-1, eu-central-1]}\n", encoding="utf-8")
    for runbook in runbooks(str(folder), "--config", str(config), is_whole=False):
        assert list(wrong_in(runbook)) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("aws rds promote-replica --region eu-west-1", "rds has no promote-replica"),
        ("aws rds promote-read-replica --region eu-west-1", "rds promote-read-replica needs --db-instance-identifier"),
        ("aws s3api head-bucket --bucket a --key b", "s3api head-bucket has no --key"),
        ("aws nothing call", "there is no service nothing"),
        ("aws rds wait db-instance-there --db-instance-identifier a", "rds has no wait"),
        ("aws ec2 describe-snapshots --filters Named=a", "ec2 describe-snapshots --filters has no Named"),
        ("aws eks update-nodegroup-config --cluster-name a --nodegroup-name b --scaling-config size=1", "has no size"),
        ("aws rds describe-db-clusters --query DBClusters[0].Arn", "has nothing at DBClusters[0].Arn"),
        ("curl https://example.com", "this is no call of the AWS CLI"),
        ("aws cloudformation deploy --stack-name a", "cloudformation deploy needs --template-file"),
        ("aws cloudformation deploy --stack-name a --template-file b --file c", "cloudformation deploy has no --file"),
    ],
)
def test_what_is_no_call_is_found(line: str, what: str) -> None:
    assert any(what in each for each in wrong(line)), list(wrong(line))


@pytest.mark.parametrize(
    ("names", "name"),
    [
        (("Orders", "vault"), "ORDERS_VAULT"),
        (("Path",), "_PATH"),
        (("Home",), "_HOME"),
        (("Region",), "_REGION"),
        (("awsProfile",), "_AWS_PROFILE"),
        (("aws_sqs_queue.orders",), "AWS_SQS_QUEUE_ORDERS"),
        (("ld", "preload"), "_LD_PRELOAD"),
        (("1st",), "_1ST"),
    ],
)
def test_variables_are_none_that_a_shell_has_already(names: tuple[str, ...], name: str) -> None:
    assert variable(*names) == name


def test_what_is_used_before_it_is_there_is_found() -> None:
    task = {"commands": ["aws backup start-restore-job --recovery-point-arn a --metadata file://a.json"]}
    late = {"name": "B", "find": None}
    early = {"name": "A", "find": 'aws s3api head-bucket --bucket "${B:?name}"'}
    other = {"commands": ['aws s3api head-bucket --bucket "${C:?name}"']}
    runbook = {"questions": [], "tasks": [task, other], "fill_in": [early, late]}
    found = list(wrong_in(runbook))
    assert any("a.json is read, and not written before" in each for each in found)
    assert any("A is found by B, which is found later" in each for each in found)
    assert any("nothing says what C is" in each for each in found)
