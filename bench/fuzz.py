"""Lints mutated templates and looks for what escapes: exceptions, internal errors, invalid output, and long runs.

usage: python bench/fuzz.py [--inputs N] [--seed N] [PATH ...]

Takes real files (the fixtures, and those in the paths), changes each at random places (bytes, lines, tokens, parts of
other files), and lints them in this process by all rules, with all reporters. The same seed makes the same inputs.
Every escape is written to a file, whose name is printed with the reason. Exits 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

from awslint_memo import api
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.reporters import REPORTERS, Look

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SUFFIXES = (".yaml", ".yml", ".json", ".tf", ".hcl", ".tfvars", ".template", ".toml", ".tofu")
MAX_SIZE = 60_000
SECONDS = 2
"""More processor time than this is an escape."""

_TOKEN = re.compile(r"[\w.:$-]+|\s+|.", re.S)
_STRANGE = (
    *("null", "{}", "[]", '""', "-1", "1e999", "9" * 400, "true", "!Ref", "!Sub ${", "Fn::If", "Fn::ForEach::x", "<<"),
    *("*a", "&a", "${", "%{", "\\ud800", "\x00", "\u202e", "\ud800", "\t", "\r", "{{resolve:x}}", "AWS::NoValue"),
    *("[" * 200, "{" * 200, "(" * 200, '"', "'", "|", "<<EOT\n", "for_each", "count", "module", "//", "#", "/*"),
)


def mutated(text: str, other: str, chance: random.Random) -> str:
    """The text with a few random changes, some of them parts of another text."""
    tokens = _TOKEN.findall(text)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(tokens) + 1)
        end = min(len(tokens), at + chance.choice((0, 1, 1, 2, 5, 40)))
        kind = chance.randrange(6)
        if kind == 0:
            del tokens[at:end]
        elif kind == 1:
            tokens[at:end] = [chance.choice(_STRANGE)]
        elif kind == 2:
            tokens[at:at] = tokens[at:end] * chance.choice((1, 2, 50))
        elif kind == 3 and tokens:
            one, two = chance.randrange(len(tokens)), chance.randrange(len(tokens))
            tokens[one], tokens[two] = tokens[two], tokens[one]
        elif kind == 4:
            pieces = _TOKEN.findall(other)
            start = chance.randrange(len(pieces) + 1)
            tokens[at:end] = pieces[start : start + chance.choice((1, 5, 60))]
        elif tokens:
            tokens[at - 1] = chance.choice(tokens)
    return "".join(tokens)


def escape(path: str, text: str) -> str | None:
    """Why linting a file is not acceptable; None if it is."""
    before = time.process_time()
    try:
        report = api.lint([path], advice=True, profile="all", unsaved={path: text})
        for name, write in REPORTERS.items():
            written = write(report, Look(verbose=True, statistics=True))
            written.encode()
            if name != "text":
                json.loads(written)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {str(error)[:120]}"
    broken = [one.message for one in report.findings if one.rule == INTERNAL_ERROR]
    broken += [one.message for one in report.errors if "internal error" in one.message]
    seconds = time.process_time() - before
    return broken[0] if broken else f"{seconds:.1f} s" if seconds > SECONDS else None


def inputs(paths: Sequence[Path], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """So many mutated files: the name and the text of each."""
    chance = random.Random(seed)
    files = sorted(file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    files = [one for one in files if one.suffix in SUFFIXES and one.is_file() and one.stat().st_size <= MAX_SIZE]
    for _ in range(count):
        file, other = chance.choice(files), chance.choice(files)
        first, second = (one.read_text(encoding="utf-8", errors="replace") for one in (file, other))
        yield str(file), mutated(first, second, chance)


def main() -> None:
    """Lint the inputs and print what escapes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path, default=Path("fuzz-escapes"), help="the folder for inputs that escape")
    options.add_argument("paths", nargs="*", type=Path, default=[FIXTURES])
    chosen = options.parse_args()
    count = escaped = 0
    for path, text in inputs(chosen.paths or [FIXTURES], chosen.inputs, chosen.seed):
        count += 1
        why = escape(path, text)
        if why is not None:
            escaped += 1
            chosen.out.mkdir(parents=True, exist_ok=True)
            kept = chosen.out / f"{chosen.seed}-{count}-{Path(path).name}"
            kept.write_bytes(text.encode("utf-8", "surrogatepass"))
            print(f"{kept}: {why}", flush=True)
        if count % 1_000 == 0:
            print(f"{count} inputs, {escaped} escaped", flush=True)
    print(f"{count} inputs with seed {chosen.seed}, {escaped} escaped")
    sys.exit(bool(escaped))


if __name__ == "__main__":
    main()
