# Short names for what CONTRIBUTING.md explains. `make check release` is what .ci/run does, in the current environment.
.PHONY: check test release lint docs site fixtures bench facts module-facts pins owner

check: lint site test

test:
	pytest

release:
	pytest -m release

lint:
	ruff check .
	ruff format --check .
	mypy

docs:
	python docs/generate.py

# In an environment of its own, unless the current one has the generator.
site:
	@if python -c "import awslint_memo, zensical" 2>/dev/null; then \
		python docs/build_site.py; \
	else \
		test -x build/site/bin/python || python3 -m venv build/site; \
		build/site/bin/python -m pip install --quiet --disable-pip-version-check -e '.[docs]' && \
		build/site/bin/python docs/build_site.py; \
	fi

fixtures:
	python -m tests.fixture_outputs

bench:
	python -m bench.speed --growth

# What the installed cfn-lint and botocore have that nobody has looked at, and facts read long ago; a report, which never fails.
facts:
	python -m bench.facts

# What is known of public Terraform modules, from their repositories: docs/developing/module-facts.md.
module-facts:
	python -m bench.module_facts

# The libraries of the GitHub Action with their hashes; needs uv.
pins:
	uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-annotate --no-header --upgrade \
		pyproject.toml action/requirements.in --output-file action/requirements.txt
	uv pip compile --quiet --universal --python-version 3.13 --generate-hashes --no-annotate --no-header --upgrade \
		pyproject.toml action/requirements.in packaging/executable/requirements.in \
		--output-file packaging/executable/requirements.txt

# Whose repository this is, wherever an address needs it: make owner OWNER=acme.
owner:
	python -m bench.owner "$(OWNER)"
