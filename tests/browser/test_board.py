"""The planning board with invented bars and no server: geometry, drag, keys, the table twin."""

import pytest

from tests.support.browser import open_page

pytestmark = pytest.mark.browser

BOARD = "document.querySelector('[data-island]').board"
#: A bar that may be moved to another row, and where it lies on the screen.
MOVABLE = f"""() => {{
  const board = {BOARD}, {{ plan, view }} = board, at = board.canvas.getBoundingClientRect();
  const i = plan.label.findIndex((_, k) => !plan.isFixed(k) && plan.from[k] > 21600
    && plan.eligible[k].length > 1 && view.box(k).x < 600 && view.box(k).w > 40);
  const row = plan.eligible[i].find(r => r !== plan.row[i]), box = view.box(i);
  const barred = plan.rows.findIndex((_, r) => !plan.eligible[i].includes(r));
  return {{ i, row, from: plan.from[i], old: plan.row[i], x: at.x + box.x + 12,
    y: at.y + box.y + box.h / 2, rowY: at.y + view.rowY(row) + 15,
    barredY: at.y + view.rowY(barred) + 15, hour: 3600 * view.k }};
}}"""


@pytest.fixture
def board(page, gallery):
    open_page(page, f"{gallery}/board/")
    return page


def place(page, i):
    return page.evaluate(f"i => [{BOARD}.plan.row[i], {BOARD}.plan.from[i]]", i)


def settled(page):
    page.wait_for_selector("[data-island]:not([data-busy])")


def drag(page, bar, dx, y, *, keys=(), drop=True):
    page.mouse.move(bar["x"], bar["y"])
    page.mouse.down()
    for key in keys:
        page.keyboard.down(key)
    page.mouse.move(bar["x"] + dx / 2, bar["y"] + (y - bar["y"]) / 2)
    page.mouse.move(bar["x"] + dx, y)
    if drop:
        page.mouse.up()
        settled(page)
    for key in keys:
        page.keyboard.up(key)


def test_every_bar_is_found_where_it_is_drawn(board):
    missed = board.evaluate(
        f"""() => {{
          const {{ plan, view }} = {BOARD}, missed = [];
          view.show(0, 12 * 3600);
          for (let i = 0; i < plan.n; i++) {{
            const box = view.box(i), x = box.x + box.w / 2, y = box.y + box.h / 2;
            if (x < view.x0 || x > view.x1 || y < 44 || y > view.foot) continue;
            if (view.hit(x, y) !== i) missed.push(i);
          }}
          return missed;
        }}"""
    )

    assert missed == []


def test_time_and_pixels_agree_after_any_zoom_and_the_pointer_stays_on_its_moment(board):
    error = board.evaluate(
        f"""() => {{
          const {{ view }} = {BOARD};
          let worst = 0;
          for (const factor of [.5, .1, 3, 7, .01]) {{
            const x = 400, t = view.t(x);
            view.zoom(factor, x);
            if (view.t1 - view.t0 > 600) worst = Math.max(worst, Math.abs(view.t(x) - t));
            worst = Math.max(worst, Math.abs(view.x(view.t(333)) - 333));
          }}
          return worst;
        }}"""
    )

    assert error < 1


def test_the_axis_shows_the_sites_midnights_across_the_change_to_summer_time(board):
    hours = board.evaluate(
        """async () => {
          const { Times } = await import(new URL("../board/times.js", document.querySelector(
            'script[src*="board-demo"]').src));
          const times = new Times("2027-03-26T00:00:00Z", "Europe/Berlin", "en-GB");
          return times.ticks(0, 5 * 86400, 86400).map(t => [t / 3600, times.say("hour", t)]);
        }"""
    )

    assert hours == [[23, "00:00"], [47, "00:00"], [70, "00:00"], [94, "00:00"], [118, "00:00"]]


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


def test_the_keyboard_selects_carries_and_drops(board):
    canvas = board.locator(".board__canvas canvas")
    canvas.focus()
    board.evaluate(f"i => {BOARD}.select(i, true)", board.evaluate(MOVABLE)["i"])
    i = board.evaluate(f"{BOARD}.painter.selected")
    before = place(board, i)

    board.keyboard.down("Alt")
    board.keyboard.press("ArrowRight")
    board.keyboard.press("ArrowRight")
    assert place(board, i) == before
    board.keyboard.up("Alt")
    settled(board)

    row, begin = place(board, i)
    assert row == before[0]
    assert begin > before[1]


def test_tab_walks_the_bars_and_after_escape_leaves_the_board(board):
    board.locator(".board__canvas canvas").focus()
    board.keyboard.press("Enter")
    first = board.evaluate(f"{BOARD}.painter.selected")
    board.keyboard.press("Tab")
    second = board.evaluate(f"{BOARD}.painter.selected")
    assert board.evaluate(
        f"([a, b]) => {BOARD}.plan.from[b] >= {BOARD}.plan.from[a]", [first, second]
    )

    board.keyboard.press("Escape")
    board.keyboard.press("Tab")
    assert board.evaluate("document.activeElement.tagName") != "CANVAS"


def test_choosing_a_bar_lights_its_whole_order_and_says_so(board):
    i = board.evaluate(MOVABLE)["i"]
    board.evaluate(f"i => {BOARD}.select(i)", i)

    chain = board.evaluate(f"{BOARD}.plan.chain({BOARD}.painter.selected).length")
    links = board.evaluate(f"{BOARD}.plan.links({BOARD}.painter.selected).length")
    assert (chain, links) == (4, 3)
    assert "Order: SO-" in board.locator("[data-board=say]").inner_text()


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


def test_the_late_list_goes_to_the_order_and_the_search_box_too(board):
    board.locator(".late").first.click()
    code = board.locator(".late strong").first.inner_text()
    assert code in board.locator("[data-board=chosen]").inner_text()

    board.get_by_label("Jump to an order").fill("SO-4410")
    board.keyboard.press("Enter")
    assert "SO-4410" in board.locator("[data-board=chosen]").inner_text()


def test_the_same_plan_stands_below_as_a_table(board):
    board.get_by_text("The plan as a table").click()

    rows = board.locator(".board__table tbody tr")
    rows.first.wait_for()
    assert rows.count() == 100
    assert rows.first.locator("td").first.inner_text() == "PRESS-1"


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


def test_bars_too_thin_for_a_label_have_none_also_beside_a_chosen_one(board):
    labels = board.evaluate(
        f"""() => {{
          const {{ view, painter, plan }} = {BOARD}, whole = view.box.bind(view), {{ g }} = painter;
          {BOARD}.select(plan.label.findIndex((_, k) => !plan.isFixed(k)));
          const labelled = () => {{
            const found = [], write = g.fillText;
            g.fillText = (text, x, y, ...more) => {{
              const begin = text.replace("…", ""), {{ label }} = plan;
              if (x > view.x0 && label.some(each => each.startsWith(begin))) found.push(text);
              write.call(g, text, x, y, ...more);
            }};
            painter.draw();
            g.fillText = write;
            return found.length;
          }};
          const wide = labelled();
          view.box = i => ({{ ...whole(i), h: 8 }});
          return [wide > 0, labelled()];
        }}"""
    )

    assert labels == [True, 0]


def test_ten_thousand_bars_are_culled_and_merged(board, gallery):
    open_page(board, f"{gallery}/board/?n=10000")

    drawn = board.evaluate(
        f"""() => [1, 7, 40].map(days => {{
          const {{ view, painter }} = {BOARD};
          view.show(0, days * 86400);
          painter.draw();
          return painter.drawn;
        }})"""
    )

    assert 0 < drawn[0] < 600
    assert drawn[2] < 6000


@pytest.mark.parametrize("width", [1024, 1440])
def test_no_name_of_a_machine_is_cut_however_long_it_is(board, width):
    """The code stands above the name where both have no room side by side."""
    board.evaluate(f"{BOARD}.plan.rows.forEach(row => {{ row.name = 'Horizontal turning lathe' }})")
    board.set_viewport_size({"width": width, "height": 700})
    board.wait_for_function(f"{BOARD}.view.w === {BOARD}.host.clientWidth")

    written = board.evaluate(
        f"""() => {{
          const {{ painter }} = {BOARD}, {{ g }} = painter, write = g.fillText, found = [];
          g.fillText = (text, ...more) => {{ found.push(text); write.call(g, text, ...more); }};
          painter.draw();
          g.fillText = write;
          return [painter.isStacked, found];
        }}"""
    )

    assert written[0]
    assert "Horizontal turning lathe" in written[1]
    assert [text for text in written[1] if text.startswith("Horiz") and "…" in text] == []
    assert "PRESS-1" in written[1]
