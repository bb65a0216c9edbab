"""`obeya bench scheduling --work`: two runs give the same rows, whatever the problem."""

import json
from pathlib import Path

import numpy as np
import pytest

from obeya.config.cli import main
from obeya.engines.scheduling import Budget
from obeya.engines.scheduling.formats.layout import Layout
from obeya.engines.scheduling.formats.tests.test_layout import TEXTS
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.lines.tests.random_lines import random_hybrid, random_line
from obeya.engines.scheduling.printing.tests.random_shops import random_print_shop
from obeya.engines.scheduling.projects.tests.test_projects import PSPLIB
from obeya.modules.scheduling.benches.one import Task, solve_one

VARYING = {"seconds", "first_seconds", "cpu_s", "peak_mb"}  # times, and memory


def rows_of(table) -> str:
    return "\n".join(" ".join(map(str, row)) for row in table.tolist())


def texts() -> dict[str, str]:
    """One small text of each kind, hard enough that the search has something to find."""
    line, hybrid = random_line(3, jobs=12, stages=4), random_hybrid(3, jobs=12, stages=3)
    jobs, stages = line.durations.shape
    durations = rows_of(line.durations)
    setups = random_line(3, jobs=jobs, stages=stages, setups=True).setups
    return {
        "nw-pfsp/1.txt": f"{jobs}\n{stages}\n{durations}\n",
        "pfsp/2.txt": f"{jobs}\n{stages}\n{durations}\n",
        "sdst-pfsp/3.txt": f"{jobs}\n{stages}\n{durations}\n"
        + "\n".join(rows_of(square) for square in setups),
        "tt-pfsp/4.txt": f"{jobs}\n{stages}\n{rows_of(line.due[None])}\n{durations}\n",
        "hfsp/5.txt": f"{hybrid.jobs}\n{hybrid.stages}\n{rows_of(hybrid.machines[None])}\n"
        + rows_of(hybrid.durations),
        "jsp/6.txt": job_shop(),
        "fjsp/7.fjs": TEXTS[Layout.FJS],
        "fjsp_sdst/8.fjs": TEXTS[Layout.FJS_SETUPS],
        "fajsp/9.fajsp": TEXTS[Layout.FAJSP],
        "rcpsp/10.txt": TEXTS[Layout.PATTERSON],
        "mmrcpsp/11.txt": PSPLIB,
        "rcmpsp/12.txt": TEXTS[Layout.MPLIB],
        "ops/13.json": random_print_shop(6, operations=25, fixed=0.25),
    }


def job_shop() -> str:
    luck = np.random.default_rng(4)
    routes = [luck.permutation(5) for _ in range(8)]
    rows = [" ".join(f"{m} {luck.integers(1, 50)}" for m in route) for route in routes]
    return "8 5\n" + "\n".join(rows) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A text for each engine; with another seed the line with setups and the print differ."""
    for name in ("sdst-pfsp/3.txt", "hfsp/5.txt", "jsp/6.txt", "rcpsp/10.txt", "ops/13.json"):
        path = tmp_path / "bench" / name
        path.parent.mkdir(parents=True)
        path.write_text(texts()[name])
    return tmp_path / "bench"


@pytest.mark.parametrize("name", texts())
def test_two_searches_with_the_same_work_give_the_same_value(name):
    instance = read_instance(texts()[name], hint=name)
    told = []

    for _ in range(2):
        heard: list[int] = []
        answer = instance.solve(budget=Budget(3), seed=7, workers=2, on_better=heard.append)
        assert list(answer.check()) == []
        told.append((answer.value, heard))

    assert told[0] == told[1]


def test_work_of_each_worker_is_one_sum_where_workers_share_it():
    assert Budget(10).of_each(3).work_units == 30


def test_the_texts_are_of_every_problem():
    problems = {read_instance(text, hint=name).problem for name, text in texts().items()}

    assert problems == {
        *("NW-PFSP", "PFSP", "SDST-PFSP", "TT-PFSP", "HFSP", "JSP", "FJSP", "FJSP-SDST"),
        *("FAJSP", "RCPSP", "MMRCPSP", "RCMPSP", "OPS"),
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # figures name the database, after long idle seconds
def test_the_command_gives_the_rows_that_this_process_gives_with_the_same_work(
    folder, tmp_path, capsys
):
    """The command solves each text in a process of its own, so this is a second run in another."""
    written = tmp_path / "figures.json"
    asked = ["--work", "4", "--workers", "2", "--seed", "7", "--json", str(written)]

    assert main(["bench", "scheduling", str(folder), *asked]) == 0

    rows = json.loads(written.read_text())["rows"]
    assert [row["problem"] for row in rows] == ["HFSP", "JSP", "OPS", "RCPSP", "SDST-PFSP"]
    assert all(row["checked"] for row in rows)
    for row in rows:
        hint = " ".join(Path(row["file"]).parts[-2:])
        ours = solve_one(Task(row["file"], seconds=30, work=4, workers=2, seed=7, hint=hint))
        told = {key: value for key, value in ours.items() if key not in VARYING}
        assert {key: row[key] for key in told} == told, row["file"]
        assert {"value", "first_value", "lower_bound"} <= told.keys()
    assert "work units of each worker" in _help(capsys)


def _help(capsys) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["bench", "scheduling", "--help"])
    return " ".join(capsys.readouterr().out.split())
