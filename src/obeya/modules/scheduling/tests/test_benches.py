"""`obeya bench scheduling`: which files, which bounds, what a row says, and how it ends."""

import json
import time
import zipfile
from argparse import Namespace
from pathlib import Path

import pytest

from obeya.config.cli import main
from obeya.modules.scheduling.benches import files, plant, reaction, scheduling
from obeya.modules.scheduling.benches.files import NothingToRead, instance_files, read_text
from obeya.modules.scheduling.benches.page import markdown, with_table
from obeya.modules.scheduling.benches.summary import means
from obeya.modules.scheduling.benches.table import line
from obeya.modules.scheduling.benches.timer import Timer
from obeya.plant.log.refusal import Refusal

JSP = "2 2\n0 3 1 4\n1 5 0 6\n"  # machine 1 does 5 and 4, machine 0 does 3 and 6: 11 long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "jsp").mkdir()
    (tmp_path / "jsp" / "tiny.jsp").write_text(JSP)
    (tmp_path / "jsp" / "README.md").write_text("about")
    (tmp_path / "bounds.csv").write_text("file,problem,lb,ub\njsp/tiny.jsp,JSP,10,10\n")
    return tmp_path


def options(*paths: Path, **others) -> Namespace:
    given = {"seconds": 1.0, "workers": 1, "seed": 1, "work": 0, "every": 1}
    given |= {"against": None, "bounds": None}
    return Namespace(paths=list(paths), **(given | others))


def test_a_folder_gives_its_instances_sorted_and_nothing_twice(folder):
    (folder / "jsp" / "a.txt").write_text(JSP)

    files = list(instance_files([folder, folder / "jsp" / "tiny.jsp"]))

    assert [path.name for path in files] == ["a.txt", "tiny.jsp"]


def test_a_path_with_nothing_to_read_is_refused(tmp_path):
    with pytest.raises(NothingToRead, match="no such file, or no instance in this folder"):
        list(instance_files([tmp_path / "nowhere"]))


def test_a_zip_is_the_one_text_in_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "one.zip", "w") as archive:
        archive.writestr("one.txt", JSP)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("one.txt", JSP)
        archive.writestr("two.txt", JSP)

    assert read_text(tmp_path / "one.zip") == JSP
    with pytest.raises(ValueError, match=r"two\.zip holds 2 texts\. Expected one"):
        read_text(tmp_path / "two.zip")


@pytest.mark.parametrize(
    "beside",
    ["__MACOSX/a/._one.jsp", "a/.DS_Store", "Thumbs.db", "a/README.txt", "LICENSE", "a/bounds.csv"],
)
def test_what_a_computer_adds_to_a_zip_does_not_count(tmp_path, beside):
    with zipfile.ZipFile(tmp_path / "mac.zip", "w") as archive:
        archive.writestr("a/", "")
        archive.writestr("a/one.jsp", JSP)
        archive.writestr(beside, "\x00\x05\x16\x07")

    assert read_text(tmp_path / "mac.zip") == JSP


def test_a_zip_that_is_none_or_far_too_large_is_refused(tmp_path, monkeypatch):
    (tmp_path / "none.zip").write_text(JSP)
    with zipfile.ZipFile(tmp_path / "large.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("large.txt", "0" * 50_000)
    monkeypatch.setattr(files, "MOST_BYTES", 49_999)

    assert (tmp_path / "large.zip").stat().st_size < 1_000
    with pytest.raises(ValueError, match=r"none\.zip is no \.zip that can be unpacked"):
        read_text(tmp_path / "none.zip")
    with pytest.raises(ValueError, match=r"large\.zip holds 50000 bytes\. Expected 49999 or fewer"):
        read_text(tmp_path / "large.zip")


def test_the_command_names_the_seconds_of_the_other_solver():
    with_work = scheduling.command(options(Path("a"), work=50, against="pyjobshop"))

    assert "a --work 50 --seconds 1 --workers 1 --seed 1 --against pyjobshop" in with_work
    assert "a --work 50 --workers 1" in scheduling.command(options(Path("a"), work=50))


def test_a_row_holds_value_bound_gap_times_memory_and_the_verdict(folder):
    row = scheduling.measure(folder / "jsp" / "tiny.jsp", options())

    assert row["problem"] == "JSP"
    assert (row["value"], row["ub"], row["gap_pct"]) == (11, 10, 10.0)
    assert (row["checked"], row["violation"]) == (True, None)
    assert row["lower_bound"] <= 11 <= row["first_value"]
    assert 0 <= row["first_seconds"] <= row["seconds"]
    assert 10 < row["peak_mb"] < 1_000
    assert row["cpu_s"] >= 0


@pytest.mark.parametrize(
    ("name", "problem", "told"),
    [
        ("plain/12.txt", "NW-PFSP", True),
        ("pfsp_nw/12.txt", "NW-PFSP", False),
        ("pfsp/12.txt", "PFSP", False),
    ],
)
def test_a_row_says_how_it_was_read_where_nothing_tells(tmp_path, name, problem, told):
    path = tmp_path / "a" / name
    path.parent.mkdir(parents=True)
    path.write_text("3\n2\n5 6\n7 8\n9 1\n")

    row = scheduling.measure(path, options())

    assert (row["problem"], row["checked"]) == (problem, True)
    assert ("read as NW-PFSP, no job waits" in row.get("reading", "")) is told
    assert ("read as NW-PFSP, no job waits" in line(row, against=False)) is told


def test_what_cannot_be_read_gives_a_row_that_says_so(folder):
    (folder / "jsp" / "letter.txt").write_text("Dear planner")

    row = scheduling.measure(folder / "jsp" / "letter.txt", options())

    assert row["error"].startswith("cannot be read: The text is in none of the layouts")
    assert "letter.txt" in line(row, against=False)


@pytest.mark.parametrize(
    ("rows", "is_right"),
    [
        ([{"value": 1, "checked": True}, {"error": "cannot be read"}], True),
        ([{"value": 1, "checked": True}, {"value": 1, "checked": False}], False),
        ([{"error": "cannot be read"}], False),
    ],
)
def test_it_ends_with_an_error_if_a_check_fails_or_everything_fails(rows, is_right):
    assert scheduling.is_right({"rows": rows}) is is_right


def test_means_are_by_group_and_problem_and_count_who_is_not_worse_than_the_other_solver():
    row = {"problem": "JSP", "operations": 4, "checked": True}
    row |= {"seconds": 1.0, "first_seconds": 0.5}
    rows = [
        row | {"value": 10, "ub": 10, "gap_pct": 0.0, "pyjobshop": {"value": 12}, "ratio": 0.8333},
        row | {"value": 11, "ub": 10, "gap_pct": 10.0, "pyjobshop": {"value": 10}, "ratio": 1.1},
        row | {"value": 12, "ub": 10, "gap_pct": 20.0, "pyjobshop": {"error": "no solution"}},
        row | {"value": 13, "pyjobshop": {"is_asked": False, "error": "no model of it"}},
        {"error": "cannot be read"},
    ]

    mean = means(rows)["JSP and FJSP up to 600 operations"]

    assert (mean["instances"], mean["solved"], mean["checked"]) == (4, 4, 4)
    assert (mean["mean_gap_pct"], mean["median_gap_pct"]) == (10, 10)
    assert (mean["at_or_below_ub_pct"], mean["below_ub"]) == (33.3, 0)
    assert (mean["compared"], mean["other_solved"], mean["at_or_below_other_pct"]) == (3, 2, 66.7)
    assert means(rows)["JSP"] == mean
    assert means(rows)["all"]["instances"] == 5
    assert list(means(rows)) == ["JSP and FJSP up to 600 operations", "JSP", "all"]


def test_without_pyjobshop_a_comparison_says_how_to_install_it(folder, monkeypatch):
    monkeypatch.setattr(scheduling, "find_spec", lambda name: None)

    with pytest.raises(Refusal, match=r"pip install --require-hashes -r requirements/bench.txt"):
        list(scheduling.run(options(folder, against="pyjobshop")))


def test_a_sample_is_each_nth_file_and_rows_are_told_as_they_come(folder):
    for name in ("a.jsp", "b.jsp"):
        (folder / "jsp" / name).write_text("Dear planner")

    told = [
        [Path(row["file"]).name for row in figures["rows"]]
        for figures in scheduling.run(options(folder, every=2))
    ]

    assert told == [["a.jsp"], ["a.jsp", "tiny.jsp"]]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"every": 0}, r"--every is 0\. Expected 1 or more\."),
        ({"workers": 0}, r"--workers is 0\. Expected 1 or more\."),
        ({"seed": -1}, r"--seed is -1\. Expected 0 or more\."),
        ({"work": -5}, r"--work is -5\. Expected 0 or more\."),
        ({"seconds": 0.0}, r"--seconds is 0\. Expected more than 0"),
        ({"seconds": float("nan")}, r"--seconds is nan\. Expected more than 0"),
        ({"seconds": 2e6}, r"--seconds is 2e\+06\. Expected more than 0, and 1000000 or less"),
        ({"bounds": Path("no.csv")}, r"--bounds no\.csv: no such file"),
    ],
)
def test_options_with_which_nothing_can_be_measured_are_refused(folder, given, says):
    with pytest.raises(Refusal, match=says):
        list(scheduling.run(options(folder, **given)))


@pytest.mark.parametrize(
    ("seeds", "sizes", "says"),
    [(0, [9], "--seeds is 0"), (1, [9, 0], "--sizes is 0")],
)
def test_a_bench_of_no_plants_is_refused(seeds, sizes, says):
    asked = Namespace(seconds=1.0, workers=1, seeds=seeds, sizes=sizes)

    with pytest.raises(Refusal, match=rf"{says}\. Expected 1 or more\."):
        list(plant.run(asked))


def test_figures_are_not_written_over_a_folder(folder, tmp_path, capsys):
    code = main(["bench", "scheduling", str(folder), "--json", str(tmp_path)])

    assert code == 1
    assert capsys.readouterr().err == f"--json {tmp_path} is a folder. Expected a file.\n"


@pytest.mark.django_db  # the figures name the database
def test_the_command_writes_rows_means_machine_and_its_own_line(folder, tmp_path, capsys):
    figures = tmp_path / "out" / "figures.json"

    arguments = [str(folder), "--seconds", "1", "--workers", "1", "--json", str(figures)]
    code = main(["bench", "scheduling", *arguments])

    said, written = capsys.readouterr().out, json.loads(figures.read_text())
    assert code == 0
    assert "1 of 1 solved, 1 checked" in said
    assert written["bench"] == "scheduling"
    assert written["machine"]["cores"] >= 1
    assert written["command"].startswith(f"obeya bench scheduling {folder} --seconds 1")
    assert [row["value"] for row in written["rows"]] == [11]
    assert written["means"]["JSP"]["mean_gap_pct"] == 10.0
    assert "| jsp/tiny.jsp | JSP | 4 | 11 |" in markdown([written])


def test_a_page_keeps_its_words_around_new_tables():
    row = {"what": "moves", "per_core_and_second": 31.5}
    machine = {"processor": "P", "cores": 2, "memory_gb": 8, "python": "3.11", "load_before": 0.1}
    figures = {"bench": "engine", "command": "c", "measured_at": "2026-11-26", "machine": machine}
    page = "# Words\n<!-- table of engine.json -->\nold\n<!-- end of table -->\nmore\n"

    written = with_table(page, [figures | {"rows": [row]}] * 2)

    assert "| moves | 31.50 |" in written
    assert written.count("Command: `c`, 2026-11-26. Machine: P, 2 cores, 8 GB") == 2
    assert "old" not in written
    assert written.startswith("# Words\n")
    assert written.endswith("<!-- end of table -->\nmore\n")


@pytest.mark.parametrize(("spent_s", "is_over"), [(0.85, False), (0.91, True)])
def test_the_search_after_a_disruption_ends_before_its_seconds_are_over(spent_s, is_over):
    timer = Timer(limit_s=3600, began=time.perf_counter() - 3600 * spent_s)

    assert reaction.in_time(timer).should_stop() is is_over


def test_disruptions_of_a_small_plant_are_answered_and_summed_up():
    asked = Namespace(seconds=0.2, workers=1, seeds=5, sizes=[60])

    *_, figures = reaction.run(asked)

    kinds = ["Breakdown", "LateMaterial", "AbsentCrew", "RushOrder", "Scrap"]
    assert [row["kind"] for row in figures["rows"]] == kinds
    assert figures["means"]["60"]["checked"] == 5
    assert reaction.is_right(figures)
    worse = figures["rows"][0] | {"worth": figures["rows"][0]["first_worth"] + 1}
    assert not reaction.is_right({"rows": [worse]})
