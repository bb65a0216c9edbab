"""Best known values: which table, which row, and what is no table."""

import re
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from obeya.modules.scheduling.benches import scheduling
from obeya.modules.scheduling.benches.bounds import Bound, bound_of
from obeya.plant.log.refusal import Refusal

BOUNDS = (
    "file,problem,lb,ub\njsp/tiny.jsp,JSP,10,10\nother/twice.txt,JSP,1,2\nmore/twice.txt,FJSP,3,4\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bounds.csv").write_text(BOUNDS)
    return tmp_path


def test_bounds_are_found_in_the_nearest_table_above_by_path_or_unique_name(folder):
    elsewhere = folder / "copies" / "tiny.jsp"

    tiny = Bound("jsp/tiny.jsp", "JSP", 10, 10)
    assert bound_of(folder / "jsp" / "tiny.jsp") == tiny
    assert bound_of(elsewhere) == replace(tiny, is_namesake=True)
    assert (tiny.hint, bound_of(elsewhere).hint) == ("JSP", "")
    assert bound_of(folder / "more" / "twice.txt") == Bound("more/twice.txt", "FJSP", 3, 4)
    assert bound_of(folder / "twice.txt") == Bound()
    assert bound_of(folder / "jsp" / "new.jsp") == Bound()


def test_a_table_from_excel_is_read_and_numbers_without_end_are_unknown(tmp_path):
    text = "file,problem,lb,ub\nx.jsp,JSP,,nan\ny.jsp,JSP,-inf,7\n"
    (tmp_path / "bounds.csv").write_text(text, encoding="utf-8-sig")

    assert bound_of(tmp_path / "x.jsp") == Bound("x.jsp", "JSP", None, None)
    assert bound_of(tmp_path / "y.jsp") == Bound("y.jsp", "JSP", None, 7)


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"file,problem,lb,ub\nx.jsp,f\xfcr,1,2\n", "cannot be read: 'utf-8' codec can't decode"),
        (b"file;problem;lb;ub\nx.jsp;JSP;1;2\n", "begins with 'file;problem;lb;ub'. Expected a"),
        (b"", "begins with 'nothing'"),
    ],
)
def test_a_table_that_is_none_is_refused_before_anything_is_measured(folder, table, says):
    (folder / "x.jsp").write_text("1 1\n0 5\n")
    (folder / "mine.csv").write_bytes(table)
    asked = Namespace(paths=[folder], every=1, against=None, bounds=folder / "mine.csv")

    with pytest.raises(Refusal, match=re.escape(says)):
        next(scheduling.run(asked))
