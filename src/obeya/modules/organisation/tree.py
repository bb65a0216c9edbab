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
