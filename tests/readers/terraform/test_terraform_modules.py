"""Terraform's modules: local modules are deployed as part of the module that calls them."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from tests.command import report as reported
from tests.readers.workspace import deployments, findings, report, resources, templates, write

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Known, Link, Unknown

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = """
variable "wait" {
  default = 0
}
variable "name" {
  default = "none"
}
resource "aws_sqs_queue" "q" {
  name                      = var.name
  receive_wait_time_seconds = var.wait
}
output "arn" {
  value = aws_sqs_queue.q.arn
}
output "name" {
  value = "queue-${var.name}"
}
"""

MAPPING = """
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = %s
}
"""


def call(name: str, arguments: str = "", source: str = "./queue") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n  {arguments}\n}}\n'


def source_of(resource: Resource) -> str | None:
    value = resource.get("EventSourceArn")
    return value.resource if isinstance(value, Link) else None


def test_inputs_flow_in_and_outputs_flow_out(tmp_path: Path) -> None:
    main = call("a", 'wait = 5\n name = "x"') + MAPPING % "module.a.arn" + f"{call('b', 'name = module.a.name')}"
    made = resources(tmp_path, {"main.tf": main, "queue/main.tf": QUEUE})
    assert made["module.a.aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds").number == 5
    assert source_of(made["aws_lambda_event_source_mapping.m"]) == "module.a.aws_sqs_queue.q"
    assert made["module.b.aws_sqs_queue.q"].get("QueueName").text == "queue-x"
    wait = made["module.b.aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds")
    assert isinstance(wait, Known)
    assert (wait.number, wait.origin.defaults) == (0, ("module.b.wait",))


def test_findings_point_into_the_child(tmp_path: Path) -> None:
    made = resources(tmp_path, {"main.tf": call("a"), "queue/main.tf": QUEUE})
    resource = made["module.a.aws_sqs_queue.q"]
    wait = resource.get("ReceiveMessageWaitTimeSeconds")
    child = str(tmp_path / "queue/main.tf")
    assert (resource.place.span.path, wait.place.span.path) == (child, child)
    assert wait.place.span.line == 10


@pytest.mark.parametrize(
    ("arguments", "addresses", "reference", "meant"),
    [
        ("count = 2", ["module.a[0].", "module.a[1]."], "module.a[1].arn", "module.a[1]."),
        ("count = 2", ["module.a[0].", "module.a[1]."], "module.a[*].arn[0]", None),
        ("count = 2", ["module.a[0].", "module.a[1]."], "module.a.*.arn[0]", "module.a[0]."),
        ("count = 0", [], "try(module.a[0].arn, null)", None),
        (
            'for_each = toset(["x", "y"])\n name = each.key',
            ['module.a["x"].', 'module.a["y"].'],
            'module.a["y"].arn',
            'module.a["y"].',
        ),
        (
            "for_each = { x = 1 }\n wait = each.value",
            ['module.a["x"].'],
            "[for one in module.a : one.arn][0]",
            'module.a["x"].',
        ),
        ("for_each = var.any", ["module.a."], 'module.a["x"].arn', "module.a."),
    ],
)
def test_modules_repeat(
    arguments: str, addresses: list[str], reference: str, meant: str | None, tmp_path: Path
) -> None:
    main = call("a", arguments) + MAPPING % reference + 'variable "any" {\n}\n'
    made = resources(tmp_path, {"main.tf": main, "queue/main.tf": QUEUE})
    assert [name for name in made if name.endswith("aws_sqs_queue.q")] == [f"{one}aws_sqs_queue.q" for one in addresses]
    wanted = None if meant is None else f"{meant}aws_sqs_queue.q"
    assert source_of(made["aws_lambda_event_source_mapping.m"]) == wanted


def test_a_module_with_unknown_count_has_unknown_copies(tmp_path: Path) -> None:
    counted = QUEUE.replace("name                      =", "count = 3\n name =")
    main = call("a", "for_each = var.any") + call("b", "count = 200") + 'variable "any" {\n}\n'
    made = resources(tmp_path, {"main.tf": main, "queue/main.tf": counted.replace("aws_sqs_queue.q.arn", '"none"')})
    assert made["module.a.aws_sqs_queue.q[0]"].copies.is_unknown
    assert made["module.b.aws_sqs_queue.q[2]"].copies.number == 200


def test_modules_nest(tmp_path: Path) -> None:
    inner = (
        call("deep", "name = var.name", "../queue")
        + 'variable "name" {\n}\noutput "arn" {\n value = module.deep.arn\n}\n'
    )
    main = call("outer", 'name = "x"', "./outer") + MAPPING % "module.outer.arn"
    made = resources(tmp_path, {"main.tf": main, "outer/main.tf": inner, "queue/main.tf": QUEUE})
    assert made["module.outer.module.deep.aws_sqs_queue.q"].get("QueueName").text == "x"
    assert source_of(made["aws_lambda_event_source_mapping.m"]) == "module.outer.module.deep.aws_sqs_queue.q"


def test_what_is_not_known_in_two_modules_is_not_the_same(tmp_path: Path) -> None:
    child = 'variable "x" {\n}\nresource "aws_sqs_queue" "q" {\n name = var.x\n}\n'
    made = resources(tmp_path, {"main.tf": call("a") + call("b"), "queue/main.tf": child})
    names = [one.get("QueueName") for one in made.values()]
    assert all(isinstance(name, Unknown) for name in names)
    assert len({name.key for name in names if isinstance(name, Unknown)}) == 2


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("acme/sqs/aws", "module a (acme/sqs/aws)"),
        ("git::https://example.com/queue.git", "module a (git::https://example.com/queue.git)"),
        ("./nowhere", "module a (./nowhere)"),
        ("${var.where}", "module a (source not known)"),
        (".", "module a (.; it calls this one)"),
    ],
)
def test_a_module_that_is_not_here_opens_what_it_is_given(source: str, label: str, tmp_path: Path) -> None:
    """Nothing else of the root becomes uncertain."""
    main = call("a", "name = aws_sqs_queue.own.name", source) + MAPPING % "module.a.arn"
    queues = 'resource "aws_sqs_queue" "own" {\n}\nresource "aws_sqs_queue" "other" {\n}\n'
    made = deployments(tmp_path, {"main.tf": main + queues})
    (deployment,) = made.deployments
    assert list(made.unseen) == [label]
    assert not deployment.is_open
    assert deployment.resources["aws_sqs_queue.own"].is_open
    assert not deployment.resources["aws_sqs_queue.other"].is_open
    given = deployment.resources["aws_lambda_event_source_mapping.m"].get("EventSourceArn")
    assert isinstance(given, Unknown)
    assert deployment.may_point_to(given, deployment.resources["aws_sqs_queue.own"])


@pytest.mark.parametrize(
    "given",
    [
        "x = aws_sqs_queue.own.arn",
        "x = [{ a = aws_sqs_queue.own }]",
        'x = "orders"',
        'x = "arn:aws:sqs:eu-west-1:123456789012:orders"',
        'x = "prefix-${aws_sqs_queue.own.name}"',
        "x = local.own",
        "x = { for one in [aws_sqs_queue.own.arn] : one => one }",
        "x = module.b.x",
    ],
)
def test_ways_to_give_a_resource_to_a_module_that_is_not_here(given: str, tmp_path: Path) -> None:
    """By reference, name or address, as a whole, inside of others, and through another module."""
    rest = 'locals {\n own = aws_sqs_queue.own.id\n}\nresource "aws_sqs_queue" "own" {\n name = "orders"\n}\n'
    main = call("a", given, "a/b/c") + call("b", "y = aws_sqs_queue.own.arn", "a/b/c") + rest
    (deployment,) = deployments(tmp_path, {"main.tf": main}).deployments
    assert deployment.resources["aws_sqs_queue.own"].is_open
    (alone,) = deployments(tmp_path / "alone", {"main.tf": call("a", 'x = "else"', "a/b/c") + rest}).deployments
    assert not alone.resources["aws_sqs_queue.own"].is_open


def test_a_remote_module_inside_a_local_one_is_named_by_its_way(tmp_path: Path) -> None:
    main = call("outer", 'for_each = toset(["x"])', "./outer")
    made = deployments(tmp_path, {"main.tf": main, "outer/main.tf": call("vpc", "", "example/vpc/aws")})
    assert list(made.unseen) == ["module outer.vpc (example/vpc/aws)"]


def test_modules_that_call_each_other_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path, {"a/main.tf": call("b", "", "../b") + MAPPING % "module.b.x", "b/main.tf": call("a", "", "../a")})
    made = templates(tmp_path)
    assert [{Path(path).parent.name for path in one.nests} for one in made] == [{"b"}, {"a"}]
    assert [len(one.deployments(None).unseen) for one in made] == [1, 1]


def test_values_that_go_in_a_circle_through_modules_end(tmp_path: Path) -> None:
    main = call("a", "name = module.b.name") + call("b", "name = module.a.name")
    made = resources(tmp_path, {"main.tf": main, "queue/main.tf": QUEUE})
    assert made["module.a.aws_sqs_queue.q"].get("QueueName").is_unknown


def test_outputs_do_not_wait_for_each_other(tmp_path: Path) -> None:
    child = QUEUE + 'output "other" {\n value = var.wait\n}\n'
    main = call("a", "name = module.b.name\n wait = 3") + call("b", "wait = module.a.other")
    made = resources(tmp_path, {"main.tf": main, "queue/main.tf": child})
    assert made["module.a.aws_sqs_queue.q"].get("QueueName").text == "queue-none"
    assert made["module.b.aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds").number == 3


def test_a_null_is_a_value_unless_the_variable_takes_none(tmp_path: Path) -> None:
    child = QUEUE.replace('default = "none"', 'default = "none"\n  nullable = false')
    made = resources(tmp_path, {"main.tf": call("a", "name = null\n wait = null"), "queue/main.tf": child})
    queue = made["module.a.aws_sqs_queue.q"]
    assert queue.get("QueueName").text == "none"
    # The provider's default, not the variable's.
    assert queue.get("ReceiveMessageWaitTimeSeconds").note == " (default)"


def test_what_a_null_leaves_to_the_provider_is_said_to_be_its_default_once(tmp_path: Path) -> None:
    main = 'provider "aws" {}\n' + call("a")
    write(tmp_path, {"main.tf": main, "queue/main.tf": QUEUE.replace("default = 0", "default = null")})
    [message] = [one["message"] for one in report(str(tmp_path))["findings"] if one["rule"] == "sqs-long-polling"]
    assert message.count("(default") == 1
    assert "0 s (default)" in message


def test_a_module_that_another_one_calls_is_judged_there(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": call("a", "wait = 20"), "queue/main.tf": QUEUE})
    assert findings(str(tmp_path)) == set()
    assert findings(str(tmp_path / "queue")) == {("sqs-long-polling", "aws_sqs_queue.q")}
    assert report(str(tmp_path))["summary"]["files"] == 2


def test_comments_of_a_module_suppress_in_it(tmp_path: Path) -> None:
    comment = "# awslint-memo: ignore[sqs-long-polling] by hand\nresource"
    write(tmp_path, {"main.tf": call("a"), "queue/main.tf": QUEUE.replace("resource", comment, 1)})
    assert findings(str(tmp_path)) == set()


def test_a_broken_file_of_a_module_is_reported_once(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": call("a"), "queue/main.tf": QUEUE, "queue/broken.tf": "a {\n"})
    for paths in ([str(tmp_path)], [str(tmp_path / "main.tf")]):
        errors = report(*paths)["errors"]
        assert [Path(one["path"]).name for one in errors] == ["broken.tf"]


def test_the_region_is_that_of_the_provider(tmp_path: Path) -> None:
    main = """
provider "aws" {
  region = var.region
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
variable "region" {
  default = "eu-west-1"
}
resource "aws_sqs_queue" "here" {
}
resource "aws_sqs_queue" "west" {
  provider = aws.west
}
resource "aws_sqs_queue" "named" {
  region = "ap-south-1"
}
"""
    main += call("same") + call("other", "providers = {\n aws = aws.west\n}")
    made = resources(tmp_path, {"main.tf": main, "queue/main.tf": QUEUE})
    regions = {name: one.terraform.region.text for name, one in made.items()}
    assert regions == {
        "aws_sqs_queue.here": "eu-west-1",
        "aws_sqs_queue.west": "us-west-2",
        "aws_sqs_queue.named": "ap-south-1",
        "module.same.aws_sqs_queue.q": "eu-west-1",
        "module.other.aws_sqs_queue.q": "us-west-2",
    }


def test_paths_are_named_as_the_run_named_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"main.tf": call("a"), "queue/main.tf": QUEUE})
    monkeypatch.chdir(tmp_path)
    assert {one["path"] for one in report("main.tf")["findings"]} == {os.path.join("queue", "main.tf")}


MODULE = """
variable "multi_az" { default = false }
variable "days" { default = null }
resource "aws_db_instance" "db" {
  engine                  = "postgres"
  multi_az                = var.multi_az
  backup_retention_period = var.days
  skip_final_snapshot     = true
}
"""


OPTIONAL = """
variable "name" {}
variable "dead_letters" { default = "" }
resource "aws_sqs_queue" "this" {
  name                      = var.name
  receive_wait_time_seconds = 20
  redrive_policy = var.dead_letters != "" ? jsonencode({
    deadLetterTargetArn = var.dead_letters
    maxReceiveCount     = 5
  }) : null
}
"""


def test_what_is_absent_by_a_default_of_a_reusable_module_is_advice(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": OPTIONAL})
    found = {one["rule"]: (one["level"], one["deployment"]) for one in report(str(tmp_path))["findings"]}
    assert found == {"sqs-dead-letter-queue": ("advice", "unless the caller sets dead_letters")}


READ_ELSEWHERE = """
provider "aws" { region = "eu-west-1" }
resource "aws_sqs_queue" "orders" {
  name   = "orders"
  region = "%s"
}
resource "aws_lambda_function" "work" {
  function_name = "work"
  timeout       = 60
}
resource "aws_lambda_event_source_mapping" "work" {
  event_source_arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
  function_name    = aws_lambda_function.work.arn
}
"""


@pytest.mark.parametrize(("region", "is_read"), [("eu-west-1", True), ("us-east-1", False)])
def test_an_arn_names_no_resource_of_another_region(tmp_path: Path, region: str, is_read: bool) -> None:
    write(tmp_path, {"main.tf": READ_ELSEWHERE % region})
    rules = {one["rule"] for one in report(str(tmp_path))["findings"]}
    assert ("sqs-visibility-below-processing-time" in rules) is is_read


COUNTED = """
variable "name" {}
variable "instances" { default = 1 }
variable "retries" { default = false }
variable "create" { default = true }
resource "aws_rds_cluster" "by_number" {
  cluster_identifier        = var.name
  engine                    = "aurora-postgresql"
  backup_retention_period   = 14
  final_snapshot_identifier = "last"
}
resource "aws_rds_cluster_instance" "by_number" {
  count              = var.instances
  cluster_identifier = aws_rds_cluster.by_number.id
  engine             = "aurora-postgresql"
}
resource "aws_rds_cluster" "by_create" {
  cluster_identifier        = "${var.name}-2"
  engine                    = "aurora-postgresql"
  backup_retention_period   = 14
  final_snapshot_identifier = "last"
}
resource "aws_rds_cluster_instance" "by_create" {
  count              = var.create ? 1 : 0
  cluster_identifier = aws_rds_cluster.by_create.id
  engine             = "aurora-postgresql"
}
resource "aws_sqs_queue" "given" {
  name = var.name
}
resource "aws_sqs_queue_redrive_policy" "given" {
  count          = var.retries ? 1 : 0
  queue_url      = aws_sqs_queue.given.id
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:111122223333:dead", maxReceiveCount = 5 })
}
"""


def test_what_there_is_none_of_by_a_default_of_a_reusable_module_is_advice(tmp_path: Path) -> None:
    """Where a default says that there is one, there are no more if the caller sets it."""
    write(tmp_path, {"main.tf": COUNTED})
    found = {(one["resource"], one["rule"]): one["deployment"] for one in report(str(tmp_path))["findings"]}
    assert found == {
        ("aws_rds_cluster.by_number", "aurora-single-instance"): "unless the caller sets instances",
        ("aws_rds_cluster.by_create", "aurora-single-instance"): None,
        ("aws_sqs_queue.given", "sqs-dead-letter-queue"): "unless the caller sets retries",
        ("aws_sqs_queue.given", "sqs-long-polling"): None,
    }


def test_a_root_says_by_which_default_there_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": 'provider "aws" {}\n' + COUNTED})
    found = {(one["resource"], one["rule"]): one for one in report(str(tmp_path))["findings"]}
    assert {key: one["message"].partition(" (default of ")[2] for key, one in found.items()} == {
        ("aws_rds_cluster.by_number", "aurora-single-instance"): "instances)",
        ("aws_rds_cluster.by_create", "aurora-single-instance"): "",
        ("aws_sqs_queue.given", "sqs-dead-letter-queue"): "retries)",
        ("aws_sqs_queue.given", "sqs-long-polling"): "",
    }
    assert {one["deployment"] for one in found.values()} == {None}


COUNTED_BY_LIST = """
variable "zones" { default = ["eu-west-1a"] }
resource "aws_subnet" "app" {
  %s
  availability_zone = var.zones[0]
}
resource "aws_autoscaling_group" "web" {
  max_size            = 4
  vpc_zone_identifier = %s
}
"""


@pytest.mark.parametrize(
    ("repeated", "subnets", "note"),
    [
        ("count = length(var.zones)", "aws_subnet.app[*].id", " (default of zones)"),
        ("count = length(var.zones)", "aws_subnet.app.*.id", " (default of zones)"),
        ("for_each = toset(var.zones)", "values(aws_subnet.app)[*].id", " (default of zones)"),
        ("for_each = toset(var.zones)", "[for subnet in aws_subnet.app : subnet.id]", " (default of zones)"),
        ("count = 1", "aws_subnet.app[*].id", ""),
        ("count = var.zones == null ? 0 : 1", "aws_subnet.app[*].id", ""),
    ],
)
def test_how_many_there_are_by_a_default_is_told(tmp_path: Path, repeated: str, subnets: str, note: str) -> None:
    """That there is one by a condition is no reason to expect more."""
    write(tmp_path, {"main.tf": 'provider "aws" {}\n' + COUNTED_BY_LIST % (repeated, subnets)})
    (finding,) = report("--select", "autoscaling-single-az", str(tmp_path))["findings"]
    assert finding["level"] == "warning"
    assert re.search(r"aws_subnet\.app\[[^]]*\](.*);", finding["message"]).group(1) == note  # type: ignore[union-attr]


def test_what_a_reusable_module_leaves_to_its_callers_is_advice(tmp_path: Path) -> None:
    """What is written as a literal stays what it is; so does all of a module that is deployed as it is."""
    write(tmp_path, {"main.tf": MODULE})
    found = {one["rule"]: (one["level"], one["deployment"]) for one in report(str(tmp_path))["findings"]}
    assert found["rds-multi-az"] == ("advice", "unless the caller sets multi_az")
    assert found["rds-backup-retention"] == ("advice", "unless the caller sets days")
    assert found["rds-final-snapshot"] == ("warning", None)


@pytest.mark.parametrize(
    "more",
    [
        {"provider.tf": 'provider "aws" {}'},
        {"backend.tf": 'terraform {\n backend "s3" {}\n}'},
        {"cloud.tf": "terraform {\n cloud {}\n}"},
        {"terraform.tfvars": 'other = "x"'},
        {"root/main.tf": 'provider "aws" {}\nmodule "m" {\n source = "../"\n}'},
    ],
    ids=lambda files: next(iter(files)),
)
def test_a_module_that_is_deployed_is_as_its_defaults_are(more: dict[str, str], tmp_path: Path) -> None:
    """A provider, a backend, a file of variables or a caller says so."""
    write(tmp_path, {"main.tf": MODULE, **more})
    made = [one for one in report(str(tmp_path))["findings"] if one["rule"] == "rds-multi-az"]
    assert [(one["level"], one["deployment"]) for one in made] == [("warning", None)]


def linted(folder: Path, rules: str, main_tf: str) -> Any:
    (folder / "main.tf").write_text(main_tf, encoding="utf-8")
    return reported("--advice", "--select", rules, str(folder))


ARGUMENTS = """
resource "aws_sqs_queue" "jobs" {
  receive_wait_time_seconds = 20
}
resource "aws_rds_cluster" "main" {
  engine = "aurora-mysql"
}
resource "aws_rds_cluster_instance" "main" {
  cluster_identifier = aws_rds_cluster.main.id
  engine             = "aurora-mysql"
  instance_class     = "db.r6g.large"
}
module "app" {
  source = "x/y/z"
  %s
}
"""


@pytest.mark.parametrize(
    "arguments",
    [
        "host = aws_rds_cluster.main.endpoint",
        "port = aws_rds_cluster.main.port",
        "environment_variables = { DB = aws_rds_cluster.main.id, QUEUE = aws_sqs_queue.jobs.url }",
        "tasks = [{ name = 1, environment = { DB = aws_rds_cluster.main.id, QUEUE = aws_sqs_queue.jobs.arn } }]",
        "tags = { Queue = aws_sqs_queue.jobs.name }",
    ],
)
def test_a_module_mutes_nothing_by_what_it_only_uses(tmp_path: Path, arguments: str) -> None:
    made = linted(tmp_path, "sqs-dead-letter-queue,aurora-single-instance", main_tf=ARGUMENTS % arguments)
    assert [(one["rule"], one["level"], one["deployment"]) for one in made["findings"]] == [
        ("sqs-dead-letter-queue", "warning", None),
        ("aurora-single-instance", "warning", None),
    ]


@pytest.mark.parametrize("value", ["aws_sqs_queue.jobs.arn", "aws_sqs_queue.jobs.url", "aws_sqs_queue.jobs"])
def test_what_a_module_may_add_is_advice_that_names_it(tmp_path: Path, value: str) -> None:
    made = linted(tmp_path, "sqs-dead-letter-queue", main_tf=ARGUMENTS % f"queues = [{value}]")
    [finding] = made["findings"]
    assert (finding["level"], finding["deployment"]) == ("advice", "unless module.app adds one")


def test_a_table_on_demand_is_told_whoever_gets_it(tmp_path: Path) -> None:
    table = """
resource "aws_dynamodb_table" "t" {
  name         = "t"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  attribute {
    name = "id"
    type = "S"
  }
}
module "app" {
  source = "x/y/z"
  table  = aws_dynamodb_table.t.arn
}
"""
    made = linted(tmp_path, "dynamodb-capacity-scaling,dynamodb-global-capacity", main_tf=table)
    assert (made["coverage"]["checks"]["muted"], made["findings"]) == (0, [])


def test_a_missing_local_module_is_told_at_its_block(tmp_path: Path) -> None:
    write(tmp_path, {"a.tf": 'resource "aws_sqs_queue" "a" {\n}\n', "z.tf": "\n\n" + call("m", "", "./missing")})
    [notice] = report(str(tmp_path))["summary"]["notices"]
    assert notice == f"{tmp_path / 'z.tf'}:3: not checked: module m (./missing)"


def test_many_missing_local_modules_are_one_notice(tmp_path: Path) -> None:
    """As those of a git submodule that is not checked out are."""
    write(tmp_path, {"main.tf": "".join(call(f"m{number}", "", f"./modules/m{number}") for number in range(9))})
    [notice] = report(str(tmp_path))["summary"]["notices"]
    assert notice.startswith(f"{tmp_path / 'main.tf'}:1: not checked: module m0 (./modules/m0); nor are module m1 (")
    assert notice.endswith(" others")


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        pytest.param("", 0, id="who deploys gives it"),
        pytest.param(
            'resource "aws_sns_topic" "late" {\n  count = var.role == "" ? 0 : 1\n}\n',
            1,
            id="the root takes an empty one for none",
        ),
    ],
)
def test_what_a_root_must_be_told_and_gives_a_module_is_not_empty(tmp_path: Path, root: str, expected: int) -> None:
    module = """
variable "role" {
  type    = string
  default = ""
}
resource "aws_db_instance" "jobs" {
  engine              = "mysql"
  monitoring_interval = 30
  monitoring_role_arn = var.role == "" ? null : var.role
}
"""
    main = 'variable "role" {\n  type = string\n}\n' + root + call("jobs", "role = var.role", source="./db")
    write(tmp_path, {"main.tf": main, "db/main.tf": module})
    made = reported(str(tmp_path), "--select", "rds-refused", "--advice")
    assert [one["resource"] for one in made["findings"]] == ["module.jobs.aws_db_instance.jobs"] * expected
