"""What the fixes make of the bad examples of rules; run as a program, it writes that into the rules' files as FIXED.

usage: python -m tests.fixed_examples [RULE]…
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from awslint_memo import api
from awslint_memo.files.rule_files import own_rules, rule_files
from awslint_memo.fixes.fixing import Fixed
from awslint_memo.judging.examples import Example, examples
from awslint_memo.judging.registry import load
from awslint_memo.judging.rule import Rule


@cache
def fixed(example: Example, *, unsafe: bool = True) -> Fixed:
    """What the fixes of the example's rule make of it."""
    return api.fix(
        [example.path],
        unsafe=unsafe,
        advice=True,
        select=[example.rule.id],
        unsaved={example.path: example.text},
    )


def outcome(rule: Rule) -> tuple[str, str]:
    """What the fixes make of the bad examples that they change, as in FIXED, and their kind, as in @rule."""
    made = [fixed(example) for example in examples(rule, rule.bad)]
    kinds = {one.fix.safety for each in made for one in each.made if one.fix is not None}
    texts = "---\n".join(text for one in made for text in one.texts.values())
    return texts, "both" if len(kinds) > 1 else "".join(kinds)


def _write(path: Path, rule: Rule) -> None:
    text = path.read_text(encoding="utf-8")
    before, _, _ = text.partition("\n\nFIXED = ")
    made, _ = outcome(rule)
    # Backslashes are rare, and raw texts keep the others readable.
    prefix = "r" if "\\" in made else ""
    after = f'{before.rstrip()}\n\nFIXED = {prefix}"""\n{made}"""\n' if made else f"{before.rstrip()}\n"
    if after != text:
        path.write_text(after, encoding="utf-8")
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    for file in rule_files(own_rules()):
        one = load(file)
        if not sys.argv[1:] or one.id in sys.argv[1:]:
            _write(Path(file), one)
