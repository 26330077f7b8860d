"""Runs the command line for `python -m awslint_memo`."""

from awslint_memo.cli import main

if __name__ == "__main__":
    main(prog_name="awslint-memo")
