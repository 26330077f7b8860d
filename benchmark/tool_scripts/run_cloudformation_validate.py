"""Prints in JSON what cloudformation-validate says of templates. Run by a Python that has it, with paths of templates.

usage: python run_cloudformation_validate.py TEMPLATE ...

The engine is the one with all of its rules.
"""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Print what is found in the templates that the arguments name."""
    from cloudformation_validate import CompositeEngine

    engine, found = CompositeEngine(), []
    for path in sys.argv[1:]:
        try:
            report = engine.validate_template(path)
        except Exception as error:
            print(f"{path}: {str(error)[:300]}", file=sys.stderr)
            continue
        for one in report.diagnostics:
            level = str(one.severity).rpartition(".")[2].lower()
            of = one.entity
            resource = of.logical_id if of is not None and str(of.entity_type).endswith("RESOURCE") else ""
            place = {"file": path, "line": one.start_line or 0, "resource": resource}
            found.append({**place, "rule": one.rule_id, "level": level, "message": one.message})
    print(json.dumps(found))


if __name__ == "__main__":
    main()
