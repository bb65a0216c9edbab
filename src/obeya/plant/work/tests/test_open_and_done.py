"""Each state of the plant's work is open or done, never both; only a proposal is neither."""

import pytest

from obeya.plant.work.models import Demand, JobOrder, SupplyOrder
from obeya.plant.work.open_and_done import DEMAND, JOB, SUPPLY


@pytest.mark.parametrize(
    ("state", "choices", "neither"),
    [
        (DEMAND, Demand.Status, set()),
        (JOB, JobOrder.DispatchStatus, set()),
        (SUPPLY, SupplyOrder.Status, {"proposed"}),
    ],
)
def test_every_value_stands_on_one_side(state, choices, neither):
    on_sides = [*state.open, *state.done]

    assert len(on_sides) == len(set(on_sides))
    assert set(on_sides) | neither == set(choices.values)
    assert not set(on_sides) & neither


@pytest.mark.parametrize(
    ("state", "rows"),
    [
        (DEMAND, Demand.objects.open),
        (JOB, JobOrder.objects.unfinished),
        (SUPPLY, SupplyOrder.objects.binding),
    ],
)
def test_what_the_lists_call_open_is_what_the_rest_of_the_house_works_on(state, rows):
    """As the database is asked: the same condition on the same field."""
    asked = rows().query.where.children[0]

    values = [asked.rhs] if isinstance(asked.rhs, str) else list(asked.rhs)
    assert (asked.lhs.target.name, values) == (state.field, [str(each) for each in state.open])
