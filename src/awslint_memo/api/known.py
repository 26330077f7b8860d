"""All rules that a run may apply."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from awslint_memo.files.rule_files import rule_packages
from awslint_memo.judging.rule import Rule


def rules(folders: Sequence[str] = ()) -> Mapping[str, Rule]:
    """All rules by id: ours, those of installed packages and those in `folders`, and those about suppressions.

    Raises Problem for a rule file that can't be loaded.
    """
    from awslint_memo.judging import registry
    from awslint_memo.judging.suppression_rules import ENGINE_RULES

    named = dict.fromkeys(os.path.abspath(folder) for folder in (*rule_packages(), *folders))
    return {**registry.rules(tuple(named)), **ENGINE_RULES}
