"""Capabilities that a command of the repository gives count before those of samconfig."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

TEMPLATE = "Resources: {Export: {Type: AWS::IAM::Role, Properties: {RoleName: export, AssumeRolePolicyDocument: {}}}}\n"
SAMCONFIG = "[default.deploy.parameters]\ncapabilities = 'CAPABILITY_IAM'\n"
WITH = "sam deploy --stack-name $S --capabilities CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND\n"
TASK = """\
tasks:
  deploy:
    cmds:
      - sam build
      - sam deploy
        --stack-name $STACK
        --capabilities CAPABILITY_AUTO_EXPAND CAPABILITY_NAMED_IAM
        --config-env default
"""


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    Path("template.yaml").write_text(TEMPLATE)
    Path("samconfig.toml").write_text(SAMCONFIG)


def found(path: str, text: str) -> list[tuple[str, bool]]:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text)
    made = report("--advice", "--select", "stack-capabilities")
    return [(one["level"], f"without the option that {path} gives" in one["message"]) for one in made["findings"]]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", f"deploy:\n\t{WITH}"),
        ("taskfiles/Stack.yml", TASK),
        ("Taskfile.yaml", TASK),
        ("deploy.sh", 'sam deploy \\\n  --guided \\\n  --capabilities "CAPABILITY_IAM" "CAPABILITY_NAMED_IAM"\n'),
        ("package.json", '{"scripts": {"deploy": "sam deploy --capabilities CAPABILITY_IAM,CAPABILITY_NAMED_IAM"}}'),
        (".github/workflows/a.yml", f"jobs: {{a: {{steps: [{{run: '{WITH.strip()}'}}]}}}}\n"),
    ],
)
def test_a_command_that_gives_it_makes_it_advice(path: str, text: str) -> None:
    assert found(path, text) == [("advice", True)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "deploy:\n\tsam deploy --capabilities CAPABILITY_IAM\n"),
        ("Makefile", "a:\n\tsam deploy\nb:\n\taws cloudformation deploy --capabilities CAPABILITY_NAMED_IAM\n"),
        ("notes.md", WITH),
        ("Makefile", "deploy:\n\tsam deploy\n\tsam sync --capabilities CAPABILITY_NAMED_IAM\n"),
    ],
)
def test_another_command_changes_nothing(path: str, text: str) -> None:
    assert found(path, text) == [("error", False)]
