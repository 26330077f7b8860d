"""Constructions of `bench.hostile` of YAML and JSON: anchors, depth, duplicate keys, digits and odd characters."""

from __future__ import annotations

import json
from functools import partial

from bench.hostile_parts import Files, add, cfn, laughs, queue, template

cfn("anchors", lambda: laughs(False), "yaml")
cfn("anchors 2 to the 60", lambda: laughs(False, 2, 60), "yaml")
cfn("merge keys", lambda: laughs(True), "yaml")
cfn("merge keys 2 to the 60", lambda: laughs(True, 2, 60), "yaml")
cfn(
    "anchor of itself",
    lambda: "Resources:\n  Queue: &q\n    Type: AWS::SQS::Queue\n    Properties: {Tags: [*q]}\n",
    "yaml",
)
cfn("merge key of itself", lambda: "Resources:\n  Queue: &q\n    Type: AWS::SQS::Queue\n    <<: *q\n", "yaml")
cfn(
    "merge keys wide",
    lambda: (
        "Metadata: &m {"
        + ", ".join(f"k{n}: v" for n in range(5_000))
        + "}\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Metadata:\n"
        + "".join(f"      x{n}: {{<<: *m}}\n" for n in range(5_000))
    ),
    "yaml",
)
cfn(
    "merge keys chain",
    lambda: (
        "Metadata:\n  m0: &m0 {a: b}\n"
        + "".join(f"  m{n}: &m{n} {{<<: *m{n - 1}, k{n}: v}}\n" for n in range(1, 5_000))
        + "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Metadata: *m4999\n"
    ),
    "yaml",
)


def _file(name: str, text: str) -> Files:
    return {name: text}


HEAD = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      Tags: "
for _open, _close in ("[]", "{}"):
    for _depth in (1_000, 100_000):
        add(f"yaml {_open} x {_depth}", partial(_file, "t.yaml", HEAD + _open * _depth))
        add(f"yaml {_open}{_close} x {_depth}", partial(_file, "t.yaml", HEAD + _open * _depth + _close * _depth))
_JSON_HEAD = '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"Tags": '
for _depth in (1_000, 100_000):
    add(f"json [ x {_depth}", partial(_file, "t.json", _JSON_HEAD + "[" * _depth))
    add(f"json [] x {_depth}", partial(_file, "t.json", _JSON_HEAD + "[" * _depth + "]" * _depth + "}}}}"))
    add(
        f"json object x {_depth}", partial(_file, "t.json", _JSON_HEAD + '{"a":' * _depth + "1" + "}" * _depth + "}}}}")
    )
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
        "t.yaml": (
            'Parameters:\n  "P\\ud800": {Type: String}\nResources:\n  "Q\\ud800":\n'
            "    Type: AWS::RDS::DBInstance\n    Properties: {MultiAZ: false, "
            'Engine: "\\ud800", DBInstanceClass: db.t3.micro}\n'
        )
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
        "main.tf": (
            'resource "aws_db_instance" "d" {\n  multi_az = false\n  engine '
            '= "\\ud800"\n  identifier = jsondecode("\\"\\\\ud800\\"")\n '
            'tags = { a = base64encode("\\ud800"), b = md5("\\ud800"), c '
            '= urlencode("\\ud800"), d = textencodebase64("\\ud800", "UTF-16LE") '
            "}\n}\n"
        )
    },
)
