# Short names for what CONTRIBUTING.md explains. `make check` is what .ci/run does, in the environment at hand.
.PHONY: check test lint docs bench

check: lint test

test:
	pytest

lint:
	ruff check .
	ruff format --check .
	mypy

docs:
	python -m awslint_memo.manual docs/rules
	python -m awslint_memo.memo docs/memo.md

bench:
	python bench/speed.py
