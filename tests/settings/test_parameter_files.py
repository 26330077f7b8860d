"""All formats of parameter values."""

import re
from pathlib import Path

import pytest
from tests.cases import each_case

from awslint_memo.files.files import Files
from awslint_memo.model.span import Problem
from awslint_memo.settings.parameter_files import place, read

WANTED = {"Environment": "prod", "Wait": "20"}

FORMS = {
    "aws-cli.json": '[{"ParameterKey": "Environment", "ParameterValue": "prod"}, '
    '{"ParameterKey": "Wait", "ParameterValue": "20"}, {"ParameterKey": "Secret", "UsePreviousValue": true}]',
    "pairs.json": '["Environment=prod", "Wait=20"]',
    "flat.json": '{"Environment": "prod", "Wait": 20}',
    "bom.json": '\ufeff{"Environment": "prod", "Wait": 20}',
    "flat.yaml": "Environment: prod\nWait: 20\n",
    "list.yaml": "- {ParameterKey: Environment, ParameterValue: prod}\n- {ParameterKey: Wait, ParameterValue: 20}\n",
    "pipeline.json": '{"Parameters": {"Environment": "prod", "Wait": "20"}, "Tags": {"a": "b"}, "StackPolicy": {}}',
    "skeleton.yaml": "StackName: a\nParameters:\n- {ParameterKey: Environment, ParameterValue: prod}\n"
    "- {ParameterKey: Wait, ParameterValue: '20'}\n",
    "samconfig.toml": "version = 0.1\n[default.deploy.parameters]\nstack_name = 'a'\n"
    "parameter_overrides = 'Environment=\"prod\" Wait=20'\n[prod.deploy.parameters]\nparameter_overrides='Wait=1'\n",
    "long.toml": "[only.deploy.parameters]\n"
    "parameter_overrides = ['ParameterKey=Environment,ParameterValue=prod', 'Wait=20']\n",
    "global.toml": "[default.global.parameters]\nparameter_overrides = 'Wait=1 Environment=prod'\n"
    "[default.deploy.parameters]\nparameter_overrides = 'Wait=20'\n",
    "prod.tfvars": 'Environment = "prod"\nWait = 20\n',
    "terraform.tfvars.prod": 'Environment = "prod"\nWait = 20\n',
    "prod.tfvars.json": '{"Environment": "prod", "Wait": 20, "//": "a comment"}',
    "samconfig.yaml": "version: 0.1\n"
    "default: {deploy: {parameters: {parameter_overrides: [Environment=prod, Wait=20]}}}",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@each_case("name", FORMS)
def test_each_form_gives_the_same_values(name: str) -> None:
    Path(name).write_text(FORMS[name], encoding="utf-8")
    assert read([name], Files()) == WANTED
    for key in WANTED:
        path, _, line = place(key, [name], Files()).rpartition(":")
        assert path == name
        assert key in Path(name).read_text(encoding="utf-8-sig").split("\n")[int(line) - 1]


def test_pairs_on_the_command_line_and_the_last_one_counts() -> None:
    Path("flat.yaml").write_text("Environment: dev\nZones: [a, b]\nOn: true\n", encoding="utf-8")
    assert read(["flat.yaml", "Environment=prod", "Empty=", "Query=a=b c"], Files()) == {
        "Environment": "prod",
        "Zones": "a,b",
        "On": "true",
        "Empty": "",
        "Query": "a=b c",
    }
    assert read(["ParameterKey=Wait,ParameterValue=1,2"], Files()) == {"Wait": "1,2"}
    assert read([], Files()) == {}


@each_case(
    ("name", "text", "sentence"),
    [
        ("a.json", '{"Resources": {}}', "this is a template"),
        ("a.json", '{"Parameters": {"Wait": {"Type": "Number"}}}', "the value of Wait is not text"),
        ("a.json", '[{"ParameterKey": "Wait"}]', "the value of Wait is not text"),
        ("a.json", '[{"Key": "Wait"}]', "an entry of the list is not a parameter value"),
        ("a.json", '{"Wait": 1,}', "a comma before a closing bracket; remove it"),
        ("a.yaml", "just words", "the file has no parameter values"),
        ("a.yaml", "", "the file is empty"),
        ("a.toml", "[a.deploy.parameters]\nparameter_overrides = ", "invalid TOML: invalid value"),
        (
            "a.toml",
            "[a.deploy.parameters]\nparameter_overrides = 'A=\"b'",
            "parameter_overrides can't be split into values",
        ),
        (
            "a.toml",
            "[a.deploy.parameters]\nparameter_overrides = 'A=b'\n[b.deploy.parameters]\nparameter_overrides = 'A=c'",
            "parameter_overrides of several environments (a, b)",
        ),
    ],
)
def test_anything_else_is_one_sentence(name: str, text: str, sentence: str) -> None:
    Path(name).write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=re.escape(sentence)) as caught:
        read([name], Files())
    assert caught.value.path == name


@pytest.mark.parametrize("argument", ["nothing.json", "9Bad=1", "=1"])
def test_what_is_neither_a_file_nor_a_pair(argument: str) -> None:
    with pytest.raises(Problem, match="no such file; name a file or write Key=Value"):
        read([argument], Files())


@pytest.mark.parametrize(
    ("text", "wanted", "line"),
    [
        ("[default.deploy.parameters]\nregion = 'eu-west-1'\n", {"AWS::Region": "eu-west-1"}, 2),
        (
            "[default.global.parameters]\nregion = 'us-east-1'\n"
            "[default.deploy.parameters]\nparameter_overrides = 'Wait=1'\nregion = 'eu-west-1'\n",
            {"Wait": "1", "AWS::Region": "eu-west-1"},
            2,
        ),
        ("[default.deploy.parameters]\nparameter_overrides = 'Wait=1'\n", {"Wait": "1"}, 1),
    ],
)
def test_a_samconfig_says_the_region(text: str, wanted: dict[str, str], line: int) -> None:
    Path("samconfig.toml").write_text(text, encoding="utf-8")
    assert read(["samconfig.toml"], Files()) == wanted
    if "AWS::Region" in wanted:
        assert place("AWS::Region", ["samconfig.toml"], Files()) == f"samconfig.toml:{line}"
