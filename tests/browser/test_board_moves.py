"""A bar of the planning board is moved: dragged, snapped, refused, by dialog, by somebody else."""

import pytest

from tests.support.board import BOARD, MOVABLE, drag, place, settled

pytestmark = pytest.mark.browser


def test_a_bar_is_dragged_to_another_machine_and_undo_brings_it_back(board):
    bar = board.evaluate(MOVABLE)

    drag(board, bar, 3 * bar["hour"], bar["rowY"])
    row, begin = place(board, bar["i"])
    assert row == bar["row"]
    assert begin > bar["from"] + 3600

    board.keyboard.press("Control+z")
    settled(board)
    assert place(board, bar["i"]) == [bar["old"], bar["from"]]


def test_a_machine_that_cannot_do_it_refuses_and_nothing_moves(board):
    bar = board.evaluate(MOVABLE)

    drag(board, bar, bar["hour"], bar["barredY"])

    board.get_by_text("This machine cannot do the operation.").wait_for()
    assert place(board, bar["i"]) == [bar["old"], bar["from"]]


def test_what_the_server_refuses_returns_and_says_why(board):
    bar = board.evaluate(MOVABLE)

    drag(board, bar, -bar["hour"] * (bar["from"] / 3600 - 2), bar["y"], keys=["Shift"])

    board.get_by_text("the plan is frozen").wait_for()
    assert place(board, bar["i"]) == [bar["old"], bar["from"]]


def test_escape_lets_go_of_a_bar_in_the_air(board):
    bar = board.evaluate(MOVABLE)

    drag(board, bar, 2 * bar["hour"], bar["rowY"], drop=False)
    board.keyboard.press("Escape")
    board.mouse.up()

    assert place(board, bar["i"]) == [bar["old"], bar["from"]]
    assert board.evaluate(f"{BOARD}.painter.drag") is None


def test_snapping_meets_the_neighbours_end_exactly_and_shift_does_not_snap(board):
    bar = board.evaluate(MOVABLE)
    snapped = board.evaluate(
        f"""bar => {{
          const {{ plan, view }} = {BOARD};
          const other = plan.byRow[bar.row].find(k => plan.end[k] > bar.from);
          return [view.snap(bar.i, bar.row, plan.end[other] + 4 / view.k), plan.end[other]];
        }}""",
        bar,
    )

    assert snapped[0] == snapped[1]


def test_moving_without_dragging(board):
    i = board.evaluate(MOVABLE)["i"]
    board.evaluate(f"i => {BOARD}.select(i)", i)
    board.get_by_role("button", name="Move to…", exact=True).first.click()
    dialog = board.get_by_role("dialog", name="Move")
    wanted = board.evaluate(MOVABLE)["row"]

    dialog.get_by_label("To machine").select_option(str(wanted))
    dialog.get_by_label("Begin").fill("2026-11-26T08:30")
    dialog.get_by_role("button", name="Move").click()
    settled(board)

    at = board.evaluate(f"i => {BOARD}.times.toLocal({BOARD}.plan.start[i])", i)
    assert (place(board, i)[0], at) == (wanted, "2026-11-26T08:30")


def test_somebody_elses_change_moves_in(board):
    i = board.evaluate(MOVABLE)["i"]
    board.evaluate(
        f"""i => {{
          const {{ json }} = {BOARD}.api, ops = json.ops;
          for (const name of ["setup_start", "start", "end"]) ops[name][i] += 7200;
          json.revision += 1;
          return {BOARD}.refetch();
        }}""",
        i,
    )

    assert (
        board.evaluate(f"i => {BOARD}.plan.from[i] - {BOARD}.api.json.ops.setup_start[i]", i) == 0
    )
