"""How many processors this process may use at once, and how many processes can work for a command."""

from __future__ import annotations

import os
import sys

MOST = 8
"""Processes of one run."""

_QUOTA = "/sys/fs/cgroup/cpu.max"
_QUOTA_OF_V1 = "/sys/fs/cgroup/cpu/cpu.cfs_quota_us"
_PERIOD_OF_V1 = "/sys/fs/cgroup/cpu/cpu.cfs_period_us"
"""Where Linux says how many microseconds of how many a container may use.

https://docs.kernel.org/admin-guide/cgroup-v2.html (read on 2026-11-27)
"""


def processors() -> int:
    """Those of Linux that this process is bound to, as far as its container leaves them; 1 on other systems."""
    if sys.platform != "linux":
        return 1
    bound = len(os.sched_getaffinity(0))
    quota, _, period = (_read(_QUOTA) or f"{_read(_QUOTA_OF_V1)} {_read(_PERIOD_OF_V1)}").partition(" ")
    is_limited = quota.isdigit() and period.isdigit() and int(period) > 0
    return max(1, min(bound, int(quota) // int(period))) if is_limited else bound


def available() -> int:
    """How many processes can work at once for a command; 1 where a process can't be copied safely."""
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return 1
    return min(processors(), MOST)


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip()
    except (OSError, ValueError):
        return ""
