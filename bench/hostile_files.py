"""The files of the constructions that `bench.hostile` measures: one function a construction, at most 1 MB each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Files: TypeAlias = Mapping[str, "str | bytes"]
Json: TypeAlias = Any

MEGABYTE = 1_000_000
QUEUE = {"Type": "AWS::SQS::Queue"}
HCL_QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = %s\n}\n'

CONSTRUCTIONS: dict[str, Callable[[], Files]] = {}
"""What makes the files of each construction, by name."""


def add(name: str, make: Callable[[], Files]) -> None:
    CONSTRUCTIONS[name] = make


def template(resources: Mapping[str, Json] | None = None, **sections: Json) -> str:
    """A template in JSON."""
    return json.dumps({**sections, "Resources": {"Queue": QUEUE} if resources is None else resources})


def _cfn(name: str, make: Callable[[], str], suffix: str = "json") -> None:
    add(f"cfn {name}", lambda: {f"template.{suffix}": make()})


def _hcl(name: str, make: Callable[[], str]) -> None:
    add(f"hcl {name}", lambda: {"main.tf": make()})


def queue(**properties: Json) -> Json:
    """A queue with these properties."""
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def nested(inner: Json, depth: int, wrap: Callable[[Json], Json]) -> Json:
    """A value wrapped so many times."""
    for _ in range(depth):
        inner = wrap(inner)
    return inner


EQUALS = {"Fn::Equals": [{"Ref": "P"}, "x"]}
P = {"P": {"Type": "String"}}


def _logic(function: str, width: int, depth: int) -> str:
    made = nested(EQUALS, depth, lambda inner: {function: [inner, *[EQUALS] * (width - 1)]})
    return template({"Queue": {**QUEUE, "Condition": "C"}}, Parameters=P, Conditions={"C": made})


def _doubled(function: str, depth: int) -> str:
    conditions: dict[str, Json] = {"C0": EQUALS}
    for number in range(1, depth + 1):
        both = [{"Condition": f"C{number - 1}"}] * 2
        conditions[f"C{number}"] = {function: both}
    return template({"Queue": {**QUEUE, "Condition": f"C{depth}"}}, Parameters=P, Conditions=conditions)


def _chain(count: int, *, circle: bool = False, down: bool = False) -> str:
    conditions: dict[str, Json] = {} if circle else {"C0": EQUALS}
    for number in range(0 if circle else 1, count):
        conditions[f"C{number}"] = {"Fn::Not": [{"Condition": f"C{(number - 1) % count}"}]}
    if down:
        conditions = dict(reversed(conditions.items()))
    return template({"Queue": {**QUEUE, "Condition": f"C{count - 1}"}}, Parameters=P, Conditions=conditions)


for _function in ("Fn::And", "Fn::Or"):
    _cfn(f"nested {_function}", lambda f=_function: _logic(f, 2, 40))
    _cfn(f"doubled {_function}", lambda f=_function: _doubled(f, 60))
    _cfn(f"doubled deep {_function}", lambda f=_function: _doubled(f, 1_500))
_cfn("nested Fn::Not", lambda: _logic("Fn::Not", 1, 40))
_cfn("conditions chain 2000", lambda: _chain(2_000))
_cfn("conditions chain 2000 reversed", lambda: _chain(2_000, down=True))
_cfn("conditions chain 10000", lambda: _chain(10_000))
_cfn("conditions circle 2", lambda: _chain(2, circle=True))
_cfn("conditions circle 2000", lambda: _chain(2_000, circle=True))


def _many_conditions(count: int, *, of_parameters: bool) -> str:
    parameters = {f"P{number}": {"Type": "String"} for number in range(count if of_parameters else 1)}
    conditions = {
        f"C{number}": {"Fn::Equals": [{"Ref": f"P{number if of_parameters else 0}"}, f"v{number}"]}
        for number in range(count)
    }
    resources = {f"Q{number}": {**QUEUE, "Condition": f"C{number}"} for number in range(count)}
    return template(resources, Parameters=parameters, Conditions=conditions)


_cfn("500 conditions", lambda: _many_conditions(500, of_parameters=True))
_cfn("500 conditions of one parameter", lambda: _many_conditions(500, of_parameters=False))
_cfn("3000 conditions", lambda: _many_conditions(3_000, of_parameters=True))
_cfn("3000 conditions of one parameter", lambda: _many_conditions(3_000, of_parameters=False))


def _unknown_conditions(count: int) -> str:
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": f"e{n}"}, f"v{n}"]} for n in range(count)}
    resources = {f"Q{n}": {**QUEUE, "Condition": f"C{n}"} for n in range(count)}
    return template(resources, Conditions=conditions)


_cfn("500 unknown conditions", lambda: _unknown_conditions(500))


def _few_unknown(count: int, resources: int) -> str:
    """Few conditions that nothing decides, each of many resources."""
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": f"e{n}"}, "x"]} for n in range(count)}
    return template({f"Q{n}": {**QUEUE, "Condition": f"C{n % count}"} for n in range(resources)}, Conditions=conditions)


for _count in (3, 7, 12, 60):
    _cfn(f"{_count} unknown conditions of 8000 resources", lambda n=_count: _few_unknown(n, 8_000))
_cfn("3000 unknown conditions", lambda: _unknown_conditions(3_000))


def _ifs(depth: int, *, both: bool) -> str:
    inner: Json = 30
    for _ in range(depth):
        inner = {"Fn::If": ["C", inner, inner if both else 30]}
    return template({"Queue": queue(VisibilityTimeout=inner)}, Parameters=P, Conditions={"C": EQUALS})


_cfn("nested Fn::If", lambda: _ifs(40, both=False))
_cfn("doubled Fn::If", lambda: _ifs(13, both=True))


def _in_parameters(count: int) -> str:
    parameters = {f"P{number}": {"Type": "String", "Default": "a"} for number in range(count)}
    condition = nested(EQUALS, 1, lambda one: {"Fn::Or": [{"Fn::Equals": [{"Ref": p}, "x"]} for p in parameters]})
    return template({"Queue": {**QUEUE, "Condition": "C"}}, Parameters=parameters, Conditions={"C": condition})


_cfn(
    "100000 parameters",
    lambda: json.dumps({"Parameters": {f"P{n}": {} for n in range(60_000)}, "Resources": {"Queue": QUEUE}}),
)
_cfn("10000 parameters in a condition", lambda: _in_parameters(10_000))
_cfn("10 parameters in a condition", lambda: _in_parameters(10))


def _allowed(count: int, parameters: int) -> str:
    values = [f"v{n}" for n in range(count)]
    made = {f"P{n}": {"Type": "String", "AllowedValues": values} for n in range(parameters)}
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::Sub": f"${{P{n}}}"}, "v3"]} for n in range(parameters)}
    return template(
        {f"Q{n}": {**QUEUE, "Condition": f"C{n}"} for n in range(parameters)}, Parameters=made, Conditions=conditions
    )


_cfn("AllowedValues 10000", lambda: _allowed(10_000, 1))
_cfn("AllowedValues 10000 x 8", lambda: _allowed(10_000, 8))
_cfn("AllowedValues 100 x 100", lambda: _allowed(100, 100))
_cfn(
    "AllowedPattern backtracks",
    lambda: template(
        {"Queue": {**QUEUE, "Condition": "C"}},
        Parameters={"P": {"Type": "String", "AllowedPattern": "^(a+)+$", "Default": "a" * 40 + "!"}},
        Conditions={"C": {"Fn::Equals": [{"Ref": "P"}, "a" * 40 + "!"]}},
    ),
)


def _mapping(rows: int, columns: int) -> str:
    mapping = {f"r{row}": {f"c{column}": "30" for column in range(columns)} for row in range(rows)}
    found = {"Fn::FindInMap": ["M", {"Ref": "P"}, "c0"]}
    return template({"Queue": queue(VisibilityTimeout=found)}, Parameters=P, Mappings={"M": mapping})


_cfn("mapping of 10000 rows", lambda: _mapping(10_000, 1))
_cfn("mapping of 30000 rows", lambda: _mapping(30_000, 1))
_cfn("mapping of 50000 columns", lambda: _mapping(1, 50_000))
_cfn(
    "mapping of 5000 rows, 1000 lookups",
    lambda: template(
        {f"Q{n}": queue(VisibilityTimeout={"Fn::FindInMap": ["M", {"Ref": "P"}, "c"]}) for n in range(1_000)},
        Parameters=P,
        Mappings={"M": {f"r{n}": {"c": n} for n in range(5_000)}},
    ),
)
_cfn(
    "mapping of 300 rows, 2000 parameters",
    lambda: template(
        {f"Q{n}": queue(VisibilityTimeout={"Fn::FindInMap": ["M", {"Ref": f"P{n}"}, "c"]}) for n in range(2_000)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(2_000)},
        Mappings={"M": {f"r{n}": {"c": n} for n in range(300)}},
    ),
)
_cfn(
    "mapping finds itself",
    lambda: template(
        {"Queue": queue(VisibilityTimeout={"Fn::FindInMap": ["M", "a", "b"]})},
        Mappings={"M": {"a": {"b": {"Fn::FindInMap": ["M", "a", "b"]}}}},
    ),
)
_cfn(
    "FindInMap doubled",
    lambda: template(
        {"Queue": queue(QueueName={"Fn::FindInMap": ["M", "a", "k60"]})},
        Mappings={
            "M": {
                "a": {
                    "k0": "x",
                    **{
                        f"k{n}": {"Fn::Join": ["", [{"Fn::FindInMap": ["M", "a", f"k{n - 1}"]}] * 2]}
                        for n in range(1, 61)
                    },
                }
            }
        },
    ),
)
_cfn(
    "parameter default doubled by Sub",
    lambda: template(
        {"Queue": queue(QueueName={"Fn::Sub": "${P}" * 200_000})},
        Parameters={"P": {"Type": "String", "Default": "x" * 100_000}},
    ),
)
_cfn(
    "Join of long pieces",
    lambda: template(
        {"Queue": queue(QueueName={"Fn::Join": ["x" * 300_000, ["a"] * 100_000]})},
    ),
)
_cfn(
    "Split into letters x 100",
    lambda: template(
        {f"Q{n}": queue(QueueName={"Fn::Select": [n, {"Fn::Split": [",", {"Ref": "P"}]}]}) for n in range(5_000)},
        Parameters={"P": {"Type": "String", "Default": "a," * 300_000}},
    ),
)
_cfn(
    "nested Join",
    lambda: template(
        {
            "Queue": queue(
                QueueName=nested(
                    "x",
                    40,
                    lambda one: {
                        "Fn::Join": ["", [one, one]] if False else {"Fn::Join": ["-", [one, "y"]]}.get("Fn::Join")
                    },
                )
            )
        }
    ),
)
_cfn(
    "doubled Join",
    lambda: template({"Queue": queue(QueueName=nested("x", 14, lambda one: {"Fn::Join": ["x" * 10, [one, one]]}))}),
)
_cfn(
    "Join of lists of parameters",
    lambda: template(
        {"Queue": queue(QueueName=nested({"Ref": "P"}, 3, lambda one: {"Fn::Join": [{"Ref": "P"}, [one] * 30]}))},
        Parameters={"P": {"Type": "String", "Default": "y" * 100}},
    ),
)


def _subs(depth: int) -> Json:
    made: Json = "x" * 100
    for _ in range(depth):
        made = {"Fn::Sub": ["${A}" * 20, {"A": made}]}
    return made


_cfn("nested Sub", lambda: template({"Queue": queue(QueueName=_subs(6))}))
_cfn("nested Sub 30", lambda: template({"Queue": queue(QueueName=_subs(30))}))
_cfn("Sub of 200000 placeholders", lambda: template({"Queue": queue(QueueName={"Fn::Sub": "${Queue}" * 100_000})}))
_cfn("Sub of open braces", lambda: template({"Queue": queue(QueueName={"Fn::Sub": "${" * 400_000})}))
_cfn(
    "Base64 nested",
    lambda: template({"Queue": queue(QueueName=nested("x" * 1_000, 45, lambda one: {"Fn::Base64": one}))}),
)
_cfn(
    "GetAtt chain",
    lambda: template({f"Q{n}": queue(QueueName={"Fn::GetAtt": [f"Q{n + 1}", "QueueName"]}) for n in range(9_000)}),
)
_cfn(
    "GetAtt circle",
    lambda: template({f"Q{n}": queue(QueueName={"Fn::GetAtt": [f"Q{(n + 1) % 9}", "QueueName"]}) for n in range(9)}),
)
_cfn("DependsOn chain", lambda: template({f"Q{n}": {**QUEUE, "DependsOn": f"Q{n + 1}"} for n in range(10_000)}))
_cfn(
    "DependsOn everything",
    lambda: template({f"Q{n}": {**QUEUE, "DependsOn": [f"Q{m}" for m in range(300)]} for n in range(300)}),
)


def _for_each(depth: int, width: int) -> str:
    values = [f"v{n}" for n in range(width)]
    body: Json = {"Q" + "".join(f"${{I{n}}}" for n in range(depth)): QUEUE}
    for number in range(depth):
        body = {f"Fn::ForEach::L{number}": [f"I{number}", values, body]}
    return template(body, Transform="AWS::LanguageExtensions")


_cfn("ForEach 10 x 10 x 10 x 10 x 10", lambda: _for_each(5, 10))
_cfn("ForEach 100 x 100 x 100", lambda: _for_each(3, 100))
_cfn("ForEach 2 to the 30", lambda: _for_each(30, 2))
_cfn("ForEach 50000", lambda: _for_each(1, 50_000))
_cfn(
    "ForEach of a big body",
    lambda: template(
        {
            "Fn::ForEach::L": [
                "I",
                [f"v{n}" for n in range(5_000)],
                {"Q${I}": queue(Tags=[{"Key": f"k{m}", "Value": "v"} for m in range(5_000)])},
            ]
        },
        Transform="AWS::LanguageExtensions",
    ),
)
_cfn(
    "ForEach of empty bodies",
    lambda: template(
        nested({}, 8, lambda body: {"Fn::ForEach::L": ["I", [f"v{n}" for n in range(10)], body]}),
        Transform="AWS::LanguageExtensions",
    ),
)


def _laughs(merge: bool, width: int = 10, depth: int = 9) -> str:
    lines = ["A0: &a0 {k: v}" if merge else "A0: &a0 [x, x]"]
    for number in range(1, depth + 1):
        inner = ", ".join([f"*a{number - 1}"] * width)
        value = f"{{<<: [{inner}], k{number}: v}}" if merge else f"[{inner}]"
        lines.append(f"A{number}: &a{number} {value}")
    body = "\n  ".join(lines)
    return f"Metadata:\n  {body}\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags: *a{depth}\n"


_cfn("anchors", lambda: _laughs(False), "yaml")
_cfn("anchors 2 to the 60", lambda: _laughs(False, 2, 60), "yaml")
_cfn("merge keys", lambda: _laughs(True), "yaml")
_cfn("merge keys 2 to the 60", lambda: _laughs(True, 2, 60), "yaml")
_cfn(
    "anchor of itself",
    lambda: "Resources:\n  Queue: &q\n    Type: AWS::SQS::Queue\n    Properties: {Tags: [*q]}\n",
    "yaml",
)
_cfn("merge key of itself", lambda: "Resources:\n  Queue: &q\n    Type: AWS::SQS::Queue\n    <<: *q\n", "yaml")
_cfn(
    "merge keys wide",
    lambda: (
        "Metadata: &m {"
        + ", ".join(f"k{n}: v" for n in range(5_000))
        + "}\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Metadata:\n"
        + "".join(f"      x{n}: {{<<: *m}}\n" for n in range(5_000))
    ),
    "yaml",
)
_cfn(
    "merge keys chain",
    lambda: (
        "Metadata:\n  m0: &m0 {a: b}\n"
        + "".join(f"  m{n}: &m{n} {{<<: *m{n - 1}, k{n}: v}}\n" for n in range(1, 5_000))
        + "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Metadata: *m4999\n"
    ),
    "yaml",
)
HEAD = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags: "
for _open, _close in ("[]", "{}"):
    for _depth in (1_000, 100_000):
        add(f"yaml {_open} x {_depth}", lambda o=_open, d=_depth: {"t.yaml": HEAD + o * d})
        add(f"yaml {_open}{_close} x {_depth}", lambda o=_open, c=_close, d=_depth: {"t.yaml": HEAD + o * d + c * d})
_JSON_HEAD = '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"Tags": '
for _depth in (1_000, 100_000):
    add(f"json [ x {_depth}", lambda d=_depth: {"t.json": _JSON_HEAD + "[" * d})
    add(f"json [] x {_depth}", lambda d=_depth: {"t.json": _JSON_HEAD + "[" * d + "]" * d + "}}}}"})
    add(f"json object x {_depth}", lambda d=_depth: {"t.json": _JSON_HEAD + '{"a":' * d + "1" + "}" * d + "}}}}"})
add("yaml indented deep", lambda: {"t.yaml": HEAD + "\n" + "".join(" " * (8 + n) + f"k{n}:\n" for n in range(1_300))})
add("yaml - - - -", lambda: {"t.yaml": HEAD + "\n        " + "- " * 100_000 + "x"})
add("yaml ? ? ? ?", lambda: {"t.yaml": HEAD + "\n        " + "? " * 100_000 + "x"})
add("yaml flow list", lambda: {"t.yaml": HEAD + "[" + "a, " * 300_000 + "]"})
add("yaml duplicate keys", lambda: {"t.yaml": HEAD + "{" + "k: 1, " * 50_000 + "}"})
add(
    "yaml duplicate keys apart",
    lambda: {"t.yaml": HEAD + "{" + "".join(f"k{n % 25_000}: 1, " for n in range(50_000)) + "}"},
)
add("json duplicate keys", lambda: {"t.json": _JSON_HEAD + "{" + '"k": 1, ' * 50_000 + '"k": 1}}}}}'})
add(
    "json duplicate resources",
    lambda: {"t.json": '{"Resources": {' + ", ".join(['"Q": {"Type": "AWS::SQS::Queue"}'] * 25_000) + "}}"},
)
add("yaml unknown tags", lambda: {"t.yaml": HEAD + "[" + "!Foo a, " * 100_000 + "]"})
add("yaml tags nested", lambda: {"t.yaml": HEAD + "\n        - Fn::Join: " + "[a, !Join " * 30 + "x" + "]" * 30})
add(
    "yaml long key", lambda: {"t.yaml": "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n  " + "x" * 900_000 + ": y\n"}
)
add("yaml long plain", lambda: {"t.yaml": HEAD + "x " * 450_000})
add("yaml many lines", lambda: {"t.yaml": HEAD + "x\n" + "\n" * 900_000})
add("yaml bad last line", lambda: {"t.yaml": HEAD + "x\n" + "#\n" * 400_000 + "@"})
add("yaml tabs", lambda: {"t.yaml": "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n" + "\t" * 900_000})
add("yaml quotes open", lambda: {"t.yaml": HEAD + '"' + "x\n" * 400_000})
add("yaml 300000 documents", lambda: {"t.yaml": HEAD + "x\n" + "---\n" * 200_000})
add("json 1e999999", lambda: {"t.json": template({"Q": queue(VisibilityTimeout="@@")}).replace('"@@"', "1e999999")})
add(
    "json million digits",
    lambda: {"t.json": template({"Q": queue(VisibilityTimeout="@@")}).replace('"@@"', "9" * 900_000)},
)
add(
    "json 5000 digits",
    lambda: {"t.json": template({"Q": queue(VisibilityTimeout="@@", DelaySeconds="@@")}).replace('"@@"', "9" * 5_000)},
)
add("yaml million digits", lambda: {"t.yaml": HEAD.replace("Tags", "VisibilityTimeout") + "9" * 900_000})
add("yaml 5000 digits", lambda: {"t.yaml": HEAD.replace("Tags", "VisibilityTimeout") + "9" * 5_000})
add("yaml 1e999999", lambda: {"t.yaml": HEAD.replace("Tags", "VisibilityTimeout") + "1e999999"})
add("yaml sexagesimal", lambda: {"t.yaml": HEAD.replace("Tags", "VisibilityTimeout") + "1" + ":59" * 200_000})
add(
    "text digits",
    lambda: {
        "t.json": template(
            {"Q": queue(VisibilityTimeout="9" * 900_000, DelaySeconds="1e400", MessageRetentionPeriod="1_0")}
        )
    },
)
add(
    "json lone surrogates",
    lambda: {"t.json": template({"Q\udc80": queue(QueueName="\ud800", Tags=[{"Key": "\udfff", "Value": "\ud83d"}])})},
)
add(
    "yaml lone surrogates",
    lambda: {
        "t.yaml": HEAD
        + '[{Key: "\\ud800", Value: "\\udfff"}]\n      QueueName: "\\ud800"\n      VisibilityTimeout: "\\ud800"\n'
    },
)
add(
    "yaml surrogate names",
    lambda: {
        "t.yaml": 'Parameters:\n  "P\\ud800": {Type: String}\nResources:\n  "Q\\ud800":\n    Type: AWS::RDS::DBInstance\n    Properties: {MultiAZ: false, Engine: "\\ud800", DBInstanceClass: db.t3.micro}\n'
    },
)
add(
    "json lone surrogate database",
    lambda: {
        "t.json": template(
            {"Db\ud800": {"Type": "AWS::RDS::DBInstance", "Properties": {"MultiAZ": False, "Engine": "mysql\ud800"}}}
        )
    },
)
add(
    "tf.json lone surrogate",
    lambda: {
        "main.tf.json": json.dumps(
            {"resource": {"aws_db_instance": {"d\ud800": {"multi_az": False, "engine": "mysql\ud800"}}}}
        )
    },
)
add(
    "hcl lone surrogate",
    lambda: {
        "main.tf": 'resource "aws_db_instance" "d" {\n  multi_az = false\n  engine = "\\ud800"\n  identifier = jsondecode("\\"\\\\ud800\\"")\n tags = { a = base64encode("\\ud800"), b = md5("\\ud800"), c = urlencode("\\ud800"), d = textencodebase64("\\ud800", "UTF-16LE") }\n}\n'
    },
)


def _redrives(count: int, *, same: bool) -> str:
    resources: dict[str, Json] = {}
    for number in range(count):
        target = "D0" if same else f"D{number}"
        policy = {"deadLetterTargetArn": {"Fn::GetAtt": [target, "Arn"]}, "maxReceiveCount": 3}
        resources[f"Q{number}"] = queue(RedrivePolicy=policy)
        if not same or not number:
            resources[f"D{number}"] = QUEUE
    return template(resources)


_cfn("redrive 4000 to one", lambda: _redrives(4_000, same=True))
_cfn("redrive 4000 to others", lambda: _redrives(4_000, same=False))
_cfn(
    "redrive to unknown",
    lambda: template(
        {
            f"Q{n}": queue(RedrivePolicy={"deadLetterTargetArn": {"Fn::ImportValue": f"e{n}"}, "maxReceiveCount": 3})
            for n in range(6_000)
        }
    ),
)
_cfn(
    "redrive by text",
    lambda: template(
        {
            **{
                f"Q{n}": queue(
                    RedrivePolicy={
                        "deadLetterTargetArn": {"Fn::Sub": f"arn:aws:sqs:${{AWS::Region}}:${{AWS::AccountId}}:d{n}"},
                        "maxReceiveCount": 3,
                    }
                )
                for n in range(3_000)
            },
            **{f"D{n}": queue(QueueName={"Fn::Sub": "${AWS::StackName}-" + f"d{n}"}) for n in range(3_000)},
        }
    ),
)
_cfn(
    "clusters x instances",
    lambda: template(
        {
            **{
                f"C{n}": {
                    "Type": "AWS::RDS::DBCluster",
                    "Properties": {
                        "Engine": "aurora-mysql",
                        "DBClusterIdentifier": {"Fn::Sub": "${AWS::StackName}-c" + str(n)},
                    },
                }
                for n in range(2_000)
            },
            **{
                f"I{n}": {
                    "Type": "AWS::RDS::DBInstance",
                    "Properties": {"Engine": "aurora-mysql", "DBClusterIdentifier": {"Ref": f"C{n}"}},
                }
                for n in range(2_000)
            },
        }
    ),
)
_cfn(
    "clusters x instances unknown",
    lambda: template(
        {
            **{
                f"C{n}": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "aurora-mysql"}} for n in range(2_500)
            },
            **{
                f"I{n}": {
                    "Type": "AWS::RDS::DBInstance",
                    "Properties": {"Engine": "aurora-mysql", "DBClusterIdentifier": {"Fn::ImportValue": f"x{n}"}},
                }
                for n in range(2_500)
            },
        }
    ),
)
_cfn(
    "alarms x queues",
    lambda: template(
        {
            **{f"Q{n}": QUEUE for n in range(3_000)},
            **{
                f"A{n}": {
                    "Type": "AWS::CloudWatch::Alarm",
                    "Properties": {
                        "Namespace": "AWS/SQS",
                        "MetricName": "ApproximateAgeOfOldestMessage",
                        "Dimensions": [{"Name": "QueueName", "Value": {"Fn::GetAtt": [f"Q{n}", "QueueName"]}}],
                        "Threshold": 1,
                    },
                }
                for n in range(3_000)
            },
        }
    ),
)
_cfn(
    "alarms x queues unknown",
    lambda: template(
        {
            **{f"Q{n}": QUEUE for n in range(3_000)},
            **{
                f"A{n}": {
                    "Type": "AWS::CloudWatch::Alarm",
                    "Properties": {
                        "Namespace": "AWS/SQS",
                        "MetricName": "X",
                        "Dimensions": [{"Name": "QueueName", "Value": {"Fn::ImportValue": f"a{n}"}}],
                    },
                }
                for n in range(3_000)
            },
        }
    ),
)
FUNCTION = {
    "Type": "AWS::Lambda::Function",
    "Properties": {
        "Runtime": "python3.12",
        "Handler": "a.b",
        "Code": {"ZipFile": "x"},
        "Role": "arn:aws:iam::1:role/r",
        "Timeout": 60,
    },
}
_cfn(
    "event source mappings",
    lambda: template(
        {
            "F": FUNCTION,
            "Q": QUEUE,
            **{
                f"M{n}": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {"FunctionName": {"Ref": "F"}, "EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]}},
                }
                for n in range(5_000)
            },
        }
    ),
)
_cfn(
    "mappings x functions x queues",
    lambda: template(
        {
            **{f"F{n}": FUNCTION for n in range(1_200)},
            **{f"Q{n}": QUEUE for n in range(1_200)},
            **{
                f"M{n}": {
                    "Type": "AWS::Lambda::EventSourceMapping",
                    "Properties": {
                        "FunctionName": {"Ref": f"F{n}"},
                        "EventSourceArn": {"Fn::GetAtt": [f"Q{n}", "Arn"]},
                    },
                }
                for n in range(1_200)
            },
        }
    ),
)
_cfn(
    "functions with roles and policies",
    lambda: template(
        {
            **{
                f"F{n}": {
                    **FUNCTION,
                    "Properties": {
                        **FUNCTION["Properties"],
                        "Role": {"Fn::GetAtt": [f"R{n % 800}", "Arn"]},
                        "TracingConfig": {"Mode": "Active"},
                    },
                }
                for n in range(800)
            },
            **{
                f"R{n}": {
                    "Type": "AWS::IAM::Role",
                    "Properties": {
                        "Policies": [
                            {
                                "PolicyName": "p",
                                "PolicyDocument": {
                                    "Statement": [{"Effect": "Allow", "Action": "xray:Put*", "Resource": "*"}]
                                },
                            }
                        ],
                        "AssumeRolePolicyDocument": {},
                    },
                }
                for n in range(800)
            },
            **{
                f"P{n}": {
                    "Type": "AWS::IAM::Policy",
                    "Properties": {
                        "Roles": [{"Ref": f"R{n}"}],
                        "PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]},
                    },
                }
                for n in range(800)
            },
        }
    ),
)
_cfn(
    "table of 5000 indexes",
    lambda: template(
        {
            "T": {
                "Type": "AWS::DynamoDB::Table",
                "Properties": {
                    "AttributeDefinitions": [{"AttributeName": f"a{n}", "AttributeType": "S"} for n in range(5_000)],
                    "KeySchema": [{"AttributeName": "a0", "KeyType": "HASH"}],
                    "GlobalSecondaryIndexes": [
                        {
                            "IndexName": f"i{n}",
                            "KeySchema": [{"AttributeName": f"a{n}", "KeyType": "HASH"}],
                            "Projection": {"ProjectionType": "ALL"},
                        }
                        for n in range(3_000)
                    ],
                },
            }
        }
    ),
)
_cfn(
    "tables x scaling targets",
    lambda: template(
        {
            **{
                f"T{n}": {
                    "Type": "AWS::DynamoDB::Table",
                    "Properties": {
                        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1},
                        "KeySchema": [],
                        "AttributeDefinitions": [],
                    },
                }
                for n in range(1_000)
            },
            **{
                f"S{n}": {
                    "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
                    "Properties": {
                        "ServiceNamespace": "dynamodb",
                        "ScalableDimension": "dynamodb:table:ReadCapacityUnits",
                        "ResourceId": {"Fn::Sub": f"table/${{T{n}}}"},
                    },
                }
                for n in range(1_000)
            },
            **{
                f"Y{n}": {
                    "Type": "AWS::ApplicationAutoScaling::ScalingPolicy",
                    "Properties": {"PolicyType": "TargetTrackingScaling", "ScalingTargetId": {"Ref": f"S{n}"}},
                }
                for n in range(1_000)
            },
        }
    ),
)
_cfn(
    "10000 of everything",
    lambda: template({f"R{n}": {"Type": t} for n, t in enumerate(_TYPES * (20_000 // len(_TYPES)))}),
)
_cfn(
    "policy wildcards",
    lambda: template(
        {
            "R": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "Policies": [
                        {
                            "PolicyName": "p",
                            "PolicyDocument": {
                                "Statement": [
                                    {
                                        "Effect": "Allow",
                                        "Action": ["*a" * 40 + "*b", "xray:" + "*P" * 30 + "*"],
                                        "Resource": "*a" * 500 + "*b",
                                    }
                                ]
                            },
                        }
                    ]
                },
            },
            "F": {
                **FUNCTION,
                "Properties": {
                    **FUNCTION["Properties"],
                    "FunctionName": "a" * 5_000,
                    "Role": {"Fn::GetAtt": ["R", "Arn"]},
                    "TracingConfig": {"Mode": "Active"},
                },
            },
        }
    ),
)
_cfn(
    "policy of 20000 statements",
    lambda: template(
        {
            "R": {
                "Type": "AWS::IAM::Role",
                "Properties": {
                    "Policies": [
                        {
                            "PolicyName": "p",
                            "PolicyDocument": {
                                "Statement": [{"Effect": "Allow", "Action": "x:y", "Resource": "*"}] * 12_000
                            },
                        }
                    ]
                },
            },
            "F": {**FUNCTION, "Properties": {**FUNCTION["Properties"], "Role": {"Fn::GetAtt": ["R", "Arn"]}}},
        }
    ),
)
_cfn(
    "buildspec 1 MB",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {
                    "Source": {
                        "Type": "NO_SOURCE",
                        "BuildSpec": "version: 0.2\nphases:\n  build:\n    commands:\n"
                        + "      - npm install && pip install x || (a; b)\n" * 20_000,
                    }
                },
            }
        }
    ),
)
_cfn(
    "buildspec one command",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {
                    "Source": {
                        "Type": "NO_SOURCE",
                        "BuildSpec": "version: 0.2\nphases:\n  build:\n    commands:\n      - "
                        + "$(npm install " * 60_000,
                    }
                },
            }
        }
    ),
)
_cfn(
    "buildspec quotes",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {
                    "Source": {
                        "Type": "NO_SOURCE",
                        "BuildSpec": "version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        "
                        + "bash -c \"'" * 80_000,
                    }
                },
            }
        }
    ),
)
_cfn(
    "buildspec deep",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {"Source": {"Type": "NO_SOURCE", "BuildSpec": "version: " + "[" * 200_000}},
            }
        }
    ),
)
_cfn(
    "buildspec anchors",
    lambda: template(
        {
            "B": {
                "Type": "AWS::CodeBuild::Project",
                "Properties": {"Source": {"Type": "NO_SOURCE", "BuildSpec": _laughs(False)}},
            }
        }
    ),
)
_cfn(
    "state machine 1 MB",
    lambda: template(
        {
            "S": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "DefinitionString": json.dumps(
                        {
                            "StartAt": "S0",
                            "States": {
                                f"S{n}": {
                                    "Type": "Task",
                                    "Resource": "arn:aws:states:::lambda:invoke",
                                    "Next": f"S{n + 1}",
                                }
                                for n in range(9_000)
                            },
                        }
                    )
                },
            }
        }
    ),
)
_cfn(
    "state machine nested",
    lambda: template(
        {
            "S": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {
                    "DefinitionString": json.dumps(
                        nested(
                            {"StartAt": "x", "States": {}},
                            40,
                            lambda one: {"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [one]}}},
                        )
                    )
                },
            }
        }
    ),
)
_cfn(
    "state machine deep text",
    lambda: template(
        {"S": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": '{"a":' * 150_000}}}
    ),
)
_cfn(
    "json in json in json",
    lambda: template(
        {
            "S": {
                "Type": "AWS::StepFunctions::StateMachine",
                "Properties": {"DefinitionString": nested("x", 14, json.dumps)},
            },
            "P": {
                "Type": "AWS::SQS::QueuePolicy",
                "Properties": {"Queues": [], "PolicyDocument": nested({"a": "b"}, 14, json.dumps)},
            },
        }
    ),
)
_cfn(
    "stack of itself",
    lambda: template(
        {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "template.json"}}, "Q": QUEUE}
    ),
)
_cfn(
    "stack of itself 100 x",
    lambda: template(
        {
            **{
                f"S{n}": {
                    "Type": "AWS::CloudFormation::Stack",
                    "Properties": {"TemplateURL": "./template.json", "Parameters": {"P": f"{n}"}},
                }
                for n in range(100)
            },
            "Q": QUEUE,
        },
        Parameters=P,
    ),
)


def _diamond(levels: int) -> Files:
    def stack(number: int) -> str:
        if number == levels:
            return template()
        inner = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"./t{number + 1}.json"}}
        return template({"A": inner, "B": inner, "Q": QUEUE})

    return {f"t{number}.json": stack(number) for number in range(levels + 1)}


def _circle() -> Files:
    inner = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "./a.json"}}
    other = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "./b.json"}}
    return {"a.json": template({"B": other, "Q": QUEUE}), "b.json": template({"A": inner, "Q": QUEUE})}


add("stacks diamond", lambda: _diamond(30))
add("stacks circle", _circle)


def _wide_nests(count: int) -> Files:
    inner = {
        f"S{n}": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"./t{n}.json"}}
        for n in range(count)
    }
    return {"root.json": template(inner), **{f"t{n}.json": template(inner) for n in range(count)}}


add("stacks each of all 20", lambda: _wide_nests(20))
add("stacks each of all 40", lambda: _wide_nests(40))
_cfn(
    "include of itself",
    lambda: template(
        {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "template.json"}}, "Q": QUEUE}
    ),
)
_cfn(
    "include of itself deep",
    lambda: template(
        {
            "Q": {
                "Type": "AWS::SQS::Queue",
                "Properties": {
                    "Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "./template.json"}}
                },
            }
        }
    ),
)
_cfn(
    "include of itself 50 x",
    lambda: template(
        {
            f"Q{n}": {
                "Type": "AWS::SQS::Queue",
                "Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "./template.json"}},
            }
            for n in range(50)
        }
    ),
)
_cfn(
    "comments 100000",
    lambda: (
        "Resources:\n"
        + "".join(f"  Q{n}:\n    Type: AWS::SQS::Queue # awslint-memo: ignore sqs-dead-letter\n" for n in range(14_000))
    ),
    "yaml",
)
_cfn(
    "comments on one place",
    lambda: (
        "Resources:\n  Queue:\n"
        + "    # awslint-memo: ignore sqs-dead-letter\n" * 22_000
        + "    Type: AWS::SQS::Queue\n"
    ),
    "yaml",
)
_cfn(
    "comments of many rules",
    lambda: (
        "# awslint-memo: ignore "
        + ", ".join(f"x{n}*" for n in range(100_000))
        + "\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n"
    ),
    "yaml",
)
_cfn(
    "metadata ignores",
    lambda: template(
        {
            f"Q{n}": {"Type": "AWS::SQS::Queue", "Metadata": {"awslint-memo": {"ignore": {"sqs-dead-letter": "x"}}}}
            for n in range(9_000)
        }
    ),
)


def _deployments_of(conditions: int, resources: int) -> str:
    return template(
        {f"Q{n}": {**queue(VisibilityTimeout={"Fn::If": [f"C{n % conditions}", 30, 40]})} for n in range(resources)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(conditions)},
        Conditions={f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(conditions)},
    )


_cfn("7 conditions x 2000 resources", lambda: _deployments_of(7, 2_000))
_cfn("7 conditions x 8000 resources", lambda: _deployments_of(7, 8_000))
_cfn("12 conditions x 8000 resources", lambda: _deployments_of(12, 8_000))


def _conditional(conditions: int, resources: int) -> str:
    return template(
        {f"Q{n}": {**QUEUE, "Condition": f"C{n % conditions}"} for n in range(resources)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(conditions)},
        Conditions={f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(conditions)},
    )


_cfn("7 conditions on 10000 resources", lambda: _conditional(7, 10_000))

_TYPES = sorted(
    f"AWS::{one}"
    for one in (
        "SQS::Queue", "SNS::Topic", "SNS::Subscription", "Lambda::Function", "Lambda::Alias", "Lambda::Version",
        "Lambda::EventSourceMapping", "RDS::DBInstance", "RDS::DBCluster", "DynamoDB::Table", "Kinesis::Stream",
        "KinesisFirehose::DeliveryStream", "CodeBuild::Project", "CodePipeline::Pipeline", "CodeDeploy::DeploymentGroup",
        "ECS::Service", "ECS::TaskDefinition", "AutoScaling::AutoScalingGroup", "EC2::LaunchTemplate", "EC2::Instance",
        "CloudWatch::Alarm", "ApiGateway::Stage", "ApiGateway::RestApi", "ApiGatewayV2::Api", "ElastiCache::ReplicationGroup",
        "Route53::RecordSet", "IAM::Role", "IAM::Policy", "Events::Rule", "Scheduler::Schedule", "StepFunctions::StateMachine",
        "Pipes::Pipe", "S3::Bucket", "Logs::LogGroup", "XRay::Group", "ImageBuilder::ImagePipeline",
    )
)  # fmt: skip
for _type in _TYPES:
    _cfn(f"5000 of {_type}", lambda t=_type: template({f"R{n}": {"Type": t, "Properties": {}} for n in range(5_000)}))
_SAM = {
    "Type": "AWS::Serverless::Function",
    "Properties": {
        "Runtime": "python3.12",
        "Handler": "a.b",
        "Events": {"E": {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["Q", "Arn"]}}}},
    },
}
_cfn(
    "sam functions",
    lambda: template({"Q": QUEUE, **{f"F{n}": _SAM for n in range(3_000)}}, Transform="AWS::Serverless-2016-10-31"),
)
_cfn(
    "sam events",
    lambda: template(
        {
            "Q": QUEUE,
            "F": {
                "Type": "AWS::Serverless::Function",
                "Properties": {
                    "Events": {
                        f"E{n}": {"Type": "Api", "Properties": {"Path": f"/{n}", "Method": "get"}} for n in range(8_000)
                    }
                },
            },
        },
        Transform="AWS::Serverless-2016-10-31",
    ),
)
_cfn(
    "sam connectors",
    lambda: template(
        {
            "Q": QUEUE,
            **{
                f"C{n}": {
                    "Type": "AWS::Serverless::Connector",
                    "Properties": {"Source": {"Id": "F"}, "Destination": {"Id": "Q"}, "Permissions": ["Write"]},
                }
                for n in range(6_000)
            },
            "F": _SAM,
        },
        Transform="AWS::Serverless-2016-10-31",
    ),
)
_cfn(
    "sam globals",
    lambda: template(
        {"Q": QUEUE, **{f"F{n}": _SAM for n in range(1_500)}},
        Transform="AWS::Serverless-2016-10-31",
        Globals={"Function": {"Environment": {"Variables": {f"V{n}": "x" for n in range(20_000)}}}},
    ),
)
_cfn(
    "exports and imports",
    lambda: template(
        {f"Q{n}": queue(QueueName={"Fn::ImportValue": f"e{n}"}) for n in range(5_000)},
        Outputs={f"O{n}": {"Value": "x", "Export": {"Name": f"e{n}"}} for n in range(5_000)},
    ),
)
_cfn(
    "outputs of outputs",
    lambda: template(
        Outputs={
            f"O{n}": {"Value": {"Fn::Sub": "${Queue}"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-" + str(n)}}}
            for n in range(8_000)
        }
    ),
)
_cfn(
    "rules section",
    lambda: template(
        Parameters=P,
        Rules={
            f"R{n}": {"Assertions": [{"Assert": {"Fn::Contains": [["a", "b"], {"Ref": "P"}]}}]} for n in range(7_000)
        },
    ),
)
