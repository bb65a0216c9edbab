"""A material must not go into itself, on whatever level."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", int, str)
Edge = tuple[Node, Node]  # material, component


def loops_through(
    edges: Iterable[Edge[Node]], asked: Iterable[Edge[Node]]
) -> dict[Edge[Node], list[Node]]:
    """For each edge of ``asked`` that lies on a loop, the shortest loop: [a, b, c, a].

    An edge from a to b lies on a loop when a can be reached from b. Nodes that are not on any
    loop are peeled off first, so that an innocent BOM costs one pass over its lines.
    """
    below: dict[Node, set[Node]] = defaultdict(set)
    for material, component in edges:
        below[material].add(component)
    core = _core(below)
    found = {}
    for material, component in asked:
        if material in core and component in core:
            way = _way(core, component, material)
            if way:
                found[material, component] = [material, *way]
    return found


def _core(below: Mapping[Node, set[Node]]) -> dict[Node, set[Node]]:
    """What is left when nodes with nothing below them are taken away, again and again."""
    above: dict[Node, set[Node]] = defaultdict(set)
    left = {}
    for material, components in below.items():
        left[material] = len(components)
        for component in components:
            above[component].add(material)
            left.setdefault(component, len(below.get(component, ())))
    ends = deque(node for node, count in left.items() if count == 0)
    gone = set()
    while ends:
        node = ends.popleft()
        gone.add(node)
        for material in above[node]:
            left[material] -= 1
            if left[material] == 0:
                ends.append(material)
    return {node: below[node] - gone for node in left if node not in gone}


def _way(below: Mapping[Node, set[Node]], start: Node, end: Node) -> list[Node]:
    """Shortest way down from start to end, both included; empty where there is none."""
    came: dict[Node, Node | None] = {start: None}
    open_nodes = deque([start])
    while open_nodes:
        node = open_nodes.popleft()
        if node == end:
            way: list[Node] = []
            step: Node | None = node
            while step is not None:
                way.append(step)
                step = came[step]
            return way[::-1]
        for component in sorted(below.get(node, ())):
            if component not in came:
                came[component] = node
                open_nodes.append(component)
    return []
