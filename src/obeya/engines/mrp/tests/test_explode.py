"""The explosion against closed forms, an exhaustive ledger of its own pegs, and a plant's key."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obeya.engines.mrp import (
    CircularBom,
    Component,
    Consumer,
    ExplosionProblem,
    Gross,
    MaterialRule,
    Pegging,
    PlannedOrder,
    Supplier,
    Supply,
    explode,
)

ONE = 1_000_000
DAY = 86_400
BUY = MaterialRule(is_made=False)


def made(*components: Component, lead_time: int = 0, **lot: int) -> MaterialRule:
    return MaterialRule(is_made=True, lead_time=lead_time, components=components, **lot)


def test_stock_then_purchases_then_a_new_order_serve_the_needs_by_due_date():
    problem = ExplosionProblem(
        materials=(BUY,),
        gross=(Gross(0, 50 * ONE, due=9 * DAY), Gross(0, 30 * ONE, due=2 * DAY)),
        supplies=(Supply(0, 35 * ONE, available=5 * DAY), Supply(0, 10 * ONE, available=0)),
    )

    answer = explode(problem)

    assert answer.orders == (PlannedOrder(0, 35 * ONE, due=9 * DAY),)
    assert answer.pegs == (
        Pegging(Supplier.SUPPLY, 1, Consumer.GROSS, 1, 10 * ONE),
        Pegging(Supplier.SUPPLY, 0, Consumer.GROSS, 1, 20 * ONE),
        Pegging(Supplier.SUPPLY, 0, Consumer.GROSS, 0, 15 * ONE),
        Pegging(Supplier.PLANNED, 0, Consumer.GROSS, 0, 35 * ONE),
    )


def test_components_are_needed_a_lead_time_before_their_parent():
    bicycle = made(Component(1, 2 * ONE), lead_time=3 * DAY)
    problem = ExplosionProblem((bicycle, BUY), (Gross(0, 4 * ONE, due=10 * DAY),), ())

    answer = explode(problem)

    assert answer.orders == (
        PlannedOrder(0, 4 * ONE, due=10 * DAY),
        PlannedOrder(1, 8 * ONE, due=7 * DAY),
    )
    [requirement] = answer.requirements
    assert (requirement.order, requirement.quantity, requirement.due) == (0, 8 * ONE, 7 * DAY)


def test_the_surplus_of_a_minimum_lot_serves_the_next_need():
    problem = ExplosionProblem(
        (MaterialRule(is_made=False, lot_minimum=400 * ONE, lot_multiple=50 * ONE),),
        (Gross(0, 30 * ONE, due=1), Gross(0, 380 * ONE, due=2)),
        (),
    )

    answer = explode(problem)

    assert [(o.quantity, o.due) for o in answer.orders] == [(400 * ONE, 1), (400 * ONE, 2)]
    assert [(p.supply, p.need, p.quantity) for p in answer.pegs] == [
        (0, 0, 30 * ONE),
        (0, 1, 370 * ONE),
        (1, 1, 10 * ONE),
    ]


def test_a_material_used_on_two_levels_is_netted_once_after_both():
    bolt, frame = 2, 1
    bicycle = made(Component(bolt, 3 * ONE), Component(frame, ONE))
    problem = ExplosionProblem(
        (bicycle, made(Component(bolt, 5 * ONE)), BUY),
        (Gross(0, 10 * ONE, due=DAY),),
        (Supply(bolt, 20 * ONE, available=0),),
    )

    answer = explode(problem)

    assert sum(o.quantity for o in answer.orders if o.material == bolt) == 60 * ONE


@pytest.mark.parametrize(
    ("component", "parents", "expected"),
    [
        (Component(0, 480_000), 100, 48 * ONE),  # 0.48 kg each
        (Component(0, ONE, per=24 * ONE, step=ONE), 25, 2 * ONE),  # a tray holds 24
        (Component(0, ONE, scrap=20_000), 98, 100 * ONE),  # 2 % lost
        (Component(0, ONE, scrap=20_000, step=ONE), 99, 102 * ONE),  # 101.02 rounds up
    ],
)
def test_the_need_of_a_component_is_rounded_up_once(component, parents, expected):
    assert component.need(parents * ONE) == expected


def test_of_alternates_the_first_effective_one_is_taken():
    steel = Component(1, ONE, alternate_group="body", priority=1, valid_to=5 * DAY)
    resin = Component(2, ONE, alternate_group="body", priority=2)
    problem = ExplosionProblem(
        (made(resin, steel), BUY, BUY),
        (Gross(0, ONE, due=4 * DAY), Gross(0, ONE, due=5 * DAY)),
        (),
    )

    answer = explode(problem)

    assert [r.component.material for r in answer.requirements] == [1, 2]


def test_a_loop_in_the_bom_is_named_from_the_parent_down():
    problem = ExplosionProblem(
        (
            made(Component(1, ONE)),
            made(Component(2, ONE)),
            made(Component(1, ONE), Component(3, ONE)),
            BUY,
        ),
        (),
        (),
    )

    with pytest.raises(CircularBom) as refused:
        explode(problem)

    assert refused.value.loop in {(1, 2, 1), (2, 1, 2)}


@st.composite
def plants(draw: st.DrawFn) -> ExplosionProblem:
    n = draw(st.integers(1, 6))
    materials = []
    for m in range(n):
        below = [
            Component(c, draw(st.integers(1, 3 * ONE)), scrap=draw(st.sampled_from([0, 30_000])))
            for c in range(m + 1, n)
            if draw(st.booleans())
        ]
        multiple = draw(st.sampled_from([0, 5 * ONE]))
        materials.append(
            MaterialRule(bool(below), draw(st.integers(0, 5)), 0, multiple, tuple(below))
        )
    row = st.tuples(st.integers(0, n - 1), st.integers(1, 99 * ONE), st.integers(-9, 99))
    gross = tuple(Gross(*r) for r in draw(st.lists(row, max_size=8)))
    supplies = tuple(Supply(*r) for r in draw(st.lists(row, max_size=8)))
    return ExplosionProblem(tuple(materials), gross, supplies)


@given(plants())
def test_every_need_is_pegged_in_full_and_nothing_gives_more_than_it_has(problem):
    answer = explode(problem)

    served: Counter[tuple[Consumer, int]] = Counter()
    given_away: Counter[tuple[Supplier, int]] = Counter()
    for peg in answer.pegs:
        assert peg.quantity > 0
        served[peg.consumer, peg.need] += peg.quantity
        given_away[peg.supplier, peg.supply] += peg.quantity
    assert served == Counter(
        {(Consumer.GROSS, i): g.quantity for i, g in enumerate(problem.gross)}
        | {(Consumer.PLANNED, i): r.quantity for i, r in enumerate(answer.requirements)}
    )
    for (supplier, index), quantity in given_away.items():
        held = problem.supplies if supplier is Supplier.SUPPLY else answer.orders
        assert quantity <= held[index].quantity


@given(plants())
def test_an_order_is_proposed_only_when_everything_there_is_used_up(problem):
    answer = explode(problem)

    used = Counter()
    for peg in answer.pegs:
        if peg.supplier is Supplier.SUPPLY:
            used[peg.supply] += peg.quantity
    ordered = {order.material for order in answer.orders}
    for index, supply in enumerate(problem.supplies):
        if supply.material in ordered:
            assert used[index] == supply.quantity
