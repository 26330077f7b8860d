"""Runs whose files or arguments have a secret, for test_secrets: where it comes from, and what it passes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

SECRET = "31731"
"""A number, so that a rule can say something about it, that stands nowhere else."""
WORD = "hunter2"
RULE = "sqs-max-receive-count"

Case: TypeAlias = "tuple[Mapping[str, str], Sequence[str]]"
"""The files of a run, and its arguments."""

NO_ECHO = f"  Pw:\n    Type: String\n    NoEcho: true\n    Default: {SECRET}\n"
GIVEN = "  Pw: {Type: String, NoEcho: true}\n"
PASSED = f"Parameters:\n        Pw: {SECRET}"


def stack(value: str, parameters: str = NO_ECHO, more: str = "") -> str:
    return (
        f"Parameters:\n{parameters}{more}Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties:\n"
        f"      RedrivePolicy:\n        deadLetterTargetArn: arn:aws:sqs:eu-west-1:123456789012:dead\n"
        f"        maxReceiveCount: {value}\n"
    )


def outer(passed: str, parameters: str = "") -> str:
    return (
        f"{parameters}Resources:\n  Inner:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        f"      TemplateURL: inner.yaml\n      {passed}\n"
    )


def cloudformation() -> Iterator[tuple[str, Case]]:
    def case(value: str, parameters: str = NO_ECHO, *arguments: str, **more: str) -> Case:
        return {"a.yaml": stack(value, parameters, **more)}, arguments

    several = NO_ECHO.replace(SECRET, f"'{SECRET},5'")
    yield "Ref", case("!Ref Pw")
    yield "flow", case("!Ref Pw", f"  Pw: {{Type: String, NoEcho: true, Default: {SECRET}}}\n")
    yield "number", case("!Ref Pw", NO_ECHO.replace("String", "Number"))
    yield "Sub", case("!Sub '${Pw}'")
    yield "Join", case("!Join ['', [!Ref Pw, '']]")
    yield "Split", case("!Select [0, !Split [',', !Ref Pw]]", several)
    yield "list", case("!Select [0, !Ref Pw]", several.replace("String", "CommaDelimitedList"))
    yield "--parameters", case("!Ref Pw", GIVEN, "--parameters", f"Pw={SECRET}")
    given = json.dumps([{"ParameterKey": "Pw", "ParameterValue": SECRET}])
    yield "parameter file", ({"a.yaml": stack("!Ref Pw", GIVEN), "p.json": given}, ["--parameters", "p.json"])
    configuration = f"deployments:\n  prod: {{Pw: {SECRET}}}\n"
    yield "deployments", ({"a.yaml": stack("!Ref Pw", GIVEN), "c.yaml": configuration}, ["--config", "c.yaml"])
    condition = f"Conditions:\n  C: !Equals [!Ref Pw, '{SECRET}']\n"
    yield "condition", case("!If [C, 600, 5]", GIVEN, more=condition)
    yield "If", case("!If [C, !Ref Pw, 5]", more="Conditions:\n  C: !Equals [!Ref AWS::Region, eu-west-1]\n")
    refused = GIVEN.replace("NoEcho: true", "NoEcho: true, MinLength: 20")
    yield "refused", case("600", refused, "--parameters", f"Pw={SECRET}")
    refused = GIVEN.replace("NoEcho: true", f"NoEcho: true, AllowedValues: [a{SECRET}]")
    yield "not allowed", case("600", refused, "--parameters", f"Pw=b{SECRET}")
    yield "nested", ({"a.yaml": outer(PASSED), "inner.yaml": stack("!Ref Pw", GIVEN)}, [])
    flow = f"Parameters: {{Pw: {SECRET}}}"
    yield "nested in a flow", ({"a.yaml": outer(flow), "inner.yaml": stack("!Ref Pw", GIVEN)}, [])
    top = outer("Parameters: {P: !Ref Pw}", f"Parameters:\n{NO_ECHO}")
    yield "of the outer stack", ({"a.yaml": top, "inner.yaml": stack("!Ref P", "  P: {Type: String}\n")}, [])
    shape = {
        "Parameters": {"Pw": {"Type": "String", "NoEcho": True, "Default": SECRET}},
        "Resources": {
            "Q": {"Type": "AWS::SQS::Queue", "Properties": {"RedrivePolicy": {"maxReceiveCount": {"Ref": "Pw"}}}}
        },
    }
    between = f"Parameters: {{Count: 600, Alpha: x{SECRET}}}"
    inner = stack("!Ref Count", "  Count: {Type: Number}\n  Alpha: {Type: String, NoEcho: true}\n")
    yield "nested beside", ({"a.yaml": outer(between), "inner.yaml": inner}, [])
    mapping = f"Mappings:\n  M: {{a: {{DbPassword: {SECRET}}}}}\n"
    yield "named in a mapping", ({"a.yaml": mapping + stack("!FindInMap [M, a, DbPassword]")}, [])
    yield "JSON in a line", ({"a.json": json.dumps(shape)}, [])
    yield "JSON", ({"a.json": json.dumps(shape, indent=1)}, [])


VARIABLE = f'variable "pw" {{\n  type = string\n  sensitive = true\n  default = "{SECRET}"\n}}\n'
UNSET = 'variable "pw" {\n  type = string\n  sensitive = true\n}\n'


def queue(value: str, more: str = "") -> str:
    arn = "arn:aws:sqs:eu-west-1:123456789012:dead"
    return (
        f'resource "aws_sqs_queue" "orders" {{{more}\n  redrive_policy = jsonencode({{\n'
        f'    deadLetterTargetArn = "{arn}"\n    maxReceiveCount = {value}\n  }})\n}}\n'
    )


EXPRESSIONS = """var.pw; "${var.pw}"; upper(var.pw); lower("${var.pw}"); tonumber(var.pw); tostring(tonumber(var.pw))
min(tonumber(var.pw), 99999); var.pw + 0; true ? var.pw : 3; var.pw == "a" ? 3 : 31731; coalesce(null, var.pw)
try(var.pw, 3); merge({ a = 1 }, { b = var.pw })["b"]; lookup({ b = var.pw }, "b", 3); [for x in [var.pw] : x][0]
[for k, v in { (var.pw) = 1 } : k][0]; keys({ for k in [var.pw] : k => 1 })[0]
keys(merge({ (var.pw) = 1 }, {}))[0]; keys(zipmap([var.pw], [1]))[0]; keys({ for k in [var.pw] : k => 1... })[0]
{ for k, v in { a = var.pw } : k => v }["a"]; jsondecode(jsonencode({ a = var.pw })).a; yamldecode("a: ${var.pw}").a
element(split(",", "${var.pw},1"), 0); format("%s", var.pw); join("", [var.pw]); replace("x", "x", var.pw)
trimspace(var.pw); base64decode(base64encode(var.pw)); flatten([[var.pw]])[0]; sort([var.pw])[0]
concat([var.pw], [1])[0]
values({ a = var.pw })[0]; keys({ (var.pw) = 1 })[0]; sum([tonumber(var.pw), 0]); substr(var.pw, 0, 5)
reverse([var.pw])[0]
max([tonumber(var.pw)]...); regex("[0-9]+", var.pw); one([var.pw]); tolist([var.pw])[0]; zipmap(["a"], [var.pw])["a"]
trimprefix(var.pw, "x"); sensitive(31731); sensitive("31731"); templatefile("a.tpl", { pw = var.pw })
ceil(tonumber(var.pw)); nonsensitive(var.pw)""".replace("\n", "; ").split("; ")


def terraform() -> Iterator[tuple[str, Case]]:
    for expression in EXPRESSIONS:
        yield expression, ({"main.tf": VARIABLE + queue(expression), "a.tpl": "${pw}"}, [])
    used = queue("var.pw")
    beside = f"locals {{ x = {{ a = 600, b = sensitive({SECRET}) }} }}\n"
    yield "beside sensitive()", ({"main.tf": beside + queue("local.x.a")}, [])
    yield "local", ({"main.tf": VARIABLE + "locals {\n  x = var.pw\n}\n" + queue("local.x")}, [])
    named = f'variable "db_password" {{\n  default = {SECRET}\n}}\n'
    yield "named variable", ({"main.tf": named + queue("var.db_password")}, [])
    yield "named local", ({"main.tf": f"locals {{\n  api_key = {SECRET}\n}}\n" + queue("local.api_key")}, [])
    of_file = {"main.tf": queue('yamldecode(file("v.yaml")).password'), "v.yaml": f"password: {SECRET}\n"}
    yield "named in a file", (of_file, [])
    yield "ephemeral", ({"main.tf": VARIABLE.replace("sensitive", "ephemeral") + used}, [])
    yield "heredoc", ({"main.tf": VARIABLE + queue("trimspace(<<E\n${var.pw}\nE\n)")}, [])
    yield "each.key", ({"main.tf": VARIABLE + queue("each.key", "\n  for_each = toset([var.pw])")}, [])
    yield "each.value", ({"main.tf": VARIABLE + queue("each.value", "\n  for_each = { a = var.pw }")}, [])
    yield "choice", ({"main.tf": UNSET + queue(f'var.pw == "{SECRET}" ? 600 : 5')}, [])
    call = 'module "a" {\n  source = "./a"\n  %s\n}\n'
    yield "argument", ({"main.tf": call % f'pw = "{SECRET}"', "a/main.tf": UNSET + used}, [])
    yield (
        "through",
        ({"main.tf": VARIABLE + call % "x = var.pw", "a/main.tf": 'variable "x" {}\n' + queue("var.x")}, []),
    )
    output = f'output "o" {{\n  sensitive = true\n  value = "{SECRET}"\n}}\n'
    yield "output", ({"main.tf": call % "" + queue("module.a.o"), "a/main.tf": output}, [])
    values = f'pw = "{SECRET}"\n'
    yield "tfvars", ({"main.tf": UNSET + used, "terraform.tfvars": values}, [])
    yield "--var-file", ({"main.tf": UNSET + used, "a.tfvars": values}, ["--var-file", "a.tfvars"])
    yield "--parameters", ({"main.tf": UNSET + used}, ["--parameters", f"pw={SECRET}"])
    of_map = 'variable "m" {\n  sensitive = true\n}\n' + queue("var.m.b")
    yield "map", ({"main.tf": of_map, "terraform.tfvars": f'm = {{ a = "{SECRET}", b = "{SECRET}" }}\n'}, [])
    number = UNSET.replace("string", "number") + queue("600")
    yield "no number", ({"main.tf": number}, ["--parameters", f"pw=x{SECRET}"])
    yield "no number in tfvars", ({"main.tf": number, "terraform.tfvars": f'pw = "x{SECRET}"\n'}, [])


def plan(
    after: Mapping[str, Any],
    secret: Any,
    before: Any = False,
    indent: int | None = None,
    variable: str = "pw",
    reference: str = "",
    is_marked: bool = True,
) -> Case:
    """A plan with a queue, in which `after` is planned, and a second one with a finding."""
    names = {"mode": "managed", "type": "aws_sqs_queue", "provider_name": "registry.terraform.io/hashicorp/aws"}
    expressions = {name: {"references": [reference or f"var.{variable}"]} for name in after}

    def changed(name: str, after: Any, secret: Any) -> Mapping[str, Any]:
        change = {"actions": ["update"], "before": after, "after": after, "after_unknown": {}}
        marks = {"before_sensitive": before if name == "a" else False, "after_sensitive": secret}
        return {"address": f"aws_sqs_queue.{name}", **names, "name": name, "change": {**change, **marks}}

    shape = {
        "format_version": "1.2",
        "variables": {variable: {"value": SECRET}},
        "planned_values": {"root_module": {"resources": [{"values": after, "sensitive_values": secret}]}},
        "resource_changes": [
            changed("a", after, secret),
            changed("b", {"redrive_policy": '{"maxReceiveCount": 600}'}, {}),
        ],
        "resource_drift": [changed("a", after, secret)],
        "output_changes": {"o": {"before": None, "after": SECRET, "after_sensitive": True}},
        "prior_state": {"values": {"root_module": {"resources": [{"values": after, "sensitive_values": secret}]}}},
        "configuration": {
            "root_module": {
                "variables": {variable: {"sensitive": is_marked, "default": SECRET}},
                "resources": [{"address": "aws_sqs_queue.a", **names, "name": "a", "expressions": expressions}],
            }
        },
    }
    return {"plan.json": json.dumps(shape, indent=indent)}, []


def plans() -> Iterator[tuple[str, Case]]:
    policy = {"redrive_policy": f'{{"maxReceiveCount": {SECRET}}}'}
    for indent in (None, 1):
        yield f"after {indent}", plan(policy, {"redrive_policy": True}, indent=indent)
        yield f"whole {indent}", plan(policy, True, indent=indent)
        yield f"before {indent}", plan(policy, {}, {"redrive_policy": True}, indent=indent)
        yield f"name {indent}", plan({"name": SECRET}, {"name": True}, indent=indent)
        yield f"named {indent}", plan(policy, {}, indent=indent, variable="db_password", is_marked=False)
        yield f"named output {indent}", plan(policy, {}, indent=indent, reference="module.a.api_token", is_marked=False)
        tags = {"tags": {"a": SECRET}}
        yield f"nested {indent}", plan(tags, {"tags": {"a": True}}, indent=indent)
        yield f"nested before {indent}", plan(tags, {"tags": {}}, {"tags": {"a": True}}, indent=indent)


def beside() -> Iterator[tuple[str, Case]]:
    """Secrets that stand on the line of a finding about something else."""
    key = f"AKIAIOSFODNN7{SECRET}AA"
    for name, written in {
        "Password": f"Password: {SECRET}",
        "quoted": f"Password: 'a {SECRET}'",
        "pair": f"Tags: [{{Key: DB_PASSWORD, Value: x{SECRET}}}]",
        "pair behind": f"Tags: [{{Value: x{SECRET}, Key: api-token}}]",
        "AWS key": f"X: {key}",
        "in an address": f"X: 'https://user:x{SECRET}@example.org'",
        "bearer": f"X: 'Authorization: Bearer abcdefgh{SECRET}'",
        "option": f"X: 'login --password {SECRET}'",
        "shell": f"X: 'export DB_PASS=x{SECRET}'",
        "token": f"X: ghp_abcdefghijklmnop{SECRET}",
        "JWT": f"X: eyJhbGciOiJI.eyJzdWIiOiIx.{SECRET}",
        "PEM": f"X: '-----BEGIN RSA PRIVATE KEY----- {SECRET} -----END RSA PRIVATE KEY-----'",
    }.items():
        for first, second in (
            ("RedrivePolicy: {maxReceiveCount: 600}", written),
            (written, "RedrivePolicy: {maxReceiveCount: 600}"),
        ):
            body = f"Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: {{{first}, {second}}}\n"
            yield f"{name} {first == written}", ({"a.yaml": body}, [])
    short = '{"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":{"RedrivePolicy":{"maxReceiveCount":600},'
    yield "JSON", ({"a.json": short + f'"Password":"{SECRET}"}}}}}}}}'}, [])
    marked = (
        '{"Parameters":{"P":{"NoEcho":true,"Default":"%s"}},"Resources":{"Q":{"Type":"AWS::SQS::Queue","Properties":'
    )
    yield "NoEcho", ({"a.json": marked % SECRET + '{"RedrivePolicy":{"maxReceiveCount":600}}}}}'}, [])
    values = f'locals {{ a = {{ count = 600, password = "x{SECRET}" }} }}\n'
    yield "HCL", ({"main.tf": values + queue("local.a.count")}, [])


def by_name() -> Iterator[tuple[str, Case]]:
    """Secrets that only their names tell."""
    named = f"  DbPassword: {{Type: String, Default: {SECRET}}}\n"
    yield "parameter", ({"a.yaml": stack("!Ref DbPassword", named)}, [])
    given = stack("!Ref DbPassword", "  DbPassword: {Type: String}\n")
    yield "given parameter", ({"a.yaml": given}, ["--parameters", f"DbPassword={SECRET}"])
    nested = {"a.yaml": outer(f"Parameters: {{DbPassword: {SECRET}}}"), "inner.yaml": given}
    yield "parameter of a nested stack", (nested, [])
    for name, written in {"by name": "DbPassword: {", "marked below": "P: {NoEcho:\n    true, "}.items():
        flow = f"  {{C: {{Type: String, Default: 600}}, {written}Type: String, Default: x{SECRET}}}}}\n"
        yield f"parameters in a flow, {name}", ({"a.yaml": stack("!Ref C", flow)}, [])
    split = f"  {{C: {{Type: String, Default: 600}}, P: {{Default: x{SECRET},\n   Type: String, NoEcho: true}}}}\n"
    yield "parameters in a flow of two lines", ({"a.yaml": stack("!Ref C", split)}, [])
    yield "variable of Sub", ({"a.yaml": stack(f"!Sub ['${{Password}}', {{Password: {SECRET}}}]")}, [])
    lines = f"!Sub\n          - '${{Password}}'\n          - Password: {SECRET}"
    yield "variable of Sub in lines", ({"a.yaml": stack(lines)}, [])
    other = "Resources: {T: {Type: 'AWS::SNS::Topic'}}\nOutputs:\n  %s:\n    Value: %s\n    Export: {Name: %s}\n"
    exported = other % ("DbPassword", SECRET, "shared")
    yield "output", ({"a.yaml": stack("!ImportValue shared"), "b.yaml": exported}, [])
    exported = other % ("Shared", SECRET, "db-password")
    yield "export", ({"a.yaml": stack("!ImportValue db-password"), "b.yaml": exported}, [])
    use = stack("!GetAtt Inner.Outputs.DbPassword").partition("Resources:\n")[2]
    inner = other % ("DbPassword", SECRET, "shared")
    yield "output of a nested stack", ({"a.yaml": outer("Parameters: {}") + use, "inner.yaml": inner}, [])
    call = 'module "a" {\n  source = "./a"\n}\n' + queue("module.a.db_password")
    output = f'output "db_password" {{\n  value = "{SECRET}"\n}}\n'
    yield "output of a module", ({"main.tf": call, "a/main.tf": output}, [])


def keys() -> Iterator[tuple[str, Case]]:
    """Keys that equal a secret which chooses among them."""
    for name, (keys, rows) in {
        "row": ("!Ref Pw, x", f"M: {{'{SECRET}': {{x: 600}}}}"),
        "column": ("x, !Ref Pw", f"M: {{x: {{'{SECRET}': 600}}}}"),
        "row in lines": ("!Ref Pw, x", f"M:\n    '{SECRET}':\n      x: 600"),
        "list": ("!Ref Pw, x", f"M: {{'{SECRET}': {{x: [600]}}}}"),
    }.items():
        lookup = f"!FindInMap [M, {keys}]"
        value = f"!Select [0, {lookup}]" if name == "list" else lookup
        for how, parameters, arguments in (
            ("by default", NO_ECHO, []),
            ("given", GIVEN, ["--parameters", f"Pw={SECRET}"]),
            ("every", GIVEN, []),
        ):
            yield f"{name}, {how}", ({"a.yaml": f"Mappings:\n  {rows}\n" + stack(value, parameters)}, arguments)
    maps = (
        f'locals {{\n  m = {{ "{SECRET}" = 600 }}\n  o = {{\n    "{SECRET}" = {{ count = 600 }}\n  }}\n'
        f'  l = {{ "{SECRET}" = [600] }}\n}}\n'
    )
    for expression in (
        *("local.m[var.pw]", "lookup(local.m, var.pw, 3)", "local.o[var.pw].count", "local.l[var.pw][0]"),
        *("try(local.m[var.pw], 3)", 'local.m["${var.pw}"]', f'{{ "{SECRET}" = 600 }}[var.pw]'),
        "[for k, v in local.m : v if k == var.pw][0]",
        "values({ for k, v in local.m : k => v if k == var.pw })[0]",
        "tonumber([for k, v in local.m : k if k == var.pw][0])",
        "tonumber(keys({ for k, v in local.m : k => v if k == var.pw })[0])",
        *("element([for k in [var.pw] : local.m[k]], 0)", "one([for k, v in local.m : v if k == var.pw])"),
        *("merge(local.m, {})[var.pw]", "zipmap(keys(local.m), values(local.m))[var.pw]"),
    ):
        yield expression, ({"main.tf": VARIABLE + maps + queue(expression)}, [])


LOOKING = {
    "access key": f"AKIAIOSFODNN7{SECRET}AA",
    "in an address": f"https://user:x{SECRET}@example.org/x",
    "token": f"ghp_abcdefghijklmnop{SECRET}",
    "PEM": f"-----BEGIN RSA PRIVATE KEY----- {SECRET} -----END RSA PRIVATE KEY-----",
}
"""Texts that look like secrets, whatever they stand under."""


def chosen() -> Iterator[tuple[str, Case]]:
    """What looks like a secret and decides a deployment, or is the name of one."""
    for name, text in LOOKING.items():
        allowed = f"  P: {{Type: String, AllowedValues: ['{text}', b, c]}}\n"
        condition = f"Conditions:\n  C: !Equals [!Ref P, '{text}']\n"
        other = "Conditions:\n  C: !Not [!Equals [!Ref P, b]]\n"
        yield f"{name} among values", ({"a.yaml": stack("!If [C, 600, 5]", allowed, condition)}, [])
        yield f"{name} among others", ({"a.yaml": stack("!If [C, 600, 5]", allowed, other)}, [])
        free = "  P: {Type: String}\n"
        yield f"{name} compared", ({"a.yaml": stack("!If [C, 600, 5]", free, condition)}, [])
        yield f"{name} not equal", ({"a.yaml": stack("!If [C, 5, 600]", free, condition)}, [])
        region = condition.replace("P,", "AWS::Region,")
        yield f"{name} as a Region", ({"a.yaml": stack("!If [C, 600, 5]", free, region)}, [])
        rows = f"Mappings:\n  M: {{'{text}': {{x: 600}}, b: {{x: 5}}}}\n"
        yield f"{name} as a key", ({"a.yaml": rows + stack("!FindInMap [M, !Ref P, x]", free)}, [])
        variable = queue(f'var.p == "{text}" ? 600 : 5') + 'variable "p" { type = string }\n'
        yield f"{name} as a variable", ({"main.tf": variable}, [])
        keys = queue(f'{{ "{text}" = 600, b = 5 }}[var.p]') + 'variable "p" { type = string }\n'
        yield f"{name} as a key of Terraform", ({"main.tf": keys}, [])
        deployed = f"deployments:\n  '{text}': {{P: 600}}\n  b: {{P: 5}}\n"
        yield f"{name} as a deployment", ({"a.yaml": stack("!Ref P", free), "c.yaml": deployed}, ["--config", "c.yaml"])


def loops() -> Iterator[tuple[str, Case]]:
    """Fn::ForEach, which puts what it loops over into names."""
    loop = (
        "  Fn::ForEach::Q:\n    - N\n    - %s\n    - Orders${N}:\n        Type: AWS::SQS::Queue\n"
        "        Properties:\n          RedrivePolicy:\n            maxReceiveCount: 600\n"
    )
    several = NO_ECHO.replace(SECRET, f"'{SECRET},5'").replace("String", "CommaDelimitedList")
    named = several.replace("Pw", "ApiToken").replace("    NoEcho: true\n", "")
    for name, over, parameters in (
        ("an item", "[!Ref Pw]", NO_ECHO),
        ("a list", "!Ref Pw", several),
        ("a named list", "!Ref ApiToken", named),
    ):
        text = stack("600", parameters) + loop % over
        yield name, ({"a.yaml": f"Transform: AWS::LanguageExtensions\n{text}"}, [])


def nested_flows() -> Iterator[tuple[str, Case]]:
    """What a stack is given in flow style, of which only the stack says what is secret."""
    declared = "  Count: {Type: Number}\n  Other: {Type: Number}\n  Alpha: {Type: String, NoEcho: true}\n"
    inner = stack("!Ref Count", declared)
    for name, flow in {
        "one line": f"{{Other: 1, Count: 600, Alpha: x{SECRET}}}",
        "before": f"{{Alpha: x{SECRET}, Count: 600, Other: 1}}",
        "own line": f"{{\n       Alpha: x{SECRET}, Count: 600, Other: 1\n      }}",
        "second line": f"{{Other: 1,\n       Count: 600, Alpha: x{SECRET}}}",
        "in lines": f"{{Other: 1, Alpha: 'x\n       {SECRET}', Count: 600}}",
        "function": f"{{Other: 1, Count: 600, Alpha: !Join ['', [x, {SECRET}]]}}",
    }.items():
        yield name, ({"a.yaml": outer(f"Parameters: {flow}"), "inner.yaml": inner}, [])
    top = f"Parameters: {{C: {{Type: String, Default: 600}}, A: {{Type: String, Default: x{SECRET}}}}}\n"
    passed = outer("Parameters: {Count: !Ref C, Other: 1, Alpha: !Ref A}", top)
    yield "default of the outer stack", ({"a.yaml": passed, "inner.yaml": inner}, [])


def functions() -> Iterator[tuple[str, Case]]:
    """Secrets in the arguments of functions, on the line of a finding about something else."""
    other = "RedrivePolicy: {maxReceiveCount: 600}"
    for name, written in {
        "Sub": f"Password: !Sub 'x{SECRET}-${{AWS::StackName}}'",
        "Join": f"Password: !Join ['', [x, {SECRET}]]",
        "long Join": f"Password: {{'Fn::Join': ['', [x, {SECRET}]]}}",
        "long Sub": f'Password: {{"Fn::Sub": "x{SECRET}-${{AWS::StackName}}"}}',
        "If": f"Password: !If [C, {SECRET}, x]",
        "Base64": f"Password: !Base64 {SECRET}",
        "anchor": f"Password: &a x{SECRET}",
        "tag": f"Password: !!str {SECRET}",
        "list": f"Token: [a, x{SECRET}]",
        "bracket in a list": f"Token: ['a]', x{SECRET}]",
    }.items():
        for first, second in ((other, written), (written, other)):
            body = f"    Type: AWS::SQS::Queue\n    Properties: {{{first}, {second}}}\n"
            text = f"Conditions: {{C: !Equals [a, a]}}\nResources:\n  Q:\n{body}"
            yield f"{name} {first == written}", ({"a.yaml": text}, [])


CASES = {
    **{f"by name {name}": case for name, case in by_name()},
    **{f"key {name}": case for name, case in keys()},
    **{f"loop over {name}": case for name, case in loops()},
    **{f"nested flow {name}": case for name, case in nested_flows()},
    **{f"function {name}": case for name, case in functions()},
    **{f"cloudformation {name}": case for name, case in cloudformation()},
    **{f"terraform {name}": case for name, case in terraform()},
    **{f"plan {name}": case for name, case in plans()},
    **{f"beside {name}": case for name, case in beside()},
    **{f"chosen {name}": case for name, case in chosen()},
}

BROKEN: Mapping[str, Case] = {
    "YAML": ({"a.yaml": f"Resources:\n  Password: {WORD}: {WORD}\n"}, []),
    "YAML quote": ({"a.yaml": f"Resources:\n  Password: '{WORD}\n"}, []),
    "YAML escape": ({"a.yaml": f'Resources:\n  Password: "\\q{WORD}"\n'}, []),
    "JSON": ({"a.json": f'{{"Resources": {{"Password": "{WORD}" "x"}}}}'}, []),
    "JSON word": ({"a.json": f'{{"Resources": {{"Password": {WORD}}}}}'}, []),
    "HCL": ({"main.tf": f'resource "aws_sqs_queue" "q" {{\n  password = "a" "{WORD}"\n}}\n'}, []),
    "HCL quote": ({"main.tf": f'resource "aws_sqs_queue" "q" {{\n  password = "{WORD}\n}}\n'}, []),
    "tfvars": ({"main.tf": UNSET, "a.tfvars": f'pw = "{WORD}" "{WORD}"\n'}, ["--var-file", "a.tfvars"]),
    "parameters": (
        {"a.json": f'[{{"ParameterKey":"Pw","ParameterValue":{{"a":"{WORD}"}}}}]'},
        ["--parameters", "a.json"],
    ),
    "parameters of a list": ({"a.json": f'["{WORD}"]'}, ["--parameters", "a.json"]),
    "mistyped": ({}, ["--parameters", f"Pw:{WORD}"]),
    "mistyped name": ({}, ["--parameters", f"P w={WORD}"]),
    "TOML": ({"a.toml": f'Pw = "\\q{WORD}"\n'}, ["--parameters", "a.toml"]),
    "deployment": ({"a.yaml": f"deployments:\n  prod:\n    Pw: {{a: {WORD}}}\n"}, ["--config", "a.yaml"]),
    "deployment of a list": ({"a.yaml": f"deployments:\n  prod: [Pw={WORD}]\n"}, ["--config", "a.yaml"]),
    "module": ({"main.tf": f'module "a" {{\n  source = "git::https://user:{WORD}@example.org/x"\n}}\n'}, []),
    "stack": (
        {"a.yaml": outer("").replace("inner.yaml", f"https://user:{WORD}@example.org/a.yaml?Signature={WORD}")},
        [],
    ),
}
