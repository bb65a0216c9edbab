"""The array model of plain shops, its texts, and its way to the plant and back."""

import numpy as np
import pytest

from obeya.engines.scheduling import random_problem
from obeya.engines.scheduling.formats.plain import read_fajsp, read_fjs, read_jsp
from obeya.engines.scheduling.plain import PlainSetups, PlainShop, as_problem, of_problem
from obeya.engines.scheduling.plain.shop import frozen_ints32

from .shops import KINDS, random_shop

FJS = """2 2 1.5
2 1 1 3 2 1 4 2 5
1 1 2 6

0 7 9
8 0 9
9 9 9

1000000 1000000 1000000
1000000 0 2
1000000 1 0
"""


def test_a_flexible_shop_with_setups_is_read():
    shop = read_fjs(FJS.replace("0 7 9\n8 0 9\n9 9 9", "0 7 1000000\n8 0 1000000\n0 0 0"))

    assert (len(shop), shop.machines) == (3, 2)
    assert shop.first_alternative.tolist() == [0, 1, 3, 4]
    assert shop.machine.tolist() == [0, 0, 1, 1]
    assert shop.duration.tolist() == [3, 4, 5, 6]
    assert shop.predecessor.tolist() == [0]
    assert shop.setups.families.tolist() == [2, 2]
    assert shop.setups.family.tolist() == [0, 1, 0, 1]
    assert shop.setups.seconds.tolist() == [0, 7, 8, 0, 0, 2, 1, 0]


def test_jobs_that_end_with_a_mark_are_read():
    shop = read_jsp("2 3\n0 5 2 7 0 1 -1 -1\n1 4 -1 -1\n")

    assert shop.machine.tolist() == [0, 2, 0, 1]
    assert shop.successor.tolist() == [1, 2]


def test_a_graph_is_read():
    shop = read_fajsp("3 2 2\n0 2\n1 2\n1 0 4\n2 0 3 1 5\n1 1 6\n")

    assert shop.first_predecessor.tolist() == [0, 0, 0, 2]
    assert shop.predecessor.tolist() == [0, 1]
    assert shop.first_alternative.tolist() == [0, 1, 3, 4]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shop_comes_back_from_the_plant_as_it_was(kind):
    shop = random_shop(kind, 3, jobs=6, machines=3, most=4)

    back = of_problem(as_problem(shop))

    assert back is not None
    for name in ("first_alternative", "machine", "duration", "first_predecessor", "predecessor"):
        assert getattr(back, name).tolist() == getattr(shop, name).tolist()
    assert back.setups.seconds.tolist() == shop.setups.seconds.tolist()


def test_a_plant_with_shifts_and_crews_is_no_plain_shop():
    assert of_problem(random_problem(1, 30)) is None


def test_an_operation_without_a_machine_is_refused():
    with pytest.raises(ValueError, match="has no machine"):
        PlainShop.of_jobs(1, operations=[1], alternatives=[0], machine=[], duration=[])


ONE_JOB = {
    "alternatives": [1, 2],
    "machine": [0, 0, 1],
    "duration": [3, 4, 5],
    "before": [0],
    "after": [1],
}
FAR = 1 << 40


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"machine": [0, 2, 1]}, "Machine of alternative 1 is 2. Expected 0 or more, below the "),
        ({"machine": [0, -1, 1]}, "Machine of alternative 1 is -1."),
        ({"machine": [0, 1]}, r"Machine of alternative has shape \(2,\). Expected \(3,\)."),
        ({"duration": [3, 4]}, r"Duration of alternative has shape \(2,\). Expected \(3,\)."),
        ({"duration": [3, 4, -5]}, "Duration of alternative 2 is -5. Expected 0 or more"),
        ({"duration": [3, 4, FAR]}, f"Duration of alternative 2 is {FAR}. Expected 0 or more"),
        ({"before": [2]}, "Predecessor of arc 0 is 2. Expected 0 or more, below the number of op"),
        ({"after": [-1]}, "Successor of arc 0 is -1."),
        ({"after": [1, 1]}, r"Successor of arc has shape \(2,\). Expected \(1,\)."),
        ({"alternatives": [1, -2]}, "Number of alternatives of operation 1 is -2."),
        ({"release": [0]}, r"Release has shape \(1,\). Expected \(2,\)."),
        ({"release": [0, -7]}, "Release 1 is -7."),
        ({"tail": [FAR, 0]}, f"Tail 0 is {FAR}."),
    ],
)
def test_a_figure_that_is_out_of_range_is_refused_by_name(wrong, sentence):
    assert len(PlainShop.of_arcs(2, **ONE_JOB)) == 2

    with pytest.raises(ValueError, match=sentence):
        PlainShop.of_arcs(2, **{**ONE_JOB, **wrong})


MOST = (1 << 29) - 1  # of one time


@pytest.mark.parametrize(
    ("times", "length"),
    [
        ({"duration": [MOST, 4, MOST], "release": [MOST, 7], "tail": [0, MOST]}, 4 * MOST),
        ({"duration": [3, 4, 5], "release": [0, 9], "tail": [2, 1]}, 3 + 5 + 9 + 2),
    ],
)
def test_a_shop_is_as_long_as_its_longest_ways_with_the_last_release_and_the_longest_tail(
    times, length
):
    assert PlainShop.of_arcs(2, **{**ONE_JOB, **times}).serial_length == length


def test_a_shop_whose_times_add_up_to_more_than_can_be_counted_is_refused_with_the_sum():
    jobs = "".join("0 500000000 " * 3 + "\n" for _ in range(2))
    assert read_jsp("1 1\n" + jobs[: len(jobs) // 2]).serial_length == 1_500_000_000

    too_long = r"One operation after the other takes 3000000000 s\. Expected 2147483647 or less; "
    with pytest.raises(ValueError, match=too_long):
        read_jsp("2 1\n" + jobs)
    setups = PlainSetups(
        frozen_ints32([2, 0]),
        np.array([0, 4, 4]),
        frozen_ints32([0, MOST, 0, 0]),
        frozen_ints32([0, 1, -1]),
    )
    with pytest.raises(ValueError, match=f"takes {2 * MOST + 2 * MOST + MOST} s"):
        PlainShop.of_arcs(
            2, **{**ONE_JOB, "duration": [MOST, MOST, 5]}, tail=[0, MOST], setups=setups
        )


def test_jobs_that_have_other_operations_than_there_are_are_refused():
    with pytest.raises(ValueError, match=r"The jobs have 3 operations. Expected 2."):
        PlainShop.of_jobs(
            1, operations=[2, 1], alternatives=[1, 1], machine=[0, 0], duration=[1, 1]
        )


@pytest.mark.parametrize(
    ("families", "first", "cells", "family", "sentence"),
    [
        ([2], [0, 4], [0, 5, 5, 0], [0, 1, 0], r"machine has shape \(1,\). Expected \(2,\)."),
        ([2, 0], [0, 4, 5], [0, 5, 5, 0], [0, 1, -1], "do not follow one another"),
        ([2, 0], [0, 4, 4], [0, 5, 5], [0, 1, -1], r"Setup has shape \(3,\). Expected \(4,\)."),
        ([2, 0], [0, 4, 4], [0, 5, -5, 0], [0, 1, -1], "Setup 2 is -5."),
        ([2, 0], [0, 4, 4], [0, 5, 5, 0], [0, 1], r"The families have shape \(2,\)."),
        ([2, 0], [0, 4, 4], [0, 5, 5, 0], [0, 2, -1], "Family 2 of alternative 1 is not in the"),
        ([2, 0], [0, 4, 4], [0, 5, 5, 0], [0, 1, 0], "Family 0 of alternative 2 is not in the"),
        ([2, 0], [0, 4, 4], [0, 5, 5, 0], [0, -2, -1], "Family -2 of alternative 1 is not in the"),
    ],
)
def test_setups_that_do_not_fit_their_machines_are_refused(
    families, first, cells, family, sentence
):
    setups = PlainSetups(
        frozen_ints32(families), np.array(first), frozen_ints32(cells), frozen_ints32(family)
    )

    with pytest.raises(ValueError, match=sentence):
        PlainShop.of_arcs(2, **ONE_JOB, setups=setups)
