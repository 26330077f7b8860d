"""Keeps what goes wrong with one template from the others: exceptions, and what is too much to work out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from awslint_memo.judging.notices import internal_error
from awslint_memo.model.budget import budget
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Template


@contextmanager
def isolated(path: str, errors: list[Problem]) -> Iterator[None]:
    """Add an exception to the errors as one of this file, so that the run continues with the other files."""
    try:
        yield
    except Problem as problem:
        # What it was raised in has the errors, a circle that would stay until somebody looks for such.
        problem.__cause__ = problem.__context__ = None
        errors.append(problem.with_traceback(None))
    except Exception as error:
        errors.append(internal_error(error, path))


@contextmanager
def within_budget(templates: Sequence[Template], errors: list[Problem]) -> Iterator[None]:
    """Give templates a budget, and add an error of the first one's file for what it was not enough for."""
    with budget(sum(len(one.source.data) for one in templates)) as spent:
        yield
    errors += [Problem(one, templates[0].source.path, is_partial=True) for one in spent.sentences]
