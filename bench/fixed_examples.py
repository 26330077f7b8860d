"""Print what cfn-lint says more about examples of rules after their fixes than before.

usage: python -m bench.fixed_examples
"""

from __future__ import annotations

import sys
from collections import Counter

from cfnlint.api import lint
from cfnlint.core import get_rules
from tests.fixed_examples import fixed

from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules


def main() -> None:
    """Compare every CloudFormation example that a fix changes."""
    checks = get_rules([], [], ["E", "W"])

    def said(text: str) -> Counter[str]:
        return Counter(one.rule.id for one in lint(text, rules=checks))

    changed = 0
    for rule in rules().values():
        for example in examples(rule, rule.bad) if rule.fix else ():
            for text in fixed(example).texts.values() if example.language == "cloudformation" else ():
                changed += 1
                for more in said(text) - said(example.text):
                    sys.stdout.write(f"{rule.id}: {more}\n")
    sys.stdout.write(f"{changed} examples compared\n")


if __name__ == "__main__":
    main()
