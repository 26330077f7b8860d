"""Terraform's functions on numbers and on ranges of IP addresses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, TypeAlias

from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import NotKnownError, plains

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


def _log(number: float, base: float) -> float:
    logarithm = math.log(number) / math.log(base)
    # A power of the base has a whole logarithm, which a float may miss by a little.
    return round(logarithm) if math.isclose(logarithm, round(logarithm), abs_tol=1e-12) else logarithm


def _pow(base: float, exponent: float) -> float:
    power = base**exponent if abs(exponent) < 1000 and abs(base) < 1e9 else math.pow(base, exponent)
    if isinstance(power, complex) or abs(power) > 10**_LONGEST:
        raise NotKnownError("a number too large to follow")
    return power


def _range(*bounds: float) -> list[float]:
    start, end = (0, bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = bounds[2] if len(bounds) == 3 else 1 if start <= end else -1
    if len(bounds) > 3 or step == 0 or (step > 0) != (end >= start):
        raise ValueError("a range that does not end")
    if (end - start) / step > 1024:
        raise ValueError("more than Terraform allows")
    return [start + step * number for number in range(math.ceil((end - start) / step))]


def _sum(numbers: list[float]) -> float:
    if not numbers:
        raise ValueError("nothing to add")
    return sum(numbers)


NUMBERS: dict[str, Function] = plains(
    {
        "abs": ("number", abs),
        "ceil": ("number", math.ceil),
        "floor": ("number", math.floor),
        "log": ("number number", _log),
        "max": ("number*", lambda *numbers: max(numbers)),
        "min": ("number*", lambda *numbers: min(numbers)),
        "parseint": ("any whole", _parseint),
        "pow": ("number number", _pow),
        "range": ("number*", _range),
        "signum": ("whole", lambda number: (number > 0) - (number < 0)),
        "sum": ("numbers", _sum),
    }
)
"""The implementation of each function by name."""


def _network(text: str) -> Network:
    """A range in CIDR notation, with or without host bits. Raises ValueError for anything else."""
    from ipaddress import ip_network

    address, slash, length = text.partition("/")
    if not slash or not length.isascii() or not length.isdigit():
        raise ValueError("no range of addresses")
    if ":" not in address:
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
    if not 0 <= bits <= network.max_prefixlen or not 0 <= number < 2**bits:
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
        if bits < 1:
            raise ValueError("as large as the whole range")
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
