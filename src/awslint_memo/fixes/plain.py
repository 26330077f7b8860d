"""What is written plainly in a YAML or JSON file: aliases, merges and functions are for a person to change."""

from __future__ import annotations

from collections import Counter

from awslint_memo.fixes.edit import Refused
from awslint_memo.syntax.layout_tree import Written

_FUNCTIONS = ("Ref", "Condition")


class Plain:
    """Tells which parts of a file are simply what stands there."""

    def __init__(self, root: Written | None) -> None:
        self._aliases = Counter(one.anchor for one in (root.below() if root else ()) if one.kind == "alias")
        self._plain: set[Written] = set()
        """What was looked at: all fixes of a file pass its root and its resources."""

    def check(self, node: Written) -> None:
        """Raise Refused for what is not simply what stands here."""
        if node in self._plain:
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
        self._plain.add(node)

    def check_rest(self, node: Written) -> None:
        """Raise Refused for a mapping to which something else may add keys that are not written in it."""
        if any(key.value == "<<" and not key.style for key, _ in node.pairs):
            raise Refused("<< may give it; set it by hand")
        if any(key.value.startswith("Fn::") for key, _ in node.pairs):
            raise Refused("a function of CloudFormation may give it; set it by hand")
