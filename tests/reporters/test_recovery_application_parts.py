"""Applications of the configuration that name resources alone: which are looked at by themselves, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import PROVIDERS, in_words, runbooks

ROOT = (
    PROVIDERS
    + """\
resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_elasticache_cluster" "cache" {
  engine = "redis"
}
resource "aws_ecs_service" "web" {
  name          = "web"
  desired_count = 2
}
resource "aws_lb" "web" {
  name = "web"
}
resource "aws_route53_record" "www" {
  zone_id = "Z1"
  name    = "www.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.web.dns_name]
}
"""
)
CHANGED = "Change www.example.com CNAME so that it leads to eu-central-1, where nothing of it leads yet"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def declared(applications: str) -> str:
    return (
        "recovery: {complete: true, regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h,"
        f" applications: {{{applications}}}}}\n"
    )


@pytest.mark.parametrize(
    "application",
    [
        "cache: {resources: [aws_elasticache_*], rebuildable: filled again}",
        # What can be made again may be beside what leads requests, which is for all.
        "cache: {resources: [aws_elasticache_*, aws_route53_*], rebuildable: filled again}",
        "files: {resources: [aws_s3_bucket.*], region: {rpo: 15m}}",
    ],
)
def test_some_stores_of_a_root_have_no_runbook_and_no_strategy_of_their_own(here: Path, application: str) -> None:
    [runbook] = runbooks("region", declared(application), main_tf=ROOT)
    assert CHANGED in in_words(runbook["tasks"])
    assert not any(question["what"].startswith("what leads requests") for question in runbook["questions"])
    table = printed("recovery")
    assert table.count("\nstrategy") == 1
    assert ("rpo 15m" in table or "15m" in table) == ("rpo: 15m" in application)
    assert ("rebuildable: filled again" in table) == ("rebuildable" in application)


def test_what_serves_by_itself_is_apart_and_told_what_others_lead(here: Path) -> None:
    other = 'resource "aws_ecs_service" "jobs" {\n  name          = "jobs"\n  desired_count = 1\n}\n'
    web = "web: {resources: [aws_lb.*, aws_route53_*, aws_ecs_service.web]}"
    jobs = "jobs: {resources: [aws_ecs_service.jobs, aws_s3_bucket.*]}"
    every = {each["name"]: each for each in runbooks("region", declared(f"{web}, {jobs}"), main_tf=ROOT + other)}
    assert {"web", "jobs"} <= set(every)
    [led] = [each for each in every["jobs"]["questions"] if each["what"].startswith("what leads requests")]
    assert led["notes"] == [
        "Of other applications, aws_route53_record.www may: declare what belongs together (`applications`)."
    ]


def test_a_strategy_of_its_own_sets_stores_apart(here: Path) -> None:
    application = "files: {resources: [aws_s3_bucket.*], strategy: pilot-light}"
    names = [each["name"] for each in runbooks("region", declared(application), main_tf=ROOT)]
    assert "files" in names


def test_stores_of_two_templates_that_belong_together_stay_one_application(here: Path) -> None:
    database = "Resources:\n  %s: {Type: AWS::RDS::DBInstance, Properties: {%s}}\n"
    function = "  Work: {Type: AWS::Lambda::Function, Properties: {FunctionName: %s}}\n"
    deployed = (
        "deployments: {first: {AWS::Region: eu-west-1, paths: [a.yaml]},"
        " second: {AWS::Region: eu-central-1, paths: [b.yaml]}}\n"
    )
    home = database % ("Orders", "DBInstanceIdentifier: orders") + function % "a"
    copy = "arn:aws:rds:eu-west-1:123456789012:db:orders"
    away = database % ("OrdersCopy", f'SourceDBInstanceIdentifier: "{copy}", SourceRegion: eu-west-1') + function % "b"
    configuration = deployed + declared('orders: {resources: ["Orders*"], rpo: 15m}')
    every = {each["name"]: each for each in runbooks("region", configuration, a_yaml=home, b_yaml=away)}
    assert any(what.startswith("Promote the read replica OrdersCopy") for what in in_words(every["orders"]["tasks"]))


@pytest.mark.parametrize("whole", ["shop: {paths: ['**']}", "shop: {paths: ['*']}"])
def test_stores_of_an_application_by_paths_stay_with_it(here: Path, whole: str) -> None:
    template = "Resources:\n  Files: {Type: AWS::S3::Bucket}\n  Work: {Type: AWS::Lambda::Function}\n"
    for text, files in (
        ("files: {resources: [aws_s3_bucket.*], rpo: 15m}", {"main_tf": ROOT}),
        ("files: {resources: [Files], rpo: 15m}", {"a_yaml": template}),
    ):
        for path in (*here.glob("*.tf"), *here.glob("*.yaml")):
            path.unlink()
        [runbook] = runbooks("region", declared(f"{whole}, {text}"), **files)
        assert runbook["name"] == "shop"
        table = printed("recovery")
        assert table.count("\nstrategy") == 1
        assert "15m" in table
