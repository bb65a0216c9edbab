"""Four-level plants whose exact net requirements are published beside them."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from obeya.engines.mrp import Component, ExplosionProblem, Gross, MaterialRule, Supply, explode

ONE = 1_000_000


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("size", ["S", "M", pytest.param("L", marks=pytest.mark.slow)])
def test_net_requirements_equal_the_published_key(shared_folder: Path, size: str):
    folder = shared_folder / "plants" / "synthetic" / size
    items = read(folder / "items.csv")
    at = {row["item"]: i for i, row in enumerate(items)}
    components: dict[str, list[Component]] = {}
    for row in read(folder / "bom.csv"):
        line = Component(at[row["component"]], int(row["qty_per"]) * ONE)
        components.setdefault(row["parent"], []).append(line)
    problem = ExplosionProblem(
        tuple(
            MaterialRule(row["kind"] == "make", components=tuple(components.get(row["item"], ())))
            for row in items
        ),
        tuple(
            Gross(at[row["item"]], int(row["qty"]) * ONE, due=int(row["due"].replace("-", "")))
            for row in read(folder / "demand.csv")
        ),
        tuple(
            Supply(i, int(row["on_hand"]) * ONE, available=0)
            for i, row in enumerate(items)
            if int(row["on_hand"])
        ),
    )

    answer = explode(problem)

    net: Counter[int] = Counter()
    for order in answer.orders:
        net[order.material] += order.quantity
    key = {row["item"]: int(row["net"]) for row in read(folder / "expected_net.csv")}
    assert {item: net[i] // ONE for item, i in at.items()} == key
