"""Makes the instances of a block of a module."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.instances import Call, Instance
from awslint_memo.readers.terraform.providers import Calling, default_tags, region
from awslint_memo.readers.terraform.repetition import InstanceKey, times
from awslint_memo.readers.terraform.scope import ModuleScope


class Repeating(Calling, Protocol):
    """The part of a module's interface that its instances are made of."""

    @property
    def prefix(self) -> str:
        """What is put before the addresses in it."""

    @property
    def copies(self) -> Value | None:
        """The number of instances of the module, if this one represents all of them."""

    @property
    def call(self) -> Call | None:
        """For a downloaded module, the call that brings it in."""


def instance_of(
    module: Repeating, block: Block, key: InstanceKey, read: Callable[[Block, str, ModuleScope, str], Value]
) -> Instance:
    """An instance of a block. read: evaluates an argument of the block, of the instance with an address."""
    address = f"{module.prefix}{block.name}{key.suffix}"
    reading = partial(read, block, address, module.scope.within(key.names))
    arguments = block.arguments
    return Instance(
        address,
        block.labels[0],
        block.place,
        reading,
        copies=times(module.copies, key.copies, block.place),
        note=block.note,
        region=region(module, block, reading),
        default_tags=partial(default_tags, module, block),
        call=module.call,
        written=arguments,
        is_all_written="dynamic" not in arguments,
    )
