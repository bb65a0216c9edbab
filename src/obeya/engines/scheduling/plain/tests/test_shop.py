"""The array model of plain shops, its texts, and its way to the plant and back."""

import pytest

from obeya.engines.scheduling import random_problem
from obeya.engines.scheduling.formats.plain import read_fajsp, read_fjs, read_jsp
from obeya.engines.scheduling.plain import PlainShop, as_problem, of_problem

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
