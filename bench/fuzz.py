"""Lints mutated and generated files and looks for what escapes.

usage: python -m bench.fuzz [--inputs N] [--start N] [--seed N] [--jobs N] [--each N] [--generated N] [--sweep]
                            [--out DIR] [--only N] [PATH ...]

Takes real files (the fixtures, the rules' examples, and those in the paths), changes each at random, generates others,
and lints each by all rules, writes all reports, and asks why a random rule says what it says. What may not happen: an
exception, an internal error, a raw control character, an invalid report, two runs that differ, nothing said about a
file that was not read, more than 2 s of processor time, or more than 512 MiB. One input of --each is linted in other
forms and orders too, mended, and written in all reports. The same seed makes the same inputs; --only lints one of them
again. Every escape is a line of escapes.jsonl in the folder --out, beside the input's files. Exits 1 if there is any;
"perhaps lost" is to be judged by a reader and does not count.
"""

from __future__ import annotations

import argparse
import collections
import gc
import json
import mmap
import os
import random
import re
import resource
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.fuzz_generated import generated
from bench.fuzz_inputs import Input, Seeds, mutated, seeds
from bench.fuzz_lint import escapes, peak, prepared
from bench.fuzz_losses import PERHAPS
from bench.fuzz_sweep import size, swept

BLOCK, GENERATED = 100, 15
"""Inputs that are made together, and how many of them are generated unless --generated says otherwise."""

A_PROCESS = 10_000
"""Inputs after which a process is ended."""

ADDRESSES = 4 * 2**30
"""The bytes of memory that a process may ask for."""

STUCK_AFTER = 60
"""Seconds of processor time without progress after which a process is ended: code in C does not hear of the limit."""

KEPT = 5
"""Inputs that are kept of those that escape in the same way."""


def block(known: Seeds, seed: int, number: int, many: int = GENERATED) -> Iterator[Input]:
    """The inputs of a block. many: how many of them are generated; the others are changed files."""
    yield from generated(many, seed * 1_000_003 + number)
    for index in range(many, BLOCK):
        yield mutated(known, random.Random(f"{seed}/{number * BLOCK + index}"))


def _block(known: Seeds, number: int, chosen: argparse.Namespace) -> Iterator[Input]:
    if chosen.sweep:  # The rules' examples with each part replaced in turn.
        return swept(chosen.seed, number * BLOCK, BLOCK)
    return block(known, chosen.seed, number, chosen.generated)


@dataclass
class Worker:
    """A process that lints some inputs. at: the index of the input that it is at."""

    process: int
    at: mmap.mmap
    end: int
    seen: int = -1
    since: float = 0

    @property
    def index(self) -> int:
        """The index of the input that the process is at."""
        return int(struct.unpack("q", self.at[:8])[0])

    @property
    def is_stuck(self) -> bool:
        """Whether the process has been at the same input for too long."""
        used = _processor_time(self.process)
        if self.index != self.seen:
            self.seen, self.since = self.index, used
        return used - self.since > STUCK_AFTER


def _processor_time(process: int) -> float:
    """The seconds of processor time that a process used; the time of day where the system does not tell."""
    try:
        said = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return time.monotonic()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _started(known: Seeds, start: int, end: int, chosen: argparse.Namespace) -> Worker:
    at = mmap.mmap(-1, 8)
    at[:8] = struct.pack("q", start)
    process = os.fork()
    if not process:
        code = 1
        try:
            _work(known, start, end, at, chosen)
            code = 0
        except Exception:
            traceback.print_exc(limit=-3)
        finally:
            os._exit(code)
    return Worker(process, at, end)


def _work(known: Seeds, start: int, end: int, at: mmap.mmap, chosen: argparse.Namespace) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        counts: collections.Counter[str] = collections.Counter()
        gc.collect()
        gc.freeze()
        gc.disable()  # It would take a third of the time: what was imported is looked at again and again.
        for number in range(start // BLOCK, (end - 1) // BLOCK + 1):
            for index, made in enumerate(_block(known, number, chosen), number * BLOCK):
                if start <= index < end:
                    at[:8] = struct.pack("q", index)
                    counts[made.kind] += 1
                    prepared(made, Path(folder))
                    chance = random.Random(f"{chosen.seed}/{index}/lint")
                    is_thorough = index % chosen.each == 0
                    for one in escapes(made, chance, chosen.sarif_schema, is_thorough=is_thorough):
                        _keep(chosen, index, made, one)
                    if index % 50 == 49:
                        gc.collect()
                    if index % 200 == 199:
                        _count(chosen, counts)
        _count(chosen, counts)
        os.chdir("/")


def _count(chosen: argparse.Namespace, counts: collections.Counter[str]) -> None:
    with (chosen.out / "counts.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"peak": round(peak()), "counts": counts}) + "\n")
    counts.clear()


def signature(why: str) -> str:
    """What escapes of the same cause have in common."""
    return re.sub(r"'[^']*'|[\d.]+ (s|MiB)$|(?<=^passed over: ).*| on \S+$", "…", why)[:100]


def _keep(chosen: argparse.Namespace, index: int, made: Input | None, why: str) -> None:
    """Write down an escape, and the input itself if there are few of this kind yet."""
    line = json.dumps({"index": index, "kind": made.kind if made else "", "why": why})
    log = chosen.out / "escapes.jsonl"
    known = log.read_text(encoding="utf-8") if log.exists() else ""
    with log.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    if made is None or known.count(json.dumps(signature(why))[1:40]) >= KEPT:
        return
    print(f"{index}: {made.kind}: {why!a}", flush=True)
    for name, data in made.files.items():
        path = chosen.out / str(index) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _run(known: Seeds, chosen: argparse.Namespace) -> None:
    waiting = [
        (start, min(start + A_PROCESS, chosen.inputs)) for start in range(chosen.start, chosen.inputs, A_PROCESS)
    ][::-1]
    running: list[Worker] = []
    while waiting or running:
        while waiting and len(running) < chosen.jobs:
            running.append(_started(known, *waiting.pop(), chosen))
        time.sleep(0.1)
        for one in list(running):
            if one.is_stuck:
                os.kill(one.process, 9)
            ended, status = os.waitpid(one.process, os.WNOHANG)
            if ended:
                running.remove(one)
                if status:
                    _keep(chosen, one.index, None, f"the process ended with status {status}")
                    waiting.append((one.index + 1, one.end))


def _summary(chosen: argparse.Namespace) -> int:
    counts: collections.Counter[str] = collections.Counter()
    most = 0
    for line in (chosen.out / "counts.jsonl").read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        counts.update(said["counts"])
        most = max(most, said["peak"])
    log = chosen.out / "escapes.jsonl"
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
    for what, many in collections.Counter(signature(one["why"]) for one in lines).most_common():
        print(f"{many:>6} × {what!a}")
    print(", ".join(f"{kind} {many}" for kind, many in counts.most_common()))
    escaped = [one for one in lines if not one["why"].startswith(PERHAPS)]
    print(f"{counts.total()} inputs with seed {chosen.seed}, {len(escaped)} escaped, at most {most} MiB")
    return len(escaped)


def main() -> None:
    """Lint the inputs and print what escapes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--inputs", type=int, default=2_000)
    options.add_argument("--start", type=int, default=0, help="the index of the first input: go on with a run")
    options.add_argument("--sweep", action="store_true", help="replace each part of each rule's examples in turn")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--each", type=int, default=1, help="one input of so many is linted in other forms too")
    options.add_argument(
        "--generated", type=int, default=GENERATED, help="how many of 100 inputs are generated, not changed"
    )
    options.add_argument("--only", type=int, help="the index of the one input to lint")
    options.add_argument("--sarif-schema", type=os.path.abspath, help="the file of SARIF's schema")
    options.add_argument("--out", type=Path, default=Path("fuzz-escapes"), help="the folder for inputs that escape")
    options.add_argument("paths", nargs="*", type=Path)
    chosen = options.parse_args()
    chosen.out = chosen.out.resolve()
    chosen.out.mkdir(parents=True, exist_ok=True)
    known = {} if chosen.sweep else seeds([path.resolve() for path in chosen.paths])
    if chosen.sweep:
        chosen.inputs = min(chosen.inputs, size(chosen.seed))
    if chosen.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            made = list(_block(known, chosen.only // BLOCK, chosen))[chosen.only % BLOCK]
            prepared(made, Path(folder))
            print("\n".join(escapes(made, random.Random(f"{chosen.seed}/{chosen.only}/lint"))) or "nothing escapes")
            os.chdir("/")
        return
    _run(known, chosen)
    sys.exit(bool(_summary(chosen)))


if __name__ == "__main__":
    main()
