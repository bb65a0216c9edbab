"""What the plan proposes to buy is ordered by the buyer through the doors, and comes."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from obeya.config.plant_of_truth import let_in
from obeya.modules.planning.explosion_run import plan_requirements
from obeya.plant.ledgers.models import StockBalance, StockMove
from obeya.plant.log import clock, verify
from obeya.plant.log.access.actions import renew_shipped_roles
from obeya.plant.log.demo_clock import set_demo_clock
from obeya.plant.log.models import OperationsEvent, Run
from obeya.plant.work.models import SupplyOrder
from obeya.testing import a_plant
from tests.plant_of_truth.conftest import MONDAY, Demo

pytestmark = pytest.mark.django_db
NINE = MONDAY.replace(hour=9)  # UTC, when the buyer comes
WANTED = datetime(2026, 12, 21, 5, tzinfo=UTC)  # in four weeks
LEGS_ON = datetime(2026, 12, 7, 9, tzinfo=UTC)  # a week before they must be ordered


def first_of(day):
    """The number of the first line that is ordered on this day."""
    return f"PB-{(day.date() - date(1970, 1, 1)).days}-1/1"


@pytest.fixture
def chairs(nothing):
    """Twelve chairs are wanted in four weeks. Five cushions lie there, and no leg of the four of
    each; cushions take 25 days and must be ordered within a week, legs take seven and can wait.
    """
    bought = {"kind": "purchased", "policy": "buy", "supplier": "HALDEN", "storage": "STORE"}
    with clock.held_at(MONDAY):
        plant = (
            a_plant("KES")
            .with_supplier("HALDEN")
            .with_storage("STORE")
            .with_material("CHAIR")
            .with_material("CUSHION", lead_time_days=Decimal(25), **bought)
            .with_material("LEG", lead_time_days=Decimal(7), **bought)
            .with_bom("CHAIR", {"CUSHION": 1, "LEG": 4})
            .with_stock("CUSHION", 5, at="STORE")
            .with_demand("SO-1", "CHAIR", 12, WANTED)
        )
        renew_shipped_roles(by=plant.by)
        run = Run.objects.create(
            kind="test", site=plant.site, actor_id=plant.by.account_id, asked_at=MONDAY
        )
        plan_requirements(site=plant.site, run=run, now=MONDAY, by=plant.by)
        set_demo_clock(shown=MONDAY, rate=0, by=plant.by)
    return Demo(nothing, let_in(by=plant.by).read_text())


def live(plant, at):
    plant.set_clock(int(at.timestamp()), 0)
    plant.until(int(at.timestamp()))
    plant.settle()


def ordered():
    return SupplyOrder.objects.exclude(number=None).filter(kind="buy")


def bought():
    rows = SupplyOrder.objects.exclude(number=None).filter(kind="buy")
    fields = ("number", "material__code", "quantity", "due_at", "supplier__code", "status")
    return {number: tuple(said) for number, *said in rows.values_list(*fields)}


def on_hand(material):
    return StockBalance.objects.get(material__code=material).quantity


def test_what_must_be_ordered_is_ordered_once_and_lies_in_the_store_when_it_has_come(chairs):
    """HALDEN keeps 14.2 days mostly (ten on average, sigma two, 97 of a hundred): what is wanted
    later is promised for its day, what is ordered on 7 December for the 22nd.
    """
    plant = chairs.plant()
    live(plant, NINE)
    assert bought() == {}

    for hour in (1, 2, 25):  # he is there at nine, and on the next morning again
        live(plant, NINE + timedelta(hours=hour))

    cushions = ("CUSHION", Decimal(7), WANTED, "HALDEN")
    assert bought() == {first_of(NINE): (*cushions, "firm")}

    for at in (LEGS_ON - timedelta(days=3), LEGS_ON):
        live(plant, at)
        assert len(bought()) == 1
        live(plant, at + timedelta(hours=1))

    legs = ("LEG", Decimal(48), datetime(2026, 12, 22, 5, tzinfo=UTC), "HALDEN")
    assert bought() == {
        first_of(NINE): (*cushions, "firm"),
        first_of(LEGS_ON): (*legs, "firm"),
    }
    assert on_hand("CUSHION") == 5

    comes = datetime.fromtimestamp(plant.state.supplies[first_of(NINE)].comes, UTC)
    live(plant, comes - timedelta(seconds=1))
    assert (bought()[first_of(NINE)], on_hand("CUSHION")) == ((*cushions, "firm"), 5)
    live(plant, comes)
    live(plant, comes + timedelta(hours=1))

    assert bought()[first_of(NINE)] == (*cushions, "completed")
    assert on_hand("CUSHION") == 12
    move = StockMove.objects.get(document=first_of(NINE))
    assert (move.from_location.code, move.to_location.code) == ("SUPPLIER", "STORE")
    assert (move.quantity, move.effective_at) == (7, comes)
    assert first_of(NINE) not in plant.state.supplies
    assert (chairs.refusals, plant.state.refused) == ([], 0)
    told = OperationsEvent.objects.filter(kind__startswith="purchasing.")
    assert set(told.values_list("kind", "source", "actor__username")) == {
        ("purchasing.purchase_orders_saved", "api", "plant-of-truth"),
        ("purchasing.purchases_received", "api", "plant-of-truth"),
    }
    assert told.filter(kind="purchasing.purchase_orders_saved").count() == 2
    assert [r.disagreements for r in verify.run_proofs().results if not r.agrees] == []
