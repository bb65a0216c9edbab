"""Texts that are cut off, misspelt or out of all proportion are refused in a sentence."""

import re

import pytest

from obeya.engines.scheduling.budget import Budget
from obeya.engines.scheduling.formats.layout import Layout
from obeya.engines.scheduling.formats.tests.test_layout import TEXTS
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.projects.tests.test_projects import PSPLIB

WORDY = (Layout.PSPLIB, Layout.OPS)  # whose texts are not lines of numbers alone
MPLIB = TEXTS[Layout.MPLIB]
PROJECT = "4 1\n4\n0 0 2 2 3\n5 2 1 4\n3 3 1 4\n0 0 0\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "none of the layouts"),
        ("2 2\n0 3.5 1 2\n1 4 0 1\n", "Expected whole numbers alone in '0 3.5 1 2'"),
        ("2 2\n0 3 1 9999999999999\n1 4 0 1\n", "too long. Expected 2147483647 or less"),
        ("2 2\n0 3 1 -7\n1 4 0 1\n", "A time is negative. Expected 0 or more"),
        ("2 2147483647\n0 3 1 2\n1 4 0 1\n", "2147483647 machines. Expected 1 to 100000"),
        ("2 2\n1 1 7 3\n1 2 1 4 2 5\n", "not one of the 2"),
        ("2 2\n1 1 0 3\n1 2 1 4 2 5\n", "not one of the 2"),
        ("2 2\n1 1 1 3\n1 2 1 4 2 5\n0 1\n1 0\n", "Expected 2 blocks of 2 x 2 setups"),
        ("1 1 1\n2 1 1 5 1 1 6\n\n0 -2\n3 0\n", "1 blocks of 2 x 2 setups of 0 or more"),
        (
            "3 1 2\n0 2147483647\n1 0 5\n1 0 3\n1 1 6\n",
            "An arc names no operation. Expected 0 to 2",
        ),
        ("3\n2\n9999999999999 1\n3 4\n5 6\n7 8\n", "Expected 100000 or fewer at a stage"),
        (PROJECT.replace("2 2 3", "2 2 99"), "An activity names no successor. Expected 1 to 4"),
        (PROJECT.replace("5 2 1 4", "-5 2 1 4"), "is negative. Expected 0 or more"),
        (PROJECT.replace("5 2 1 4", "9999999999999 2 1 4"), "are above 2147483647"),
        ("PRECEDENCE RELATIONS:\n1 1 1 2\n", "Expected a heading REQUESTS/DURATIONS"),
        ("1\n1\n4\n\n2 0\n1\n\n0 0 1 1:9\n3 1 0\n", "'1:9'"),
        (
            "3 3 2\n0 1\n1 2\n2 1\n1 0 5\n1 0 3\n1 1 6\n",
            "Take out one arc of the circle, such as that from operation 2 to 1",
        ),
        (PROJECT.replace("0 0 0", "0 0 1 2"), "such as that from activity 4 to 2"),
        ("1\n1\n4\n\n2 0\n1\n\n0 0 1 1:2\n3 1 1 1:1\n", "such as that from activity 2 to 1"),
        ("[" * 100_000, "begins like ops"),
        ('{"resources": [', "begins like ops"),
        ('{"resources": [1], "jobs": [{}]}', "begins like ops"),
    ],
)
def test_a_malformed_text_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        read_instance(text)


@pytest.mark.parametrize("layout", [each for each in Layout if each not in WORDY])
def test_line_ends_marks_and_blanks_of_other_machines_do_not_matter(layout):
    text = TEXTS[layout]
    as_it_is = read_instance(text)

    for same in (
        "\ufeff" + text,
        text.replace("\n", "\r\n"),
        text.replace(" ", "\t"),
        text + "\n ",
    ):
        other = read_instance(same)
        assert (other.operations, other.jobs, other.machines) == (
            as_it_is.operations,
            as_it_is.jobs,
            as_it_is.machines,
        )
        assert other.lower_bound() == as_it_is.lower_bound()


@pytest.mark.parametrize("layout", Layout)
def test_wherever_a_text_is_cut_off_it_is_read_or_refused(layout):
    text, refusals = TEXTS[layout], []
    for length in range(len(text)):
        try:
            read = read_instance(text[:length])
        except ValueError as refusal:
            refusals.append(str(refusal))
        else:
            assert read.operations > 0, length
    assert refusals
    assert all(refusals)


def test_a_number_that_is_left_out_of_a_table_of_a_project_is_missed():
    begin, end = PSPLIB.index("jobnr.    #modes"), len(PSPLIB)
    numbers = list(re.finditer(r"(?<!\S)\d+(?!\S)", PSPLIB[begin:end]))
    assert read_instance(PSPLIB).operations == 4

    for found in numbers:
        first, behind = begin + found.start(), begin + found.end()
        if PSPLIB[:first].endswith(("R ", "N ")):
            continue  # the name of a resource
        with pytest.raises(ValueError, match=r"Expected (\d|number)"):
            read_instance(PSPLIB[:first] + PSPLIB[behind:])
    assert len(numbers) == 16 + 24 + 2 + 2  # of tasks, of modes, and the resources with their names


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PSPLIB.replace("\t3\t6\n", "\t6\n"), "1 availabilities in the row 6. Expected 2"),
        (PSPLIB.replace("2\t1\t3\t2\t9", "2\t1\t3\t2"), "in the row 1 3 2. Expected 4"),
        (PSPLIB.replace("1\t1\t2\t2 3", "1\t1\t3\t2 3"), "2 successors in the row 1 1 3 2 3. Expe"),
        (PSPLIB.replace("3\t1\t1\t4", "5\t1\t1\t4"), "5 is the activity in the row 5 1 1 4. Expec"),
        (PSPLIB.replace("4\t1\t0\t0\t0\n", ""), "0 is the activity. Expected 4"),
        (PSPLIB.replace("\t2\t5\t1\t2", "\t3\t5\t1\t2"), "3 is the mode in the row 3 5 1 2. Expec"),
        (PSPLIB.replace("3\t1\t4\t2", "3\t1\t4\t2\t1\n5\t1\t4\t2"), "5 is the activity in the row"),
        (PSPLIB.replace("\tR 1\tN 1", "\tR 1\tD 1"), "Resources R D. Expected each to be R or N"),
        (PSPLIB[: PSPLIB.index("\t3\t6")], "ends before the availabilities"),
        (MPLIB.replace("0 0 1 1:2", "0 0 2 1:2"), "1 successors in the row 0 0 2 1:2. Expected 2"),
        (MPLIB.replace("3 1 0\n", "3 1\n"), "0 needs in the row 3 1. Expected 1"),
        (MPLIB.replace("1\n1\n4\n", "1\n2\n4\n"), "1 capacities in the row 4. Expected 2"),
        (MPLIB + "3 1 0\n", "The text has 1 lines too many"),
    ],
)
def test_a_project_whose_rows_are_not_as_long_as_their_counts_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        read_instance(text)


@pytest.mark.parametrize(
    ("text", "operations"),
    [("0 1\n5\n", 0), ("1 1\n0\n", 0), ("2 2\n-1 -1\n-1 -1\n", 0)],
)
def test_a_text_without_operations_has_a_plan_of_no_length(text, operations):
    instance = read_instance(text)

    answer = instance.solve(budget=Budget(1), seed=0, workers=1, on_better=lambda _: None)

    assert (instance.operations, answer.value, answer.bound) == (operations, 0, 0)
    assert (instance.lower_bound(), list(answer.check())) == (0, [])
