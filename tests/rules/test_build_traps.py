"""What makes a naive look at what builds install wrong: versions, lock files, registries that are named elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules
from awslint_memo.relations.codeartifact import installations
from awslint_memo.relations.codebuild import shell

UNLOCKED = "build-installs-dependencies-unlocked"
BYPASS = "build-bypasses-codeartifact"
PARAMETERS = {"Word": {"Type": "String"}}


def said(rule: str, resources: dict[str, Any], **sections: Any) -> list[tuple[str | None, str]]:
    document = {"Parameters": PARAMETERS, **sections, "Resources": resources}
    return [(one.level, one.message) for one in Example(rules()[rule], json.dumps(document, indent=1)).findings()]


def build(rule: str, *commands: str, **properties: Any) -> list[tuple[str | None, str]]:
    buildspec = json.dumps({"phases": {"install": {"commands": list(commands)}}})
    made = {"Source": {"BuildSpec": buildspec}, **properties}
    resources: dict[str, Any] = {"Build": {"Type": "AWS::CodeBuild::Project", "Properties": made}}
    if rule == BYPASS:
        resources["Approved"] = repository()
    return said(rule, resources)


def repository(**properties: Any) -> dict[str, Any]:
    made = {"DomainName": "d", "RepositoryName": "approved", **properties}
    return {"Type": "AWS::CodeArtifact::Repository", "Properties": made}


EXACT = "write exact versions, or install from a file that has them"


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("pip install flask", "pip install of flask"),
        ("pip3 install -q 'flask>=2' boto3==1.35.1", "pip install of flask"),
        ("python3 -m pip install --upgrade flask[async]", "pip install of flask"),
        ("sudo pip install -t lib flask", "pip install of flask"),
        ("uv pip install flask", "pip install of flask"),
        ("pip install -r requirements.txt pytest", "pip install of pytest"),
        ("pip install flask && pip install flask pytest", "pip install of flask and pytest"),
        ("npm install serverless @types/node@^22", "npm install of serverless and @types/node@^22"),
        ("npm i left-pad@latest --save-dev", "npm install of left-pad@latest"),
    ],
)
def test_names_without_versions(command: str, what: str) -> None:
    assert build(UNLOCKED, command) == [("advice", f"Build installs whatever version is newest ({what}); {EXACT}")]


@pytest.mark.parametrize(
    "command",
    [
        "pip install -r requirements.txt",
        "pip install --requirement=requirements.txt",
        "pip install flask==3.0.3 'boto3[crt]===1.35.1'",
        "pip install -c constraints.txt flask",
        "PIP_CONSTRAINT=constraints.txt pip install flask",
        "pip install . ./library -e plugin dist/web-1.0.whl",
        "pip install git+https://github.com/o/r@v1 'x @ https://h/x.zip'",
        "pip install --upgrade pip setuptools wheel",
        "pip install pipenv && pipenv sync",
        "pip install $PACKAGES",
        "pip download flask",
        "echo pip install flask",
        "npm ci",
        "npm --prefix web ci",
        "npm install -g serverless",
        "npm install --location=global serverless",
        "npm install left-pad@1.3.0 @types/node@22.1.0 ./local $PACKAGE",
        "npm run install-all",
    ],
)
def test_what_is_locked_or_not_known(command: str) -> None:
    assert build(UNLOCKED, command) == []


@pytest.mark.parametrize("command", ["npm install", "npm i", "npm --prefix web install", "npm install --omit dev"])
def test_npm_install_instead_of_npm_ci(command: str) -> None:
    assert build(UNLOCKED, command) == [
        ("advice", "Build runs npm install, which may take newer packages than package-lock.json names; run npm ci")
    ]


def test_a_buildspec_elsewhere() -> None:
    assert build(UNLOCKED, Source={"BuildSpec": "buildspec.yml"}) == []
    assert build(UNLOCKED, Source={"BuildSpec": {"Ref": "Word"}}) == []
    assert build(UNLOCKED, Source={"Type": "CODEPIPELINE"}) == []


def bypasses(what: str) -> list[tuple[str | None, str]]:
    message = (
        f"Build runs {what} without logging in to CodeArtifact, so the packages come from the public registry and not "
        "from Approved; run aws codeartifact login before"
    )
    return [("warning", message)]


@pytest.mark.parametrize(
    ("command", "what"),
    [
        ("pip install -r requirements.txt", "pip install"),
        ("npm ci", "npm ci"),
        ("npm install", "npm install"),
        ("mvn -B package", "mvn package"),
        ("./gradlew build -x test", "gradle build"),
        ("npm ci && pip install flask", "npm ci and pip install"),
    ],
)
def test_installing_beside_the_repository(command: str, what: str) -> None:
    assert build(BYPASS, command) == bypasses(what)


@pytest.mark.parametrize(
    "commands",
    [
        ["aws codeartifact login --tool npm --domain d --repository approved", "npm ci"],
        ["export CODEARTIFACT_AUTH_TOKEN=$(aws codeartifact get-authorization-token --domain d)", "mvn package"],
        ["PIP_INDEX_URL=$INDEX pip install flask"],
        ["pip install --index-url $INDEX flask"],
        ["pip config set global.index-url $INDEX", "pip install flask"],
        ["npm config set registry $REGISTRY", "npm ci"],
        ["npm ci --registry=$REGISTRY"],
        ["mvn -s settings.xml package"],
        ["./login.sh", "npm ci"],
        ["bash scripts/login.sh", "npm ci"],
        ["source env", "npm ci"],
        ["pip install --no-index --find-links wheels flask"],
        ["npm run build", "mvn --version"],
    ],
)
def test_builds_that_use_it_or_may(commands: list[str]) -> None:
    assert build(BYPASS, *commands) == []


@pytest.mark.parametrize(
    "variables",
    [
        [{"Name": "PIP_INDEX_URL", "Value": {"Ref": "Word"}}],
        [{"Name": "npm_config_registry", "Value": "https://d"}],
        [{"Name": "CODEARTIFACT_AUTH_TOKEN", "Value": "t", "Type": "SECRETS_MANAGER"}],
        [{"Name": {"Ref": "Word"}, "Value": "x"}],
        {"Ref": "Word"},
    ],
)
def test_registries_by_variable(variables: object) -> None:
    assert build(BYPASS, "npm ci", Environment={"EnvironmentVariables": variables}) == []


def test_other_variables() -> None:
    variables = [{"Name": "STAGE", "Value": "prod"}]
    assert build(BYPASS, "npm ci", Environment={"EnvironmentVariables": variables}) == bypasses("npm ci")


@pytest.mark.parametrize("source", [{"BuildSpec": "buildspec.yml"}, {"BuildSpec": {"Ref": "Word"}}, {"Type": "GITHUB"}])
def test_a_buildspec_that_is_not_here(source: dict[str, Any]) -> None:
    assert build(BYPASS, Source=source) == []


def test_a_repository_for_other_packages() -> None:
    buildspec = json.dumps({"phases": {"install": {"commands": ["npm ci", "pip install -r r.txt"]}}})
    project = {"Type": "AWS::CodeBuild::Project", "Properties": {"Source": {"BuildSpec": buildspec}}}
    for connections, what in ((["public:pypi"], "pip install"), ([{"Ref": "Word"}], "npm ci and pip install")):
        resources = {"Build": project, "Approved": repository(ExternalConnections=connections)}
        assert said(BYPASS, resources) == bypasses(what)
    assert said(BYPASS, {"Build": project}) == []


def test_terraforms_connections() -> None:
    project = {"name": "web", "source": {"buildspec": json.dumps({"phases": {"build": {"commands": ["npm ci"]}}})}}

    def found(connections: object) -> int:
        approved = {"domain": "d", "repository": "approved", "external_connections": connections}
        resources = {"aws_codebuild_project": {"web": project}, "aws_codeartifact_repository": {"approved": approved}}
        text = json.dumps({"resource": resources})
        return len(Example(rules()[BYPASS], text).findings())

    assert (
        found({"external_connection_name": "public:pypi"}) == found([{"external_connection_name": "public:pypi"}]) == 0
    )
    assert found({"external_connection_name": "public:npmjs"}) == found([]) == 1


def test_what_a_command_installs() -> None:
    def tools(script: str) -> list[str | None]:
        found = [installations.installation(words) for words in shell.commands(script)]
        return [None if one is None else f"{one.tool}: {one.title}" for one in found]

    assert tools("pip --version; pip3.12 install x; mvn -v; npm -v; gradle -q --offline") == [
        None,
        "pip: pip install",
        None,
        None,
        None,
    ]
