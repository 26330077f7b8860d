"""The program in which Graphviz works: it takes what to lay out, a line of JSON each, and prints the places.

It is a process of its own, since Graphviz ends its process where it meets a mistake of its own. It needs nothing of
this package, and is started by its path.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_INCH = 72


def placed(task: Mapping[str, Any]) -> Any:
    """What Graphviz makes of some boxes, lines and frames, in its own JSON."""
    import pygraphviz

    graph = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", nodesep="0.25", ranksep="0.55", pad="0")
    for number, (width, height, _) in enumerate(task["boxes"]):
        size = {"width": f"{width / _INCH:.4f}", "height": f"{height / _INCH:.4f}"}
        graph.add_node(f"n{number}", shape="box", fixedsize="true", label="", **size)
    for number, (source, target, width, height) in enumerate(task["lines"]):
        more = {"label": _room(width, height)} if width and task["labels"] else {}
        graph.add_edge(f"n{source}", f"n{target}", key=f"e{number}", id=str(number), **more)
    _frame(graph, None, task["boxes"], task["frames"])
    return json.loads(graph.draw(format="json0", prog="dot"))


def _room(width: float, height: float) -> str:
    """A label that is only as large as one."""
    cell = "<TR><TD></TD></TR>"
    return f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{height:.0f}">{cell}</TABLE>>'


def _frame(graph: Any, parent: int | None, boxes: Sequence[Any], frames: Sequence[Any]) -> None:
    for number, (width, above) in enumerate(frames):
        if above == parent:
            # Graphviz takes a node into a part of a graph only if the graph around it has it already.
            inside = [f"n{index}" for index, box in enumerate(boxes) if number in _around(box[2], frames)]
            subgraph = graph.add_subgraph(
                inside, name=f"cluster_{number}", label=_room(width, 14), labeljust="l", margin="10"
            )
            _frame(subgraph, number, boxes, frames)


def _around(number: int | None, frames: Sequence[Any]) -> Iterator[int]:
    while number is not None:
        yield number
        number = frames[number][1]


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(placed(json.loads(line))) + "\n")
        sys.stdout.flush()
