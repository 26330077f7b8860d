"""Adds to relations/cloudwatch/metrics.txt the metrics and dimensions that two public lists have and it lacks.

python -m bench.metrics METRICS.GO DB.JSON.GZ

METRICS.GO is pkg/cloudWatchConsts/metrics.go of github.com/grafana/grafana-aws-sdk, DB.JSON.GZ the file of this name in
the npm package @aws-cdk/aws-service-spec. Only names are taken, those of namespaces that metrics.txt has. A new metric
stands below "no unit" until somebody reads its unit on AWS's page. What only metrics.txt has is printed, and stays.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from awslint_memo.relations.cloudwatch import namespaces

FILE = Path(namespaces.__file__).with_name("metrics.txt")
NO_METRICS = frozenset(("PhoneNumberDirect",))
"""Names of sets of dimensions that one of the lists has among the metrics."""


def go_map(text: str, name: str) -> dict[str, set[str]]:
    """A map from texts to lists of texts that a Go program has in a variable."""
    body = text.partition(f"var {name} ")[2].partition("\n}")[0]
    lists = re.findall(r'\n\t"([^"]+)":\s*\{([^}]*)\}', body)
    return {key: set(re.findall(r'"([^"]+)"', held)) for key, held in lists}


def specified(path: Path) -> dict[str, set[str]]:
    """The metrics by namespace that the CDK's specification of services has."""
    found: dict[str, set[str]] = {}
    for metric in json.loads(gzip.decompress(path.read_bytes()))["schema"]["metric"]["entities"]:
        found.setdefault(metric["namespace"], set()).add(metric["name"])
    return found


def section(name: str, lines: list[str], metrics: set[str], dimensions: set[str]) -> Iterator[str]:
    """The lines of a namespace, with further metrics and dimensions."""
    known = namespaces.namespace(name)
    if known is None:
        raise SystemExit(f"{FILE.name} does not have {name}")
    yield name
    added: Mapping[str, set[str]] = {
        namespaces.NO_UNIT: metrics - known.metrics - NO_METRICS,
        "dimensions": set() if "dimensions" in known.settled else dimensions - known.dimensions,
    }
    entries = list(namespaces.entries(lines))
    missing = {key for key, names in added.items() if names} - {key for key, _ in entries}
    for key, names in [*entries, *((key, []) for key in sorted(missing))]:
        every = sorted({*names, *added[key]}) if key in added else names
        text = f"  {key}: {', '.join(every)}"
        yield from textwrap.wrap(text, 120, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    yield ""
    for key, new in sorted(added.items()):
        for word in sorted(new):
            print(f"{name}: {key} {word} is new")
    for word in sorted(known.metrics - metrics):
        print(f"{name}: {word} is in neither list")


def main(listed: Path, specification: Path) -> None:
    """Writes the file anew."""
    source, more = listed.read_text(encoding="utf-8"), specified(specification)
    metrics, dimensions = go_map(source, "NamespaceMetricsMap"), go_map(source, "NamespaceDimensionKeysMap")
    head = [line for line in FILE.read_text(encoding="utf-8").split("\n") if line.startswith("#")]
    lines = [*head, ""]
    for name in namespaces.names():
        both = metrics.get(name, set()) | more.get(name, set())
        lines += section(name, namespaces.lines(name), both, dimensions.get(name, set()))
    FILE.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
