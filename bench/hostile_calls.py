"""Constructions of `bench.hostile` with calls of Terraform's functions."""

from __future__ import annotations

import json

from bench.hostile_parts import HCL_QUEUE, hcl

for _number, _call in enumerate(
    (
        "range(1e9)",
        "range(1024)",
        'format("%1000000000d", 1)',
        'format("%.1000000000f", 1)',
        'format("%-1000000s%-1000000s", "x", "y")',
        'format("%*d", 1000000000, 1)',
        'join("xxxxxxxxxx", range(1024))',
        "pow(9, pow(9, 9))",
        "pow(10, 300) * pow(10, 300)",
        "9e200 * 9e200",
        'parseint("zzzzzzzzzzzzzzzzzzzzzzzzz", 36)',
        'cidrsubnets("10.0.0.0/8", ' + ", ".join(["16"] * 5_000) + ")",
        'cidrsubnet("::/0", 128, pow(2, 100))',
        'cidrhost("::/0", 1e30)',
        '[for n in range(1024) : cidrsubnet("10.0.0.0/8", 16, n)]',
        "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : [a, b, c]]]]",
        "{for a in range(1000) : a => {for b in range(1000) : b => {for c in range(1000) : c => a}}}",
        "setproduct(range(1000), range(1000), range(1000))",
        "flatten([for a in range(1000) : range(1000)])",
        'replace("' + "a" * 5_000 + '", "/(a+)+b/", "x")',
        'regexall("(a|a)*b", "' + "a" * 20_000 + '")',
        'regex("(' * 3_000 + ')" * 3_000, "x")',
        'regex("(a{1,1000}){1,1000}", "a")',
        'regex("((((((a{100}){100}){100}){100}){100}){100})", "a")',
        'regexall("a*", "' + "a" * 300_000 + '")',
        'regexall(".*?b", "' + "a" * 30_000 + '")',
        'replace("' + "a" * 100_000 + '", "", "' + "b" * 100_000 + '")',
        'replace("' + "a" * 100_000 + '", "/a/", "' + "b" * 100_000 + '")',
        'split("", "' + "a" * 800_000 + '")',
        "sort([" + ", ".join(f'"{n}"' for n in range(90_000, 0, -1)) + "])",
        "distinct([" + ", ".join(f'"{n}"' for n in range(90_000)) + "])",
        "merge(" + ", ".join(f"{{ k{n} = {n} }}" for n in range(20_000)) + ")",
        "concat(" + ", ".join(["[1]"] * 90_000) + ")",
        "toset([" + ", ".join(f'"{n}"' for n in range(90_000)) + "])",
        "contains([" + ", ".join(f'"{n}"' for n in range(90_000)) + '], "x")',
        "setunion(" + ", ".join(f'["{n}"]' for n in range(30_000)) + ")",
        "transpose({" + ", ".join(f'k{n} = ["a", "b"]' for n in range(20_000)) + "})",
        "setsubtract(range(1024), range(1024))",
        "jsondecode(" + json.dumps("[" * 100_000) + ")",
        "jsondecode(" + json.dumps("[" * 900 + "]" * 900) + ")",
        "yamldecode(" + json.dumps("[" * 100_000) + ")",
        "yamldecode("
        + json.dumps(
            "a: &a [x, x]\nb: &b [*a, *a]\n"
            + "".join(f"c{n}: &{chr(99 + n)} [*{chr(98 + n)}, *{chr(98 + n)}]\n" for n in range(20))
        )
        + ")",
        "csvdecode(" + json.dumps("a,b\n" + "1,2\n" * 100_000) + ")",
        "csvdecode(" + json.dumps('a\n"' + "x" * 300_000) + ")",
        'strrev("' + "é" * 200_000 + '")',
        'substr("' + "a" * 900_000 + '", 1, 5)',
        'trim("' + "a" * 400_000 + '", "' + "a" * 400_000 + '")',
        'timeadd("2020-01-01T00:00:00Z", "999999999999h")',
        'formatdate("' + "YYYY" * 100_000 + '", "2020-01-01T00:00:00Z")',
        'bcrypt("x", 31)',
        'fileset(path.module, "**/**/**/**/**/**/**/**/*a*a*a*a*a")',
        'templatefile("main.tf", {})',
        'file("main.tf")',
        'templatestring("' + "$${x}" * 100_000 + '", { x = "' + "y" * 100_000 + '" })',
        "chunklist(range(1024), 1)",
        'indent(1000000, "' + "a\\n" * 100_000 + '")',
        "sum([" + "9" * 400 + ", " + "9" * 400 + "])",
        "1 % 0",
        "1 / 0",
        "-" * 900 + "1",
        "max()",
        "log(0, 0)",
        "abs(-1e400)",
        'tonumber("' + "9" * 6_000 + '")',
        'tonumber("1e400")',
        'parseint("' + "9" * 100_000 + '", 10)',
        "floor(1e400)",
        "ceil(-9e307 * 10)",
        'base64gzip("' + "a" * 900_000 + '")',
        "range(0, 1, 0.0000001)",
        "range(-1e308, 1e308)",
        "9e307 * 10 - 9e307 * 10",
        "signum(1e400)",
        'substr("abc", 9e18, 9e18)',
        "element([1], 1e30)",
        "slice([1], 1e30, 1e40)",
        "[1][1e30]",
        'cidrhost("10.0.0.0/8", 1e40)',
    )
):
    hcl(
        f"call {_number} {_call[:40]}",
        HCL_QUEUE % _call + 'resource "aws_sqs_queue" "r" {\n  visibility_timeout_seconds = ' + _call + "\n}\n"
        if len(_call) < 400_000
        else HCL_QUEUE % _call,
    )

_LOOPED = (
    'locals {\n  l = range(1000)\n  s = [for a in range(1000) : "x${a}"]\n  m = { for a in local.s : a => a }\n}\n'
)
_LOOPED += 'locals {\n  t = join(" ", [for a in range(10) : join(" ", local.s)])\n}\n'
_ALARM = 'resource "aws_cloudwatch_metric_alarm" "a%d" {\n  alarm_name = "a"\n  threshold  = %s\n}\n'
_THREE = "length([for a in local.l : [for b in local.l : [for c in local.l : a + b + c]]])"

for _name, _each in {
    "three loops": "[for b in local.l : [for c in local.l : a + b + c]]",
    "of 300 sums": "[for b in local.l : " + "+".join(["a"] * 300) + "]",
    "of 300 pieces": '[for b in local.l : "' + "${a}" * 300 + '"]',
    "of 300 fields": "[for b in local.l : { " + ", ".join(f"k{n} = a" for n in range(300)) + " }]",
    "of 300 conditions": "[for b in local.l : " + "a == 5000 ? 1 : " * 300 + "a]",
    "of 300 lists": "[for b in local.l : [" + ", ".join(["[a]"] * 300) + "]]",
    "of 90 signs": "[for b in local.l : " + "!" * 90 + "true]",
    "in a text": '"%{ for b in local.l }' + "${a}" * 100 + '%{ endfor }"',
    "in a text with conditions": '"%{ for b in local.l }' + "%{ if a == 1 }x%{ endif }" * 100 + '%{ endfor }"',
    "setproduct": "length(setproduct(local.l, [a]))",
    "setproduct of a set": "length(setproduct(toset(local.s), [a]))",
    "formatlist": 'formatlist("%s-%s", local.s, a)',
    "setunion": "setunion(local.s, [a])",
    "lookup": 'lookup(local.m, "x1", 1)',
    "range": "range(1000)",
    "split": 'split(" ", local.t)',
    "title": "title(local.t)",
    "urlencode": "urlencode(local.t)",
    "chomp": "chomp(local.t)",
}.items():
    hcl(f"loop {_name}", _LOOPED + _ALARM % (0, f"length([for a in local.l : {_each}])"))
hcl("loop three in 2000 alarms", lambda: _LOOPED + "".join(_ALARM % (n, _THREE) for n in range(2_000)))
hcl(
    "loop sums in 3000 alarms",
    lambda: _LOOPED + "".join(_ALARM % (n, "sum([for a in local.l : a])") for n in range(3_000)),
)
_KEYED = "  for_each = toset([for a in local.l : tostring(a)])\n  name     = each.key\n"
hcl(
    "loop for_each in 1000 queues",
    lambda: _LOOPED + "".join(f'resource "aws_sqs_queue" "q{n}" {{\n{_KEYED}}}\n' for n in range(1_000)),
)
