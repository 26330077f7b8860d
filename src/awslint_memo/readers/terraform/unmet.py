"""What a root module asks for and surely does not get, as far as only its text and the files beside it tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.terraform.dead_comparisons import dead_comparisons
from awslint_memo.readers.terraform.misspelt_variables import misspelt_variables
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.remote_outputs import missing_outputs
from awslint_memo.readers.terraform.unprotected import unprotected_in_production
from awslint_memo.readers.terraform.unread_inputs import unread_inputs

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.environments import Environments


def unmet(module: Module, environments: Callable[[], Environments | None]) -> Iterator[Unmet]:
    """What a root module and those that it calls ask for, and do not get. environments: see `dead_comparisons`."""
    yield from dead_comparisons(module, environments)
    yield from misspelt_variables(module)
    yield from unread_inputs(module)
    yield from missing_outputs(module)
    yield from unprotected_in_production(module, environments)
