"""Texts become instances of the right problem, with the sizes that stand in them."""

import time
from collections import Counter

import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.formats.layout import Layout
from obeya.engines.scheduling.formats.tests.test_layout import TEXTS
from obeya.engines.scheduling.instances import read_instance
from obeya.modules.scheduling.benches.files import instance_files, read_text
from tests.support.shared import shared_folder

SIZES = {  # operations, jobs, machines; by hand
    Layout.JSP: (4, 2, 2),
    Layout.FJS: (3, 2, 2),
    Layout.FJS_SETUPS: (2, 1, 1),
    Layout.FJS_ROWS: (3, 2, 3),
    Layout.FAJSP: (3, 1, 2),
    Layout.JSP_BLOCKS: (4, 2, 2),
    Layout.HYBRID: (6, 3, 3),
    Layout.LINE: (6, 3, 2),
    Layout.LINE_SETUPS: (4, 2, 2),
    Layout.LINE_DUES: (6, 3, 2),
    Layout.PATTERSON: (3, 1, 1),
    Layout.MPLIB: (2, 1, 1),
}


@pytest.mark.parametrize("layout", SIZES)
def test_a_text_has_the_sizes_that_stand_in_it(layout):
    instance = read_instance(TEXTS[layout])

    assert (instance.operations, instance.jobs, instance.machines) == SIZES[layout]


@pytest.mark.parametrize(
    ("hint", "problem"),
    [
        ("", "NW-PFSP"),
        ("data nw-pfsp 8.txt", "NW-PFSP"),
        ("no wait", "NW-PFSP"),
        ("data pfsp_nw 8.txt", "NW-PFSP"),
        ("data nwpfsp 8.txt", "NW-PFSP"),
        ("pfsp 8_nw.txt", "NW-PFSP"),
        ("pfsp NoWait_8.txt", "NW-PFSP"),
        ("permutation no-wait 8.txt", "NW-PFSP"),
        ("NWFSP 8.txt", "NW-PFSP"),
        ("pfspnw 8.txt", "NW-PFSP"),
        ("total completion no-wait 8.txt", "TCT-NW-PFSP"),
        ("unwound pfsp 8.txt", "PFSP"),
        ("kept PFSP/12.txt", "PFSP"),
        ("TCT-PFSP 7.txt", "TCT-PFSP"),
    ],
)
def test_words_tell_flow_shops_of_one_layout_apart(hint, problem):
    assert read_instance(TEXTS[Layout.LINE], hint=hint).problem == problem


def test_a_line_without_a_word_says_how_it_was_read():
    assert "read as NW-PFSP, no job waits" in read_instance(TEXTS[Layout.LINE]).reading
    for hint in ("nw-pfsp 1.txt", "pfsp 1.txt", "tct 1.txt"):
        assert read_instance(TEXTS[Layout.LINE], hint=hint).reading == ""
    for layout in SIZES:
        if layout is not Layout.LINE:
            assert read_instance(TEXTS[layout]).reading == ""


def test_two_blocks_are_durations_and_then_machines_from_one():
    shop = read_instance("2 2\n3 4\n5 6\n1 2\n2 1\n").shop

    assert shop.machine.tolist() == [0, 1, 1, 0]
    assert shop.duration.tolist() == [3, 4, 5, 6]


def test_a_row_of_durations_leaves_out_machines_that_cannot():
    shop = read_instance("2\n3\n1 2\n3 4 1\n5 0 2\n0 6 3\n").shop

    assert shop.alternatives.tolist() == [3, 2, 2]
    assert shop.machine.tolist() == [0, 1, 2, 0, 2, 1, 2]
    assert shop.duration.tolist() == [3, 4, 1, 5, 2, 6, 3]


@pytest.mark.slow
def test_every_shared_instance_is_read_as_its_problem():
    folder = shared_folder() / "benchmarks" / "scheduling"
    found = Counter()
    for path in instance_files([folder]):
        if path.stat().st_size > 300_000:
            continue  # a million operations are read in the benchmark itself
        hint = " ".join(path.parts[-3:])
        found[read_instance(read_text(path), hint=hint).problem] += 1

    assert found == {
        "FJSP": 114,
        "FJSP-SDST": 10,
        "FAJSP": 15,
        "JSP": found["JSP"],
        "HFSP": 6,
        "SDST-PFSP": 4,
        "TT-PFSP": 6,
        "NW-PFSP": 4,
        "RCPSP": 8,
        "MMRCPSP": 4,
        "RCMPSP": 3,
        "OPS": 7,
    }
    assert found["JSP"] >= 50


def test_a_hybrid_line_has_no_more_machines_at_a_stage_than_jobs_that_could_use_them():
    instance = read_instance("3\n2\n2 100000\n5 6\n7 8\n9 1\n")
    began = time.perf_counter()

    answer = instance.solve(budget=Budget(50), seed=1, workers=2, on_better=lambda _: None)

    assert (instance.problem, instance.machines, answer.value) == ("HFSP", 5, 15)
    assert answer.check() == []
    assert time.perf_counter() - began < 20
