"""What the fixes make of the bad examples of rules; run as a program, it writes the changes into the files as FIXED.

usage: python -m tests.fixed_examples [RULE]…
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path

from awslint_memo import api
from awslint_memo.files.rule_files import own_rules, rule_files
from awslint_memo.fixes.fixing import Fixed
from awslint_memo.judging.examples import Example, examples, fixed_text, whole
from awslint_memo.judging.registry import load
from awslint_memo.judging.rule import Rule
from awslint_memo.model.span import Problem


@cache
def fixed(example: Example, *, unsafe: bool = True) -> Fixed:
    """What the fixes of the example's rule make of it."""
    return api.fix(
        [example.path],
        unsafe=unsafe,
        advice=True,
        select=[example.rule.id],
        unsaved=example.files,
    )


def outcome(rule: Rule) -> tuple[str, str]:
    """What the fixes make of the bad examples that they change, as in FIXED, and their kind, as in @rule."""
    made = [fixed(example) for example in examples(rule, rule.bad)]
    kinds = {one.fix.safety for each in made for one in each.made if one.fix is not None}
    texts = "---\n".join(one for example in examples(rule, rule.bad) for one in _whole(example))
    return texts, "both" if len(kinds) > 1 else "".join(kinds)


def _whole(example: Example) -> list[str]:
    """The example with its files after the fixes; nothing if they change none."""
    texts = fixed(example).texts
    return [whole({**example.files, **texts})] if texts else []


def changes(rule: Rule) -> Iterator[str]:
    """For each bad example that fixes change, its changed lines, with as few others as show where they are."""
    before = [example.whole for example in examples(rule, rule.bad)]
    left = 0
    for number, example in enumerate(examples(rule, rule.bad)):
        for text in _whole(example):
            yield (
                next(
                    shown
                    for lines in count()
                    if (shown := _shown(example.whole, text, lines)) is None
                    or _applies(rule, before[left:], shown, text)
                )
                or text
            )
            left = number + 1


def _shown(before: str, after: str, lines: int) -> str | None:
    """The changes with so many lines around each; None if that is more than all."""
    if lines > len(before.splitlines()):
        return None
    rows = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=lines, lineterm=""))[2:]
    hunks = "\n".join(rows).split("\n@@")
    return "".join(f"{row}\n" for hunk in hunks for row in _needed(hunk.splitlines()[1:], lines))


def _needed(rows: Sequence[str], lines: int) -> Sequence[str]:
    """Without what stands behind the last change, which shows nothing that the lines before it do not."""
    changed = [at for at, row in enumerate(rows) if row[:1] in ("+", "-")]
    first = max(0, changed[0] - 1) if rows[changed[0]][0] == "+" else changed[0]
    return rows[: changed[-1] + 1] if lines > 1 else rows[first : changed[-1] + 1]


def _applies(rule: Rule, before: Sequence[str], shown: str, after: str) -> bool:
    part = rule.changed(bad="---\n".join(before), fixed=shown)
    try:
        return fixed_text(part) == after
    except Problem:
        return False


def _write(path: Path, rule: Rule) -> None:
    text = path.read_text(encoding="utf-8")
    before, _, _ = text.partition("\n\nFIXED = ")
    made = "---\n".join(changes(rule))
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
