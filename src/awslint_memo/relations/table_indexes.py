"""Amazon DynamoDB: global secondary indexes that take fewer writes than their table."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.dynamodb import DEFAULT_BILLING_MODE, GLOBAL_TABLE, scaling_targets, unscaled

_UNITS = "ProvisionedThroughput.WriteCapacityUnits"
_MOST_UNITS = "WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.MaxCapacity"


@record(frozen=True, eq=False)
class Narrow:
    """An index that takes fewer writes than its table.

    name: of the index. of_index, of_table: the values that say so. owner: the resource that has the first of them.
    """

    name: str
    owner: Resource
    of_index: Value
    of_table: Value


def narrow(table: Resource) -> Iterator[Narrow]:
    """The indexes that surely take fewer writes than their table, or that Auto Scaling takes to a lower limit."""
    if table.get("BillingMode", default=DEFAULT_BILLING_MODE).text != "PROVISIONED":
        return
    for one in (*_by_units(table), *_by_targets(table)):
        if one.of_table.number is not None and one.of_index.below(one.of_table.number):
            yield one


def _by_units(table: Resource) -> Iterator[Narrow]:
    """The indexes with their units, where nothing scales these; with the limits that a global table has for them."""
    is_global = table.type == GLOBAL_TABLE
    path = _MOST_UNITS if is_global else _UNITS
    capacities = () if is_global else unscaled(table)
    fixed = {capacity.index for capacity in capacities if capacity.what.startswith("writes")}
    for number, index in enumerate(table.get("GlobalSecondaryIndexes").items):
        name = index.get("IndexName")
        if is_global or number in fixed:
            yield Narrow(name.text or str(number + 1), table, index.get(path), table.get(path))


def _by_targets(table: Resource) -> Iterator[Narrow]:
    """The indexes with the limits of their targets, where the table has a target too."""
    targets = [(target, target.get("ScalableDimension").text) for target in scaling_targets(table)]
    of_table = [target for target, dimension in targets if dimension == "dynamodb:table:WriteCapacityUnits"]
    for target, dimension in targets if len(of_table) == 1 else ():
        if dimension == "dynamodb:index:WriteCapacityUnits":
            id_ = target.get("ResourceId")
            name = (id_.pieces[-1].text or "").rpartition("/")[2]
            yield Narrow(name or target.title, target, target.get("MaxCapacity"), of_table[0].get("MaxCapacity"))
