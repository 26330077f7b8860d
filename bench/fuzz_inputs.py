"""The inputs of the fuzzing: real files and small built-in ones, changed at random, as one reader meets them."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bench.fuzz_canary import Kept, add, after
from bench.fuzz_mutations import changed_bytes, changed_data, changed_text, moved_blocks, plain, written
from bench.fuzz_seeds import (
    API,
    CHILD,
    EMBEDDED,
    INSTALLED,
    MACHINE,
    MODULE,
    PARAMETERS,
    PARENT,
    TEMPLATE,
    TERRAFORM,
    TERRAGRUNT,
    TOML_SETTINGS,
    VARIABLES,
    VARIABLES_JSON,
    YAML_SETTINGS,
)

from awslint_memo import api
from awslint_memo.judging.examples import examples

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
MAX_SIZE = 4_000
"""Bytes of the largest seed; small ones find as much in less time."""
SEEDS_OF_A_FOLDER = 6_000
"""Files of one kind that are taken at most of all folders."""


@dataclass(frozen=True)
class Input:
    """Files that are linted together.

    kind: the reader that they are for. files: their contents by path. named: those that are linted, by path; the
    others are read by what these say. options: further arguments of `api.lint`. original: the named file before the
    change if it holds a copy of what was changed, and that copy alone. kept: findings that must stay.
    """

    kind: str
    files: Mapping[str, bytes]
    named: Sequence[str]
    options: Mapping[str, Any] = field(default_factory=dict)
    original: tuple[bytes, bytes] | None = None
    kept: Kept = frozenset()


Seeds = Mapping[str, Sequence[str]]
"""The texts of each kind."""


def kind_of(name: str, text: str) -> str:
    """The reader that a file is for; empty if none reads it."""
    name = name.lower()
    if name.endswith((".tfvars", ".tfvars.json")):
        return "tfvars.json" if name.endswith(".json") else "tfvars"
    if name == "terragrunt.hcl" or name.endswith((".tfcomponent.hcl", ".tfstack.hcl", ".tfdeploy.hcl")):
        return "terragrunt"
    if name.endswith((".tf", ".tofu", ".tf.json", ".tofu.json")):
        return ".tf.json" if name.endswith(".json") else name[name.rindex(".") :]
    if '"planned_values"' in text or '"resource_changes"' in text:
        return "plan"
    if not name.endswith((".yaml", ".yml", ".json", ".template")) or "Resources" not in text:
        return ""
    is_json = text.lstrip()[:1] == "{"
    return "sam" if "AWS::Serverless" in text else "json" if is_json else "yaml"


def seeds(folders: Sequence[Path]) -> Seeds:
    """The texts of all kinds: the fixtures, the rules' examples, files below the folders, and built-in ones."""
    found: dict[str, list[str]] = {
        "tfvars": [VARIABLES],
        "tfvars.json": [VARIABLES_JSON],
        "terragrunt": [TERRAGRUNT],
        "parameters": list(PARAMETERS),
        "settings": [YAML_SETTINGS, TOML_SETTINGS],
        "modules.json": [INSTALLED],
        "nested": [PARENT],
        "embedded": [EMBEDDED],
    }
    for rule in api.rules().values():
        for one in (*examples(rule, rule.bad), *examples(rule, rule.good)):
            kind = "example" if one.path == "template.yaml" else kind_of(one.path, one.text)
            found.setdefault(kind, []).append(one.text)
    for folder in (FIXTURES, *folders):
        for file in _files(folder):
            text = file.read_text(encoding="utf-8", errors="replace")
            kind = kind_of(file.name, text)
            if kind and len(found.setdefault(kind, [])) < SEEDS_OF_A_FOLDER:
                found[kind].append(text)
    return found


def _files(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(at, name)
            bound = MAX_SIZE * 4 if "plan" in name else MAX_SIZE
            if file.is_file() and not file.is_symlink() and file.stat().st_size <= bound:
                yield file


def changed(text: str, others: Sequence[str], chance: random.Random, is_native: bool = False) -> tuple[bytes, Kept]:
    """A text after random changes, as bytes, and the findings in it that must stay.

    is_native: whether it is a configuration in Terraform's language.
    """
    other, kind = chance.choice(others), chance.randrange(10)
    if kind == 0:
        return changed_bytes(text.encode("utf-8", "surrogatepass"), chance), frozenset()
    if kind <= 4:
        data = plain(text)
        if isinstance(data, (dict, list)):
            form = "json" if text.lstrip()[:1] in "{[" or chance.random() < 0.2 else "yaml"
            with suppress(RecursionError):  # What was nested several times may be too deep for further changes.
                data = changed_data(data, plain(other), chance)
                kept = add(data)
                return written(data, form, chance).encode("utf-8", "surrogatepass"), kept
        text = moved_blocks(text, others, chance)
    text = changed_text(text, other, chance)
    text, kept = after(text) if is_native else (text, frozenset())
    return text.encode("utf-8", "surrogatepass"), kept


_SUFFIXES = {
    "yaml": "t.yaml",
    "example": "t.yaml",
    "sam": "t.yaml",
    "json": "t.json",
    "plan": "plan.json",
    "terragrunt": "terragrunt.hcl",
}


def _alone(kind: str, data: bytes, chance: random.Random) -> Input:
    name = _SUFFIXES.get(kind, f"main{kind}")
    if kind in ("sam", "yaml", "json") and data.lstrip()[:1] == b"{":
        name = chance.choice(("t.json", "t.template", "t.yaml"))
    files = {name: data}
    if kind == "terragrunt":
        files["m/main.tf"] = MODULE.encode()
    return Input(kind, files, ["."] if kind == "terragrunt" else [name])


def _variables(kind: str, data: bytes, chance: random.Random) -> Input:
    name = chance.choice(("terraform", "a.auto", "given")) + f".{kind}"
    files = {name: data, "main.tf": TERRAFORM.encode(), "m/main.tf": MODULE.encode()}
    return Input(kind, files, ["main.tf"], {"var_files": [name]} if name.startswith("given") else {})


def _parameters(kind: str, data: bytes, chance: random.Random) -> Input:
    name = chance.choice(("p.json", "p.yaml", "p.toml", "p.tfvars", "p.txt"))
    return Input(kind, {name: data, "t.yaml": TEMPLATE.encode()}, ["t.yaml"], {"parameters": [name]})


def _settings(kind: str, data: bytes, _: random.Random) -> Input:
    name = "pyproject.toml" if b"tool.awslint" in data else ".awslint-memo.yaml"
    files = {name: data, "t.yaml": TEMPLATE.encode(), "dev.json": PARAMETERS[1].encode()}
    return Input(kind, files, ["t.yaml"])


def _modules(kind: str, data: bytes, _: random.Random) -> Input:
    files = {".terraform/modules/modules.json": data, "main.tf": TERRAFORM.encode(), "m/main.tf": MODULE.encode()}
    return Input(kind, files, ["."])


def _nested(kind: str, data: bytes, chance: random.Random) -> Input:
    child, _ = changed(CHILD, [CHILD, PARENT], chance)
    return Input(kind, {"t.yaml": data, "child.yaml": child}, ["t.yaml"])


def _embedded(kind: str, data: bytes, chance: random.Random) -> Input:
    machine, api_ = (changed(one, [MACHINE, API, EMBEDDED], chance)[0] for one in (MACHINE, API))
    return Input(kind, {"t.yaml": data, "machine.asl.json": machine, "api.yaml": api_}, ["t.yaml"])


_MAKE: Mapping[str, Callable[[str, bytes, random.Random], Input]] = {
    "tfvars": _variables,
    "tfvars.json": _variables,
    "parameters": _parameters,
    "settings": _settings,
    "modules.json": _modules,
    "nested": _nested,
    "embedded": _embedded,
}

_WEIGHTS = {"example": 8, "yaml": 5, "json": 3, "sam": 4, ".tf": 6, "plan": 3, ".tf.json": 2}


def mutated(known: Seeds, chance: random.Random) -> Input:
    """One input: a text of a random kind, changed."""
    kinds = sorted(known)
    [kind] = chance.choices(kinds, [_WEIGHTS.get(one, 1) for one in kinds])
    texts = known[kind]
    text = chance.choice(texts)
    others = texts if len(texts) > 3 else [*texts, chance.choice(known["yaml"])]
    data, kept = changed(text, others, chance, kind in (".tf", ".tofu"))
    made = _MAKE.get(kind, _alone)(kind, data, chance)
    return replace(made, kept=kept if made.named != ["."] else frozenset())
