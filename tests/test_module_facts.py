"""Facts about public modules: what is kept of a module, how versions are joined, and the files that are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from bench.mirrors import Mirror, Version
from bench.module_facts import writing
from bench.module_facts.__main__ import LIST, read
from bench.module_facts.arguments import kept_of_all
from bench.module_facts.expressions import Fact, fact, mention
from bench.module_facts.wishes import Wish, latest_majors, named
from bench.module_facts.writing import FOLDER, TOLD, Module, joined, shared, unread_inputs
from docs.public_modules_page import public_modules_page
from tests import repositories
from tests.cases import each_case

from awslint_memo.syntax.hcl.document import expression

MAIN = """
# A secret comment.
data "aws_region" "current" {}

data "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = var.statements
    iterator = each_statement
    content {
      actions   = each_statement.value.actions
      resources = [aws_sqs_queue.this[0].arn]
    }
  }
}

locals {
  seconds = var.days * 86400
  unused  = "nobody asks for this"
  tags    = merge(var.tags, { Module = "a long text that nobody reads" })
}

resource "aws_sqs_queue" "this" {
  count = var.create ? 1 : 0

  name                      = "${var.name}-queue"
  message_retention_seconds = local.seconds
  tags                      = local.tags

  lifecycle {
    precondition {
      condition     = var.days > 0
      error_message = "Write some days."
    }
    ignore_changes = [kms_master_key_id]
  }
}

resource "aws_sqs_queue_policy" "this" {
  count     = length(aws_sqs_queue.this)
  queue_url = aws_sqs_queue.this[0].url
  policy    = data.aws_iam_policy_document.this.json
}

resource "random_pet" "this" {
  length = var.words
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "queues"
  dashboard_body = jsonencode({ title = "Queues", widgets = [aws_sqs_queue.this[0].arn, local.tags] })
}

resource "aws_cloudwatch_dashboard" "named" {
  dashboard_name = var.name
  dashboard_body = "{}"
}

module "alarm" {
  source = "./modules/alarm"

  queue       = aws_sqs_queue.this[0].name
  description = "An alarm"
}
"""

VARIABLES = """
variable "create" {
  description = "Whether there is a queue"
  type        = bool
  default     = true
}

variable "days" {
  type     = number
  default  = 4
  nullable = false
  validation {
    condition     = var.days > 0
    error_message = "Write some days."
  }
}

variable "name" {
  type = string
}

variable "statements" {
  type    = any
  default = {}
}

variable "tags" {
  type    = map(string)
  default = { Team = "nobody" }
}

variable "words" {
  type    = number
  default = 2
}

output "arn" {
  description = "The ARN"
  value       = try(aws_sqs_queue.this[0].arn, null)
}

output "pet" {
  value     = random_pet.this.id
  sensitive = true
}

output "alarm" {
  value = module.alarm.arn
}

output "whole" {
  value = module.alarm
}

output "widgets" {
  value = aws_cloudwatch_dashboard.named.dashboard_name
}
"""

ALARM = """
variable "queue" {
  type = string
}

variable "description" {
  type    = string
  default = "Old messages"
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name         = "age"
  tags               = { about = var.description }
  metric_name        = "ApproximateAgeOfOldestMessage"
  dimensions         = { QueueName = var.queue }
  treat_missing_data = "notBreaching"
}

output "arn" {
  value = aws_cloudwatch_metric_alarm.age.arn
}
"""

EXAMPLE = """
resource "aws_sqs_queue" "of_the_example" {}
"""

Versions = Mapping[tuple[int, str, str], Fact]


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Module:
    """The module in a repository with four versions, of which the first is of an old major version."""
    repository = repositories.made(tmp_path_factory.mktemp("module"))
    first = {"main.tf": 'resource "aws_sqs_queue" "old" {}\n'}
    whole = {
        "main.tf": MAIN,
        "variables.tf": VARIABLES,
        "modules/alarm/main.tf": ALARM,
        "examples/simple/main.tf": EXAMPLE,
        "README.md": "# A module\n",
    }
    for tag, files in (
        ("v0.1.0", first),
        ("v1.0.0", whole),
        ("v2.0.0", {"main.tf": MAIN.replace("86400", "3600 * 24")}),
        ("v2.0.1", {"README.md": "# The module\n"}),
        ("v3.0.0-rc1", {"main.tf": "locals {}\n"}),
        ("v3.0.0", {"main.tf": MAIN.replace("aws_sqs_queue.this[0].url", "aws_sqs_queue.this[0].id")}),
    ):
        repository.commit(files)
        repository.git("tag", "-a", "-m", tag, tag)
    return read(Mirror(repository.path), Wish("owner/queue/aws"))


@pytest.fixture(scope="module")
def facts(module: Module) -> Versions:
    """The facts in its file, by the first version, folder and key."""
    content = json.loads(module.text())
    return {(first, folder, key): of for first, _, folder, key, of in content["facts"]}


def test_file_names_the_module_and_the_commits_of_its_versions(module: Module) -> None:
    content = json.loads(module.text())
    assert content["source"] == "owner/queue/aws"
    assert content["repository"] == "github.com/owner/terraform-aws-queue"
    assert list(content["versions"]) == ["1.0.0", "2.0.0", "2.0.1", "3.0.0"]
    assert all(len(commit) == 40 for commit in content["versions"].values())


def test_arguments_that_rules_read_are_kept_with_what_they_are_made_of(facts: Versions) -> None:
    queue = "resource.aws_sqs_queue.this"
    assert facts[0, "", f"{queue}.count"] == ["if", ["ref", "var", "create"], 1, 0]
    assert facts[0, "", f"{queue}.name"] == ["text", ["ref", "var", "name"], "-queue"]
    assert facts[0, "", f"{queue}.message_retention_seconds"] == ["ref", "local", "seconds"]
    assert facts[0, "", "local.seconds"] == ["op", "*", ["ref", "var", "days"], 86400]
    assert facts[0, "", "variable.days"] == {"default": 4, "type": ["ref", "number"], "nullable": False}
    assert facts[0, "", f"{queue}.lifecycle"] == ["list", {"ignore_changes": ["list", ["ref", "kms_master_key_id"]]}]


def test_blocks_and_policies_are_kept_as_blocks(facts: Versions) -> None:
    content = {
        "actions": ["ref", "each_statement", "value", "actions"],
        "resources": ["list", ["ref", "aws_sqs_queue", "this", 0, "arn"]],
    }
    generated = {"for_each": ["ref", "var", "statements"], "iterator": "each_statement", "content": ["list", content]}
    assert facts[0, "", "data.aws_iam_policy_document.this.dynamic"] == ["list", {"statement": generated}]
    assert facts[0, "", "variable.statements"] == {"default": {}}


def test_attribute_that_is_an_argument_is_kept_for_who_asks_for_it(facts: Versions) -> None:
    assert facts[0, "", "output.widgets"] == ["ref", "aws_cloudwatch_dashboard", "named", "dashboard_name"]
    assert facts[0, "", "resource.aws_cloudwatch_dashboard.named.dashboard_name"] == ["ref", "var", "name"]
    assert facts[0, "", "output.whole"] == ["ref", "module", "alarm"]


def test_what_no_rule_reads_is_kept_as_what_it_mentions(facts: Versions) -> None:
    assert facts[0, "", "resource.aws_cloudwatch_dashboard.this.dashboard_body"] == [
        "unknown",
        ["ref", "aws_sqs_queue", "this", 0, "arn"],
        ["ref", "local", "tags"],
    ]
    assert facts[0, "", "local.tags"] == ["unknown", ["ref", "var", "tags"]]
    assert facts[0, "", "variable.tags"] == {"default": None}
    assert facts[0, "modules/alarm", "variable.description"] == {"default": None}


def test_submodules_are_kept_with_their_calls(facts: Versions) -> None:
    assert facts[0, "", "module.alarm.source"] == "./modules/alarm"
    assert facts[0, "", "module.alarm.queue"] == ["ref", "aws_sqs_queue", "this", 0, "name"]
    alarm = "resource.aws_cloudwatch_metric_alarm.age"
    assert facts[0, "modules/alarm", f"{alarm}.dimensions"] == {"QueueName": ["ref", "var", "queue"]}
    assert facts[0, "modules/alarm", "variable.queue"] == {"type": ["ref", "string"]}
    assert facts[0, "", "output.alarm"] == ["ref", "module", "alarm", "arn"]


def test_outputs_are_kept_and_secret_ones_are_marked(facts: Versions) -> None:
    assert facts[0, "", "output.arn"] == ["call", "try", ["ref", "aws_sqs_queue", "this", 0, "arn"], None]
    assert facts[0, "", "output.pet"] == ["unknown"]
    assert facts[0, "", "output.pet.sensitive"] is True


def test_nothing_is_kept_that_nobody_reads(module: Module, facts: Versions) -> None:
    text = module.text()
    for words in (
        "secret comment",
        "Whether there is",
        "Write some days",
        "nobody",
        "long text",
        "An alarm",
        "Old mes",
    ):
        assert words not in text
    keys = {key for _, _, key in facts}
    assert not [key for key in keys if "random_pet" in key or "unused" in key or "precondition" in key]
    assert facts[0, "", "variable.words"] == {"default": None}
    assert {folder for _, folder, _ in facts} == {"", "modules/alarm"}


def test_facts_of_versions_that_follow_each_other_are_one_line(module: Module) -> None:
    lines = json.loads(module.text())["facts"]
    spans = {
        name: [line[:2] for line in lines if line[3] == name]
        for name in ("local.seconds", "output.pet", "resource.aws_sqs_queue_policy.this.queue_url")
    }
    assert spans == {
        "local.seconds": [[0, 0], [1, 2], [3, 3]],
        "output.pet": [[0, 3]],
        "resource.aws_sqs_queue_policy.this.queue_url": [[0, 2], [3, 3]],
    }


def test_fact_that_comes_again_has_two_lines() -> None:
    versions: list[Mapping[tuple[str, str], Fact]] = [{("", "a"): 1}, {}, {("", "a"): 1}, {("", "a"): True}]
    assert sorted(joined(versions)) == [[0, 0, "", "a", 1], [2, 2, "", "a", 1], [3, 3, "", "a", True]]


def test_what_is_long_and_there_twice_is_a_part() -> None:
    long = ["call", "coalesce", *(["ref", "var", f"argument_{number}"] for number in range(5))]
    parts, short = shared([["list", long], {"a": long}, ["object", [long, 1]], ["ref", "var", "m", ["at", long]]])
    (name,) = parts
    assert parts[name] == long
    part = ["part", name]
    assert short == [["list", part], {"a": part}, ["object", [part, 1]], ["ref", "var", "m", ["at", part]]]


def test_part_may_hold_parts() -> None:
    inner = ["call", "coalesce", *(["ref", "var", f"argument_{number}"] for number in range(5))]
    outer = ["call", "max", inner, 1]
    parts, short = shared([outer, outer, ["not", inner]])
    names = {json.dumps(of): name for name, of in parts.items()}
    assert short[2] == ["not", ["part", names[json.dumps(inner)]]]
    assert short[0] == short[1] == ["part", names[json.dumps(["call", "max", short[2][1], 1])]]


FORMS = (
    ("null", None),
    ("true", True),
    ("-1.5", -1.5),
    ('"text"', "text"),
    ('"${var.a}"', ["ref", "var", "a"]),
    ('"a${var.b}c"', ["text", "a", ["ref", "var", "b"], "c"]),
    ('"%{ if var.a }x%{ else }y%{ endif }"', ["text", ["if", ["ref", "var", "a"], "x", "y"]]),
    (
        '"%{ for x in var.a }${x},%{ endfor }"',
        [
            "text",
            ["call", "join", "", ["for", ["x"], ["ref", "var", "a"], None, ["text", ["ref", "x"], ","], None, False]],
        ],
    ),
    ("[1, var.a]", ["list", 1, ["ref", "var", "a"]]),
    ('{ a = 1, "b" = 2 }', {"a": 1, "b": 2}),
    ("{ (var.a) = 1, b = 2 }", ["object", [["ref", "var", "a"], 1], ["b", 2]]),
    ("var.a.b[0]", ["ref", "var", "a", "b", 0]),
    ('var.a["b"].c', ["ref", "var", "a", ["at", "b"], "c"]),
    ("var.a[each.key]", ["ref", "var", "a", ["at", ["ref", "each", "key"]]]),
    ("aws_sqs_queue.a[*].arn", ["ref", "aws_sqs_queue", "a", "*", "arn"]),
    ("a.*.b[0]", ["ref", "a", "*", "b", ["end"], 0]),
    ("one(var.a).b", ["of", ["call", "one", ["ref", "var", "a"]], "b"]),
    ("merge(var.a...)", ["expand", "merge", ["ref", "var", "a"]]),
    ("!var.a && var.b > 2", ["op", "&&", ["not", ["ref", "var", "a"]], ["op", ">", ["ref", "var", "b"], 2]]),
    ("-var.a", ["minus", ["ref", "var", "a"]]),
    ("(var.a ? 1 : 2)", ["if", ["ref", "var", "a"], 1, 2]),
    (
        "{ for k, v in var.a : k => v... if v.b }",
        ["for", ["k", "v"], ["ref", "var", "a"], ["ref", "k"], ["ref", "v"], ["ref", "v", "b"], True],
    ),
    ("file(var.a)", ["call", "file", ["ref", "var", "a"]]),
    ('{ a = file("${path.module}/${var.a}") }', {"a": ["unknown", ["ref", "var", "a"]]}),
    ("1e400", ["unknown"]),
)


@each_case("code, expected", FORMS)
def test_expression_becomes_a_fact(code: str, expected: Fact) -> None:
    made = expression(code)
    assert made is not None
    assert fact(made) == expected


@each_case(
    "code, expected",
    (
        ("[for x in var.a : x.b if var.c]", ["mention", ["ref", "var", "a"], ["ref", "var", "c"]]),
        ("var.a[local.b].c", ["mention", ["ref", "var", "a"], ["ref", "local", "b"]]),
        ('"${path.module}/${terraform.workspace}"', ["mention"]),
        ("coalesce(var.a, var.a)", ["mention", ["ref", "var", "a"]]),
    ),
)
def test_mention_has_what_is_outside_each_once(code: str, expected: Fact) -> None:
    made = expression(code)
    assert made is not None
    assert mention(fact(made)) == expected


def test_last_majors_are_read_and_ten_minors_below_one_are_one() -> None:
    numbers = ["0.9.0", "0.10.0", "0.19.1", "0.20.0", "1.0.0", "1.9.0"]
    versions = [Version(number, "") for number in numbers]
    assert [version.number for version in latest_majors(versions, 2)] == ["0.20.0", "1.0.0", "1.9.0"]
    assert [version.number for version in latest_majors(versions, 3)] == ["0.10.0", "0.19.1", *numbers[3:]]


def test_list_says_what_is_read_of_a_module() -> None:
    lines = ["# A comment.", "", "a/b/aws", "a/c/aws . modules/d majors=2  # why"]
    plain, other = (Wish.of(words) for words in named(lines))
    assert (plain.repository, plain.majors) == ("terraform-aws-b", 3)
    assert [plain.has(folder) for folder in ("", "modules/d", "examples/d", "wrappers")] == [True, True, False, False]
    assert other.majors == 2
    assert [other.has(folder) for folder in ("", "modules/d", "modules/e")] == [True, True, False]


def test_call_of_another_module_gives_only_what_that_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "FOLDER", tmp_path)
    facts = [
        [0, 0, "modules/a", "variable.read", {"default": None, "type": ["ref", "any"]}],
        [0, 0, "modules/a", "variable.required", {"type": ["ref", "string"]}],
        [0, 0, "modules/a", "variable.unread", {"default": None, "sensitive": True}],
        [0, 0, "modules/a", "variable.changed", {"default": None}],
        [1, 1, "modules/a", "variable.changed", {"default": 1}],
        [0, 1, "", "variable.of_the_root", {}],
    ]
    (tmp_path / "a.unread.aws.json").write_text(json.dumps({"facts": facts}), encoding="utf-8")
    assert unread_inputs("a/unread/aws//modules/a") == {"unread"}
    assert unread_inputs("a/unread/aws") == {"of_the_root"}
    assert unread_inputs("a/unknown/aws") == set()


def _files() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.json")):
        yield path.name, json.loads(path.read_text(encoding="utf-8"))


def test_each_module_of_the_list_has_its_file() -> None:
    listed = [words[0] for words in named(LIST.read_text(encoding="utf-8").splitlines())]
    assert sorted(f"{source.replace('/', '.')}.json" for source in listed) == [name for name, _ in _files()]


def test_files_are_whole() -> None:
    for name, content in _files():
        assert name == f"{content['source'].replace('/', '.')}.json"
        orders = [tuple(map(int, number.split("."))) for number in content["versions"]]
        assert orders == sorted(set(orders)), name
        last = len(orders) - 1
        keys: dict[tuple[str, str], int] = {}
        for first, end, folder, key, _ in content["facts"]:
            assert keys.get((folder, key), -1) < first <= end <= last, (name, key)
            keys[folder, key] = end
        parts = content.get("parts", {})
        assert set(_parts_in(content["facts"])) | set(_parts_in(parts)) == set(parts), name


def _parts_in(of: Any) -> Iterator[str]:
    children = of.values() if isinstance(of, dict) else of if isinstance(of, list) else ()
    if isinstance(of, list) and of[:1] == ["part"]:
        yield of[1]
    for child in children:
        yield from _parts_in(child)


def test_files_hold_no_text_of_the_modules() -> None:
    for name, content in _files():
        keys = {line[3] for line in content["facts"]}
        assert not [key for key in keys if key.endswith((".error_message", ".validation", ".precondition"))], name


def test_files_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.glob("*.json")}
    assert max(sizes.values()) < 520_000
    assert sum(sizes.values()) < 6_000_000


def test_list_is_sorted() -> None:
    listed = [words[0] for words in named(Path(LIST).read_text(encoding="utf-8").splitlines())]
    assert listed == sorted(set(listed))


def test_page_for_users_is_fresh() -> None:
    page = Path(__file__).parents[1] / "docs" / "public-modules.md"
    assert page.read_text(encoding="utf-8") == public_modules_page(), "write it anew: make docs"


def test_files_are_told_of_no_more_arguments_than_the_tables_know() -> None:
    told = json.loads(TOLD.read_text(encoding="utf-8"))
    assert told.keys() <= kept_of_all().keys()
    assert told["aws_sqs_queue"]["message_retention_seconds"] is not None
