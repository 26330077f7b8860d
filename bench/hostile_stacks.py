"""Constructions of `bench.hostile` with nested stacks, includes, exports and suppressions."""

from __future__ import annotations

from bench.hostile_parts import QUEUE, Files, P, add, cfn, template

cfn(
    "stack of itself",
    lambda: template(
        {"S": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "template.json"}}, "Q": QUEUE}
    ),
)
cfn(
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
cfn(
    "include of itself",
    lambda: template(
        {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "template.json"}}, "Q": QUEUE}
    ),
)
cfn(
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
cfn(
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
cfn(
    "comments 100000",
    lambda: (
        "Resources:\n"
        + "".join(f"  Q{n}:\n    Type: AWS::SQS::Queue # awslint-memo: ignore sqs-dead-letter\n" for n in range(14_000))
    ),
    "yaml",
)
cfn(
    "comments on one place",
    lambda: (
        "Resources:\n  Queue:\n"
        + "    # awslint-memo: ignore sqs-dead-letter\n" * 22_000
        + "    Type: AWS::SQS::Queue\n"
    ),
    "yaml",
)
cfn(
    "comments in flow mappings",
    lambda: (
        "Resources: {\n"
        + "".join(f"  Q{n}: {{Type: AWS::SQS::Queue}}, # awslint-memo: ignore sqs-dead-letter\n" for n in range(12_000))
        + "}\n"
    ),
    "yaml",
)
cfn(
    "comments with reasons",
    lambda: (
        "Resources:\n"
        + "".join(
            f"  # awslint-memo: ignore sqs-dead-letter-queue -- x\n  Q{n}:\n    Type: AWS::SQS::Queue\n"
            for n in range(11_000)
        )
    ),
    "yaml",
)
cfn(
    "comments of many rules",
    lambda: (
        "# awslint-memo: ignore "
        + ", ".join(f"x{n}*" for n in range(100_000))
        + "\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n"
    ),
    "yaml",
)
cfn(
    "metadata ignores",
    lambda: template(
        {
            f"Q{n}": {"Type": "AWS::SQS::Queue", "Metadata": {"awslint-memo": {"ignore": {"sqs-dead-letter": "x"}}}}
            for n in range(9_000)
        }
    ),
)


cfn(
    "outputs of outputs",
    lambda: template(
        Outputs={
            f"O{n}": {"Value": {"Fn::Sub": "${Queue}"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-" + str(n)}}}
            for n in range(8_000)
        }
    ),
)
cfn(
    "rules section",
    lambda: template(
        Parameters=P,
        Rules={
            f"R{n}": {"Assertions": [{"Assert": {"Fn::Contains": [["a", "b"], {"Ref": "P"}]}}]} for n in range(7_000)
        },
    ),
)
