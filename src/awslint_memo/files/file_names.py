"""The names of the files that a search of folders looks at."""

from __future__ import annotations

SUFFIXES = (
    *(".yaml", ".yml", ".json", ".template", ".tf", ".tofu"),
    *("terragrunt.hcl", ".tfcomponent.hcl", ".tfdeploy.hcl"),
)

STATE = ".tfstate"
"""The ending of states of Terraform, which a walk meets too."""

SELDOM = (".txt", ".cfn")
"""The endings of files that a template may have, and most of which are something else."""

RENDERED = (
    *(".j2", ".jinja", ".jinja2", ".njk", ".mustache", ".hbs", ".ejs", ".erb", ".tpl", ".tmpl", ".gotmpl"),
    ".snap",
)
"""The endings of files from which templates are rendered, and of snapshots of tests, which are not read."""

PROGRAMS = frozenset(
    (
        *("serverless.ts", "serverless.js", "sst.config.ts", "sst.config.js", "sst.config.mjs", "backend.ts"),
        ".workspace",
    )
)
"""Files of tools that make infrastructure by programs, which are not read."""

_OF_TERRAFORM = (".tf", ".tofu", ".tf.json", ".tofu.json")


def may_be_read(name: str) -> bool:
    """Whether a file of this name is read."""
    # Terraform passes over hidden files, which editors write beside the one that is open.
    return name.lower().endswith((*SUFFIXES, STATE, *SELDOM)) and not (
        name.startswith(".") and name.endswith(_OF_TERRAFORM)
    )
