"""What a row of `obeya bench scheduling` says where figures contradict, and what means count."""

import pytest

from obeya.modules.scheduling.benches import scheduling
from obeya.modules.scheduling.benches.bounds import Bound
from obeya.modules.scheduling.benches.judging import judged
from obeya.modules.scheduling.benches.summary import means
from obeya.modules.scheduling.benches.table import cell, closing, line

READ = {"problem": "JSP", "operations": 4}
DONE = READ | {"value": 11, "lower_bound": 10, "checked": True, "violation": None}
DONE |= {"seconds": 1.0, "first_seconds": 0.5}


def mean(*rows: dict) -> dict:
    return means(rows)["all"]


@pytest.mark.parametrize(
    ("bound", "lower", "says"),
    [
        (12, None, "The value 11 is below 12, our own proof of what no plan is below."),
        (10, 11.5, "The value 11 is below 11.5, which is proved of a.jsp by the table of best"),
    ],
)
def test_a_value_below_a_proven_bound_is_wrong(bound, lower, says):
    row = DONE | {"lower_bound": bound, "file": "a.jsp"}
    row |= judged(row, Bound("a.jsp", "JSP", lower))

    assert row["checked"] is False
    assert says in line(row | {"peak_mb": 1.0}, against=False)
    assert not scheduling.is_right({"rows": [row]})


def test_values_of_another_problem_of_the_same_name_are_not_compared():
    row = DONE | {"problem": "FJSP-SDST", "file": "SDST/Mk01.fjs", "peak_mb": 1.0}
    row |= judged(row, Bound("FJSP/Mk01.fjs", "FJSP", 10, 10, is_namesake=True))

    assert {"ub", "lb"} & set(row) == set()
    assert (row["gap_pct"], row["checked"]) == (None, True)
    assert line(row, against=False).endswith(
        "not compared: the table of best known values has FJSP/Mk01.fjs as FJSP, and this was read"
        " as FJSP-SDST"
    )


def test_an_instance_that_misses_a_best_known_0_counts_as_missed():
    late = DONE | judged(DONE, Bound("a", "", 0, 0))
    on_time = DONE | {"value": 0, "lower_bound": 0}
    on_time |= judged(on_time, Bound("b", "", 0, 0))

    found = mean(late, on_time)

    assert (late["gap_pct"], on_time["gap_pct"]) == (None, 0.0)
    assert (found["known"], found["without_gap"], found["mean_gap_pct"]) == (2, 1, 0.0)
    assert found["at_or_below_ub_pct"] == 50
    assert "50 % of 2, 1 of which have no gap: above a best known 0" in closing({"all": found})


def test_hits_are_counted_on_values_and_not_on_rounded_gaps():
    rows = [DONE | {"value": value} for value in (599_998, 600_000, 600_002)]
    rows = [row | judged(row, Bound("a", "", None, 600_000)) for row in rows]

    found = mean(*rows)

    assert [row["gap_pct"] for row in rows] == [-0.0, 0.0, 0.0]
    assert (found["below_ub"], found["at_or_below_ub_pct"]) == (1, 66.7)


def test_a_plan_that_is_wrong_makes_no_mean_better():
    right = DONE | {"ub": 10, "gap_pct": 10.0, "pyjobshop": {"value": 10}, "ratio": 1.1}
    wrong = DONE | {"value": 5, "ub": 10, "gap_pct": -50.0, "checked": False}
    wrong |= {"pyjobshop": {"value": 10}, "ratio": 0.5}

    found = mean(right, wrong)

    assert (found["solved"], found["checked"], found["known"]) == (2, 1, 2)
    assert (found["mean_gap_pct"], found["below_ub"], found["at_or_below_ub_pct"]) == (10, 0, 0)
    assert (found["compared"], found["at_or_below_other_pct"]) == (2, 0)
    assert found["mean_ratio"] == 1.1


def test_who_has_no_plan_loses_the_comparison():
    won = DONE | {"pyjobshop": {"error": "no solution"}}
    lost = READ | {"error": "cannot be solved", "pyjobshop": {"value": 10}}
    none = READ | {"error": "cannot be solved", "pyjobshop": {"error": "no solution"}}
    unread = {"error": "cannot be read", "pyjobshop": {"is_asked": False}}

    found = mean(won, lost, none, unread)

    assert (found["compared"], found["other_solved"]) == (3, 1)
    assert found["at_or_below_other_pct"] == 33.3
    assert "at or below PyJobShop 33 % of 3, of 1 of which it has a plan" in closing({"a": found})


def test_a_number_without_end_is_a_cell_of_its_own():
    assert cell({"ub": float("nan")}, "ub") == "nan"
    assert cell({"ub": float("inf")}, "ub") == "inf"
