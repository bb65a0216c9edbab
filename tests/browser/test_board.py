"""The planning board as it is drawn: geometry, time axis, labels, ten thousand bars."""

import pytest

from tests.support.board import BOARD
from tests.support.browser import open_page

pytestmark = pytest.mark.browser


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
