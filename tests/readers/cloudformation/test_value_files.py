"""Files of parameter values beside or below a template are its deployments."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.judging.dependants import dependants
from awslint_memo.readers.cloudformation import value_files

pytestmark = pytest.mark.usefixtures("polled_queues")

TEMPLATE = """
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod]}
  Days: {Type: Number, Default: 20}
  Code: {Type: String}
Resources:
  Jobs: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: !Ref Days}}
"""
OTHER = """
Parameters: {Stage: {Type: String}, Wait: {Type: Number}}
Resources: {Work: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}}}
"""
DEV, PROD = {"Stage": "dev", "Days": "20"}, {"Stage": "prod", "Days": "1"}


def configuration(values: Mapping[str, object]) -> str:
    """A template configuration of CodePipeline."""
    return json.dumps({"Parameters": values, "Tags": {"team": "shop"}})


def pairs(values: Mapping[str, object]) -> str:
    """A list as the AWS CLI takes it."""
    kept = {"ParameterKey": "Code", "UsePreviousValue": True}
    return json.dumps([*({"ParameterKey": name, "ParameterValue": value} for name, value in values.items()), kept])


def linted(folder: Path, files: Mapping[str, str]) -> tuple[list[tuple[str | None, str]], list[str]]:
    """The findings of a rule about db.yaml, each with its level and its deployments, and the notices."""
    for name, text in {"db.yaml": TEMPLATE, **files}.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_text(text)
    report = api.lint([str(folder)], select=["rds-backup-retention"], advice=True)
    return [(one.level, one.deployment or "") for one in report.findings], list(report.notices)


@pytest.mark.parametrize(
    ("dev", "prod"),
    [
        pytest.param(
            {"settings/dev.json": configuration(DEV)}, {"settings/prod.json": configuration(PROD)}, id="below"
        ),
        pytest.param({"db-dev.json": pairs(DEV)}, {"db-prod.json": configuration(PROD)}, id="beside"),
        pytest.param({"params/dev/db.json": pairs(DEV)}, {"params/prod/db.json": pairs(PROD)}, id="a folder each"),
        pytest.param({"env/dev.json": json.dumps(DEV)}, {"env/prod.json": json.dumps(PROD)}, id="maps"),
        pytest.param({"env/dev.yaml": f"Parameters: {DEV}"}, {"env/prod.yaml": f"Parameters: {PROD}"}, id="in YAML"),
        pytest.param(
            {"env/dev.json": configuration({**DEV, "Code": "${CODE}"})}, {"env/prod.json": pairs(PROD)}, id="filled"
        ),
    ],
)
def test_each_file_is_a_deployment_and_production_decides(
    tmp_path: Path, dev: dict[str, str], prod: dict[str, str]
) -> None:
    findings, [notice] = linted(tmp_path, {**dev, **prod})
    assert findings == [("warning", f"in {next(iter(prod))}")]
    assert notice.startswith("judged as deployments beside the default values: ")
    assert notice.endswith("; name yours with --parameters")
    assert next(iter(prod)) in notice


def test_files_in_a_folder_beside_that_of_the_template_are_found(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    files = {"params/dev.json": pairs(DEV), "params/prod.json": pairs(PROD), "templates/db.yaml": TEMPLATE}
    (tmp_path / "db.yaml").write_text("")
    findings, _ = linted(tmp_path, {**files, "db.yaml": ""})
    assert findings == [("warning", "in ../params/prod.json")]


def test_a_file_may_give_values_to_several_templates_that_declare_its_names_together(tmp_path: Path) -> None:
    both = {"env/dev.json": configuration({**DEV, "Wait": 20}), "env/prod.json": configuration({**PROD, "Wait": 20})}
    findings, _ = linted(tmp_path, {**both, "work.yaml": OTHER})
    assert findings == [("warning", "in env/prod.json")]


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"env/prod.json": pairs(PROD)}, id="only one"),
        pytest.param({"env/a.json": pairs(DEV), "env/b.json": pairs(PROD)}, id="names that tell no environments"),
        pytest.param({"env/dev.json": pairs(DEV), "env/prod.json": pairs({**PROD, "Size": "1"})}, id="another name"),
        pytest.param({"env/dev.json": pairs(DEV), "env/prod.json": "["}, id="broken"),
        pytest.param(
            {"env/dev.json": pairs(DEV), "env/prod.json": pairs(PROD), "more.yaml": TEMPLATE}, id="for either"
        ),
        pytest.param(
            {"env/dev.json": pairs(DEV), "env/prod-work.json": pairs(PROD), "work.yaml": TEMPLATE}, id="names another"
        ),
        pytest.param({"src/dev.json": pairs(DEV), "src/prod.json": pairs(PROD)}, id="a folder of something else"),
        pytest.param({"env/dev.json": '{"Days": "1"}', "env/prod.json": '{"Days": "1"}'}, id="one name in a map"),
        pytest.param(
            dict.fromkeys(("env/dev.json", "env/prod.json"), '{"Name": "a", "Parameters": {"Days": "1"}}'),
            id="something else with Parameters",
        ),
        pytest.param({"dev.json": pairs(DEV), "prod.json": TEMPLATE.replace("20", "30")}, id="a template"),
    ],
)
def test_other_files_change_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    findings, notices = linted(tmp_path, files)
    assert findings == []
    assert notices == []


@pytest.mark.parametrize(
    ("values", "why"),
    [
        pytest.param({**PROD, "Stage": "live"}, "Stage is none of dev, prod", id="refused"),
        pytest.param(
            {**PROD, "Days": "$DAYS"}, "a script fills in Days; name what it gives with --parameters", id="filled in"
        ),
    ],
)
def test_a_file_that_can_not_be_judged_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, str], why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    unfit = f"env/prod-eu.json: not judged as a deployment of db.yaml: {why}"
    files = {"env/dev.json": pairs(DEV), "env/prod-eu.json": pairs(values)}
    assert linted(Path(), files) == ([], [unfit])
    findings, notices = linted(Path(), {**files, "env/prod.json": pairs(PROD)})
    assert findings == [("warning", "in env/prod.json")]
    judged = "judged as deployments beside the default values: env/dev.json and env/prod.json"
    assert notices == [unfit, f"{judged}; name yours with --parameters"]


@needs_git
def test_a_file_that_can_not_be_judged_any_more_mends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    values = {"dev": DEV, "prod": {**PROD, "Days": "20"}, "prod-eu": PROD}
    files = {f"env/{name}.json": pairs(each) for name, each in values.items()}
    made(tmp_path).commit({"db.yaml": TEMPLATE, **files})
    write(tmp_path, {"env/prod-eu.json": pairs({**PROD, "Stage": "live"})})
    options = ("lint", ".", "--select", "rds-backup-retention", "--against", "HEAD")
    assert "narrowed: ./db.yaml:7: rds-backup-retention on Jobs" in invoke(*options).output
    gated = invoke(*options, "--gate")
    assert gated.exit_code == 1
    assert (
        "with the values of env/prod-eu.json, which is there; name what it is deployed with by --parameters"
        in gated.output
    )


def test_each_file_is_compared_with_many_templates_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(20):
        write(tmp_path, {f"t{number}.yaml": TEMPLATE, f"t{number}-prod.json": pairs(PROD)})
    asked: list[str] = []

    def named_in(path: str, names: Collection[str]) -> str | None:
        asked.append(path)
        return of_name(path, names)

    of_name = value_files._named_in
    monkeypatch.setattr(value_files, "_named_in", named_in)
    assert api.lint([str(tmp_path)]).errors == []
    assert len(asked) == 20


def test_a_samconfig_counts_before_such_files(tmp_path: Path) -> None:
    environment = '[{}.deploy.parameters]\ntemplate_file = "db.yaml"\nparameter_overrides = "Days={}"\n'
    files = {"samconfig.toml": environment.format("dev", 20) + environment.format("prod", 2)}
    findings, _ = linted(tmp_path, {**files, "env/dev.json": pairs(DEV), "env/prod.json": pairs(PROD)})
    assert findings == [("warning", "in prod")]


def test_a_changed_file_has_its_template_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    linted(tmp_path, {"env/dev.json": pairs(DEV), "env/prod.json": pairs(PROD), "work.yaml": OTHER})
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert list(dependants(["env/prod.json"], (), Files()).paths) == ["./db.yaml"]
    assert dependants(["work.yaml"], (), Files()).paths == {}
