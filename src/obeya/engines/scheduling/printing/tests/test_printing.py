"""The online printing shop: setups by attribute, breaks, overlap and given starts."""

import ast
import json
from pathlib import Path

import pytest

from obeya.engines.scheduling import check
from obeya.engines.scheduling.formats.ops import read_print_shop
from obeya.engines.scheduling.printing import check as printing_check
from obeya.engines.scheduling.printing.check import check_print_plan
from obeya.engines.scheduling.printing.decode import PrintPlan, Stuck, decode
from obeya.engines.scheduling.printing.shop import (
    PrintMachine,
    PrintOperation,
    PrintShop,
    as_problem,
    as_schedule,
)


def operation(
    number, *, machines, times, successors=(), overlap=1.0, release=0, starting=-1, kind=(1, 1, 1)
):
    size, color, varnish = kind
    return {
        "id": number,
        "starting": starting,
        "release": release,
        "overlap": overlap,
        "size": size,
        "color": color,
        "varnish": varnish,
        "resources": list(machines),
        "time": list(times),
        "sucessors": list(successors),
    }


def shop_of(*operations, availability=((0, 100), (0, 100)), setups=((2, 3), 1, 4)):
    size, color, varnish = setups
    return read_print_shop(
        json.dumps(
            {
                "resources": [
                    {
                        "id": number + 1,
                        "setup_size": list(size),
                        "setup_color": color,
                        "setup_varnish": varnish,
                        "availability": list(spans),
                    }
                    for number, spans in enumerate(availability)
                ],
                "jobs": [{"id": 1, "topology": list(operations)}],
            }
        )
    )


def test_the_first_setup_of_a_machine_is_the_longest_and_others_follow_the_attributes():
    machine = shop_of(operation(1, machines=[1], times=[5])).machines[0]

    assert machine.setup(None, (1, 1, 1)) == 3 + 1 + 4
    assert machine.setup((1, 1, 1), (1, 1, 1)) == 0
    assert machine.setup((5, 1, 1), (2, 1, 1)) == 2
    assert machine.setup((2, 1, 1), (5, 2, 3)) == 3 + 1 + 4


def test_work_stops_in_a_break_and_resumes_after():
    shop = shop_of(operation(1, machines=[1], times=[20]), availability=[(0, 18, 25, 60)])

    plan = decode(shop, [0], [0])

    assert (plan.setup_start[0], plan.start[0], plan.end[0]) == (0, 8, 35)
    assert check_print_plan(shop, plan) == []


def test_a_setup_waits_for_a_span_in_which_it_is_not_interrupted_and_the_run_begins_in_it():
    shop = shop_of(operation(1, machines=[1], times=[5]), availability=[(0, 8, 10, 60)])

    plan = decode(shop, [0], [0])  # 8 of setup would end just when the machine leaves

    assert (plan.setup_start[0], plan.start[0], plan.end[0]) == (10, 18, 23)
    early = PrintPlan((0,), (0,), (8,), (15,))
    assert "starts or ends while machine 0 is not available" in check_print_plan(shop, early)[0]


def test_a_successor_starts_when_its_share_is_done_and_does_not_end_before():
    shop = shop_of(
        operation(1, machines=[1], times=[25], overlap=0.5, successors=[2]),
        operation(2, machines=[2], times=[5]),
    )

    plan = decode(shop, [0, 1], [0, 1])

    assert plan.start == (8, 28)  # 13 of 25 are done at 21, but 2 would end before 33
    assert plan.end == (33, 33)
    assert check_print_plan(shop, plan) == []
    early = PrintPlan((0, 1), (0, 12), (8, 20), (33, 34))
    assert any("starts at 20, before 0 lets it" in found for found in check_print_plan(shop, early))


def test_a_given_start_is_kept_and_others_pass_before_or_after_it():
    shop = shop_of(
        operation(1, machines=[1], times=[5], starting=20),
        operation(2, machines=[1], times=[6]),
        operation(3, machines=[1], times=[9]),
    )

    plan = decode(shop, [0, 0, 0], [20, 0, 1])

    assert plan.start == (20, 8, 25)
    assert check_print_plan(shop, plan) == []


def test_a_given_start_that_cannot_be_reached_is_refused():
    shop = shop_of(operation(1, machines=[1], times=[5], starting=6))

    with pytest.raises(Stuck, match="cannot start at 6"):
        decode(shop, [0], [6])


def test_a_timed_plan_satisfies_the_plant_problem_that_relaxes_the_shop():
    shop = shop_of(
        operation(1, machines=[1, 2], times=[12, 20], overlap=0.5, successors=[2, 3]),
        operation(2, machines=[2], times=[9], release=30, kind=(2, 1, 1)),
        operation(3, machines=[1], times=[7], kind=(1, 1, 2)),
        availability=[(0, 15, 20, 100), (0, 35, 40, 100)],
    )
    problem = as_problem(shop)

    plan = decode(shop, [0, 1, 0], [0, 1, 2])

    timed = as_schedule(
        problem, [0, 2, 3], setup_start=plan.setup_start, start=plan.start, end=plan.end
    )
    assert check_print_plan(shop, plan) == []
    assert check(problem, timed) == []


def test_what_has_no_work_comes_before_what_starts_at_the_same_moment():
    shop = shop_of(
        operation(1, machines=[1], times=[5]),
        operation(2, machines=[1], times=[0]),
        setups=((0, 0), 0, 0),
    )

    assert check_print_plan(shop, PrintPlan((0, 0), (3, 3), (3, 3), (8, 3))) == []
    assert check_print_plan(shop, PrintPlan((0, 0), (3, 3), (3, 3), (8, 2))) == [
        "Operation 1 has no work but does not end at its start.",
    ]


def test_a_long_operation_is_checked_without_a_look_at_each_moment():
    shop = shop_of(
        operation(1, machines=[1], times=[8_000_000], overlap=0.5, successors=[2]),
        operation(2, machines=[2], times=[4]),
        availability=[(0, 10, 20, 30), (0, 100)],
    )

    plan = decode(shop, [0, 1], [0, 1])

    assert (plan.start, plan.end) == ((8, 8_000_014), (8_000_018, 8_000_018))
    assert check_print_plan(shop, plan) == []
    early = PrintPlan((0, 1), (0, 4_000_009), (8, 4_000_017), (8_000_018, 8_000_018))
    assert "Operation 1 starts at 4000017, before 0 lets it." in check_print_plan(shop, early)


def test_the_check_asks_nothing_that_the_shop_works_out_for_the_search():
    tree = ast.parse(Path(printing_check.__file__).read_text("utf-8"))
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    worked_out = {
        name
        for kind in (PrintShop, PrintMachine, PrintOperation)
        for name, value in vars(kind).items()
        if not name.startswith("_") and callable(getattr(value, "func", value))
    }

    assert {"spans", "horizon", "setup", "work_on", "first_share"} <= worked_out
    assert not asked & worked_out


def test_a_successor_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="names 7, which is not there"):
        shop_of(operation(1, machines=[1], times=[5], successors=[7]))


def test_what_is_no_printing_shop_is_refused():
    with pytest.raises(ValueError, match="resources and jobs of a printing shop"):
        read_print_shop('{"orders": []}')
