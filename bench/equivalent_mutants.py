"""Changes to rules that can't be noticed, because the changed rule reports the same; by rule, with the reason.

A change stands here as the bench prints it. Where the condition could be left out, it is left out instead.
"""

from __future__ import annotations

from collections.abc import Mapping

EQUIVALENT: Mapping[str, Mapping[str, str]] = {
    "backup-expires-early": {
        "0 < seconds < gap  ->  1 < seconds < gap": "Backups are kept for whole days.",
    },
}
