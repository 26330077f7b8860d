"""Calls of modules whose source names the repository in which they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

from awslint_memo.readers.terraform.module_sources import GitSource, git_source

pytestmark = needs_git

DATABASE = """\
variable "days" {}
resource "aws_db_instance" "d" {
  engine                  = "mysql"
  backup_retention_period = var.days
}
"""
CALL = 'provider "aws" {}\nmodule "db" {\n  source = "%s"\n  days   = 0\n%s}\n'
SELECT = ("--select", "rds-backup-retention")


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("git::https://github.com/Acme/Infra.git//modules/db?ref=v1", ("github.com/acme/infra", "modules/db")),
        ("git::https://git.acme.dev/infra?depth=1&ref=v1", ("git.acme.dev/infra", "")),
        ("git::https://token:secret@git.acme.dev:8443/infra//db", ("git.acme.dev/infra", "db")),
        ("git::ssh://git@github.com/acme/infra//db", ("github.com/acme/infra", "db")),
        ("git@github.com:acme/infra.git//db", ("github.com/acme/infra", "db")),
        ("git::git@git.acme.dev:team/infra.git", ("git.acme.dev/team/infra", "")),
        ("github.com/acme/infra/db/small", ("github.com/acme/infra", "db/small")),
        ("github.com/acme/infra//db", ("github.com/acme/infra", "db")),
        ("bitbucket.org/acme/infra", ("bitbucket.org/acme/infra", "")),
        ("./modules/db", None),
        ("../db", None),
        ("terraform-aws-modules/rds/aws", None),
        ("app.terraform.io/acme/rds/aws", None),
        ("s3::https://s3.amazonaws.com/acme/db.zip", None),
        ("https://acme.dev/db.zip", None),
        ("hg::https://acme.dev/db", None),
        ("", None),
    ],
)
def test_a_source_names_a_repository_and_a_folder(source: str, asked: tuple[str, str] | None) -> None:
    assert git_source(source) == (None if asked is None else GitSource(*asked))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    repository.commit({"modules/db/main.tf": DATABASE})
    return repository


def calling(source: str, more: str = "") -> tuple[list[str], list[str]]:
    """The places of the findings in a repository with a call of a module, and the notices."""
    Path("live").mkdir(exist_ok=True)
    Path("live/main.tf").write_text(CALL % (source, more))
    told = report(*SELECT, "live")
    return [f"{each['path']}:{each['line']}" for each in told["findings"]], told["summary"]["notices"]


@pytest.mark.parametrize("ref", ["", "?ref=v1"])
def test_a_module_of_this_repository_is_read_as_it_is_here(repository: Repository, ref: str) -> None:
    repository.git("remote", "add", "upstream", "https://github.com/acme/infra")
    source = f"git::ssh://git@github.com/acme/infra.git//modules/db{ref}"
    found, notices = calling(source)
    assert found == ["live/main.tf:4"]
    assert notices == [f"1 module read as it is here, whatever revision it names: module db ({source}) as modules/db"]


def test_a_module_of_another_repository_is_not_read(repository: Repository) -> None:
    repository.git("remote", "add", "origin", "https://github.com/acme/infra")
    found, notices = calling("git::https://github.com/acme/other//modules/db")
    assert (found, "terraform get" in notices[0]) == ([], True)


def test_a_call_that_does_not_fit_the_module_here_is_told(repository: Repository) -> None:
    repository.git("remote", "add", "origin", "https://github.com/acme/infra")
    found, notices = calling("github.com/acme/infra//modules/db", "  size = 1\n")
    assert (found, "its folder in this repository has no variable size" in notices[0]) == ([], True)
    found, notices = calling("github.com/acme/infra//modules/none")
    assert (found, "terraform get" in notices[0]) == ([], True)


def test_a_source_that_leads_out_of_the_repository_is_not_followed(repository: Repository) -> None:
    repository.git("remote", "add", "origin", "https://github.com/acme/infra")
    found, notices = calling("git::https://github.com/acme/infra//../../etc")
    assert (found, any("outside of the root" in notice for notice in notices)) == ([], True)


def test_without_a_remote_it_is_as_any(repository: Repository) -> None:
    assert calling("github.com/acme/infra//modules/db")[0] == []
    assert invoke("lint", "live").exit_code == 0


@pytest.mark.parametrize(
    ("source", "start", "folder"),
    [
        ("git::https://git.dev/terraform-db.git?ref=v1", "git::https://git.dev/terraform-{1}", "modules/{1}"),
        ("git::https://git.acme.dev/all//db", "git::https://git.acme.dev/all", "modules"),
        ("app.terraform.io/acme/db/aws", "app.terraform.io/acme/{1}/aws", "modules/{1}"),
        ("acme/all/aws//modules/db", "acme/all/aws", "."),
        ("acme/all/aws//modules/db", "acme/{2}/{1}//modules", "modules"),
    ],
)
def test_the_configuration_says_where_modules_are(repository: Repository, source: str, start: str, folder: str) -> None:
    repository.commit({".awslint-memo.yaml": f"modules: {{'{start}': '{folder}', 'acme/al': none}}\n"})
    found, notices = calling(source)
    assert (found, notices[0].endswith(") as modules/db")) == (["live/main.tf:4"], True)


@pytest.mark.parametrize(
    "start", ["acme/d", "acme/db/aw", "me/db/aws", "acme/{1}/gcp", "acme/{1}/{1}", "acme/db{1}/aws"]
)
def test_another_source_is_none_of_the_configuration(repository: Repository, start: str) -> None:
    repository.commit({".awslint-memo.yaml": f"modules: {{'{start}': modules/db}}\n"})
    found, notices = calling("acme/db/aws")
    assert (found, "terraform get" in notices[0]) == ([], True)


def test_a_folder_of_modules_that_leads_out_of_the_root_ends_the_run(repository: Repository) -> None:
    repository.commit({".awslint-memo.yaml": "modules: {'acme/db/aws': ../modules}\n"})
    result = invoke("lint", ".")
    assert (result.exit_code, "modules names ../modules" in result.stderr) == (2, True)
    assert ".awslint-memo.yaml:1:" in result.stderr
    Path("inner").mkdir()
    write(
        Path("inner"),
        {"main.tf": CALL % ("acme/db/aws", ""), ".awslint-memo.yaml": "modules: {'acme/{1}/aws': '../modules/{1}'}\n"},
    )
    repository.git("rm", "-q", ".awslint-memo.yaml")
    assert [each["line"] for each in report(*SELECT, "inner")["findings"]] == [4]


def test_a_part_of_a_source_has_one_name(repository: Repository) -> None:
    repository.commit({".awslint-memo.yaml": "modules: {'acme/{1}-{2}/aws': modules}\n"})
    result = invoke("lint", ".")
    assert result.exit_code == 2
    assert ".awslint-memo.yaml:1:11: " in result.stderr
    assert "two names in one part" in result.stderr


def test_a_name_leads_nowhere_else(repository: Repository) -> None:
    repository.commit({".awslint-memo.yaml": "modules: {'acme/{1}/aws': 'modules/{1}'}\n"})
    found, notices = calling("acme/..//../../aws")
    assert found == []
    found, notices = calling("acme/../aws//../..")
    assert (found, any("outside of the root" in notice for notice in notices)) == ([], True)


@pytest.mark.parametrize(
    ("modules", "exit_code", "sentence"),
    [
        ("3", 2, "must be a map of folders"),
        ("{acme/db/aws: 3}", 2, "must be the path of a folder"),
        ("{acme/db/aws: ''}", 2, "must be the path of a folder"),
        ("{acme/db/aws: /etc}", 2, "outside of the root"),
        ("{acme/db/aws: .git}", 2, "outside of the root"),
        ('{acme/db/aws: "a\\0b"}', 2, "a NUL character"),
        ("{acme/db/aws: .}", 0, "its folder in this repository has no variable days"),
        ("{acme/db/aws: live/main.tf}", 0, "terraform get"),
        (f"{{acme/db/aws: {'a/' * 3000}}}", 2, "outside of the root"),
        ("{'': modules}", 0, "terraform get"),
        ("{'acme/{1/aws': modules}", 0, "terraform get"),
        ("{'acme/{1}/aws': 'modules/{9}'}", 0, "terraform get"),
        ('{acme/db/aws: "\\e[31m\\n::error::a"}', 0, "terraform get"),
    ],
)
def test_a_hostile_map_of_modules_ends_in_a_sentence(
    repository: Repository, modules: str, exit_code: int, sentence: str
) -> None:
    call = {"main.tf": CALL % ("acme/db/aws", "")}
    repository.commit({"live/main.tf": call["main.tf"], "main.tf": "", ".awslint-memo.yaml": f"modules: {modules}\n"})
    result = invoke("lint", "live")
    told = result.output + result.stderr
    assert (result.exit_code, sentence in told) == (exit_code, True), told
    assert "\x1b" not in told
