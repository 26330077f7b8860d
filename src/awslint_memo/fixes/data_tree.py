"""What is written in a YAML or JSON file, and where keys and indexes lead in it.

Aliases, merges and functions are for a person to change: only what is written plainly is edited.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TypeAlias

from awslint_memo.fixes.edit import Refused
from awslint_memo.syntax.layout_tree import Written, of_json, of_yaml

Steps: TypeAlias = "tuple[str | int, ...]"

_FUNCTIONS = ("Ref", "Condition")


class DataTree:
    """The text of a YAML or JSON file, parsed once."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text = text
        self.is_json = is_json
        self._root = of_json(text) if is_json else of_yaml(text)
        aliases = () if is_json or self._root is None else self._root.below()  # JSON has none.
        self._aliases = Counter(alias.anchor for alias in aliases if alias.kind == "alias")
        self._checked: set[Written] = set()
        """What is written plainly: all fixes of a file pass its root and its resources."""
        self._whole: set[Written] = set()
        """Mappings to which nothing else adds keys."""

    def source(self, steps: Steps) -> str:
        """What is written at `steps`, if it stands in one line. Raises Refused if not."""
        node, rest, _ = self._reached(steps, is_read=True)
        written = self.text[node.start : node.end]
        is_block = node.style in ("block", "|", ">") or any(one.kind == "alias" or one.anchor for one in node.below())
        if rest or is_block or "\n" in written or not written or "#" in written:
            raise Refused(f"{steps[-1]} is not written in one line")
        return written

    def has(self, steps: Steps) -> bool:
        """Whether something is written at `steps`, plainly."""
        try:
            return not self._reached(steps)[1]
        except Refused:
            return False

    def lacks(self, steps: Steps) -> bool:
        """Whether surely nothing is written at `steps`."""
        try:
            return bool(self._reached(steps, is_read=True)[1])
        except Refused:
            return False

    def _reached(self, steps: Steps, *, is_read: bool = False) -> tuple[Written, Steps, Written | None]:
        """The node that the steps lead to, the steps that lead to nothing yet, and the key of the node.

        is_read: whether it is only read, so that a function may decide it.
        """
        node, key = self._root, None
        if node is None:
            raise Refused("the file is empty")
        for number, step in enumerate(steps):
            self._check(node)
            if node.is_null and isinstance(step, str):
                return node, steps[number:], key
            if isinstance(step, int):
                node = self._item(node, step)
                continue
            if node.kind != "mapping":
                raise Refused(f"{step} can't be set, as this is no mapping")
            pair = node.child(step)
            if pair is None:
                self._check_rest(node)
                return node, steps[number:], key
            key, node = pair
        if not is_read:
            self._check(node)
        return node, (), key

    def _item(self, node: Written, number: int) -> Written:
        """An item of a list in which each is written as one: conditions may leave out some, and change the numbers."""
        if node.kind != "list" or number >= len(node.items):
            raise Refused("it is not written as an item of a list; change it by hand")
        for item in node.items:
            self._check(item)
        return node.items[number]

    def _check(self, node: Written) -> None:
        """Raise Refused for what is not simply what stands here."""
        if node in self._checked:
            return
        if node.kind == "alias":
            raise Refused(f"it is an alias of &{node.anchor}; change it there")
        if node.anchor and self._aliases[node.anchor]:
            raise Refused(f"*{node.anchor} repeats it elsewhere; change both by hand")
        if node.tag.startswith("!") and len(node.tag) > 1:
            raise Refused(f"{node.tag} decides it; change that by hand")
        only = node.pairs[0][0].value if len(node.pairs) == 1 else ""
        if only.startswith("Fn::") or only in _FUNCTIONS:
            raise Refused(f"{only} decides it; change that by hand")
        self._checked.add(node)

    def _check_rest(self, node: Written) -> None:
        """Raise Refused for a mapping to which something else may add keys that are not written in it."""
        if node in self._whole:  # Each fix that adds a resource asks it of thousands of others.
            return
        if any(key.value == "<<" and not key.style for key, _ in node.pairs):
            raise Refused("<< may give it; set it by hand")
        if any(key.value.startswith("Fn::") for key, _ in node.pairs):
            raise Refused("a function of CloudFormation may give it; set it by hand")
        self._whole.add(node)


_OLD_RULE = "CloudWatchEvent"
_NEWER = ("DeadLetterConfig", "RetryPolicy")
"""Properties of EventBridgeRule that CloudWatchEvent lacks. Read 2026-11-27:
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-cloudwatchevent.html
"""


def refuse_newer(file: DataTree, steps: Steps) -> None:
    """Raise Refused for a property that an event at these steps of a SAM template does not take."""
    type_ = (*steps[:-2], "Type")
    if steps[-1] in _NEWER and file.has(type_) and file.source(type_).strip("\"'") == _OLD_RULE:
        raise Refused(f"a {_OLD_RULE} takes no {steps[-1]}; make the event an EventBridgeRule and set it there")


_ANNOTATIONS = "Amazon.Lambda.Annotations"
"""Writes the functions of a .NET program into its template, each time that it is built."""


def refuse_annotated(file: DataTree, home: Steps) -> None:
    """Raise Refused for a resource that a program writes into the file."""
    tool = (*home, "Metadata", "Tool")
    if file.has(tool) and _ANNOTATIONS in file.source(tool):
        raise Refused(f"{_ANNOTATIONS} writes {home[-1]}; change the program")


def is_json(text: str) -> bool:
    """Whether a text is JSON, and no YAML that is written in braces."""
    if text.lstrip()[:1] != "{":
        return False
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True
