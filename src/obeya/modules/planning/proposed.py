"""What a plan run proposes, taken as decided: what it will yield, and what it needs for that."""

from collections.abc import Mapping
from dataclasses import dataclass

from obeya.engines.mrp import Gross, Supply
from obeya.modules.planning.netting import Holding, Need
from obeya.modules.planning.units import millionths, seconds
from obeya.plant.work.models import MaterialRequirement, SupplyOrder

_LAST = 2**40  # a proposal serves only what nothing else serves, as in the run that made it


@dataclass(frozen=True)
class Proposals:
    """Both sides of the proposals of a run, with the rows behind them."""

    needs: tuple[tuple[Gross, Need], ...]
    supplies: tuple[tuple[Supply, Holding], ...]


def proposed_of(run_id: int, at: Mapping[int, int]) -> Proposals:
    """Proposals of the materials in ``at`` (id → position); two queries."""
    orders = SupplyOrder.objects.filter(status="proposed", plan_run=run_id)
    requirements = MaterialRequirement.objects.filter(
        supply_order__in=orders, direction="consumed", material__in=at
    ).select_related("supply_order")
    return Proposals(
        needs=tuple(
            (
                Gross(
                    at[each.material_id],
                    millionths(each.quantity),
                    seconds(each.supply_order.due_at),
                ),
                Need(requirement_id=each.pk),
            )
            for each in requirements.order_by("pk")
        ),
        supplies=tuple(
            (Supply(at[each.material_id], millionths(each.quantity), _LAST), Holding(each.pk))
            for each in orders.filter(material__in=at).order_by("pk")
        ),
    )
