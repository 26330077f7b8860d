"""Findings by default values of a Terraform module that never apply, since all of its callers in the run set others, or
all units of Terragrunt that use it by its address.

A module with the configuration of a provider is judged as a root too, as somebody may deploy it by itself.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Template


def unless_set_by_callers(
    findings: Sequence[Finding], template: Template, options: CheckOptions, files: Files
) -> list[Finding]:
    """The findings of a Terraform template, as ones that files replace those by a default that each caller replaces."""
    is_asked = options.declared.environments and not options.is_exact and any(one.defaults for one in findings)
    called = _set(template, options, files) if is_asked else ()
    units = _set_by_units(template, files) if is_asked else ()
    for names, who in ((called, "each module call"), (units, "each unit of Terragrunt that uses the module")):
        findings = [_unless(finding, names, who, options) for finding in findings] if names else findings
    return [*findings]


def _set_by_units(template: Template, files: Files) -> Collection[str]:
    """The variables of a module that each unit sets which uses it by its address."""
    from awslint_memo.judging.terragrunt_addresses import set_by_units
    from awslint_memo.readers.terraform.roots import TerraformDirectory

    if not isinstance(template, TerraformDirectory):
        return ()
    return set_by_units(os.path.dirname(os.path.abspath(template.source.path)), files)


def _set(template: Template, options: CheckOptions, files: Files) -> Collection[str]:
    """The variables of a module that each call sets; none where all of the calls are in folders of samples, as what
    these show is called from elsewhere."""
    from awslint_memo.readers.terraform.roots import TerraformDirectory

    if not isinstance(template, TerraformDirectory):
        return ()
    from awslint_memo.judging.environment_folders import sample_folder

    paths = [caller.source.path for caller in template.callers]
    shown = (sample_folder(path, files.root_above(path), options.declared) for path in paths)
    return () if None not in shown else template.set_by_callers


def _unless(finding: Finding, names: Collection[str], who: str, options: CheckOptions) -> Finding:
    """A finding, as one that files replace if it is by a default of one of these names. who: sets them."""
    name = next((name for name in finding.defaults if name in names), None)
    if name is None or finding.is_given or finding.rule in options.locked:
        return finding
    because = f"by its default, while {who} sets {name}"
    lowered = finding.level or "warning", f"the default of {name}"
    return replace(finding.as_advice(because), lowered=lowered, is_given=True)
