"""What a buildspec runs, and which commands surely provision or deploy."""

from __future__ import annotations

import json

from tests.cases import each_case

from awslint_memo.files.disk import EmptyDisk
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source
from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Link, Text, Unknown, Value
from awslint_memo.readers.recognition import template as read
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.codebuild.buildspecs import (
    UNKNOWN,
    Buildspec,
    buildspec,
    commands_of,
    inline_buildspec,
    purpose,
)

HERE = Span("template.yaml", 1, 1, 1, 2)


def known(content: str) -> Value:
    return Known(content, HERE)


def run(script: str) -> list[str]:
    return [" ".join(words) for words in shell.commands(script)]


def sides(script: str) -> list[tuple[str, str]]:
    found = (purpose(words) for words in shell.commands(script))
    return [(one.side, one.title) for one in found if one is not None]


@each_case(
    ("script", "expected"),
    [
        ("terraform init && terraform apply", ["terraform init", "terraform apply"]),
        ("a; b | c || d & e", ["a", "b", "c", "d", "e"]),
        ("# terraform apply\nls # more", ["ls"]),
        ("echo a#b", ["echo a#b"]),
        ("echo 'a && b' \"c; d\"", ["echo a && b c; d"]),
        ("terraform \\\n  apply \\\n  -auto-approve", ["terraform apply -auto-approve"]),
        ("TF_LOG=1 AWS_REGION=x terraform apply", ["terraform apply"]),
        ("if [ -f x ]; then terraform apply; else ls; fi", ["[ -f x ]", "terraform apply", "ls", "fi"]),
        ("(cd infra && terraform apply)", ["cd infra", "terraform apply"]),
        ("{ terraform apply; }", ["terraform apply", "}"]),
        ("! terraform apply", ["terraform apply"]),
        ("sudo -u root -E /usr/local/bin/terraform apply", ["terraform apply"]),
        ("timeout -k 5 30m terraform apply", ["30m terraform apply"]),
        ("timeout 30m terraform apply", ["terraform apply"]),
        ("env A=b terraform apply", ["terraform apply"]),
        ("command -v terraform", ["command -v terraform"]),
        ("bash -ec 'cd infra && terraform apply'", ["cd infra", "terraform apply"]),
        ("bash deploy.sh -c x", ["bash deploy.sh -c x"]),
        ('eval "terraform apply"', ["terraform apply"]),
        ("OUT=$(terraform apply -json | jq .)", ["terraform apply -json", "jq ."]),
        ('echo "done: $(terraform output)"', ["terraform output", "echo done: $(terraform output)"]),
        ("echo $((1 + 2))", ["echo $((1 + 2))"]),
        ("cat <<EOF > x\nterraform apply\nEOF\nls", ["cat x", "ls"]),
        ("cat <<-'END'\n  terraform apply\n  END\nls", ["cat", "ls"]),
        ("terraform apply >log 2>&1", ["terraform apply log"]),
        ("terraform apply -auto-approve 2>&1 | tee log", ["terraform apply -auto-approve", "tee log"]),
        ("echo it\\'s; ls", ["echo it's", "ls"]),
        ("ls\r\npwd\r\n", ["ls", "pwd"]),
        ("echo ''", ["echo "]),
        ("echo 'never closed", ["echo never closed"]),
        ("x=$(never closed", ["never closed"]),
        ("a \\", ["a"]),
        ("", []),
    ],
)
def test_scripts_are_taken_apart(script: str, expected: list[str]) -> None:
    assert run(script) == expected


def test_shells_in_shells_come_to_an_end() -> None:
    script = "terraform apply"
    for _ in range(20):
        script = "bash -c " + json.dumps(script)
    assert run(script) == []


PROVISIONING = [
    "terraform apply",
    "terraform -chdir=infra apply -auto-approve tfplan",
    "tofu apply",
    "cdk deploy --all --require-approval never",
    "cdk -a 'npx ts-node app.ts' --profile ci deploy",
    "npx cdk deploy",
    "npx --yes aws-cdk@2.100.0 deploy",
    "npx -p aws-cdk cdk deploy Stack",
    "npm run cdk -- deploy",
    "yarn cdk deploy",
    "pulumi up --yes",
    "pulumi -C infra up",
    "aws cloudformation deploy --template-file t.yaml --stack-name s",
    "aws --region eu-west-1 --no-cli-pager cloudformation deploy --stack-name s",
    "aws --region=eu-west-1 cloudformation update-stack --stack-name s",
    "aws cloudformation create-stack --stack-name s",
    "aws cloudformation execute-change-set --change-set-name c",
]
DEPLOYING = [
    "kubectl apply -f k8s/",
    "kubectl -n web --context prod apply -k .",
    "kubectl apply --dry-run=none -f x",
    "kubectl set image deployment/web web=x",
    "helm upgrade --install web chart",
    "helm --namespace web install web chart",
    "aws ecs update-service --cluster c --service s --force-new-deployment",
    "aws lambda update-function-code --function-name f --zip-file fileb://f.zip",
    "aws deploy create-deployment --application-name a",
    "aws s3 sync dist s3://site --delete",
    "aws s3 sync --delete --exclude '*.map' dist/ s3://$BUCKET/",
]
NEITHER = [
    "terraform plan -out=tfplan",
    "terraform destroy -auto-approve",
    "terraform apply -destroy",
    "terraform apply -help",
    "terraform version",
    "terraform",
    "echo terraform apply",
    "printf 'aws cloudformation deploy'",
    "grep -r 'kubectl apply' .",
    "which terraform",
    "cdk synth",
    "cdk deploy --no-execute",
    "cdk deploy --method=prepare-change-set",
    "cdk deploy --method prepare-change-set",
    "cdk diff deploy",
    "pulumi preview",
    "$TERRAFORM apply",
    "terraform $ARGS apply",
    "aws cloudformation deploy --no-execute-changeset --stack-name s",
    "aws cloudformation create-change-set --stack-name s",
    "aws cloudformation validate-template --template-body file://t.yaml",
    "aws cloudformation package",
    "aws cloudformation",
    "aws",
    "kubectl apply --dry-run=client -f x",
    "kubectl apply --dry-run -f x",
    "kubectl get pods",
    "helm upgrade web chart --dry-run",
    "helm upgrade web chart --dry-run=server",
    "helm template web chart",
    "aws s3 sync s3://cache/node_modules node_modules",
    "aws s3 sync dist $TARGET",
    "aws s3 sync dist s3://site --dryrun",
    "aws s3 sync cloudformation/ s3://artifacts",
    "aws s3 cp dist/app.zip s3://artifacts",
    "aws s3 sync",
    "sam deploy",
    "make deploy",
    "npx",
    "npm run deploy",
]


@each_case("script", PROVISIONING)
def test_provisioning_commands(script: str) -> None:
    assert [side for side, _ in sides(script)] == ["provisioning"]


@each_case("script", DEPLOYING)
def test_deploying_commands(script: str) -> None:
    assert [side for side, _ in sides(script)] == ["deploying"]


@each_case("script", NEITHER)
def test_commands_that_surely_do_neither_or_are_not_sure(script: str) -> None:
    assert sides(script) == []


def test_a_command_is_named_without_its_options() -> None:
    assert sides("aws --region x s3 sync a s3://b && npx aws-cdk@2 deploy -v") == [
        ("deploying", "aws s3 sync"),
        ("provisioning", "cdk deploy"),
    ]


def spoken(value: Value) -> list[tuple[str, str]]:
    found = inline_buildspec(value)
    return [(command.phase, " ".join(command.words)) for command in found.commands] if found is not None else []


YAML = """
version: 0.2
phases:
  install: {runtime-versions: {python: 3.12}}
  pre_build:
    commands: terraform init
  build:
    on-failure: ABORT
    commands:
      - |
        cd infra
        terraform apply
      - true
      - key: value
    finally:
      - rm -f key
"""


def test_the_phases_of_a_yaml_buildspec() -> None:
    assert spoken(known(YAML)) == [
        ("pre_build", "terraform init"),
        ("build", "cd infra"),
        ("build", "terraform apply"),
        ("build", "rm -f key"),
    ]


def test_a_json_buildspec() -> None:
    text = json.dumps({"phases": {"build": {"commands": ["ls\tx", "pwd"]}}}, indent="\t")
    assert spoken(known(text)) == [("build", "ls x"), ("build", "pwd")]


def test_a_batch_runs_its_own_inline_buildspecs_and_names_files() -> None:
    inner = json.dumps({"phases": {"build": {"commands": ["kubectl apply -f x"]}}})
    batch = {
        "build-list": [{"identifier": "a", "buildspec": inner}, {"identifier": "b", "buildspec": "b/buildspec.yml"}],
        "build-matrix": {"dynamic": {"buildspec": ["c.yml"]}},
    }
    text = json.dumps({"batch": batch, "phases": {"build": {"commands": ["ls"]}}})
    assert spoken(known(text)) == [("build", "ls"), ("build", "kubectl apply -f x")]


@each_case(
    "text",
    [
        "buildspec.yml",
        "infra/phases.yml",
        "arn:aws:s3:::builds/phases/buildspec.yml",
        "",
        "phases",
        "phases: [",
        "phases:\n  build: {commands: [a]}\nphases:\n  build: {commands: [b]}\n",
        "- phases",
        '{"phases": ',
        "phases: \ud800",
    ],
)
def test_a_path_or_broken_text_tells_nothing(text: str) -> None:
    assert spoken(known(text)) == []


@each_case("text", ["phases:", "phases: [a]", "phases: {build: x}", "phases: {build: {commands: {a: b}}}"])
def test_malformed_phases_run_nothing(text: str) -> None:
    assert spoken(known(text)) == []


def test_pieces_that_are_not_known_stay_in_their_place() -> None:
    text = (
        known("phases:\n  build:\n    commands:\n      - aws --region "),
        Unknown("AWS::Region", HERE, key="AWS::Region"),
        known(" cloudformation deploy\n      - "),
        Unknown("a parameter", HERE),
        known(" apply\n      - terraform "),
        Link("Queue", "Arn", HERE),
        known(" apply\n"),
    )
    found = inline_buildspec(Text(text, HERE))
    assert found is not None
    assert [command.words[:2] for command in found.commands] == [
        ("aws", "--region"),
        (UNKNOWN, "apply"),
        ("terraform", UNKNOWN),
    ]
    assert [one.title for one in (command.purpose for command in found.commands) if one] == [
        "aws cloudformation deploy"
    ]


def test_what_is_not_known_at_all_tells_nothing() -> None:
    assert inline_buildspec(Unknown("a parameter", HERE)) is None
    assert inline_buildspec(Link("Queue", "Arn", HERE)) is None


def test_a_buildspec_written_as_a_mapping() -> None:
    phases = Known(
        {"build": Known({"commands": Known([known("terraform apply"), Unknown("x", HERE)], HERE)}, HERE)}, HERE
    )
    assert spoken(Known({"phases": phases}, HERE)) == [("build", "terraform apply")]


def test_a_list_of_commands() -> None:
    texts = Known([known("ls; pwd"), Unknown("a parameter", HERE)], HERE)
    assert [command.words for command in commands_of(texts)] == [("ls",), ("pwd",)]


PROJECT = (
    "Resources:\n  Build: {{Type: AWS::CodeBuild::Project, Properties: {{Source: {{Type: GITHUB, BuildSpec: {}}}}}}}\n"
)
IN_JSON = '{"version": 0.2, "phases": {"build": {"commands": ["make web"]}}}'
SPEC = "version: 0.2\nphases:\n  build:\n    commands:\n      - make web\n"


def in_files(written: str, files: dict[str, str], template: str = "template.yaml") -> Buildspec | None:
    """The buildspec of a project that has a path, where these files are there."""
    root = Root([template], disk=EmptyDisk())
    made = read(Source(template, PROJECT.format(written).encode()), Files(files, root))
    assert made is not None
    (deployment,) = made.deployments(None).deployments
    return buildspec(deployment.resources["Build"])


@each_case(
    ("written", "files", "template", "is_read"),
    [
        ("ci/web.yml", {"ci/web.yml": SPEC}, "template.yaml", True),
        ("./ci/web.yml", {"ci/web.yml": SPEC}, "template.yaml", True),
        ("ci/web.json", {"ci/web.json": IN_JSON}, "template.yaml", True),
        ("ci/web.yml", {"ci/web.yml": SPEC}, "stacks/build/template.yaml", True),
        ("ci/web.yml", {"ci/web.yml": SPEC, "stacks/ci/web.yml": f"{SPEC}# other\n"}, "stacks/template.yaml", False),
        # The usual name says nothing of the source, so it must lie beside the template.
        ("buildspec.yml", {"buildspec.yml": SPEC}, "template.yaml", True),
        ("./buildspec.yml", {"buildspec.yml": SPEC}, "stacks/template.yaml", False),
        ("buildspec.yaml", {"buildspec.yaml": SPEC}, "stacks/template.yaml", False),
        # Nothing is known of what is not there, or is no buildspec.
        ("ci/other.yml", {"ci/web.yml": SPEC}, "template.yaml", False),
        ("ci/web.yml", {"ci/web.yml": "version: 0.2\nphases: [\n"}, "template.yaml", False),
        ("ci/web.yml", {"ci/web.yml": "- phases\n"}, "template.yaml", False),
        ("arn:aws:s3:::bucket/ci/web.yml", {"ci/web.yml": SPEC}, "template.yaml", False),
    ],
)
def test_a_path_names_a_file_of_the_repository(
    written: str, files: dict[str, str], template: str, *, is_read: bool
) -> None:
    spec = in_files(written, files, template)
    assert (spec is not None) == is_read
    assert spec is None or [command.words for command in spec.commands] == [("make", "web")]


def test_what_lies_in_a_file_stands_there() -> None:
    spec = in_files("ci/web.yml", {"ci/web.yml": SPEC})
    assert spec is not None
    assert spec.since == "0.2"
    place, whole = spec.place("phases", "build", "commands"), spec.place("artifacts", "files")
    assert not isinstance(place, Value)
    assert not isinstance(whole, Value)
    assert (place.span.path, place.span.line) == ("ci/web.yml", 5)
    assert whole.span.line == 1
