"""`lint --gate`: all that was looked at at a revision is looked at now, is gone, or is told; whatever hides it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.reporters.test_json_format import REPORTS
from tests.repositories import Repository, made, needs_git

from awslint_memo.model import budget

pytestmark = [needs_git, pytest.mark.usefixtures("polled_queues")]

POLLING = "sqs-long-polling"
QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"
WAIT = "ReceiveMessageWaitTimeSeconds"
MODULE = 'resource "aws_sqs_queue" "orders" {\n  name = "orders"\n}\n'
CONFIGURATION = ".awslint-memo.yaml"
RETIRED = "Resources: {Old: {Type: AWS::KinesisAnalytics::Application, Properties: {Inputs: []}}}\n"
BASE = {"prod/q.yaml": QUEUE, "old/old.yaml": RETIRED, "infra/main.tf": MODULE, "docs/readme.md": "# Queues\n"}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    repository.commit(BASE)
    return repository


def gate(*arguments: str) -> tuple[int, dict[str, Any], list[str]]:
    """The exit code, the member `gate` and the notices of a run."""
    result = invoke("lint", "--gate", "--format", "json", *(arguments or ("--against", "HEAD")))
    assert result.stdout, result.stderr
    report = json.loads(result.stdout)
    REPORTS.validate(report)
    return result.exit_code, report["gate"], report["summary"]["notices"]


def commented(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())


def moved(source: str, target: str) -> Callable[[], None]:
    def move() -> None:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)

    return move


def pinned() -> None:
    """The module of before is asked for at a tag, and is another one here."""
    Repository(Path.cwd()).git("remote", "add", "origin", "https://github.com/acme/infra")
    write(Path.cwd(), {"live/main.tf": 'module "infra" {\n  source = "github.com/acme/infra//infra?ref=v1"\n}\n'})
    Path("infra/main.tf").write_text(MODULE.replace("}", "  receive_wait_time_seconds = 20\n}"))


def into_development() -> None:
    for name in ("prod", "infra"):
        moved(name, f"dev/{name}")()
    write(Path(), {"prod/readme.md": ""})


def written(data: bytes) -> Callable[[], None]:
    def write_bytes() -> None:
        Path("prod/q.yaml").write_bytes(data)

    return write_bytes


def removed() -> None:
    for name in ("prod", "infra", "old"):
        shutil.rmtree(name)


STACK_SET = """\
Resources:
  Set:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: orders
      PermissionModel: SERVICE_MANAGED
      AutoDeployment: {Enabled: false}
      TemplateBody: |
"""
STACK = 'resource "aws_cloudformation_stack" "orders" {\n  name = "orders"\n  template_body = <<E\n'


def indented(text: str) -> str:
    return "".join(f"        {line}\n" for line in text.splitlines())


def moved_into_body() -> None:
    Path("prod/q.yaml").unlink()
    write(Path(), {"prod/set.yaml": STACK_SET + indented(QUEUE)})


def moved_with_variable() -> None:
    moved("infra", "live")()
    text = MODULE.replace("}", "receive_wait_time_seconds = var.w\n}")
    write(Path(), {"live/main.tf": text, "live/v.tf": 'variable "w" {}\n'})


def linked() -> None:
    moved("prod", "elsewhere/node_modules/prod")()
    Path("prod").symlink_to("elsewhere/node_modules/prod")


def beside(decoy: str, source: str, target: str) -> Callable[[], None]:
    """Move a file where nobody looks, and put one like it, with a value that is right, at another path."""

    def move() -> None:
        text = Path(source).read_text()
        wait = "  receive_wait_time_seconds = 20\n}" if source.endswith(".tf") else ""
        moved(source, target)()
        write(Path(), {decoy: text.replace("}", wait) if wait else f"{text}    Properties: {{{WAIT}: 20}}\n"})

    return move


def escaped() -> None:
    Path("prod/q.yaml").unlink()
    write(Path(), {"prod/q.old": 'Resources:\n  "Ord\\u0065rs":\n    Type: "AWS::SQS::Qu\\u0065ue"\n'})


def looped() -> None:
    Path("prod/q.yaml").unlink()
    loop = "  'Fn::ForEach::Each': [N, [ders], {'Or${N}': {Type: AWS::SQS::Queue}}]\n"
    write(Path(), {"prod/q.old": f"Resources:\n{loop}  Topic: {{Type: AWS::SNS::Topic}}\n"})


def pointed() -> None:
    Path("prod/q.yaml").unlink()
    write(Path(), {"prod/q.tmpl": f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"})


TAGS = "Tags: [{Key: Environment, Value: dev}]"


def moved_and_tagged() -> None:
    moved("prod/q.yaml", "live/q.yaml")()
    write(Path(), {"live/q.yaml": f"{QUEUE}    Properties: {{{TAGS}}}\n"})


def into_submodule() -> None:
    Path("prod/q.yaml").unlink()
    Repository(Path()).git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},prod/sub")
    Path("prod/sub").mkdir()


HIDDEN: Mapping[str, Mapping[str, str] | Callable[[], None]] = {
    "exclude": {CONFIGURATION: "exclude: [prod/]\n"},
    "exclude of everything": {CONFIGURATION: "exclude: ['**']\n"},
    "exclude in a nested configuration": {f"prod/{CONFIGURATION}": "exclude: ['*.yaml']\n"},
    "exclude in what is extended": {CONFIGURATION: "extends: ./x.yaml\n", "x.yaml": "exclude: [q.yaml]\n"},
    "exclude in pyproject.toml": {"pyproject.toml": "[tool.awslint-memo]\nexclude = ['prod']\n"},
    "a rule off": {CONFIGURATION: f"rules: {{{POLLING}: off}}\n"},
    "all rules ignored": {CONFIGURATION: "ignore: ['*']\n"},
    "no rule selected": {f"prod/{CONFIGURATION}": "select: [rds-multi-az]\n"},
    "a tag of development": {"prod/q.yaml": f"{QUEUE}    Properties: {{{TAGS}}}\n"},
    "a tag of development beside another value that is wrong": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{{WAIT}: 0, {TAGS}}}\n"
    },
    "a tag of development on what was moved": moved_and_tagged,
    "a tag of development that the provider adds": {
        "infra/p.tf": 'provider "aws" {\n  default_tags {\n    tags = { Environment = "dev" }\n  }\n}\n'
    },
    "a name of development": {
        "infra/main.tf": MODULE.replace('" "orders"', '" "sandbox_orders"')
        + "moved {\n  from = aws_sqs_queue.orders\n  to   = aws_sqs_queue.sandbox_orders\n}\n"
    },
    "a lesser level": {f"prod/{CONFIGURATION}": f"rules: {{{POLLING}: advice}}\n"},
    "a laxer fail-on": {CONFIGURATION: "fail-on: never\n"},
    "a laxer fail-on below": {f"prod/{CONFIGURATION}": "fail-on: error\n"},
    "a smaller profile": {CONFIGURATION: "profile: core\n"},
    "an older set of rules": {CONFIGURATION: "rules-as-of: 0.1\nrules: {sqs-dead-letter-queue: off}\n"},
    "moved to a folder of a tool": moved("prod/q.yaml", "node_modules/q.yaml"),
    "moved to another folder of a tool": moved("infra/main.tf", ".terraform/modules/main.tf"),
    "moved to another name": moved("prod/q.yaml", "prod/q.yaml.old"),
    "moved to a name without an ending": moved("prod/q.yaml", "prod/template"),
    "moved to a backup": moved("infra/main.tf", "infra/main.tf.bak"),
    "moved to a hidden file": moved("infra/main.tf", "infra/.main.tf"),
    "moved to another template language": moved("prod/q.yaml", "prod/q.yaml.j2"),
    "moved behind a linked folder": linked,
    "another type": {"prod/q.yaml": QUEUE.replace("AWS::SQS::Queue", "Custom::Queue")},
    "a type that rules know": {"prod/q.yaml": QUEUE.replace("AWS::SQS::Queue", "AWS::SNS::Topic")},
    "a type with a blank": {"prod/q.yaml": QUEUE.replace("AWS::SQS::Queue", '"AWS::SQS::Queue "')},
    "a type that a macro makes": {"prod/q.yaml": f"Transform: Own\n{QUEUE.replace('AWS::SQS::Queue', 'Own::Queue')}"},
    "no template any more": {"prod/q.yaml": QUEUE.replace("Resources", "Things")},
    "a list of templates": {"prod/q.yaml": "- " + QUEUE.replace("\n", "\n  ")},
    "a part of another thing": {"prod/q.yaml": "Inner:\n  " + QUEUE.replace("\n", "\n  ")},
    "a template in a text": {"prod/q.yaml": "Template: |\n  " + QUEUE.replace("\n", "\n  ")},
    "in the body of a stack set": {"prod/q.yaml": STACK_SET + indented(QUEUE)},
    "in the body of a stack set in another file": moved_into_body,
    "in the body of a stack of Terraform": {"infra/main.tf": f"{STACK}{QUEUE.replace('Orders', 'orders')}E\n}}\n"},
    "in a macro's include": {
        "prod/q.yaml": "Transform: [{Name: 'AWS::Include', Parameters: {Location: 's3://b/k.yaml'}}]\n"
        "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
    },
    "in a module that is not there": {
        "infra/main.tf": 'module "m" {\n  source = "example/queue/aws"\n}\nresource "aws_sns_topic" "t" {}\n'
    },
    "moved to another name beside one like it": beside("decoy/q.yaml", "prod/q.yaml", "prod/q.body"),
    "moved to another name under one like it": beside("prod/q.yaml", "prod/q.yaml", "prod/q.body"),
    "moved to a backup beside one like it": beside("decoy/main.tf", "infra/main.tf", "infra/main.tf.bak"),
    "moved to a backup under one like it": beside("infra/main.tf", "infra/main.tf", "live/main.txt"),
    "excluded beside one like it": {CONFIGURATION: "exclude: [prod/]\n", "decoy/q.yaml": QUEUE},
    "no template any more beside one like it": {
        "prod/q.yaml": "- " + QUEUE.replace("\n", "\n  "),
        "decoy/q.yaml": QUEUE,
    },
    "in a module that is not there beside one like it": {
        "infra/main.tf": 'module "m" {\n  source = "example/queue/aws"\n}\nresource "aws_sns_topic" "t" {}\n',
        "decoy/main.tf": MODULE,
    },
    "a broken file": {"prod/q.yaml": QUEUE + "  : : [\n"},
    "another broken file": {"infra/main.tf": MODULE + "resource {{\n"},
    "a conflict of git": {"prod/q.yaml": f"<<<<<<< a\n{QUEUE}=======\n>>>>>>> b\n"},
    "bytes that are no text": written(b"\xff\xfe" + QUEUE.encode()),
    "encrypted": written(b"\0GITCRYPT\0\1\2\3"),
    "a value that nobody knows": {"prod/q.yaml": QUEUE + f"    Properties: {{{WAIT}: '{{{{resolve:ssm:/wait}}}}'}}\n"},
    "a parameter without a value": {
        "prod/q.yaml": f"Parameters: {{W: {{Type: Number}}}}\n{QUEUE}    Properties: {{{WAIT}: !Ref W}}\n"
    },
    "a value of a data source": {
        "infra/main.tf": 'data "external" "x" {}\n'
        + MODULE.replace("}", "receive_wait_time_seconds = data.external.x.a\n}")
    },
    "a variable without a value": {
        "infra/main.tf": 'variable "w" {}\n' + MODULE.replace("}", "receive_wait_time_seconds = var.w\n}")
    },
    "a variable without a value in another file": moved_with_variable,
    "the time of the plan": {
        "infra/main.tf": MODULE.replace("}", 'receive_wait_time_seconds = formatdate("s", plantimestamp())\n}')
    },
    "a function of a provider": {
        "infra/main.tf": MODULE.replace("}", "receive_wait_time_seconds = provider::own::wait()\n}")
    },
    "a random value": {
        "infra/main.tf": 'resource "random_integer" "x" {\n  min = 0\n  max = 20\n}\n'
        + MODULE.replace("}", "receive_wait_time_seconds = random_integer.x.result\n}")
    },
    "an attribute of a custom resource": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{{WAIT}: !GetAtt C.Wait}}\n  C: {{Type: 'Custom::Wait'}}\n"
    },
    "an answer of a wait condition": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{{WAIT}: !GetAtt C.Data}}\n"
        "  C: {Type: 'AWS::CloudFormation::WaitCondition'}\n"
    },
    "an include in the properties": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{'Fn::Transform': {{Name: 'AWS::Include', Parameters: "
        "{Location: 's3://b/k.yaml'}}}\n"
    },
    "a macro in the value": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{{WAIT}: {{'Fn::Transform': {{Name: Own}}}}}}\n"
    },
    "a macro beside the value": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{{WAIT}: 20, 'Fn::Transform': {{Name: Own}}}}\n"
    },
    "a pointer of Git LFS": {
        "prod/q.yaml": f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 9\n"
    },
    "the other provider": {"infra/main.tf": MODULE.replace("aws_sqs_queue", "awscc_sqs_queue")},
    "the other provider by another name": {"infra/main.tf": 'resource "awscc_sqs_queue" "bills" {}\n'},
    "the other provider in another file": {"infra/main.tf": "", "infra/b.tf": 'resource "awscc_sqs_queue" "b" {}\n'},
    "Cloud Control": {
        "infra/main.tf": 'resource "aws_cloudcontrolapi_resource" "q" {\n  type_name = "AWS::SQS::Queue"\n}\n'
    },
    "in the body of another stack of Terraform": {"infra/main.tf": f"{STACK.replace('orders', 'bills')}{QUEUE}E\n}}\n"},
    "a macro beside the properties": {
        "prod/q.yaml": f"{QUEUE}    Properties: {{{WAIT}: 20}}\n    Fn::Transform: {{Name: Own}}\n"
    },
    "a macro at the top": {"prod/q.yaml": f"Transform: Own\n{QUEUE}    Properties: {{{WAIT}: 20}}\n"},
    "a loop in a file that nobody looks at": looped,
    "moved to documentation": moved("prod/q.yaml", "docs/q.md"),
    "moved to another name and written otherwise": escaped,
    "moved to a pointer of Git LFS": pointed,
    "moved to a submodule that is not there": into_submodule,
    "a revision of a module that is another one here": pinned,
    "a known finding": {
        CONFIGURATION: "baseline: k.yaml\n",
        "k.yaml": "version: 1\nfindings:\n"
        '- {"root": "prod/q", "rule": "sqs-long-polling", "resource": "Orders", "route": "x", "count": 9, '
        '"fingerprint": "FINGERPRINT"}\n',
    },
}  # fmt: skip


def fingerprinted(text: str) -> str:
    """The text with the fingerprint of the finding that a change hides, where it holds one."""
    if "FINGERPRINT" not in text:
        return text
    findings = json.loads(invoke("lint", "--format", "json").stdout)["findings"]
    return text.replace("FINGERPRINT", {each["rule"]: each["fingerprint"] for each in findings}[POLLING])


@pytest.mark.parametrize("way", HIDDEN)
def test_each_way_of_hiding_shuts_the_gate(repository: Repository, way: str) -> None:
    """Before it is committed, and after that."""
    base = repository.head()
    change = HIDDEN[way]
    if callable(change):
        change()
    else:
        write(repository.path, {name: fingerprinted(text) for name, text in change.items()})
    repository.git("add", "-A", "-f")
    for is_committed in (False, True):
        if is_committed:
            repository.git("commit", "-q", "-m", "change")
        result = invoke("lint", "--gate", "--against", base)
        assert result.exit_code in (1, 2), (is_committed, result.output)


CALL = """\
module "orders" {
  source  = "terraform-aws-modules/sqs/aws"
  version = "~> 4.0"
  name    = "orders"
}
terraform {
  backend "s3" {}
}
"""


@pytest.mark.parametrize(("argument", "default"), [("count", "0"), ("for_each", "{}")])
def test_a_call_of_a_public_module_of_which_a_default_makes_none_shuts_the_gate(
    repository: Repository, argument: str, default: str
) -> None:
    repository.commit({"live/main.tf": CALL})
    off = CALL.replace("  name ", f"  {argument} = var.n\n  name ")
    write(repository.path, {"live/main.tf": f'{off}variable "n" {{\n  default = {default}\n}}\n'})
    code, _, notices = gate()
    assert code == 1
    sentence = "module.orders.aws_sqs_queue.this (AWS::SQS::Queue): the default value of a variable makes none of it"
    assert any(sentence in notice for notice in notices)


COMMANDED = {
    "live/queue/main.tf": """\
variable "wait" {
  default = 20
}
resource "aws_sqs_queue" "orders" {
  count                     = var.wait < 50 ? 1 : 0
  name                      = "orders"
  receive_wait_time_seconds = var.wait
}
terraform {
  backend "s3" {}
}
""",
    "values/of/prod.tfvars": "wait = 0\n",
    "Makefile": "apply:\n\tterraform -chdir=live/queue apply -var-file=../../values/of/prod.tfvars\n",
}
OTHER_COMMANDS = "".join(f"#\tterraform apply -var-file=no{number}.tfvars\n\n" for number in range(500))


@pytest.mark.parametrize(
    ("makefile", "count"),
    [("apply:\n", "1"), ("apply:\n", "0"), (OTHER_COMMANDS + COMMANDED["Makefile"], "1"), ("#" * 200_000, "1")],
)
def test_values_that_no_command_names_any_more_shut_the_gate(repository: Repository, makefile: str, count: str) -> None:
    repository.commit(COMMANDED)
    assert gate()[0] == 0
    main = COMMANDED["live/queue/main.tf"].replace("var.wait < 50 ? 1 : 0", count)
    write(repository.path, {"Makefile": makefile, "live/queue/main.tf": main})
    code, _, notices = gate()
    assert code == 1
    assert any("values/of/prod.tfvars" in notice for notice in notices if notice.startswith("gate:"))


FOLLOWED = 'terraform {\n  source = "../module"\n}\ninputs = {\n  on = false\n}\n'
MODULE_OF_UNIT = """\
variable "on" {
  default = true
}
resource "aws_dynamodb_table" "orders" {
  billing_mode = "PAY_PER_REQUEST"
  point_in_time_recovery {
    enabled = var.on
  }
}
"""
UNIT = {"live/terragrunt.hcl": FOLLOWED, "module/main.tf": MODULE_OF_UNIT}
ASSEMBLY = {
    "app/cdk.json": '{"app": "x"}',
    "app/cdk.out/S.template.json": json.dumps({"Resources": {"Orders": {"Type": "AWS::SQS::Queue"}}}),
    "app/cdk.out/manifest.json": json.dumps({
        "version": "48.0.0",
        "artifacts": {"S": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "S.template.json"}}},
    }),
}  # fmt: skip
SLOW = """\
Parameters: {Wait: {Type: Number, Default: 60}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
  Bill: {Type: AWS::Lambda::Function, Properties: {Timeout: !Ref Wait}}
  Map:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Bill}
"""
SINCE: Mapping[str, tuple[Mapping[str, str], Mapping[str, str | None]]] = {
    "deleted beside a copy that nobody looks at": ({"prod/q.old": QUEUE}, {"prod/q.yaml": None}),
    "the output of an app of the CDK": (ASSEMBLY, {name: None for name in ASSEMBLY if "cdk.out" in name}),
    "a module of Terragrunt that can't be followed": (
        UNIT,
        {"live/terragrunt.hcl": 'locals {\n  m = "../module"\n}\n' + FOLLOWED.replace("../module", "${local.m}")},
    ),
    "Terragrunt in JSON": (
        UNIT,
        {
            "live/terragrunt.hcl": None,
            "live/terragrunt.hcl.json": '{"terraform": {"source": "../module"}, "inputs": {"on": false}}',
        },
    ),
    "a submodule that moved on": ({}, {"prod/q.yaml": None}),
    "a value that is not known any more beside another template": (
        {"a.yaml": SLOW, "b.yaml": "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"},
        {"a.yaml": SLOW.replace(", Default: 60", "")},
    ),
}


@pytest.mark.parametrize("way", SINCE)
def test_each_way_of_hiding_what_came_before_shuts_the_gate(repository: Repository, way: str) -> None:
    before, change = SINCE[way]
    submodule = ["update-index", "--add", "--cacheinfo"]
    repository.git(*submodule, f"160000,{'1' * 40},sub")
    Path("sub").mkdir()
    repository.commit(before)
    if "submodule" in way:
        repository.git(*submodule, f"160000,{'2' * 40},sub")
    write(repository.path, {name: text for name, text in change.items() if text is not None})
    for name in (name for name, text in change.items() if text is None):
        Path(name).unlink()
    repository.git("add", "-A", "-f")
    assert gate()[0] == 1


def test_files_of_variables_beside_a_terragrunt_file_count(repository: Repository) -> None:
    repository.commit(UNIT)
    write(repository.path, {
        "live/terragrunt.hcl": FOLLOWED.partition("inputs")[0],
        "live/on.auto.tfvars": "on = false\n",
    })  # fmt: skip
    report = json.loads(invoke("lint", "--format", "json", "live").stdout)
    assert [finding["rule"] for finding in report["findings"]] == ["dynamodb-point-in-time-recovery"]


def test_files_of_variables_that_terragrunt_writes_count(repository: Repository) -> None:
    """What it fills in is not known."""
    generated = 'generate "v" {\n  path = "v.auto.tfvars"\n  contents = <<E\non = %s\nE\n}\n'
    for value, rules in (("false", ["dynamodb-point-in-time-recovery"]), ("true", []), ("${local.on}", [])):
        files = {**UNIT, "live/terragrunt.hcl": FOLLOWED.partition("inputs")[0] + generated % value}
        write(repository.path, files)
        report = json.loads(invoke("lint", "--format", "json", "--advice", "live").stdout)
        assert [finding["rule"] for finding in report["findings"]] == rules, value


TABLE = """\
resource "aws_dynamodb_table" "orders" {
  billing_mode = "PAY_PER_REQUEST"
}
"""
RECOVERED = "  point_in_time_recovery {\n    enabled = count.index < 150\n  }\n"


@pytest.mark.parametrize(
    "files",
    [
        {
            "infra/main.tf": TABLE.replace("{\n", f"{{\n  count = 200\n{RECOVERED}", 1),
        },
        {
            "infra/main.tf": 'module "m" {\n  source = "./m"\n}\n',
            "infra/m/main.tf": TABLE.replace("{\n", "{\n  lifecycle {\n    ignore_changes = all\n  }\n", 1),
        },
    ],
    ids=["one of many instances", "in a module, where changes are ignored"],
)
def test_advice_of_a_locked_rule_on_what_was_moved_or_repeated_shuts_the_gate(
    repository: Repository, files: Mapping[str, str]
) -> None:
    repository.commit({"infra/main.tf": TABLE, "policy.yaml": "policy: {locked: ['*']}\n"})
    write(repository.path, files)
    repository.git("add", "-A")
    assert gate("--against", "HEAD", "--policy", "policy.yaml")[0] == 1


ALLOWED: Mapping[str, Mapping[str, str | None] | Callable[[], None]] = {
    "nothing": {},
    "a template is deleted": {"prod/q.yaml": None},
    "a module is deleted": {"infra/main.tf": None},
    "all is deleted": removed,
    "a resource is deleted": {"prod/q.yaml": "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"},
    "a resource is commented out": {"infra/main.tf": 'resource "aws_sns_topic" "t" {}\n' + commented(MODULE)},
    "a template is commented out": {"prod/q.yaml": "Resources: {T: {Type: AWS::SNS::Topic}}\n" + commented(QUEUE)},
    "moved to a name in capitals": moved("infra/main.tf", "infra/main.TF"),
    "a template is moved": moved("prod/q.yaml", "live/orders.yaml"),
    "a module is moved": moved("infra", "live"),
    "a resource is moved to another file": {"infra/main.tf": "", "infra/queues.tf": MODULE},
    "a resource is moved to another file beside a script that names it": {
        "infra/main.tf": "",
        "infra/queues.tf": MODULE,
        "infra/import.sh": "terraform import aws_sqs_queue.orders $1 # this resource\n",
    },
    "a resource is moved to a module beside one that is not there": {
        "infra/main.tf": 'module "m" {\n  source = "example/queue/aws"\n}\n'
        'module "q" {\n  source = "../queue"\n}\n'
        "moved {\n  from = aws_sqs_queue.orders\n  to = module.q.aws_sqs_queue.orders\n}\n",
        "queue/main.tf": MODULE,
    },
    "a value is right beside a program that names it": {
        "prod/q.yaml": QUEUE + f"    Properties: {{{WAIT}: 20}}\n",
        "prod/test.py": "assert stack.Resources['Orders'].type == 'AWS::SQS::Queue'\n",
    },
    "a resource has another name": {"prod/q.yaml": QUEUE.replace("Orders", "Bills")},
    "what is described is deleted": {"prod/q.yaml": None, "docs/old.md": f"It was:\n{QUEUE}"},
    "a configuration that is stricter": {CONFIGURATION: f"rules: {{{POLLING}: error}}\nfail-on: advice\n"},
    "a folder without templates is excluded": {CONFIGURATION: "exclude: [docs/]\n"},
    "a suppression with a reason": {
        "prod/q.yaml": QUEUE + f"    # awslint-memo: ignore[{POLLING}] drained by the producer\n"
    },
    "a module becomes one of others": {"live/main.tf": 'module "infra" {\n  source = "../infra"\n}\n'},
    "a template becomes nested": {
        "top.yaml": "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: prod/q.yaml}}}\n"
    },
    "a value is right": {"prod/q.yaml": QUEUE + f"    Properties: {{{WAIT}: 20}}\n"},
    "a value is right beside one that nobody knows": {
        "prod/q.yaml": f"Parameters: {{N: {{Type: String}}}}\n{QUEUE}"
        f"    Properties: {{QueueName: !Ref N, {WAIT}: 20}}\n"
    },
    "a resource is repeated": {"infra/main.tf": MODULE.replace("{\n", "{\n  count = 2\n", 1)},
}


@pytest.mark.parametrize("way", ALLOWED)
def test_what_is_gone_moved_or_told_leaves_the_gate_open(repository: Repository, way: str) -> None:
    change = ALLOWED[way]
    if callable(change):
        change()
    else:
        write(repository.path, {name: text for name, text in change.items() if text is not None})
        for name in (name for name, text in change.items() if text is None):
            Path(name).unlink()
    repository.git("add", "-A")
    _, found, notices = gate()
    assert {key: told for key, told in found.items() if key != "revision" and told} == {}
    assert [one for one in notices if one.startswith("gate:")] == []


def test_another_folder_for_a_module_is_told(repository: Repository) -> None:
    """Two copies of a module are there; the change says that the other one is meant."""
    call = 'provider "aws" {}\nmodule "orders" {\n  source = "acme/orders/aws"\n}\n'
    copies = {"first/main.tf": MODULE, "second/main.tf": MODULE.replace("}", "  receive_wait_time_seconds = 20\n}")}
    repository.commit({"live/main.tf": call, **copies, CONFIGURATION: "modules: {acme/orders/aws: first}\n"})
    assert gate()[1]["narrowed"] == []
    write(repository.path, {CONFIGURATION: "modules: {acme/orders/aws: second}\n"})
    assert any("modules.acme/orders/aws: first → second" in notice for notice in gate()[2])


def test_what_it_says(repository: Repository) -> None:
    many = "".join(f"  Q{n}: {{Type: AWS::SQS::Queue}}\n" for n in range(36))
    repository.commit({"prod/q.yaml": QUEUE + many})
    write(repository.path, {CONFIGURATION: "profile: memo\nexclude: [prod/]\n"})
    code, found, notices = gate("--against", "HEAD")
    assert (code, len(found["unjudged"][0]["resources"])) == (1, 37)
    assert (
        "gate: 37 resources of HEAD are no longer judged: prod/q.yaml: Orders (AWS::SQS::Queue), Q0 (AWS::SQS::Queue), "
        f"Q1 (AWS::SQS::Queue) and 34 others: left out by exclude ({CONFIGURATION}:2)"
    ) in notices
    assert f"settings changed since HEAD: {CONFIGURATION}: exclude: nothing → prod/" in notices
    assert found["revision"] == "HEAD"


def test_it_compares_with_the_last_commit_without_a_revision(repository: Repository) -> None:
    write(repository.path, {CONFIGURATION: "exclude: [prod/]\n"})
    result = invoke("lint", "--gate", "--fail-on", "never", "--format", "json")
    report = json.loads(result.stdout)
    assert (result.exit_code, "against" in report, len(report["gate"]["unjudged"])) == (1, False, 1)


def test_without_a_repository_or_a_revision_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"q.yaml": QUEUE, "r.json": "{}"})
    result = invoke("lint", "--gate")
    assert (result.exit_code, result.stderr) == (
        2,
        "--gate: there is no repository of git here, so there is no revision to compare with\n",
    )
    assert "--gate goes with a revision of git" in invoke("lint", "--gate", "--against", "prior").stderr
    assert "--gate goes with a revision of git" in invoke("lint", "--gate", "--against", "r.json").stderr
    assert invoke("lint", "--gate-by-policy").exit_code == 1
    made(tmp_path)
    assert invoke("lint", "--gate").exit_code == 2, "there is no commit yet"
    write(tmp_path, {CONFIGURATION: f"policy: {{locked: [{POLLING}]}}\n"})
    assert "note: gate: not compared: " in invoke("lint", "--gate-by-policy").stdout


def test_a_policy_turns_it_on(repository: Repository) -> None:
    policy = f"policy: {{locked: [{POLLING}]}}\n"
    write(repository.path, {CONFIGURATION: policy})
    repository.commit()
    moved("prod/q.yaml", "prod/q.yaml.old")()
    repository.git("add", "-A")
    assert invoke("lint", "--against", "HEAD").exit_code == 1
    assert invoke("lint", "--against", "HEAD", "--no-gate").exit_code == 0
    assert "gate: 1 resource of HEAD is no longer judged" in invoke("lint", "--gate-by-policy").stdout
    write(repository.path, {CONFIGURATION: ""})
    assert invoke("lint", "--against", "HEAD").exit_code == 1, "the policy of then asks for it too"
    repository.commit({CONFIGURATION: "", "prod/q.yaml": QUEUE})
    moved("prod/q.yaml", "prod/r.yaml.old")()
    assert invoke("lint", "--against", "HEAD").exit_code == 0


@pytest.mark.parametrize("folder", ["", "prod/"])
def test_hooks_gate_the_change_that_takes_the_policy_away(repository: Repository, folder: str) -> None:
    configuration = f"{folder}{CONFIGURATION}"
    repository.commit({configuration: "extends: ./p.yaml\n", f"{folder}p.yaml": f"policy: {{locked: [{POLLING}]}}\n"})
    (repository.path / folder / "p.yaml").unlink()
    write(repository.path, {configuration: f"rules: {{{POLLING}: off}}\n"})
    repository.git("add", "-A")
    hook = ("lint", "--quiet-unknown", "--force-exclude", "--dependants", "--staged", "--gate-by-policy", "--")
    for paths in ([configuration], [configuration, "prod/q.yaml"]):
        result = invoke(*hook, *paths)
        assert (result.exit_code, "gate: " in result.stdout) == (1, True), result.output
    repository.commit({configuration: ""})
    write(repository.path, {configuration: f"rules: {{{POLLING}: off}}\n"})
    assert "gate: " not in invoke("lint", "--gate-by-policy").stdout, "there was no policy any more"


def test_a_policy_that_the_change_loosens_counts_as_it_was(repository: Repository) -> None:
    repository.commit({CONFIGURATION: "extends: ./p.yaml\n", "p.yaml": f"policy: {{locked: [{POLLING}]}}\n"})
    loose = f"policy: {{locked: [{POLLING}], allow: {{exclude: [prod/], suppress: with-reason, baseline: true}}}}\n"
    write(repository.path, {CONFIGURATION: "extends: ./p.yaml\nexclude: [prod/]\n", "p.yaml": loose})
    assert gate()[0] == 1
    repository.commit({CONFIGURATION: "extends: ./p.yaml\n", "p.yaml": loose})
    write(repository.path, {CONFIGURATION: "extends: ./p.yaml\nexclude: [prod/]\n"})
    assert gate()[1]["unjudged"] == [], "it was allowed before"


def test_a_hook_gets_files_that_are_there(repository: Repository) -> None:
    """A file that was moved away is not among those that a hook is given, nor are those that a configuration hides."""
    moved("prod/q.yaml", "prod/q.yaml.old")()
    write(repository.path, {"other.yaml": "Resources: {T: {Type: AWS::SNS::Topic}}\n"})
    repository.git("add", "-A")
    assert gate("other.yaml")[1]["unjudged"][0]["why"] == "it is in prod/q.yaml.old now, which is not looked at"
    repository.git("reset", "-q", "--hard")
    write(repository.path, {CONFIGURATION: "exclude: [prod/]\n", "other.yaml": "a: 1\n"})
    repository.git("add", "-A")
    assert gate("--quiet-unknown", "--force-exclude", CONFIGURATION)[1]["unjudged"][0]["path"] == "prod/q.yaml"
    assert gate("--quiet-unknown", "other.yaml")[1]["unjudged"][0]["path"] == "prod/q.yaml"
    write(repository.path, {CONFIGURATION: ""})
    repository.git("add", "-A")
    assert gate("--quiet-unknown", "other.yaml")[1]["unjudged"] == []


def test_a_submodule_in_place_of_a_folder(repository: Repository, tmp_path: Path) -> None:
    other = made(tmp_path / "other")
    other.commit({"q.yaml": QUEUE})
    commit = other.head()
    shutil.rmtree("other")
    repository.git("rm", "-rq", "prod")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},prod")
    assert gate()[1]["unjudged"][0]["why"] == "the folder is a submodule now (prod)"


def test_marks_of_the_index_hide_nothing(repository: Repository) -> None:
    write(repository.path, {CONFIGURATION: "exclude: [prod/]\n"})
    repository.git("update-index", "--assume-unchanged", "prod/q.yaml")
    write(repository.path, {".gitattributes": "* export-ignore -diff binary\n", ".gitignore": "*\n"})
    repository.git("add", "-f", CONFIGURATION, ".gitattributes", ".gitignore")
    assert gate()[0] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_nobody_may_read(repository: Repository) -> None:
    Path("prod/q.yaml").chmod(0)
    assert gate()[0] == 2


def test_a_fixed_finding_is_mended_and_one_behind_new_values_is_narrowed(repository: Repository) -> None:
    head = "Parameters: {Wait: {Type: Number, Default: 0}}\n"
    text = f"{head}{QUEUE}    Properties: {{ReceiveMessageWaitTimeSeconds: !Ref Wait}}\n"
    repository.commit({"prod/q.yaml": text})
    write(repository.path, {"prod/q.yaml": text.replace("Default: 0", "Default: 20")})
    result = invoke("lint", "--against", "HEAD", "--format", "json", "prod")
    against = json.loads(result.stdout)["against"]
    assert ([one["rule"] for one in against["mended"]], against["narrowed"]) == ([POLLING], [])
    write(repository.path, {"prod/q.yaml": text, CONFIGURATION: "deployments: {live: {Wait: 20}}\n"})
    told = invoke("lint", "--against", "HEAD", "prod").stdout
    assert f"settings changed since HEAD: {CONFIGURATION}: deployments.live: nothing → values of Wait" in told


GIT_SYNC = 'template-file-path: prod/q.yaml\nparameters: {Wait: "20", Stage: dev}\n'
DECIDED = """\
Parameters: {Wait: {Type: Number, Default: 0}, Stage: {Type: String, Default: prod}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}
  Bills:
    Type: AWS::SQS::Queue
    Condition: IsProd
"""
VARIED = """\
terraform {
  backend "s3" {}
}
variable "wait" { default = 0 }
variable "is_live" { default = true }
resource "aws_sqs_queue" "orders" { receive_wait_time_seconds = var.wait }
resource "aws_sqs_queue" "bills" { count = var.is_live ? 1 : 0 }
"""
CALLER = 'variable "n" {}\nmodule "m" {\n  source = "../infra"\n  count = var.n\n  wait = 20\n  is_live = false\n}\n'
PARENT = (
    "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: "
    "{TemplateURL: ../prod/q.yaml, Parameters: {Wait: 20, Stage: dev}}}}\n"
)
OTHERS: Mapping[str, Mapping[str, str] | Callable[[], None]] = {
    "a file of Git sync": {"vendor/deploy.yaml": GIT_SYNC},
    "a stack of Sceptre": {
        "config/x/deploy.yaml": 'template_path: ../prod/q.yaml\nparameters: {Wait: "20", Stage: dev}\n',
        "templates/readme.txt": "",
    },
    "a false parent": {"vendor/top.yaml": PARENT},
    "values of samconfig": {
        "prod/samconfig.toml": '[prod.deploy.parameters]\ntemplate_file = "q.yaml"\n'
        'parameter_overrides = "Wait=20 Stage=dev"\n[dev.deploy.parameters]\ntemplate_file = "q.yaml"\n'
        'parameter_overrides = "Wait=20 Stage=dev"\n'
    },
    "a file of variables": {"infra/prod.tfvars": "wait = 20\nis_live = false\n"},
    "variables of their own accord": {"infra/x.auto.tfvars": "wait = 20\nis_live = false\n"},
    "variables in a folder below": {"infra/env/prod.tfvars": "wait = 20\nis_live = false\n"},
    "a command with a file of variables": {
        "Makefile": "p:\n\tterraform -chdir=infra plan -var-file=../vars/x.tfvars\n",
        "vars/x.tfvars": "wait = 20\nis_live = false\na = 1\nb = 1\nc = 1\n",
    },
    "a caller that may not call": {"vendor/main.tf": CALLER},
    "another tool's file": {"infra/main.tofu": ""},
    "an override": {"infra/x_override.tf": 'resource "aws_sqs_queue" "orders" { receive_wait_time_seconds = 20 }\n'},
    "deployments": {CONFIGURATION: "deployments: {dev: {Wait: 20, Stage: dev}}\n"},
    "a file of values": {CONFIGURATION: "var-file: x.tfvars\n", "x.tfvars": "wait = 20\nis_live = false\n"},
    "a folder of samples": lambda: [moved(name, f"examples/{name}")() for name in ("prod", "infra")].clear(),
    "a folder of tests": lambda: [moved(name, f"tests/{name}")() for name in ("prod", "infra")].clear(),
    "a folder of another environment": into_development,
    "folders that count as samples": {CONFIGURATION: "environments: {folders: [prod, infra]}\n"},
    "names of production": {CONFIGURATION: "production: [dev]\ndevelopment: [prod]\n"},
}  # fmt: skip


DEPLOYED = ("an override", "variables of their own accord")


def grave() -> list[tuple[str, str]]:
    found = json.loads(invoke("lint", "--format", "json").stdout)["findings"]
    every = [each for one in found for each in ([{**one, **part} for part in one["each"]] if "each" in one else [one])]
    return sorted((one["rule"], one["resource"]) for one in every if one["level"] != "advice")


@pytest.mark.parametrize("way", OTHERS)
def test_what_others_say_takes_no_finding_away(repository: Repository, way: str) -> None:
    """Either all that failed the run does so still, or the gate is shut, or it changes what is deployed."""
    base = repository.commit({"prod/q.yaml": DECIDED, "infra/main.tf": VARIED})
    before = grave()
    assert len(before) > 5
    change = OTHERS[way]
    if callable(change):
        change()
    else:
        write(repository.path, change)
    repository.git("add", "-A", "-f")
    result = invoke("lint", "--gate", "--against", base)
    after = grave()
    lost = [one for one in before if one not in after]
    assert not lost or result.exit_code in (1, 2) or "narrowed" in result.output or way in DEPLOYED, lost


def test_a_configuration_that_comes_beside_a_state_shuts_the_gate(repository: Repository) -> None:
    attributes = {"id": "q", "name": "q", "engine": "postgres", "backup_retention_period": 0}
    block = {"mode": "managed", "type": "aws_db_instance", "name": "q", "instances": [{"attributes": attributes}]}
    state = json.dumps({"version": 4, "serial": 1, "lineage": "a", "resources": [block]})
    base = repository.commit({"estate/prod.tfstate": state})
    assert any(rule == "rds-backup-retention" for rule, _ in grave())
    write(repository.path, {"estate/main.tf": ""})
    repository.git("add", "-A", "-f")
    result = invoke("lint", "--gate", "--against", base)
    assert result.exit_code == 1
    assert "prod.tfstate" in result.output


def test_production_that_comes_beside_a_folder_takes_no_finding_away(repository: Repository) -> None:
    moved("prod", "dev")()
    base = repository.commit({"shop/readme.md": ""})
    code, made, _ = gate("--against", base)
    assert (code, made["lowered"]) == (0, [])
    repository.commit({"prod/readme.md": ""})
    code, made, notices = gate("--against", base)
    where = {(one["path"], one["deployment"]) for one in made["lowered"]}
    assert (code, where) == (1, {("dev/q.yaml", "in dev/, which deploys no production")})
    assert any("became advice since" in notice for notice in notices)


LOCKED = f"policy: {{locked: [{POLLING}]}}\n"
ALLOWING = f"policy: {{locked: [{POLLING}], allow: {{suppress: with-reason}}}}\n"
SUPPRESS = f"suppress: [{{rules: [{POLLING}], reason: drained by the producer}}]\n"
IGNORED = QUEUE + f"    # awslint-memo: ignore[{POLLING}] drained by the producer\n"
LOOSENED: Mapping[str, Mapping[str, str | None]] = {
    "the policy allows it now": {"p.yaml": ALLOWING, "prod/q.yaml": IGNORED},
    "it is locked no more": {"p.yaml": "policy: {locked: [rds-multi-az]}\n", "prod/q.yaml": IGNORED},
    "nothing extends the policy": {CONFIGURATION: "", "prod/q.yaml": IGNORED},
    "the policy is gone": {CONFIGURATION: None, "p.yaml": None, "prod/q.yaml": IGNORED},
    "of a new template": {CONFIGURATION: None, "p.yaml": None, "prod/new.yaml": IGNORED.replace("Orders", "New")},
    "by a pattern": {"p.yaml": ALLOWING, "prod/q.yaml": IGNORED.replace(POLLING, "sqs-*")},
    "in the configuration": {CONFIGURATION: SUPPRESS},
    "in the policy itself": {"p.yaml": LOCKED + SUPPRESS},
}


@pytest.mark.parametrize("change", LOOSENED.values(), ids=list(LOOSENED))
def test_a_new_suppression_needs_the_leave_of_the_policy_that_was(
    repository: Repository, change: Mapping[str, str | None]
) -> None:
    repository.commit({CONFIGURATION: "extends: ./p.yaml\n", "p.yaml": LOCKED})
    write(repository.path, {name: text for name, text in change.items() if text is not None})
    for name in (name for name, text in change.items() if text is None):
        Path(name).unlink()
    repository.git("add", "-A")
    result = invoke("lint", "--against", "HEAD")
    assert result.exit_code == 1, result.output
    assert "would fail the run by the settings of HEAD" in result.stdout
    repository.commit()
    assert invoke("lint", "--against", "HEAD").exit_code == 0, "it is the revision's now"


@pytest.mark.parametrize("change", [{"prod/q.yaml": IGNORED}, {CONFIGURATION: f"extends: ./p.yaml\n{SUPPRESS}"}])
def test_a_new_suppression_that_the_policy_allowed_is_told(repository: Repository, change: Mapping[str, str]) -> None:
    repository.commit({CONFIGURATION: "extends: ./p.yaml\n", "p.yaml": ALLOWING})
    write(repository.path, change)
    result = invoke("lint", "--against", "HEAD")
    assert (result.exit_code, "newly suppressed: prod/q.yaml" in result.stdout) == (0, True), result.output


LONE = 'resource "aws_db_instance" "test_shop" {\n  engine = "mysql"\n  multi_az = false\n}\n'


@pytest.mark.parametrize(
    ("path", "came", "words"),
    [
        ("v1/main.tf", {"v1/README.md": "# Shop\n## Deprecated: no longer supported.\n"}, "as v1/README.md says"),
        ("v1/main.tf", {"v1/b.tf": LONE.replace("test_shop", "shop")}, "aws_db_instance.test_shop is no name"),
    ],
)
def test_what_calls_something_of_no_production_takes_no_finding_away(
    repository: Repository, path: str, came: Mapping[str, str], words: str
) -> None:
    base = repository.commit({path: LONE})
    repository.commit(came)
    code, made, notices = gate("--against", base)
    lowered = [one["deployment"] for one in made["lowered"] if one["rule"] == "rds-multi-az"]
    assert (code, len(lowered)) == (1, 1)
    assert words in lowered[0]
    assert any("became advice since" in notice for notice in notices)


LOCKING = {CONFIGURATION: f"policy: {{locked: [{POLLING}]}}\n"}
ROOT = 'terraform {\n  backend "s3" {}\n}\nvariable "wait" { default = 0 }\n'
WAITING = MODULE.replace("}", "receive_wait_time_seconds = var.wait\n}")
CHOSEN = f"Parameters: {{Mode: {{Type: String, Default: a}}}}\nConditions: {{B: !Equals [!Ref Mode, b]}}\n{QUEUE}"
LOWERED: Mapping[str, Mapping[str, str]] = {
    "a choice of a parameter": {"prod/q.yaml": f"{CHOSEN}    Properties: {{{WAIT}: !If [B, 20, 0]}}\n"},
    "a workspace": {
        "infra/main.tf": WAITING.replace("var.wait", 'terraform.workspace == "default" ? 0 : 20'),
    },
    "no root any more": {"infra/main.tf": ROOT.replace('  backend "s3" {}\n', "") + WAITING},
    "ignored changes": {
        "infra/main.tf": ROOT + WAITING.replace("}", "lifecycle { ignore_changes = [receive_wait_time_seconds] }\n}")
    },
}


@pytest.mark.parametrize("change", LOWERED.values(), ids=list(LOWERED))
def test_a_finding_that_became_advice_shuts_the_gate(repository: Repository, change: Mapping[str, str]) -> None:
    repository.commit({"infra/main.tf": ROOT + WAITING, **LOCKING})
    write(repository.path, change)
    result = invoke("lint", "--against", "HEAD")
    assert result.exit_code == 1, result.output
    assert "gate: 1 finding became advice since HEAD; mend it: " in result.stdout
    assert [one["rule"] for one in gate()[1]["lowered"]] == [POLLING]
    write(repository.path, {CONFIGURATION: ""})
    repository.git("add", "-A")
    repository.git("stash", "-q")
    repository.commit({CONFIGURATION: ""})
    repository.git("stash", "pop", "-q")
    assert [one["rule"] for one in gate()[1]["lowered"]] == [POLLING], "also where no policy locks the rule"


def test_what_is_not_known_any_more_is_not_mended(repository: Repository) -> None:
    write(
        repository.path,
        {"prod/q.yaml": f"Parameters: {{W: {{Type: Number}}}}\n{QUEUE}    Properties: {{{WAIT}: !Ref W}}\n"},
    )
    told = invoke("lint", "--against", "HEAD", "--gate").stdout
    assert "mended" not in told
    why = "as values are not known that were known at HEAD; write ones that mend it"
    assert f"gate: 1 finding can't be told any more, {why}: prod/q.yaml" in told


WRONG = {
    "a text of jsonencode": 'jsonencode([1]) == "[1]"',
    "decimal numbers": "0.1 + 0.2 == 0.3",
    "a logarithm": "log(1000, 10) != 3",
    "a number as a text": 'tostring(1e20) == "100000000000000000000"',
    "a conditional": '(true ? 1 : "a") != 1',
    "an error": 'can({ for i in [1, 2] : "k" => i }) == false',
    "a number of YAML": 'yamldecode("a: 1_000").a != 1000',
    "a merge of YAML": 'yamldecode("x: &x {e: false}\\nb: {e: true, <<: *x}").b.e == false',
    "a map of texts": "var.m.a != 1",
    "an attribute that is dropped": "can(var.o.b) == false",
    "small letters": 'lower("İ") == "i"',
    "a normal form": '"e\\u0301" == "é"',
    "the key of a set": '[for k, v in toset(["a"]) : k][0] == "a"',
    "lists of two types": 'concat(tolist([1]), tolist(["a"]))[0] != 1',
    "the default of a map": 'lookup(tomap({ a = "x" }), "b", 2) != 2',
    "a format": 'format("%v", 1000000) == "1e+06"',
}
"""Expressions that are true in Terraform, each for one that other programs read otherwise."""

VARIABLES = """\
variable "m" {
  type    = map(string)
  default = { a = 1 }
}
variable "o" {
  type    = object({ a = string })
  default = { a = "x", b = "y" }
}
"""


@pytest.mark.parametrize("way", WRONG)
def test_no_expression_mends_what_it_does_not_mend_in_terraform(repository: Repository, way: str) -> None:
    write(
        repository.path,
        {"infra/main.tf": MODULE.replace("}", f"  receive_wait_time_seconds = {WRONG[way]} ? 0 : 20\n}}\n{VARIABLES}")},
    )
    code, told, _ = gate()
    assert code or told["unknown"] or POLLING in invoke("lint", "infra", "--advice").stdout
    assert "mended" not in invoke("lint", "--against", "HEAD", "--gate").stdout


INSTANCE = "{Engine: mysql, DBInstanceClass: db.m6g.large, AllocatedStorage: '9', MultiAZ: false}"


@pytest.mark.parametrize(
    ("properties", "is_shut"),
    [
        (INSTANCE.replace("false", "!Ref P"), True),
        (INSTANCE.replace("mysql", "!Ref P"), True),
        (INSTANCE.replace("}", ", DBClusterIdentifier: !Ref P}"), True),
        (INSTANCE.replace("false", "true").replace("}", ", AvailabilityZone: !Ref P}"), False),
    ],
)
def test_another_value_that_is_not_known_mends_nothing(repository: Repository, properties: str, is_shut: bool) -> None:
    """A rule may ask for the engine first; its finding is about the standby."""
    head = "Parameters: {P: {Type: String}}\nResources:\n  Db:\n    Type: AWS::RDS::DBInstance\n    Properties: "
    repository.commit({"prod/db.yaml": f"{head}{INSTANCE}\n"})
    write(repository.path, {"prod/db.yaml": f"{head}{properties}\n"})
    assert ("rds-multi-az" in [one["rule"] for one in gate()[1]["unknown"]]) == is_shut


NESTED = f"""\
Parameters: {{Wait: {{Type: Number, Default: 0}}, Name: {{Type: String}}}}
{QUEUE}    Properties: {{{WAIT}: !Ref Wait}}
"""
NESTING = (
    "Resources: {S: {Type: AWS::CloudFormation::Stack, Properties: "
    "{TemplateURL: ../prod/q.yaml, Parameters: {Wait: 20, Name: a}}}}\n"
)


def test_a_parent_beside_parameters_without_a_default_takes_no_locked_finding_away(repository: Repository) -> None:
    repository.commit({"prod/q.yaml": NESTED, **LOCKING})
    write(repository.path, {"vendor/top.yaml": NESTING})
    result = invoke("lint", "prod", "vendor", "--against", "HEAD")
    assert "gone" not in result.stdout
    assert "no change against HEAD" in result.stdout
    assert invoke("lint", "prod", "vendor").exit_code == 1
    repository.commit({CONFIGURATION: ""})
    against = json.loads(
        invoke("lint", "prod", "vendor", "--against", "HEAD~1", "--no-gate", "--format", "json").stdout
    )
    assert [one["rule"] for one in against["against"]["narrowed"]] == [POLLING]


@pytest.mark.parametrize("arguments", [("--against", "HEAD"), ("--gate", "--against", "HEAD")])
def test_deployments_that_are_too_many_now_fail(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """The settings of now judge the revision too, where they are too many as well."""
    few: dict[budget.Kind, tuple[int, float]] = {"looks": (2_000, 0), "samples": (5_000, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    waiting = f"Parameters: {{W: {{Type: Number, Default: 20}}}}\n{QUEUE}    Properties: {{{WAIT}: !Ref W}}\n"
    repository.commit({"prod/q.yaml": waiting})
    many = "".join(f"  d{number}: {{W: 20}}\n" for number in range(200))
    write(repository.path, {CONFIGURATION: f"deployments:\n{many}  prod: {{W: 0}}\n"})
    result = invoke("lint", *arguments)
    assert result.exit_code == 2
    assert "the configuration names more deployments than are looked at" in result.output


PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n}\n'
DEFAULTED = """\
variable "wait" {
  default = 0
}
resource "aws_sqs_queue" "orders" {
  receive_wait_time_seconds = var.wait
}
"""


def test_a_root_that_becomes_a_module_is_told(repository: Repository) -> None:
    repository.commit({"live/main.tf": DEFAULTED, "live/p.tf": PROVIDER})
    Path("live/p.tf").unlink()
    result = invoke("lint", "--against", "HEAD")
    assert "live: deployed by itself at HEAD, and a module now" in result.output
    assert "live: deployed by itself" not in invoke("lint", "--against", "HEAD~1").output


def test_what_only_the_settings_hide_of_a_finding_about_several_resources(repository: Repository) -> None:
    """What is told together has one fingerprint, however many resources it names."""
    rule = "xray-lambda-tracing"
    functions = "".join(f"  {name}: {{Type: AWS::Lambda::Function}}\n" for name in ("Bill", "Pack", "Ship"))
    settings = f"rules: {{{rule}: warning}}\n"
    repository.commit(
        {"prod/f.yaml": f"Resources:\n{functions}", CONFIGURATION: f"{settings}policy: {{locked: [{rule}]}}\n"}
    )
    write(Path(), {CONFIGURATION: f"{settings}suppress: [{{rules: [{rule}], resources: [Pack], reason: because}}]\n"})
    code, shut, notices = gate("--gate", "--select", rule)
    assert code == 1
    assert [(each["rule"], each["resource"]) for each in shut["lost"]] == [(rule, "Pack")]
    (said,) = (notice for notice in notices if "would fail the run by the settings of HEAD" in notice)
    assert "Pack" in said
    assert "Bill" not in said
