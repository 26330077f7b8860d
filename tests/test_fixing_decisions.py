"""What --fix makes of values that somebody decided: written numbers, defaults, inputs of modules, and comments."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.repositories import Repository, needs_git

pytestmark = pytest.mark.usefixtures("polled_queues")

NUMBER = "replaces a number that somebody wrote"
MULTI_AZ = ("--select", "rds-multi-az")
DATABASE = (
    'resource "aws_db_instance" "db" {\n  engine            = "mysql"\n  instance_class    = "db.m5.large"\n'
    "  allocated_storage = 20\n  multi_az          = var.multi_az\n}\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_tf", ".tf").replace("_yaml", ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def queue(line: str) -> str:
    return f"Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n{line}"


def test_a_number_that_is_written_is_replaced_only_if_a_person_wants_it(folder: Path) -> None:
    text = queue("      ReceiveMessageWaitTimeSeconds: 0\n")
    write(folder, t_yaml=text)
    done = invoke("lint", "--fix", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert (folder / "t.yaml").read_text() == text
    assert f"sqs-long-polling needs --unsafe-fixes (1 finding): {NUMBER}" in done.stderr
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert (folder / "t.yaml").read_text() == text.replace(": 0", ": 20")


@pytest.mark.parametrize(
    "lines",
    [
        "      # the reader polls each second itself\n      ReceiveMessageWaitTimeSeconds: 0\n",
        "      ReceiveMessageWaitTimeSeconds: 0  # the reader polls itself\n",
        "      ReceiveMessageWaitTimeSeconds: 0  # nosec\n",
    ],
)
def test_a_value_that_a_comment_explains_is_left(folder: Path, lines: str) -> None:
    write(folder, t_yaml=queue(lines))
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert (folder / "t.yaml").read_text() == queue(lines)
    assert "is not mended: the comment at t.yaml:5 says why it is so" in done.stderr


def test_a_word_beside_a_value_explains_nothing(folder: Path) -> None:
    write(folder, t_yaml=queue("      ReceiveMessageWaitTimeSeconds: 0  # seconds\n"))
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert "TimeSeconds: 20  # seconds\n" in (folder / "t.yaml").read_text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  Wait: {Type: Number, Default: 0}\n", "  Wait: {Type: Number, Default: 20}\n"),
        ('  Wait:\n    Type: String\n    Default: "0" # s\n', '  Wait:\n    Type: String\n    Default: "20" # s\n'),
    ],
)
def test_the_default_of_a_parameter_is_changed(folder: Path, before: str, after: str) -> None:
    rest = queue("      ReceiveMessageWaitTimeSeconds: !Ref Wait\n")
    write(folder, t_yaml=f"Parameters:\n{before}{rest}")
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert (folder / "t.yaml").read_text() == f"Parameters:\n{after}{rest}"
    assert done.exit_code == 0


def test_the_default_of_a_variable_is_changed(folder: Path) -> None:
    variable = 'variable "multi_az" {\n  default = false\n}\n'
    write(folder, main_tf=variable + DATABASE)
    invoke("lint", "--fix", "--advice", *MULTI_AZ, ".")
    assert (folder / "main.tf").read_text() == variable + DATABASE
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert (folder / "main.tf").read_text() == variable.replace("false", "true") + DATABASE


def test_what_is_given_to_a_module_is_changed_at_the_call(folder: Path) -> None:
    call = 'module "db" {\n  source   = "./m"\n  multi_az = false\n}\n'
    write(folder, m__main_tf='variable "multi_az" {}\n' + DATABASE, main_tf=call)
    done = invoke("lint", "--diff", "--advice", *MULTI_AZ, ".")
    assert "(1 finding): costs a second instance and changes multi_az given to module.db" in done.stderr
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert (folder / "main.tf").read_text() == call.replace("false", "true")


def test_what_is_given_to_a_downloaded_module_is_changed_at_the_call(folder: Path) -> None:
    module = folder / ".terraform" / "modules" / "db"
    module.mkdir(parents=True)
    (module / "main.tf").write_text('variable "multi_az" {}\n' + DATABASE)
    key = '{"Modules": [{"Key": "db", "Source": "x", "Dir": ".terraform/modules/db"}]}'
    (folder / ".terraform" / "modules" / "modules.json").write_text(key)
    call = 'module "db" {\n  source   = "example/db/aws"\n  multi_az = false\n}\n'
    write(folder, main_tf=call)
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert (folder / "main.tf").read_text() == call.replace("false", "true")


def test_two_that_want_different_numbers_of_one_default_leave_it(folder: Path) -> None:
    variable = 'variable "wait" {\n  default = 30\n}\n'
    pair = (
        'resource "aws_sqs_queue" "{0}" {{\n  visibility_timeout_seconds = var.wait\n}}\n'
        'resource "aws_lambda_function" "{0}" {{\n  function_name = "{0}"\n  timeout = {1}\n}}\n'
        'resource "aws_lambda_event_source_mapping" "{0}" {{\n  event_source_arn = aws_sqs_queue.{0}.arn\n'
        "  function_name = aws_lambda_function.{0}.arn\n}}\n"
    )
    write(folder, main_tf=variable + pair.format("a", 60) + pair.format("b", 100))
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-visibility-*", ".")
    assert "default = 600\n" in (folder / "main.tf").read_text()


def test_a_resource_of_a_nested_stack_is_mended_in_its_template(folder: Path) -> None:
    inner = queue("      VisibilityTimeout: 30\n")
    nested = "Resources:\n  Kid: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: kid.yaml}}\n"
    write(folder, parent_yaml=nested, kid_yaml=inner)
    invoke("lint", "--fix", "--advice", "--select", "sqs-long-polling", "parent.yaml")
    assert (folder / "kid.yaml").read_text() == f"{inner}      ReceiveMessageWaitTimeSeconds: 20\n"


def test_each_finding_that_is_left_is_told_with_its_reason_by_rule(folder: Path) -> None:
    write(folder, t_yaml=queue("      ReceiveMessageWaitTimeSeconds: 0\n"))
    done = invoke("lint", "--diff", "--advice", "--select", "sqs-*", "t.yaml")
    assert done.stderr.splitlines() == [
        "sqs-dead-letter-queue needs --unsafe-fixes (1 finding): adds a queue",
        f"sqs-long-polling needs --unsafe-fixes (1 finding): {NUMBER}",
        "would mend 0 findings; 2 more with --unsafe-fixes",
    ]


def test_a_comment_that_says_what_a_number_means_keeps_it(folder: Path) -> None:
    text = queue("      ReceiveMessageWaitTimeSeconds: 5  # five seconds\n")
    write(folder, t_yaml=text)
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert (folder / "t.yaml").read_text() == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t_yaml", queue("      # ReceiveMessageWaitTimeSeconds: 20\n      QueueName: q\n")),
        ("main_tf", 'resource "aws_sqs_queue" "q" {\n  name = "q"\n  # receive_wait_time_seconds = 20\n}\n'),
    ],
)
def test_a_setting_that_is_commented_out_is_not_written(folder: Path, name: str, text: str) -> None:
    write(folder, **{name: text})
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", ".")
    assert (folder / name.replace("_", ".")).read_text() == text
    assert "it is commented out at" in done.stderr


def test_a_function_that_a_program_writes_is_left(folder: Path) -> None:
    text = (
        '{"Transform": "AWS::Serverless-2016-10-31", "Resources": {"F": {"Type": "AWS::Serverless::Function", '
        '"Metadata": {"Tool": "Amazon.Lambda.Annotations"}, "Properties": {"Handler": "a", "Timeout": 20}}}}'
    )
    (folder / "serverless.template").write_text(text)
    done = invoke("lint", "--fix", "--advice", "--select", "xray-lambda-tracing", ".")
    assert (folder / "serverless.template").read_text() == text
    assert "Amazon.Lambda.Annotations writes F; change the program" in done.stderr


@needs_git
def test_only_what_a_change_brought_is_mended(folder: Path) -> None:
    old = "Resources:\n  Old:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: old\n"
    new = "  New:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: new\n"
    (folder / ".git").rmdir()
    Repository.made(folder).commit({"t.yaml": old})
    write(folder, t_yaml=old + new)
    options = ("--against", "HEAD", "--advice", "--select", "sqs-long-polling", ".")
    assert "would mend 1 finding in 1 file" in invoke("lint", "--diff", *options).stderr
    done = invoke("lint", "--fix", *options)
    assert (folder / "t.yaml").read_text() == f"{old}{new}      ReceiveMessageWaitTimeSeconds: 20\n"
    assert (done.exit_code, done.stderr) == (0, "mended 1 finding in 1 file\n")


def test_a_default_that_its_description_names_is_left(folder: Path) -> None:
    variable = (
        'variable "multi_az" {\n  description = "Whether there is a standby. Default false"\n  default = false\n}\n'
    )
    write(folder, main_tf=variable + DATABASE)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert (folder / "main.tf").read_text() == variable + DATABASE
    assert "the description at ./main.tf:2 names the default; change both by hand" in done.stderr


@pytest.mark.parametrize(
    ("row", "is_left"),
    [
        ("| `multi_az` | `bool` | `false` | Whether there is a standby |", True),
        (
            '| <a name="input_multi_az"></a> [multi\\_az](#input\\_multi\\_az) | A standby | `bool` | `false` | no |',
            True,
        ),
        ("| `multi_az` | `bool` | Whether there is a standby |", False),
        ("Give multi_az where a standby is needed; it is false otherwise.", False),
    ],
)
def test_a_default_that_a_table_of_variables_names_is_left(folder: Path, row: str, *, is_left: bool) -> None:
    variable = 'variable "multi_az" {\n  default = false\n}\n'
    write(folder, main_tf=variable + DATABASE)
    (folder / "README.md").write_text(f"# Database\n\n{row}\n")
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert ("default = false" in (folder / "main.tf").read_text()) is is_left
    assert ("the table at ./README.md:3 names the default; change both by hand" in done.stderr) is is_left


def test_a_default_that_a_document_above_the_module_names_is_left(folder: Path) -> None:
    variable = 'variable "multi_az" {\n  default = false\n}\n'
    write(folder, database__main_tf=variable + DATABASE)
    (folder / "docs.md").write_text("# database\n\n| Name | Default |\n|---|---|\n| multi_az | `false` |\n")
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert (folder / "database" / "main.tf").read_text() == variable + DATABASE
    assert "docs.md:5 names the default; change both by hand" in done.stderr


def test_a_second_instance_is_left_to_those_who_call_a_module(folder: Path) -> None:
    variables = 'variable "name" {}\n\nvariable "multi_az" {\n  default = false\n}\n'
    write(folder, main_tf=variables + DATABASE)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert (folder / "main.tf").read_text() == variables + DATABASE
    assert "rds-multi-az has no fix (1 finding): those who call the module decide about its cost" in done.stderr


TABLE = 'resource "aws_dynamodb_table" "orders" {\n  name         = "orders"\n  billing_mode = "PAY_PER_REQUEST"\n}\n'
RECOVERY = ("--select", "dynamodb-point-in-time-recovery")
FOR_ALL = "needs --unsafe-fixes (1 finding): decides for all callers of the module"
CALL = 'provider "aws" {}\n\nmodule "orders" {\n  source = "./orders"\n}\n'


@pytest.mark.parametrize(
    ("files", "is_safe"),
    [
        ({"main_tf": TABLE}, True),
        ({"main_tf": 'variable "name" {\n  default = "a"\n}\n\n' + TABLE}, True),
        ({"main_tf": 'variable "name" {}\n\nterraform {\n  backend "s3" {}\n}\n\n' + TABLE}, True),
        ({"main_tf": 'variable "name" {}\n\nprovider "aws" {}\n\n' + TABLE}, True),
        ({"main_tf": 'variable "name" {}\n\n' + TABLE, "terraform.tfvars": 'name = "a"\n'}, True),
        ({"main_tf": 'variable "name" {}\n\n' + TABLE}, False),
        ({"main_tf": CALL, "orders__main_tf": TABLE}, True),
        ({"main_tf": CALL, "orders__main_tf": 'provider "aws" {}\n\n' + TABLE}, False),
    ],
)
def test_what_is_written_into_a_module_decides_for_callers_that_nobody_knows(
    folder: Path, files: dict[str, str], *, is_safe: bool
) -> None:
    write(folder, **files)
    done = invoke("lint", "--fix", "--advice", *RECOVERY)
    texts = "".join(path.read_text() for path in folder.rglob("*.tf"))
    assert ("point_in_time_recovery" in texts) is is_safe
    assert (FOR_ALL in done.stderr) is not is_safe
    if not is_safe:
        invoke("lint", "--fix", "--unsafe-fixes", "--advice", *RECOVERY)
        assert "point_in_time_recovery" in "".join(path.read_text() for path in folder.rglob("*.tf"))


def test_what_refers_to_another_resource_is_right_for_all_callers(folder: Path) -> None:
    text = (
        'variable "name" {}\n\nresource "aws_sns_topic" "orders" {\n  name = var.name\n}\n\n'
        'resource "aws_sqs_queue" "orders" {\n  name = var.name\n}\n\n'
        'resource "aws_sns_topic_subscription" "orders" {\n  topic_arn = aws_sns_topic.orders.arn\n'
        '  protocol  = "sqs"\n  endpoint  = aws_sqs_queue.orders.arn\n}\n'
    )
    write(folder, main_tf=text)
    invoke("lint", "--fix", "--select", "delivery-not-allowed")
    assert 'resource "aws_sqs_queue_policy" "orders_policy"' in (folder / "main.tf").read_text()


PACKAGED = """Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.13
      CodeUri: %s
      Timeout: 20
"""
HASHED = PACKAGED % "s3://artifacts/5946adca9c211e3abd2ccdbd3b62aeb7"
NAMED = PACKAGED % "s3://artifacts/orders.zip"
SYNTHESIZED = PACKAGED % "." + "    Metadata:\n      aws:cdk:path: Shop/Work/Resource\n"
BOOTSTRAPPED = (
    "Parameters:\n  BootstrapVersion: {Type: AWS::SSM::Parameter::Value<String>, "
    "Default: /cdk-bootstrap/hnb659fds/version}\n" + PACKAGED % "."
)
BUILT = PACKAGED % "." + "    Metadata:\n      SamResourceId: Work\n"
MADE = """{
  "Resources": {
    "Work": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "work"}}
  }
}
"""
SORTED = """{
  "Resources": {
    "Work": {"Properties": {"QueueName": "work"}, "Type": "AWS::SQS::Queue"}
  }
}
"""
TERRAGRUNT = '# Generated by Terragrunt. Sig: nIlQXj57tbuaRZEa\nresource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
TROPOSPHERE = "from troposphere import Template\n"
QUEUE = '"resource": {"aws_sqs_queue": {"q": {"name": "q"}}}'
CDKTF = f'{{"//": {{"metadata": {{"backend": "local", "stackName": "shop", "version": "0.21.0"}}}}, {QUEUE}}}\n'
FRAMEWORK = '{"Resources": {"Q": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "q"}}}}\n'


@pytest.mark.parametrize(
    ("name", "text", "others", "reason"),
    [
        ("packaged.yaml", HASHED, {"template.yaml": ""}, "anew by sam package; change its source ./template.yaml"),
        ("out.yaml", HASHED, {}, "anew by sam package; change the template that it is made from"),
        ("out.yaml", BUILT, {}, "./out.yaml is written anew by sam package"),
        ("orders-packaged.yaml", NAMED, {"orders.yaml": ""}, "change its source ./orders.yaml"),
        ("packaged-orders.yaml", HASHED, {"sam/orders.yaml": ""}, "/orders.yaml"),
        ("orders.yaml", NAMED, {}, ""),
        ("unpackaged.yaml", NAMED, {}, ""),
        ("stack.yml", SYNTHESIZED, {"app/cdk.json": "{}"}, "anew by cdk synth; change the app of app/cdk.json"),
        ("stack.yml", BOOTSTRAPPED, {}, "./stack.yml is written anew by cdk synth; change the app"),
        ("shop.template.yaml", PACKAGED % ".", {"ShopTemplate.py": TROPOSPHERE}, "anew by ./ShopTemplate.py"),
        ("out/shop.yaml", PACKAGED % ".", {"make.py": f"{TROPOSPHERE}open('out/shop.yaml', 'w')\n"}, "./make.py"),
        ("shop.template.yaml", PACKAGED % ".", {"ShopTemplate.py": "import json\n"}, ""),
        ("shop.yaml", PACKAGED % ".", {"orders.py": TROPOSPHERE}, ""),
        ("build/t.json", MADE, {"index.js": ""}, "build/t.json is in a folder that ./index.js writes"),
        ("build/t.json", MADE, {"t.md": ""}, ""),
        ("shop.json", SORTED, {"stack.py": TROPOSPHERE}, "./shop.json is written anew by ./stack.py"),
        ("shop.json", SORTED, {"troposphere/stack.py": TROPOSPHERE}, "by ./troposphere/stack.py; change that"),
        ("shop.json", MADE, {"stack.py": TROPOSPHERE}, ""),
        ("shop.json", SORTED, {"stack.py": "import json\n"}, ""),
        ("t.json", MADE, {"index.js": ""}, ""),
        (
            "t.yaml",
            f"# Auto-generated by make.js. Do not edit by hand.\n{PACKAGED % '.'}",
            {},
            "at ./t.yaml:1 says that",
        ),
        ("t.yaml", f"# DO NOT EDIT\n# Generated from t.j2\n{PACKAGED % '.'}", {}, "at ./t.yaml:2 says that"),
        ("t.yaml", f"# Auto-generated by Claude\n{PACKAGED % '.'}", {}, ""),
        ("t.yaml", f"# Passwords are generated, do change them\n{PACKAGED % '.'}", {}, ""),
        ("main.tf", TERRAGRUNT, {}, "the comment at ./main.tf:1 says that it is generated"),
        ("cdktf.out/stacks/shop/cdk.tf.json", CDKTF, {}, "is written anew by cdktf synth"),
        ("cdk.tf.json", f"{{{QUEUE}}}\n", {}, ""),
        (".serverless/cloudformation-template-update-stack.json", FRAMEWORK, {}, "anew by serverless package"),
        ("cloudformation-template-update-stack.json", FRAMEWORK, {}, ""),
        ("packaged/sam.json", FRAMEWORK, {".chalice/config.json": "{}"}, "anew by chalice package"),
        ("packaged/sam.json", FRAMEWORK, {}, ""),
    ],
)
def test_what_a_program_writes_anew_is_left(
    folder: Path, name: str, text: str, others: dict[str, str], reason: str
) -> None:
    for path, content in {name: text, **others}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content)
    done = invoke("lint", "--fix", "--advice", "--select", "xray-lambda-tracing,sqs-long-polling", ".")
    assert ((folder / name).read_text() == text) is bool(reason)
    assert reason in done.stderr
    assert ("mended 1 finding" in done.stderr) is not bool(reason)


def test_the_default_of_a_parameter_in_a_packaged_file_is_left(folder: Path) -> None:
    queues = "Parameters:\n  Wait: {Type: Number, Default: 0}\n" + HASHED
    text = (
        f"{queues}  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {{ReceiveMessageWaitTimeSeconds: !Ref Wait}}\n"
    )
    (folder / "out.yaml").write_text(text)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", ".")
    assert (folder / "out.yaml").read_text() == text
    assert "is written anew by sam package" in done.stderr


OLD = """resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = "${aws_cloudwatch_event_rule.nightly.name}"
  arn  = "${aws_lambda_function.report.arn}"
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "${aws_iam_role.report.arn}"
}
"""
TAGS = 'resource "aws_sqs_queue" "q" {\n  tags {\n    a = "b"\n  }\n}\n'
PERMISSION = ("--select", "lambda-permission-missing")


@pytest.mark.parametrize(
    ("sign", "is_old"),
    [
        ({"versions_tf": 'terraform {\n  required_version = "~> 0.11"\n}\n'}, True),
        ({"versions_tf": 'terraform {\n  required_version = ">= 0.10, < 0.12"\n}\n'}, True),
        ({"versions_tf": 'terraform {\n  required_version = "0.11.14"\n}\n'}, True),
        ({"tags_tf": TAGS}, True),
        # Later versions have no variable of this name.
        ({"inner__variables_tf": 'variable "version" {}\n'}, True),
        ({"inner__variables_tf": 'variable "image_version" {}\n'}, False),
        ({".terraform-version": "0.11.14\n"}, True),
        # Later versions ask for "./" before a folder.
        ({"main_tf": 'module "m" {\n  source = "inner"\n}\n'}, True),
        ({"main_tf": 'module "m" {\n  source = "./inner"\n}\n'}, False),
        ({"main_tf": 'module "m" {\n  source = "acme/queue/aws"\n}\n'}, False),
        ({"terraform.tfstate": '{"version": 3, "terraform_version": "0.8.0"}'}, True),
        ({"terraform.tfstate": '{"version": 4, "terraform_version": "1.8.0", "resources": []}'}, False),
        # Later versions take "${…}" too.
        ({"versions_tf": 'terraform {\n  required_version = ">= 0.11"\n}\n'}, False),
        ({"versions_tf": 'terraform {\n  required_version = ">= 0.12.31"\n}\n'}, False),
        ({".terraform-version": "1.5.7\n"}, False),
        ({}, False),
    ],
)
def test_references_are_written_as_old_terraform_has_them(folder: Path, sign: dict[str, str], *, is_old: bool) -> None:
    write(folder, inner__main_tf=OLD, **sign)
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", *PERMISSION, "inner")
    text = (folder / "inner" / "main.tf").read_text()
    assert ('source_arn    = "${aws_cloudwatch_event_rule.nightly.arn}"\n' in text) is is_old
    assert ("source_arn    = aws_cloudwatch_event_rule.nightly.arn\n" in text) is not is_old


def test_a_bare_reference_tells_that_terraform_is_not_so_old(folder: Path) -> None:
    text = OLD.replace('"${aws_iam_role.report.arn}"', "aws_iam_role.report.arn")
    write(folder, main_tf=text, versions_tf='terraform {\n  required_version = "~> 0.11"\n}\n')
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", *PERMISSION, ".")
    assert "= aws_cloudwatch_event_rule.nightly.arn\n" in (folder / "main.tf").read_text()


def test_what_old_terraform_can_not_express_is_left(folder: Path) -> None:
    text = OLD + 'resource "aws_sqs_queue" "jobs" {\n  name = "${var.stage}-jobs"\n}\nvariable "stage" {}\n'
    write(folder, main_tf=text, tags_tf=TAGS)
    rules = ("--select", "sqs-dead-letter-queue", "--select", "events-dead-letter")
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *rules, "main.tf", "tags.tf")
    assert (folder / "main.tf").read_text() == text
    assert "the file is written for Terraform 0.11, whose jsonencode() takes no object; set it by hand" in done.stderr


GROUP = """variable "policies" {
  type    = list(string)
  default = null
}

resource "aws_autoscaling_group" "web" {
  max_size             = 4
  termination_policies = var.policies

  instance_refresh {
    strategy = "Rolling"
  }
}

resource "aws_autoscaling_policy" "web" {
  name                   = "web"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 50

    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
"""


TERMINATION = ("--fix", "--unsafe-fixes", "--advice", "--select", "autoscaling-termination")
CALLS = 'module "%s" {\n  source   = "./m"\n  policies = %s\n}\n'


def test_what_callers_give_is_changed_at_the_call_not_taken_away_in_the_module(folder: Path) -> None:
    other = CALLS % ("b", '["OldestInstance"]')
    write(folder, m__main_tf=GROUP, main_tf=CALLS % ("a", '["NewestInstance", "OldestInstance"]') + other)
    invoke("lint", *TERMINATION, ".")
    assert (folder / "m" / "main.tf").read_text() == GROUP
    assert (folder / "main.tf").read_text() == CALLS % ("a", '["OldestInstance"]') + other


def test_what_callers_compute_is_left(folder: Path) -> None:
    call = CALLS % ("a", 'concat(["NewestInstance"], [])')
    write(folder, m__main_tf=GROUP, main_tf=call)
    done = invoke("lint", *TERMINATION, ".")
    assert (folder / "m" / "main.tf").read_text() == GROUP
    assert (folder / "main.tf").read_text() == call
    assert "is not mended: it comes from policies given to module.a; change it at ./main.tf:3" in done.stderr


def test_a_list_of_a_tfvars_file_is_changed_there(folder: Path) -> None:
    write(folder, main_tf=GROUP)
    (folder / "terraform.tfvars").write_text('policies = ["NewestInstance"]\n')
    invoke("lint", *TERMINATION, ".")
    assert (folder / "main.tf").read_text() == GROUP
    assert (folder / "terraform.tfvars").read_text() == 'policies = ["Default"]\n'


def test_a_queue_of_a_subscription_has_the_tags_of_the_topic(folder: Path) -> None:
    text = (
        'resource "aws_sns_topic" "alerts" {\n  tags = {\n    team = "web"\n  }\n}\n\n'
        'resource "aws_sns_topic_subscription" "alerts" {\n  topic_arn = aws_sns_topic.alerts.arn\n'
        '  protocol  = "lambda"\n  endpoint  = aws_lambda_function.notify.arn\n}\n\n'
        'resource "aws_lambda_function" "notify" {\n  function_name = "notify"\n}\n'
    )
    write(folder, main_tf=text)
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sns-subscription-dead-letter", ".")
    queue = (folder / "main.tf").read_text().split('resource "aws_sqs_queue" "alerts_dead_letters" {')[1]
    assert '  tags = {\n    team = "web"\n  }\n' in queue


SERVICE = "Resources:\n  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: web}}\n"


@pytest.mark.parametrize(
    ("path", "line", "waits"),
    [
        (".buildkite/scripts/deploy.sh", "aws ecs wait services-stable --services web", True),
        ("buildspecs/5-prod-buildspec.yml", "  - aws ecs wait services-stable --services web", True),
        (".github/workflows/deploy.yml", "        wait-for-service-stability: true", True),
        ("deploy.sh", "# aws ecs wait services-stable", False),
        ("notes.md", "aws ecs wait services-stable", False),
    ],
)
def test_a_script_that_waits_for_a_stable_service_would_look_green(
    folder: Path, path: str, line: str, *, waits: bool
) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(f"#!/bin/sh\n{line}\n")
    write(folder, t_yaml=SERVICE)
    done = invoke("lint", "--diff", "--advice", "--select", "ecs-deployment", "t.yaml")
    reason = f"lets {path}:2, which waits for a stable service, succeed where the deployment was rolled back"
    assert (reason in done.stderr) is waits
    assert ("+" in done.stdout) is not waits


OF_DEFAULT = 'variable "multi_az" {\n  default = false\n}\n' + DATABASE
GIVEN = "costs a second instance and gives module.db multi_az, which has a default there"


@pytest.fixture
def called_twice(folder: Path) -> str:
    """A module of a database of which two calls give no value."""
    calls = 'module "db" {\n  source = "./m"\n}\n\nmodule "other" {\n  source = "./m"\n}\n'
    write(folder, m__main_tf=OF_DEFAULT, main_tf=calls)
    return calls


def test_a_default_of_a_module_stays_where_a_call_can_give_the_value(folder: Path, called_twice: str) -> None:
    done = invoke("lint", "--diff", "--advice", *MULTI_AZ, ".")
    assert GIVEN in done.stderr
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    given = '  source   = "./m"\n  multi_az = true\n'
    assert (folder / "main.tf").read_text() == called_twice.replace('  source = "./m"\n', given)
    assert (folder / "m" / "main.tf").read_text() == OF_DEFAULT


def test_a_call_in_json_gives_a_value_only_by_hand(folder: Path) -> None:
    call = '{"module": {"db": {"source": "./m"}}}'
    write(folder, m__main_tf=OF_DEFAULT)
    (folder / "main.tf.json").write_text(call)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert "module.db has a default of multi_az; give it another value at ./main.tf.json:1" in done.stderr
    assert (folder / "m" / "main.tf").read_text() == OF_DEFAULT


def test_a_default_of_a_module_that_a_comment_explains_is_not_overruled(folder: Path) -> None:
    text = OF_DEFAULT.replace("= false\n", "= false # replicas are enough here\n", 1)
    write(folder, m__main_tf=text, main_tf='module "db" {\n  source = "./m"\n}\n')
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert "the comment at ./m/main.tf:2 says why it is so" in done.stderr
    assert "multi_az" not in (folder / "main.tf").read_text()


def test_a_default_of_several_resources_names_the_others(folder: Path) -> None:
    other = DATABASE.replace('"db"', '"other"')
    write(folder, main_tf=OF_DEFAULT + other)
    done = invoke("lint", "--diff", "--advice", *MULTI_AZ, ".")
    names = "aws_db_instance.db and aws_db_instance.other"
    told = f"changes the default of multi_az for all that give no value of their own ({names})"
    assert told in done.stderr


@pytest.mark.parametrize(
    ("file", "line", "is_left"),
    [
        ("README.md", "We leave multi_az off because replicas are enough.", True),
        ("docs.md", "- `multi_az` is on purpose not set for this database.", True),
        ("README.md", "The argument multi_az is not set.", False),
        ("README.md", "| `multi_az` | off because replicas are enough |", False),
        ("README.md", "There is no second zone because replicas are enough.", False),
        ("notes.txt", "We leave multi_az off because replicas are enough.", False),
        ("CHANGELOG.md", "We leave multi_az off because replicas are enough.", False),
    ],
)
def test_what_a_document_decides_is_left(folder: Path, file: str, line: str, *, is_left: bool) -> None:
    text = DATABASE.replace("var.multi_az", "false")
    write(folder, database__main_tf=text)
    (folder / file).write_text(f"# Shop\n\n{line}\n")
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert ((folder / "database" / "main.tf").read_text() == text) is is_left
    assert (f"{file}:3 says why it is so; change both by hand" in done.stderr) is is_left


@pytest.mark.parametrize(
    ("described", "is_left"),
    [
        ("Whether there is a standby", False),
        ("Whether there is a standby, which we do not need in dev", True),
        ("A standby costs twice as much", True),
    ],
)
def test_a_default_whose_description_gives_the_reason_is_left(folder: Path, described: str, *, is_left: bool) -> None:
    variable = f'variable "multi_az" {{\n  description = "{described}"\n  default     = false\n}}\n'
    write(folder, main_tf=variable + DATABASE)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", *MULTI_AZ, ".")
    assert ((folder / "main.tf").read_text() == variable + DATABASE) is is_left
    assert ("the description at ./main.tf:2 says why it is so" in done.stderr) is is_left


def test_a_number_of_an_item_is_no_word_of_a_document(folder: Path) -> None:
    target = "{Id: %s, Arn: 'arn:aws:lambda:eu-west-1:123456789012:function:%s'%s}"
    targets = target % ("a", "a", ", DeadLetterConfig: {Arn: !GetAtt Failed.Arn}") + ", " + target % ("b", "b", "")
    pattern = "EventPattern: {source: [shop]}"
    text = f"Resources:\n  Rule: {{Type: AWS::Events::Rule, Properties: {{{pattern}, Targets: [{targets}]}}}}\n"
    write(folder, t_yaml=f"{text}  Failed: {{Type: AWS::SQS::Queue}}\n")
    (folder / "README.md").write_text("There is 1 team, because it is small.\n")
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "events-dead-letter", "t.yaml")
    assert (folder / "t.yaml").read_text().count("!GetAtt Failed.Arn") == 2


def test_a_default_whose_number_the_description_names_is_left(folder: Path) -> None:
    text = "Parameters:\n  Wait:\n    Type: Number\n    Description: Asks again at once for 0\n    Default: 0\n"
    text += queue("      ReceiveMessageWaitTimeSeconds: !Ref Wait\n")
    write(folder, t_yaml=text)
    done = invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-long-polling", "t.yaml")
    assert (folder / "t.yaml").read_text() == text
    assert "the description at t.yaml:4 names the default" in done.stderr


@pytest.mark.parametrize(
    ("comment", "is_left"), [("no recovery: items are read anew", True), ("How the table can be restored", False)]
)
def test_a_comment_above_a_block_explains_its_switch(folder: Path, comment: str, *, is_left: bool) -> None:
    text = (
        'resource "aws_dynamodb_table" "t" {\n  name = "t"\n\n'
        f"  # {comment}\n  point_in_time_recovery {{\n    enabled = false\n  }}\n}}\n"
    )
    write(folder, main_tf=text)
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "dynamodb-point-in-time-recovery", ".")
    assert ((folder / "main.tf").read_text() == text) is is_left
