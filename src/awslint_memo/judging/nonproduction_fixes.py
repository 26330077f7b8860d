"""Which fixes are offered for what is of no production."""

from functools import lru_cache

from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace


@lru_cache(maxsize=4096)  # A resource has several findings, in the templates that nest it too.
def without_fix(finding: Finding, *, is_run: bool) -> Finding:
    """A finding of no production without a fix from which nobody gains: backups of a database of tests, say.

    is_run: whether people work with it as an environment, for which a fix that is safe stays.
    """
    if finding.fix is None or (is_run and not finding.fix.unsafe):
        return finding
    why = "a person should decide whether it is worth it in" if finding.fix.unsafe else "nobody gains from it in"
    return replace(finding, fix=None, unfixed=f"{why} {finding.no_production}")
