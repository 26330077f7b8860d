"""The environments of a samconfig file are the deployments of the template that it deploys."""

from __future__ import annotations

from pathlib import Path

import pytest

from awslint_memo import api

pytestmark = pytest.mark.usefixtures("polled_queues")

TEMPLATE = """
Parameters:
  Stage: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}
  Days: {Type: Number, Default: 20}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Jobs: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: !If [IsProd, !Ref Days, 20]}}
  Logs: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: !If [IsProd, 20, 2]}}
"""

PRODUCTION = """
[prod.deploy.parameters]
parameter_overrides = ["Stage=prod", "ParameterKey=Days,ParameterValue=1"]
"""

DEVELOPMENT = """
[default.global.parameters]
parameter_overrides = 'Stage="dev" Days=20'
"""

OF_DEVELOPMENT = "1 warning is advice, as it is of no production: "
"""The beginning of the notice of a finding that only development has."""


def linted(folder: Path, samconfig: str, name: str = "template.yaml") -> tuple[list[tuple[str | None, str]], list[str]]:
    """The findings of a rule, each with its level and its deployments, and the notices."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(TEMPLATE)
    (folder / "samconfig.toml").write_text(f"version = 0.1\n{samconfig}")
    report = api.lint([str(folder)], select=["rds-backup-retention"], advice=True)
    notices = [notice for notice in report.notices if not notice.startswith(OF_DEVELOPMENT)]
    return [(one.level, one.deployment or "") for one in report.findings], notices


def test_environments_are_deployments_of_which_production_decides(tmp_path: Path) -> None:
    findings, notices = linted(tmp_path, DEVELOPMENT + PRODUCTION)
    assert findings == [("warning", "in prod"), ("advice", "in default")]
    [notice] = notices
    assert notice.startswith("judged as deployments: the environments of ")
    assert "samconfig.toml; " in notice


def test_where_a_default_is_set_by_no_environment_the_defaults_are_judged_too(tmp_path: Path) -> None:
    without_days = PRODUCTION.replace(', "ParameterKey=Days,ParameterValue=1"', "")
    findings, _ = linted(tmp_path, DEVELOPMENT.replace(" Days=20", "") + without_days)
    assert findings == [("advice", "in default and the default values")]


@pytest.mark.parametrize(
    "samconfig",
    [
        pytest.param(DEVELOPMENT, id="only one that is not production"),
        pytest.param(DEVELOPMENT + DEVELOPMENT.replace("default", "test"), id="none is production"),
        pytest.param(PRODUCTION, id="nothing else"),
        pytest.param(DEVELOPMENT + PRODUCTION.replace("prod.", "live.").replace("=prod", "=$STAGE"), id="not literal"),
        pytest.param(DEVELOPMENT + PRODUCTION.replace("=prod", "=production"), id="refused"),
        pytest.param(DEVELOPMENT + PRODUCTION.replace("Stage", "Step").replace("Days", "D"), id="of another template"),
        pytest.param(DEVELOPMENT + PRODUCTION + 'template_file = "other.yaml"', id="names another template"),
        pytest.param(DEVELOPMENT + PRODUCTION + "[", id="broken"),
    ],
)
def test_other_files_change_nothing(tmp_path: Path, samconfig: str) -> None:
    findings, notices = linted(tmp_path, samconfig)
    assert findings == [("advice", "when Stage is not prod")]
    assert [notice for notice in notices if not notice.startswith("not judged: ")] == []


@pytest.mark.parametrize(
    "samconfig", [PRODUCTION, PRODUCTION.replace("prod.", "default."), DEVELOPMENT.replace("Days=20", "Days=1")]
)
def test_values_that_are_not_judged_are_told(tmp_path: Path, samconfig: str) -> None:
    _, notices = linted(tmp_path, samconfig)
    assert len(notices) == 1
    assert notices[0].startswith("not judged: the parameter values in ")
    assert notices[0].endswith("samconfig.toml; name it with --parameters")


def test_values_that_are_those_by_default_are_no_word(tmp_path: Path) -> None:
    assert linted(tmp_path, DEVELOPMENT)[1] == []


@pytest.mark.parametrize(
    ("name", "named", "counts"),
    [
        ("stack.yaml", "", False),
        ("stack.yaml", 'template = "stack.yaml"', True),
        ("infra/template.yaml", 'template_file = "infra/template.yaml"', True),
        ("infra/template.yaml", "", False),
        ("template.yaml", 'template_file = ".aws-sam/build/template.yaml"', True),
    ],
)
def test_a_file_is_for_the_template_that_sam_deploys(tmp_path: Path, name: str, named: str, *, counts: bool) -> None:
    tables = "".join(table.rstrip() + f"\n{named}\n" for table in (DEVELOPMENT, PRODUCTION))
    assert bool(linted(tmp_path, tables, name)[1]) is counts


def test_a_samconfig_of_yaml_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    tables = {"dev": "Stage=dev Days=20", "prod": "{Stage: prod, Days: 1}"}
    head = "deploy: {parameters: {parameter_overrides: "
    written = "".join(f"{name}: {{{head}{overrides}}}}}}}\n" for name, overrides in tables.items())
    (tmp_path / "samconfig.yaml").write_text(written)
    report = api.lint([str(tmp_path)], select=["rds-backup-retention"], advice=True)
    assert [one.deployment for one in report.findings] == ["in prod", "in dev"]


def test_a_session_sees_an_edit_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    session = api.Session()
    for days, expected in ((1, ["in prod", "in default"]), (20, ["in default"])):
        samconfig = DEVELOPMENT + PRODUCTION.replace("ParameterValue=1", f"ParameterValue={days}")
        (tmp_path / "samconfig.toml").write_text(samconfig)
        report = session.lint([str(tmp_path)], select=["rds-backup-retention"], advice=True)
        assert [one.deployment for one in report.findings] == expected


def test_a_mapping_is_looked_up_with_the_values_of_each_environment(tmp_path: Path) -> None:
    lookup = "MessageRetentionPeriod: !FindInMap [Days, !Ref Stage, Kept]"
    text = "Parameters: {Stage: {Type: String}}\nMappings: {Days: {dev: {Kept: 60}, prod: {Kept: 600}}}\n"
    (tmp_path / "template.yaml").write_text(
        f"{text}Resources: {{Jobs: {{Type: AWS::SQS::Queue, Properties: {{{lookup}}}}}}}\n"
    )
    environments = (
        f'[{name}.deploy.parameters]\nparameter_overrides = "Stage={name}"\n' for name in ("dev", "qa", "prod")
    )
    (tmp_path / "samconfig.toml").write_text("".join(environments))
    [finding] = api.lint([str(tmp_path)], select=["stack-mapping-key"], advice=True).findings
    assert "has no qa, so the stack is refused" in finding.message
    assert finding.deployment == "in qa"


CERTIFICATE = """
Resources:
  Certificate: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: a.example.com}}
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties: {CertificateArn: !Ref Certificate, EndpointConfiguration: {Types: [EDGE]}}
"""
BY_REGION = "Conditions: {IsHere: !Equals [!Ref AWS::Region, us-east-1]}\n"


@pytest.mark.parametrize(
    ("text", "regions", "count"),
    [
        pytest.param(CERTIFICATE, ["eu-west-1"], 1, id="one environment"),
        pytest.param(CERTIFICATE, ["eu-west-1", "eu-west-1"], 1, id="two with one Region"),
        pytest.param(CERTIFICATE, ["us-east-1"], 0, id="the right Region"),
        pytest.param(CERTIFICATE, ["eu-west-1", "us-east-1"], 0, id="two Regions"),
        pytest.param(CERTIFICATE, ["$REGION"], 0, id="filled in"),
        pytest.param(BY_REGION + CERTIFICATE, ["eu-west-1"], 0, id="for several Regions"),
    ],
)
def test_the_only_region_is_that_of_the_stack(tmp_path: Path, text: str, regions: list[str], count: int) -> None:
    (tmp_path / "template.yaml").write_text(text)
    environments = (f'[e{number}.deploy.parameters]\nregion = "{name}"\n' for number, name in enumerate(regions))
    (tmp_path / "samconfig.toml").write_text("".join(environments))
    assert len(api.lint([str(tmp_path)], select=["region-certificate"]).findings) == count


ALARM = """
Parameters: {Topic: {Type: String, Default: arn}}
Resources:
  Down:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/Route53, MetricName: HealthCheckStatus, AlarmActions: [!Ref Topic]}
"""


@pytest.mark.parametrize(
    ("regions", "deployments"),
    [
        pytest.param(["us-east-1", "eu-central-1"], ["in e1"], id="each in its own"),
        pytest.param(["us-east-1", None], [], id="one in any"),
        pytest.param(["us-east-1", "us-east-1"], [], id="both in one"),
    ],
)
def test_environments_for_several_regions_are_deployments(
    tmp_path: Path, regions: list[str | None], deployments: list[str]
) -> None:
    (tmp_path / "template.yaml").write_text(ALARM)
    written = ""
    for number, region in enumerate(regions):
        written += f'[e{number}.deploy.parameters]\nparameter_overrides = "Topic=a{number}"\n'
        written += "" if region is None else f'region = "{region}"\n'
    (tmp_path / "samconfig.toml").write_text(written)
    findings = api.lint([str(tmp_path)], select=["alarm-global-region"]).findings
    assert [(one.level, one.deployment) for one in findings] == [("error", where) for where in deployments]


@pytest.mark.parametrize(
    ("names", "values"),
    [
        pytest.param(["e0", "e1"], "Stage=dev Days=20", id="by a value"),
        pytest.param(["dev", "test"], "Stage=test Days=20", id="by their names"),
    ],
)
def test_development_in_several_regions_is_no_deployment(tmp_path: Path, names: list[str], values: str) -> None:
    tables = ""
    for name, region in zip(names, ["us-east-1", "eu-central-1"], strict=True):
        tables += f'[{name}.deploy.parameters]\nregion = "{region}"\nparameter_overrides = "{values}"\n'
    findings, _ = linted(tmp_path, tables)
    assert findings == [("advice", "when Stage is not prod")]
