"""What the executable runs."""

from awslint_memo.__main__ import run

run()
