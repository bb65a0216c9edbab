"""Texts of flow shops, read as they are laid out."""

import pytest

from obeya.engines.scheduling.formats.lines import (
    read_hybrid_line,
    read_permutation_line,
    read_setup_line,
    read_tardiness_line,
)
from obeya.engines.scheduling.lines import Aim


def test_a_line_is_a_row_of_durations_per_job():
    line = read_permutation_line("2\n3\n1\t2\t3\t\n4\t5\t6\t\n", aim=Aim.TOTAL_COMPLETION)

    assert line.durations.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert line.aim is Aim.TOTAL_COMPLETION
    assert not line.no_wait


def test_a_line_without_waiting_has_the_same_layout():
    assert read_permutation_line("1\n2\n3 4", no_wait=True).no_wait


def test_setups_follow_stage_by_stage_from_the_row_to_the_column():
    line = read_setup_line("2\n2\n1 2\n3 4\n0 5\n6 0\n0 7\n8 0\n")

    assert line.setups is not None
    assert line.setups.tolist() == [[[0, 5], [6, 0]], [[0, 7], [8, 0]]]
    assert line.initial_setups is None


def test_due_dates_stand_before_the_durations():
    line = read_tardiness_line("2\n2\n10 20\n1 2\n3 4\n")

    assert line.due is not None
    assert line.due.tolist() == [10, 20]
    assert line.durations.tolist() == [[1, 2], [3, 4]]
    assert line.aim is Aim.TOTAL_TARDINESS


def test_machines_per_stage_stand_before_the_durations():
    line = read_hybrid_line("2\n2\n1 3\n1 2\n3 4\n")

    assert line.machines.tolist() == [1, 3]
    assert line.durations.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "number of jobs"), ("2\n2\n1 2\n3", "ends within"), ("1\n1\n1 2", "too many")],
)
def test_a_text_of_another_length_is_refused(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_permutation_line(text)
