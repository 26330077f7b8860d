"""The constructions of `bench.hostile` in Terraform's languages, in plans and in the configuration."""

from __future__ import annotations

import json
from typing import Any

from bench.hostile_files import HCL_QUEUE, Files, Json, add, nested, template

_DOUBLED = {
    "lists": ("[local.a{0}, local.a{0}]", '["x"]'),
    "text": ('"${{local.a{0}}}${{local.a{0}}}"', '"x"'),
    "objects": ("{{ a = local.a{0}, b = local.a{0} }}", '{{ a = "x" }}'),
    "concat": ("concat(local.a{0}, local.a{0})", '["x"]'),
    "join": ('join("", [local.a{0}, local.a{0}])', '"x"'),
    "format": ('format("%s%s", local.a{0}, local.a{0})', '"x"'),
    "replace": ('replace(local.a{0}, "x", "xx")', '"x"'),
    "merge": ("merge({{ k{0} = local.a{0} }}, {{ l{0} = local.a{0} }})", "{{}}"),
    "flatten": ("flatten([local.a{0}, local.a{0}])", '["x"]'),
    "conditional": ("var.v ? [local.a{0}] : [local.a{0}, 1]", '["x"]'),
    "for": ("[for x in local.a{0} : [x, local.a{0}]]", '["x"]'),
    "jsonencode": ("jsonencode([local.a{0}, local.a{0}])", '"x"'),
    "jsondecode": ("jsondecode(jsonencode([local.a{0}, local.a{0}]))", '"x"'),
    "yamlencode": ("yamlencode([local.a{0}, local.a{0}])", '"x"'),
    "base64encode": ("base64encode(local.a{0})", '"x"'),
    "setproduct": ("setproduct(local.a{0}, local.a{0})", '["x", "y"]'),
    "zipmap": ('zipmap(["a", "b"], [local.a{0}, local.a{0}])', '"x"'),
    "tomap": ("tomap({{ a = local.a{0}, b = local.a{0} }})", '"x"'),
    "try": ("try(local.a{0}, local.a{0})", '"x"'),
    "unknown": ("[var.v, local.a{0}, local.a{0}]", "[data.aws_x.y.z]"),
    "unknown text": ('"${{local.a{0}}}-${{local.a{0}}}"', "data.aws_x.y.z"),
    "coalesce": ("coalesce(local.a{0}, local.a{0})", "var.v"),
    "lookup": ('lookup({{ a = local.a{0} }}, "b", local.a{0})', "var.v"),
    "chosen": ('var.v == "x" ? local.a{0} : "${{local.a{0}}}y"', '"x"'),
    "template for": ('"%{{ for x in [1, 2] }}${{local.a{0}}}%{{ endfor }}"', '"x"'),
    "templates if": ('"%{{ if var.v }}${{local.a{0}}}%{{ else }}${{local.a{0}}}%{{ endif }}"', '"x"'),
    "splat": ("[local.a{0}, local.a{0}][*]", '["x"]'),
    "regexall": ('regexall("x", join("", [local.a{0}[0], local.a{0}[0]]))', '["x"]'),
    "sort": ("sort(concat(local.a{0}, local.a{0}))", '["x"]'),
    "toset": ("toset([local.a{0}, [local.a{0}]])", '["x"]'),
    "distinct": ("distinct([local.a{0}, local.a{0}])", '["x"]'),
    "==": ("local.a{0} == local.a{0} ? [local.a{0}, local.a{0}] : []", "[var.v]"),
    "pow": ("pow(local.a{0}, 2)", "9"),
    "product": ("local.a{0} * local.a{0}", "9"),
    "formatlist": ('formatlist("%s", [local.a{0}, local.a{0}])', '"x"'),
    "split": ('split("", join("", concat(local.a{0}, local.a{0})))', '["x"]'),
    "title": ('title("${{local.a{0}}} ${{local.a{0}}}")', '"x"'),
    "indent": ('indent(9999, "${{local.a{0}}}\\n${{local.a{0}}}")', '"x"'),
    "templatestring": ("templatestring(local.a{0}, {{ x = local.a{0} }})", '"$${{x}}$${{x}}"'),
    "keys": ("{{ for k in [1, 2] : k => local.a{0} }}", '"x"'),
}


def _hcl(name: str, content: str) -> None:
    add(f"hcl {name}", lambda: {"main.tf": content})


def _locals(step: str, first: str, depth: int) -> str:
    rows = [f"  a0 = {first.format()}", *(f"  a{n} = {step.format(n - 1)}" for n in range(1, depth + 1))]
    used = HCL_QUEUE % f"local.a{depth}" + 'variable "v" {}\n'
    return "locals {\n" + "\n".join(rows) + "\n}\n" + used


for _name, (_step, _first) in _DOUBLED.items():
    _hcl(f"doubled {_name}", _locals(_step, _first, 45))

_hcl("locals chain 9000", _locals("local.a{0}", '"x"', 9_000))
_hcl("locals circle", _locals("local.a{0}", "local.a44", 44))
for _name, _opening, _closing in (
    ("parentheses", "(", ")"), ("lists", "[", "]"), ("objects", "{ a = ", "}"), ("calls", "f(", ")"), ("not", "!", ""),
    ("minus", "-", ""), ("templates", '"${', '}"'), ("ternaries", "true ? 1 : ", ""), ("splats", "[", "][*]"),
    ("for", "[for x in ", " : x]"), ("index", "a[", "]"), ("else", "true ? ", " : 1"), ("or", "a || ", ""),
    ("plus", "1 + ", ""), ("power", "a == b && ", ""),
):  # fmt: skip
    for _depth in (40, 1_000, 50_000):
        _hcl(f"{_name} x {_depth}", HCL_QUEUE % (_opening * _depth + "1" + _closing * _depth))
    _hcl(f"{_name} open x 50000", HCL_QUEUE % (_opening * 50_000))
for _depth in (90, 3_000, 60_000):
    _hcl(f"blocks x {_depth}", 'resource "aws_sqs_queue" "q" {\n' + "b {\n" * _depth + "}\n" * _depth + "}\n")
    _hcl(
        f"dynamic x {_depth}",
        'resource "aws_sqs_queue" "q" {\n'
        + 'dynamic "b" {\nfor_each = [1, 2]\ncontent {\n' * (_depth // 2)
        + "}\n}\n" * (_depth // 2)
        + "}\n",
    )
_hcl("blocks open", "b {\n" * 200_000)
_hcl("blocks wide", 'resource "aws_sqs_queue" "q" {\n' + "b {}\n" * 150_000 + "}\n")
_hcl("resource twice 20000", 'resource "aws_sqs_queue" "q" {}\n' * 25_000)
_hcl("attributes", 'resource "aws_sqs_queue" "q" {\n' + "".join(f"a{n} = {n}\n" for n in range(60_000)) + "}\n")
_hcl("attribute twice", 'resource "aws_sqs_queue" "q" {\n' + "name = 1\n" * 90_000 + "}\n")
_hcl("dots", HCL_QUEUE % ("a" + ".b" * 400_000))
_hcl("indexes", HCL_QUEUE % ("a" + "[0]" * 250_000))
_hcl("long sum", HCL_QUEUE % ("1" + " + 1" * 200_000))
_hcl("long and", HCL_QUEUE % ("var.v" + " && var.v" * 90_000) + 'variable "v" {}\n')
_hcl("long list", HCL_QUEUE % ("[" + "1, " * 300_000 + "]"))
_hcl("long text", HCL_QUEUE % ('"' + "x" * 900_000 + '"'))
_hcl("text of references", HCL_QUEUE % ('"' + "${var.v}" * 100_000 + '"') + 'variable "v" {}\n')
_hcl("text of dollars", HCL_QUEUE % ('"' + "$" * 900_000 + '"'))
_hcl("text of escapes", HCL_QUEUE % ('"' + "\\n" * 400_000 + '"'))
_hcl("heredoc", HCL_QUEUE % ("<<-EOT\n" + "    x\n" * 150_000 + "    EOT"))
_hcl("heredoc open", HCL_QUEUE.replace("\n}", "") % ("<<EOT\n" + "x\n" * 300_000))
_hcl("heredocs", "locals {\n" + "".join(f"  a{n} = <<EOT\nx\nEOT\n" for n in range(40_000)) + "}\n" + HCL_QUEUE % "1")
_hcl("heredocs open", "locals {\n" + "".join(f"  a{n} = <<E{n}\nx\n" for n in range(40_000)) + "}\n")
_hcl("template nested if", HCL_QUEUE % ('"' + "%{ if true }" * 30_000 + "x" + "%{ endif }" * 30_000 + '"'))
_hcl("template nested for", HCL_QUEUE % ('"' + "%{ for x in [1, 2, 3] }" * 30 + "x" + "%{ endfor }" * 30 + '"'))
_hcl("comment open", "/*" + " *" * 400_000)
_hcl("comments", "# x\n" * 250_000 + HCL_QUEUE % "1")
_hcl("quotes", HCL_QUEUE % ('"' * 900_001))
_hcl("braces", "{" * 900_000)
_hcl("closing", "}" * 900_000)
_hcl("million digits", HCL_QUEUE % ("9" * 900_000))
_hcl(
    "5000 digits",
    HCL_QUEUE % ("9" * 5_000)
    + 'resource "aws_sqs_queue" "r" {\n  visibility_timeout_seconds = '
    + "9" * 5_000
    + "\n delay_seconds = 1e400\n}\n",
)
_hcl("1e999999", 'resource "aws_sqs_queue" "q" {\n  visibility_timeout_seconds = 1e999999\n}\n')
for _number, _call in enumerate((
    "range(1e9)", "range(1024)", 'format("%1000000000d", 1)', 'format("%.1000000000f", 1)', 'format("%-1000000s%-1000000s", "x", "y")',
    'format("%*d", 1000000000, 1)', 'join("xxxxxxxxxx", range(1024))', "pow(9, pow(9, 9))", "pow(10, 300) * pow(10, 300)",
    "9e200 * 9e200", 'parseint("zzzzzzzzzzzzzzzzzzzzzzzzz", 36)', 'cidrsubnets("10.0.0.0/8", ' + ", ".join(["16"] * 5_000) + ")",
    'cidrsubnet("::/0", 128, pow(2, 100))', 'cidrhost("::/0", 1e30)', '[for n in range(1024) : cidrsubnet("10.0.0.0/8", 16, n)]',
    "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : [a, b, c]]]]",
    "{for a in range(1000) : a => {for b in range(1000) : b => {for c in range(1000) : c => a}}}",
    "setproduct(range(1000), range(1000), range(1000))", "flatten([for a in range(1000) : range(1000)])",
    'replace("' + "a" * 5_000 + '", "/(a+)+b/", "x")', 'regexall("(a|a)*b", "' + "a" * 20_000 + '")', 'regex("(' * 3_000 + ')" * 3_000, "x")',
    'regex("(a{1,1000}){1,1000}", "a")', 'regex("((((((a{100}){100}){100}){100}){100}){100})", "a")', 'regexall("a*", "' + "a" * 300_000 + '")',
    'regexall(".*?b", "' + "a" * 30_000 + '")', 'replace("' + "a" * 100_000 + '", "", "' + "b" * 100_000 + '")',
    'replace("' + "a" * 100_000 + '", "/a/", "' + "b" * 100_000 + '")', 'split("", "' + "a" * 800_000 + '")',
    "sort([" + ", ".join(f'"{n}"' for n in range(90_000, 0, -1)) + "])", "distinct([" + ", ".join(f'"{n}"' for n in range(90_000)) + "])",
    "merge(" + ", ".join(f"{{ k{n} = {n} }}" for n in range(20_000)) + ")", "concat(" + ", ".join(["[1]"] * 90_000) + ")",
    "toset([" + ", ".join(f'"{n}"' for n in range(90_000)) + "])", "contains([" + ", ".join(f'"{n}"' for n in range(90_000)) + '], "x")',
    "setunion(" + ", ".join(f'["{n}"]' for n in range(30_000)) + ")", "transpose({" + ", ".join(f'k{n} = ["a", "b"]' for n in range(20_000)) + "})",
    "setsubtract(range(1024), range(1024))", "jsondecode(" + json.dumps("[" * 100_000) + ")", "jsondecode(" + json.dumps("[" * 900 + "]" * 900) + ")",
    "yamldecode(" + json.dumps("[" * 100_000) + ")", "yamldecode(" + json.dumps("a: &a [x, x]\nb: &b [*a, *a]\n" + "".join(f"c{n}: &{chr(99 + n)} [*{chr(98 + n)}, *{chr(98 + n)}]\n" for n in range(20))) + ")",
    "csvdecode(" + json.dumps("a,b\n" + "1,2\n" * 100_000) + ")", "csvdecode(" + json.dumps('a\n"' + "x" * 300_000) + ")",
    'strrev("' + "é" * 200_000 + '")', 'substr("' + "a" * 900_000 + '", 1, 5)', 'trim("' + "a" * 400_000 + '", "' + "a" * 400_000 + '")',
    'timeadd("2020-01-01T00:00:00Z", "999999999999h")', 'formatdate("' + "YYYY" * 100_000 + '", "2020-01-01T00:00:00Z")',
    'bcrypt("x", 31)', 'fileset(path.module, "**/**/**/**/**/**/**/**/*a*a*a*a*a")', 'templatefile("main.tf", {})', 'file("main.tf")',
    'templatestring("' + "$${x}" * 100_000 + '", { x = "' + "y" * 100_000 + '" })', "chunklist(range(1024), 1)", 'indent(1000000, "' + "a\\n" * 100_000 + '")',
    "sum([" + "9" * 400 + ", " + "9" * 400 + "])", "1 % 0", "1 / 0", "-" * 900 + "1", "max()", "log(0, 0)", "abs(-1e400)", 'tonumber("' + "9" * 6_000 + '")', 'tonumber("1e400")',
    'parseint("' + "9" * 100_000 + '", 10)', 'floor(1e400)', "ceil(-9e307 * 10)", 'base64gzip("' + "a" * 900_000 + '")', 'range(0, 1, 0.0000001)', "range(-1e308, 1e308)", "9e307 * 10 - 9e307 * 10", "signum(1e400)", 'substr("abc", 9e18, 9e18)', "element([1], 1e30)", "slice([1], 1e30, 1e40)", "[1][1e30]", 'cidrhost("10.0.0.0/8", 1e40)',
)):  # fmt: skip
    _hcl(
        f"call {_number} {_call[:40]}",
        HCL_QUEUE % _call + 'resource "aws_sqs_queue" "r" {\n  visibility_timeout_seconds = ' + _call + "\n}\n"
        if len(_call) < 400_000
        else HCL_QUEUE % _call,
    )
_hcl("count 1e9", 'resource "aws_sqs_queue" "q" {\n  count = 1e9\n}\n')
_hcl(
    "for_each setproduct",
    'resource "aws_sqs_queue" "q" {\n  for_each = toset([for x in setproduct(range(300), range(300)) : join("-", x)])\n name = each.value\n}\n',
)
_hcl(
    "dynamic of dynamic",
    'resource "aws_sqs_queue" "q" {\n'
    + "".join(f'dynamic "b{n}" {{\nfor_each = range(1000)\ncontent {{\n' for n in range(20))
    + "}\n}\n" * 20
    + "}\n",
)
_hcl("module of itself", 'module "a" {\n  source = "./"\n}\n' + HCL_QUEUE % "1")
_hcl(
    "module of itself with count",
    'module "a" {\n  source = "./."\n  count = 100\n}\nmodule "b" {\n  source = "../main"\n}\n' + HCL_QUEUE % "1",
)
_hcl("modules 5000", "".join(f'module "m{n}" {{\n  source = "./x"\n}}\n' for n in range(12_000)))


def _modules(levels: int, count: str, uses: int = 2) -> Files:
    calls = "".join(f'module "m{n}" {{\n  source = "../m%d"\n{count}  v = var.v\n}}\n' for n in range(uses))
    queue = 'variable "v" {\n  default = 1\n}\n' + HCL_QUEUE % '"q${var.v}"'
    files = {f"m{number}/main.tf": queue + calls % ((number + 1,) * uses) for number in range(levels)}
    return {**files, f"m{levels}/main.tf": queue}


add("hcl modules diamond", lambda: _modules(20, ""))
add("hcl modules count", lambda: _modules(4, "  count = 100\n", 1))
add("hcl modules count diamond", lambda: _modules(6, "  count = 30\n"))
add("hcl modules chain 100", lambda: _modules(100, "", 1))
add("hcl modules chain 400", lambda: _modules(400, "", 1))
add("hcl modules unknown count", lambda: _modules(12, "  count = var.w\n"))
add("hcl modules for_each", lambda: _modules(4, "  for_each = toset([for n in range(90) : tostring(n)])\n", 1))


def _conditions(count: int, resources: int) -> str:
    variables = "".join(f'variable "v{n}" {{\n  type = bool\n}}\n' for n in range(count))
    return variables + "".join(
        f'resource "aws_sqs_queue" "q{n}" {{\n  count = var.v{n % count} ? 1 : 0\n  visibility_timeout_seconds = var.v{n % count} ? 30 : 40\n}}\n'
        for n in range(resources)
    )


_hcl("7 variables x 2000 resources", _conditions(7, 2_000))
_hcl("500 variables x 5000 resources", _conditions(500, 5_000))
_hcl(
    "one condition of 2000 variables",
    "".join(f'variable "v{n}" {{}}\n' for n in range(2_000))
    + 'resource "aws_sqs_queue" "q" {\n  count = '
    + " && ".join(f'var.v{n} == "x"' for n in range(2_000))
    + " ? 1 : 0\n}\n",
)
_hcl(
    "one variable of 9000 values",
    'variable "v" {}\n'
    + "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  count = var.v == "{n}" ? 1 : 0\n}}\n' for n in range(9_000)),
)
_hcl(
    "validations",
    "".join(
        f'variable "v{n}" {{\n  validation {{\n    condition = contains(["a", "b"], var.v{n})\n  }}\n}}\n'
        for n in range(9_000)
    )
    + HCL_QUEUE % "var.v1",
)
_hcl("resources 20000", "".join(f'resource "aws_sqs_queue" "q{n}" {{}}\n' for n in range(20_000)))
_hcl(
    "redrives",
    "".join(
        f'resource "aws_sqs_queue" "q{n}" {{\n  redrive_policy = jsonencode({{ deadLetterTargetArn = aws_sqs_queue.d{n}.arn, maxReceiveCount = 3 }})\n}}\nresource "aws_sqs_queue" "d{n}" {{}}\n'
        for n in range(4_000)
    ),
)
_hcl(
    "references chain",
    "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  name = aws_sqs_queue.q{n + 1}.name\n}}\n' for n in range(9_000)),
)
_hcl(
    "count chain",
    "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  count = length(aws_sqs_queue.q{n + 1})\n}}\n' for n in range(9_000))
    + 'resource "aws_sqs_queue" "q9000" {\n count = 2\n}\n',
)
_hcl(
    "depends_on",
    "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  depends_on = [aws_sqs_queue.q{n + 1}]\n}}\n' for n in range(9_000)),
)
_hcl(
    "instances clusters",
    "".join(
        f'resource "aws_rds_cluster" "c{n}" {{\n  engine = "aurora-mysql"\n}}\nresource "aws_rds_cluster_instance" "i{n}" {{\n  cluster_identifier = aws_rds_cluster.c{n}.id\n  engine = "aurora-mysql"\n}}\n'
        for n in range(3_000)
    ),
)
_hcl(
    "instances unknown clusters",
    "".join(
        f'resource "aws_rds_cluster" "c{n}" {{\n  engine = "aurora-mysql"\n}}\nresource "aws_rds_cluster_instance" "i{n}" {{\n  cluster_identifier = data.x.y.z{n}\n  engine = "aurora-mysql"\n}}\n'
        for n in range(3_000)
    ),
)
add("tf.json objects deep", lambda: {"main.tf.json": '{"resource": {"aws_sqs_queue": {"q": ' + '{"a":' * 90_000})
add(
    "tf.json text deep",
    lambda: {"main.tf.json": json.dumps({"resource": {"aws_sqs_queue": {"q": {"name": "${" * 100_000}}}})},
)
add(
    "tf.json parentheses",
    lambda: {
        "main.tf.json": json.dumps(
            {"resource": {"aws_sqs_queue": {"q": {"name": "${" + "(" * 100_000 + "1" + ")" * 100_000 + "}"}}}}
        )
    },
)
add(
    "tf.json lists",
    lambda: {
        "main.tf.json": json.dumps(
            {"resource": {"aws_sqs_queue": {"q": nested([{"name": "x"}], 40, lambda one: [one])}}}
        )
    },
)
add(
    "tf.json list of resources",
    lambda: {"main.tf.json": json.dumps({"resource": [{"aws_sqs_queue": {"q": {}}}] * 20_000})},
)
add(
    "tfvars deep",
    lambda: {"main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n', "terraform.tfvars": "v = " + "[" * 200_000},
)
add(
    "tfvars deep closed",
    lambda: {
        "main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n',
        "terraform.tfvars": "v = " + "[" * 3_000 + "]" * 3_000,
    },
)
add(
    "tfvars.json deep",
    lambda: {"main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n', "x.auto.tfvars.json": '{"v": ' + "[" * 200_000},
)
add(
    "tfvars many",
    lambda: {
        "main.tf": HCL_QUEUE % "var.v" + 'variable "v" {}\n',
        "terraform.tfvars": "".join(f"v{n} = {n}\n" for n in range(60_000)),
    },
)
add(
    "terragrunt deep",
    lambda: {"terragrunt.hcl": "inputs = " + "{ a = " * 3_000 + "1" + "}" * 3_000, "main.tf": HCL_QUEUE % "1"},
)
add(
    "terragrunt include itself",
    lambda: {
        "terragrunt.hcl": 'include "a" {\n  path = "./terragrunt.hcl"\n}\nterraform {\n  source = "./"\n}\n',
        "main.tf": HCL_QUEUE % "1",
    },
)
add(
    "lock deep",
    lambda: {
        "main.tf": HCL_QUEUE % "1",
        ".terraform.lock.hcl": "a {\n" * 3_000 + "}\n" * 3_000,
        ".terraform/modules/modules.json": "[" * 100_000,
    },
)
add(
    "installed modules itself",
    lambda: {
        "main.tf": 'module "a" {\n  source = "x/y/z"\n}\n' + HCL_QUEUE % "1",
        ".terraform/modules/modules.json": json.dumps(
            {"Modules": [{"Key": "a" + ".a" * n, "Source": "x", "Dir": "."} for n in range(300)]}
        ),
    },
)


def plan(resources: list[Json], **more: Json) -> Json:
    """A plan with these planned resources."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": resources}},
        **more,
    }


def planned(number: int, **values: Json) -> Json:
    """One planned queue."""
    return {
        "address": f"aws_sqs_queue.q{number}",
        "mode": "managed",
        "type": "aws_sqs_queue",
        "name": f"q{number}",
        "values": values,
    }


def _plan(name: str, content: Json) -> None:
    add(f"plan {name}", lambda: {"plan.json": content if isinstance(content, str) else json.dumps(content)})


def _changes(count: int) -> list[Json]:
    return [
        {
            **planned(n),
            "change": {
                "actions": ["create"],
                "before": None,
                "after": {"name": f"q{n}"},
                "after_unknown": {"arn": True},
            },
        }
        for n in range(count)
    ]


def _configured(count: int, reference: str) -> Json:
    blocks = [
        {
            "address": f"aws_sqs_queue.q{n}",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": f"q{n}",
            "expressions": {
                "name": {
                    "references": [reference % ((n + 1) % count), reference.partition(".name")[0] % ((n + 1) % count)]
                }
            },
        }
        for n in range(count)
    ]
    return {"root_module": {"resources": blocks}}


_plan("3000 resources", plan([planned(n) for n in range(3_000)], resource_changes=_changes(3_000)))
_plan(
    "references in a circle",
    plan(
        [planned(n) for n in range(1_500)],
        resource_changes=_changes(1_500),
        configuration=_configured(1_500, "aws_sqs_queue.q%d.name"),
    ),
)
_plan(
    "locals",
    plan([planned(n) for n in range(100)], resource_changes=_changes(100), configuration=_configured(100, "local.q%d")),
)


def _module_calls(depth: int, wide: int = 1) -> Json:
    inner: Json = {"resources": [], "outputs": {"o": {"expression": {"references": ["var.v"]}}}, "variables": {"v": {}}}
    for _ in range(depth):
        inner = {
            "module_calls": {
                f"m{n}": {
                    "source": "./x",
                    "module": inner,
                    "expressions": {"v": {"references": [f"module.m{m}.o" for m in range(wide)]}},
                }
                for n in range(wide)
            },
            "outputs": {"o": {"expression": {"references": [f"module.m{m}.o" for m in range(wide)]}}},
        }
    return {"root_module": inner}


def _through(depth: int) -> Json:
    made = _module_calls(depth, 2) if depth < 11 else _module_calls(depth)
    made["root_module"]["resources"] = [
        {
            "address": "aws_sqs_queue.q0",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": "q0",
            "expressions": {"name": {"references": ["module.m0.o", "module.m1.o"]}},
        }
    ]
    return made


_plan("module_calls deep", plan([planned(0)], resource_changes=_changes(1), configuration=_through(45)))
_plan("module_calls 2 to the 10", plan([planned(0)], resource_changes=_changes(1), configuration=_through(10)))


def _through_variables(depth: int) -> Json:
    calls = {
        f"m{n}": {
            "source": "./x",
            "module": {
                "variables": {"a": {}, "b": {}},
                "outputs": {"o": {"expression": {"references": ["var.a", "var.b"]}}},
            },
            "expressions": {"a": {"references": [f"module.m{n + 1}.o"]}, "b": {"references": [f"module.m{n + 1}.o"]}},
        }
        for n in range(depth)
    }
    return {
        "root_module": {
            "module_calls": calls,
            "resources": [
                {
                    "address": "aws_sqs_queue.q0",
                    "mode": "managed",
                    "type": "aws_sqs_queue",
                    "name": "q0",
                    "expressions": {"name": {"references": ["module.m0.o"]}},
                }
            ],
        }
    }


_plan("references doubled", plan([planned(0)], resource_changes=_changes(1), configuration=_through_variables(40)))
_plan(
    "child_modules deep",
    {
        "format_version": "1.2",
        "planned_values": {
            "root_module": nested({"resources": [planned(0)]}, 45, lambda one: {"child_modules": [one]})
        },
    },
)
_plan(
    "child_modules too deep",
    {
        "format_version": "1.2",
        "planned_values": {
            "root_module": nested({"resources": [planned(0)]}, 300, lambda one: {"child_modules": [one]})
        },
    },
)

_WHOLE: Json = plan(
    [planned(0, name="x", redrive_policy="{}", tags={"a": "b"}), {"address": "aws_db_instance.d[0]", "mode": "managed", "type": "aws_db_instance", "name": "d", "index": 0, "values": {"multi_az": False, "engine": "mysql"}, "sensitive_values": {"password": True}}],
    resource_changes=[*_changes(1), {"address": "aws_db_instance.d[0]", "mode": "managed", "type": "aws_db_instance", "name": "d", "index": 0, "provider_name": "registry.terraform.io/hashicorp/aws", "change": {"actions": ["create"], "before": None, "after": {"multi_az": False, "engine": "mysql"}, "after_unknown": {"arn": True, "tags": [False]}, "after_sensitive": {"password": True}, "before_sensitive": False}}],
    configuration={"provider_config": {"aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}}, "root_module": {"variables": {"v": {"default": 1}}, "outputs": {"o": {"expression": {"references": ["aws_sqs_queue.q0.arn", "aws_sqs_queue.q0"]}}}, "module_calls": {"m": {"source": "./m", "expressions": {"v": {"references": ["var.v"]}}, "count_expression": {"constant_value": 1}, "module": {"resources": [{"mode": "managed", "type": "aws_sqs_queue", "name": "z", "expressions": {}}], "variables": {"v": {}}}}}, "resources": [{"address": "aws_sqs_queue.q0", "mode": "managed", "type": "aws_sqs_queue", "name": "q0", "provider_config_key": "aws", "expressions": {"name": {"references": ["var.v"]}, "redrive_policy": {"references": ["module.m.o", "module.m"]}}, "schema_version": 0, "for_each_expression": {"references": ["var.v"]}}, {"address": "aws_db_instance.d", "mode": "managed", "type": "aws_db_instance", "name": "d", "provider_config_key": "aws", "expressions": {"multi_az": {"constant_value": False}}, "count_expression": {"constant_value": 1}, "depends_on": ["aws_sqs_queue.q0"]}]}},
    variables={"v": {"value": 1}},
    prior_state={"values": {"root_module": {"resources": [planned(0, name="x")]}}},
    output_changes={"o": {"actions": ["create"]}},
    relevant_attributes=[{"resource": "aws_sqs_queue.q0", "attribute": ["arn"]}],
    checks=[{"address": {"kind": "resource"}, "status": "pass"}],
    resource_drift=_changes(1),
)  # fmt: skip


def _at(data: Json, way: tuple[Any, ...]) -> Json:
    for step in way:
        data = data[step]
    return data


def _ways(data: Json, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [way, *(deeper for key, child in inner for deeper in _ways(child, (*way, key)))]


OTHERS: tuple[Json, ...] = (None, 7, 1.5, "text", True, [], [None], [[]], {}, {"a": None}, [{}], -1, "", "\ud800")


def malformed_plans() -> dict[str, str]:
    """A plan with each member replaced by each kind of value, by a description of the change."""
    found = {}
    for way in _ways(_WHOLE)[1:]:
        for other in OTHERS:
            made = json.loads(json.dumps(_WHOLE))
            _at(made, way[:-1])[way[-1]] = other
            found[f"{'.'.join(map(str, way))} = {json.dumps(other)}"] = json.dumps(made)
    return found


CONFIG_TEMPLATE = template()
_TABLE = "[tool.awslint-memo]\n"
for _kind, _text in {
    "tables": "[tool.awslint-memo" + ".a" * 100_000 + "]\n", "arrays": _TABLE + "ignore = " + "[" * 100_000 + "]" * 100_000,
    "inline": _TABLE + "a = " + "{ a = " * 50_000 + "1" + "}" * 50_000, "dotted": _TABLE + "a" + ".a" * 400_000 + " = 1\n",
    "many tables": _TABLE + "".join(f"[a{n}]\nb = 1\n" for n in range(60_000)), "long text": _TABLE + 'ignore = ["' + "x" * 900_000 + '"]\n',
    "stars": _TABLE + 'ignore = ["' + "*a" * 5_000 + '*b"]\n', "twice": _TABLE + "a = 1\n" * 100_000, "digits": _TABLE + "fail-on = " + "9" * 5_000 + "\n",
    "exclude": _TABLE + "exclude = [" + ", ".join(f'"{"**/" * 100}*a*a*a*a*a*b{n}"' for n in range(500)) + "]\n",
    "suppressions": _TABLE + "".join(f'[[tool.awslint-memo.suppress]]\nrules = ["sqs-*"]\nresources = ["{"*a" * 40}*b{n}"]\nreason = "x"\n' for n in range(3_000)),
    "deployments": _TABLE + "[tool.awslint-memo.deployments]\n" + "".join(f'd{n} = {{ P = "x" }}\n' for n in range(5_000)),
    "suppress": _TABLE + "".join(f'[[tool.awslint-memo.suppress]]\nrules = ["sqs-*"]\nresource = "{"*a" * 100}*b"\nreason = "x"\n' for n in range(3_000)),
}.items():  # fmt: skip
    add(
        f"config toml {_kind}",
        lambda t=_text: {
            "pyproject.toml": t,
            "t.json": CONFIG_TEMPLATE,
            "a" * 200 + "/" + "a" * 200 + "/t.json": CONFIG_TEMPLATE,
        },
    )
for _kind, _text in {
    "deep": "ignore: " + "[" * 100_000, "deep closed": "ignore: " + "[" * 2_000 + "]" * 2_000, "long": "ignore: [" + "x, " * 300_000 + "]\n",
    "anchors": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)), "surrogate": 'ignore: ["\\ud800"]\nprocessing-time: {"\\udfff": 3}\n',
    "deployments": "deployments:\n" + "".join(f"  d{n}: {{P: x}}\n" for n in range(5_000)),
    "twice": "ignore: []\n" * 80_000, "processing": "processing-time:\n" + "".join(f"  q{n}*: 3\n" for n in range(20_000)),
}.items():  # fmt: skip
    add(f"config yaml {_kind}", lambda t=_text: {".awslint-memo.yaml": t, "t.json": CONFIG_TEMPLATE})
