"""A text is recognised by what stands in it."""

import pytest

from obeya.engines.scheduling.formats.layout import Layout, UnknownLayout, layout_of, number_lines
from obeya.engines.scheduling.instances import read_instance
from obeya.engines.scheduling.projects.tests.test_projects import PSPLIB

TEXTS = {
    Layout.JSP: "2 2\n0 3 1 4\n1 5 0 6\n",
    Layout.FJS: "2 2 1.5\n1 2 1 3 2 4\n2 1 1 5 1 2 6\n",
    Layout.FJS_SETUPS: "1 1 1\n2 1 1 5 1 1 6\n\n0 2\n3 0\n",
    Layout.FJS_ROWS: "2\n3\n1 2\n3 4 1\n5 0 2\n0 6 3\n",
    Layout.FAJSP: "3 2 2\n0 2\n1 2\n1 0 3\n2 0 4 1 5\n1 1 6\n",
    Layout.JSP_BLOCKS: "2 2\n3 4\n5 6\n1 2\n2 1\n",
    Layout.LINE: "3\n2\n5 6\n7 8\n9 1\n",
    Layout.LINE_SETUPS: "2\n2\n5 6\n7 8\n0 1\n2 0\n0 3\n4 0\n",
    Layout.LINE_DUES: "3\n2\n20 30 40\n5 6\n7 8\n9 1\n",
    Layout.HYBRID: "3\n2\n2 1\n5 6\n7 8\n9 1\n",
    Layout.PATTERSON: "3 1\n4\n0 0 1 2\n5 2 1 3\n0 0 0\n",
    Layout.MPLIB: "1\n1\n4\n\n2 0\n1\n\n0 0 1 1:2\n3 1 0\n",
    Layout.PSPLIB: "jobs  (incl. supersource/sink ):\t3\nPRECEDENCE RELATIONS:\n",
    Layout.OPS: ' {"resources": [], "jobs": []}',
}


@pytest.mark.parametrize("layout", Layout)
def test_each_layout_is_recognised(layout):
    assert layout_of(TEXTS[layout]) is layout


def test_headings_and_rules_of_a_text_do_not_matter():
    text = "+++++++++\n instance ft02\n+++++++++\n# two jobs\n 2 2\n 0 3 1 4\n 1 5 0 6\n"

    assert layout_of(text) is Layout.JSP
    assert number_lines(text) == [" 2 2", " 0 3 1 4", " 1 5 0 6"]


@pytest.mark.parametrize(
    "comment", ["# made 12:30", "made on a day at 12:30", "# precedence relations"]
)
def test_a_time_or_a_heading_in_a_comment_makes_no_project(comment):
    assert layout_of(f"{comment}\n2 2\n0 3 1 2\n1 4 0 1\n") is Layout.JSP
    assert layout_of(f"{comment}\n{TEXTS[Layout.MPLIB]}") is Layout.MPLIB
    assert layout_of(f"{comment}\n{TEXTS[Layout.PSPLIB]}") is Layout.PSPLIB


def test_a_comment_in_a_project_is_passed_over():
    for text in (TEXTS[Layout.MPLIB], PSPLIB):
        plain, commented = read_instance(text), read_instance(f"# requests/durations\n{text}# 7\n")

        assert plain.project.duration.tolist() == commented.project.duration.tolist()
        assert plain.project.after.tolist() == commented.project.after.tolist()


def test_rows_that_come_back_to_a_machine_and_end_with_minus_one_are_a_job_shop():
    assert layout_of("2 3\n0 5 2 1 0 7 -1 -1\n1 4 -1 -1\n") is Layout.JSP


def test_jobs_and_machines_on_one_line_with_durations_alone_are_a_line():
    assert layout_of("2 3\n5 6 9\n7 8 4\n") is Layout.LINE


def test_as_many_stages_as_jobs_are_told_from_due_dates_by_their_size():
    assert layout_of("2\n2\n1 2\n5 6\n7 8\n") is Layout.HYBRID
    assert layout_of("2\n2\n15 21\n5 6\n7 8\n") is Layout.LINE_DUES


@pytest.mark.parametrize("text", ["", "hello", "3 4\n1 2\n", "3\n2\n1 2 3 4\n", "<html></html>"])
def test_what_is_in_no_layout_is_refused_with_the_list(text):
    with pytest.raises(UnknownLayout, match=r"none of the layouts that are read: ops, psplib"):
        layout_of(text)
