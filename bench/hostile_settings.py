"""Constructions of `bench.hostile` in the configuration."""

from __future__ import annotations

from functools import partial

from bench.hostile_parts import Files, add, template

CONFIG_TEMPLATE = template()
_TABLE = "[tool.awslint-memo]\n"


def _configured_by(name: str, text: str, *, in_folders: bool = False) -> Files:
    deep = {"a" * 200 + "/" + "a" * 200 + "/t.json": CONFIG_TEMPLATE} if in_folders else {}
    return {name: text, "t.json": CONFIG_TEMPLATE, **deep}


for _kind, _text in {
    "tables": "[tool.awslint-memo" + ".a" * 100_000 + "]\n",
    "arrays": _TABLE + "ignore = " + "[" * 100_000 + "]" * 100_000,
    "inline": _TABLE + "a = " + "{ a = " * 50_000 + "1" + "}" * 50_000,
    "dotted": _TABLE + "a" + ".a" * 400_000 + " = 1\n",
    "many tables": _TABLE + "".join(f"[a{n}]\nb = 1\n" for n in range(60_000)),
    "long text": _TABLE + 'ignore = ["' + "x" * 900_000 + '"]\n',
    "stars": _TABLE + 'ignore = ["' + "*a" * 5_000 + '*b"]\n',
    "twice": _TABLE + "a = 1\n" * 100_000,
    "digits": _TABLE + "fail-on = " + "9" * 5_000 + "\n",
    "exclude": _TABLE + "exclude = [" + ", ".join(f'"{"**/" * 100}*a*a*a*a*a*b{n}"' for n in range(500)) + "]\n",
    "suppressions": _TABLE
    + "".join(
        f'[[tool.awslint-memo.suppress]]\nrules = ["sqs-*"]\nresources = ["{"*a" * 40}*b{n}"]\nreason = "x"\n'
        for n in range(3_000)
    ),
    "deployments": _TABLE
    + "[tool.awslint-memo.deployments]\n"
    + "".join(f'd{n} = {{ P = "x" }}\n' for n in range(5_000)),
    "suppress": _TABLE
    + "".join(
        f'[[tool.awslint-memo.suppress]]\nrules = ["sqs-*"]\nresource = "{"*a" * 100}*b"\nreason = "x"\n'
        for n in range(3_000)
    ),
}.items():
    add(f"config toml {_kind}", partial(_configured_by, "pyproject.toml", _text, in_folders=True))
for _kind, _text in {
    "deep": "ignore: " + "[" * 100_000,
    "deep closed": "ignore: " + "[" * 2_000 + "]" * 2_000,
    "long": "ignore: [" + "x, " * 300_000 + "]\n",
    "anchors": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)),
    "surrogate": 'ignore: ["\\ud800"]\nprocessing-time: {"\\udfff": 3}\n',
    "deployments": "deployments:\n" + "".join(f"  d{n}: {{P: x}}\n" for n in range(5_000)),
    "twice": "ignore: []\n" * 80_000,
    "processing": "processing-time:\n" + "".join(f"  q{n}*: 3\n" for n in range(20_000)),
}.items():
    add(f"config yaml {_kind}", partial(_configured_by, ".awslint-memo.yaml", _text))
