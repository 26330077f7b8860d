"""The configuration: how it is found, its settings, and messages for errors in it."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.cases import each_case

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.files.rule_files import packaged
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem, Span
from awslint_memo.settings.loading import load
from awslint_memo.settings.settings import Settings
from awslint_memo.settings.validation import SCHEMA

pytestmark = pytest.mark.usefixtures("polled_queues")

OPTIONS = {
    "factor": 6,
    "strict_names": True,
    "names": ("dev", "test"),
    "label": "x",
    "limits": (1, 2),
    "days": 7,
    "most": 2,
}


RANGES = {"factor": (1, None), "most": (None, 2), "days": (1, 35)}


def made(id_: str, *aliases: str, options: dict[str, object] | None = None) -> Rule:
    ranges = RANGES if options else {}
    return Rule(id_, "warning", aliases=aliases, memo="-", aws="-", options=options or {}, ranges=ranges, service="sqs")


RULES = {
    rule.id: rule for rule in (made("sqs-margin", "sqs-old", options=OPTIONS), made("sqs-wait"), made("rds-multi-az"))
} | dict(ENGINE_RULES)

YAML = """\
select: [sqs-*]
ignore:
  - sqs-old
fail-on: error
rules:
  sqs-wait: off
  rds-multi-az: advice
  sqs-old:
    level: error
    factor: 1.5
    strict-names: false
    names: [a]
    limits: [3]
suppress:
  - rules: [sqs-*]
    reason: a sandbox
  - rules: [rds-multi-az]
    paths: [legacy/**]
    resources: ['module.old.*']
    reason: moves away
    until: 2027-03-31
exclude: [vendor]
include: [cdk.out]
processing-time:
  orders: 45s
  Bills: 2m
  slow.fifo: 1.5
production: [prod]
development: []
"""

TOML = """\
[project]
dependencies = ["awslint-memo==1"]
[tool.ruff]
select = ["E"]
[tool.awslint-memo]
select = ["sqs-*"]
ignore = ["sqs-old"]
fail-on = "error"
exclude = ["vendor"]
include = ["cdk.out"]
production = ["prod"]
development = []
[tool.awslint-memo.rules]
sqs-wait = "off"
rds-multi-az = "advice"
[tool.awslint-memo.rules.sqs-old]
level = "error"
factor = 1.5
strict-names = false
names = ["a"]
limits = [3]
[[tool.awslint-memo.suppress]]
rules = ["sqs-*"]
reason = "a sandbox"
[[tool.awslint-memo.suppress]]
rules = ["rds-multi-az"]
paths = ["legacy/**"]
resources = ["module.old.*"]
reason = "moves away"
until = 2027-03-31
[tool.awslint-memo.processing-time]
orders = "45s"
Bills = "2m"
"slow.fifo" = 1.5
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(text: str, name: str = ".awslint-memo.yaml") -> Settings:
    Path(name).write_text(text, encoding="utf-8")
    return load("", None, RULES, Files())


def problem(text: str, name: str = ".awslint-memo.yaml") -> str:
    with pytest.raises(Problem) as caught:
        written(text, name)
    return str(caught.value)


def test_without_a_configuration_there_are_the_defaults() -> None:
    assert load("", None, RULES, Files()) == Settings()


@pytest.mark.parametrize(
    ("name", "text"), [(".awslint-memo.yaml", YAML), (".awslint-memo.yml", YAML), ("pyproject.toml", TOML)]
)
def test_yaml_and_toml_give_the_same_settings(name: str, text: str, here: Path) -> None:
    settings = written(text, name)
    assert (settings.path, settings.root) == (name, str(here))
    assert (settings.select, settings.ignore, settings.fail_on) == (("sqs-*",), ("sqs-old",), "error")
    assert settings.off == {"sqs-wait"}
    assert settings.levels == {"rds-multi-az": "advice", "sqs-margin": "error"}
    assert settings.options == {"sqs-margin": {"factor": 1.5, "strict_names": False, "names": ("a",), "limits": (3,)}}
    assert (settings.exclude, settings.include) == (((str(here), "vendor"),), ((str(here), "cdk.out"),))
    assert settings.declared == Declared({"orders": 45, "Bills": 120, "slow.fifo": 1.5}, ("prod",), ())
    first, second = settings.suppress
    assert (first.directive.rules, first.directive.reason, first.directive.until) == (("sqs-*",), "a sandbox", None)
    assert (second.directive.until, second.paths, second.resources) == (
        date(2027, 3, 31),
        ("legacy/**",),
        ("module.old.*",),
    )
    lines = (text.split("\n")[one.span.line - 1] for one in (first, second))
    assert list(lines) in (
        ["  - rules: [sqs-*]", "  - rules: [rds-multi-az]"],
        ["[[tool.awslint-memo.suppress]]"] * 2,
    )
    assert first.span.line < second.span.line


def test_a_suppression_covers_by_path_from_its_folder_and_by_address(here: Path) -> None:
    second = written(YAML).suppress[1]

    def finding(path: str, resource: str) -> Finding:
        return Finding("x", Span(path, 1, 1, 1, 2), resource, "AWS::RDS::DBInstance")

    assert second.covers(finding("legacy/a/plan.json", 'module.old.aws_db_instance.a["x"]'))
    assert second.covers(finding(str(here / "legacy" / "plan.json"), "module.old.aws_db_instance.a[0]"))
    assert not second.covers(finding("plan.json", "module.old.aws_db_instance.a"))
    assert not second.covers(finding("legacy/plan.json", "module.new.aws_db_instance.a"))


def test_the_nearest_configuration_counts_up_to_the_repository(here: Path) -> None:
    Path(".awslint-memo.yaml").write_text("fail-on: error", encoding="utf-8")
    below = here / "a" / "b"
    below.mkdir(parents=True)
    (here / "a" / "pyproject.toml").write_text("[tool.black]\n# awslint-memo comes later\n", encoding="utf-8")
    assert load(str(below), None, RULES, Files()).fail_on == "error"
    (here / "a" / "pyproject.toml").write_text("[tool.awslint-memo]\nfail-on = 'advice'\n", encoding="utf-8")
    assert load(str(below), None, RULES, Files()).fail_on == "advice"
    assert load(str(below), None, RULES, Files()).root == str(here / "a")
    (below / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    assert load(str(below), None, RULES, Files()) == Settings()
    (below / ".awslint-memo.yml").write_text("", encoding="utf-8")
    assert load(str(below), None, RULES, Files()).path == str(Path("a", "b", ".awslint-memo.yml"))


def test_a_foreign_pyproject_that_is_broken_is_none_of_ours() -> None:
    assert written("[tool.black\n", "pyproject.toml") == Settings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.yaml", "fail-on: error"),
        ("x.toml", "fail-on = 'error'"),
        ("x.toml", "[tool.awslint-memo]\nfail-on = 'error'"),
    ],
)
def test_a_file_that_is_named_counts_alone_and_from_where_one_is(name: str, text: str) -> None:
    Path(".awslint-memo.yaml").write_text("nonsense: 1", encoding="utf-8")
    Path("ci").mkdir()
    Path("ci", name).write_text(text, encoding="utf-8")
    settings = load("", str(Path("ci", name)), RULES, Files())
    assert (settings.fail_on, settings.path, settings.root) == ("error", str(Path("ci", name)), "")


def test_a_file_that_is_named_must_be_one() -> None:
    with pytest.raises(Problem, match=r"nothing\.yaml:1:1: no such file"):
        load("", "nothing.yaml", RULES, Files())
    Path("pyproject.toml").write_text("[tool.black]", encoding="utf-8")
    with pytest.raises(Problem, match=r"the file has no table \[tool\.awslint-memo\]"):
        load("", "pyproject.toml", RULES, Files())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\nselct: []", "2:1: selct is not a setting; did you mean select?"),
        ("xyz: 1", "1:1: xyz is not a setting; the settings are extends, select, ignore, fail-on, rules-as-of, "),
        ("- a", '1:1: the configuration must be a map of settings, not ["a"]'),
        ("fail-on: high", '1:1: fail-on must be error, warning, advice or never, not "high"'),
        ("select: sqs-*", '1:1: select must be a list of names or patterns such as sqs-*, not "sqs-*"'),
        ("select:\n- sqs-*\n- sqs-wiat", "3:3: there is no rule sqs-wiat; did you mean sqs-wait?"),
        ("ignore: [ecs-*]", "1:10: there is no rule ecs-*"),
        ("rules:\n  sqs-wiat: off", "2:3: there is no rule sqs-wiat; did you mean sqs-wait?"),
        ("rules:\n  sqs-wait: loud", "2:3: rules.sqs-wait must be off, error, warning, advice, or a map of level and"),
        ("rules: {sqs-wait: on}", "1:9: rules.sqs-wait must be off, error, warning, advice, or a map of level and"),
        ("rules:\n  sqs-wait:\n    level: 1", "3:5: rules.sqs-wait.level must be off, error, warning or advice, not 1"),
        ("rules: {sqs-wait: {factor: 1}}", "1:20: sqs-wait has no option factor; it has no options"),
        ("rules: {sqs-margin: {facter: 1}}", "1:22: sqs-margin has no option facter; did you mean factor?"),
        ("rules: {sqs-margin: {strict_names: true}}", "did you mean strict-names?"),
        ("rules: {sqs-margin: {factor: '6'}}", 'rules.sqs-margin.factor must be a number, not "6"'),
        ("rules: {sqs-margin: {factor: 0.5}}", "1:22: rules.sqs-margin.factor must be at least 1, not 0.5"),
        ("rules: {sqs-margin: {most: 3}}", "1:22: rules.sqs-margin.most must be at most 2, not 3"),
        ("rules: {sqs-margin: {days: 36}}", "1:22: rules.sqs-margin.days must be from 1 to 35, not 36"),
        ("rules: {sqs-margin: {factor: true}}", "rules.sqs-margin.factor must be a number, not true"),
        ("rules: {sqs-margin: {strict-names: 1}}", "rules.sqs-margin.strict-names must be true or false, not 1"),
        ("rules: {sqs-margin: {names: a}}", 'rules.sqs-margin.names must be a list of texts, not "a"'),
        ("rules: {sqs-margin: {limits: [a]}}", 'rules.sqs-margin.limits must be a list of numbers, not ["a"]'),
        ("rules: {sqs-margin: {label: 1}}", "rules.sqs-margin.label must be a text, not 1"),
        ("rules:\n  sqs-old: off\n  sqs-margin: off", "3:3: sqs-margin and sqs-old are the same rule; keep one"),
        ("rules: []", "1:1: rules must be a map of rule ids to settings, not []"),
        ("suppress:\n- rules: [sqs-wait]", "2:3: suppress[0] has no reason; add a text that says why"),
        ("suppress:\n- rules: [sqs-wait]\n  reason: ' '", "3:3: suppress[0].reason must be a text that says why"),
        (
            "suppress:\n- rule: [sqs-wait]\n  reason: x",
            "2:3: rule is not a setting of suppress[0]; did you mean rules?",
        ),
        ("suppress:\n- rules: [sqs-wiat]\n  reason: x", "2:11: there is no rule sqs-wiat; did you mean sqs-wait?"),
        ("suppress:\n- {rules: [], reason: x}", "suppress[0].rules must be a list of at least one rule id"),
        ("suppress:\n- {rules: [sqs-*], reason: x, until: soon}", "suppress[0].until must be a day written YYYY-MM-DD"),
        ("suppress:\n- {rules: [sqs-*], reason: x, until: 2027-02-30}", "has the invalid date 2027-02-30; write"),
        ("processing-time: {orders: fast}", "1:19: processing-time.orders must be a length of time such as 45s, 2m or"),
        ("processing-time: {orders: 0}", "processing-time.orders must be a length of time"),
        ("production: [1]", "1:14: production[0] must be a name, not 1"),
        ("environments: 1", "1:1: environments must be false, or a map of production, development and folders, not 1"),
        ("environments: {production: [1]}", "1:29: environments.production[0] must be a name, not 1"),
        ("environments: {prod: [x]}", "1:16: prod is not a setting of environments; the settings are production, dev"),
        (
            "production: [a]\nenvironments: {production: [b]}",
            "1:1: production is written under environments too; keep one of them",
        ),
        ("select: [sqs-*", "1:9: a comma or the closing bracket of this list or mapping is missing; add it"),
        ("select: []\nselect: []", "2:1: duplicate key select (first on line 1); keep one of them"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(text: str, wanted: str) -> None:
    assert wanted in problem(text)
    assert problem(text).startswith(".awslint-memo.yaml:")


@each_case(
    ("text", "wanted"),
    [
        ("[tool.ruff]\nselect = []\n[tool.awslint-memo]\nselect = 1", "pyproject.toml:4:1: select must be a list"),
        (
            "[tool.awslint-memo]\nignore = []\nselct = 1",
            "pyproject.toml:3:1: selct is not a setting; did you mean select?",
        ),
        ("[tool.awslint-memo.rules]\n\nsqs-wiat = false", "pyproject.toml:3:1: there is no rule sqs-wiat"),
        (
            "[tool.awslint-memo.rules.sqs-margin]\nfactor = 'x'",
            "pyproject.toml:2:1: rules.sqs-margin.factor must be a nu",
        ),
        (
            "[[tool.awslint-memo.suppress]]\nrules=['sqs-*']\nreason='x'\n[[tool.awslint-memo.suppress]]\nreason='x'",
            "pyproject.toml:4:1: suppress[1] has no rules",
        ),
        ("[tool.awslint-memo]\nselect = [", "pyproject.toml:2:"),
        ("tool = {awslint-memo = {selct = 1}}", "pyproject.toml:1:1: selct is not a setting"),
        ("[tool]\nawslint-memo = 1", "the configuration must be a map of settings, not 1"),
    ],
)
def test_a_mistake_in_toml_has_its_line(text: str, wanted: str) -> None:
    assert wanted in problem(text, "pyproject.toml")


def test_a_day_may_stand_in_the_reason() -> None:
    directive = written("suppress: [{rules: [sqs-*], reason: new consumer until 2027-03-31}]").suppress[0].directive
    assert (directive.reason, directive.until) == ("new consumer", date(2027, 3, 31))


@each_case("off", ["off", "false", "'off'", "{level: off}"])
def test_off_is_off_however_it_is_written(off: str) -> None:
    assert written(f"rules: {{sqs-wait: {off}}}").off == {"sqs-wait"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_an_empty_configuration_is_one(text: str) -> None:
    if text == "---\n":
        assert "must be a map of settings, not null" in problem(text)
    else:
        assert written(text).select == ()


@each_case(
    ("settings", "select", "ignore", "wanted"),
    [
        ("", [], [], ["sqs-margin", "sqs-wait", "rds-multi-az"]),
        ("select: [sqs-*]", [], [], ["sqs-margin", "sqs-wait"]),
        ("select: [sqs-*]\nignore: [sqs-old]", [], [], ["sqs-wait"]),
        ("select: [sqs-*]", ["rds-*"], [], ["rds-multi-az"]),
        ("rules: {sqs-wait: off}", [], ["rds-*"], ["sqs-margin"]),
        ("rules: {sqs-wait: off}", ["sqs-*"], [], ["sqs-margin"]),
        ("rules: {sqs-wait: off}", ["sqs-wait"], [], ["sqs-wait"]),
        ("ignore: [sqs-*]", ["sqs-old"], [], ["sqs-margin"]),
        ("", ["sqs-wait"], ["sqs-*"], []),
    ],
)
def test_which_rules_a_run_applies(settings: str, select: list[str], ignore: list[str], wanted: list[str]) -> None:
    chosen = written(settings).chosen(RULES, select, ignore)
    assert [rule.id for rule in chosen] == wanted + list(ENGINE_RULES)


def test_the_engines_rules_can_be_off_or_ignored() -> None:
    settings = written(
        "rules: {suppression-unused: off, suppression-expired: error}\nignore: [suppression-unknown-rule]"
    )
    chosen = [rule.id for rule in settings.chosen(RULES, ["sqs-*"], ["suppression-malformed"])]
    assert chosen == [
        "sqs-margin",
        "sqs-wait",
        "configuration-refused",
        "suppression-expired",
        "suppression-refused",
        "suppression-without-reason",
    ]
    assert settings.levels == {"suppression-expired": "error"}


@pytest.mark.parametrize("names", [(["sqs-wiat"], []), ([], ["sqs-wiat"])])
def test_a_rule_of_the_command_line_that_does_not_exist(names: tuple[list[str], list[str]]) -> None:
    with pytest.raises(LookupError, match=r"there is no rule sqs-wiat; did you mean sqs-wait\?"):
        Settings().chosen(RULES, *names)


def test_the_schema_is_one_and_every_setting_is_described() -> None:
    import json

    from jsonschema import Draft202012Validator

    schema = json.loads(packaged(SCHEMA).text)
    Draft202012Validator.check_schema(schema)
    assert {"select", "ignore", "rules"} <= schema["properties"].keys()
    assert all(setting["description"].endswith(".") for setting in schema["properties"].values())


def test_jsonschema_is_imported_only_for_a_configuration() -> None:
    code = (
        "import sys; from awslint_memo.files.files import Files;"
        "from awslint_memo.settings.loading import load;"
        "print(load('', None, {}, Files()).fail_on, 'jsonschema' in sys.modules)"
    )

    def printed() -> str:
        return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout

    assert printed() == "None False\n"
    Path(".awslint-memo.yaml").write_text("fail-on: error", encoding="utf-8")
    assert printed() == "error True\n"


def test_files_of_variables_are_relative_to_the_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "prod.tfvars").write_text("wait = 0\n")
    text = 'variable "wait" {}\nresource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = var.wait\n}\n'
    (tmp_path / "below" / "main.tf").write_text(text)
    for said in ("var-file: prod.tfvars", "var-file: [prod.tfvars]", "deployments: {prod: prod.tfvars}"):
        (tmp_path / ".awslint-memo.yaml").write_text(said)
        monkeypatch.chdir(tmp_path / "below")
        (found,) = api.lint(["main.tf"], select=["sqs-long-polling"]).findings
        assert found.span.path == os.path.join("..", "prod.tfvars")
    (tmp_path / ".awslint-memo.yaml").write_text("var-file: missing.tfvars")
    with pytest.raises(Problem, match="no such file"):
        api.lint(["main.tf"])
