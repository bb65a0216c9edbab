"""Low-level codes: the deepest level at which a material is used (APICS)."""

from collections.abc import Sequence

from obeya.engines.mrp.explosion import CircularBom, MaterialRule


def low_level_order(materials: Sequence[MaterialRule]) -> list[int]:
    """Materials in an order in which every parent stands before its components.

    Kahn's algorithm over the BOM; equal levels keep the order of their indices, so that equal
    input gives equal plans. O(materials + BOM lines).

    Raises
    ------
    CircularBom
        If a material contains itself, at any depth.
    """
    used_in = [0] * len(materials)
    children = [sorted({c.material for c in rule.components}) for rule in materials]
    for row in children:
        for child in row:
            used_in[child] += 1
    level = [m for m, count in enumerate(used_in) if count == 0]
    order: list[int] = []
    while level:
        order += level
        below: list[int] = []
        for material in level:
            for child in children[material]:
                used_in[child] -= 1
                if used_in[child] == 0:
                    below.append(child)
        level = sorted(below)
    if len(order) < len(materials):
        raise CircularBom(_loop(children, left={m for m, count in enumerate(used_in) if count}))
    return order


def _loop(children: list[list[int]], left: set[int]) -> list[int]:
    """One loop among the materials that never became free.

    Each of them is used by another of them, so walking upwards must meet itself; walking
    downwards could run out into an innocent leaf.
    """
    parents: dict[int, int] = {}
    for parent in sorted(left):
        for child in children[parent]:
            if child in left:
                parents.setdefault(child, parent)
    seen: list[int] = []
    at = min(left)
    while at not in seen:
        seen.append(at)
        at = parents[at]
    upwards = [*seen[seen.index(at) :], at]
    return upwards[::-1]
