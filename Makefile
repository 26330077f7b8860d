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
	python docs/generate.py

bench:
	python bench/speed.py
