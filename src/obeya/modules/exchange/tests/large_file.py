"""A file that goes in by parts, and a worker that takes some of them over."""

from collections.abc import Callable

from obeya.modules.exchange.models import ImportPart
from obeya.modules.exchange.tests.example_plant import Tables, add, put
from obeya.plant.log import runs

MATERIALS, STOCKED = 105, 55


def make_large(example: Tables, materials: int = MATERIALS, stocked: int = STOCKED) -> Tables:
    """So many materials more, so many of them in stock, and another name for the table.

    Six rows are in the plant already: 166 rows.
    """
    put(example, "Materials", 2, "name", "Round table")
    for n in range(materials):
        add(example, "Materials", code=f"X-{n:04}", name=f"screw {n}", kind="consumable")
    for n in range(stocked):
        add(example, "Stock", material=f"X-{n:04}", location="STORE", quantity=n + 1)
    return {name: example[name] for name in ("Materials", "Stock")}


def work(parts: int) -> None:
    """A worker takes so many parts over, and shuts down."""
    run = runs.lease()
    assert run is not None
    runs.execute(run, _after(parts))


def _after(parts: int) -> Callable[[], bool]:
    asked = iter(range(parts))
    return lambda: next(asked, None) is None


def taken() -> list[tuple[str, int]]:
    parts = ImportPart.objects.exclude(taken_at=None).order_by("place")
    return [(each.sheet, each.count) for each in parts]
