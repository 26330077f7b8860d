"""Terraform's functions on numbers and on ranges of IP addresses."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.collections import Function, unknown
from awslint_memo.readers.terraform.exact_numbers import MOST, computed, number_in
from awslint_memo.readers.terraform.functions.arguments import plain, plains
from awslint_memo.readers.terraform.values import Between, NotKnownError, between

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    Network: TypeAlias = "IPv4Network | IPv6Network"


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

_LONGEST = 300
"""The most digits of a number that is followed."""


def _parseint(text: Any, base: int) -> int:
    if not isinstance(text, str) or not 2 <= base <= 62:
        raise ValueError("no text, or no base")
    digits = text[1:] if text[:1] in ("-", "+") else text
    if base <= 36:
        digits = digits.lower()
    if len(digits) > _LONGEST:
        raise NotKnownError("a number with many digits")
    worth = [_DIGITS.index(digit) for digit in digits]
    if not worth or max(worth) >= base:
        raise ValueError("a digit outside of the base")
    number = 0
    for one in worth:
        number = number * base + one
    return -number if text[0] == "-" else number


def _rounding(name: str, by: int, whole: Callable[[float], int]) -> Function:
    """`floor` or `ceil`, which know a number between two whole ones. by: what is added to the lower of them."""
    known = plain(name, "number", whole)

    def call(values: Sequence[Value], place: Place) -> Value:
        if len(values) == 1 and isinstance(values[0], Between):
            return Known(values[0].least + by, place)
        return known(values, place)

    return call


def _log(values: Sequence[Value], place: Place) -> Value:
    """A logarithm as far as its last digits don't count, which differ by the processor."""
    numbers = [number_in(value) for value in values]
    if len(numbers) != 2 or None in numbers:
        return unknown("log", values, place)
    number, base = (float(number or 0) for number in numbers)
    if number <= 0 or base <= 0 or base == 1:
        return unknown("log", values, place)
    logarithm = math.log(number) / math.log(base)
    if number in (1, base):
        return Known(int(logarithm), place)
    below = math.floor(logarithm)
    is_certain = 1e-9 < logarithm - below < 1 - 1e-9
    return between(below, place, *values) if is_certain else unknown("log", values, place)


def _pow(base: float, exponent: float) -> float:
    if not isinstance(base, int) or not isinstance(exponent, int) or not 0 <= exponent < _LONGEST or abs(base) >= MOST:
        raise NotKnownError("a number that is rounded")
    power: int = base**exponent
    if abs(power) > MOST:
        raise NotKnownError("a number that is rounded")
    return power


def _range(*bounds: float) -> list[float]:
    if not all(isinstance(bound, int) and abs(bound) < MOST for bound in bounds):
        raise NotKnownError("numbers that are not whole")
    start, end = (0, bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = bounds[2] if len(bounds) == 3 else 1 if start <= end else -1
    if len(bounds) > 3 or step == 0 or (step > 0) != (end >= start):
        raise ValueError("a range that does not end")
    numbers = range(int(start), int(end), int(step))
    if len(numbers) > 1024:
        raise ValueError("more than Terraform allows")
    return list(numbers)


def _sum(numbers: list[float]) -> float:
    total = None if not numbers else numbers[0]
    if total is None or None in numbers:
        raise ValueError("nothing to add")
    for number in numbers[1:]:
        result = computed("+", total, number)
        if not isinstance(result, (int, float)):
            raise NotKnownError("a number that is rounded")
        total = result
    return total


_NUMBERS: dict[str, Function] = plains(
    {
        "abs": ("number", abs),
        "max": ("number*", lambda *numbers: max(numbers)),
        "min": ("number*", lambda *numbers: min(numbers)),
        "parseint": ("any whole", _parseint),
        "pow": ("number number", _pow),
        "range": ("number*", _range),
        "signum": ("whole", lambda number: (number > 0) - (number < 0)),
        "sum": ("numbers", _sum),
    }
)

NUMBERS: dict[str, Function] = {
    **_NUMBERS,
    "ceil": _rounding("ceil", 1, math.ceil),
    "floor": _rounding("floor", 0, math.floor),
    "log": _log,
}
"""The implementation of each function by name."""


_VERSION_6 = regex(r"[0-9a-fA-F:]+")

_MOST_BITS = 32
"""So much longer cidrsubnets() makes a prefix at the most."""


def _network(text: str) -> Network:
    """A range in CIDR notation, with or without host bits. Raises ValueError for anything else."""
    from ipaddress import ip_network

    address, slash, length = text.partition("/")
    if not slash or not length.isascii() or not length.isdigit():
        raise ValueError("no range of addresses")
    if ":" in address and not _VERSION_6.fullmatch(address):
        raise NotKnownError("an address that is written in two ways")
    if ":" not in address:
        if not all(part.isascii() and part.isdigit() for part in address.split(".")):
            raise ValueError("no address")
        # Terraform takes leading zeros, as in older versions of Go.
        address = ".".join(str(int(part)) for part in address.split("."))
    return ip_network(f"{address}/{length}", strict=False)


def _host(prefix: str, number: int) -> str:
    network = _network(prefix)
    if not -network.num_addresses <= number < network.num_addresses:
        raise ValueError("no such address in the range")
    return str(network[number])


def _netmask(prefix: str) -> str:
    network = _network(prefix)
    if network.version != 4:
        raise ValueError("only version 4 has masks")
    return str(network.netmask)


def _subnet(prefix: str, bits: int, number: int) -> str:
    network = _network(prefix)
    if bits < 0 or number < 0:
        raise NotKnownError("numbers below zero")
    if bits > network.max_prefixlen or number >= 2**bits:
        raise ValueError("no such part of the range")
    return str(_part(network, network.prefixlen + bits, int(network.network_address), number))


def _part(network: Network, length: int, start: int, number: int = 0) -> Network:
    """The range of this prefix length that begins at, or `number` ranges after, the address `start`."""
    if length > network.max_prefixlen:
        raise ValueError("a range smaller than an address")
    return type(network)((start + number * 2 ** (network.max_prefixlen - length), length))


def _subnets(prefix: str, *all_bits: int) -> list[str]:
    whole = _network(prefix)
    subnets: list[str] = []
    start, end = int(whole.network_address), int(whole.broadcast_address)
    for bits in all_bits:
        if not 1 <= bits <= _MOST_BITS:
            raise ValueError("as large as the whole range, or much smaller")
        length = whole.prefixlen + bits
        size = 2 ** max(whole.max_prefixlen - length, 0)
        # Each range begins at a multiple of its size.
        start = -(-start // size) * size
        if start + size - 1 > end:
            raise ValueError("not enough addresses")
        subnets.append(str(_part(whole, length, start)))
        start += size
    return subnets


ADDRESSES: dict[str, Function] = plains(
    {
        "cidrhost": ("text whole", _host),
        "cidrnetmask": ("text", _netmask),
        "cidrsubnet": ("text whole whole", _subnet),
        "cidrsubnets": ("text whole*", _subnets),
    }
)
"""The implementation of each function by name."""
