"""The option --color, and whether a terminal gets colours."""

from __future__ import annotations

import os
import sys

import click

color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="Whether to color the text.",
)  # fmt: skip


def wants_color(wish: str) -> bool:
    """Whether standard output gets colours. wish: the option's value."""
    if wish != "auto":
        return wish == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
