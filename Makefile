# Short names for what CONTRIBUTING.md explains. `make check` is what .ci/run does, in the current environment.
.PHONY: check test lint docs fixtures bench

check: lint test

test:
	pytest

lint:
	ruff check .
	ruff format --check .
	mypy

docs:
	python docs/generate.py

fixtures:
	python -m tests.fixture_outputs

bench:
	python -m bench.speed --growth
