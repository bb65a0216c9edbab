"""Published instances, near their published bounds with little work."""

from functools import partial
from pathlib import Path

import pytest

from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.formats.lines import (
    read_hybrid_line,
    read_permutation_line,
    read_setup_line,
    read_tardiness_line,
)
from obeya.engines.scheduling.lines import (
    faults_of_hybrid,
    faults_of_line,
    least_of_hybrid,
    least_of_line,
    solve_hybrid,
    solve_line,
)


@pytest.mark.parametrize(
    ("read", "file", "published", "near"),
    [
        (read_setup_line, "sdst-pfsp/248.txt", 1894, 1.01),
        (read_tardiness_line, "tt-pfsp/305.txt", 19373, 1.06),
        (partial(read_permutation_line, no_wait=True), "nw-pfsp/8.txt", 1482, 1.0),
    ],
)
def test_a_published_line_comes_near_its_bound(shared_folder: Path, read, file, published, near):
    line = read((shared_folder / "benchmarks" / "scheduling" / file).read_text(encoding="utf-8"))

    plan = solve_line(line, budget=Budget(work_units=400), seed=1)

    assert least_of_line(line) <= published
    assert published <= plan.value <= published * near
    assert faults_of_line(line, plan.order, plan.start) == []


@pytest.mark.parametrize(
    ("file", "published"),
    [("153", 656), ("301", 843), ("661", 1314), ("721", 2633), ("1141", 3536), ("1261", 3721)],
)
def test_the_published_value_of_a_hybrid_line_is_its_bound(shared_folder: Path, file, published):
    text = shared_folder / "benchmarks" / "scheduling" / "hfsp" / f"{file}.txt"

    assert least_of_hybrid(read_hybrid_line(text.read_text(encoding="utf-8"))) == published


def test_a_published_hybrid_line_comes_near_its_bound(shared_folder: Path):
    file = shared_folder / "benchmarks" / "scheduling" / "hfsp" / "153.txt"
    line = read_hybrid_line(file.read_text(encoding="utf-8"))

    plan = solve_hybrid(line, budget=Budget(work_units=150), seed=1)

    assert least_of_hybrid(line) == 656
    assert 656 <= plan.makespan <= 676
    assert faults_of_hybrid(line, plan.start, plan.machine) == []
