"""Terraform's words for CloudFormation's, a table per service. Names only; how they are read is in `readers/words`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from awslint_memo.readers.property_maps import Companion, TypeMap

TYPE_MAPS: dict[str, TypeMap] = {}
"""By Terraform type."""

COMPANIONS: dict[str, Companion] = {}
"""By Terraform type: resources that are a property of another in CloudFormation."""

SEVERAL: set[str] = set()
"""CloudFormation types that Terraform writes as several resources of another type."""

for _module in sorted(info.name for info in iter_modules(__path__)):
    _table = import_module(f"{__name__}.{_module}")
    TYPE_MAPS.update(_table.TYPE_MAPS)
    COMPANIONS.update(getattr(_table, "COMPANIONS", {}))
    SEVERAL.update(getattr(_table, "SEVERAL", ()))

LOOKED_AT = frozenset(
    (*(table.type for table in TYPE_MAPS.values()), *(table.type for table in COMPANIONS.values()), *SEVERAL)
)
"""The CloudFormation types that rules look at: each has a word in Terraform, or several."""
