"""An order of ten chairs as it was made before Obeya, and the plant that made it."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from obeya.modules.production.public import PastJob, PastOrder, PastSpan, PastUse, take_over_orders
from obeya.plant.ledgers.models import StockBalance
from obeya.plant.log import clock
from obeya.testing import a_plant

SIX = datetime(2026, 11, 23, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = SIX + 48 * HOUR


GLUED = PastJob(
    operation=10,
    planned_start_at=SIX,
    planned_end_at=SIX + 3 * HOUR,
    equipment="BENCH-1",
    began_at=SIX + HOUR,
    ended_at=SIX + 4 * HOUR,
    good=Decimal(9),
    scrap=Decimal(1),
    scrap_reason="SPLIT",
    spans=(
        PastSpan("setup", SIX + HOUR, SIX + HOUR * 1.5),
        PastSpan("run", SIX + HOUR * 1.5, SIX + 3 * HOUR),
        PastSpan("down", SIX + 3 * HOUR, SIX + HOUR * 3.25, "GLUE DRY"),
        PastSpan("run", SIX + HOUR * 3.25, SIX + 4 * HOUR),
    ),
    uses=(PastUse("LEG", Decimal(40)),),
)
POLISHED = PastJob(
    operation=20,
    planned_start_at=SIX + 3 * HOUR,
    planned_end_at=SIX + 5 * HOUR,
    equipment="BENCH-2",
    began_at=SIX + 5 * HOUR,
    ended_at=SIX + 6 * HOUR,
    good=Decimal(9),
    spans=(PastSpan("run", SIX + 5 * HOUR, SIX + 6 * HOUR),),
)
ORDER = PastOrder(
    material="CHAIR",
    quantity=Decimal(10),
    due_at=SIX + 24 * HOUR,
    released_at=SIX,
    jobs=(GLUED, POLISHED),
    needs=(PastUse("LEG", Decimal(40)),),
)
UNDER_WAY = replace(
    POLISHED, ended_at=None, good=Decimal(0), spans=(PastSpan("run", SIX + 5 * HOUR),)
)
NOT_BEGUN = replace(POLISHED, equipment="", began_at=None, ended_at=None, good=Decimal(0), spans=())


@contextmanager
def a_joinery():
    """Chairs of four legs: glued on BENCH-1, polished on BENCH-2; fifty legs lie in STORE."""
    with clock.held_at(SIX - 24 * HOUR):
        made = (
            a_plant("JOI")
            .with_calendar("ALWAYS", always_open=True)
            .with_machine("BENCH-1", "BENCH-2", calendar="ALWAYS")
            .with_storage("STORE")
            .with_material("CHAIR", kind="finished", storage="STORE")
            .with_material("LEG", kind="purchased", policy="buy", storage="STORE")
            .with_bom("CHAIR", {"LEG": 4})
            .with_operation("CHAIR", 10, on="BENCH-1", run_s=600, setup_min=20, name="Glue")
            .with_operation("CHAIR", 20, on="BENCH-2", run_s=300, name="Polish")
            .with_stock("LEG", 50, at="STORE")
            .with_reason("down", "GLUE DRY")
            .with_reason("scrap", "SPLIT")
        )
    with clock.held_at(NOW):
        yield made


def take_over(plant, *rows):
    return take_over_orders(site=plant.site, rows=rows, by=plant.by)


def held():
    return dict(StockBalance.objects.values_list("material__code", "quantity"))
