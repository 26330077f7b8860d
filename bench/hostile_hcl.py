"""Constructions of `bench.hostile` in the syntax of Terraform's native language."""

from __future__ import annotations

from bench.hostile_parts import HCL_QUEUE, hcl

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


def _locals(step: str, first: str, depth: int) -> str:
    rows = [f"  a0 = {first.format()}", *(f"  a{n} = {step.format(n - 1)}" for n in range(1, depth + 1))]
    used = HCL_QUEUE % f"local.a{depth}" + 'variable "v" {}\n'
    return "locals {\n" + "\n".join(rows) + "\n}\n" + used


for _name, (_step, _first) in _DOUBLED.items():
    hcl(f"doubled {_name}", _locals(_step, _first, 45))

hcl("locals chain 9000", _locals("local.a{0}", '"x"', 9_000))
hcl("locals circle", _locals("local.a{0}", "local.a44", 44))
for _name, _opening, _closing in (
    ("parentheses", "(", ")"),
    ("lists", "[", "]"),
    ("objects", "{ a = ", "}"),
    ("calls", "f(", ")"),
    ("not", "!", ""),
    ("minus", "-", ""),
    ("templates", '"${', '}"'),
    ("ternaries", "true ? 1 : ", ""),
    ("splats", "[", "][*]"),
    ("for", "[for x in ", " : x]"),
    ("index", "a[", "]"),
    ("else", "true ? ", " : 1"),
    ("or", "a || ", ""),
    ("plus", "1 + ", ""),
    ("power", "a == b && ", ""),
):
    for _depth in (40, 1_000, 50_000):
        hcl(f"{_name} x {_depth}", HCL_QUEUE % (_opening * _depth + "1" + _closing * _depth))
    hcl(f"{_name} open x 50000", HCL_QUEUE % (_opening * 50_000))
for _depth in (90, 3_000, 60_000):
    hcl(f"blocks x {_depth}", 'resource "aws_sqs_queue" "q" {\n' + "b {\n" * _depth + "}\n" * _depth + "}\n")
    hcl(
        f"dynamic x {_depth}",
        'resource "aws_sqs_queue" "q" {\n'
        + 'dynamic "b" {\nfor_each = [1, 2]\ncontent {\n' * (_depth // 2)
        + "}\n}\n" * (_depth // 2)
        + "}\n",
    )
hcl("blocks open", "b {\n" * 200_000)
hcl("blocks wide", 'resource "aws_sqs_queue" "q" {\n' + "b {}\n" * 150_000 + "}\n")
hcl("resource twice 20000", 'resource "aws_sqs_queue" "q" {}\n' * 25_000)
hcl("attributes", 'resource "aws_sqs_queue" "q" {\n' + "".join(f"a{n} = {n}\n" for n in range(60_000)) + "}\n")
hcl("attribute twice", 'resource "aws_sqs_queue" "q" {\n' + "name = 1\n" * 90_000 + "}\n")
hcl("dots", HCL_QUEUE % ("a" + ".b" * 400_000))
hcl("indexes", HCL_QUEUE % ("a" + "[0]" * 250_000))
hcl("long sum", HCL_QUEUE % ("1" + " + 1" * 200_000))
hcl("long and", HCL_QUEUE % ("var.v" + " && var.v" * 90_000) + 'variable "v" {}\n')
hcl("long list", HCL_QUEUE % ("[" + "1, " * 300_000 + "]"))
hcl("long text", HCL_QUEUE % ('"' + "x" * 900_000 + '"'))
hcl("text of references", HCL_QUEUE % ('"' + "${var.v}" * 100_000 + '"') + 'variable "v" {}\n')
hcl("text of dollars", HCL_QUEUE % ('"' + "$" * 900_000 + '"'))
hcl("text of escapes", HCL_QUEUE % ('"' + "\\n" * 400_000 + '"'))
hcl("heredoc", HCL_QUEUE % ("<<-EOT\n" + "    x\n" * 150_000 + "    EOT"))
hcl("heredoc open", HCL_QUEUE.replace("\n}", "") % ("<<EOT\n" + "x\n" * 300_000))
hcl("heredocs", "locals {\n" + "".join(f"  a{n} = <<EOT\nx\nEOT\n" for n in range(40_000)) + "}\n" + HCL_QUEUE % "1")
hcl("heredocs open", "locals {\n" + "".join(f"  a{n} = <<E{n}\nx\n" for n in range(40_000)) + "}\n")
hcl("template nested if", HCL_QUEUE % ('"' + "%{ if true }" * 30_000 + "x" + "%{ endif }" * 30_000 + '"'))
hcl("template nested for", HCL_QUEUE % ('"' + "%{ for x in [1, 2, 3] }" * 30 + "x" + "%{ endfor }" * 30 + '"'))
hcl("comment open", "/*" + " *" * 400_000)
hcl("comments", "# x\n" * 250_000 + HCL_QUEUE % "1")
hcl("quotes", HCL_QUEUE % ('"' * 900_001))
hcl("braces", "{" * 900_000)
hcl("closing", "}" * 900_000)
hcl("million digits", HCL_QUEUE % ("9" * 900_000))
hcl(
    "5000 digits",
    HCL_QUEUE % ("9" * 5_000)
    + 'resource "aws_sqs_queue" "r" {\n  visibility_timeout_seconds = '
    + "9" * 5_000
    + "\n delay_seconds = 1e400\n}\n",
)
hcl("1e999999", 'resource "aws_sqs_queue" "q" {\n  visibility_timeout_seconds = 1e999999\n}\n')
for _name in ("contains", "index"):
    hcl(
        f"{_name}() of each of 60000 items",
        "locals {{\n  a = [{}]\n".format(",".join(f'"{number}"' for number in range(60_000)))
        + f'  z = join(",", [for x in local.a : {_name}(local.a, x)])\n}}\n'
        + HCL_QUEUE % "local.z",
    )
for _repeated in ('formatlist("%s", local.a)', "setsubtract(local.a, local.a)", "local.a == local.a", "local.a[*]"):
    hcl(
        f"{_repeated.partition('(')[0]} in a loop over 60000 items",
        "locals {{\n  a = [{}]\n".format(",".join(f'"{number}"' for number in range(60_000)))
        + f"  z = [for x in local.a : {_repeated}]\n}}\n"
        + HCL_QUEUE % "length(local.z)",
    )
