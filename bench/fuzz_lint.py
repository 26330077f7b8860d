"""Lints one input of the fuzzing in this process, and says why the outcome is not acceptable."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from bench.fuzz_fixing import unfixed
from bench.fuzz_forms import differences
from bench.fuzz_inputs import Input
from bench.fuzz_losses import losses
from tests.reporters.syntax import check_syntax

from awslint_memo import api, reporters
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.report import Report
from awslint_memo.manual import rule_list
from awslint_memo.manual.page import Page
from awslint_memo.model.span import Problem
from awslint_memo.reporters import REPORTERS, Look, answers
from awslint_memo.reporters.page_text import example_output, page_text
from awslint_memo.reporters.text import errors

SECONDS = 2
"""More processor time than this for one run is an escape."""

STOPPED_AFTER = 15
"""The seconds of processor time after which an input is given up."""

MIBIBYTES = 512
"""More memory than this is an escape."""

TWICE, VALIDATED, ASKED, FIXED, LISTED = 20, 10, 3, 5, 100
"""One input of so many is linted again; has all reports, which are compared with their schemas; is asked why a rule
says what it says; is mended; is followed by the list of rules and a rule's page."""

_RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOR = re.compile(r"\x1b\[[\d;]*m")
_SCHEMA = Path(reporters.__file__).parent / "report.schema.json"


class TookTooLong(BaseException):
    """An input was given up. No handler of exceptions in the code takes it."""


def prepared(made: Input, folder: Path) -> None:
    """Write the files of an input into an empty folder."""
    for old in folder.iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    for name, data in made.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def escapes(
    made: Input, chance: random.Random, sarif_schema: str | None = None, *, is_thorough: bool = True
) -> list[str]:
    """What is not acceptable in linting an input, whose files are in the working folder; empty if all is well.

    is_thorough: whether it is linted in other forms too, and some inputs again, with fixes, and in all reports.
    """
    with _limited():
        try:
            _forget_peak()
            before = time.process_time()
            report = _lint(made)
            is_whole = is_thorough and chance.randrange(VALIDATED) == 0
            found = [] if report is None else [*_wrong(report), *_unwritable(report, chance, sarif_schema, is_whole)]
            seconds = time.process_time() - before
            found += [f"slow: {seconds:.1f} s"] if seconds > SECONDS else []
            found += [] if report is None else losses(report, made)
            found += _thorough(made, report, chance) if is_thorough else []
        except TookTooLong:
            return [f"slow: more than {STOPPED_AFTER} s"]
        except Exception as error:
            return [_described(error)]
    memory = peak()
    return found + ([f"memory: {memory:.0f} MiB"] if memory > MIBIBYTES else [])


def _thorough(made: Input, report: Report | None, chance: random.Random) -> Iterator[str]:
    """What is not acceptable in other forms of an input, in linting it again, or in other commands."""
    if chance.randrange(ASKED) == 0:
        yield from _explained(made, chance)
    if chance.randrange(LISTED) == 0:
        yield from _manual(chance)
    if report is not None:
        if chance.randrange(TWICE) == 0:
            yield from _differs(report, made)
        yield from (*_both_forms(report, made), *differences(report, made))
        if chance.randrange(FIXED) == 0:
            yield from unfixed(made, report, chance)


def _lint(made: Input) -> Report | None:
    """The report of a run; None if the settings can't be used, which is an answer too."""
    try:
        return api.lint(made.named, advice=True, profile="all", coverage=True, **made.options)
    except (Problem, LookupError) as problem:
        if isinstance(problem, (KeyError, IndexError)) or not str(problem) or not _is_about_settings(made):
            raise
        return None


def _is_about_settings(made: Input) -> bool:
    return made.kind in ("settings", "parameters", "tfvars", "tfvars.json")


def _wrong(report: Report) -> Iterator[str]:
    for one in report.findings:
        if one.rule == INTERNAL_ERROR:
            yield f"internal error: {one.message}"
    for problem in report.errors:
        if "internal error" in problem.message or "mistake of" in problem.message or not problem.message:
            yield f"internal error: {problem.message}"
    if not (report.files or report.errors or report.notices or report.exit_code):
        yield "silent: nothing was read, and nothing says so"


def _unwritable(report: Report, chance: random.Random, sarif_schema: str | None, is_whole: bool) -> Iterator[str]:
    for name in REPORTERS if is_whole else [chance.choice(list(REPORTERS))]:
        look = Look(color=chance.random() < 0.3, verbose=chance.random() < 0.5, statistics=chance.random() < 0.5)
        text = REPORTERS[name](report, look)
        raw = _RAW.search(_COLOR.sub("", text) if look.color else text)
        if raw is not None:
            yield f"raw {raw[0]!r} in {name}"
        if name == "text":
            raw = _RAW.search(errors(report, Look()))
            if raw is not None:
                yield f"raw {raw[0]!r} in the errors"
        data = check_syntax(name, _COLOR.sub("", text) if look.color else text)
        schema = {"json": str(_SCHEMA), "sarif": sarif_schema}.get(name)
        if is_whole and schema is not None:
            yield from (f"invalid {name}: {one.message[:100]}" for one in _validator(schema)(data))


@cache
def _validator(path: str) -> Callable[[Any], Iterator[Any]]:
    from jsonschema.validators import validator_for

    schema = json.loads(Path(path).read_text(encoding="utf-8"))
    made: Callable[[Any], Iterator[Any]] = validator_for(schema)(schema).iter_errors
    return made


def _explained(made: Input, chance: random.Random) -> Iterator[str]:
    rule = chance.choice(sorted(api.rules()))
    try:
        verdicts = api.why(rule, "*", made.named, **made.options)
    except (Problem, LookupError) as problem:
        if isinstance(problem, (KeyError, IndexError)) or not str(problem):
            yield f"why: {_described(problem)}"
        return
    for form, write in answers.WHY_FORMS.items():
        text = write(verdicts)
        if _RAW.search(text) is not None:
            yield "raw character in why"
        if form == "json":
            json.loads(text)


def _manual(chance: random.Random) -> Iterator[str]:
    """Whether what is said about the rules is what was said before the first input."""
    for name, text in _lists().items():
        if rule_list.FORMS[name](api.rules().values()) != text:
            yield f"different: the list of rules as {name}"
    rule = api.rules()[chance.choice(sorted(api.rules()))]
    page = page_text(Page(rule, example_output))
    if _RAW.search(page) is not None or _pages().setdefault(rule.id, page) != page:
        yield f"different: the page of {rule.id}"


@cache
def _lists() -> dict[str, str]:
    return {name: write(api.rules().values()) for name, write in rule_list.FORMS.items()}


@cache
def _pages() -> dict[str, str]:
    return {}


def _differs(report: Report, made: Input) -> Iterator[str]:
    again = _lint(made)
    if again is None or _json(report) != _json(again):
        yield "different: two runs of the same input"


def _both_forms(report: Report, made: Input) -> Iterator[str]:
    """Whether a template that is given in two forms gets the same findings in both."""
    other = next((name for name in made.files if name not in made.named), None)
    if made.kind == "generated template" and other is not None and made.named:
        again = api.lint([other], advice=True, profile="all")
        one, two = ({(one.rule, one.level, one.resource) for one in made_.findings} for made_ in (report, again))
        if one != two or len(report.errors) != len(again.errors):
            yield f"different: in YAML and JSON: {sorted(one ^ two)}"


def _json(report: Report) -> str:
    return REPORTERS["json"](report, Look())


def _described(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = next((one for one in reversed(frames) if "awslint_memo" in one.filename), frames[-1])
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {str(error)[:120]}"


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TookTooLong

    old = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, STOPPED_AFTER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)


def _forget_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """The most memory of this process since the last input began, in MiB; 0 where the system does not tell."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0
