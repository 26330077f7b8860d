"""Tables of Terraform's types and arguments for CloudFormation's, one module per service; see `property_maps`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from awslint_memo.readers.property_maps import Companion, TypeMap

TYPE_MAPS: dict[str, TypeMap] = {}
"""The equivalent of a Terraform type in CloudFormation, by Terraform type."""

COMPANIONS: dict[str, Companion] = {}
"""Terraform types that are properties of another resource in CloudFormation."""

SEVERAL: set[str] = set()
"""CloudFormation types without a single equivalent type in Terraform: several resources, or a block."""

for _module in sorted(info.name for info in iter_modules(__path__)):
    _table = import_module(f"{__name__}.{_module}")
    TYPE_MAPS.update(_table.TYPE_MAPS)
    COMPANIONS.update(getattr(_table, "COMPANIONS", {}))
    SEVERAL.update(getattr(_table, "SEVERAL", ()))
