"""Constructions of `bench.hostile` with functions of CloudFormation: mappings, texts, references and loops."""

from __future__ import annotations

from bench.hostile_parts import QUEUE, Json, P, cfn, nested, queue, template


def _mapping(rows: int, columns: int) -> str:
    mapping = {f"r{row}": {f"c{column}": "30" for column in range(columns)} for row in range(rows)}
    found = {"Fn::FindInMap": ["M", {"Ref": "P"}, "c0"]}
    return template({"Queue": queue(VisibilityTimeout=found)}, Parameters=P, Mappings={"M": mapping})


cfn("900000 blanks in a tag", lambda: template({"Queue": queue(Tags=[{"Key": "a", "Value": f"{' ' * 900_000}x"}])}))
cfn("mapping of 10000 rows", lambda: _mapping(10_000, 1))
cfn("mapping of 30000 rows", lambda: _mapping(30_000, 1))
cfn("mapping of 50000 columns", lambda: _mapping(1, 50_000))
cfn(
    "mapping of 5000 rows, 1000 lookups",
    lambda: template(
        {f"Q{n}": queue(VisibilityTimeout={"Fn::FindInMap": ["M", {"Ref": "P"}, "c"]}) for n in range(1_000)},
        Parameters=P,
        Mappings={"M": {f"r{n}": {"c": n} for n in range(5_000)}},
    ),
)
cfn(
    "mapping of 300 rows, 2000 parameters",
    lambda: template(
        {f"Q{n}": queue(VisibilityTimeout={"Fn::FindInMap": ["M", {"Ref": f"P{n}"}, "c"]}) for n in range(2_000)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(2_000)},
        Mappings={"M": {f"r{n}": {"c": n} for n in range(300)}},
    ),
)
cfn(
    "mapping finds itself",
    lambda: template(
        {"Queue": queue(VisibilityTimeout={"Fn::FindInMap": ["M", "a", "b"]})},
        Mappings={"M": {"a": {"b": {"Fn::FindInMap": ["M", "a", "b"]}}}},
    ),
)
cfn(
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
cfn(
    "parameter default doubled by Sub",
    lambda: template(
        {"Queue": queue(QueueName={"Fn::Sub": "${P}" * 200_000})},
        Parameters={"P": {"Type": "String", "Default": "x" * 100_000}},
    ),
)
cfn(
    "Join of long pieces",
    lambda: template(
        {"Queue": queue(QueueName={"Fn::Join": ["x" * 300_000, ["a"] * 100_000]})},
    ),
)
cfn(
    "Split into letters x 100",
    lambda: template(
        {f"Q{n}": queue(QueueName={"Fn::Select": [n, {"Fn::Split": [",", {"Ref": "P"}]}]}) for n in range(5_000)},
        Parameters={"P": {"Type": "String", "Default": "a," * 300_000}},
    ),
)
cfn(
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
cfn(
    "doubled Join",
    lambda: template({"Queue": queue(QueueName=nested("x", 14, lambda one: {"Fn::Join": ["x" * 10, [one, one]]}))}),
)
cfn(
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


cfn("nested Sub", lambda: template({"Queue": queue(QueueName=_subs(6))}))
cfn("nested Sub 30", lambda: template({"Queue": queue(QueueName=_subs(30))}))
cfn("Sub of 200000 placeholders", lambda: template({"Queue": queue(QueueName={"Fn::Sub": "${Queue}" * 100_000})}))
cfn("Sub of open braces", lambda: template({"Queue": queue(QueueName={"Fn::Sub": "${" * 400_000})}))
cfn(
    "Base64 nested",
    lambda: template({"Queue": queue(QueueName=nested("x" * 1_000, 45, lambda one: {"Fn::Base64": one}))}),
)
cfn(
    "GetAtt chain",
    lambda: template({f"Q{n}": queue(QueueName={"Fn::GetAtt": [f"Q{n + 1}", "QueueName"]}) for n in range(9_000)}),
)
cfn(
    "GetAtt circle",
    lambda: template({f"Q{n}": queue(QueueName={"Fn::GetAtt": [f"Q{(n + 1) % 9}", "QueueName"]}) for n in range(9)}),
)
cfn("DependsOn chain", lambda: template({f"Q{n}": {**QUEUE, "DependsOn": f"Q{n + 1}"} for n in range(10_000)}))
cfn(
    "DependsOn everything",
    lambda: template({f"Q{n}": {**QUEUE, "DependsOn": [f"Q{m}" for m in range(300)]} for n in range(300)}),
)


def _for_each(depth: int, width: int) -> str:
    values = [f"v{n}" for n in range(width)]
    body: Json = {"Q" + "".join(f"${{I{n}}}" for n in range(depth)): QUEUE}
    for number in range(depth):
        body = {f"Fn::ForEach::L{number}": [f"I{number}", values, body]}
    return template(body, Transform="AWS::LanguageExtensions")


cfn("ForEach 10 x 10 x 10 x 10 x 10", lambda: _for_each(5, 10))
cfn("ForEach 100 x 100 x 100", lambda: _for_each(3, 100))
cfn("ForEach 2 to the 30", lambda: _for_each(30, 2))
cfn("ForEach 50000", lambda: _for_each(1, 50_000))
cfn(
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
cfn(
    "ForEach of empty bodies",
    lambda: template(
        nested({}, 8, lambda body: {"Fn::ForEach::L": ["I", [f"v{n}" for n in range(10)], body]}),
        Transform="AWS::LanguageExtensions",
    ),
)
