"""What the parameters of nested stacks get from their parents that CloudFormation refuses."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation import nesting
from awslint_memo.readers.cloudformation.document import NESTED
from awslint_memo.readers.cloudformation.stack import StackDeployment
from awslint_memo.syntax.node import fields, text


def arguments(stack: StackDeployment) -> Iterator[Unmet]:
    """The parameters of nested stacks that get a value which CloudFormation refuses, or that do not exist, or that need
    one and get none. values: "missing" or "undeclared"."""
    for name in filter(stack.has, stack.document.nested):
        node = stack.document.resources[name][1]
        property_name = NESTED[text(fields(node).get("Type")) or ""]
        location = nesting.location(node, property_name, nesting.given(node, stack.evaluated), stack.evaluated)
        found = stack.use.found(stack.document, location)
        document, given = found.document, fields(fields(node).get("Properties")).get("Parameters")
        if document is None or document.left_out or document.macro is not None or (found.path and not found.is_own):
            continue
        nodes, declared = fields(given), document.parameters
        if any(key.startswith("Fn::") for key in (*nodes, *document.section("Parameters"))):
            continue
        file, of = os.path.basename(document.source.path), f"{stack.use.prefix}{name}"
        needed = [key for key, one in declared.items() if one.default is None and key not in nodes]
        wrong = [(key, "missing", "", given or node) for key in needed]
        for key, value in nodes.items():
            worked_out = stack.evaluated(value)
            why = declared[key].refusal(worked_out.text) if key in declared and worked_out.text is not None else None
            shown = "" if key not in declared or declared[key].is_hidden(worked_out.text) else worked_out.text or ""
            if why is not None or (key not in declared and not worked_out.is_absent):
                wrong.append((key, "undeclared" if why is None else why, shown, value))
        for key, why, shown, place in wrong:
            related = [(declared[key].node, f"the parameter {key}")] if key in declared else []
            path: tuple[str, ...] = (
                () if given is None else ("Parameters",) if why == "missing" else ("Parameters", key)
            )
            is_sure = not found.path
            yield Unmet("argument", of, path, place, [shown], key, [why], file, related, is_sure=is_sure)
