"""`python -m awslint_memo` is the command line."""

from awslint_memo.cli import main

if __name__ == "__main__":
    main(prog_name="awslint-memo")
