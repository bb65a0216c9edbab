"""Trees as a mapping from each node to the one above it."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def loops(above: Mapping[Node, Node]) -> dict[Node, list[Node]]:
    """Every node that stands above itself, with its loop: [a, b, a]."""
    found: dict[Node, list[Node]] = {}
    done: set[Node] = set()
    for start in above:
        way: list[Node] = []
        node: Node | None = start
        while node is not None and node not in done and node not in way:
            way.append(node)
            node = above.get(node)
        if node is not None and node in way:
            ring = way[way.index(node) :]
            for place, each in enumerate(ring):
                found[each] = [*ring[place:], *ring[:place], each]
        done.update(way)
    return found


def ways(above: Mapping[Node, Node]) -> dict[Node, list[Node]]:
    """From the root down to each node, itself included. The tree must have no loop."""
    found: dict[Node, list[Node]] = {}
    for start in [*above, *above.values()]:
        open_nodes = [start]
        while open_nodes:
            node = open_nodes[-1]
            parent = above.get(node)
            if node in found:
                open_nodes.pop()
            elif parent is None or parent in found:
                found[node] = [*(found[parent] if parent is not None else []), node]
                open_nodes.pop()
            else:
                open_nodes.append(parent)
    return found
