"""Facts about CodeArtifact."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.fact import Fact

CONNECTIONS: Fact[Mapping[str, str]] = Fact(
    {"gradle": "public:maven", "mvn": "public:maven", "npm": "public:npmjs", "pip": "public:pypi"},
    page="codeartifact/latest/APIReference/API_AssociateExternalConnection.html",
    read="2026-11-26",
)
"""How the external connections begin that hold packages for a tool, by the tool's program."""
