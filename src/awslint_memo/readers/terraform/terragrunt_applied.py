"""What has Terragrunt apply a unit not at all, or not whole, so that what is written reaches nothing that exists.

https://docs.terragrunt.com/reference/hcl/blocks/#exclude, https://docs.terragrunt.com/reference/hcl/blocks/#errors and
https://developer.hashicorp.com/terraform/cli/commands/plan#planning-modes
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.blocks import Block, blocks, mapping
from awslint_memo.readers.terraform.source_expressions import unquoted
from awslint_memo.syntax.node import Flaws, Node, plain

_HARMLESS: Final = frozenset(("destroy", "output", "show", "state", "validate"))
"""The actions without which a unit is applied all the same."""

_APPLYING: Final = frozenset(("apply", "plan"))
_ARGUMENTS: Final = "TF_CLI_ARGS"
_WORKSPACE: Final = "TF_WORKSPACE"

_VALUED: Final = frozenset((
    "backend-config", "generate-config-out", "lock-timeout", "lockfile", "out", "parallelism", "plugin-dir", "var",
    "var-file",
))  # fmt: skip
"""Options with which all is applied, and whose value may be the next argument."""

_SWITCHES: Final = frozenset((
    "auto-approve", "backend", "compact-warnings", "concise", "consolidate-errors", "consolidate-warnings",
    "deprecation", "detailed-exitcode", "force-copy", "get", "input", "json", "lock", "migrate-state", "no-color",
    "reconfigure", "refresh", "show-sensitive", "upgrade",
))  # fmt: skip
"""Options with which all is applied, and that have no value but true and false."""

_OPTION = regex(r"--?([a-z][a-z-]*)(=.*)?", re.S)
_SHARED: Final = ("locals", "feature")
"""What expressions in a `terragrunt.hcl` are made of, which stands in the same file."""


def not_applied(root: Node, evaluate: Callable[[Node], Value], *, is_own: bool) -> Iterator[tuple[str, str]]:
    """What in a `terragrunt.hcl` may leave the unit as it is, in words, each with all that is written of it.

    root: of the file. evaluate: gives the value of what stands in it. is_own: whether it is the unit's own file, and
    none that this includes, whose `skip` counts for that file alone.
    """
    top = mapping(root)
    if is_own and "skip" in top and not _is_false(evaluate(top["skip"])):
        yield "skip, by which it may not be applied", _written(root, top["skip"], evaluate)
    for block in blocks(top.get("exclude"), "exclude", 0, Flaws()):
        condition, actions = block.arguments.get("if"), block.arguments.get("actions")
        is_off = condition is None or _is_false(evaluate(condition))
        names = None if actions is None else _texts(evaluate(actions))
        if not is_off and not (names and _HARMLESS.issuperset(names)):
            yield "exclude, by which it may not be applied", _written(root, block.body, evaluate)
    for errors in blocks(top.get("errors"), "errors", 0, Flaws()):
        for block in blocks(errors.arguments.get("ignore"), "ignore", 1, Flaws()):
            yield f"the errors that {block.name} ignores", _written(root, block.body, evaluate)
    for terraform in blocks(top.get("terraform"), "terraform", 0, Flaws()):
        for block in blocks(terraform.arguments.get("extra_arguments"), "extra_arguments", 1, Flaws()):
            if any(_leaving(block)):
                words = f"extra_arguments {block.name}, by which not all may be applied"
                yield words, _written(root, block.body, evaluate)
        if "exclude_from_copy" in terraform.arguments:
            words = "exclude_from_copy, by which files of the module may be left out"
            yield words, _written(root, terraform.arguments["exclude_from_copy"], evaluate)


def _leaving(block: Block) -> Iterator[str]:
    """The arguments of a block by which something may not be applied, or that are not known."""
    commands = plain(block.arguments["commands"]) if "commands" in block.arguments else None
    if isinstance(commands, list) and not any("${" in str(name) or str(name) in _APPLYING for name in commands):
        return
    arguments = plain(block.arguments["arguments"]) if "arguments" in block.arguments else []
    yield from _not_whole(map(str, arguments)) if isinstance(arguments, list) else [str(arguments)]
    environment = plain(block.arguments["env_vars"]) if "env_vars" in block.arguments else {}
    if not isinstance(environment, Mapping):
        yield str(environment)
        return
    for name, value in environment.items():
        if name == _WORKSPACE or "${" in name:
            yield name
        elif name.startswith(_ARGUMENTS):
            try:
                yield from _not_whole(shlex.split(unquoted(str(value))))
            except ValueError:
                yield name


def _not_whole(arguments: Iterable[str]) -> Iterator[str]:
    """Those of some arguments of `plan` and `apply` with which something else than the whole may be applied."""
    rest = iter([unquoted(argument) for argument in arguments])
    for argument in rest:
        match = _OPTION.fullmatch(argument)
        if match is None or match[1] not in _VALUED | _SWITCHES:
            yield argument  # A saved plan, an option such as -target, or an expression.
        elif match[1] in _VALUED and match[2] is None:
            next(rest, "")


def _is_false(value: Value) -> bool:
    return isinstance(value, Known) and value.content is False


def _texts(value: Value) -> list[str] | None:
    texts = [item.text for item in value.items] if isinstance(value, Known) and isinstance(value.content, list) else []
    known = [text for text in texts if text is not None]
    return known if known and len(known) == len(texts) else None


def _written(root: Node, node: Node, evaluate: Callable[[Node], Value]) -> str:
    """What is written, and where it is made of other parts of the file, these too."""
    text = repr(plain(node))
    top = mapping(root)
    shared = [repr(plain(top[name])) for name in _SHARED if name in top] if "${" in text else []
    return " ".join((text, repr(_told(evaluate(node))), *shared))


def _told(value: Value) -> object:
    return value.content if isinstance(value, Known) and isinstance(value.content, (str, bool)) else None
