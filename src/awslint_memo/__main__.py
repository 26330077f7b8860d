"""The entry of the console command and of `python -m awslint_memo`: whatever ends a run, it ends without a traceback.

The first lines decide what Ctrl-C does, so nothing is imported before them that takes time.
"""

import gc
import os
import sys


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # It is gone.
        return ""


if __name__ == "__main__" and (sys.path[0] == "" or os.path.realpath(sys.path[0]) == _here()):
    # `python -m` looks for modules in the working folder first, which may be a stranger's repository.
    del sys.path[0]

import signal  # noqa: E402

_COLLECTED_AFTER = 200_000
"""The number of new objects after which garbage is looked for: in most templates never, but once each is judged."""

_YOUNG = 50
"""How often only the newest ones are looked at before those that were kept then: nearly all are kept to the end."""


def _stop(number: int, _: object) -> None:
    signal.signal(number, signal.SIG_DFL)  # The second one ends at once.
    raise SystemExit(128 + number)


def run() -> None:
    """Run the command line of this process. Exits with 130 for Ctrl-C, 143 for a request to end, 2 for an error."""
    gc.disable()  # What is read is kept, so looking for garbage among it took a third of the time.
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
            signal.signal(number, _stop)
    _open_standard_streams()
    if sys.stdout is None:
        _fail("standard output is closed; nothing can be shown")
    try:
        from awslint_memo.files.compiled import OwnModules

        OwnModules.use()
        from awslint_memo.cli import plain

        plain.run(sys.argv[1:], _collect_again)
        from awslint_memo.model.lazy import compiled_late

        with compiled_late("click", "gettext", "locale", "platform", "tokenize"):  # What click imports.
            from awslint_memo.cli import main

        main(prog_name="awslint-memo", obj=_collect_again)
    except SystemExit as end:
        _end(end.code)
        raise
    except OSError as error:  # of --help and --version; the commands have a sentence for theirs
        _fail(f"the output could not be written: {(error.strerror or str(error)).lower()}")
    except Exception as error:
        _fail(f"internal error: {type(error).__name__}: {error}; please report it")


def _collect_again() -> None:
    """Look for garbage from now on, but not among what there is; a deployment that was judged has some MB of it."""
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER, _YOUNG, 10)
    gc.enable()


def _end(code: object) -> None:
    """End at once where all is written: to free each of a run's objects takes a tenth of its time."""
    if not isinstance(code, int):
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):  # Python itself says so.
        return
    os._exit(code)


def _open_standard_streams() -> None:
    """Give a stream that is closed to nothing, so that no file of the run gets its number and is written to."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)


def _fail(sentence: str) -> None:
    from awslint_memo.files.process import discard_output

    discard_output(sys.stdout)
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"{sentence}\n")
            sys.stderr.flush()
    except OSError:  # Standard error is full too, so only the exit code tells.
        discard_output(sys.stderr)
    raise SystemExit(2)


if __name__ == "__main__":
    run()
