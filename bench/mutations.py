"""Mutation testing of the rules: do the examples and tests fail if a decision in a rule is changed?

usage: python -m bench.mutations [RULE|SERVICE ...]

Changes each rule at one point at a time, as bench/mutants.py says: comparisons, conditions, constants, levels, and what
a finding is given. Each mutant is tested with the rule's own examples: what is reported of them, and what their fixes
make of them; if these pass, with the files of tests/rules that name the rule, and then with the type checker. Prints
the mutants that nothing notices, and the share of those that something does. Some can't be noticed, because they
report the same as the rule: bench/equivalent_mutants.py has these with the reason.

The mutants are written to a copy of the rules' folder, which the tests use in processes of their own.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bench.equivalent_mutants import EQUIVALENT
from bench.mutants import Mutant, mutants
from bench.rule_tests import ROOT, fails
from bench.rule_types import refused
from tests.identities import identity

from awslint_memo.judging import registry
from awslint_memo.judging.examples import examples
from awslint_memo.judging.rule import Rule
from awslint_memo.model.span import Problem
from awslint_memo.reporters.page_text import example_output

SECONDS = 20
"""A mutant counts as noticed if its examples take longer than this, or its tests ten times as long."""


@dataclass(frozen=True)
class Reported:
    """What the tests of a rule's examples compare: its level and what a terminal shows of each, which is on its page,
    and what findings are known by.
    """

    level: str
    bad: Sequence[str]
    good: Sequence[str]
    known_by: Sequence[str]


def reported(rule: Rule) -> Reported:
    """What the tests of a rule's examples compare."""
    bad, good = ([example_output(one) for one in examples(rule, text)] for text in (rule.bad, rule.good))
    known_by = [identity(found) for one in examples(rule, rule.bad) for found in one.findings()]
    return Reported(rule.level, bad, good, known_by)


class Bench:
    """A rule under test, with the tests that name it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rule = registry.load(str(path))
        self.source = path.read_text()
        self.reported = reported(self.rule)
        word = f'"{self.rule.id}"'
        self.tests = [str(test) for test in sorted((ROOT / "tests/rules").glob("*.py")) if word in test.read_text()]

    def survivors(self, every: Sequence[Mutant]) -> list[Mutant]:
        """The mutants that nothing notices. Raises Problem if the unchanged rule fails its tests."""
        left = [mutant for mutant in every if not self.is_noticed_by_examples(mutant)]
        self.path.write_text(self.source)
        if not self.is_clean():
            raise Problem("the rule itself fails its examples or tests", str(self.path))
        left = [mutant for mutant in left if not self.is_noticed_by_tests(mutant.source)]
        self.path.write_text(self.source)
        return [mutant for mutant, is_refused in zip(left, self.refused(left), strict=True) if not is_refused]

    def refused(self, left: Sequence[Mutant]) -> list[bool]:
        """Of each mutant whether the type checker refuses it. Raises Problem if it refuses the unchanged rule."""
        if not left:
            return []
        # Without comments, as mutants are.
        own, *others = refused([ast.unparse(ast.parse(self.source)), *(mutant.source for mutant in left)])
        if own:
            raise Problem("the type checker finds an error in the rule itself", str(self.path))
        return others

    def is_clean(self) -> bool:
        """Whether the unchanged rule passes its tests; otherwise results for its mutants are meaningless."""
        found = [[one.rule for one in example.findings()] for example in examples(self.rule, self.rule.bad)]
        if any(one != [self.rule.id] for one in found) or any(self.reported.good):
            return False
        return not self.is_noticed_by_tests(self.source)

    def is_noticed_by_examples(self, mutant: Mutant) -> bool:
        """Whether the rule's page would say something else of the examples, or findings be known by something else."""
        self.path.write_text(mutant.source)
        signal.alarm(SECONDS)
        try:
            return reported(registry.load(str(self.path))) != self.reported
        except (Problem, TimeoutError):
            return True
        finally:
            signal.alarm(0)

    def is_noticed_by_tests(self, source: str) -> bool:
        """Whether a test of tests/rules fails with this source of the rule."""
        self.path.write_text(source)
        return fails(self.rule.id, self.tests, self.path.parents[1], 10 * SECONDS)


@dataclass
class Tally:
    """The mutants so far: all, those that nothing noticed, and those of them that nothing can notice."""

    tried: int = 0
    left: int = 0
    equivalent: int = 0

    def add(self, rule_id: str, where: Path, every: Sequence[Mutant], left: Sequence[Mutant]) -> None:
        """Count the mutants of one rule, and print those that something should have noticed."""
        known = EQUIVALENT.get(rule_id, {})
        for mutant in left:
            if mutant.change not in known:
                print(f"{where}:{mutant.line}: {mutant.change}", flush=True)
        for change in known.keys() - {mutant.change for mutant in left}:
            print(f"{where}: listed as equivalent, but is noticed, or no mutant: {change}", flush=True)
        self.tried += len(every)
        self.left += len(left)
        self.equivalent += sum(mutant.change in known for mutant in left)

    def __str__(self) -> str:
        noticed, other = self.tried - self.left, self.tried - self.equivalent
        counted = f"{self.tried} mutants: {self.equivalent} equivalent, {noticed} of the others noticed"
        return f"{counted} ({noticed / max(other, 1):.1%}), {self.left - self.equivalent} not"


def too_slow(_number: int, _frame: FrameType | None) -> None:
    """Stop a mutant that does not terminate."""
    raise TimeoutError


def main() -> None:
    """Test the mutants of the given rules, or of all rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*", help="ids of rules or names of services; all where none is given")
    wanted = set(parser.parse_args().rules)
    # Python's cache of compiled files can't distinguish mutants with the same length and the same second of writing.
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGALRM, too_slow)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT / "rules", f"{folder}/rules", ignore=shutil.ignore_patterns("__pycache__")))
        for path in sorted(copy.glob("*/*.py")):
            rule_id = registry.load(str(path)).id
            if wanted and not wanted & {path.parent.name, rule_id}:
                continue
            every = list(mutants(path.read_text()))
            where = path.relative_to(copy.parent)
            try:
                tally.add(rule_id, where, every, Bench(path).survivors(every))
            except Problem as problem:
                print(f"{where}: {problem.message}", file=sys.stderr)
    print(tally)


if __name__ == "__main__":
    main()
