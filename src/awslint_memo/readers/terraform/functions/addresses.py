"""Terraform's functions on ranges of IP addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import plains

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    Network: TypeAlias = "IPv4Network | IPv6Network"


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
    found: list[str] = []
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
        found.append(str(_part(whole, length, start)))
        start += size
    return found


ADDRESSES: dict[str, Function] = plains(
    {
        "cidrhost": ("text whole", _host),
        "cidrnetmask": ("text", _netmask),
        "cidrsubnet": ("text whole whole", _subnet),
        "cidrsubnets": ("text whole*", _subnets),
    }
)
"""The implementation of each function by name."""
