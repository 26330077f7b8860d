"""What Terragrunt gives the variables of a module: `inputs` as variables of the environment, and extra arguments.

https://docs.terragrunt.com/reference/hcl/blocks/#terraform and
https://developer.hashicorp.com/terraform/cli/config/environment-variables (read on 2026-11-30)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.blocks import Block, blocks, mapping, word
from awslint_memo.readers.terraform.source_expressions import unquoted
from awslint_memo.syntax.node import Flaws, Node, plain

_VARIABLE: Final = "TF_VAR_"
_ARGUMENTS: Final = "TF_CLI_ARGS"
_OPTION = regex(r"--?var(-file)?(?:=(.*))?", re.S)
_NAME = regex(r"([\w-]+)=", re.A)

_LARGEST: Final = 10**15
"""From here on a number may be written in another way in a variable of the environment."""

_TEXTS: Final = ("", "string")
"""The types of variables that take a text of the environment as it is; "" for none."""

_SCALARS: Final = ("number", "bool")


@record(frozen=True)
class Extra:
    """What extra arguments may give. names: these variables. is_any: or any variable."""

    names: frozenset[str] = frozenset()
    is_any: bool = False

    def __bool__(self) -> bool:
        """Whether they may give something."""
        return self.is_any or bool(self.names)


def extra(root: Node) -> Extra:
    """What the extra arguments of a `terragrunt.hcl` may give variables. root: of the file."""
    names: set[str] = set()
    is_any = False
    for terraform in blocks(mapping(root).get("terraform"), "terraform", 0, Flaws()):
        for block in blocks(terraform.arguments.get("extra_arguments"), "extra_arguments", 1, Flaws()):
            for name in _given(block):
                names.update([name] if name else [])
                is_any = is_any or not name
    return Extra(frozenset(names), is_any)


def _given(block: Block) -> Iterator[str]:
    """The names of variables that a block gives; an empty one for those that are not known."""
    written = {name: plain(node) for name, node in block.arguments.items()}
    for name in ("required_var_files", "optional_var_files"):
        yield from [""] if written.get(name) not in (None, []) else []
    arguments, environment = written.get("arguments"), written.get("env_vars")
    yield from _of_arguments(arguments) if isinstance(arguments, list) else [""] if arguments is not None else []
    for name in environment if isinstance(environment, dict) else []:
        if name.startswith(_VARIABLE) and "${" not in name:
            yield name.removeprefix(_VARIABLE)
        elif name.startswith(_ARGUMENTS) or "${" in name:
            yield ""
    yield from [""] if environment is not None and not isinstance(environment, dict) else []


def _of_arguments(arguments: Sequence[object]) -> Iterator[str]:
    """The names of variables that a list of arguments gives; an empty one for those that are not known."""
    rest = iter([unquoted(str(argument)) for argument in arguments])
    for argument in rest:
        match = _OPTION.fullmatch(argument)
        if match is None:
            # An argument that begins with an expression may be any.
            yield from [""] if argument.startswith("${") else []
        elif match[1]:
            yield ""
        else:
            named = _NAME.match(match[2] if match[2] is not None else next(rest, ""))
            yield named[1] if named else ""


def as_environment(value: Value, variable: Block) -> Value:
    """A value of `inputs` as Terraform takes it from a variable of the environment, in which it is a text."""
    type_ = word(variable.arguments.get("type"))
    unknown = Unknown("a variable of the environment, whose text may be read in another way", value.place)
    if isinstance(value, Known):
        return _of_known(value, type_, unknown)
    if isinstance(value, Absent):
        return unknown if type_ in _TEXTS else value
    return value if isinstance(value, Unknown) or type_ in (*_TEXTS, *_SCALARS) else unknown


def _of_known(value: Known, type_: str, unknown: Unknown) -> Value:
    content = value.content
    if isinstance(content, (list, Mapping)):
        # It is written as JSON, which is a text of its own where no list or map is expected, and may have expressions.
        return unknown if type_ in (*_TEXTS, *_SCALARS) or _has_template(value) else value
    if isinstance(content, str):
        return value if type_ in (*_TEXTS, *_SCALARS) else unknown
    if type_ not in _TEXTS:
        return value
    if isinstance(content, bool):
        return Known(str(content).lower(), value.place, value.origin)
    is_plain = isinstance(content, int) and abs(content) < _LARGEST
    return Known(str(content), value.place, value.origin) if is_plain else unknown


def _has_template(value: Value) -> bool:
    """Whether a text in a value would be taken for a template, or may be."""
    if isinstance(value, Known) and isinstance(value.content, Mapping):
        keys = any("${" in key or "%{" in key for key in value.fields)
        return keys or any(map(_has_template, value.fields.values()))
    if isinstance(value, Known) and isinstance(value.content, list):
        return any(map(_has_template, value.items))
    return "${" in (value.text or "") or "%{" in (value.text or "")


SHALLOW: Final = "shallow"
"""How an `include` merges if it does not say: what the file itself gives stands over what it includes."""

NO_MERGE: Final = "no_merge"
"""What is included is only to be named in expressions."""

STRATEGIES: Final = frozenset((SHALLOW, "deep", "deep_map_only", NO_MERGE))


def merged_inputs(included: Iterable[tuple[Value | None, str]], own: Value | None) -> dict[str, Value]:
    """The inputs of a file with those of the files that it includes, each with how it is merged.

    https://docs.terragrunt.com/reference/hcl/blocks/#include (read on 2026-11-30)
    """
    below: dict[str, Value] = {}
    strategies: dict[str, str] = {}
    for value, strategy in included:
        for name, given in value.fields.items() if value is not None else ():
            # Of two that are included it is not asked which stands over the other.
            below[name] = Unknown("two give it", given.place) if name in below else given
            strategies[name] = strategy
    fields = own.fields if own is not None else {}
    return {**below, **{name: _over(below.get(name), value, strategies.get(name)) for name, value in fields.items()}}


def _over(included: Value | None, own: Value, strategy: str | None) -> Value:
    if included is None or strategy in (None, SHALLOW):
        return own
    below, above = (value.content if isinstance(value, Known) else None for value in (included, own))
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        fields = {name: _over(included.fields.get(name), value, strategy) for name, value in own.fields.items()}
        return Known({**included.fields, **fields}, own.place)
    if isinstance(below, list) and isinstance(above, list):
        return Known([*included.items, *own.items], own.place) if strategy == "deep" else own
    may_merge = included.is_unknown and (own.is_unknown or isinstance(above, (list, Mapping)))
    return Unknown("merged with what is not known", own.place) if may_merge else own
